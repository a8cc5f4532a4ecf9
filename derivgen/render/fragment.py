"""A derivation as LaTeX to paste: one display of the steps, one of the answers; needs amsmath."""

from __future__ import annotations

from collections.abc import Callable

from derivgen.calculus.records import Derivation, Result, Step
from derivgen.document.asking import layout_words
from derivgen.document.blocks import Text
from derivgen.document.wording.names import title_of
from derivgen.document.wording.telling import told
from derivgen.expr.nodes import Expr
from derivgen.printing.boxes import Box
from derivgen.printing.latex import escaped
from derivgen.render.plain import words

Tex = Callable[[Expr | Box], str]


def fragment(found: Derivation, tex: Tex, *, language: str = "en") -> str:
    """The steps of a derivation with the names of their rules, then the answer in each layout."""
    steps = " \\\\\n".join(_step(step, tex, language) for step in found.steps)
    answers = " \\\\\n".join(_answer(found, result, tex, language) for result in found.results)
    return f"% {found.request.text}\n{_aligned(steps)}\n{_aligned(answers)}\n"


def _answer(found: Derivation, result: Result, tex: Tex, language: str) -> str:
    name = _named((layout_words(result.layout),), language)
    return rf"  {tex(found.steps[-1].left)} &= {tex(result.expr)} && \text{{{name}, ${_shape(str(result.shape))}$}}"


def _aligned(lines: str) -> str:
    return f"\\begin{{align*}}\n{lines}\n\\end{{align*}}"


def _step(step: Step, tex: Tex, language: str) -> str:
    sides = " = ".join(tex(side) for side in (*step.between, step.after))
    return rf"  {tex(step.left)} &= {sides} && \text{{{_named(title_of(step), language)}}}"


def _named(text: Text, language: str) -> str:
    return escaped(words(told(text, language)))


def _shape(shape: str) -> str:
    return shape.replace(" x ", r" \times ").replace("*", "")
