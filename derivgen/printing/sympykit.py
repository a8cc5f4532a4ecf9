"""What a translation to SymPy is made with: a kit that makes calls, and functions of entries by its means."""

from __future__ import annotations

from typing import Protocol, TypeVar

T = TypeVar("T")

RELATIONS = {">": "StrictGreaterThan", "<": "StrictLessThan", ">=": "GreaterThan", "<=": "LessThan"}

# Names that stand in SymPy's submodules only.
ELSEWHERE = {
    "ElementwiseApplyFunction": "sympy.matrices.expressions.applyfunc",
    "MatrixElement": "sympy.matrices.expressions.matexpr",
}


class Kit(Protocol[T]):
    """How things of SymPy are made."""

    def call(self, function: str, *arguments: T) -> T:
        """What SymPy's `function` makes of the arguments."""

    def constant(self, name: str) -> T:
        """What SymPy has under a name: pi, true, the function sin."""

    def whole(self, value: int) -> T:
        """A whole number."""

    def size(self, name: str) -> T:
        """The symbol of a size."""

    def variable(self, name: str, shape: tuple[T, T] | None) -> T:
        """The symbol of a variable; without a shape it is a scalar."""

    def index(self, name: str) -> T:
        """A fresh symbol for a sum or a function to run over, called like no variable and no other index."""

    def reference(self, name: str, value: T) -> T:
        """An earlier function, which is called by a name."""


# Functions that SymPy has too, those that need a function of z, and those of two arguments, all entry by entry.
SAME = frozenset(("exp", "log", "sign", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan"))
PAIRS = {"max": "Max", "min": "Min"}


def _sigmoid(kit: Kit[T], z: T) -> T:
    return kit.call("Pow", kit.call("Add", kit.whole(1), kit.call("exp", _negative(kit, z))), kit.whole(-1))


def _softplus(kit: Kit[T], z: T) -> T:
    return kit.call("log", kit.call("Add", kit.whole(1), kit.call("exp", z)))


def _step(kit: Kit[T], z: T) -> T:
    return kit.call("Heaviside", z, kit.whole(0))


def _relu(kit: Kit[T], z: T) -> T:
    return kit.call("Max", kit.whole(0), z)


def _sqrt(kit: Kit[T], z: T) -> T:
    return kit.call("sqrt", z)


def _abs(kit: Kit[T], z: T) -> T:
    # With a z that is real: SymPy's own differentiates the parts of a complex number.
    return kit.call("Abs", z)


def _negative(kit: Kit[T], z: T) -> T:
    return kit.call("Mul", kit.whole(-1), z)


class _Composed(Protocol):
    def __call__(self, kit: Kit[T], z: T, /) -> T: ...


COMPOSED: dict[str, _Composed] = {
    "sqrt": _sqrt,
    "abs": _abs,
    "sigmoid": _sigmoid,
    "softplus": _softplus,
    "step": _step,
    "relu": _relu,
}
