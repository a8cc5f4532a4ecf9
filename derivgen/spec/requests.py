"""Requests as they stand in a spec: a text such as `f wrt x`, or a mapping with of and wrt."""

from __future__ import annotations

from typing import assert_never

from derivgen.errors import DerivgenError, Fault
from derivgen.problem.asked import Asked
from derivgen.problem.findings import Findings
from derivgen.problem.text import Text, joined
from derivgen.spec.keys import LAYOUTS, ORDERS, REQUEST
from derivgen.spec.reader import Mapping, Node, Sequence
from derivgen.spec.settings import method_of
from derivgen.spec.values import Fields, fields_of, nearest


def asked_of(entries: Fields) -> tuple[Asked, ...]:
    """The requests under `derivatives`; a single one need not be a list."""
    found = entries.entries.get("derivatives")
    if found is None:
        return ()
    key, node = found
    items = node.items if isinstance(node, Sequence) else (node,)
    if not items or (isinstance(node, Text) and not node.value.strip()):
        message = "derivatives asks for nothing"
        entries.findings.add(Fault("empty", message, "write a request below it, such as `- f wrt x`", key.span))
        return ()
    if isinstance(node, Sequence) and node.text is not None:
        for item in items[1:]:
            if isinstance(item, Text) and "wrt" not in item.value:
                hint = "write each request on a line of its own, after a dash: `- f wrt x, y`"
                entries.findings.add(Fault("request", "in brackets a comma ends a request", hint, item.span))
                return ()
    asked = (entries.findings.attempt(_asked, item, entries.findings) for item in items)
    return tuple(request for request in asked if request is not None)


def _asked(item: Node, findings: Findings) -> Asked | None:
    match item:
        case Text() if item.value.strip():
            return Asked(item)
        case Text():
            raise DerivgenError(
                Fault(
                    "request",
                    "a request is missing after this dash",
                    "write `- f wrt x`, or remove the dash",
                    item.span,
                )
            )
        case Sequence():
            raise DerivgenError(
                Fault("kind", "a request is a text, and this is a list", "write `- f wrt x`", item.span)
            )
        case Mapping():
            return _from_mapping(item, findings)
    assert_never(item)


def _from_mapping(item: Mapping, findings: Findings) -> Asked | None:
    if len(item.entries) == 1 and item.entries[0][0].value not in REQUEST:
        raise DerivgenError(_as_mapping(*item.entries[0]))
    entries = fields_of(item, findings)
    meant = set()
    for key, _ in item.entries:
        if key.value not in REQUEST:
            near = nearest(key.value, REQUEST)
            meant.add(near)
            hint = (
                f"did you mean {near}?"
                if near
                else f"a request has the keys {', '.join(REQUEST)}, or is a text: `- f wrt x`"
            )
            findings.add(Fault("unknown-key", f"there is no key {key.value} in a request", hint, key.span))
    of, wrt = entries.text("of"), entries.texts("wrt")
    if of is None or not wrt:
        for missing in ("of", "wrt"):
            if missing not in entries.entries and missing not in meant:
                hint = "write `of: f` and `wrt: x`, or the request as a text: `- f wrt x`"
                findings.add(Fault("request", f"this request does not have the key {missing}", hint, item.span))
        return None
    method = entries.text("method")
    title = entries.text("title")
    commas = [part for name in wrt for part in (", ", name)][1:]
    return Asked(
        joined(of, " wrt ", *commas, entries.choice("order", ORDERS) or ""),
        entries.choice("layout", LAYOUTS),
        None if method is None else findings.attempt(method_of, method),
        "" if title is None else title.value,
    )


def _as_mapping(key: Text, value: Node) -> Fault:
    """The fault of `f: x` where `f wrt x` was meant."""
    variable = value.value.removeprefix("wrt ").strip() if isinstance(value, Text) else ""
    function = key.value.removesuffix(" wrt").strip()
    hint = f"write it as a text: `- {function} wrt {variable or 'x'}`"
    return Fault("request", "a request is a text, and this is a key with a value", hint, key.span)
