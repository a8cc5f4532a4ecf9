"""The two ways to ask for a change: a differential d(...), or a partial derivative by one scalar.

The structural rules (sum, product, quotient, ...) are the same for both; an operator says
what an unresolved piece looks like, what is constant, and what the variable itself becomes.
"""

from __future__ import annotations

from typing import Literal, Protocol

from derivgen.expr.build import ONE_NUMBER, zeros
from derivgen.expr.nodes import Component, Differential, Expr, Reference, Transpose, Unresolved, Unspecified, Variable
from derivgen.expr.walk import depends_on, parts
from derivgen.record import record


class Operator(Protocol):
    """What the rules need to know of d or of a partial derivative."""

    @property
    def flavour(self) -> Literal["differential", "partial"]:
        """Which names the rules go by."""

    def varies(self, expr: Expr) -> bool:
        """Whether the expression changes."""

    def of(self, expr: Expr) -> Expr:
        """The change of an expression that varies: resolved where it is the variable itself."""

    def shown(self, expr: Expr) -> Expr:
        """The change as a first line shows it: a partial derivative stays open even where it is 0 or 1."""


def change(expr: Expr, operator: Operator) -> Expr:
    """The change of any expression: zeros for what does not vary, transposes passed."""
    if not operator.varies(expr):
        return zeros(expr.shape)
    if isinstance(expr, Transpose):
        return Transpose(change(expr.argument, operator))
    return operator.of(expr)


@record
class Differentials:
    """d(...), with respect to the named variables; all else is constant.

    `as_matrix`: the answer is a matrix times a change, so a rule may give one.
    """

    variables: tuple[str, ...]
    as_matrix: bool = False
    flavour: Literal["differential"] = "differential"

    def varies(self, expr: Expr) -> bool:
        """Whether one of the variables occurs."""
        return any(depends_on(expr, name) for name in self.variables)

    def of(self, expr: Expr) -> Expr:
        """d(expr)."""
        return Differential(expr)

    def shown(self, expr: Expr) -> Expr:
        """d(expr), or zeros."""
        return change(expr, self)


@record
class Partial:
    """The partial derivative by one scalar: a scalar variable or a component of an array."""

    variable: Expr
    flavour: Literal["partial"] = "partial"

    def varies(self, expr: Expr) -> bool:
        """Whether this very scalar occurs; x[2] does not vary with x[1]."""
        match self.variable, expr:
            case a, b if a == b:
                return True
            case Component(array=array), Component(array=other) if array == other:
                return False
            case Component(array=Variable(name=name)), Variable(name=own):
                return own == name
            case _, Reference(body=body):
                return self.varies(body)
            case _, Unspecified(of=of):
                return any(self.varies(variable) for variable in of)
            case _:
                return any(self.varies(part) for part in parts(expr))

    def of(self, expr: Expr) -> Expr:
        """The derivative still to be worked out, or 1 for the variable itself."""
        return ONE_NUMBER if expr == self.variable else Unresolved(expr, (self.variable,))

    def shown(self, expr: Expr) -> Expr:
        """The derivative still to be worked out."""
        return Unresolved(expr, (self.variable,))


def is_open(expr: Expr) -> bool:
    """Whether a node is a change still to be worked out (d of a variable is not)."""
    match expr:
        case Differential(of=Variable()):
            return False
        case Differential():
            return True
        case Unresolved(of=Unspecified(of=arguments), wrt=wrt) if any(not isinstance(a, Variable) for a in arguments):
            # By a variable that its functions use there is the chain rule left to do.
            return any(isinstance(part, Variable) for part in wrt)
        case Unresolved(of=Unspecified() | Component(array=Unspecified())):
            return False
        case Unresolved():
            return True
        case _:
            return False
