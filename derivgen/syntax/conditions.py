"""Conditions: x[3] > 0, sum(t) = 1, m >= n, X invertible, S positive definite."""

from __future__ import annotations

from typing import Literal

from derivgen.errors import Span
from derivgen.expr.nodes import Expr
from derivgen.syntax.expressions import parse_source
from derivgen.syntax.reading import words_of
from derivgen.syntax.scope import Scope
from derivgen.syntax.slips import near_misses, refuse_unbalanced
from derivgen.syntax.source import Source, source_of
from derivgen.syntax.tokens import Token

Relation = Literal[">", ">=", "<", "<=", "!=", "=", "invertible", "positive definite"]

COMPARISONS: dict[str, Relation] = {">": ">", ">=": ">=", "<": "<", "<=": "<=", "!=": "!=", "=": "="}
SIGNS = {"positive": ">", "negative": "<", "nonnegative": ">=", "nonzero": "!="}
FORM = "write EXPR > EXPR (or >= < <= != =), X invertible, or S positive definite"


def parse_condition(text: str, scope: Scope, span: Span | None = None) -> tuple[Expr, Relation, Expr | None]:
    """The left side, the relation and the right side of a condition.

    Raises: DerivgenError with the exact place.
    """
    source = source_of(text, span)
    tokens = words_of(source)
    if not tokens:
        raise source.fault("condition", 0, 1, "there is no condition here", FORM)
    refuse_unbalanced(source, tokens)
    words = [token.text for token in tokens]
    if words[-2:] == ["positive", "definite"] and len(words) > 2:
        return _matrix(source, tokens[:-2], scope, "positive definite")
    if words[-1] == "invertible" and len(words) > 1:
        return _matrix(source, tokens[:-1], scope, "invertible")
    return _comparison(source, tokens, scope)


def _comparison(source: Source, tokens: tuple[Token, ...], scope: Scope) -> tuple[Expr, Relation, Expr]:
    relations = _relations(tokens)
    for token in relations:
        if token.text == "==":
            raise source.fault("condition", token.start, token.end, "== is written = here", "write one =")
    if not relations:
        last = tokens[-1]
        hint = _matrix_hint(tokens)
        raise source.fault(
            "condition",
            tokens[0].start,
            last.end,
            "this states no condition",
            hint or FORM,
        )
    if len(relations) > 1:
        second = relations[1]
        if relations[0].text == "=" and second.start == relations[0].end and second.text in "<>":
            hint = f"write {second.text}="
            raise source.fault("condition", relations[0].start, second.end, f"={second.text} is no sign here", hint)
        raise source.fault(
            "condition", second.start, second.end, "conditions cannot be chained", "write two conditions, one a line"
        )
    token = relations[0]
    for side, part in (("left", source.text[: token.start]), ("right", source.text[token.end :])):
        if not part.strip():
            message = f"nothing stands on the {side} of {token.text}"
            raise source.fault(
                "condition", token.start, token.end, message, "write what it is compared with: EXPR > EXPR"
            )
    left = parse_source(_part(source, 0, token.start), scope)
    right = parse_source(_part(source, token.end, len(source.text)), scope)
    if not (left.is_scalar or right.is_scalar or left.shape == right.shape):
        raise source.fault(
            "shape", tokens[0].start, tokens[-1].end,
            f"cannot compare {left.shape} with {right.shape}", "compare entry by entry, or with a number",
        )  # fmt: skip
    return left, COMPARISONS[token.text], right


def _matrix_hint(tokens: tuple[Token, ...]) -> str:
    """What was most likely meant by words that are no condition."""
    last, name = tokens[-1].text.lower(), tokens[0].text
    if last in ("symmetric", "square", "real", "scalar", "vector", "matrix"):
        return f"say it where {name} is declared, as in `{name}: symmetric(n)`"
    if last in SIGNS:
        return f"write {name} {SIGNS[last]} 0"
    if last in ("semidefinite", "psd", "spd", "pd", "definite"):
        return "write S positive definite"
    if last in ("nonsingular", "regular"):
        return "write X invertible"
    close = near_misses(last, ["invertible", "definite"]) if len(tokens) > 1 else ""
    return f"did you mean {close}?" if close else ""


def _relations(tokens: tuple[Token, ...]) -> list[Token]:
    """The relation signs outside of brackets."""
    found, depth = [], 0
    for token in tokens:
        depth += (token.text in "([") - (token.text in ")]")
        if depth == 0 and (token.text in COMPARISONS or token.text == "=="):
            found.append(token)
    return found


def _matrix(source: Source, tokens: tuple[Token, ...], scope: Scope, relation: Relation) -> tuple[Expr, Relation, None]:
    left = parse_source(_part(source, 0, tokens[-1].end), scope)
    if left.shape.rows != left.shape.columns:
        raise source.fault(
            "shape", tokens[0].start, tokens[-1].end,
            f"{source.between(tokens[0].start, tokens[-1].end)} is {left.shape}", f"only a square matrix is {relation}",
        )  # fmt: skip
    return left, relation, None


def _part(source: Source, start: int, end: int) -> Source:
    # Blanks in front keep every column.
    return Source(" " * start + source.text[start:end], source.span)
