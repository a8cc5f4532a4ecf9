"""The functions between a variable and what is differentiated: which uses which, innermost first."""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.expr.nodes import Expr, Reference, Stack, Unspecified, Variable
from derivgen.expr.walk import depends_on, parts, replaced
from derivgen.record import record

Function = Reference | Unspecified


@record
class Station:
    """One function on the way.

    `through` are the functions on the way that it uses itself; `directly` says whether it
    uses the variables without a function between.
    """

    function: Function
    through: tuple[Function, ...]
    directly: bool

    @property
    def inputs(self) -> tuple[Function | None, ...]:
        """Where its change comes from: functions, and None for the variables themselves."""
        return (*((None,) if self.directly else ()), *self.through)

    @property
    def opened(self) -> Function:
        """The function with the functions that it uses as variables of their own."""
        if isinstance(self.function, Unspecified) or not self.through:
            return self.function
        table: dict[Expr, Expr] = {f: as_variable(f) for f in self.through}
        return Reference(self.function.name, replaced(self.function.body, table))


def as_variable(function: Function) -> Variable:
    """The variable of a function's name and shape."""
    return Variable(function.name, function.shape)


def stations(of: Function, wrt: tuple[Variable, ...]) -> tuple[Station, ...]:
    """Every function by which `of` depends on the variables, each after those that it uses; `of` stands last."""
    names = tuple(variable.name for variable in wrt)
    found: dict[Expr, Station] = {}

    def visit(function: Function) -> None:
        if function in found:
            return
        used = tuple(dict.fromkeys(_used(function, names)))
        through = tuple(part for part in used if isinstance(part, Reference | Unspecified))
        for inner in through:
            visit(inner)
        found[function] = Station(function, through, any(isinstance(part, Variable) for part in used))

    visit(of)
    return tuple(found.values())


def _used(function: Function, names: tuple[str, ...]) -> Iterator[Expr]:
    if isinstance(function, Unspecified):
        yield from (part for part in function.of if any(depends_on(part, name) for name in names))
    else:
        yield from _within(function.body, names)


def _within(expr: Expr, names: tuple[str, ...]) -> Iterator[Expr]:
    match expr:
        case Reference() | Unspecified():
            if any(depends_on(expr, name) for name in names):
                yield expr
        case Variable(name=name):
            if name in names:
                yield expr
        case _:
            for part in parts(expr):
                yield from _within(part, names)


def leads_through(of: Function, wrt: tuple[Variable, ...]) -> bool:
    """Whether the chain rule is the way a lecturer would take.

    It is where `of` depends on the variables through functions with names of their own, all
    scalars or columns; a stack of such functions, [f, g], is read row by row instead.
    """
    found = stations(of, wrt)
    if len(found) < 2 or not all(part.shape.is_column for part in (*wrt, *(one.function for one in found))):
        return False
    body = of.body if isinstance(of, Reference) else of
    return not (isinstance(body, Stack) and all(isinstance(part, Reference | Unspecified) for part in parts(body)))
