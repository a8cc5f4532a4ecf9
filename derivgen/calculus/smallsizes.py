"""A request with its letters for sizes replaced by small numbers, so that components can be written out."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from derivgen.calculus.checks import Checker
from derivgen.calculus.points import Ground, is_of_sizes
from derivgen.errors import DerivgenError
from derivgen.expr.build import apply
from derivgen.expr.counted import made_of
from derivgen.expr.nodes import Apply, Constant, Expr, Reference, SizeNumber, Unspecified, Variable
from derivgen.expr.sizes import Shape, Size
from derivgen.expr.walk import rebuilt, size_names
from derivgen.problem.problem import Condition, Request
from derivgen.record import record

# The key of a chosen size among the facts of a step.
SIZE = "size "

ONE_SIZE, FIRST = ((3,), (2,)), (2, 3)


@record
class Small:
    """A request at small sizes, and the checker whose points have these sizes."""

    request: Request
    sizes: dict[str, int]
    checker: Checker

    @property
    def facts(self) -> dict[str, Expr]:
        """The sizes that were chosen, for the sentence of why."""
        return {f"{SIZE}{name}": SizeNumber(Size.whole(number)) for name, number in self.sizes.items()}


def small(request: Request, conditions: tuple[Condition, ...]) -> Small | None:
    """The request at the first small sizes that the conditions allow; None where no size is a letter.

    A second derivative is not written out: its lines would be longer than a page is wide.
    One size is 3, which shows a pattern; of several the variable has 2, so that the arrays stay small.
    """
    if request.order == 2:
        return None
    variables = request.wrt
    names = tuple(dict.fromkeys(name for expr in (*variables, request.of) for name in size_names(expr)))
    ground = Ground((request.of, *variables), conditions, tuple(variable.name for variable in variables))
    choices = ONE_SIZE if len(names) == 1 else product(FIRST, repeat=len(names))
    chosen = (dict(zip(names, picked, strict=True)) for picked in choices)
    # Where every size were the same, a wrong transpose would have the right shape.
    fitting = (s for s in chosen if ground.fits(s) and (len(names) == 1 or len(set(s.values())) > 1))
    sizes = next(fitting, None) if names else None
    checker = None if sizes is None else _checker(request, conditions, sizes)
    return None if sizes is None or checker is None else Small(_at(request, sizes), sizes, checker)


def _at(request: Request, sizes: dict[str, int]) -> Request:
    of = at_sizes(request.of, sizes)
    assert isinstance(of, Reference | Unspecified)  # noqa: S101  # a function stays one
    wrt, then = (tuple(_variable(v, sizes) for v in listed) for listed in (request.wrt, request.then))
    return replace(request, of=of, wrt=wrt, then=then)


def _checker(request: Request, conditions: tuple[Condition, ...], sizes: dict[str, int]) -> Checker | None:
    """A checker at points of these sizes; None where none is admissible."""
    there = _at(request, sizes)
    variables = (*there.wrt, *there.then)
    kept = tuple(_condition(c, sizes) for c in conditions if not is_of_sizes(c))
    ground = Ground((there.of, *variables), kept, tuple(variable.name for variable in variables))
    try:
        checker = Checker.drawn(ground, seed=f"{request.text} at {sizes}")
    except DerivgenError:
        return None
    # With the sizes by name, lines for all sizes can be checked at these points too.
    return Checker(tuple(replace(point, sizes={**point.sizes, **sizes}) for point in checker.points))


def _condition(condition: Condition, sizes: dict[str, int]) -> Condition:
    right = None if condition.right is None else at_sizes(condition.right, sizes)
    return replace(condition, left=at_sizes(condition.left, sizes), right=right)


def at_sizes(expr: Expr, sizes: dict[str, int]) -> Expr:
    """The expression with numbers for the names of sizes, or with small ones in the place of large ones."""
    match expr:
        case Constant(value=value):
            return Constant(made_of(value, sizes))
        case Variable():
            return _variable(expr, sizes)
        case SizeNumber(size=size):
            return SizeNumber(_size(size, sizes))
        case Reference(name=name, body=body):
            return Reference(name, at_sizes(body, sizes))
        case Apply(function=name, arguments=arguments):
            return apply(name, *(at_sizes(argument, sizes) for argument in arguments))
        case _:
            return rebuilt(expr, lambda part: at_sizes(part, sizes))


def _variable(variable: Variable, sizes: dict[str, int]) -> Variable:
    return replace(variable, declared=Shape(*(_size(size, sizes) for size in variable.declared)))


def _size(size: Size, sizes: dict[str, int]) -> Size:
    return Size.whole(size.at(sizes)) if set(size.names) <= set(sizes) else size
