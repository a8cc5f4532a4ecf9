"""Filling drawn values into an exercise: `{c}` in its code, its prose and its mathematics; other braces stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from derivgen.errors import DerivgenError, Fault
from derivgen.printing.text import text as code
from derivgen.problem.text import Text, joined
from derivgen.spec.homework.neat import neat
from derivgen.spec.homework.parameters import NUMBER, Drawn, grid_of, plain
from derivgen.spec.reader import Mapping, Node, Sequence
from derivgen.spec.values import nearest
from derivgen.syntax.parse import parse
from derivgen.syntax.scope import Scope

# Below these keys stands the language of expressions; everything else is prose.
CODE = ("variables", "functions", "assume", "derivative", "at", "ask", "answer", "form", "method", "layout")
PROSE_OF_A_QUESTION = ("title", "text", "hints", "rubric", "prompt", "feedback")

NO_NAMES = Scope({})
BRACES = re.compile(r"\{([^{}\n]*)\}")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# Mathematics and code within prose: $`...`$ is code, $$...$$ and $...$ are LaTeX.
PIECES = re.compile(r"(\$`[^`]*`\$|\$\$.*?\$\$|\$[^$\n]+\$)", re.DOTALL)
# What these commands of LaTeX hold in braces are letters and words, never a parameter.
LITERAL = re.compile(r"\\(?:math[a-z]+|text[a-z]*|bold[a-z]*|bm|operatorname|begin|end|mbox|label|color)\*?$")

# After these the braces belong to LaTeX, and stay around the value: x^{c}, \frac{c}{d}.
ARGUMENT = re.compile(r"(?:\^|_|\}|\\[A-Za-z]+\*?|\])$")


def filled(node: Node, drawn: Drawn, *, scope: Scope = NO_NAMES, is_code: bool = False) -> Node:
    """The node with every value in its place; `scope` has the names that formulas in prose may use.

    Raises: DerivgenError for braces in code that hold no parameter.
    """
    drawn = {name: plain(value) for name, value in drawn.items()}
    match node:
        case Text():
            return filled_code(node, drawn) if is_code else filled_prose(node, drawn, scope)
        case Sequence(items=items, text=text):
            made = tuple(filled(item, drawn, scope=scope, is_code=is_code) for item in items)
            return replace(node, items=made, text=_within_brackets(text, drawn) if is_code else text)
        case Mapping(entries=entries):
            made_entries = ((key, _is_code(key, is_code=is_code), item) for key, item in entries)
            below = tuple((key, filled(item, drawn, scope=scope, is_code=inside)) for key, inside, item in made_entries)
            return replace(node, entries=below)


def _within_brackets(text: Text | None, drawn: Drawn) -> Text | None:
    # A list in brackets may also be a stack of expressions; braces in it are read as code then.
    return None if text is None else filled_code(text, drawn, is_strict=False)


def _is_code(key: Text, *, is_code: bool) -> bool:
    """Whether code stands below a key, where it stands around it or not."""
    return key.value not in PROSE_OF_A_QUESTION and (is_code or key.value in CODE)


def used_names(node: Node, *, in_code_only: bool = False) -> Iterator[str]:
    """The names that stand in braces anywhere in a node, or in its code."""
    match node:
        case Text(value=value):
            yield from (found[1].strip() for found in BRACES.finditer(value))
        case Sequence(items=items):
            for item in items:
                yield from used_names(item, in_code_only=in_code_only)
        case Mapping(entries=entries):
            for key, item in entries:
                if not in_code_only or key.value not in ("id", *PROSE_OF_A_QUESTION):
                    yield from used_names(item, in_code_only=in_code_only)


def filled_code(text: Text, drawn: Drawn, *, is_strict: bool = True) -> Text:
    """An expression with the values; a value in brackets where it would otherwise run into its neighbours.

    Raises: DerivgenError for braces that hold no parameter.
    """
    parts: list[Text] = []
    end = 0
    for found in BRACES.finditer(text.value):
        name = found[1].strip()
        if name not in drawn:
            if not is_strict:
                continue
            raise DerivgenError(_no_parameter(name, text, found, drawn))
        parts += _between(text, end, found.start())
        parts.append(_placed(_as_code(drawn[name], text.value, found), text, found))
        end = found.end()
    return joined(*parts, *_between(text, end, len(text.value))) if parts else text


def _no_parameter(name: str, text: Text, found: re.Match[str], drawn: Drawn) -> Fault:
    near = nearest(name, drawn)
    hint = f"did you mean {{{near}}}?" if near else f"the parameters are {', '.join(drawn)}" if drawn else ""
    hint = hint or "declare it under `parameters:`, such as `c: {integer: [2, 9]}`"
    return Fault("parameter", f"there is no parameter {name}", hint, text.at(found.start(), found.end()))


def _between(text: Text, start: int, end: int) -> list[Text]:
    if start == end:
        return []
    offset = text.at(start, end)
    later = [(position - start, place) for position, place in text.pieces if start < position < end]
    return [Text(text.value[start:end], ((0, offset), *later))]


def _placed(value: str, text: Text, found: re.Match[str]) -> Text:
    return Text(value, ((0, text.at(found.start(), found.end())),))


def _as_code(value: str, around: str, found: re.Match[str]) -> str:
    before, after = around[: found.start()].rstrip()[-1:], around[found.end() :].lstrip()[:2]
    if re.fullmatch(r"\w+", value) or value.startswith("[["):
        # A number or a word holds together by itself.
        return value
    stands_alone = before in ("", "(", "[", ",", ">", "<", "=") and after[:1] in ("", ")", "]", ",", ">", "<", "=")
    return value if stands_alone else f"({value})"


def filled_prose(text: Text, drawn: Drawn, scope: Scope = NO_NAMES) -> Text:
    """Markdown with the values: as code in code, as LaTeX in mathematics, as they are elsewhere.

    Raises: DerivgenError for braces that hold no parameter: in code, or near to one in words.
    """
    if "{" not in text.value or not drawn:
        return text
    parts: list[Text] = []
    start = 0
    for number, piece in enumerate(PIECES.split(text.value)):
        for inner in _between(text, start, start + len(piece)):
            if piece.startswith("$`") and number % 2:
                parts.append(_neatly(filled_code(inner, drawn), scope) if BRACES.search(piece) else inner)
            else:
                parts.append(_in_math(inner, drawn) if number % 2 else _in_words(inner, drawn))
        start += len(piece)
    return joined(*parts)


def _neatly(formula: Text, scope: Scope) -> Text:
    """A formula in prose as a lecturer writes it; as it is where it cannot be read here.

    Raises: Vanishes where a value takes a part of it away.
    """
    try:
        return Text(f"$`{code(neat(parse(formula.value[2:-2], scope)))}`$", ((0, formula.span),))
    except DerivgenError:
        return formula


def _in_words(text: Text, drawn: Drawn) -> Text:
    made: list[Text] = []
    end = 0
    for found in BRACES.finditer(text.value):
        name = found[1].strip()
        is_doubled = text.value[: found.start()].endswith("{")
        if name in drawn and not is_doubled:
            made += _between(text, end, found.start())
            made.append(_placed(_typeset(drawn[name]), text, found))
            end = found.end()
        elif not is_doubled and NAME.fullmatch(name) and nearest(name, drawn):
            raise DerivgenError(_no_parameter(name, text, found, drawn))
    return joined(*made, *_between(text, end, len(text.value))) if made else text


def _typeset(value: str) -> str:
    return value.replace("-", "\N{MINUS SIGN}") if NUMBER.fullmatch(value) else value


def _in_math(text: Text, drawn: Drawn) -> Text:
    """LaTeX with the values; signs that meet become one, and a factor 1 in front of a letter goes."""
    made: list[Text] = []
    end = 0
    for found in BRACES.finditer(text.value):
        name = found[1].strip()
        if name not in drawn or LITERAL.search(text.value[: found.start()]):
            continue
        value, before, after = drawn[name], text.value[end : found.start()], text.value[found.end() :]
        is_number = NUMBER.fullmatch(value) is not None
        if is_number and value.startswith("-") and before.rstrip()[-1:] in ("+", "-"):
            sign = before.rstrip()[-1]
            before, value = before.rstrip()[:-1], f"{'-' if sign == '+' else '+'} {value[1:]}"
        if is_number and re.search(r"(?<![0-9])1$", value) and re.match(r"\s*(?:[A-Za-z(]|\\[A-Za-z])", after):
            value = value[:-1]
        made += _between(text, end, end + len(before))
        shown = _as_math(value)
        made.append(_placed(f"{{{shown}}}" if ARGUMENT.search(text.value[: found.start()]) else shown, text, found))
        end = found.end()
    return joined(*made, *_between(text, end, len(text.value))) if made else text


def _as_math(value: str) -> str:
    if value.startswith("[["):
        rows = r" \\ ".join(" & ".join(map(str, row)) for row in grid_of(value))
        return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"
    if "/" in value and NUMBER.fullmatch(value):
        above, _, below = value.partition("/")
        sign = "-" if above.startswith("-") else ""
        return rf"{sign}\frac{{{above.removeprefix('-')}}}{{{below}}}"
    if re.fullmatch(r"[A-Za-z]\w+", value):
        return rf"\operatorname{{{value}}}"
    return value
