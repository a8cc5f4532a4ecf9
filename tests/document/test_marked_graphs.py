"""Which arrows of the computation graph a step marks, and what the pictures beside the steps say of them."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Document, Figure, StepBlock
from derivgen.document.graphmarks import passed, paths_of, terms
from derivgen.document.scene import Curve, Drawing, bounds
from derivgen.printing.notation import Notation
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, Worked, worked
from derivgen.render.aloud import aloud
from derivgen.render.formats import FormatName, render
from derivgen.render.plain import words

SPECS = Path(__file__).parents[2] / "specs"
CHAINS = "08-chain-rules"


def done(name: str) -> tuple[Worked, Path]:
    path = SPECS / f"{name}.yaml"
    return worked(path, path, Wishes()), path


def derivation(name: str) -> Derivation:
    return done(name)[0].derivations[0]


def page(name: str) -> Document:
    found, path = done(name)
    return document_of(found, name, path)[0]


def written(folder: Path, spec: str) -> Document:
    path = folder / "page.yaml"
    path.write_text(spec, encoding="utf-8")
    return document_of(worked(path, path, Wishes()), "page", path)[0]


def marked(document: Document) -> list[tuple[str, Figure]]:
    """The pictures with marked arrows, each with the number of the step before it."""
    found, number = [], ""
    for block in document.blocks:
        number = block.number if isinstance(block, StepBlock) else number
        if isinstance(block, Figure) and weights(block).count("marked"):
            found.append((number, block))
    return found


def weights(figure: Figure) -> list[str]:
    return [line.weight for line in figure.drawing.lines]


def arrows(*written: str) -> frozenset[tuple[str, str]]:
    return frozenset((one.split(">")[0], one.split(">")[1]) for one in written)


# Read off the definitions: y = x + u1 with u1 = x^2; y = log(u3), u3 = u2^2, u2 = sin(u1), u1 = x^3; y = sin(u2)
# with u2 = x + u1; the network z1 = W1 x + b1, a1 = max(0, z1), z2 = W2 a1 + b2, L = |z2 - t|^2/2.
OF_STEPS = {
    f"{CHAINS}/line-plus-square": [arrows("x>u1"), arrows("x>y"), arrows("u1>y"), arrows()],
    f"{CHAINS}/four-nested-functions": [arrows("x>u1"), arrows("u1>u2"), arrows("u2>u3"), arrows("u3>y"), arrows()],
    f"{CHAINS}/sine-of-a-sum": [arrows("x>u1"), arrows("x>u2"), arrows("u1>u2"), arrows("u2>y"), arrows()],
    "12-machine-learning/two-layer-network-weights": [
        arrows("z2>L"), arrows("a1>z2"), arrows("z1>a1"), arrows("W1>z1"), arrows(),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", OF_STEPS)
def test_a_step_marks_the_arrow_whose_derivative_it_finds(name: str) -> None:
    found = derivation(name)
    expected = OF_STEPS[name]
    assert list(passed(found.steps, paths_of(found)))[: len(expected)] == expected


@pytest.mark.parametrize(
    ("name", "number", "paths"),
    [
        (f"{CHAINS}/line-plus-square", 4, [arrows("x>y"), arrows("x>u1", "u1>y")]),
        (f"{CHAINS}/line-times-square", 4, [arrows("x>y"), arrows("x>u1", "u1>y")]),
        (f"{CHAINS}/sine-of-a-sum", 5, [arrows("x>u2"), arrows("x>u1", "u1>u2")]),
    ],
)
def test_each_term_of_a_total_derivative_marks_its_path(
    name: str, number: int, paths: list[frozenset[tuple[str, str]]]
) -> None:
    found = derivation(name)
    assert [term.edges for term in terms(found.steps[number - 1], paths_of(found))] == paths


def test_a_term_with_a_total_derivative_marks_all_that_lies_within_it(tmp_path: Path) -> None:
    spec = tmp_path / "page.yaml"
    spec.write_text(
        "variables: {x: scalar}\nfunctions:\n  p: x**2\n  q: x + p\n  y: p*q\nderivatives: [y wrt x]\n",
        encoding="utf-8",
    )
    (found,) = worked(spec, spec, Wishes()).derivations
    graph = paths_of(found)
    last = [terms(step, graph) for step in found.steps if len(terms(step, graph)) > 1][-1]
    by_last_arrow = {edge: term.edges for term in last for edge in term.edges if edge[1] == "y"}
    assert by_last_arrow["p", "y"] == arrows("x>p", "p>y")
    assert by_last_arrow["q", "y"] == arrows("x>p", "x>q", "p>q", "q>y")


def test_the_total_derivative_shows_its_graph_once_for_each_term() -> None:
    (_, numbers), (at, paths) = marked(page(f"{CHAINS}/line-plus-square"))
    assert set(weights(numbers)) == {"marked"}
    assert at == "4"
    assert sorted(weights(paths)) == ["marked"] * 3 + ["thin"] * 3
    said = words(paths.words)
    assert "The path x to y is marked" in said
    assert "The path x to u1 to y is marked" in said


def test_one_path_shows_the_number_of_each_step_on_its_arrow() -> None:
    ((at, figure),) = marked(page(f"{CHAINS}/four-nested-functions"))
    assert at == "4"
    on_arrows = [words((label.formula,)) for label in figure.drawing.labels if label.is_small]
    assert on_arrows == ["1", "2", "3", "4"]
    assert words(figure.words).startswith("The path x to u1 to u2 to u3 to y is marked; its arrows belong to the steps")


def test_differentials_number_the_arrows_from_the_result_back() -> None:
    ((at, figure),) = marked(page("12-machine-learning/two-layer-network-weights"))
    assert at == "1.4"
    assert [words((label.formula,)) for label in figure.drawing.labels if label.is_small] == [
        "1.4",
        "1.3",
        "1.2",
        "1.1",
    ]


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = one
    return left < other[2] and other[0] < right and top < other[3] and other[1] < bottom


@pytest.mark.parametrize(
    "name",
    [f"{CHAINS}/four-nested-functions", f"{CHAINS}/sine-of-a-sum", f"{CHAINS}/line-plus-square",
     "10-the-loss/mean-squared-loss", "12-machine-learning/two-layer-network-weights"],
)  # fmt: skip
def test_a_number_on_an_arrow_leaves_its_head_free(name: str) -> None:
    """Paper around the letters counts as well: 0.15 em, which LaTeX leaves white."""
    _, figure = marked(page(name))[0]
    numbers = [bounds((label,)) for label in figure.drawing.labels if label.is_small]
    heads = [line.head for line in figure.drawing.lines if line.head is not None]
    assert numbers
    for left, top, right, bottom in numbers:
        spread = (left - 0.15, top, right + 0.15, bottom)
        assert not any(overlap(spread, bounds((Curve(head),))) for head in heads)


@pytest.mark.parametrize("layout", ["numerator", "denominator"])
def test_the_layout_changes_no_mark(layout: str, tmp_path: Path) -> None:
    spec = (
        'variables: {A: "matrix(m, n)", x: vector(n)}\nfunctions:\n  r: A @ x\n  p: norm(r)**2\n  q: norm(x)**2\n'
        f"  f: p*q\nderivatives: [f wrt x]\nlayout: {layout}\n"
    )
    said = [words(figure.words) for _, figure in marked(written(tmp_path, spec))]
    assert len(said) == 2
    assert "The path x to q to f is marked" in said[1]
    assert "The path x to r to p to f is marked" in said[1]


def test_a_path_with_one_function_between_gets_no_picture() -> None:
    assert marked(page("09-the-neuron/neuron-by-input")) == []


def test_a_step_that_is_folded_away_gives_its_arrow_to_the_step_that_holds_it(tmp_path: Path) -> None:
    spec = (
        "variables: {x: scalar}\nfunctions:\n  u: x**2\n  v: sin(u)\n  y: exp(v)\n"
        "derivatives: [y wrt x]\nknown: [power]\n"
    )
    ((_, figure),) = marked(written(tmp_path, spec))
    assert [words((label.formula,)) for label in figure.drawing.labels if label.is_small] == ["2", "2", "3"]


def test_brief_pages_have_no_pictures_beside_steps_that_they_leave_out(tmp_path: Path) -> None:
    spec = "variables: {x: scalar}\nfunctions:\n  u: x**2\n  v: sin(u)\n  y: exp(v)\nderivatives: [y wrt x]\n"
    assert len(marked(written(tmp_path, spec))) == 1
    assert marked(written(tmp_path, f"{spec}detail: brief\n")) == []


SIGNS: dict[FormatName, tuple[str, str]] = {
    "html": ("<path d=", 'class="marked"'),
    "tex": (r"\markedline{", r"\polygon*"),
    "typ": ("#place(curve(", "1.8pt + marked"),
}


@pytest.mark.parametrize("name", SIGNS)
def test_each_format_marks_the_arrows_by_weight_and_colour(name: FormatName) -> None:
    document = page(f"{CHAINS}/line-plus-square")
    lines = [line for line in render(document, name).splitlines() for line in line.replace("><", ">\n<").splitlines()]
    shape, mark = SIGNS[name]
    found = [line for line in lines if shape in line and mark in line and "rectangle" not in line]
    # In HTML the arrows of a picture that look alike are one path, which moves to the start of each.
    drawn = sum(line.count("M") for line in found) if name == "html" else len(found)
    assert drawn == sum(weights(figure).count("marked") for _, figure in marked(document)) == 6


@pytest.mark.parametrize("name", ["html", "typ"])
def test_the_words_of_marked_paths_reach_who_does_not_see_them(name: FormatName) -> None:
    source = render(page(f"{CHAINS}/line-plus-square"), name)
    assert "The path x to u sub 1 to y is marked for" in source


def test_german_pages_tell_marked_paths_in_german(tmp_path: Path) -> None:
    spec = (SPECS / CHAINS / "line-plus-square.yaml").read_text(encoding="utf-8")
    document = written(tmp_path, f"{spec}\nlanguage: de\n")
    _, (_, figure) = marked(document)
    assert "Der Weg x nach u1 nach y ist markiert für" in words(figure.words)
    assert words(figure.caption) == "Jeder Summand gehört zu den markierten Pfeilen über ihm."


@pytest.mark.parametrize("name", [*OF_STEPS, f"{CHAINS}/line-times-square", "12-machine-learning/ridge-regression"])
def test_labels_of_marked_graphs_overlap_nothing(name: str) -> None:
    for _, figure in marked(page(name)):
        assert_apart(figure.drawing)


def assert_apart(drawing: Drawing) -> None:
    frames = [bounds((label,)) for label in drawing.labels]
    for (a, b, c, d), (e, f, g, h) in combinations(frames, 2):
        assert c <= e or g <= a or d <= f or h <= b
    numbers = [bounds((label,)) for label in drawing.labels if label.hides]
    for (a, b, c, d), node in ((frame, node) for frame in numbers for node in drawing.rectangles):
        assert c <= node.x or node.x + node.width <= a or d <= node.y or node.y + node.height <= b


def test_a_page_that_is_heard_has_the_line_and_not_its_picture() -> None:
    assert "is marked" not in aloud(page(f"{CHAINS}/line-plus-square"), Notation())


WIDTHS: dict[FormatName, re.Pattern[str]] = {
    "tex": re.compile(r"^\\newcommand\{\\(?:thin|strong)line\}\[1\]\{\\linethickness\{([\d.]+)pt\}", re.MULTILINE),
    "typ": re.compile(r"stroke: ([\d.]+)pt[,)]"),
}


@pytest.mark.parametrize("name", WIDTHS)
def test_on_paper_a_thick_arrow_is_four_times_as_thick_as_a_thin_one(name: FormatName) -> None:
    """At 70 dots an inch lines of 0.5 and of 1.3 points are both one dot wide."""
    text = render(page("09-the-neuron/neuron"), name)
    arrows_alone = [line for line in text.splitlines() if "rectangle" not in line and "rect(" not in line]
    widths = {float(width) for line in arrows_alone for width in WIDTHS[name].findall(line)}
    assert max(widths) >= 4 * min(widths)
