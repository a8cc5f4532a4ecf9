"""The search for answers of a key in files that students can see.

An answer is searched for in every form in which derivgen itself would print it: the text
of the language, LaTeX, the NumPy source, the formula in words, and its bare letters, in
both layouts, white space and markup aside. An answer is *telling* if its text, without
blanks, has at least TELLING characters and is no part of what the question itself gives
away, its functions; others (`x`, `2*x`, `w.T`) stand on any page about the subject, so
finding them would say nothing.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from derivgen.document.wording.questions import SHEET
from derivgen.document.wording.telling import CATALOGUES, told
from derivgen.homework.readable import texts_of
from derivgen.record import record
from derivgen.render.plain import words

TELLING = 8

SIGNS = str.maketrans(
    {"−": "-", "⋅": "*", "\u2061": None, "\u2062": None, "\u2063": None, "\u2064": None, "\u00ad": None}
)


@record
class Leak:
    """A file that students can see, with an answer of a key in it; `form` says in which form."""

    file: str
    key: str
    question: str
    form: str

    def __str__(self) -> str:
        what = "words of a key" if not self.question else f"the answer to {self.question} ({self.form})"
        return f"{self.file} holds {what} of {self.key}"


@record
class Secret:
    """One form of one answer, without white space."""

    question: str
    form: str
    text: str


def leaks(site: Path, keys: Iterable[Path]) -> tuple[Leak, ...]:
    """The answers of the keys (files `key.json`) that stand in any file below `site`.

    Raises: ValueError for a key that is none.
    """
    secrets = {str(path): tuple(secrets_of(json.loads(path.read_text(encoding="utf-8")))) for path in keys}
    if not secrets:
        return ()
    found: list[Leak] = []
    for path in sorted(site.rglob("*")):
        if path.is_file():
            name = path.relative_to(site).as_posix()
            found += leaks_in({name: path.read_bytes()}, secrets)
    return tuple(found)


def leaks_in(files: Mapping[str, bytes], secrets: Mapping[str, Iterable[Secret]]) -> tuple[Leak, ...]:
    """The secrets, by the name of their key, that stand in files which are given by name."""
    found: list[Leak] = []
    for name, data in files.items():
        texts = [bare(text) for text in texts_of(name, data)]
        for key, of_key in secrets.items():
            held = (s for s in of_key if any(s.text in text for text in texts))
            found += dict.fromkeys(Leak(name, key, secret.question, secret.form) for secret in held)
    return tuple(found)


def secrets_of(key: Any) -> Iterator[Secret]:
    """What must not be found of a key: its telling answers, and the words that only keys have."""
    if not isinstance(key, dict) or not isinstance(key.get("questions"), list):
        raise ValueError("this is not a key of derivgen: it has no questions")
    for language in CATALOGUES:
        for phrase in (SHEET.not_for_students, SHEET.for_later):
            yield Secret("", "words of a key", bare(words(told((phrase,), language))))
    for question in key["questions"]:
        for form, text in _forms(question):
            yield Secret(question["id"], form, bare(text))


def is_telling(answer: str, functions: Iterable[str]) -> bool:
    """Whether finding this text says that the answer was given away."""
    short = bare(answer)
    return len(short) >= TELLING and not any(short in bare(function) for function in functions)


def bare(text: str) -> str:
    """The text without white space and invisible signs, letters of mathematics as plain letters."""
    return "".join(unicodedata.normalize("NFKC", text).translate(SIGNS).split())


def _forms(question: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if question["answer"] == "shape":
        return  # a shape stands everywhere, and the derivative itself is not asked for
    functions = question["functions"].values()
    value = question["value"]
    # Of a choice the derivative stands among the options, where it is meant to be read; of lines with gaps only
    # what belongs into them is asked for.
    derivatives = () if question["answer"] == "choice" else question["layouts"].values()
    gaps = question.get("blanks")
    if gaps is not None:
        derivatives = [gap["line"] for gap in gaps if gap["line"] is not None]
    answers = [*derivatives, *(value["layouts"].values() if value else ())]
    for answer in answers:
        if not is_telling(answer["text"], functions):
            continue
        yield "text", answer["text"]
        yield "LaTeX", answer["latex"]
        if "python" in answer:
            # The name and the arguments tell nothing; what the function does is the answer.
            yield "NumPy source", answer["python"].partition(":\n")[2]
        yield from _read_aloud(answer.get("mathml", ""))


def _read_aloud(mathml: str) -> Iterator[tuple[str, str]]:
    """A formula as it is heard, and as its letters follow each other on paper."""
    words = re.search(r'alttext="([^"]*)"', mathml)
    if words is not None and len(bare(words[1])) >= TELLING:
        yield "words", html.unescape(words[1])
    shown = re.sub(r"<annotation.*?</annotation>", "", mathml, flags=re.DOTALL)
    letters = html.unescape(re.sub(r"<[^>]*>", "", shown))
    if len(bare(letters)) >= TELLING:
        yield "letters", letters
