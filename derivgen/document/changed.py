"""What a step changes, as expressions: what the marks on its line stand below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivgen.document.blocks import Line
from derivgen.document.marking import first_new
from derivgen.errors import ShapeError
from derivgen.expr.nodes import Expr, Hadamard, Product, Sum
from derivgen.expr.walk import parts
from derivgen.printing.boxes import APPLY, TIMES, Box, Fenced, Operator, Row, Space, beside, inner
from derivgen.printing.marks import Path, Runs, difference
from derivgen.printing.notation import DEFAULT
from derivgen.printing.present import present
from derivgen.record import record

MOST_PARTS = 12  # of a longer sum the neighbours are too many to look at


@record
class Changed:
    """The parts of a line that its step made, and those due to be rewritten; none where it changes as a whole."""

    made: tuple[Expr, ...] = ()
    due: tuple[Expr, ...] = ()


def changed(line: Line) -> Changed:
    """What is marked on a line; in place of a part that is no expression of its own, the smallest one around it."""
    first, end = first_new(line), line.implies or line
    last = end.rights[-1]
    made = () if line.was is None else difference(present(line.was, DEFAULT), present(first, DEFAULT)).after
    due = () if end.becomes is None else difference(present(last, DEFAULT), present(end.becomes, DEFAULT)).before
    return Changed(_expressions(first, made), _expressions(last, due))


def _expressions(whole: Expr, runs: Runs) -> tuple[Expr, ...]:
    if not runs:
        return ()
    box = present(whole, DEFAULT)
    known: dict[Box, Expr] = {}
    for part in _candidates(whole):
        known.setdefault(present(part, DEFAULT), part)
    return tuple(dict.fromkeys(_expression(run, box, known, whole) for run in runs))


def _candidates(expr: Expr) -> Iterator[Expr]:
    """The expression, its parts, and neighbours within sums and products, the larger ones first."""
    yield expr
    match expr:
        case Sum(terms=inside) | Product(factors=inside) | Hadamard(factors=inside) if len(inside) <= MOST_PARTS:
            for size in range(len(inside) - 1, 1, -1):
                for k in range(len(inside) - size + 1):
                    yield from _alone(type(expr), inside[k : k + size])
        case _:
            pass
    for part in parts(expr):
        yield from _candidates(part)


def _alone(kind: type[Sum | Product | Hadamard], neighbours: tuple[Expr, ...]) -> tuple[Expr, ...]:
    # In x.T y A the last two have no product: the first two are a number that scales A.
    try:
        return (kind(neighbours),)
    except ShapeError:
        return ()


def _expression(run: Sequence[Path], whole: Box, known: dict[Box, Expr], otherwise: Expr) -> Expr:
    """The expression of neighbouring boxes, or the smallest that holds them."""
    boxes = [_at(whole, path) for path in run]
    found = known.get(_bare(beside(*boxes)))
    way = run[0][:-1] if run[0] else ()
    while found is None and way:
        found, way = known.get(_bare(_at(whole, way))), way[:-1]
    return otherwise if found is None else found


def _at(box: Box, path: Path) -> Box:
    for place in path:
        box = inner(box)[place]
    return box


def _bare(box: Box) -> Box:
    """A box without what only joins it to its neighbours, and without brackets around all of it."""
    if isinstance(box, Row):
        boxes = list(box.boxes)
        while boxes and _joins(boxes[0]):
            boxes.pop(0)
        while boxes and _joins(boxes[-1]):
            boxes.pop()
        box = beside(*boxes)
    return _bare(box.body) if isinstance(box, Fenced) and (box.left, box.right) == ("(", ")") else box


def _joins(box: Box) -> bool:
    return isinstance(box, Space) or box in (TIMES, APPLY, Operator("+", "binary"))
