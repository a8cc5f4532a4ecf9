"""What PyYAML cannot read, told in words for someone who has never heard of YAML's grammar."""

from __future__ import annotations

import re

from yaml import MarkedYAMLError

from derivgen.errors import Fault, Span
from derivgen.spec.source import Source

# `key: value` and `- value`; a value in quotes is not ours to quote again.
ENTRY = re.compile(r"""^(?P<head>[ ]*(?:-[ ]+)*[^\s:#'"\[\]{}-][^:#]*:[ \t]+|[ ]*-[ ]+)(?P<value>[^\s'"].*?)[ \t]*$""")
NO_SPACE = re.compile(r"^(?P<head>\s*(?:-\s+)?\w+):(?P<value>\S.*)$")
OPENERS = {
    "[": "a list",
    "{": "a mapping",
    "*": "an alias",
    "&": "an anchor",
    "!": "a tag",
    "%": "a directive",
    "@": "a reserved sign",
    "`": "a reserved sign",
    "|": "a block of text",
    ">": "a block of text",
    "-": "a list",
    "?": "a key",
    ",": "the next entry of a list",
    "]": "the end of a list",
    "}": "the end of a mapping",
}


NAMES_IN_BRACES = re.compile(r"\{\s*\w+\s*:\s")
WITHOUT_BRACES = "put each name on a line of its own, without the braces"


def yaml_fault(error: Exception, source: Source) -> Fault:
    """The fault for an error of PyYAML: the first of our own descriptions that fits, else PyYAML's."""
    if not isinstance(error, MarkedYAMLError):
        hint = "look for an escape with too large a number, such as \\UFFFFFFFF"
        return Fault("yaml", "YAML cannot read this file", hint, source.span(0, 1))
    index = _place(error)
    for described in (
        _tab,
        _open_quotation,
        _escape,
        _missing_space,
        _entry,
        _open_bracket,
        _indentation,
        _lonely_line,
    ):
        fault = described(error, source, index)
        if fault is not None:
            return fault
    words = error.problem or "its form is not one that YAML knows"
    hint = "put the value in quotes if it holds one of [ ] { } * & ! % @ ` | > or `: `"
    return Fault("yaml", f"YAML cannot read this line: {words}", hint, source.span(index, index + 1))


def quoting_hint(source: Source, index: int) -> str:
    """The line around `index` with its value in quotes, as a remedy; empty where no value stands there."""
    number = source.line_number(index)
    entry = ENTRY.match(source.line(number))
    if entry is None or index < source.starts[number] + entry.start("value"):
        return ""
    return _quote_it(entry["head"], entry["value"])


def _quote_it(head: str, value: str) -> str:
    return f"quote it: {head.strip()} {quoted(value)}"


def quoted(value: str) -> str:
    """The value in quotes, so that YAML reads it as it stands."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _place(error: MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return mark.index if mark is not None else 0


def _context(error: MarkedYAMLError, index: int) -> int:
    return error.context_mark.index if error.context_mark is not None else index


def _tab(error: MarkedYAMLError, source: Source, index: int) -> Fault | None:
    if "'\\t'" not in (error.problem or ""):
        return None
    number = source.line_number(index)
    before = source.text[source.starts[number] : index]
    if before.strip():
        return Fault("tab", "a tab stands where YAML wants a space", "write a space", source.span(index, index + 1))
    return Fault(
        "tab",
        "this line is indented by a tab, and YAML allows spaces only",
        "write two spaces for each tab",
        source.span(index, index + 1),
    )


def _open_quotation(error: MarkedYAMLError, source: Source, index: int) -> Fault | None:
    if error.problem != "found unexpected end of stream" or "scalar" not in (error.context or ""):
        return None
    start = _context(error, index)
    mark = source.text[start]
    return Fault(
        "quotation",
        f"the quotation that begins here with {mark} is never closed",
        f"close it with {mark}",
        source.span(start, start + 1),
    )


def _escape(error: MarkedYAMLError, source: Source, index: int) -> Fault | None:
    if error.context != "while scanning a double-quoted scalar":
        return None
    hint = "in single quotes a backslash is only a backslash: '\\alpha'"
    return Fault(
        "escape",
        "YAML knows no such escape after a backslash in double quotes",
        hint,
        source.span(index - 1, index + 1),
    )


def _missing_space(error: MarkedYAMLError, source: Source, index: int) -> Fault | None:
    if error.problem not in ("mapping values are not allowed here", "could not find expected ':'"):
        return None
    for number in dict.fromkeys((source.line_number(_context(error, index)), max(source.line_number(index) - 1, 0))):
        found = NO_SPACE.match(source.line(number))
        if found is not None:
            start = source.starts[number] + found.end("head")
            hint = f"put a space after the colon: {found['head'].strip()}: {found['value']}"
            return Fault("no-colon", "a space is missing after this colon", hint, source.span(start, start + 1))
    return None


def _entry(error: MarkedYAMLError, source: Source, index: int) -> Fault | None:
    """A value that must be quoted: it begins with a sign of YAML's, or holds a colon with a space."""
    flow = (error.context or "").startswith(("while parsing a flow", "while scanning a block scalar"))
    number = source.line_number(_context(error, index) if flow else index)
    entry = ENTRY.match(source.line(number))
    if entry is None or index < source.starts[number] + entry.start("value"):
        return None
    value, start = entry["value"], source.starts[number] + entry.start("value")
    place = source.span(start, start + len(value))
    bars = re.fullmatch(r"(\|\|?)([^|]+)(\|\|?)(.*)", value)
    if bars is not None and bars[1] == bars[3]:
        hint = f"write {'abs' if bars[1] == '|' else 'norm'}({bars[2].strip()}){bars[4]}"
        return Fault("foreign-sign", f"{bars[1]} has no meaning in an expression", hint, place)
    if value[0] in OPENERS:
        if value[0] in "[{" and _is_unclosed(value):
            return None
        message = f"YAML reads {value[0]} at the beginning of a value as {OPENERS[value[0]]}, and cannot read on"
        hint = WITHOUT_BRACES if NAMES_IN_BRACES.match(value) else _quote_it(entry["head"], value)
        return Fault("unquoted", message, hint, place)
    if ": " in value or value.endswith(":"):
        return Fault(
            "unquoted", "this value holds a colon, which YAML reads as a key", _quote_it(entry["head"], value), place
        )
    return None


def _is_unclosed(value: str) -> bool:
    return sum(value.count(sign) for sign in "[{(") > sum(value.count(sign) for sign in "]})")


def _open_bracket(error: MarkedYAMLError, source: Source, index: int) -> Fault | None:
    if not (error.context or "").startswith("while parsing a flow"):
        return None
    start = _context(error, index)
    if source.text[start : start + 1] not in ("[", "{"):
        start = max(source.text.rfind("[", 0, start + 1), source.text.rfind("{", 0, start + 1), 0)
    sign = source.text[start : start + 1]
    end = {"[": "]", "{": "}"}.get(sign, "]")
    return Fault(
        "yaml",
        f"the bracket {sign} is not closed where YAML expects it",
        f"close it with {end}, or put the whole value in quotes",
        source.span(start, start + 1),
    )


def _indentation(error: MarkedYAMLError, source: Source, index: int) -> Fault | None:
    problem = error.problem or ""
    if not problem.startswith(("expected <block end>", "mapping values are not allowed here")):
        return None
    number = source.line_number(index)
    line = source.line(number)
    lonely = _without_colon(source, number - 1)
    if lonely is not None:
        return lonely
    if re.match(r"""\s*(?:-\s+)?[^:#]*:\s+['"]""", line) and problem.endswith("'<scalar>'"):
        hint = "put the whole value in quotes, once"
        return Fault("quotation", "text goes on after the closing quote", hint, source.span(index, index + 1))
    first = source.starts[number] + len(line) - len(line.lstrip())
    hint = "keys that belong together begin in one column, with two spaces more than the key above them"
    return Fault(
        "indentation", "the indentation of this line does not fit the lines above it", hint, _to_end(source, first)
    )


def _without_colon(source: Source, number: int) -> Fault | None:
    """The fault of a key without its colon, which makes the line below it seem indented wrongly."""
    below = source.line(number + 1)
    while number >= 0 and not source.line(number).partition("#")[0].strip():
        number -= 1
    line = source.line(number) if number >= 0 else ""
    indent = len(below) - len(below.lstrip())
    word = re.fullmatch(r"(\s*)(\w+)\s*", line)
    if word is not None and len(word[1]) > indent:
        return None
    if word is None:
        glued = re.fullmatch(r"(\s*)(\w+)(:|\s*:?=\s*|\s+)([^\s:=#][^:#]*?)\s*", line)
        if glued is None or len(glued[1]) != indent:
            return None
        return no_colon(
            glued[2], glued[3], glued[4], source.span(*sign_between(source.starts[number] + glued.start(3), glued[3]))
        )
    start = source.starts[number] + word.start(2)
    return Fault("no-colon", f"a colon is missing after {word[2]}", f"write {word[2]}:", _to_end(source, start))


def sign_between(start: int, between: str) -> tuple[int, int]:
    """Where the sign between a name and its value stands that is no colon; the blank where there is none."""
    first = start + (len(between) - len(between.lstrip()) if between.strip() else 0)
    return first, first + max(len(between.strip()), 1)


def no_colon(name: str, between: str, value: str, place: Span) -> Fault:
    """The fault of a name with its value and no colon between them, or no space after it."""
    message = "a space is missing after this colon" if between == ":" else "a colon is missing here"
    return Fault("no-colon", message, f"write `{name}: {value}`", place)


def _lonely_line(error: MarkedYAMLError, source: Source, index: int) -> Fault | None:
    if error.problem != "could not find expected ':'":
        return None
    return Fault(
        "no-colon",
        "this line has no colon, so it gives nothing a value",
        "write `name: value`",
        _to_end(source, _context(error, index)),
    )


def _to_end(source: Source, start: int) -> Span:
    number = source.line_number(start)
    return source.span(start, source.starts[number] + len(source.line(number).rstrip()))
