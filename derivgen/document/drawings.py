"""The blocks that the engine draws on a page of prose: {{shapes}}, {{table T8}}, {{notation}}, {{rules}}."""

from __future__ import annotations

from derivgen.calculus.catalogue import RULES
from derivgen.document.blocks import Block, Table, Text
from derivgen.errors import Fault
from derivgen.expr.nodes import Differential, Expr, Hadamard, Transpose, Unresolved, Unspecified, Variable
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.printing.present import present_shape

_M, _N, _P, _Q, _R, _S = (Size.named(name) for name in "mnpqrs")


def draw(what: str, arguments: str) -> tuple[Block, ...] | Fault:
    """The blocks that {{what arguments}} stands for, or what is wrong with it."""
    match what, arguments.strip():
        case ("shapes", "") | ("table", "T8"):
            return (shapes_table(),)
        case ("shapes", "four"):
            return (four_cases(),)
        case ("notation", ""):
            return (notation_table(),)
        case ("rules", ""):
            return (rules_table(),)
        case ("shapes" | "notation" | "rules", other):
            return Fault("drawing", f"{{{{{what}}}}} takes no argument `{other}`", f"write {{{{{what}}}}}")
        case ("table", other):
            return Fault("drawing", f"there is no table `{other}`", "the table of shapes is {{table T8}}")
        case _:
            return Fault(
                "drawing",
                f"derivgen cannot draw {{{{{what}}}}}",
                "it draws {{shapes}}, {{table T8}}, {{notation}}, {{rules}} and {{derivation SLUG}}",
            )


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
    return () if shape.is_scalar else (" (", present_shape(shape), ")")


def notation_table() -> Table:
    """What a letter's look tells, and the signs of the site."""
    x, A = Variable("x", Shape(_N, ONE)), Variable("A", Shape(_M, _N))
    t, w = Variable("x", SCALAR), Variable("w", Shape(_N, ONE))
    entries: tuple[tuple[Expr, str], ...] = (
        (t, "a scalar: italic"),
        (x, "a vector: bold, always a column"),
        (A, "a matrix: bold capital"),
        (Transpose(x), "transpose: the column as a row"),
        (Hadamard((w, x)), "element-wise product"),
        (Differential(x), "differential: the change of what follows, to first order"),
        (Unresolved(Unspecified("f", SCALAR, ()), (x,)), "derivative; its layout is always said"),
    )
    return Table((("sign",), ("meaning",)), tuple(((sign,), (words,)) for sign, words in entries), row_heads=True)


def rules_table() -> Table:
    """The rule catalogue: name, reason, condition, source."""
    rows = tuple(
        ((rule.name,), (rule.explanation,), (rule.condition or "none",), (rule.source,)) for rule in RULES.values()
    )
    return Table((("rule",), ("why",), ("condition",), ("source",)), rows, row_heads=True)
