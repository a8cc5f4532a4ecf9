"""Our expressions as SymPy's objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from derivgen.expr.nodes import Expr, Unspecified, Variable
from derivgen.expr.walk import leaves, size_names
from derivgen.printing.sympy import built
from derivgen.printing.sympykit import ELSEWHERE


def to_sympy(expr: Expr, symbols: Mapping[str, Any] | None = None) -> Any:
    """The expression as a SymPy scalar or matrix expression.

    `symbols` are the symbols to use for some of the names; the others are real scalars, whole
    positive sizes and MatrixSymbols. Built by SymPy's constructors, without `sympify` and `simplify`.
    Raises: DerivgenError for what SymPy cannot hold.
    """
    names = {leaf.name for leaf in leaves(expr) if isinstance(leaf, Variable | Unspecified)}
    return built(expr, _Objects({*names, *size_names(expr)}, symbols or {}))


class _Objects:
    """SymPy's own constructors; SymPy is imported when the first one is made."""

    def __init__(self, taken: set[str], symbols: Mapping[str, Any]) -> None:
        import sympy  # inside: it costs a quarter of a second

        self.sympy = sympy
        self.taken = taken
        self.symbols = dict(symbols)

    def call(self, function: str, *arguments: Any) -> Any:
        """What SymPy's `function` makes of the arguments."""
        return self.constant(function)(*arguments)

    def constant(self, name: str) -> Any:
        """What SymPy has under a name."""
        if name in ELSEWHERE:
            from importlib import import_module

            return getattr(import_module(ELSEWHERE[name]), name)
        return getattr(self.sympy, name)

    def whole(self, value: int) -> Any:
        """A whole number."""
        return self.sympy.Integer(value)

    def size(self, name: str) -> Any:
        """The symbol of a size."""
        return self._symbol(name, integer=True, positive=True)

    def variable(self, name: str, shape: tuple[Any, Any] | None) -> Any:
        """The symbol of a variable."""
        if shape is None:
            return self._symbol(name, real=True)
        if name not in self.symbols:
            self.symbols[name] = self.sympy.MatrixSymbol(name, *shape)
        return self.symbols[name]

    def index(self, name: str) -> Any:
        """A fresh symbol to run over."""
        free = next(one for k in range(len(self.taken) + 1) if (one := f"{name}_{k}" if k else name) not in self.taken)
        self.taken.add(free)
        return self.sympy.Symbol(free, integer=True, nonnegative=True) if name != "z" else self._symbol(free, real=True)

    def reference(self, name: str, value: Any) -> Any:  # noqa: ARG002  # SymPy has no names for parts
        """An earlier function is what it stands for."""
        return value

    def _symbol(self, name: str, **assumptions: bool) -> Any:
        if name not in self.symbols:
            self.symbols[name] = self.sympy.Symbol(name, **assumptions)
        return self.symbols[name]
