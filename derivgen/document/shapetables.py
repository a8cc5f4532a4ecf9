"""Tables of the shapes of derivatives, in both layouts."""

from __future__ import annotations

from derivgen.document.blocks import Table, Text
from derivgen.expr.nodes import Unresolved, Unspecified, Variable
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.printing.boxes import Fenced
from derivgen.printing.present import present_shape

_M, _N, _P, _Q, _R, _S = (Size.named(name) for name in "mnpqrs")


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
