"""Markdown's rules for formulas: $...$, $$...$$ and $`...`$ (our own language); a lone $ is a dollar."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

EXPRESSION = re.compile(r"\$`([^`\n]+)`\$")
DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
# No space inside the dollars and no digit after them, so that "$5 and $6" stays money.
INLINE = re.compile(r"\$((?![\s$`])(?:\\.|[^$\\])*?(?:(?<![\s\\])|(?<=\\[\\$])))\$(?!\d)", re.DOTALL)
RULES = ((EXPRESSION, "expression"), (DISPLAY, "math_display"), (INLINE, "math_inline"))


def formulas(parser: MarkdownIt) -> None:
    """Teach the parser formulas within a line."""
    parser.inline.ruler.push("escaped_dollar", _escaped)
    parser.inline.ruler.push("dollars", _inline)


def displays(parser: MarkdownIt) -> None:
    """Teach the parser displays of several lines; they come first, since a line of one may look like a list."""
    parser.block.ruler.before("fence", "math_block", _block, {"alt": ["paragraph", "blockquote", "list"]})


def _escaped(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("\\$", state.pos):
        return False
    if not silent:
        state.push("text", "", 0).content = "$"
    state.pos += 2
    return True


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    for pattern, kind in RULES:
        found = pattern.match(state.src, state.pos)
        if found is not None:
            if not silent:
                state.push(kind, "", 0).content = found[1]
            state.pos = found.end()
            return True
    return False


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A display that begins a line with $$ and ends one with $$."""
    first = _line(state, start)
    if state.is_code_block(start) or not first.startswith("$$"):
        return False
    for last in range(start, end):
        line = _line(state, last).rstrip()
        if line.endswith("$$") and (last > start or len(line) > 4):
            break
    else:
        return False
    whole = "\n".join(_line(state, number).rstrip() for number in range(start, last + 1))
    content = whole[2:-2]
    if "$$" in content or not content.strip():
        return False
    if not silent:
        state.line = last + 1
        token = state.push("math_block", "", 0)
        token.content, token.map = content.strip(), [start, last + 1]
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
