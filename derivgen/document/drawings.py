"""The blocks that the engine draws on a page of prose: {{shapes}}, {{table T8}}, {{figure NAME}}, {{boxes m, n}} ..."""

from __future__ import annotations

from collections.abc import Callable

from derivgen.calculus.catalogue import RULES
from derivgen.document.blocks import Block, Figure
from derivgen.document.cheatsheet import cheat_sheet
from derivgen.document.derivatives import FUNCTIONS, derivatives_table
from derivgen.document.figures import column_picture, neuron_picture
from derivgen.document.notationtable import notation_table
from derivgen.document.ruletables import GROUPS, catalogue, rules_of, rules_table
from derivgen.document.shapeboxes import (
    chain_rule_picture,
    first_misfit,
    four_cases_picture,
    matrix_picture,
    product_picture,
)
from derivgen.document.shapetables import four_cases, shapes_table
from derivgen.errors import Fault
from derivgen.expr.sizes import Shape, Size
from derivgen.printing.notation import DEFAULT, Notation

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
    "derivatives": "{{derivatives vector}}",
    "cheatsheet": "{{cheatsheet}}",
    "figure": "{{figure NAME}}",
    "boxes": "{{boxes m, n}}",
    "graph": "{{graph SLUG}}",
    "derivation": "{{derivation SLUG}}",
    "plot": "{{plot SLUG}}",
    "answers": "{{answers SLUG, SLUG}}",
    "accumulation": "{{accumulation SLUG}}",
}
_M, _N, _P, _Q, _R, _S = (Size.named(name) for name in "mnpqrs")


def draw(what: str, arguments: str, notation: Notation = DEFAULT) -> tuple[Block, ...] | Fault:
    """The blocks that {{what arguments}} stands for, or what is wrong with it."""
    match what, arguments.strip():
        case ("shapes", "") | ("table", "T8"):
            return (shapes_table(),)
        case ("shapes", "four"):
            return (four_cases(),)
        case ("notation", "") | ("table", "T7"):
            return (notation_table(),)
        case ("rules", names):
            return _rules(names, notation)
        case ("derivatives", group) if group in FUNCTIONS:
            return (derivatives_table(group),)
        case ("derivatives", other):
            hint = near(other, tuple(FUNCTIONS), "the tables are")
            return Fault("drawing", f"there is no table of derivatives `{other}`", hint)
        case ("cheatsheet", ""):
            return (cheat_sheet(notation),)
        case ("figure", name):
            return (FIGURES[name](),) if name in FIGURES else _no_figure(name)
        case ("boxes", sizes):
            return boxes(sizes)
        case ("shapes" | "notation" | "cheatsheet", other):
            return Fault("drawing", f"{{{{{what}}}}} takes no argument `{other}`", f"write {{{{{what}}}}}")
        case ("table", other):
            hint = "{{table T7}} is of signs, {{table T8}} of shapes; {{answers SLUG, SLUG}} is of your own specs"
            return Fault("drawing", f"there is no table `{other}`", hint)
        case _:
            return _no_drawing(what)


def _rules(names: str, notation: Notation) -> tuple[Block, ...] | Fault:
    """The catalogue of a group in full, or a table of the rules that are named."""
    rules = rules_of(names)
    if isinstance(rules, str):
        what = "rule" if "," in names or "-" in names else "group of rules"
        hint = near(rules, (*GROUPS, *RULES), "the groups are", GROUPS)
        return Fault("drawing", f"there is no {what} `{rules}`", hint)
    return catalogue(rules, notation) if not names or names in GROUPS else (rules_table(rules, notation),)


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
