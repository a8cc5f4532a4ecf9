"""What no answer may show: a factor, a term or a sign that does nothing."""

from __future__ import annotations

import re

from derivgen.expr.nodes import Expr
from derivgen.expr.walk import inlined
from derivgen.printing.text import text

UGLY = {
    "an identity as a factor": r"eye\([^()]*\) @|@ eye\(",
    "a transpose of a transpose": r"\.T\.T",
    "a factor 1": r"(?<![\w.\])])1\*|\*1(?![\d./\w])",
    "a term 0": r"[+-] 0(?![.\d])|(?<![\w.])0 [+-]",
    "two signs": r"--|\+ -|- -|\*-|- \(-",
    "a factor 0": r"(?<![\w.])0\*|\*0(?![.\d])",
    "an exponent 1": r"\*\*1(?![./\d])",
    "a denominator 1": r"/1(?![.\d])",
    "zeros in a sum": r"zeros\([^()]*\) [+-]|[+-] zeros\(",
}


def ugly_signs(shown: Expr, body: Expr) -> list[str]:
    """The blemishes of an answer; what the function itself spells in this way is the author's."""
    answer, own = text(shown), text(inlined(body)) + text(body)
    return [what for what, sign in UGLY.items() if re.search(sign, answer) and not re.search(sign, own)]
