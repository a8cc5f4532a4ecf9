"""A spec says in words what its variables and functions stand for, and the table of symbols has these words first."""

from __future__ import annotations

from pathlib import Path

from derivgen.document.blocks import Document, Givens
from derivgen.errors import Fault
from derivgen.project.documents import document_of
from derivgen.project.projects import project_of
from derivgen.project.work import Wishes, worked
from derivgen.render.plain import words

SPEC = """variables:
  A: matrix(m, n)
  x: vector(n)
  b: vector(m)
functions:
  r: A @ x - b
  f: norm(r)**2
derivatives: [f wrt x]
"""


def page(folder: Path, more: str) -> tuple[Document, tuple[Fault, ...]]:
    path = folder / "page.yaml"
    path.write_text(SPEC + more, encoding="utf-8")
    project_of.cache_clear()
    return document_of(worked(path, path, Wishes()), "page", path)


def table(document: Document) -> list[str]:
    (found,) = [block for block in document.blocks if isinstance(block, Givens)]
    return [words(row.role) for row in found.rows]


def test_a_role_stands_in_front_of_our_words(tmp_path: Path) -> None:
    document, faults = page(tmp_path, "roles:\n  b: data\n  r: residual, $\\mathbf r$\n  f: the loss\n")
    assert not faults
    made = table(document)
    assert "data; vector, constant" in made
    assert "the loss; the function" in made
    assert any(role.startswith("residual, ") and role.endswith("; an intermediate vector") for role in made)


def test_without_roles_the_table_says_what_it_said(tmp_path: Path) -> None:
    document, _ = page(tmp_path, "")
    assert {"vector, constant", "the function", "an intermediate vector"} <= set(table(document))


def test_a_role_of_a_name_that_is_not_declared_is_a_fault_with_its_place(tmp_path: Path) -> None:
    _, (fault,) = page(tmp_path, "roles:\n  R: residual\n")
    assert fault.message == "there is no variable or function R"
    assert fault.span is not None
    assert fault.span.line == SPEC.count("\n") + 2


def test_german_pages_have_the_authors_words_too(tmp_path: Path) -> None:
    document, _ = page(tmp_path, "language: de\nroles:\n  b: Daten\n")
    assert "Daten; Vektor, konstant" in table(document)
