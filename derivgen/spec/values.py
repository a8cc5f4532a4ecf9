"""Reading the values of keys: what kind is wanted, what came, and how to write it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from collections.abc import Mapping as Table
from datetime import date
from typing import TypeVar

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.problem.findings import Findings
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.spec.reader import Mapping, Node, Sequence
from derivgen.spec.slips import WITHOUT_BRACES, no_colon, quoted, sign_between

T = TypeVar("T")

Pairs = tuple[tuple[Text, Text], ...]


@record
class Fields:
    """The keys of one mapping. Reading a key that is absent or faulty gives None; the fault is noted."""

    entries: Table[str, tuple[Text, Node]]
    findings: Findings

    def text(self, key: str) -> Text | None:
        """The value of a key as text."""
        found = self.entries.get(key)
        return None if found is None else self.findings.attempt(text_of, *found)

    def texts(self, key: str) -> tuple[Text, ...] | None:
        """The value of a key as a list of texts; a single text is a list of one."""
        found = self.entries.get(key)
        return None if found is None else self.findings.attempt(texts_of, *found)

    def pairs(self, key: str, example: str) -> Pairs | None:
        """The value of a key as names with texts."""
        found = self.entries.get(key)
        entries = None if found is None else self.findings.attempt(pairs_of, *found, example)
        if entries is None:
            return None
        texts = ((name, self.findings.attempt(text_of, name, node)) for name, node in entries)
        return tuple((name, text) for name, text in texts if text is not None)

    def declarations(self, key: str, example: str) -> Pairs | None:
        """The value of a key as names with expressions; a faulty one is empty, so that its name stays declared."""
        found = self.entries.get(key)
        entries = None if found is None else self.findings.attempt(pairs_of, *found, example)
        if entries is None:
            return None
        texts = ((name, node, self.findings.attempt(expression_of, name, node)) for name, node in entries)
        return tuple((name, Text("", ((0, node.span),)) if text is None else text) for name, node, text in texts)

    def choice(self, key: str, choices: Table[str, T]) -> T | None:
        """The value of a key as one of the choices."""
        text = self.text(key)
        return None if text is None else self.findings.attempt(chosen, text, choices, key)


def fields_of(mapping: Mapping, findings: Findings) -> Fields:
    """The entries of a mapping by their names."""
    return Fields({key.value: (key, value) for key, value in mapping.entries}, findings)


def text_of(key: Text, node: Node) -> Text:
    """The value as text.

    Raises: DerivgenError for a list, a mapping, or nothing at all.
    """
    match node:
        case Text() if node.value.strip():
            return node
        case Text():
            raise DerivgenError(
                Fault("empty", f"{key.value} has no value", f"write `{key.value}: ...`, or remove the key", node.span)
            )
        case Sequence():
            raise _wrong_kind(key, "a text", "a list", _quoting(key, node), node.span)
        case Mapping():
            raise _wrong_kind(key, "a text", "a mapping", _quoting(key, node), node.span)


def expression_of(key: Text, node: Node) -> Text:
    """The value as the text of an expression; a plain list in brackets is the stack that it looks like.

    Raises: DerivgenError for anything else.
    """
    if isinstance(node, Sequence) and node.text is not None:
        return node.text
    return text_of(key, node)


def texts_of(key: Text, node: Node) -> tuple[Text, ...]:
    """The value as a list of texts.

    Raises: DerivgenError for a mapping, or an entry that is not a text.
    """
    match node:
        case Text():
            return (text_of(key, node),)
        case Sequence(items=items):
            return tuple(text_of(key, item) for item in items)
        case Mapping():
            raise _wrong_kind(
                key, "a list of texts", "a mapping", f"write each on a line of its own: `- {_sample(node)}`", node.span
            )


def pairs_of(key: Text, node: Node, example: str) -> tuple[tuple[Text, Node], ...]:
    """The value as names with values.

    Raises: DerivgenError for a text or a list.
    """
    match node:
        case Mapping(entries=entries):
            for name, value in entries if node.is_in_braces else ():
                if isinstance(value, Text) and value.value.count("(") > value.value.count(")"):
                    message = f"in braces a comma ends a value, so this is cut off: {name.value}: {value.value}"
                    raise DerivgenError(Fault("kind", message, WITHOUT_BRACES, value.span))
            return entries
        case Sequence():
            hint = f"write each as `{example}` on a line of its own, without a dash"
            raise _wrong_kind(key, "a mapping of names to values", "a list", hint, node.span)
        case Text() if not node.value.strip():
            raise DerivgenError(
                Fault(
                    "empty",
                    f"{key.value} has no entries",
                    f"write them below it, indented by two spaces, such as `{example}`",
                    node.span,
                )
            )
        case Text():
            _refuse_without_colon(key, node)
            hint = f"write each as `{example}` on a line of its own, indented by two spaces"
            raise _wrong_kind(key, "a mapping of names to values", "a text", hint, node.span)


def _refuse_without_colon(key: Text, node: Text) -> None:
    """Check the text below a key for a name with its value and no colon between them, or no space after it.

    Raises: DerivgenError.
    """
    glued = re.match(r"(\w+)(:|\s*:?=\s*|\s+)(\S.*)", node.value)
    if glued is None or key.span.line == node.span.line:
        return
    start, end = sign_between(glued.start(2), glued[2])
    raise DerivgenError(no_colon(glued[1], glued[2], glued[3], node.at(start, end)))


def chosen(text: Text, choices: Table[str, T], key: str) -> T:
    """The choice of this name.

    Raises: DerivgenError with the nearest choice.
    """
    if text.value in choices:
        return choices[text.value]
    listed = (
        " or ".join((", ".join(list(choices)[:-1]), list(choices)[-1])) if len(choices) > 1 else next(iter(choices))
    )
    near = nearest(text.value, choices)
    hint = f"did you mean {near}? {key} is {listed}" if near else f"{key} is {listed}"
    raise DerivgenError(Fault("value", f"{key} cannot be {text.value}", hint, text.span))


def nearest(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str:
    """The known word that is closest to `word`, or nothing where none is as like it, from 0 to 1."""
    known = list(known)
    by_lower = {other.lower(): other for other in known}
    return next(
        (by_lower[near] for near in difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=likeness)), ""
    )


def whole_number(text: Text, key: str) -> int:
    """The value as a whole number from 0 up.

    Raises: DerivgenError for anything else.
    """
    if not re.fullmatch(r"[0-9]{1,9}", text.value):
        raise DerivgenError(
            Fault("value", f"{key} must be a whole number, not {text.value}", "write digits only, such as 3", text.span)
        )
    return int(text.value)


def calendar_date(text: Text) -> date:
    """The value as a date.

    Raises: DerivgenError for anything else.
    """
    try:
        return date.fromisoformat(text.value)
    except ValueError:
        message = f"{text.value} is not a date"
        raise DerivgenError(Fault("value", message, "write year, month and day: 2026-11-20", text.span)) from None


def _wrong_kind(key: Text, wanted: str, came: str, hint: str, span: Span) -> DerivgenError:
    return DerivgenError(Fault("kind", f"{key.value} must be {wanted}, and this is {came}", hint, span))


def _quoting(key: Text, node: Sequence | Mapping) -> str:
    if node.text is None:
        return f"write one text after `{key.value}:`"
    return f"quote it: {key.value}: {quoted(node.text.line_of_code)}"


def _sample(node: Mapping) -> str:
    return node.entries[0][0].value if node.entries else "..."
