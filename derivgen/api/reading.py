"""SymPy's objects as our expressions."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from derivgen.api.reader import cannot, expressions
from derivgen.errors import DerivgenError, Fault, ShapeError
from derivgen.expr.nodes import Expr
from derivgen.record import record


@record
class Read:
    """Expressions, and SymPy's own symbols by their names: what goes back is made of the same ones."""

    exprs: tuple[Expr, ...] = ()
    symbols: dict[str, Any] = field(default_factory=dict)


def from_sympy(made: Any) -> Expr:
    """The expression that an object of SymPy stands for: a scalar, a matrix expression or an explicit matrix.

    Symbols in the shapes of matrices are sizes, the others scalars.
    Raises: DerivgenError for what derivgen's language does not have.
    """
    return read_sympy([made]).exprs[0]


def read_sympy(objects: list[Any]) -> Read:
    """The expressions of several objects, which share their symbols; numbers of Python may be among them.

    Raises: DerivgenError.
    """
    if not objects:
        return Read()
    import sympy  # inside: it costs a quarter of a second

    made = [_basic(sympy, one) for one in objects]
    arrays = [array for one in made for array in one.atoms(sympy.MatrixSymbol)]
    sizes = frozenset(symbol.name for array in arrays for size in array.shape for symbol in size.free_symbols)
    try:
        exprs, symbols = expressions(sympy, made, sizes)
    except ShapeError as error:
        raise DerivgenError(Fault("shape", f"{error.message}, in an expression of SymPy", error.hint)) from None
    except RecursionError:
        raise DerivgenError(Fault("limit", "this expression of SymPy is too deep", "split it up")) from None
    return Read(tuple(exprs), symbols)


def _basic(sympy: Any, one: Any) -> Any:
    """The object as one that cannot change."""
    if isinstance(one, sympy.MatrixBase):
        return sympy.ImmutableMatrix(one)
    if isinstance(one, int):
        return sympy.Integer(one)
    if isinstance(one, float):
        return sympy.Float(one)
    if not isinstance(one, sympy.Basic):
        raise cannot(one)
    return one
