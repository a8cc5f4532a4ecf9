"""The language's front door: text to expressions, conditions, sizes, declarations and requests."""

from __future__ import annotations

from derivgen.errors import Span
from derivgen.expr.nodes import Expr
from derivgen.syntax.conditions import parse_condition
from derivgen.syntax.declarations import parse_declaration
from derivgen.syntax.expressions import parse_source
from derivgen.syntax.requests import parse_request
from derivgen.syntax.scope import Scope
from derivgen.syntax.sizes import parse_size
from derivgen.syntax.source import source_of

__all__ = ["Scope", "parse", "parse_condition", "parse_declaration", "parse_request", "parse_size"]


def parse(source: str, scope: Scope, span: Span | None = None) -> Expr:
    """The expression that `source` stands for; `span` is where it stands.

    Raises: DerivgenError with the exact place.
    """
    return parse_source(source_of(source, span), scope)
