"""What a page uses: the functions in what it differentiates and the rules of its steps, for the indexes of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Block, Document, Folded, StepBlock
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    Reference,
    Stack,
    Transpose,
    Unspecified,
)
from derivgen.expr.walk import parts
from derivgen.problem.problem import Request
from derivgen.project.used import SECOND, StepUse, Uses


def uses_of(derivations: Iterable[Derivation], document: Document) -> Uses:
    """What the page of these derivations uses; a step that the page does not show, or not again, is not counted."""
    there = frozenset(_anchors(document.on_screen or document.blocks))
    nodes = tuple(dict.fromkeys(node for one in derivations for node in _nodes(one.request.of)))
    functions = sorted({node.function for node in nodes if isinstance(node, Apply) and _is_named(node.function)})
    forms = sorted({form for node in nodes for form in _forms(node)})
    steps = tuple(step for step in _steps(document.blocks) if step.anchor in there)
    shapes = sorted({shape_of(one.request) for one in derivations})
    return Uses(tuple(functions), tuple(forms), steps, tuple(shapes))


def shape_of(request: Request) -> str:
    """The place of a derivative in the table of shapes: those of its function and of its variable, or `second`."""
    if request.is_second:
        return SECOND
    # Several scalars are stacked into a vector.
    by = "vector" if len(request.wrt) > 1 else _kind(request.wrt[0])
    return f"{_kind(request.of)}-{by}"


def _kind(expr: Expr) -> str:
    """Scalar, vector or matrix; a row is a matrix."""
    return "scalar" if expr.is_scalar else "vector" if expr.shape.is_column else "matrix"


def _nodes(expr: Expr) -> Iterator[Expr]:
    """The expression and everything in it, the bodies of earlier functions too."""
    yield expr
    for part in (expr.body,) if isinstance(expr, Reference) else parts(expr):
        yield from _nodes(part)


def _is_named(function: str) -> bool:
    """Whether a reader would look the function up: constants such as ones(n) and pi are none."""
    record = FUNCTIONS[function]
    return bool(record.parameters) and not record.takes_sizes


def _forms(node: Expr) -> tuple[str, ...]:
    """The words under which the index lists an expression of this form."""
    match node:
        case Product(factors=factors):
            return _product(tuple(factor for factor in factors if not isinstance(factor, Constant)))
        case Hadamard():
            return ("product, entry by entry",)
        case Quotient():
            return ("quotient",)
        case Power():
            return ("power",)
        case Stack():
            return ("vector of functions",)
        case Component():
            return ("component of a vector",) if node.array.shape.is_column else ("entry of a matrix",)
        case Choice():
            return ("choice of two cases",)
        case Unspecified():
            return ("any function",)
        case Reference(body=body) if any(isinstance(part, Reference) for part in _within(body)):
            return ("function of a function",)
        case _:
            return ()


def _product(factors: tuple[Expr, ...]) -> tuple[str, ...]:
    match tuple(factor for factor in factors if not factor.is_scalar):
        case (Transpose(argument=left), _, right) if right.shape.is_column:
            return ("quadratic form",) if left == right else ("bilinear form",)
        case (Transpose(argument=left), right) if left.shape.is_column and right.shape.is_column:
            return ("inner product",)
        case (*_, left, right) if right.shape.is_column and not left.shape.is_row:
            return ("linear map",)
        case (_, _, *_):
            return ("product of matrices",)
        case () if len(factors) > 1:
            return ("product of scalars",)
        case _:
            return ()


def _within(expr: Expr) -> Iterator[Expr]:
    yield expr
    for part in parts(expr):
        yield from _within(part)


def _steps(blocks: Iterable[Block]) -> Iterator[StepUse]:
    for block in blocks:
        match block:
            case StepBlock(number=number, anchor=anchor, rule=rule, also=also):
                yield from (StepUse(one, number, anchor) for one in dict.fromkeys((rule, *also)))
            case Folded(blocks=inner):
                yield from _steps(inner)
            case _:
                pass


def _anchors(blocks: Iterable[Block]) -> Iterator[str]:
    """Where the steps of a page are, those within others too."""
    for block in blocks:
        match block:
            case StepBlock(anchor=anchor, finer=finer):
                yield from (anchor, *_anchors(finer))
            case Folded(blocks=inner):
                yield from _anchors(inner)
            case _:
                pass
