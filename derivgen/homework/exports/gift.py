"""GIFT: a question bank as plain text that Moodle imports and people can edit.

The format has no field for points, so a comment tells them.
Source: docs.moodle.org, "GIFT format".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from derivgen.document.wording.questions import points_words
from derivgen.document.wording.telling import told
from derivgen.homework.exports.moodle import grade
from derivgen.homework.exports.paragraphs import clean, html_of, option_html, words_html
from derivgen.homework.exports.scoring import (
    FULL,
    NOTHING,
    Key,
    Question,
    decimal,
    item_id,
    number_of,
    numbers_of,
    option_share,
    options_of,
    other_layout,
    place_in_bank,
    points_of,
    questions_by_id,
    shapes_of,
    spellings,
)
from derivgen.render.plain import words

_SIGNS = re.compile(r"[\\~=#{}:]")


def gift(key: Key) -> dict[str, bytes]:
    """The bank of a key as one file to import."""
    lines: list[str] = []
    for identifier, questions in questions_by_id(key).items():
        lines += [f"$CATEGORY: {place_in_bank(key, identifier)}", ""]
        for question in questions:
            lines += [*_question(key, question), ""]
    return {"gift.txt": "\n".join(lines).encode()}


def _question(key: Key, question: Question) -> Iterator[str]:
    points = points_of(question)
    worth = f" {words(told(points_words(points), key['language']))}" if points is not None else ""
    yield f"// [id:{item_id(question)}]{worth}"
    name = escaped(clean(f"{question['title']} ({item_id(question)})"))
    yield f"::{name}::[html]{escaped(html_of(question['prompt']))}{{{_sign(question)}"
    yield from _answers(key, question)
    yield f"####{escaped(html_of(question['solution']))}"
    yield "}"


def escaped(text: str) -> str:
    """The text with a backslash before each sign that GIFT reads as its own."""
    return _SIGNS.sub(lambda found: f"\\{found[0]}", text)


def _sign(question: Question) -> str:
    """A sign after the opening bracket says that a number is asked for."""
    return "#" if not options_of(question) and number_of(question) is not None else ""


def _answers(key: Key, question: Question) -> Iterator[str]:
    numbers = numbers_of(key, question)
    if options_of(question):
        for option in options_of(question):
            shown = escaped(f"<p>{option_html(option)}</p>")
            yield f"{_mark(option_share(key, option))}{shown}{_told(option.get('feedback') or '')}"
    elif numbers:
        for one in numbers:
            percent = "" if one.share == FULL else _percent(one.share)
            yield f"={percent}{decimal(one.number)}:{decimal(one.tolerance)}{_told(one.feedback)}"
    elif question["answer"] == "shape":
        for shape, share in shapes_of(key, question):
            for typed in spellings(shape):
                # A star stands for anything in what Moodle compares with.
                pattern = escaped(typed.replace("*", r"\*"))
                feedback = "" if share == FULL else other_layout(key)
                yield f"={'' if share == FULL else _percent(share)}{pattern}{_told(feedback)}"


def _mark(share: Fraction) -> str:
    """What stands before an option: `=` for the right one, `~` for others, with what they earn in percent."""
    if share == FULL:
        return "="
    return "~" if share == NOTHING else f"~{_percent(share)}"


def _percent(share: Fraction) -> str:
    return f"%{grade(share)}%"


def _told(feedback: str) -> str:
    return f"#{escaped(words_html(feedback))}" if feedback else ""
