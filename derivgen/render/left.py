"""What a line is about, for people: `df` and `dz/dw` instead of the forms that a parser reads."""

from __future__ import annotations

from dataclasses import replace

from derivgen.expr.nodes import Differential, Expr, Reference, Unresolved, Unspecified, Variable
from derivgen.printing.text import text


def for_people(expr: Expr) -> str:
    """The expression as text; a differential or a derivative of something with a name in the short form."""
    match expr:
        case Differential(of=Variable(name=name) | Reference(name=name) | Unspecified(name=name)):
            return f"d{name}"
        case Unresolved(held=held) if any(not isinstance(one, Variable) for one in held):
            fixed = ", ".join(for_people(one) for one in held if not isinstance(one, Variable))
            return f"{for_people(replace(expr, held=()))} with {fixed} held fixed"
        case Unresolved(of=of, wrt=(single,)):
            return f"d{_grouped(of)}/d{_grouped(single)}"
        case Unresolved(of=of, wrt=several):
            return f"d{_grouped(of)}/d({', '.join(for_people(one) for one in several)})"
        case _:
            return text(expr)


def _grouped(expr: Expr) -> str:
    match expr:
        case Variable(name=name) | Reference(name=name) | Unspecified(name=name):
            return name
        case _:
            return f"({for_people(expr)})"
