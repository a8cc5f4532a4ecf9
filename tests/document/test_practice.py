"""Practice copies: what is left out is nowhere on paper, closed on the screen, and marked on the key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derivgen.document.blocks import Answer, Code, Document, Folded, Legend, StepBlock
from derivgen.document.practice import Practice
from derivgen.document.within import every_block
from derivgen.errors import Fault
from derivgen.project.documents import document_of
from derivgen.project.practice import practice_of
from derivgen.project.projects import project_of
from derivgen.project.work import Wishes, worked
from derivgen.render.formats import render
from derivgen.render.plain import words

QUADRATIC = "variables:\n  x: vector(n)\n  A: matrix(n, n)\nfunctions:\n  f: x.T @ A @ x\nderivatives: [f wrt x]\n"
SUM = "variables: {x: vector(n)}\nfunctions:\n  u: exp(x)\n  y: sum(u)\nderivatives: [y wrt x]\n"


NEURON = "variables: {w: vector(n), x: vector(n), b: scalar}\nfunctions:\n  z: w.T @ x + b\n  a: max(0, z)\n"
NEURON += "derivatives: [a wrt w]\ndetail: detailed\n"


def made(folder: Path, spec: str) -> tuple[Practice | None, tuple[Fault, ...]]:
    path = folder / "page.yaml"
    path.write_text(spec, encoding="utf-8")
    project_of.cache_clear()
    done = worked(path, path, Wishes())
    document, faults = document_of(done, "page", path)
    assert not (*done.faults, *faults)
    return practice_of(done, document)


def copy(folder: Path, spec: str) -> Practice:
    practice, faults = made(folder, spec)
    assert not faults
    assert practice is not None
    return practice


def marked(document: Document) -> list[str]:
    """The steps that the note above them names."""
    (note,) = (
        words(block.text) for block in document.blocks if isinstance(block, Legend) and "practice" in words(block.text)
    )
    steps = [block.number for block in document.blocks if isinstance(block, StepBlock)]
    named = re.findall(r"[0-9][0-9a-z.]*", note)
    return named if named else steps


def formula(tex: str) -> str:
    """LaTeX without what only braces, marks and spaces."""
    return re.sub(r"\\underbrace|\\,|_\{[^{}]*\}|[{}\s&]|\\\\", "", tex)


@pytest.mark.parametrize(
    ("spec", "numbers"),
    [
        (QUADRATIC + "blank: last 2\n", ["3", "4"]),
        (QUADRATIC + "blank: [4, 2]\n", ["2", "4"]),
        (QUADRATIC + "blank: {rule: scalar-transpose}\n", ["2"]),
        (QUADRATIC + "blank: scalar-transpose\n", ["2"]),
        (QUADRATIC + "blank: why\n", ["1", "2", "3", "4"]),
        # Step 4 begins with the line of step 3.
        (QUADRATIC + "blank: [3]\n", ["3", "4"]),
        # The line of the chain rule holds the Jacobian of step 1.
        (SUM + "blank: [1]\n", ["1", "3"]),
        # A step of its own for what is constant has a number that can be asked for.
        (NEURON + "blank: [1a.1]\n", ["1a.1"]),
    ],
)
def test_the_steps_that_are_asked_for_are_marked_on_the_page(tmp_path: Path, spec: str, numbers: list[str]) -> None:
    assert marked(copy(tmp_path, spec).key) == numbers


@pytest.mark.parametrize("name", ["tex", "typ"])
def test_nothing_of_what_is_left_out_stands_on_paper(tmp_path: Path, name: str) -> None:
    practice = copy(tmp_path, QUADRATIC + "blank: last 2\n")
    # In Typst the formula is looked for in its words, which the PDF holds for those who hear it.
    answers = {"tex": r"(\mathbf{A} + \mathbf{A}^{\top})", "typ": "matrix A plus A transpose"}
    key = render(practice.key, name)  # type: ignore[arg-type]
    paper = render(practice.copy, name)  # type: ignore[arg-type]
    assert formula(answers[name]) in formula(key)
    assert formula(answers[name]) not in formula(paper)
    assert "def derivative" in key
    assert "def derivative" not in paper


def test_the_answer_in_the_other_layout_is_left_out_of_later_parts(tmp_path: Path) -> None:
    spec = QUADRATIC.replace("[f wrt x]", "[f wrt x, f wrt x twice]").replace("[f wrt x, f", "\n  - f wrt x\n  - f")
    practice = copy(tmp_path, spec.replace("twice]", "twice") + "blank: [a3, a4]\n")
    # The gradient as a column begins the second derivative.
    assert marked(practice.key)[:3] == ["1.3", "1.4", "2.5"]
    paper = formula(render(practice.copy, "tex"))
    assert formula(r"(\mathbf{A} + \mathbf{A}^{\top})\mathbf{x}") not in paper
    assert formula(r"\mathbf{x}^{\top}(\mathbf{A} + \mathbf{A}^{\top})") not in paper


def test_on_the_screen_the_step_is_closed_and_not_open(tmp_path: Path) -> None:
    practice = copy(tmp_path, QUADRATIC + "blank: last 2\n")
    page = render(practice.copy, "html")
    closed = re.findall(r'<details class="answer-of-step">.*?</details>', page, flags=re.S)
    assert len(closed) == 2
    rest = re.sub(r'<details class="answer-of-step">.*?</details>', "", page, flags=re.S)
    spoken = re.search(r'alttext="([^"]*)"', closed[1])
    assert spoken
    assert spoken[1] in page
    assert spoken[1] not in rest
    assert " open" not in "".join(closed)


def test_the_answer_stays_where_only_reasons_or_names_are_asked(tmp_path: Path) -> None:
    for blank, has_answer in (("why", True), ("name", True), ("[why, name]", True), ("last 1", False)):
        blocks = copy(tmp_path, SUM + f"blank: {blank}\n").copy.blocks
        assert any(isinstance(block, Answer) for block in blocks) is has_answer
        assert not [block for block in every_block(blocks) if isinstance(block, Folded | Code)]


def test_reasons_and_names_are_asked_and_their_mathematics_stays(tmp_path: Path) -> None:
    plain, asked = (copy(tmp_path, SUM + f"blank: {blank}\n") for blank in ("last 1", "[why, name]"))
    before = [block for block in plain.key.blocks if isinstance(block, StepBlock)]
    after = [block for block in asked.copy.blocks if isinstance(block, StepBlock)]
    assert [step.equation for step in after] == [step.equation for step in before]
    assert not {step.why for step in after} & {step.why for step in before}
    assert len({step.name for step in after}) == 1


def test_a_wish_that_no_step_meets_is_a_fault_with_what_there_is(tmp_path: Path) -> None:
    _, (fault,) = made(tmp_path, QUADRATIC + "blank: [3, 9]\n")
    assert fault.span is not None
    assert (fault.span.line, fault.span.column) == (7, 12)
    assert "no step of this page is meant by 9" in fault.message
    assert "2 (scalar-transpose)" in fault.hint


def test_a_wish_of_the_project_is_for_the_specs_that_have_such_a_step(tmp_path: Path) -> None:
    (tmp_path / "derivgen.yaml").write_text("blank: {rule: vector-chain}\n", encoding="utf-8")
    assert marked(copy(tmp_path, SUM).key)
    assert made(tmp_path, QUADRATIC) == (None, ())


def test_without_a_wish_there_is_no_copy(tmp_path: Path) -> None:
    assert made(tmp_path, QUADRATIC) == (None, ())


def test_a_copy_that_hides_lines_says_nowhere_what_the_letters_of_rules_stand_for(tmp_path: Path) -> None:
    practice = copy(tmp_path, NEURON + "blank: [2]\n")
    steps = [block for block in every_block(practice.copy.on_screen) if isinstance(block, StepBlock)]
    assert steps
    assert not any(part.notes for step in steps for part in (step, *step.finer))
    assert any(step.notes for step in practice.key.blocks if isinstance(step, StepBlock))
