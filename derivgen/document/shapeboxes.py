"""Shapes as boxes to scale: one box per factor, matching inner sizes of one length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from zlib import crc32

from derivgen.document.blocks import Figure, Phrase, Text
from derivgen.document.scene import Label, Line, Part, Rectangle, drawing, extent, moved, table, words_box
from derivgen.document.wording.telling import joined, said
from derivgen.expr.nodes import Expr, Unresolved, Unspecified, Variable
from derivgen.expr.sizes import ONE, Shape, Size
from derivgen.printing.boxes import Box, Operator, Space, beside
from derivgen.printing.present import present_shape
from derivgen.printing.sizes import size_box
from derivgen.record import record

UNIT = 0.6  # em that a size of 1 takes
MOST_UNITS = 8  # a whole number above it is drawn no longer
MOST = 5.2
GAP = 0.55
# Lengths of size names in em: those that occur together differ clearly, on all pages in the same way.
LENGTHS = {"n": 4.0, "m": 2.6, "k": 1.8, "p": 3.3, "q": 2.2, "r": 3.0, "s": 1.5, "N": 4.4, "d": 3.6, "h": 2.0, "l": 2.4}
PALETTE = tuple(round(1.4 + 0.1 * step, 1) for step in range(31))


@record
class Factor:
    """A box of a picture: its shape, and the formula above it."""

    shape: Shape
    formula: Expr | Box | None = None


def lengths(names: Iterable[str]) -> dict[str, float]:
    """A length for each size name, no two alike; a name that is not in the table gets one by its letters."""
    found: dict[str, float] = {}
    for name in dict.fromkeys(names):
        if name in LENGTHS:
            found[name] = LENGTHS[name]
            continue
        taken = {*LENGTHS.values(), *found.values()}
        start = crc32(name.encode()) % len(PALETTE)
        free = [length for length in (*PALETTE[start:], *PALETTE[:start]) if length not in taken]
        found[name] = free[0] if free else PALETTE[start]
    return found


def length(size: Size, named: Mapping[str, float]) -> float:
    """The length of a side: units for a whole number, the name's own length for a name.

    A product of names is drawn as long as both together, since to scale it would leave the page.
    """
    number = size.number
    if number is not None:
        return UNIT * min(max(number, 1), MOST_UNITS)
    total = 0.0
    for names, count in size.terms:
        total += count * (sum(named[name] for name in names) if names else UNIT)
    return min(max(total, UNIT), MOST)


def row_of(
    left: Sequence[Factor], right: Sequence[Factor] = (), *, named: Mapping[str, float] | None = None
) -> tuple[Part, ...]:
    """The boxes of a product side by side on one axis, `=`, and the boxes of the other side."""
    factors = (*left, *right)
    sizes = named or lengths(name for factor in factors for size in factor.shape for name in size.names)
    parts: list[Part] = []
    at = 0.0
    for number, factor in enumerate(factors):
        if right and number == len(left):
            parts.append(Label(at + 0.35, 0.0, Operator("=", "relation")))
            at += 0.7 + GAP
        made, wide = _factor(factor, sizes)
        parts += moved(made, at + wide / 2, 0.0)
        at += wide + GAP
    return tuple(parts)


def _factor(factor: Factor, named: Mapping[str, float]) -> tuple[tuple[Part, ...], float]:
    """One box around the origin with its formula above and its shape below, and how wide all of it is."""
    high, wide = (length(size, named) for size in factor.shape)
    shape = present_shape(factor.shape)
    shape_wide, shape_high = extent(shape, is_small=True)
    parts: list[Part] = [
        Rectangle(-wide / 2, -high / 2, wide, high),
        Label(0.0, high / 2 + 0.2 + shape_high / 2, shape, is_small=True),
    ]
    widths = [wide, shape_wide]
    if factor.formula is not None:
        formula_wide, formula_high = extent(factor.formula)
        parts.append(Label(0.0, -high / 2 - 0.2 - formula_high / 2, factor.formula))
        widths.append(formula_wide)
    return tuple(parts), max(widths)


def product_of_shapes(shapes: Sequence[Shape]) -> Shape:
    """The shape of a product of arrays whose inner sizes match."""
    return Shape(shapes[0].rows, shapes[-1].columns)


def first_misfit(shapes: Sequence[Shape]) -> tuple[Shape, Shape] | None:
    """The first two neighbours whose inner sizes differ."""
    return next(((a, b) for a, b in pairwise(shapes) if a.columns != b.rows), None)


def product_picture(shapes: Sequence[Shape]) -> Figure:
    """A product of arrays, and the shape that comes out."""
    result = product_of_shapes(shapes)
    words = said(
        "Boxes side by side: {factors} gives {result}; matching sizes have one length.",
        factors=_times([_by(shape) for shape in shapes]),
        result=_by(result),
    )
    parts = row_of([Factor(shape) for shape in shapes], [Factor(result)])
    return Figure(drawing(parts), said("Inner sizes match; the outer sizes are left."), words)


def identification_picture(change: Expr, derivative: Expr, of: Expr) -> Figure | None:
    """change = derivative times of, as boxes; None where all are numbers or the sizes do not chain."""
    words = said(
        "Boxes to scale: {whole} is {factors}.",
        whole=_shaped(change),
        factors=_times([_shaped(derivative), _shaped(of)]),
    )
    return _boxes(change, (derivative, of), words)


def chain_picture(whole: Expr, factors: Sequence[Expr]) -> Figure | None:
    """A product of arrays as boxes, with what it is; None where all are numbers or the sizes do not chain."""
    # The line has just been read out: its factors are known by their order.
    sizes = _times([_by(factor.shape) for factor in factors])
    words = said("Boxes to scale for the line before: {whole} is {factors}.", whole=_by(whole.shape), factors=sizes)
    return _boxes(whole, factors, words)


def _boxes(whole: Expr, factors: Sequence[Expr], words: Text) -> Figure | None:
    shapes = [factor.shape for factor in factors]
    fits = first_misfit(shapes) is None and whole.shape == product_of_shapes(shapes)
    if not fits or all(shape.is_scalar for shape in shapes):
        return None
    parts = row_of([Factor(whole.shape, whole)], [Factor(factor.shape, factor) for factor in factors])
    return Figure(drawing(parts), (), words, is_small=True)


def _shaped(factor: Expr) -> Text:
    return said("{formula} ({shape})", formula=factor, shape=_by(factor.shape))


def _times(factors: Sequence[Text]) -> Text:
    return reduce(lambda left, right: said("{left} times {right}", left=left, right=right), factors)


def matrix_picture(rows: Size, columns: Size) -> Figure:
    """One box of rows x columns: its rows counted as functions, its columns as variables."""
    shape = Shape(rows, columns)
    named = lengths((*rows.names, *columns.names))
    high, wide = length(rows, named) * 1.4, length(columns, named) * 1.4
    parts: list[Part] = [Rectangle(0.0, 0.0, wide, high), *_cells(rows, columns, high, wide)]
    functions, variables = _counted(rows, _functions(rows)), _counted(columns, _variables(columns))
    parts += [*_span((0.0, -0.4), (wide, -0.4)), *_span((-0.4, 0.0), (-0.4, high))]
    parts.append(Label(wide / 2, -1.15, variables, is_small=True))
    parts.append(Label(-0.75 - extent(functions, is_small=True)[0] / 2, high / 2, functions, is_small=True))
    words = said(
        "A box of shape {shape}: its rows are counted on the left, {functions}; its columns above, {variables}.",
        shape=_by(shape),
        functions=(size_box(rows), " ", _functions(rows)),
        variables=(size_box(columns), " ", _variables(columns)),
    )
    caption = said(
        "Rows count functions, columns count variables: {shape}, numerator layout.", shape=present_shape(shape)
    )
    return Figure(drawing(parts), caption, words)


def _functions(size: Size) -> Phrase:
    return Phrase("function") if size == ONE else Phrase("functions")


def _variables(size: Size) -> Phrase:
    return Phrase("variable") if size == ONE else Phrase("variables")


def _cells(rows: Size, columns: Size, high: float, wide: float) -> tuple[Line, ...]:
    """Lines between the entries where both sizes are small numbers."""
    down, across = rows.number, columns.number
    if down is None or across is None or max(down, across) > MOST_UNITS:
        return ()
    flat = tuple(Line(((0.0, high * k / down), (wide, high * k / down))) for k in range(1, down))
    return (*flat, *(Line(((wide * k / across, 0.0), (wide * k / across, high))) for k in range(1, across)))


def _span(start: tuple[float, float], end: tuple[float, float]) -> tuple[Line, ...]:
    """A line with a tick at each end, as in a plan."""
    tick = 0.18
    across, down = (0.0, tick) if start[1] == end[1] else (tick, 0.0)
    ends = tuple(Line(((a - across, b - down), (a + across, b + down))) for a, b in (start, end))
    return (Line((start, end)), *ends)


def _counted(size: Size, noun: Phrase) -> Box:
    return beside(size_box(size), Space(0.28), words_box(noun))


def _by(shape: Shape) -> Text:
    return said("{rows} by {columns}", rows=size_box(shape.rows), columns=size_box(shape.columns))


_M, _N, _K = (Size.named(name) for name in "mnk")
_SCALAR, _VECTOR = Phrase("scalar"), Phrase("vector")
_KINDS: tuple[tuple[Phrase, Size], ...] = ((_SCALAR, ONE), (_VECTOR, _M))


def four_cases_picture() -> Figure:
    """The four cases of a first course as boxes: scalar and vector by scalar and vector."""
    variables = tuple((kind, Variable("x", Shape(size, ONE))) for kind, size in ((_SCALAR, ONE), (_VECTOR, _N)))
    rows: list[tuple[tuple[Part, ...], ...]] = [(_NOTHING, *(_word_cell(kind, x) for kind, x in variables))]
    words = []
    for kind, size in _KINDS:
        f = Unspecified("f", Shape(size, ONE), ())
        derivatives = [Unresolved(f, (x,)) for _, x in variables]
        rows.append((_word_cell(kind, f), *(row_of((Factor(one.shape, one),), named=LENGTHS) for one in derivatives)))
        for (other, _), one in zip(variables, derivatives, strict=True):
            words.append(said("{kind} by {other}: {shape}", kind=kind, other=other, shape=_by(one.shape)))
    caption = said(
        "The four cases to scale, in numerator layout. Denominator layout exchanges the width and height of each box."
    )
    told = said("Four boxes to scale. {cases}.", cases=joined(words, "; "))
    return Figure(drawing(table(rows, 1.6, 0.9)), caption, told)


def chain_rule_picture() -> Figure:
    """The factors of the chain rule to scale, for scalars and vectors f, u and x."""
    cases = ((_SCALAR, ONE, _SCALAR, ONE), (_VECTOR, _K, _SCALAR, ONE), (_VECTOR, _K, _VECTOR, _N))
    functions = tuple((kind, Unspecified("f", Shape(size, ONE), ())) for kind, size in _KINDS)
    rows: list[tuple[tuple[Part, ...], ...]] = [(_NOTHING, *(_word_cell(kind, f) for kind, f in functions))]
    words = []
    for u_kind, k, x_kind, n in cases:
        u, x = Unspecified("u", Shape(k, ONE), ()), Variable("x", Shape(n, ONE))
        products = [(Unresolved(f, (u,)), Unresolved(u, (x,))) for _, f in functions]
        head = (*moved(_word_cell(u_kind, u), 0.0, -0.6), *moved(_word_cell(x_kind, x), 0.0, 0.6))
        rows.append((head, *(row_of([Factor(one.shape, one) for one in pair], named=LENGTHS) for pair in products)))
        for (kind, _), (outer, inside) in zip(functions, products, strict=True):
            factors = _times([_by(outer.shape), _by(inside.shape)])
            words.append(said("{kind} f, {u} u, {x} x: {factors}", kind=kind, u=u_kind, x=x_kind, factors=factors))
    u = Unspecified("u", Shape(_K, ONE), ())
    caption = said(
        "The chain rule to scale, in numerator layout: the size of {u} is the inner one in every product.", u=u
    )
    told = said("Products of two boxes to scale. {cases}.", cases=joined(words, "; "))
    return Figure(drawing(table(rows, 1.6, 0.9)), caption, told)


_NOTHING: tuple[Part, ...] = ()


def _word_cell(kind: Phrase, symbol: Expr) -> tuple[Part, ...]:
    """A word and a symbol side by side around the origin; the symbol is set in the notation of the page."""
    (word, _), (name, _) = extent(words_box(kind)), extent(symbol)
    left = -(word + 0.4 + name) / 2
    return Label(left + word / 2, 0.0, words_box(kind)), Label(-left - name / 2, 0.0, symbol)
