"""How wide formulas are, by the measures of the letters and signs that paper has."""

from __future__ import annotations

from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase
from typing import assert_never

from derivgen.expr.memory import remembered_of
from derivgen.printing.boxes import (
    EMPTY,
    Accent,
    Box,
    Brace,
    Fenced,
    Fraction,
    Grid,
    Letter,
    Marked,
    Numeral,
    Operator,
    Root,
    Row,
    Script,
    Space,
    Style,
    Word,
    is_apply,
    is_numeric_fraction,
    is_tall,
    is_times,
)

# Hundredths of an em, with the correction that a slanted letter has after it.
# Source: Latin Modern 2.005 at 11 points (lmmi10, lmmib10, lmr10, lmbx10, lmss10, lmsy10) and msbm10, as TeX sets them;
# New Computer Modern, which Typst sets, has the same; STIX Two, which pages have, is narrower where it is bold.
GREEK = "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩϑϕϵℓı"
SLANTED = {
    ascii_lowercase: "53 43 43 52 47 60 51 58 34 47 55 32 88 60 48 50 48 48 47 36 57 52 74 57 53 51",
    ascii_uppercase: "75 81 79 86 80 78 79 91 52 65 92 68 108 91 79 78 79 77 67 72 79 81 108 91 80 75",
    GREEK: "64 62 57 48 47 51 53 50 35 58 58 60 56 48 61 52 61 55 58 65 63 69 66 "
    "62 83 78 69 67 75 72 78 72 78 72 59 60 41 42 32",
}
BOLD_GREEK = {
    GREEK: "76 69 65 56 53 57 64 59 41 67 67 71 65 54 72 61 72 66 67 75 72 80 75 "
    "69 96 89 81 77 90 83 89 83 89 83 69 71 48 47 39",
}
MEASURED: dict[Style, dict[str, str]] = {
    "italic": SLANTED,
    "upright": SLANTED
    | {
        ascii_lowercase: "51 56 44 56 44 38 51 56 28 31 54 28 84 56 50 56 55 39 39 39 56 54 73 54 54 44",
        ascii_uppercase: "75 71 72 76 68 65 78 75 36 51 78 62 92 75 78 68 78 76 56 72 75 76 104 75 77 61",
    },
    "bold": BOLD_GREEK
    | {
        ascii_lowercase: "58 64 51 64 53 46 59 64 32 35 61 32 96 64 57 64 63 47 45 45 64 61 83 61 61 51",
        ascii_uppercase: "87 82 83 88 76 72 90 90 44 59 90 69 109 90 86 79 86 89 64 80 88 87 119 87 88 70",
    },
    "bold-italic": BOLD_GREEK
    | {
        ascii_lowercase: "63 52 51 61 55 68 58 67 40 53 62 36 103 71 58 60 58 56 53 42 68 60 86 66 63 60",
        ascii_uppercase: "87 91 89 97 86 85 89 106 59 73 104 76 126 106 87 88 87 88 75 80 91 93 125 102 93 84",
    },
    "calligraphic": {
        ascii_uppercase: "80 69 58 80 62 82 65 85 62 86 78 69 120 97 82 78 82 85 68 80 73 70 107 86 75 80"
    },
    "blackboard": {ascii_uppercase: "72 67 72 72 67 61 78 78 39 50 78 67 94 72 78 61 78 72 56 67 72 72 100 72 72 67"},
    "sans": {
        ascii_lowercase: "48 52 44 52 44 37 51 52 24 27 50 24 79 52 50 52 52 35 39 36 52 47 70 49 47 43",
        ascii_uppercase: "67 67 64 72 60 57 67 71 28 47 69 54 87 71 74 64 74 65 56 68 69 68 96 68 69 61",
    },
}
LETTERS = {
    style: {
        letter: int(wide) / 100
        for letters, widths in groups.items()
        for letter, wide in zip(letters, widths.split(), strict=True)
    }
    for style, groups in MEASURED.items()
}
OTHER_LETTER, OTHER_SIGN = 0.6, 0.78
# Signs that are not as wide as a plus; a bracket is one of two.
SIGNS = {
    **dict.fromkeys(",.;:|!", 0.28), **dict.fromkeys("⋅′⋮", 0.28), **dict.fromkeys("∘∗/‖⁄{}", 0.5),
    **dict.fromkeys("([])⌊⌋⌈⌉", 0.39), **dict.fromkeys("→↦←≔≪≫∞", 1.0), **dict.fromkeys("⟹⟺", 1.62),
    **dict.fromkeys("⋯…⋱", 1.17), "∂": 0.59, "∇": 0.83, "∈": 0.67, "∑": 1.48, "∏": 1.34, "∫": 1.08,
    "\u2061": 0.0, "\u2062": 0.0, "": 0.0,
}  # fmt: skip
AROUND = {"binary": 4 / 9, "relation": 5 / 9, "punctuation": 1 / 6}  # the room that signs have in a line
THIN = 1 / 6
# Brackets as high as a line, around what is high, and around rows; in a line, those two have room beside them.
TALL = {"(": 0.75, ")": 0.75, "[": 0.55, "]": 0.55, "|": 0.31, "‖": 0.51, "": 0.11, "{": 0.75, "}": 0.75}
OTHER_TALL = 0.74
CASES = 0.95  # the brace of cases, with the room before them
COLUMN, CASE = 0.91, 1.0  # between two columns
SMALLEST_BRACE = 1.65  # its two ends and its point
BAR, ROOT, AFTER_SCRIPT = 0.22, 0.85, 0.05
# Letters of a line, of a fraction in it, of an index, and of what is smaller.
SIZES = (1.0, 1.0, 0.77, 0.64)
INDEX = 2
SIMPLE = (Letter, Operator, Numeral, Space)  # worked out in less time than remembered


@remembered_of
def width(box: Box) -> float:
    """About how wide the box is in a display, in em; a page asks of most of its formulas more than once."""
    return _width(box, 0)


def width_of(boxes: tuple[Box, ...]) -> float:
    """How wide boxes are side by side."""
    # Broken lines and whole ones are made of the same parts.
    return sum([_width(box, 0) if isinstance(box, SIMPLE) else width(box) for box in boxes]) + _gaps(boxes)


def _width(box: Box, level: int) -> float:
    match box:
        case Letter(letter=letter, style=style):
            return SIZES[level] * LETTERS[style].get(letter, OTHER_LETTER)
        case Word(text=text, bold=bold):
            upright = LETTERS["bold" if bold else "upright"]
            return SIZES[level] * sum(upright.get(letter, 0.5) for letter in text)
        case Numeral(digits=digits):
            return SIZES[level] * sum(0.5 if digit.isdigit() else 0.28 for digit in digits)
        case Operator(sign=sign, kind=kind):
            return SIZES[level] * SIGNS.get(sign, OTHER_SIGN) + (AROUND.get(kind, 0) if level < INDEX else 0)
        case Space(width=space):
            return SIZES[level] * space
        case Row(boxes=boxes) if level:
            return sum([_width(part, level) for part in boxes]) + (_gaps(boxes) if level < INDEX else 0)
        case Row(boxes=boxes):
            return width_of(boxes)
        case Accent(base=body) | Marked(body=body):
            return _width(body, level)
        case Root(body=body):
            return _width(body, level) + ROOT * SIZES[level]
        case Fenced(left=left, body=body, right=right):
            # What is high in a display is lower within a fraction.
            brackets = _brackets(left, right, is_high=is_tall(body)) * (0.85 if level and is_tall(body) else 1)
            return _width(body, level) + SIZES[level] * brackets
        case Fraction() | Script() | Grid() | Brace():
            return _width_of_parts(box, level)
    assert_never(box)


def _width_of_parts(box: Fraction | Script | Grid | Brace, level: int) -> float:
    """How wide a box is whose parts stand above each other or have a size of their own."""
    match box:
        case Fraction(numerator=upper, denominator=lower):
            smaller = INDEX if is_numeric_fraction(box) else min(level + 1, 3)
            return max(_width(upper, smaller), _width(lower, smaller)) + BAR
        case Script(base=base, below=below, above=above):
            smaller = min(max(level + 1, INDEX), 3)
            scripts = max(_width(below or EMPTY, smaller), _width(above or EMPTY, smaller))
            wide = _width(base, level)
            is_limit = box.intent == "limits" or (isinstance(base, Operator) and base.kind == "large" and level == 0)
            return max(wide, scripts) if is_limit else wide + scripts + AFTER_SCRIPT
        case Grid(rows=rows, left=left, right=right):
            columns = [max(_width(entry, 0) for entry in column) for column in zip(*rows, strict=False)]
            is_cases = left == "{" and not right
            between = (CASE if is_cases else COLUMN) * (len(columns) - 1)
            return sum(columns) + between + (CASES if is_cases else _around_grid(left, right, len(rows)))
        case Brace(body=body, label=label):
            return max(_width(body, level), _width(label, INDEX), SMALLEST_BRACE)
    assert_never(box)


def _brackets(left: str, right: str, *, is_high: bool) -> float:
    if is_high:
        return TALL.get(left, OTHER_TALL) + TALL.get(right, OTHER_TALL)
    return SIGNS.get(left, 0.39) + SIGNS.get(right, 0.39)


def _around_grid(left: str, right: str, rows: int) -> float:
    if not left and not right:
        return 0
    return _brackets(left, right, is_high=True) * (0.8 if rows == 1 else 1.1)


def _gaps(boxes: tuple[Box, ...]) -> float:
    """The room that names and high brackets have beside what has none of its own."""
    visible = (box for box in boxes if not is_times(box))
    return THIN * sum(_part(_end(left, -1), _end(right, 0)) for left, right in pairwise(visible))


def _end(box: Box, which: int) -> Box:
    """What stands at the first or the last place of what a mark goes over."""
    if not isinstance(box, Marked):
        return box
    return _end(box.body.boxes[which] if isinstance(box.body, Row) else box.body, which)


def _part(left: Box, right: Box) -> bool:
    if is_apply(left):
        return not isinstance(right, Fenced)
    if _keeps_room(left) or _keeps_room(right):
        return False
    if _is_name(left):
        return not isinstance(right, Fenced) or _is_high(right)
    return _is_name(right) or _is_high(left) or _is_high(right)


def _keeps_room(box: Box) -> bool:
    return isinstance(box, Space) or (isinstance(box, Operator) and box.kind != "ordinary")


def _is_name(box: Box) -> bool:
    match box:
        case Word(is_operator=is_operator):
            return is_operator
        case Script(base=base):
            return _is_name(base)
        case _:
            return False


def _is_high(box: Box) -> bool:
    return isinstance(box, Fenced) and is_tall(box.body)
