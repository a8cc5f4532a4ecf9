"""What commands of LaTeX are called in this language."""

from __future__ import annotations

from derivgen.expr.functions import FUNCTIONS
from derivgen.syntax.operands import Words, unbraced

SIGNS = {
    "cdot": "*", "times": "*", "odot": "*", "circ": "*", "div": "/", "top": ".T", "intercal": ".T", "prime": ".T",
    "le": "<=", "leq": "<=", "ge": ">=", "geq": ">=", "ne": "!=", "neq": "!=", "ln": "log(...)", "lVert": "norm(x)",
    "Vert": "norm(x)", "lvert": "abs(x)", "vert": "abs(x)", "otimes": "kron(A, B)", "prod": "prod(...)",
    "operatorname": "the name of the function alone", "left": "the bracket alone", "right": "the bracket alone",
    "mathrm": "the name alone", "quad": "a space",
}  # fmt: skip
# Commands that change how a name looks, and nothing else.
LOOKS = ("mathbf", "boldsymbol", "mathrm", "mathit", "bm", "mathsf", "vec", "text")
ACCENTS = ("hat", "bar", "tilde")


def latex_hint(words: Words, number: int) -> str:
    """How to write the command whose backslash has this number; empty for a command that is not known."""
    if number + 1 >= len(words.tokens):
        return ""
    name = words.tokens[number + 1].text
    argument = unbraced(words.after(number + 1)) if number + 2 < len(words.tokens) else "x"
    plain = argument.removeprefix("(").removesuffix(")")
    if name in ("frac", "dfrac", "tfrac"):
        return _fraction(words, number)
    if name in ("partial", "nabla"):
        return "ask for a derivative under `derivatives`: `- f wrt x`"
    if name in LOOKS:
        return f"write {plain}"
    if name in ACCENTS:
        return f"write {plain}_{name}"
    if name in FUNCTIONS:
        return f"write {name}({plain})"
    return f"write {SIGNS[name]}" if name in SIGNS else ""


def _fraction(words: Words, number: int) -> str:
    tokens = words.tokens
    opened = [place for place in range(number + 2, len(tokens)) if tokens[place].text == "{"][:2]
    parts = [unbraced(words.after(place - 1)) for place in opened]
    return f"write {'/'.join(parts)}" if len(parts) == 2 else "write a quotient: a/b"
