"""Pictures: boxes to scale, graphs without overlap, and what a slip in their names is told."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivgen.document.blocks import Block, Figure
from derivgen.document.drawings import FIGURES, draw
from derivgen.document.graph import Graph, Named, chained, crossings, graph_of, layers, on_paths, ordered, paths
from derivgen.document.graphdrawing import HEIGHT, graph_picture
from derivgen.document.scene import HEAD, Line, Point, Rectangle, bounds, extent
from derivgen.document.shapeboxes import UNIT, chain_picture, identification_picture, length, lengths
from derivgen.errors import Fault
from derivgen.expr.build import apply, column, number
from derivgen.expr.nodes import (
    Differential,
    Hadamard,
    Power,
    Product,
    Reference,
    Sum,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.printing.boxes import Letter, Operator, beside
from derivgen.printing.notation import notation_from
from derivgen.printing.present import present
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, worked
from derivgen.render.plain import words

M, N, K = (Size.named(name) for name in "mnk")
x, y = Variable("x", SCALAR), Variable("y", SCALAR)
X = Variable("x", Shape(N, ONE))


def chain() -> tuple[Reference, ...]:
    u = Reference("u", Power(x, number(2)))
    return u, Reference("y", apply("sin", u))


def two_paths() -> tuple[Reference, ...]:
    u1 = Reference("u1", Power(x, number(2)))
    return u1, Reference("y", Sum((x, u1)))


def deep() -> tuple[Reference, ...]:
    functions = [Reference("u1", Power(x, number(2)))]
    for k in range(2, 6):
        functions.append(Reference(f"u{k}", Sum((x, functions[-1]))))
    return tuple(functions)


def square() -> tuple[Reference, ...]:
    f = Reference("f", Product((x, y)))
    g = Reference("g", Sum((x, y)))
    return f, g, Reference("F", column(f, g))


GRAPHS = {"chain": chain(), "two paths": two_paths(), "deep": deep(), "square": square()}
EVERY_GRAPH = pytest.mark.parametrize("functions", GRAPHS.values(), ids=GRAPHS.keys())


def only(drawn: tuple[Block, ...] | Fault) -> Figure:
    assert not isinstance(drawn, Fault), drawn
    (figure,) = drawn
    assert isinstance(figure, Figure)
    return figure


def fault(what: str, arguments: str) -> Fault:
    made = draw(what, arguments)
    assert isinstance(made, Fault)
    return made


def apart(one: Rectangle, other: Rectangle) -> bool:
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


def on_outline(point: Point, box: Rectangle) -> bool:
    (px, py), near = point, 0.01
    level = box.y - near <= py <= box.y + box.height + near
    return level and min(abs(px - box.x), abs(px - box.x - box.width)) < near


def test_a_box_is_as_wide_as_its_columns_and_as_high_as_its_rows() -> None:
    first, second, result = only(draw("boxes", "m x k, k x n")).drawing.rectangles
    assert first.width == pytest.approx(second.height)  # the inner size
    assert first.height == pytest.approx(result.height)
    assert second.width == pytest.approx(result.width)
    assert len({round(side, 3) for side in (first.height, first.width, second.width)}) == 3


def test_whole_numbers_are_drawn_in_proportion() -> None:
    first, second, _ = only(draw("boxes", "2 x 3, 3 x 4")).drawing.rectangles
    assert first.width / first.height == pytest.approx(3 / 2)
    assert second.width / second.height == pytest.approx(4 / 3)
    assert length(ONE, {}) == UNIT


def test_the_box_of_small_numbers_shows_its_entries() -> None:
    assert len(only(draw("boxes", "2, 3")).drawing.lines) == len(only(draw("boxes", "m, n")).drawing.lines) + 1 + 2


@given(st.lists(st.text(st.sampled_from("abkmnpq_1"), min_size=1, max_size=4), unique=True, max_size=12))
def test_no_two_size_names_have_one_length(names: list[str]) -> None:
    found = lengths(names)
    assert len(set(found.values())) == len(names)
    assert lengths(names) == found


def test_a_gradient_is_a_row_times_a_column() -> None:
    f = Unspecified("f", SCALAR, (X,))
    figure = identification_picture(Differential(f), Unresolved(f, (X,)), Differential(X))
    assert figure is not None
    change, row, step = figure.drawing.rectangles
    assert (change.width, change.height) == pytest.approx((UNIT, UNIT))
    assert row.width == pytest.approx(step.height)
    assert row.height == step.width == UNIT
    assert figure.is_small


def test_numbers_alone_get_no_boxes() -> None:
    f = Unspecified("f", SCALAR, (x,))
    assert identification_picture(Differential(f), Unresolved(f, (x,)), Differential(x)) is None


def blocks_of(spec: str, folder: Path) -> tuple[Block, ...]:
    path = folder / "page.yaml"
    path.write_text(spec, encoding="utf-8")
    return document_of(worked(path, path, Wishes()), "page", path)[0].blocks


def jacobian(of: str, of_size: Size, by: str, by_size: Size) -> Unresolved:
    return Unresolved(Unspecified(of, Shape(of_size, ONE), ()), (Variable(by, Shape(by_size, ONE)),))


def test_the_factors_of_a_chain_touch_with_sides_of_one_length() -> None:
    figure = chain_picture(jacobian("f", M, "x", N), (jacobian("f", M, "u", K), jacobian("u", K, "x", N)))
    assert figure is not None
    whole, outer, inside = figure.drawing.rectangles
    assert outer.width == inside.height
    assert (whole.height, whole.width) == (outer.height, inside.width)


def test_factors_in_the_wrong_order_get_no_boxes() -> None:
    assert chain_picture(jacobian("f", M, "x", N), (jacobian("u", K, "x", N), jacobian("f", M, "u", K))) is None


@pytest.mark.parametrize("layout", ["numerator", "denominator"])
def test_the_step_that_multiplies_jacobians_has_its_boxes_in_the_order_of_the_layout(
    layout: str, tmp_path: Path
) -> None:
    given = "variables:\n  A: matrix(m, n)\n  x: vector(n)\n"
    spec = f"{given}functions:\n  r: A @ x\n  f: norm(r)**2\nderivatives: [f wrt x]\n"
    drawn = [
        block.drawing.rectangles
        for block in blocks_of(f"{spec}layout: {layout}\n", tmp_path)
        if isinstance(block, Figure) and block.is_small
    ]
    (boxes,) = [rectangles for rectangles in drawn if len(rectangles) == 3]
    _, first, second = boxes
    wide, narrow = (first, second) if layout == "denominator" else (second, first)
    assert wide.width > UNIT < wide.height
    assert UNIT in (narrow.width, narrow.height)


def pictures() -> dict[str, Figure]:
    made = {name: make() for name, make in FIGURES.items()}
    made |= {name: graph_picture(functions, ("x",), (functions[-1].name,)) for name, functions in GRAPHS.items()}
    return made | {sizes: only(draw("boxes", sizes)) for sizes in ("m, n", "1, 3", "1 x m, m x n, n x 1", "q, p")}


EVERY = pytest.mark.parametrize("name", pictures())


@EVERY
def test_all_that_is_drawn_lies_within_the_frame(name: str) -> None:
    drawing = pictures()[name].drawing
    left, top, right, bottom = bounds((*drawing.rectangles, *drawing.lines, *drawing.labels))
    assert 0 <= left < right <= drawing.width
    assert 0 <= top < bottom <= drawing.height


@EVERY
def test_no_two_boxes_overlap(name: str) -> None:
    rectangles = pictures()[name].drawing.rectangles
    assert all(apart(one, other) or touch(one, other) for one, other in combinations(rectangles, 2))


def touch(one: Rectangle, other: Rectangle) -> bool:
    """Whether they share a side, as the entries of a column do."""
    near = 0.01
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return min(across, down) < near


@EVERY
def test_no_two_labels_overlap(name: str) -> None:
    frames = [bounds((label,)) for label in pictures()[name].drawing.labels]
    for (a, b, c, d), (e, f, g, h) in combinations(frames, 2):
        assert c <= e or g <= a or d <= f + 0.15 or h <= b + 0.15


@EVERY
def test_a_picture_is_told_in_words_and_drawn_alike_twice(name: str) -> None:
    figure = pictures()[name]
    assert figure.words
    assert figure == pictures()[name]


@EVERY_GRAPH
def test_every_arrow_joins_two_nodes(functions: tuple[Reference, ...]) -> None:
    drawing = graph_picture(functions, ("x",), ("y",)).drawing
    assert len(drawing.lines) == len(graph_of(functions).edges)
    for line in drawing.lines:
        assert line.is_arrow
        for end in (line.points[0], line.points[-1]):
            assert any(on_outline(end, box) for box in drawing.rectangles)


@EVERY_GRAPH
def test_no_arrow_runs_through_a_node(functions: tuple[Reference, ...]) -> None:
    drawing = graph_picture(functions).drawing
    for line in drawing.lines:
        for px, py in along(line):
            inside = (b for b in drawing.rectangles if b.x + 0.05 < px < b.x + b.width - 0.05)
            assert not any(b.y < py < b.y + b.height for b in inside)


def along(line: Line) -> list[Point]:
    """Points of the line, twenty to a piece."""
    start, *rest = line.points
    if len(rest) == 1:
        rest = [start, rest[0], rest[0]]
    found = []
    for a, b, c in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        for k in range(21):
            t = k / 20
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            px = sum(w * p[0] for w, p in zip(weights, (start, a, b, c), strict=True))
            found.append((px, sum(w * p[1] for w, p in zip(weights, (start, a, b, c), strict=True))))
        start = c
    return found


@EVERY_GRAPH
def test_each_node_holds_its_label(functions: tuple[Reference, ...]) -> None:
    drawing = graph_picture(functions).drawing
    for label in drawing.labels:
        (box,) = (box for box in drawing.rectangles if box.middle == pytest.approx((label.x, label.y), abs=0.01))
        assert extent(label.formula)[0] <= box.width
        assert extent(label.formula)[1] <= HEIGHT


def test_the_variable_and_its_paths_are_strong_and_named() -> None:
    drawing = graph_picture(square(), ("x",), ("f",)).drawing
    assert [box.weight for box in drawing.rectangles].count("strong") == 1
    assert [line.weight for line in drawing.lines].count("strong") == 1
    assert sum(label.is_small for label in drawing.labels) == 1


def test_two_paths_are_both_marked_and_told() -> None:
    graph = graph_of(two_paths())
    assert paths(graph, "x", "y") == (("x", "u1", "y"), ("x", "y"))
    assert on_paths(graph, ("x",), ("y",)) == set(graph.edges)
    figure = graph_picture(two_paths(), ("x",), ("y",))
    assert "There are 2 paths" in words(figure.words)


def test_constants_of_a_crowded_layer_stand_together_where_they_lead_to_the_same_functions() -> None:
    """Twelve circles below each other would take a page, and arrows at one function are a bundle."""
    names = [Variable(name, SCALAR) for name in "abcdeghikmpx"]
    functions = (Reference("u", Sum(tuple(names))), Reference("f", Product((names[0], names[-1]))))
    drawing = graph_picture(functions, ("x",), ("f",)).drawing
    round_ones = [box for box in drawing.rectangles if box.radius == HEIGHT / 2]
    # The variable, the constant that both use, and ten that one uses: five and five.
    assert len(round_ones) == len(drawing.lines) - 2 == 4
    few = (Reference("u", Sum(tuple(names[-4:]))),)
    assert len(graph_picture(few, ("x",), ("u",)).drawing.rectangles) == 5


def test_a_constant_stands_just_before_its_first_user() -> None:
    late = Reference("z", Sum((chain()[-1], Variable("b", SCALAR))))
    assert layers(graph_of((*chain(), late))) == {"x": 0, "u": 1, "y": 2, "b": 2, "z": 3}


def test_the_order_has_no_crossing_where_none_is_needed() -> None:
    a, b = (Variable(name, SCALAR) for name in "ab")
    nodes: dict[str, Named] = {"a": a, "b": b, "p": Reference("p", b), "q": Reference("q", a)}
    graph = Graph(nodes, (("b", "p"), ("a", "q")))
    assert crossings(ordered(graph), chained(graph, layers(graph))) == 0


def test_a_wide_graph_shows_names_alone() -> None:
    widths = [graph_picture(functions).drawing.width for functions in (deep()[:3], deep())]
    assert widths[1] < 31.0
    assert len(graph_picture(deep()).drawing.labels) == 6


@pytest.mark.parametrize(
    ("what", "arguments", "message", "hint"),
    [
        ("figure", "neurone", "no figure `neurone`", "did you mean neuron?"),
        ("figure", "", "lacks the name", "four-cases, chain-rule, neuron, column"),
        ("figure", "zebra", "no figure `zebra`", "the figures are"),
        ("figur", "neuron", "cannot draw {{figur}}", "did you mean figure?"),
        ("xyz", "", "cannot draw {{xyz}}", "{{boxes m, n}}"),
        ("boxes", "", "a number of rows and one of columns", "{{boxes m, n}}"),
        ("boxes", "m", "a number of rows and one of columns", "{{boxes m, n}}"),
        ("boxes", "m, 0", "`0` is not a size", "from 1 on"),
        ("boxes", "m, ", "a size is missing", "from 1 on"),
        ("boxes", "m, -n", "`-n` is not a size", "from 1 on"),
        ("boxes", "m x n, m x n", "inner sizes n and m differ", "columns of each box"),
        ("boxes", "m x n x k", "a number of rows and one of columns", "{{boxes m, n}}"),
    ],
)
def test_a_slip_in_a_drawing_is_told_with_its_remedy(what: str, arguments: str, message: str, hint: str) -> None:
    found = fault(what, arguments)
    assert message in found.message
    assert hint in found.hint


def test_the_head_of_an_arrow_points_where_the_line_ends() -> None:
    head = Line(((0.0, 0.0), (2.0, 0.0)), is_arrow=True).head
    assert head is not None
    assert head[0] == (2.0, 0.0)
    assert {round(px, 6) for px, _ in head[1:]} == {round(2.0 - HEAD, 6)}
    assert Line(((0.0, 0.0), (2.0, 0.0))).head is None


def test_labels_of_a_graph_are_in_the_notation_of_the_page() -> None:
    f = Reference("f", apply("sum", Hadamard((X, X))))
    notation = notation_from({"vector": "arrow", "hadamard": "circ"})
    labels = [label.formula for label in graph_picture((f,), ("x",), notation=notation).drawing.labels]
    defined = beside(Letter("f"), Operator("=", "relation"), present(f.body, notation))
    assert {present(X, notation), defined} <= set(labels)
