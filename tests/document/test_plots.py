"""Plots: level lines lie on their level, the gradient stands on them, and a kink is an open circle."""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, pi, sin
from pathlib import Path

import pytest

from derivgen.calculus import numbers
from derivgen.document import curveplots
from derivgen.document.blocks import Figure
from derivgen.document.contours import grid_of, level_lines, thinned
from derivgen.document.scene import Line, Point
from derivgen.expr.build import ZERO_NUMBER
from derivgen.expr.functions.table import Arithmetic, Array
from derivgen.expr.nodes import Expr
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, worked
from derivgen.render.formats import render
from derivgen.render.plain import words

SIDES = tuple(-3 + 0.25 * k for k in range(25))

KINK = "variables:\n  z: scalar\nfunctions:\n  y: relu(z) - z/2\nderivatives:\n  - y wrt z\n"
SMOOTH = KINK.replace("relu(z)", "z**2")
FORM = "variables:\n  x: vector(n)\n  A: matrix(n, n)\nfunctions:\n  f: x.T @ A @ x\nderivatives:\n  - f wrt x\n"
CUBIC = "variables:\n  x: vector(2)\nfunctions:\n  f: x[1]**3 + x[2]\nderivatives:\n  - f wrt x\n"
SQUARES = (
    "variables:\n  A: matrix(m, n)\n  x: vector(n)\n  b: vector(m)\nfunctions:\n  r: A @ x - b\n  f: norm(r)**2\n"
    "derivatives:\n  - f wrt x\n"
)


def plots(folder: Path, **specs: str) -> list[Figure]:
    """The plots on the page called `page`."""
    for name, text in specs.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    path = folder / "page.yaml"
    document, faults = document_of(worked(path, folder, Wishes()), "page", folder)
    assert not faults
    return [block for block in document.blocks if isinstance(block, Figure) and block.drawing.curves]


@pytest.mark.parametrize("level", [1.0, 2.5, 4.0])
def test_level_lines_of_a_bowl_are_closed_and_lie_on_their_level(level: float) -> None:
    (line,) = level_lines(grid_of(lambda x, y: x * x + 2 * y * y, SIDES, SIDES), level)
    assert line[0] == line[-1]
    assert all(x * x + 2 * y * y == pytest.approx(level, abs=1e-6) for x, y in line)


def test_level_lines_of_a_saddle_do_not_cross() -> None:
    lines = level_lines(grid_of(lambda x, y: x * y, SIDES, SIDES), 0.3)
    assert len(lines) == 2
    assert sorted(all(x > 0 for x, _ in line) for line in lines) == [False, True]
    assert all(x * y == pytest.approx(0.3, abs=1e-6) for line in lines for x, y in line)


def test_level_that_is_not_reached_has_no_line() -> None:
    assert level_lines(grid_of(lambda x, y: x * x + y * y, SIDES, SIDES), -1.0) == ()


def test_thinned_line_stays_close_and_keeps_its_ends() -> None:
    circle = [(cos(2 * pi * k / 400), sin(2 * pi * k / 400)) for k in range(301)]
    few = thinned(circle, 0.01)
    assert len(few) < 40
    assert (few[0], few[-1]) == (circle[0], circle[-1])
    assert all(hypot((a + c) / 2, (b + d) / 2) > 0.97 for (a, b), (c, d) in pairwise(few))


def test_function_with_a_kink_gets_two_curves_and_two_open_circles(tmp_path: Path) -> None:
    (figure,) = plots(tmp_path, page=KINK)
    circles = [dot for dot in figure.drawing.dots if dot.is_open]
    before, after = sorted(circles, key=lambda dot: -dot.y)
    # The derivative jumps from -1/2 to 1/2 at one place, so its axis is in the middle.
    assert before.x == pytest.approx(after.x, abs=0.01)
    level = [line.points[0][1] for line in figure.drawing.lines if line.points[0][1] == line.points[1][1]]
    assert any(height == pytest.approx((before.y + after.y) / 2, abs=0.01) for height in level)
    assert "jumps from" in words(figure.words)


def test_smooth_function_of_one_number_gets_no_plot_unasked(tmp_path: Path) -> None:
    assert plots(tmp_path, page=SMOOTH) == []


def test_gradient_stands_at_a_right_angle_on_the_level_line_of_its_point(tmp_path: Path) -> None:
    for name, spec in {"form": FORM, "squares": SQUARES}.items():
        folder = tmp_path / name
        folder.mkdir()
        (figure,) = plots(folder, page=spec)
        (arrow,) = [line for line in figure.drawing.lines if line.is_arrow and line.weight == "strong"]
        (dot,) = figure.drawing.dots
        assert (dot.x, dot.y) == pytest.approx(arrow.points[0], abs=0.01)
        along = tangent([curve.points for curve in figure.drawing.curves if curve.weight == "strong"], arrow.points[0])
        assert abs(cosine(along, arrow)) < 0.1


def tangent(lines: list[tuple[Point, ...]], at: Point) -> Point:
    """The direction of the piece of a line that is nearest to a point."""
    pieces = [piece for line in lines for piece in pairwise(line)]

    def far(piece: tuple[Point, Point]) -> float:
        (a, b), (c, d) = piece
        t = max(0.0, min(1.0, ((at[0] - a) * (c - a) + (at[1] - b) * (d - b)) / ((c - a) ** 2 + (d - b) ** 2)))
        return hypot(a + t * (c - a) - at[0], b + t * (d - b) - at[1])

    nearest = min(pieces, key=far)
    # A chord of the curve in one cell of the grid, in em.
    assert far(nearest) < 0.15
    return nearest[1][0] - nearest[0][0], nearest[1][1] - nearest[0][1]


def cosine(along: Point, arrow: Line) -> float:
    (a, b), (c, d) = arrow.points
    return (along[0] * (c - a) + along[1] * (d - b)) / hypot(*along) / hypot(c - a, d - b)


def test_function_that_is_not_quadratic_gets_level_lines_only_where_they_are_asked_for(tmp_path: Path) -> None:
    assert plots(tmp_path, page=CUBIC) == []
    asked = plots(tmp_path, page="title: P\npage: |\n  {{plot cubic}}\n", cubic=CUBIC)
    assert len(asked) == 1


def test_plot_of_a_spec_that_is_not_of_one_or_two_numbers_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(FORM.replace("x.T @ A @ x", "A @ x"), encoding="utf-8")
    path = tmp_path / "page.yaml"
    path.write_text("title: P\npage: |\n  {{plot map}}\n", encoding="utf-8")
    _, faults = document_of(worked(path, tmp_path, Wishes()), "page", tmp_path)
    assert [fault.code for fault in faults] == ["no-plot"]


def test_plot_is_in_every_format(tmp_path: Path) -> None:
    path = tmp_path / "page.yaml"
    path.write_text(KINK, encoding="utf-8")
    page = document_of(worked(path, tmp_path, Wishes()), "page", tmp_path)[0]
    assert render(page, "html").count('class="open"') == 2
    assert render(page, "tex").count(r"\opendot{") == 2
    assert render(page, "typ").count("fill: white, stroke") == 2


def test_a_side_of_a_kink_without_the_variable_is_worked_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Expr] = []

    def noted(expr: Expr, point: numbers.Point, m: Arithmetic) -> Array:
        asked.append(expr)
        return numbers.value(expr, point, m)

    monkeypatch.setattr(curveplots, "value", noted)
    assert plots(tmp_path, page=KINK)
    assert 0 < asked.count(ZERO_NUMBER) < 10
    assert len(asked) > 100
