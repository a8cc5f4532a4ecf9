"""How a function of the table is written: a name, bars, a root, an exponent, an indicator, a bold letter."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.functions import table as notations
from derivgen.expr.nodes import Apply, Constant, Expr, SizeNumber
from derivgen.expr.sizes import ONE, Size
from derivgen.printing.boxes import (
    Accent,
    Box,
    Fenced,
    Grid,
    Letter,
    Numeral,
    Operator,
    Role,
    Root,
    Row,
    Script,
    Word,
    beside,
    is_tall,
)
from derivgen.printing.names import array_style, has_arrow, index_box
from derivgen.printing.notation import Notation, Precedence
from derivgen.printing.pieces import MINUS, Piece, called, called_plainly, exponent, raised, separated_by
from derivgen.printing.sizes import size_box

# Names that stand in front of a single letter without parentheses.
PLAIN = ("sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "log", "ln", "exp", "det")
# In front of another factor these have parentheses always: det(X) tr(A), though sin x cos x.
CLOSED = ("det",)
RELATIONS = {">": ">", "<": "<", ">=": "≥", "<=": "≤"}
OPPOSITES = {">": "≤", "<": "≥", ">=": "<", "<=": ">"}
# Where nothing is said of both sides being equal.
OPEN_OPPOSITES = {">": "<", "<": ">", ">=": "<", "<=": ">"}
POWERED = ("sin", "cos", "tan", "sinh", "cosh", "tanh")


def apply(expr: Apply, arguments: tuple[Piece, ...], transpose: Box, notation: Notation) -> Piece:
    """A function of the table, of arguments that are printed already."""
    match FUNCTIONS[expr.function].notation:
        case notations.Call(name=name):
            words = tuple(notation.log if word == "log" else word for word in name.split())
            made = _log_det(words, expr, arguments) or _call(words, arguments, _role(expr))
            # tr(X) A: a scalar in front of an array stands a little apart.
            return replace(made, spaced_right=True) if is_word(expr) and expr.is_scalar else made
        case notations.Fence(bar=bar, subscript=subscript):
            return _fenced(bar, subscript or _frobenius(expr), arguments[0])
        case notations.Exponential():
            return _exponential(arguments[0])
        case notations.Radical():
            return Piece(Root(arguments[0].box), Precedence.FRACTION)
        case notations.Indicator():
            return indicator(beside(arguments[0].box, Operator(">", "relation"), Numeral("0")), arguments[0], notation)
        case notations.Symbol(letter=letter, bold=bold):
            return _symbol(expr, _bold(expr, letter, notation) if bold else Letter(letter, role=_role(expr)), transpose)
        case notations.Superscript(sign=sign):
            return raised(arguments[0], *_superscript(sign or _sign(expr.arguments[-1]), arguments))
        case notations.Infix(sign=sign):
            return separated_by(sign, arguments)
        case other:
            assert_never(other)


def is_word(expr: Expr) -> bool:
    """Whether this is written as a word and parentheses, so that nothing around it needs more: tr(X)."""
    if not isinstance(expr, Apply):
        return False
    match FUNCTIONS[expr.function].notation:
        case notations.Call(name=name):
            return len(name) > 1 and not all(word in PLAIN for word in name.split())
        case _:
            return False


def inverse_transpose(argument: Piece, transpose: Box) -> Piece:
    """X with minus one and the sign of the transpose above it."""
    return raised(argument, beside(MINUS, transpose), "inverse-transpose")


def with_size(expr: Apply, notation: Notation) -> Piece:
    """I, 1 or 0 with its size as a subscript, or its two sizes."""
    sizes = tuple(size_box(argument.size) for argument in expr.arguments if isinstance(argument, SizeNumber))
    below = sizes[0] if len(sizes) == 1 else beside(sizes[0], Operator("×", "binary"), sizes[1])
    return Piece(Script(_bold(expr, _letter(expr), notation), below=below, intent="index"))


def _letter(expr: Apply) -> str:
    notation = FUNCTIONS[expr.function].notation
    return notation.letter if isinstance(notation, notations.Symbol) else ""


def _sign(argument: Expr) -> str:
    return "-1" if isinstance(argument, Constant) and argument.value == -1 else ""


def _superscript(sign: str, arguments: tuple[Piece, ...]) -> tuple[Box, str]:
    if sign == "-1":
        return beside(MINUS, Numeral("1")), "inverse"
    return exponent(arguments[1].box), "power"


def indicator(condition: Box, argument: Piece, notation: Notation) -> Piece:
    """1[z > 0], [z > 0] or H(z)."""
    if notation.indicator == "heaviside":
        return called(Letter("H", role="heaviside"), (argument,))
    bracket = Fenced("[", condition, "]")
    box = bracket if notation.indicator == "iverson" else Row((Letter("1", "bold"), bracket))
    return Piece(box, spaced_left=True, spaced_right=True)


def indicator_of_difference(left: Piece, right: Piece, whole: Piece, notation: Notation) -> Piece:
    """1[a > b] for step(a - b)."""
    zero: Box = Numeral("0")
    above, below = (left.box, right.positive) if right.positive is not None else (whole.box, zero)
    return indicator(beside(above, Operator(">", "relation"), below), whole, notation)


def comparison(left: Box, relation: str, right: Box) -> Piece:
    """left > right."""
    return Piece(beside(left, Operator(RELATIONS[relation], "relation"), right))


def cases(condition: Box, opposite: Box, then: Piece, otherwise: Piece) -> Piece:
    """A choice of two by a condition on scalars: one line for each."""
    rows = ((then.box, condition), (otherwise.box, opposite))
    return Piece(Grid(rows, "{", "", "left"), Precedence.SUM)


def where_call(condition: Piece, then: Piece, otherwise: Piece) -> Piece:
    """An entry-by-entry choice."""
    return called(Word("where"), (condition, then, otherwise))


def powered(function: str, power: Box, argument: Piece) -> Piece:
    """The square of the sine as sin² x."""
    return called_plainly(Script(Word(function), None, power, "power"), argument)


def _call(words: tuple[str, ...], arguments: tuple[Piece, ...], role: Role) -> Piece:
    head = beside(*(Word(word, role=role) if len(word) > 1 else Letter(word) for word in words))
    if all(word in PLAIN for word in words) and len(arguments) == 1:
        piece = called_plainly(head, arguments[0])
        return replace(piece, closes=words[-1] in CLOSED)
    return called(head, arguments)


def _log_det(words: tuple[str, ...], expr: Apply, arguments: tuple[Piece, ...]) -> Piece | None:
    """The logarithm of det X written log det X, as the function of that name is, where det has no parentheses."""
    match expr.arguments:
        case (Apply(function="det"),) if expr.function == "log" and arguments[0].level is Precedence.PREFIX:
            inner, (word,) = arguments[0], words
            if inner.closed is None:
                return None
            return replace(inner, box=beside(Word(word), inner.box), closed=beside(Word(word), inner.closed))
        case _:
            return None


def _frobenius(expr: Apply) -> str:
    shape = expr.arguments[0].shape
    return "" if shape.is_column or shape.is_row else "F"


def _fenced(bar: str, subscript: str, argument: Piece) -> Piece:
    if bar == "single":
        return Piece(Fenced("|", argument.box, "|", "absolute-value"))
    box: Box = Fenced("‖", argument.box, "‖", "norm")
    if subscript:
        below: Box = Numeral(subscript) if subscript.isdigit() else Letter(subscript)
        box = Script(box, below=below)
    return Piece(box)


def _exponential(argument: Piece) -> Piece:
    power = exponent(argument.box)
    if is_tall(power):
        return called_plainly(Word("exp"), argument)
    return Piece(Script(Letter("e"), None, power, "power"), Precedence.POWER)


def _bold(expr: Apply, letter: str, notation: Notation) -> Box:
    """The letter of an array: I and e look as the names of matrices and vectors do; the digits 1 and 0 stay bold."""
    if letter.isdigit():
        return Letter(letter, "bold", _role(expr))
    sign = Letter(letter, array_style(expr.shape, notation), _role(expr))
    return Accent("vec", sign) if has_arrow(expr.shape, notation) else sign


def _symbol(expr: Apply, sign: Box, transpose: Box) -> Piece:
    sizes = tuple(argument.size for argument in expr.arguments if isinstance(argument, SizeNumber))
    if expr.function == "unit" and len(sizes) == 2:
        return Piece(Script(sign, below=size_box(sizes[1]), intent="index"))
    if expr.function == "commutation":
        return Piece(Script(sign, below=_two_sizes(*sizes), intent="index"))
    if len(sizes) == 2 and sizes[0] == ONE:
        return raised(Piece(sign), transpose, "transpose")
    if expr.function == "ones" and len(sizes) == 2:
        below = beside(size_box(sizes[0]), Operator("×", "binary"), size_box(sizes[1]))
        return Piece(Script(sign, below=below, intent="index"))
    return Piece(sign)


def _two_sizes(rows: Size, columns: Size) -> Box:
    # K_23 would be read as the size 23.
    boxes = size_box(rows), size_box(columns)
    if any(size.number is not None for size in (rows, columns)):
        return beside(boxes[0], Operator(",", "punctuation"), boxes[1])
    return index_box(boxes)


def _role(expr: Apply) -> Role:
    is_vector = expr.shape.is_column or expr.shape.is_row
    match expr.function:
        case "ones":
            return "ones-vector" if is_vector else "ones-matrix"
        case "zeros":
            return "zero-vector" if is_vector else "zero-matrix"
        case "eye":
            return "identity"
        case "unit":
            return "unit"
        case "commutation":
            return "commutation"
        case "diag" if not expr.arguments[0].shape.is_column:
            return "diagonal"
        case "pi":
            return "scalar"
        case _:
            return ""
