"""From text to Python's syntax tree, with names kept aside: checked, masked, never evaluated."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from derivgen.errors import DerivgenError
from derivgen.record import record
from derivgen.syntax.characters import refuse_mixed_scripts, refuse_strange_characters
from derivgen.syntax.scope import Scope
from derivgen.syntax.slips import refuse_slips
from derivgen.syntax.source import Source
from derivgen.syntax.tokens import Token, masked, tokens_of

LONGEST = 10_000
DEEPEST = 60
MOST_NODES = 5_000


@record
class Reading:
    """A text with its words by place, and what its names may mean."""

    source: Source
    scope: Scope
    tokens: Mapping[int, Token]

    def token(self, node: ast.expr) -> Token:
        """The name or number that stands where `node` begins."""
        return self.tokens[start_of(node)]

    def name_after(self, node: ast.expr) -> Token:
        """The name after the dot that follows `node`."""
        end = end_of(node)
        dot = next(token for token in self.tokens.values() if token.start >= end and token.text == ".")
        return next(token for token in self.tokens.values() if token.start > dot.start)

    def is_in_brackets(self, node: ast.expr) -> bool:
        """Whether round brackets stand around `node` itself."""
        before, after = self.source.text[: start_of(node)].rstrip(), self.source.text[end_of(node) :].lstrip()
        return before.endswith("(") and after.startswith(")")

    def typed(self, node: ast.expr) -> str:
        """The text of `node`, without brackets around it."""
        return self.source.between(start_of(node), end_of(node))

    def fault(self, code: str, node: ast.expr, message: str, hint: str = "") -> DerivgenError:
        """The error that says what is wrong with `node`."""
        return self.source.fault(code, start_of(node), end_of(node), message, hint)


def start_of(node: ast.expr) -> int:
    """Where the node begins, in characters of the text."""
    return node.col_offset - 1  # the text is read within one pair of brackets


def end_of(node: ast.expr) -> int:
    """Where the node ends, exclusive."""
    assert node.end_col_offset is not None  # noqa: S101  # ast.parse always sets it
    return node.end_col_offset - 1


def words_of(source: Source) -> tuple[Token, ...]:
    """The words of a text whose length and characters are in order.

    Raises: DerivgenError.
    """
    if len(source.text) > LONGEST:
        raise source.fault(
            "limit", LONGEST, len(source.text),
            f"this is {len(source.text)} characters long, the limit is {LONGEST}",
            "name parts of it as functions of their own",
        )  # fmt: skip
    refuse_strange_characters(source)
    tokens = tokens_of(source)
    refuse_mixed_scripts(source, tokens)
    return tokens


def tree_of(source: Source, scope: Scope) -> tuple[ast.expr, Reading]:
    """Python's tree of the masked text, and how to read its names.

    Raises: DerivgenError for what the grammar or the limits refuse.
    """
    tokens = words_of(source)
    if not tokens:
        raise source.fault("unfinished", 0, 1, "there is no expression here", "write one, for instance x.T @ x")
    refuse_slips(source, tokens)
    _refuse_size(source, tokens)
    reading = Reading(source, scope, {token.start: token for token in tokens})
    return _parsed(source, tokens), reading


def _refuse_size(source: Source, tokens: tuple[Token, ...]) -> None:
    hint = "name parts of it as functions of their own"
    if sum(token.text not in "()[],." for token in tokens) > MOST_NODES:
        raise source.fault("limit", 0, len(source.text), f"this has more than {MOST_NODES} parts", hint)
    depth = 0
    for token in tokens:
        depth += (token.text in "([") - (token.text in ")]")
        if depth > DEEPEST:
            raise too_deep(source, token.start, token.end)


def too_deep(source: Source, start: int, end: int) -> DerivgenError:
    """The fault of an expression with too many levels."""
    return source.fault(
        "limit",
        start,
        end,
        f"this is nested deeper than {DEEPEST} levels",
        "name parts of it as functions of their own",
    )


def _parsed(source: Source, tokens: tuple[Token, ...]) -> ast.expr:
    try:
        return ast.parse(f"({masked(source, tokens)})", mode="eval").body
    except SyntaxError as slip:
        raise _not_grammar(source, tokens, (slip.offset or 1) - 2) from None
    except (RecursionError, MemoryError):
        raise too_deep(source, 0, len(source.text)) from None


def _not_grammar(source: Source, tokens: tuple[Token, ...], place: int) -> DerivgenError:
    token = next((token for token in tokens if token.end > place), tokens[-1])
    last = tokens[-1]
    if place >= last.end or (token is last and last.text in "+-*/@**.,"):
        return source.fault(
            "unfinished",
            last.start,
            last.end,
            f"the expression ends after {last.text}",
            "write what comes next, or delete the end",
        )
    before = next((token for token in reversed(tokens) if token.end <= token.start), None)
    after = f" after {before.text}" if before else ""
    return source.fault(
        "syntax",
        token.start,
        token.end,
        f"{token.text} cannot stand here{after}",
        "look for a missing operand, operator or comma",
    )
