"""German pages: every sentence of ours has a German one with the same slots, and a German page has no English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

import derivgen
from derivgen.calculus.catalogue import RULES
from derivgen.document.wording.casing import in_a_sentence
from derivgen.document.wording.german import GERMAN
from derivgen.document.wording.german.reasons import REASONS
from derivgen.document.wording.length import MOST_WORDS, words_in
from derivgen.document.wording.telling import slots_of
from derivgen.syntax.conditions import Relation

PACKAGE = Path(derivgen.__file__).parent
WORDING = PACKAGE / "document" / "wording"
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
    for file in sorted((PACKAGE / "document").rglob("*.py")) + sorted((PACKAGE / "homework").rglob("*.py")):
        if is_german(file):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        texts |= set(literals(tree))
        for call in filter(is_maker, ast.walk(tree)):
            assert isinstance(call, ast.Call)
            needed |= {text for argument in call.args for text in literals(argument)}
        if file.parent == WORDING:
            # In these modules every text with a capital or a slot is a template, wherever it is told.
            needed |= set(filter(is_sentence, literals(tree)))
    return frozenset(needed), frozenset(texts)


def is_sentence(text: str) -> bool:
    return " " in text.strip() and (text[0].isupper() or bool(SLOT.search(text)))


def of_rules() -> Iterator[str]:
    for rule in RULES.values():
        yield from (rule.name, in_a_sentence(rule.name), rule.explanation, rule.explanation.removesuffix("."))


def is_words(template: str) -> bool:
    return any(letter.isalpha() for letter in SLOT.sub("", template))


def test_every_template_has_its_german_one() -> None:
    needed = {template for template in (*written()[0], *of_rules()) if is_words(template)}
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
