"""German pages: every sentence of ours has a German one with the same slots, and a German page has no English."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any, get_args

import pytest

import derivgen
from derivgen.answers.mistakes import MISTAKES, SENTENCES
from derivgen.calculus.catalogue import RULES
from derivgen.document.blocks import Code, Document, Figure, Folded
from derivgen.document.wording.casing import in_a_sentence
from derivgen.document.wording.german import GERMAN
from derivgen.document.wording.german.reasons import REASONS
from derivgen.document.wording.length import MOST_WORDS, words_in
from derivgen.document.wording.members import MEMBERS
from derivgen.document.wording.telling import slots_of
from derivgen.expr.nodes import Expr, Node
from derivgen.printing.boxes import Box
from derivgen.printing.latex import latex
from derivgen.printing.notation import Notation
from derivgen.printing.present import present
from derivgen.project.derive import FORMS, Choice, as_json
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, Worked, worked
from derivgen.render.aloud import aloud
from derivgen.render.formats import FormatName, render
from derivgen.render.markdown import markdown
from derivgen.render.plain import plain
from derivgen.render.rubric import judged
from derivgen.syntax.conditions import Relation

PACKAGE = Path(derivgen.__file__).parent
FOLDERS = ("answers", "document", "homework", "project", "api", "render")
WORDING = PACKAGE / "document" / "wording"
VERDICTS = PACKAGE / "answers" / "wording.py"
# What makes a sentence or a label of its first arguments.
MAKERS = ("said", "filled", "Phrase")
# A slot counts as one word, as the symbol does that stands in it.
SLOT = re.compile(r"\{\w+\}")


def is_german(file: Path) -> bool:
    return file.parent.name == "german"


def docstrings(tree: ast.AST) -> set[ast.Constant]:
    first = (node.body[0] for node in ast.walk(tree) if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef))
    return {line.value for line in first if isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)}


def literals(node: ast.AST) -> Iterator[str]:
    told = docstrings(node)
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part not in told:
            yield part.value


def is_maker(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS


@cache
def written() -> tuple[frozenset[str], frozenset[str]]:
    """The templates that the source needs, and all texts that it has."""
    needed: set[str] = set()
    texts: set[str] = set()
    for file in (file for folder in FOLDERS for file in sorted((PACKAGE / folder).rglob("*.py"))):
        if is_german(file):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        texts |= set(literals(tree))
        for call in filter(is_maker, ast.walk(tree)):
            assert isinstance(call, ast.Call)
            needed |= {text for argument in call.args for text in literals(argument)}
        if file.parent == WORDING or file == VERDICTS:
            # In these modules every text with a capital or a slot is a template, wherever it is told.
            needed |= set(filter(is_sentence, literals(tree)))
    return frozenset(needed), frozenset(texts)


def is_sentence(text: str) -> bool:
    return " " in text.strip() and (text[0].isupper() or bool(SLOT.search(text)))


def of_rules() -> Iterator[str]:
    for rule in RULES.values():
        yield from (rule.name, in_a_sentence(rule.name), rule.explanation, rule.explanation.removesuffix("."))
    for family in MEMBERS.values():
        yield from (written for name in family.values() for written in (name, in_a_sentence(name)))


def is_words(template: str) -> bool:
    return any(letter.isalpha() for letter in SLOT.sub("", template))


def test_every_template_has_its_german_one() -> None:
    of_mistakes = (*SENTENCES.values(), *(mistake.sentence for mistake in MISTAKES))
    needed = {template for template in (*written()[0], *of_rules(), *of_mistakes) if is_words(template)}
    assert sorted(needed - set(GERMAN)) == []


def test_no_german_template_is_left_over() -> None:
    texts = {*written()[1], *of_rules(), *get_args(Relation)}
    assert sorted(set(GERMAN) - texts) == []


@pytest.mark.parametrize("template", GERMAN, ids=str)
def test_a_german_template_has_the_slots_of_the_english_one(template: str) -> None:
    assert set(slots_of(template)) == set(slots_of(GERMAN[template]))


@pytest.mark.parametrize("template", REASONS, ids=str)
def test_a_german_reason_has_at_most_25_words(template: str) -> None:
    assert words_in((SLOT.sub("x", GERMAN[template]),)) <= MOST_WORDS


# Words of our sentences that no German sentence has, nor a formula.
ENGLISH_WORDS = frozenset(
    ("the", "and", "each", "with", "entry", "entries", "every", "derivative", "rule", "change", "changes", "steps",
     "step", "shape", "where", "which", "from", "row", "column", "factor", "constant", "holds", "only", "stands",
     "then", "both", "same", "one", "two", "is", "are", "by", "of", "to", "for", "answer", "given", "check", "value",
     "transpose", "times", "equals", "quantity", "next", "previous", "table", "figure", "this", "that", "it")
)  # fmt: skip
PANEL = (
    "01-scalar-rules/chain-rule", "02-partial-derivatives-and-the-gradient/gradient-of-two-variables",
    "03-the-jacobian-and-two-layouts/jacobian-not-square", "05-element-wise-operators/maximum-of-two-vectors",
    "07-sum-reduction/sum-of-squares", "08-chain-rules/line-times-square", "11-matrix-calculus/quadratic-form",
    "11-matrix-calculus/trace-of-a-product", "12-machine-learning/softmax-cross-entropy",
)  # fmt: skip
GALLERY = Path(__file__).parents[2] / "specs"
OF_A_PERSON = ("title", "summary", "introduction", "roles", "remarks", "references", "tags", "course")


def in_german(name: str, folder: Path) -> Worked:
    """A page of the gallery in German, without what a person wrote on it."""
    source = (GALLERY / f"{name}.yaml").read_text(encoding="utf-8")
    keys = "|".join(OF_A_PERSON)
    ours = re.sub(rf"^(?:{keys}):.*\n(?:(?:[ -].*)?\n)*", "", source, flags=re.MULTILINE)
    path = folder / "seite.yaml"
    path.write_text(f"title: Seite\n{ours}language: de\n", encoding="utf-8")
    done = worked(path, path, Wishes())
    assert done.faults == ()
    return done


@pytest.mark.parametrize("name", PANEL)
def test_a_german_page_and_its_speech_have_no_english_word(name: str, tmp_path: Path) -> None:
    done = in_german(name, tmp_path)
    document, faults = document_of(done, "seite", tmp_path)
    assert faults == ()
    page = re.sub(r"<(style|pre|code|annotation)\b.*?</\1>", " ", render(document, "html"), flags=re.DOTALL)
    spoken = " ".join(re.findall(r'(?:alttext|aria-label)="([^"]*)"', page))
    heard = " ".join((aloud(document, done.notation), spoken, re.sub("<[^>]*>", " ", page)))
    assert set(re.findall(r"[^\W\d_]+", heard.casefold())) & ENGLISH_WORDS == set()
    assert '<html lang="de" ' in page


@pytest.mark.parametrize("name", PANEL)
def test_a_german_page_keeps_the_rules_of_every_page(name: str, tmp_path: Path) -> None:
    done = in_german(name, tmp_path)
    document, _ = document_of(done, "seite", tmp_path)
    assert judged(document, done.notation, "standard") == ()


def test_machines_get_names_and_reasons_in_german(tmp_path: Path) -> None:
    done = in_german("01-scalar-rules/chain-rule", tmp_path)
    (derivative,) = json.loads(as_json(done))["derivatives"][:1]
    heard = " ".join(f"{step['name']} {step['why']}" for step in derivative["steps"])
    assert set(re.findall(r"[^\W\d_]+", heard.casefold())) & ENGLISH_WORDS == set()
    assert "Kettenregel" in heard


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


# Of our English sentences and labels, the words that no German one has; too short ones are symbols.
ENGLISH_ALONE = frozenset(
    word
    for word in words_of(SLOT.sub(" ", " ".join(GERMAN))) - words_of(SLOT.sub(" ", " ".join(GERMAN.values())))
    if len(word) > 2
)
MARKUP: dict[FormatName, str] = {
    "html": r"<(style|pre|code|annotation|script)\b.*?</\1>|<(?!meta name=.description)[^>]*>|\w+=(?=[\"'])",
    "tex": r"^.*\\begin\{document\}|(?<!\\)%[^\n]*|\\(begin|end|label|pagestyle|operatorname\*?|hypertarget)\s*"
    r"\{[^{}]*\}|\\[a-zA-Z]+|\[[a-z, =]*\]",
    "typ": r"<[a-z0-9-]+>|#\w+(\.\w+)*|\w+(?=\()|\w+:|\w+\.[lr]\b",
}


def without(value: Any, kinds: tuple[type, ...]) -> Any:
    """The blocks without those of some kinds, within others too."""
    if isinstance(value, tuple):
        return tuple(without(one, kinds) for one in value if not isinstance(one, kinds))
    if isinstance(value, Folded):
        return replace(value, blocks=without(value.blocks, kinds))
    return value


def english_in(document: Document, name: FormatName) -> set[str]:
    """English words of a page's source; programs and drawings have code in them."""
    bare = replace(document, blocks=without(document.blocks, (Code, Figure)), on_screen=())
    frame = replace(document, title=(), summary="", blocks=(), on_screen=())
    text = re.sub(MARKUP[name], " ", render(bare, name), flags=re.DOTALL)
    # The frame of an empty page is the preamble alone: macros, not words.
    preamble = set() if name == "html" else words_of(render(frame, name))
    return (words_of(text) & ENGLISH_ALONE) - preamble


def test_words_of_labels_are_among_those_looked_for() -> None:
    assert {"answer", "shape", "hence", "picture", "given", "check", "with"} <= ENGLISH_ALONE


@pytest.mark.parametrize("name", PANEL)
def test_a_german_page_has_no_word_of_an_english_label_in_any_form(name: str, tmp_path: Path) -> None:
    done = in_german(name, tmp_path)
    document, _ = document_of(done, "seite", tmp_path)
    for ending in get_args(FormatName):
        assert english_in(document, ending) == set(), ending
    paper = replace(document, blocks=without(document.blocks, (Code,)))
    tex = partial(latex_of, notation=done.notation)
    for text in (plain(paper), re.sub(r"\\[a-zA-Z]+(\{\w+\})?", " ", markdown(paper, tex))):
        # Formulas of plain text are in the language of specs, whose words are English.
        in_words = re.sub(r"\w+(?=\()|with \w+ held fixed", " ", text)
        assert words_of(in_words) & ENGLISH_ALONE == set()
    pasted = re.sub(r"%.*|\\(begin|end)\{[^}]*\}|\\[a-zA-Z]+", " ", FORMS["latex"](done, Choice("latex"), tmp_path))
    assert words_of(pasted) & ENGLISH_ALONE == set()


def test_a_german_page_tells_what_is_asked_in_german(tmp_path: Path) -> None:
    done = in_german("11-matrix-calculus/quadratic-form", tmp_path)
    document, _ = document_of(done, "seite", tmp_path)
    assert document.summary.startswith("Herleitung von f nach x, f nach x, zweimal")
    assert "wrt" not in render(document, "html").partition("<main")[0]


def latex_of(value: Expr | Box, notation: Notation) -> str:
    return latex(present(value, notation) if isinstance(value, Node) else value)
