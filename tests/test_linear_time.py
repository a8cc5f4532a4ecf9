"""Twice as much text takes twice as long to read and to write, not four times: a long line stops no build."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from derivgen.document.blocks import Block
from derivgen.document.prose import inline, prose
from derivgen.errors import DerivgenError, Fault, Span
from derivgen.render import latex
from derivgen.render.typststrings import literal
from derivgen.spec.model import from_expression
from derivgen.spec.reader import read
from derivgen.syntax.scope import Scope

# Beginnings of something that never comes to its end, which a careless expression looks for again and again.
PIECES = [
    "x", " ", "[", "](", "![", "[a](", "*", "**a", "_", "a*", "`", "$", "$a", "$`", "<", "<a ", "&#", "\\", "> ", "- ",
    "1. a\n", "# a\n", "> a\n", "| a |\n", "\n\n", "[a]: b\n\n", "{{", "{{a}}\n\n", "http://a ", "a//", "~~~\n",
    "''", "--",
]  # fmt: skip
SHORT, LONG = 6_000, 12_000


def no_block(name: str, args: str) -> tuple[Block, ...] | Fault:  # noqa: ARG001  # the callback's signature
    return ()


def place(text: str) -> Span:
    return Span("a.yaml", 1, 1, 2, text)


READERS: dict[str, Callable[[str], object]] = {
    "a text of Markdown": lambda text: prose(text, place(text), Scope({}), no_block),
    "a title": lambda text: inline(text, place(text), Scope({})),
    "a file": lambda text: read(text, "a.yaml"),
    "a value": lambda text: read("a: " + text, "a.yaml"),
    "a quoted value": lambda text: read('a: "' + text + '"', "a.yaml"),
    "an expression": lambda text: from_expression(text[: len(text) * 9_000 // LONG], "x", ["x: scalar"]),
    "words in LaTeX": latex.words,
    "words in Typst": literal,
}


def seconds(work: Callable[[str], object], text: str) -> float:
    """The shortest of three tries."""
    tries = []
    for _ in range(3):
        began = time.process_time()
        with suppress(DerivgenError):
            work(text)
        tries.append(time.process_time() - began)
    return min(tries)


# Another program that runs beside may slow down one of two measurements, but not again and again.
AGAIN = 3


def is_in_proportion(work: Callable[[str], object], short: str, long: str) -> bool:
    needed = seconds(work, long)
    # What takes a few hundredths of a second is nobody's loss, and cannot be measured.
    return needed < 0.05 or needed < 3 * seconds(work, short)


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_twice_the_text_takes_no_more_than_twice_the_time(name: str) -> None:
    for piece in PIECES:
        short, long = ((piece * size)[:size] for size in (SHORT, LONG))
        assert any(is_in_proportion(READERS[name], short, long) for _ in range(AGAIN)), piece
