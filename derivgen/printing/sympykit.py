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


# Functions of two arguments, entry by entry.
PAIRS = {"max": "Max", "min": "Min"}


def _sigmoid(kit: Kit[T], z: T) -> T:
    return kit.call("Pow", kit.call("Add", kit.whole(1), kit.call("exp", _negative(kit, z))), kit.whole(-1))


def _softplus(kit: Kit[T], z: T) -> T:
    return kit.call("log", kit.call("Add", kit.whole(1), kit.call("exp", z)))


def _step(kit: Kit[T], z: T) -> T:
    return kit.call("Heaviside", z, kit.whole(0))


def _relu(kit: Kit[T], z: T) -> T:
    return kit.call("Max", kit.whole(0), z)


def _negative(kit: Kit[T], z: T) -> T:
    return kit.call("Mul", kit.whole(-1), z)


class _OfEntry(Protocol):
    def __call__(self, kit: Kit[T], z: T, /) -> T: ...


def _same(name: str) -> _OfEntry:
    def called(kit: Kit[T], z: T) -> T:
        return kit.call(name, z)

    return called


# What is done to each entry, on a z that is real: of a complex one SymPy would differentiate two parts.
ENTRIES: dict[str, _OfEntry] = {
    **{name: _same(name) for name in ("exp", "log", "sqrt", "sign", "sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{name: _same(name) for name in ("asin", "acos", "atan")},
    "abs": _same("Abs"),
    "sigmoid": _sigmoid,
    "softplus": _softplus,
    "step": _step,
    "relu": _relu,
}
