"""Single signs of typed mathematics, and what to say of those that are outside the subset."""

from __future__ import annotations

from typing import NamedTuple

from derivgen.printing.boxes import (
    Accent,
    Box,
    Fenced,
    Letter,
    Numeral,
    Operator,
    OperatorKind,
    Row,
    Script,
    Space,
    Style,
    Word,
    beside,
)
from derivgen.printing.texsigns import (
    ACCENTS,
    BINARY,
    CHARACTERS,
    CLOSED_BY,
    FUNCTIONS,
    LARGE,
    LETTERS,
    ORDINARY,
    RELATIONS,
    SPACES,
    STYLES,
    WORDS,
)


class MathFault(Exception):
    """What cannot be read in typed mathematics: the place counts characters from 0."""

    def __init__(self, message: str, position: int, hint: str = "") -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.message = message
        self.position = position
        self.hint = hint


class Token(NamedTuple):
    """A command with its backslash, or one character."""

    text: str
    position: int

    @property
    def name(self) -> str:
        """The command's name, or nothing."""
        return self.text[1:] if self.text.startswith("\\") else ""


def character(token: Token, before: list[Box]) -> Box:
    """The box of a single character."""
    text = token.text
    if text.isascii() and text.isalpha():
        return Letter(text)
    if text.isascii() and text.isdigit():
        return Numeral(text)
    if text in CHARACTERS:
        sign, kind = CHARACTERS[text]
        return Operator(sign, joining(kind, before))
    if "Α" <= text <= "ω" or text in "ϵϑϕ":
        return Letter(text)
    raise unexpected(token)


def sign(name: str, before: list[Box]) -> Box | None:
    """The box of a command that takes nothing, or None."""
    if name in LETTERS:
        return Letter(LETTERS[name])
    if name in SPACES:
        return Space(SPACES[name])
    if name in FUNCTIONS:
        return Word(name)
    tables: tuple[tuple[dict[str, str], OperatorKind], ...] = (
        (BINARY, "binary"), (RELATIONS, "relation"), (LARGE, "large"), (ORDINARY, "ordinary"),
    )  # fmt: skip
    for table, kind in tables:
        if name in table:
            return Operator(table[name], joining(kind, before))
    return None


def joining(kind: OperatorKind, before: list[Box]) -> OperatorKind:
    """The kind of a sign, given what stands before it."""
    # A sign with nothing before it that it could join belongs to what follows: -x, (-x), = -x.
    if kind != "binary":
        return kind
    known = [box for box in before if not isinstance(box, Space)]
    if not known:
        return "prefix"
    match known[-1]:
        case Operator(kind="binary" | "relation" | "prefix" | "punctuation" | "large"):
            return "prefix"
        case Operator(sign="(" | "[" | "{", kind="ordinary"):
            return "prefix"
        case _:
            return "binary"


def digits_joined(boxes: list[Box]) -> list[Box]:
    """Neighbouring digits, and a point between them, as one number."""
    joined: list[Box] = []
    for place, box in enumerate(boxes):
        following = boxes[place + 1] if place + 1 < len(boxes) else None
        match (joined[-1] if joined else None), box:
            case Numeral(digits=left), Numeral(digits=right):
                joined[-1] = Numeral(left + right)
            case Numeral(digits=left), Operator(sign=".") if isinstance(following, Numeral) and "." not in left:
                joined[-1] = Numeral(left + ".")
            case _:
                joined.append(box)
    return joined


def meaning(base: Box, above: list[Box]) -> str:
    """What a superscript means: transpose of whatever has a name or brackets, inverse of bold capitals."""
    if isinstance(base, Operator) or base == Row(()):
        return ""  # a bracket that was typed by itself: the script belongs to more than it
    match above:
        case [Operator(sign="⊤")] | [Letter(letter="T", style="italic" | "upright" | "sans")]:
            return "transpose"
        case [Row(boxes=(Operator(sign="−"), Numeral(digits="1")))] if _is_matrix(base):
            return "inverse"
        case _:
            return ""


def fenced(left: str, body: Box, right: str) -> Fenced:
    """A body in delimiters; a norm and an absolute value are told as such."""
    known = {("‖", "‖"): "norm", ("|", "|"): "absolute-value"}
    return Fenced(left, body, right, known.get((left, right), ""))


def _is_matrix(box: Box) -> bool:
    match box:
        case Letter(letter=letter, style="bold" | "bold-italic"):
            return letter.isupper()
        case Fenced(body=body):
            return _is_matrix(body)
        case Row(boxes=boxes):
            return any(_is_matrix(part) for part in boxes)
        case Script(base=base) | Accent(base=base):
            return _is_matrix(base)
        case _:
            return False


def restyled(box: Box, style: Style) -> Box:
    """The box with its letters in another style."""
    match box:
        case Letter(letter=letter):
            return Letter(letter, style)
        case Numeral(digits=digits):
            return beside(*(Letter(digit, style) for digit in digits))
        case Row(boxes=boxes):
            return beside(*(restyled(part, style) for part in boxes))
        case Script(base=base, below=below, above=above, intent=intent):
            return Script(restyled(base, style), below, above, intent)
        case Accent(kind=kind, base=base):
            return Accent(kind, restyled(base, style))
        case _:
            return box


def unexpected(token: Token) -> MathFault:
    """The fault of a token that stands in a wrong place."""
    hints = {
        "}": ("this } closes nothing", "remove it, or add a { before it"),
        "&": ("an & stands only within a matrix, cases or aligned", "write \\& for the sign"),
        "\\\\": (
            "a row ends only within a matrix, cases or aligned",
            "put the rows between \\begin{aligned} and \\end{aligned}",
        ),
        "\\right": ("this \\right has no \\left", "add \\left( before it"),
        "\\end": ("this \\end has no \\begin", "add the \\begin before it"),
        "$": ("a formula cannot hold a $", "end the formula before it"),
        "%": ("a formula cannot hold a comment", "write \\% for the sign"),
        "#": ("a formula cannot hold a #", "leave it out"),
    }
    message, hint = hints.get(token.text, (f"{token.text} cannot stand here", "words stand in \\text{...}"))
    return MathFault(message, token.position, hint)


def unknown(token: Token) -> MathFault:
    """The fault of a command outside the subset."""
    # Only a slip of the pen needs difflib.
    from difflib import get_close_matches

    known = [*LETTERS, *FUNCTIONS, *BINARY, *RELATIONS, *LARGE, *ORDINARY, *STYLES, *WORDS, *ACCENTS, *CLOSED_BY]
    near = get_close_matches(
        token.name, [*known, "frac", "sqrt", "left", "begin", "operatorname", "underbrace"], n=1, cutoff=0.7
    )
    hint = f"did you mean \\{near[0]}?" if near else "leave it out, or write the words in \\text{...}"
    return MathFault(f"{token.text} is not a command known here", token.position, hint)
