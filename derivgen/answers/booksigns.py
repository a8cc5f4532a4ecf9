r"""Functions as books write them, put into calls: (AB)^{-1}, e^{-s}, \sqrt{s}, |s|, log s.

What can mean two things stays as it is, and the answer is refused: |x| of a vector is a norm to one reader and
absolute values to another, and a logarithm or a root of a matrix is not that of its entries.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from derivgen.errors import DerivgenError
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import Variable
from derivgen.expr.sizes import Shape
from derivgen.syntax.parse import Scope, parse

# Raised digits, and what they are in a line.
DIGITS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+", strict=True))
# How an inverse, one that is transposed, and a power of a matrix are written behind the matrix.
RAISED = (
    r"\s*(?:\^\s*(?:\{\s*-\s*1\s*\}|\(\s*-\s*1\s*\)|-\s*1(?![\w.]))|⁻¹(?![⁰¹²³⁴⁵⁶⁷⁸⁹])"
    r"|(?P<turned>\^\s*\{\s*-\s*(?:T|\\top|⊤)\s*\}|⁻ᵀ)"
    r"|(?P<power>\^\s*(?:\{\s*-?\s*\d+\s*\}|\(\s*-?\s*\d+\s*\)|-?\s*\d+(?![\d.]))|⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
)
_INVERSE = re.compile(rf"\){RAISED}")
_OF_MATRICES = frozenset({"tr", "det", "logdet"})
_ROOT = re.compile(r"(?:\\sqrt(?![^\W\d_])|√)\s*")
_POWER_OF_E = re.compile(r"(?<![\w.\\])(?P<before>\d*)e\s*\^\s*")
_LN = re.compile(r"(?:(?<![\w.\\])|\\)ln(?![\w])")
# What ends an argument that has no bracket: in log s*t it is nobody's guess.
_ENDS = r"(?=\s*(?:$|[+)\]},;$−-]|\.\s*$))"
_ATOM = re.compile(r"-?(?:(?P<name>[^\W\d]\w*)|\d+)(?![\w.^'({\[ᵀ²³])")
_END = re.compile(_ENDS)
_BARE = re.compile(rf"(?:(?<![\w.\\])|(?P<command>\\))(?P<function>[a-z]\w+)\s+(?P<name>[^\W\d]\w*){_ENDS}")
_SIDES = re.compile(r"\\(?:left|right)(?![^\W\d_])")
_BARS = re.compile(r"\\[lr]?vert\b")
_NORMS = re.compile(r"\\[lr]?Vert\b|\\\||\|\|")
_CLOSING = {"(": ")", "{": "}"}


class Unclear(Exception):
    """Of what is written nobody can tell what it means."""


class BookSigns:
    """Puts what books write into calls; `read` reads what stands inside."""

    def __init__(self, scope: Scope, read: Callable[[str], str]) -> None:
        self._scope = scope
        self._read = read

    def put(self, text: str) -> str:
        """The text with calls.

        Raises: Unclear where an inverse, a root or a power of e is one of an unknown thing.
        """
        text = _NORMS.sub("‖", _BARS.sub("|", _SIDES.sub("", text)))
        text = _LN.sub("log", text) if not self._is_name("ln") else text
        text = self._with_inverses(self._with_bars(text))
        text = self._with_calls(text, _ROOT, "sqrt")
        text = self._with_calls(text, _POWER_OF_E, "exp") if not self._is_name("e") else text
        return _BARE.sub(self._bare, text)

    def _is_name(self, word: str) -> bool:
        return word in self._scope.names or word in self._scope.sizes

    def _is_function(self, word: str) -> bool:
        return word in self._scope.names and not isinstance(self._scope.names[word], Variable)

    def _shape(self, text: str) -> Shape | None:
        try:
            return parse(text, self._scope).shape
        except (DerivgenError, RecursionError):
            return None

    def _by_entries(self, function: str, inner: str) -> str | None:
        """A call by entries; None of a matrix, of which books mean another thing."""
        found = self._read(inner.strip())
        shape = self._shape(f"{function}({found})")
        return None if shape is None or _is_matrix(shape) else f"{function}({found})"

    def _with_inverses(self, text: str) -> str:
        place = 0
        while found := _INVERSE.search(text, place):
            start = _opening(text, found.start())
            word = re.search(r"[^\W\d]\w*$", text[:start])
            start = word.start() if word and word[0] in FUNCTIONS else start
            base = self._read(text[start : found.start() + 1])
            shape = self._shape(base)
            if shape is None:
                raise Unclear
            place = found.end()
            if _is_matrix(shape):
                inner = base[1:-1] if _opening(base, len(base) - 1) == 0 else base
                if word and start == word.end() and self._is_function(word[0]):
                    raise Unclear
                made = text[:start] + _apart(text[:start], raised(inner, found))
                text, place = made + text[place:], len(made)
        return text

    def _with_bars(self, text: str) -> str:
        pieces = text.split("|")
        between = (piece.rstrip()[-1:] or " " for piece in pieces[2:-1:2])
        # An outer pair with another inside is told from two pairs by the sign before the second.
        if len(pieces) % 2 == 0 or any(sign not in "+-*/@·" for sign in between):
            return text
        for k in range(1, len(pieces), 2):
            found = self._read(pieces[k].strip())
            shape = self._shape(found)
            if shape is None or not shape.is_scalar:
                return text
            is_argument = re.search(r"[^\W\d_]{2,}$", pieces[k - 1])
            pieces[k] = f"(abs({found}))" if is_argument else _apart(pieces[k - 1], f"abs({found})")
        return "".join(pieces)

    def _with_calls(self, text: str, head: re.Pattern[str], function: str) -> str:
        place = 0
        while found := head.search(text, place):
            place = found.end()
            inner, end = self._argument(text, place, function)
            made = self._by_entries(function, inner)
            if made is None:
                raise Unclear
            front = text[: found.start()] + (found.groupdict().get("before") or "")
            front += _apart(front, made)
            text, place = front + text[end:], len(front)
        return text

    def _argument(self, text: str, place: int, function: str) -> tuple[str, int]:
        """What a root or a power of e is taken of, and where it ends.

        Raises: Unclear.
        """
        if text[place : place + 1] in _CLOSING:
            end = _closing(text, place)
            if function == "exp" and text[end:].lstrip().startswith(("^", "**")):
                raise Unclear
            return text[place + 1 : end - 1], end
        atom = _ATOM.match(text, place)
        if atom is None or (function == "sqrt" and not _END.match(text, atom.end())):
            raise Unclear
        if atom["name"] is not None and atom["name"] not in self._scope.names:
            raise Unclear
        return atom[0], atom.end()

    def _bare(self, found: re.Match[str]) -> str:
        function, name = found["function"], found["name"]
        if function not in FUNCTIONS or name not in self._scope.names:
            return found[0]
        if function in _OF_MATRICES:
            return f"{' ' if found['command'] else ''}{function}({name})"
        made = self._by_entries(function, name) if FUNCTIONS[function].is_elementwise else None
        return found[0] if made is None else f"{' ' if found['command'] else ''}{made}"


def raised(matrix: str, found: re.Match[str]) -> str:
    """The call for a matrix with an inverse or a power behind it: no power entry by entry, in a book."""
    if found["power"]:
        exponent = re.sub(r"[^\d-]", "", in_line(found["power"]))
        return f"matpow({matrix}, {exponent})"
    return f"inv({matrix}){'.T ' if found['turned'] else ''}"


def in_line(text: str) -> str:
    """The text with its raised digits as others."""
    return "".join(DIGITS.get(sign, sign) for sign in text)


def _apart(before: str, call: str) -> str:
    """The call, apart from a name that ends before it."""
    return f" {call}" if before[-1:].isalnum() else call


def _is_matrix(shape: Shape) -> bool:
    return not (shape.is_scalar or shape.is_row or shape.is_column)


def _closing(text: str, place: int) -> int:
    """Behind the bracket that closes the one here.

    Raises: Unclear where none does.
    """
    opens, closes = text[place], _CLOSING[text[place]]
    depth = 0
    for k in range(place, len(text)):
        depth += (text[k] == opens) - (text[k] == closes)
        if depth == 0:
            return k + 1
    raise Unclear


def _opening(text: str, place: int) -> int:
    """Where the bracket opens that is closed here.

    Raises: Unclear where none does.
    """
    depth = 0
    for k in range(place, -1, -1):
        depth += (text[k] == ")") - (text[k] == "(")
        if depth == 0:
            return k
    raise Unclear
