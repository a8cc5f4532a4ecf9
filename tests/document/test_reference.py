"""Reference tables are made of the catalogue and of derivations, and the cheat sheet is one sheet."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.crosscheck import cross_check
from derivgen.calculus.equations import equations
from derivgen.document.accumulation import rates
from derivgen.document.blocks import Columns, Document, Equation, Heading, Paragraph, Table
from derivgen.document.derivatives import FUNCTIONS, derivatives_table, derived
from derivgen.document.drawings import draw
from derivgen.document.ruletables import GROUPS
from derivgen.errors import Fault
from derivgen.printing.latex import latex
from derivgen.printing.notation import notation_from
from derivgen.printing.present import present
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, worked
from derivgen.render.formats import render
from derivgen.render.plain import words

SPECS = Path(__file__).parents[2] / "specs"

# Petersen and Pedersen (2012), equations in denominator layout: 69, 81, 96, 100, 101, 119 and 57, 49, 124, 61, 70.
BOOK = {
    "a.T @ x": "a",
    "x.T @ B @ x": "(B + B.T) @ x",
    "norm(A @ x - b)**2": "2*A.T @ (A @ x - b)",
    "tr(A @ X)": "A.T",
    "tr(A @ X @ B)": "A.T @ B.T",
    "tr(X.T @ A @ X)": "(A + A.T) @ X",
    "a.T @ X @ b": "a @ b.T",
    "det(X)": "det(X)*inv(X).T",
    "logdet(X)": "inv(X).T",
    "a.T @ inv(X) @ b": "-inv(X).T @ a @ b.T @ inv(X).T",
}


def table(what: str, arguments: str) -> Table:
    made = draw(what, arguments)
    assert not isinstance(made, Fault)
    (block,) = made
    assert isinstance(block, Table)
    return block


@pytest.mark.parametrize("group", FUNCTIONS)
def test_each_entry_of_a_table_of_derivatives_is_checked_and_a_second_engine_agrees(group: str) -> None:
    for problem, derivation in derived(group):
        assert derivation.steps[-1].after == derivation.results[0].expr
        assert all(step.check.points for step in derivation.steps)
        assert cross_check(problem, derivation).agrees


@pytest.mark.parametrize("function", BOOK)
def test_a_table_of_derivatives_has_what_the_matrix_cookbook_has(function: str) -> None:
    from derivgen.printing.text import text

    found = {
        listed: text(derivation.result("denominator"))
        for group, (_, _, functions) in FUNCTIONS.items()
        for listed, (_, derivation) in zip(functions, derived(group), strict=True)
    }
    assert found[function] == BOOK[function]


def test_scalar_functions_have_one_column_of_derivatives_and_others_one_for_each_layout() -> None:
    assert [len(derivatives_table(group).head) for group in ("scalar", "vector", "matrix")] == [2, 3, 3]


@pytest.mark.parametrize("group", GROUPS)
def test_the_catalogue_has_statement_reason_and_source_of_each_rule(group: str) -> None:
    made = draw("rules", group)
    assert not isinstance(made, Fault)
    titles = [words(block.text) for block in made if isinstance(block, Heading)]
    rules = [rule for rule in RULES.values() if rule.name in titles]
    told = [words(block.text) for block in made if isinstance(block, Paragraph)]
    assert sum(isinstance(block, Equation) for block in made) == sum(
        len(equations(RULES[block.anchor.removeprefix("rule-")])) for block in made if isinstance(block, Heading)
    )
    assert len(told) == len(titles)
    assert all(any(rule.explanation in one and rule.source in one for one in told) for rule in rules)


def test_rules_that_are_named_stand_in_a_table_in_their_order() -> None:
    made = table("rules", "chain, product")
    assert [words(row[0]) for row in made.rows] == [RULES["chain"].name, RULES["product"].name]


def test_rules_of_one_variable_are_written_with_d_in_the_notation_of_the_page() -> None:
    made = draw("rules", "variable, power", notation_from({"differential": "italic"}))
    assert not isinstance(made, Fault)
    (block,) = made
    assert isinstance(block, Table)
    left = block.rows[0][1][0]
    assert latex(left) == r"\frac{dx}{dx}"  # type: ignore[arg-type]  # a formula that is set already


@pytest.mark.parametrize(
    ("what", "arguments", "hint"),
    [
        ("rules", "chain, prodct", "did you mean product?"),
        ("derivatives", "vectors", "did you mean vector?"),
        ("derivatives", "", "the tables are scalar, vector, matrix"),
        ("cheatsheet", "x", "write {{cheatsheet}}"),
    ],
)
def test_a_slip_in_a_reference_block_is_told_with_the_nearest_name(what: str, arguments: str, hint: str) -> None:
    made = draw(what, arguments)
    assert isinstance(made, Fault)
    assert hint in made.hint


def test_forward_accumulation_has_the_factors_of_a_checked_line_in_reverse(tmp_path: Path) -> None:
    spec = SPECS / "08-chain-rules" / "four-nested-functions.yaml"
    product = rates(worked(spec, SPECS, Wishes()).derivations[0])
    assert product is not None
    page = tmp_path / "page.yaml"
    page.write_text("page: |\n  {{accumulation nested}}\n", encoding="utf-8")
    (tmp_path / "nested.yaml").write_text(spec.read_text(encoding="utf-8"), encoding="utf-8")
    document, faults = document_of(worked(page, tmp_path, Wishes()), "page", tmp_path)
    assert faults == ()
    (block,) = document.blocks
    assert isinstance(block, Table)
    forward, backward = (cell[0] for cell in block.rows[0][1:])
    pieces = re.findall(r"\\frac\{.*?\}\{.*?\}", latex(present(backward)))  # type: ignore[arg-type]  # expressions
    assert len(pieces) == 4
    assert re.findall(r"\\frac\{.*?\}\{.*?\}", latex(present(forward))) == pieces[::-1]  # type: ignore[arg-type]


def test_specs_that_are_no_chains_of_scalars_are_told(tmp_path: Path) -> None:
    (tmp_path / "sum.yaml").write_text(
        "variables: {x: vector(n)}\nfunctions:\n  y: sum(x)\nderivatives:\n  - y wrt x\n", encoding="utf-8"
    )
    page = tmp_path / "page.yaml"
    page.write_text("page: |\n  {{accumulation sum}}\n", encoding="utf-8")
    _, (fault,) = document_of(worked(page, tmp_path, Wishes()), "page", tmp_path)
    assert "chains of scalars" in fault.message


def cheat_sheet() -> Document:
    """The sheet of the gallery, with its title and its references."""
    made, faults = document_of(worked(SPECS / "13-reference" / "cheat-sheet.yaml", SPECS, Wishes()), "sheet", SPECS)
    assert faults == ()
    assert any(isinstance(block, Columns) for block in made.blocks)
    return made


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def test_the_cheat_sheet_is_one_page_by_typst() -> None:
    from derivgen.render.pdf import typst

    assert pages(typst.typeset(render(cheat_sheet(), "typ")).pdf) == 1


@pytest.mark.latex
def test_the_cheat_sheet_is_one_page_by_latex() -> None:
    from derivgen.project.engine import chosen_engine, set_by_latex

    assert pages(set_by_latex(render(cheat_sheet(), "tex"), chosen_engine("latex").path).pdf) == 1


def test_the_sheet_and_the_answer_share_no_class_of_the_style() -> None:
    """The columns of an answer are laid out by rules of their own."""
    templates = Path(__file__).parents[2] / "templates"
    style = (templates / "assets" / "style.css").read_text(encoding="utf-8")
    answer = re.findall(
        r'class="answer ([\w-]+)"', (templates / "worked" / "macros.html.j2").read_text(encoding="utf-8")
    )
    page = render(cheat_sheet(), "html")
    assert answer
    assert 'class="sheet"' in page
    assert not any(re.search(rf"^\.{name} \{{", style, re.MULTILINE) or f'class="{name}"' in page for name in answer)
