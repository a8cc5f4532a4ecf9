"""Layouts and views from the spec to what is printed: which stand where, and under which name."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from derivgen.cli import main
from derivgen.document.blocks import Answer, Block, Figure, Folded, Paragraph, StepBlock
from derivgen.document.wording.telling import told
from derivgen.document.worked import worked as blocks_of
from derivgen.expr.nodes import Transpose
from derivgen.printing.latex import latex
from derivgen.printing.present import present
from derivgen.project.documents import document_of
from derivgen.project.projects import project_of
from derivgen.project.work import Wishes, Worked, worked
from derivgen.render.formats import FormatName, render
from derivgen.render.plain import plain, words
from derivgen.render.rubric import judged

FORMATS: tuple[FormatName, ...] = ("html", "tex", "typ")
LEAST_SQUARES = """\
title: Least squares
variables: {x: vector(n), A: "matrix(m, n)", b: vector(m)}
functions:
  r: A @ x - b
  f: r.T @ r
derivatives: [f wrt x, r wrt x, f wrt x twice]
"""
A, B, X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.array([[0.0], [1.0], [2.0]]), np.array([[1.0], [-1.0]])


def written(folder: Path, source: str) -> Path:
    path = folder / "page.yaml"
    path.write_text(source, encoding="utf-8")
    return path


def machine(folder: Path, source: str, *options: str) -> list[dict[str, Any]]:
    done = CliRunner().invoke(main, ["derive", str(written(folder, source)), "--format", "json", *options])
    assert done.exit_code == 0, done.output
    found: list[dict[str, Any]] = json.loads(done.stdout)["derivatives"]
    return found


def page(folder: Path, source: str) -> Worked:
    path = written(folder, source)
    done = worked(path, path, Wishes())
    assert done.faults == ()
    return done


def heads(folder: Path, source: str) -> tuple[str, ...]:
    done = page(folder, source)
    assert done.problem is not None
    found = next(block.layouts for block in blocks_of(done.problem, done.derivations) if isinstance(block, Answer))
    return tuple(map(words, found))


def folds(folder: Path, source: str) -> list[str]:
    done = page(folder, source)
    assert done.problem is not None
    return [words(block.summary) for block in blocks_of(done.problem, done.derivations) if isinstance(block, Folded)]


def test_the_shape_convention_has_gradients_like_the_variable_and_jacobians_in_numerator_layout(tmp_path: Path) -> None:
    views = [found["views"]["shape"] for found in machine(tmp_path, LEAST_SQUARES + "view: shape\n")]
    assert [view["shape"] for view in views] == [["n", "1"], ["m", "n"], ["n", "n"]]
    scope: dict[str, Any] = {"np": np}
    for view, wanted in zip(views, (2 * A.T @ (A @ X - B), A, 2 * A.T @ A), strict=True):
        exec(view["python"], scope)  # noqa: S102  # our own source
        values = {name: {"A": A, "b": B, "x": X}[name] for name in view["arguments"]}
        np.testing.assert_allclose(scope["derivative"](**values), wanted)


def test_a_view_leaves_the_layouts_of_machine_output_as_they_are(tmp_path: Path) -> None:
    plain, viewed = machine(tmp_path, LEAST_SQUARES), machine(tmp_path, LEAST_SQUARES + "view: shape\n")
    assert [{key: value for key, value in one.items() if key != "views"} for one in viewed] == plain
    assert all(set(one["layouts"]) == {"numerator", "denominator"} for one in viewed)


def test_a_view_that_differs_from_both_layouts_has_a_column_of_its_own(tmp_path: Path) -> None:
    assert heads(tmp_path, LEAST_SQUARES + "view: shape\n") == (
        "numerator layout",
        "denominator layout",
        "shape convention",
    )


@pytest.mark.parametrize(
    ("request_", "wanted"),
    [
        ("f wrt x", ("numerator layout", "denominator layout and shape convention")),
        ("r wrt x", ("numerator layout and shape convention", "denominator layout")),
    ],
)
def test_a_view_that_agrees_with_a_layout_shares_its_column(
    tmp_path: Path, request_: str, wanted: tuple[str, ...]
) -> None:
    source = LEAST_SQUARES.replace("[f wrt x, r wrt x, f wrt x twice]", f"[{request_}]") + "view: shape\n"
    assert heads(tmp_path, source) == wanted
    start = "NumPy source, in "
    assert [fold.removeprefix(start) for fold in folds(tmp_path, source) if fold.startswith(start)] == list(wanted)


def test_every_derivative_of_a_page_with_the_shape_convention_has_its_note(tmp_path: Path) -> None:
    done = page(tmp_path, LEAST_SQUARES + "view: shape\n")
    assert done.problem is not None
    blocks = blocks_of(done.problem, done.derivations)
    notes = [words(one.text) for one in blocks if isinstance(one, Paragraph) and one.label == "Shape convention."]
    assert len(notes) == len(done.derivations)
    assert "in the shape of its variable, here like x (n × 1)" in notes[0]
    assert "this Jacobian stays in numerator layout" in notes[1]


def test_a_notation_with_denominator_layout_first_puts_it_first_everywhere(tmp_path: Path) -> None:
    source = LEAST_SQUARES + "notation: {first: denominator}\n"
    assert heads(tmp_path, source) == ("denominator layout", "numerator layout")
    for found in machine(tmp_path, source):
        assert list(found["layouts"]) == ["denominator", "numerator"]
        assert found["steps"][-1]["text"] == found["layouts"]["denominator"]["text"]


def test_answers_alone_name_the_convention_of_each(tmp_path: Path) -> None:
    path = written(tmp_path, LEAST_SQUARES + "view: shape\n")
    assert project_of(path).faults == ()
    lines = CliRunner().invoke(main, ["derive", str(path), "--answer-only"]).stdout.splitlines()
    assert lines[2] == "f wrt x, shape convention, n x 1: 2*A.T @ (A @ x - b)"


def test_a_program_has_the_shape_convention_where_no_layout_that_is_shown_is_the_same(tmp_path: Path) -> None:
    source = LEAST_SQUARES.replace("[f wrt x, r wrt x, f wrt x twice]", "[f wrt x]")
    path = written(tmp_path, source + "view: shape\nlayout: numerator\n")
    scope: dict[str, Any] = {}
    exec(CliRunner().invoke(main, ["derive", str(path), "--format", "numpy"]).stdout, scope)  # noqa: S102  # our own
    np.testing.assert_allclose(scope["derivative_shape"](A=A, x=X, b=B), 2 * A.T @ (A @ X - B))


def test_every_format_names_the_layout_of_each_of_two_lines(tmp_path: Path) -> None:
    source = LEAST_SQUARES.replace("[f wrt x, r wrt x, f wrt x twice]", "[f wrt x]") + "detail: detailed\n"
    document, _ = document_of(page(tmp_path, source), "page", tmp_path)
    named: dict[str, str] = {
        "text": plain(document),
        "markdown": CliRunner().invoke(main, ["derive", str(tmp_path), "--format", "markdown"]).stdout,
        "speech": CliRunner().invoke(main, ["derive", str(tmp_path), "--format", "speech"]).stdout,
        **{str(name): render(document, name) for name in FORMATS},
    }
    pairs = sum(isinstance(block, StepBlock) and block.other is not None for block in document.blocks)
    assert pairs >= 3
    for name, made in named.items():
        after = made[made.lower().index("steps, in") :]
        for layout in ("numerator layout", "denominator layout"):
            assert after.lower().count(layout) > pairs, (name, layout)


def test_two_lines_without_names_of_their_layouts_fail_the_build(tmp_path: Path) -> None:
    done = page(
        tmp_path, LEAST_SQUARES.replace("[f wrt x, r wrt x, f wrt x twice]", "[r wrt x]") + "detail: detailed\n"
    )
    document, _ = document_of(done, "page", tmp_path)
    assert judged(document, done.notation, "detailed") == ()
    nameless = replace(document, blocks=tuple(map(without_name, document.blocks)))
    assert any("not told apart" in str(one) for one in judged(nameless, done.notation, "detailed"))


def without_name(block: Block) -> Block:
    if isinstance(block, StepBlock) and block.other is not None:
        return replace(block, other=replace(block.other, layouts=("", "")))
    return block


def test_the_picture_of_an_identification_shows_what_multiplies_the_change_in_either_layout(tmp_path: Path) -> None:
    square = 'variables: {x: vector(n), B: "matrix(n, n)"}\nfunctions: {y: B @ x}\nderivatives: [y wrt x]\n'
    done = page(tmp_path, square + "layout: denominator\n")
    assert done.problem is not None
    (picture,) = (b for b in blocks_of(done.problem, done.derivations) if isinstance(b, Figure) and b.is_small)
    assert "is derivative(y, x) (n by n) times dx" in words(picture.words)
    assert any(
        latex(present(one, done.notation)).endswith(r"^{\top}")
        for one in told(picture.words)
        if isinstance(one, Transpose)
    )


def test_the_shape_of_each_of_two_lines_is_said_with_it(tmp_path: Path) -> None:
    source = LEAST_SQUARES.replace("[f wrt x, r wrt x, f wrt x twice]", "[r wrt x]")
    path = written(tmp_path, source + "detail: detailed\n")
    said = CliRunner().invoke(main, ["derive", str(path), "--format", "speech"]).stdout
    step = next(line for line in said.splitlines() if "Identification" in line)
    assert step.index("Shape m by n.") < step.index("Denominator layout:") < step.index("Shape n by m.")


def test_the_chain_rule_of_denominator_layout_has_the_derivative_by_the_variable_first(tmp_path: Path) -> None:
    source = "variables: {w: vector(n), x: vector(n)}\nfunctions: {z: w.T @ x, a: 3*sin(z)}\nderivatives: [a wrt w]\n"
    done = page(tmp_path, source.replace("derivatives", "layout: denominator\nderivatives"))
    last = done.derivations[0].steps[-1]
    # Numbers are no exception: n x 1 times 1 x 1, so that the inner sizes meet.
    assert [factor.shape.is_scalar for factor in last.between[0].factors] == [False, True]  # type: ignore[union-attr]
    assert str(last.between[0].shape) == "n x 1"


def test_the_reason_of_a_line_without_a_sum_speaks_of_none() -> None:
    def reason(*arguments: str) -> str:
        done = CliRunner().invoke(main, ["derive", *arguments])
        assert done.exit_code == 0, done.output
        return " ".join(done.stdout.partition("\n1. ")[2].partition("Shape ")[0].split())

    trace = ("15*tr(A @ X)", "--wrt", "A", "--var", "A: matrix(p, m)", "--var", "X: matrix(m, p)")
    assert reason(*trace).endswith("A number in front and a trace let d pass; only A changes.")
    around = ("a.T @ inv(X) @ a", "--wrt", "X", "--var", "X: matrix(n, n)", "--var", "a: vector(n)")
    assert reason(*around).endswith("Only inv(X) changes; the factors around it are constant and stay in their places.")
