"""A derivation as LaTeX to paste: one display of the steps, one of the answers; needs amsmath."""

from __future__ import annotations

from collections.abc import Callable

from derivgen.calculus.records import Derivation, Step
from derivgen.document.wording import title_of
from derivgen.expr.nodes import Expr
from derivgen.printing.boxes import Box
from derivgen.printing.latex import escaped
from derivgen.render.plain import words

Tex = Callable[[Expr | Box], str]


def fragment(found: Derivation, tex: Tex) -> str:
    """The steps of a derivation with the names of their rules, then the answer in each layout."""
    steps = " \\\\\n".join(_step(step, tex) for step in found.steps)
    left = tex(found.steps[-1].left)
    answers = " \\\\\n".join(
        rf"  {left} &= {tex(result.expr)} && \text{{{result.layout} layout, ${_shape(str(result.shape))}$}}"
        for result in found.results
    )
    return f"% {found.request.text}\n{_aligned(steps)}\n{_aligned(answers)}\n"


def _aligned(lines: str) -> str:
    return f"\\begin{{align*}}\n{lines}\n\\end{{align*}}"


def _step(step: Step, tex: Tex) -> str:
    sides = " = ".join(tex(side) for side in (*step.between, step.after))
    return rf"  {tex(step.left)} &= {sides} && \text{{{escaped(words(title_of(step)))}}}"


def _shape(shape: str) -> str:
    return shape.replace(" x ", r" \times ").replace("*", "")
