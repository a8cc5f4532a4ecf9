"""A page says once what its marks mean, and only where it has some."""

from __future__ import annotations

from pathlib import Path

from derivgen.document.blocks import Document, Legend
from derivgen.printing.notation import Notation
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, worked
from derivgen.render.aloud import aloud
from derivgen.render.formats import render

SPECS = Path(__file__).parents[2] / "specs"


def document(name: str) -> Document:
    path = SPECS / f"{name}.yaml"
    return document_of(worked(path, path, Wishes()), name, path)[0]


def test_page_of_two_derivatives_says_once_what_its_marks_mean() -> None:
    blocks = document("11-matrix-calculus/quadratic-form").blocks
    assert sum(isinstance(block, Legend) for block in blocks) == 1


def test_page_without_marks_says_nothing_of_them() -> None:
    page = document("01-scalar-rules/power-rule")
    assert not any(isinstance(block, Legend) for block in page.blocks)
    assert 'class="made"' not in render(page, "html")


def test_page_that_is_heard_has_neither_marks_nor_their_meaning() -> None:
    page = document("11-matrix-calculus/quadratic-form")
    assert 'class="due"' in render(page, "html")
    assert "dots" not in aloud(page, Notation())
