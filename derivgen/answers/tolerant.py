"""Answers as they are typed elsewhere, put into the language: 2x, x^2, A^T, x', a·b, x², A x, ‖x‖, fractions of LaTeX.

What was read is shown to who typed it before it is graded; a text that is of the language is read as it stands.
"""

from __future__ import annotations

import re
from itertools import product

from derivgen.answers.booksigns import DIGITS, RAISED, BookSigns, Unclear, in_line, raised
from derivgen.answers.leftsides import sides_of
from derivgen.errors import DerivgenError
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import Variable
from derivgen.syntax.characters import SUBSTITUTES
from derivgen.syntax.parse import Scope, parse
from derivgen.syntax.tokens import NUMBER, is_letter

# Signs of a product of which the shapes tell which one is meant.
DOTS = "·⋅∙•×"
MOST_DOTS = 6
# Longer texts are read as they stand.
LONGEST = 2_000
# So many roots in roots, and the like, are read.
DEEPEST = 4
_POWERS = re.compile(f"[{''.join(DIGITS)}]+")
_TRANSPOSE = re.compile(
    r"\s*(?:\^\s*T(?=[^\W\d_])|(?:\^|\*\*)\s*(?:\{\s*)?(?:\\top|\\intercal|T|⊤|ᵀ|')(?![\w])(?:\s*\})?)"
)
# Letters set in another type, in LaTeX: \mathbf{A}, \mathbf A; commands that are names: \log, \lambda; what is around.
_TYPE = re.compile(
    r"\\(?:math(?:bf|rm|sf|it)|boldsymbol|bm|operatorname|text(?:bf)?|vec)\s*(?:\{\s*(\w+)\s*\}|([^\W\d_]))"
)
_COMMAND = re.compile(r"\\(?!frac|dfrac|tfrac|top|intercal|left|right|cdot|times)([^\W\d_]{2,})")
_AROUND = re.compile(r"\s*(?:\$|\\\(|\\\[)?(.*?)(?:\$|\\\)|\\\]|[.;])*\s*", re.DOTALL)
_MODULE = re.compile(r"(?<![\w.])(?:np|numpy|math|jnp|torch)\.(?:linalg\.)?(?=[^\W\d_])")
# The inverse of a matrix, its transpose, and a power: X^{-1}, X⁻¹, X^{-T}, X^2.
_INVERSE = re.compile(rf"(?<![\w\\])(?P<name>[^\W\d]\w*){RAISED}")
# A word that is no name: letters of names side by side, as in A x without the space.
_WORD = re.compile(r"(?<![^\W\d])(?<![0-9.\\])[^\W\d_]{2,5}(?![^\W\d])(?![0-9])")
# A name with its transposes, or a closed bracket, and what stands beside it without a sign.
_BESIDE = re.compile(r"(?P<left>[)\]](?:\.T)*|(?P<name>[^\W\d]\w*)(?:\.T)*)(?P<gap>\s*)(?=(?P<right>[^\W\d]|\())")
_ROOM = re.compile(r"\.T (?=[^\w(]|$)")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_NORM = re.compile(r"‖(.+?)‖")
_BRACED = re.compile(r"\^\s*\{([^{}]*)\}")
_SIGNS = {sign: there for sign, there in SUBSTITUTES.items() if sign not in DIGITS and sign not in DOTS and there}


def reading(answer: str, scope: Scope, depth: int = 0) -> str:
    """The answer in the language; as it was typed where it is so already, or cannot be put into it."""
    if len(answer) > LONGEST or depth > DEEPEST or _is_read(answer, scope):
        return answer
    typed = _TYPE.sub(r"\1\2", _without_left(answer))
    try:
        called = BookSigns(scope, lambda inner: reading(inner, scope, depth + 1)).put(typed)
    except Unclear:
        return answer
    apart = _with_letters_apart(called, scope)
    changed = _with_dots(_with_letters_apart(_put(_with_inverses(apart, scope)), scope), scope)
    places = [k for k, sign in enumerate(changed) if sign in DOTS]
    if len(places) > MOST_DOTS:
        return answer
    # A dot between arrays whose shapes meet is their matrix product, else a product by a number or entry by entry.
    for signs in product("@*", repeat=len(places)):
        letters = list(changed)
        for place, sign in zip(places, signs, strict=True):
            letters[place] = f" {sign} " if sign == "@" else sign
        found = " ".join("".join(letters).split()).replace(" )", ")")
        if _is_read(found, scope):
            return found
    return answer


def _is_read(text: str, scope: Scope) -> bool:
    try:
        parse(text, scope)
    except (DerivgenError, RecursionError):
        return False
    return True


def _put(text: str) -> str:
    found = _AROUND.fullmatch(text)
    text = found[1] if found else text
    text = _COMMAND.sub(r" \1", _MODULE.sub("", text))
    text = _TRANSPOSE.sub(".T ", text)
    text = _BRACED.sub(r"**(\1)", text).replace("^", "**").replace("'", ".T ").replace("ᵀ", ".T ").replace("⊤", ".T ")
    text = _ROOM.sub(".T", text)
    text = text.replace("\\cdot", "·")
    while (simpler := _FRACTION.sub(r"((\1)/(\2))", text)) != text:
        text = simpler
    text = _NORM.sub(r"norm(\1)", text)
    text = "".join(_SIGNS.get(sign, sign) for sign in text)
    text = _POWERS.sub(_power, text)
    return _with_products(text)


def _power(found: re.Match[str]) -> str:
    digits = in_line(found[0])
    return f"**{digits}" if digits.isdigit() else f"**({digits})"


def _with_products(text: str) -> str:
    """The text with a star between a number and the name or bracket after it: 2x, 2(x + 1), 2 x."""
    made = ""
    place = 0
    while place < len(text):
        number = None if made[-1:].isalnum() or made[-1:] in ("_", ".") else NUMBER.match(text, place)
        if number is None:
            made += text[place]
            place += 1
            continue
        made += number[0]
        place = number.end()
        rest = text[place:].lstrip()
        if rest[:1] == "(" or (rest[:1] and is_letter(rest[0])):
            made += "*"
            place = len(text) - len(rest)
    return made


def _without_left(text: str) -> str:
    """The right side alone of df/dx = ..."""
    left, rights = sides_of(text)
    return rights[0] if left and len(rights) == 1 else text


def _with_inverses(text: str, scope: Scope) -> str:
    """The text with inverses and powers of matrices that stand behind their names."""

    def by_name(found: re.Match[str]) -> str:
        base = scope.names.get(found["name"])
        if base is None or base.shape.is_row or base.shape.is_column:
            return found[0]
        return raised(found["name"], found)

    return _INVERSE.sub(by_name, text)


def _with_letters_apart(text: str, scope: Scope) -> str:
    """The text with a dot between letters that are names by themselves and no name together: Ax, λx."""

    def apart(found: re.Match[str]) -> str:
        word = found[0]
        is_one = word in scope.names or word in scope.sizes or word in FUNCTIONS
        return word if is_one or not all(letter in scope.names for letter in word) else "·".join(word)

    return _WORD.sub(apart, text)


def _with_dots(text: str, scope: Scope) -> str:
    """The text with a dot between factors that stand side by side: A x, (A + B) x. Functions keep their brackets."""

    def with_dot(found: re.Match[str]) -> str:
        name = found["name"]
        known = name in scope.names or name in scope.sizes
        # f(x) may be the function at x; A(x + y) is a product.
        is_call = found["right"] == "(" and not found["gap"] and not isinstance(scope.names.get(name), Variable)
        is_product = name is None or (known and not is_call and (bool(found["gap"]) or found["right"] == "("))
        return f"{found['left']}·" if is_product else found[0]

    return _BESIDE.sub(with_dot, text)
