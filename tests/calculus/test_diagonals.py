"""Square arrays that meet on the whole diagonal: asked of one entry, but of each where entries are named."""

from __future__ import annotations

import pytest

from derivgen.calculus import diagonals
from derivgen.calculus.entries import entry
from derivgen.expr.nodes import Expr, Variable
from derivgen.expr.sizes import Shape, Size
from derivgen.syntax.parse import Scope, parse


def _sides(left: str, right: str, rows: int) -> tuple[Expr, Expr]:
    one, size = Size.whole(1), Size.whole(rows)
    names = {"x": Variable("x", Shape(size, one)), "X": Variable("X", Shape(size, size))}
    scope = Scope(names, frozenset())
    return parse(left, scope), parse(right, scope)


# {n} is the number of rows.
MET = (("x @ ones({n}).T", "ones({n}) @ x.T"), ("X", "X*eye({n})"), ("X", "diag(diag(X))"), ("X*X.T", "X**2"))


@pytest.mark.parametrize(("left", "right"), MET)
def test_one_entry_tells_of_all_where_none_is_named(left: str, right: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counted(expr: Expr, i: int, j: int) -> Expr:
        asked.append(i)
        return entry(expr, i, j)

    monkeypatch.setattr(diagonals, "entry", counted)
    assert diagonals.meet_on_diagonal(*_sides(left.format(n=300), right.format(n=300), 300))
    assert asked in ([1], [])


@pytest.mark.parametrize(
    ("left", "right", "meets"),
    [
        ("X", "[[X[1, 1], 0, 0], [0, X[2, 2], 0], [0, 0, X[3, 3]]]", True),
        ("X", "[[X[1, 1], 0, 0], [0, X[2, 2], 0], [0, 0, X[1, 1]]]", False),
        ("X", "X*X[1, 1]/X[1, 1]", True),
        ("X", "X - unit(3, 2) @ unit(3, 2).T", False),
        ("X", "X + 1", False),
    ],
)
def test_each_entry_is_asked_where_entries_are_named(left: str, right: str, meets: bool) -> None:
    assert diagonals.meet_on_diagonal(*_sides(left, right, 3)) is meets
