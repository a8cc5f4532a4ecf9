"""The blocks that the engine draws on a page of prose: {{shapes}}, {{table T8}}, {{figure NAME}}, {{boxes m, n}} ..."""

from __future__ import annotations

from collections.abc import Callable

from derivgen.document.blocks import Block, Figure, Table, Text
from derivgen.document.figures import column_picture, neuron_picture
from derivgen.document.notationtable import notation_table
from derivgen.document.ruletables import GROUPS, rules_table
from derivgen.document.shapeboxes import (
    chain_rule_picture,
    first_misfit,
    four_cases_picture,
    matrix_picture,
    product_picture,
)
from derivgen.errors import Fault
from derivgen.expr.nodes import Unresolved, Unspecified, Variable
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.printing.boxes import Fenced
from derivgen.printing.present import present_shape

MOST_LETTERS = 12
FIGURES: dict[str, Callable[[], Figure]] = {
    "four-cases": four_cases_picture,
    "chain-rule": chain_rule_picture,
    "neuron": neuron_picture,
    "column": column_picture,
}
DRAWINGS = {
    "shapes": "{{shapes}}",
    "table": "{{table T8}}",
    "notation": "{{notation}}",
    "rules": "{{rules GROUP}}",
    "figure": "{{figure NAME}}",
    "boxes": "{{boxes m, n}}",
    "graph": "{{graph SLUG}}",
    "derivation": "{{derivation SLUG}}",
    "answers": "{{answers SLUG, SLUG}}",
}
_M, _N, _P, _Q, _R, _S = (Size.named(name) for name in "mnpqrs")


def draw(what: str, arguments: str) -> tuple[Block, ...] | Fault:
    """The blocks that {{what arguments}} stands for, or what is wrong with it."""
    match what, arguments.strip():
        case ("shapes", "") | ("table", "T8"):
            return (shapes_table(),)
        case ("shapes", "four"):
            return (four_cases(),)
        case ("notation", "") | ("table", "T7"):
            return (notation_table(),)
        case ("rules", group) if not group or group in GROUPS:
            return (rules_table(group),)
        case ("rules", group):
            return Fault("drawing", f"there is no group of rules `{group}`", near(group, GROUPS, "the groups are"))
        case ("figure", name):
            return (FIGURES[name](),) if name in FIGURES else _no_figure(name)
        case ("boxes", sizes):
            return boxes(sizes)
        case ("shapes" | "notation", other):
            return Fault("drawing", f"{{{{{what}}}}} takes no argument `{other}`", f"write {{{{{what}}}}}")
        case ("table", other):
            hint = "{{table T7}} is of signs, {{table T8}} of shapes; {{answers SLUG, SLUG}} is of your own specs"
            return Fault("drawing", f"there is no table `{other}`", hint)
        case _:
            return _no_drawing(what)


def _no_figure(name: str) -> Fault:
    message = f"there is no figure `{name}`" if name else "{{figure}} lacks the name of a figure"
    return Fault("drawing", message, near(name, tuple(FIGURES), "the figures are"))


def _no_drawing(what: str) -> Fault:
    message = f"derivgen cannot draw {{{{{what}}}}}"
    return Fault("drawing", message, near(what, tuple(DRAWINGS), "it draws", tuple(DRAWINGS.values())))


def near(typed: str, known: tuple[str, ...], opening: str, shown: tuple[str, ...] = ()) -> str:
    """A hint with the nearest of the known words, or with all of them."""
    from difflib import get_close_matches  # only a slip of the pen needs it

    found = get_close_matches(typed, known, n=1)
    return f"did you mean {found[0]}?" if found else f"{opening} {', '.join(shown or known)}"


def boxes(typed: str) -> tuple[Block, ...] | Fault:
    """One box of m x n, or the boxes of a product such as `m x k, k x n`."""
    pieces = [piece.strip() for piece in typed.split(",")]
    is_product = " x " in f" {typed} "
    pairs = [[side.strip() for side in f" {piece} ".split(" x ")] for piece in pieces] if is_product else [pieces]
    if any(len(pair) != 2 for pair in pairs):
        message = f"{{{{boxes}}}} takes a number of rows and one of columns, not `{typed}`"
        return Fault("drawing", message, "write {{boxes m, n}}, or {{boxes m x k, k x n}} for a product")
    shapes = []
    for rows, columns in pairs:
        down, across = _size(rows), _size(columns)
        if down is None or across is None:
            return _no_size(rows if down is None else columns)
        shapes.append(Shape(down, across))
    return _product(shapes)


def _product(shapes: list[Shape]) -> tuple[Block, ...] | Fault:
    if len(shapes) == 1:
        return (matrix_picture(*shapes[0]),)
    misfit = first_misfit(shapes)
    if misfit is not None:
        left, right = misfit
        message = f"cannot multiply {left} by {right}: the inner sizes {left.columns} and {right.rows} differ"
        return Fault("drawing", message, "let the columns of each box be the rows of the next")
    return (product_picture(shapes),)


def _size(typed: str) -> Size | None:
    if typed.isdecimal() and typed.isascii() and 0 < int(typed[:9]) < 10**6:
        return Size.whole(int(typed[:9]))
    return Size.named(typed) if typed.isidentifier() and len(typed) <= MOST_LETTERS else None


def _no_size(typed: str) -> Fault:
    what = f"`{typed}` is not a size" if typed else "a size is missing"
    return Fault("drawing", what, "a size is a name such as n, or a whole number from 1 on")


def shapes_table() -> Table:
    """The nine cells: the shape of a derivative from the shapes of y and x, in both layouts."""
    kinds: tuple[tuple[str, Shape], ...] = (("scalar", SCALAR), ("vector", Shape(_M, ONE)), ("matrix", Shape(_R, _S)))
    variables: tuple[tuple[str, Shape], ...] = (
        ("scalar", SCALAR),
        ("vector", Shape(_N, ONE)),
        ("matrix", Shape(_P, _Q)),
    )
    head: tuple[Text, ...] = (("function, by variable",), *((name, *_of(shape)) for name, shape in variables))
    rows = tuple(
        ((name, *_of(own)), *(_cell(_derivative_shape(own, shape)) for _, shape in variables)) for name, own in kinds
    )
    return Table(
        head,
        rows,
        ("Numerator layout stands first, denominator layout second; matrices go through vec, which stacks columns.",),
        row_heads=True,
    )


def four_cases() -> Table:
    """The four cases of a first course: scalar and vector by scalar and vector."""
    head: tuple[Text, ...] = (
        ("function, by variable",),
        ("scalar ", _x(SCALAR)),
        ("vector ", _x(Shape(_N, ONE)), *_of(Shape(_N, ONE))),
    )
    rows = []
    for name, own in (("scalar ", SCALAR), ("vector ", Shape(_M, ONE))):
        cells = tuple(_case(own, shape) for shape in (SCALAR, Shape(_N, ONE)))
        rows.append(((name, _y(own), *_of(own)), *cells))
    return Table(head, tuple(rows), ("Numerator layout stands first, denominator layout second.",), row_heads=True)


def _x(shape: Shape) -> Variable:
    return Variable("x", shape)


def _y(shape: Shape) -> Unspecified:
    return Unspecified("f", shape, ())


def _case(own: Shape, shape: Shape) -> Text:
    derivative = Unresolved(_y(own), (_x(shape),), written_out=not (own.is_scalar and shape.is_scalar))
    return (Unresolved(_y(own), (_x(shape),)), " : ", *_cell(derivative.shape))


def _derivative_shape(own: Shape, shape: Shape) -> Shape:
    return Unresolved(_y(own), (_x(shape),)).shape


def _cell(shape: Shape) -> Text:
    if shape == shape.transposed:
        return (present_shape(shape),)
    return (present_shape(shape), "; ", present_shape(shape.transposed))


def _of(shape: Shape) -> Text:
    return () if shape.is_scalar else (" ", Fenced("(", present_shape(shape), ")"))
