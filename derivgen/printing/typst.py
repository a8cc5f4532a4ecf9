"""Boxes as Typst's mathematics; words and letters of a user go in as strings, never as markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from derivgen.printing.boxes import (
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
    beside,
    holds_fraction,
    holds_transpose,
    is_numeric_fraction,
    is_tall,
    starts_with_function,
)
from derivgen.printing.lines import Aligned

# Signs that stand for themselves in Typst's mathematics; all others go in as strings with a class.
SIGNS = frozenset("+−=<>≤≥≠≈≡∼∝∈∉→↦⇒⟹⇔⟺←⋅×⊙⊗⊘∘±∓∂∇∞∑∏∫⋯…⋮⋱⊤∅∀∃⊂⊆∪∩∗⟂≻⪰≺⪯≅≃⊕∧∨¬†≪≫")
NAMED_SIGNS = {
    "-": "−", "′": "prime", "\u2062": "", "\u2061": "", "!": "excl", "?": "quest", ".": "dot.basic", ":": "colon",
    "/": "slash", ",": "comma", ";": "semi", "%": "percent", "&": "amp", "#": "hash", "$": "dollar",
}  # fmt: skip
CLASSES = {"binary": "binary", "relation": "relation", "prefix": "unary", "punctuation": "punctuation",
           "large": "large", "ordinary": "normal", "invisible": "normal"}  # fmt: skip
STYLES: dict[Style, str] = {
    "italic": "{}",
    "upright": "upright({})",
    "bold": "bold(upright({}))",
    "bold-italic": "bold(italic({}))",
    "calligraphic": "cal({})",
    "blackboard": "bb({})",
    "sans": "sans(upright({}))",
}
TEXT_STYLES: dict[Style, str] = {
    "italic": "#math.italic({})",
    "upright": "#math.upright({})",
    "bold": "#math.bold(math.upright({}))",
    "bold-italic": "#math.bold(math.italic({}))",
    "calligraphic": "#math.cal({})",
    "blackboard": "#math.bb({})",
    "sans": "#math.sans(math.upright({}))",
}
DELIMITERS = {"(": "paren.l", ")": "paren.r", "[": "bracket.l", "]": "bracket.r", "|": "bar.v", "‖": "bar.v.double",
              "{": "brace.l", "}": "brace.r", "⟨": "chevron.l", "⟩": "chevron.r", "⌊": "floor.l", "⌋": "floor.r",
              "⌈": "ceil.l", "⌉": "ceil.r"}  # fmt: skip
ACCENTS = {"hat": "hat", "bar": "macron", "tilde": "tilde", "vec": "arrow", "dot": "dot"}


# Room under the bar of a fraction, which would touch the ⊤ of its denominator.
BELOW_BAR = "#box(width: 0pt, height: 0.95em)"


def typst(box: Box) -> str:
    """The box as the inside of $...$."""
    if isinstance(box, Grid) and box.align == "equations":
        return _lines(box.rows)
    return _typ(box)


def display(rows: Aligned) -> str:
    """Aligned rows as the inside of $ ... $."""
    if len(rows) == 1:
        return typst(beside(*rows[0]))
    return _lines(rows)


def _lines(rows: tuple[tuple[Box, ...], ...]) -> str:
    return " \\\n".join(" & ".join(map(_typ, row)) for row in rows)


def quoted(text: str) -> str:
    """A string of Typst's."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _typ(box: Box) -> str:
    match box:
        case Letter():
            return _letter(box)
        case Word():
            return _word(box)
        case Numeral(digits=digits):
            return quoted(digits)
        case Operator():
            return _operator(box)
        case Space(width=width):
            return f"#h({width:.4g}em)"
        case Row(boxes=boxes):
            return _joined(_room(boxes[:place], part) + _typ(part) for place, part in enumerate(boxes))
        case Fraction(numerator=upper, denominator=lower):
            fraction = f"frac({_argument(upper)}, {_argument(lower)}{BELOW_BAR if holds_transpose(lower) else ''})"
            return f"inline({fraction})" if is_numeric_fraction(box) else fraction
        case Script():
            return _script(box)
        case Accent(kind=kind, base=base):
            return f"accent({_argument(base)}, {ACCENTS[kind]})"
        case Fenced():
            return _fenced(box)
        case Root(body=body):
            return f"sqrt({_argument(body)})"
        case Grid():
            return _grid(box)
        case Brace(body=body, label=label):
            return f"underbrace({_argument(body)}, {_argument(label)})"
        case Marked(body=body, kind=kind):
            return f"{kind}({_argument(body)})"
    assert_never(box)


def _joined(parts: Iterable[str]) -> str:
    # A space beside a string is set as a space, so strings stand close to their neighbours.
    text = ""
    close = True
    for part in filter(None, parts):
        is_text = part.startswith("#math.")
        text += part if close or is_text else f" {part}"
        close = is_text
    return text


def _room(before: tuple[Box, ...], part: Box) -> str:
    # With a script op(...) is no operator to Typst any more, and gets no space before it.
    holds_transpose_call = isinstance(part, Script) and isinstance(part.base, Row) and starts_with_function(part)
    match before:
        case (*_, Operator(kind="ordinary" | "invisible") | Letter() | Script() | Fenced() | Numeral()):
            return "thin " if holds_transpose_call else ""
        case _:
            return ""


def _argument(box: Box) -> str:
    # An argument must not be empty, or the ones behind it would move up.
    return _typ(box) or '""'


def _letter(box: Letter) -> str:
    style = box.style
    if style == "bold" and "α" <= box.letter <= "ϵ":
        style = "bold-italic"  # as TeX has bold Greek letters
    if _is_plain(box.letter):
        return STYLES[style].format(box.letter)
    if box.letter.isascii() and box.letter.isdigit():
        return STYLES[style].format(quoted(box.letter))
    return TEXT_STYLES[style].format(quoted(box.letter))


def _is_plain(letter: str) -> bool:
    return len(letter) == 1 and letter.isalpha() and (letter.isascii() or "Α" <= letter <= "ϵ" or letter == "ℓ")


def _word(box: Word) -> str:
    text = quoted(box.text)
    if box.is_operator:
        return f"op({text})"
    return TEXT_STYLES["bold" if box.bold else "upright"].format(text)


def _operator(box: Operator) -> str:
    sign = box.sign if box.sign in SIGNS else NAMED_SIGNS.get(box.sign, DELIMITERS.get(box.sign))
    if sign is None:
        return f'#math.class("{CLASSES[box.kind]}", {quoted(box.sign)})'
    kind = "opening" if box.sign in "([{" else "closing" if box.sign in ")]}" else CLASSES[box.kind]
    return sign if not sign or box.kind == "large" else f'class("{kind}", {sign})'


def _script(box: Script) -> str:
    base = _argument(box.base)
    if box.intent == "limits":
        base = f"limits({base})"
    above = "" if box.above is None else f", t: {_argument(box.above)}"
    below = "" if box.below is None else f", b: {_argument(box.below)}"
    return f"attach({base}{above}{below})"


def _delimiter(sign: str) -> str:
    return DELIMITERS.get(sign, quoted(sign))


def _fenced(box: Fenced) -> str:
    left = f'class("opening", {_delimiter(box.left)})' if box.left else ""
    right = f'class("closing", {_delimiter(box.right)})' if box.right else ""
    inside = _joined((left, _typ(box.body), right))
    return f"lr({inside})" if is_tall(box.body) else inside


def _grid(grid: Grid) -> str:
    # The space before a separator: a semicolon right behind a string would belong to the string.
    rows = " ; ".join(" , ".join(map(_cell, row)) for row in grid.rows)
    delimiters = ", ".join(quoted(sign) if sign else "none" for sign in (grid.left, grid.right))
    delim = f"#({delimiters})" if grid.left or grid.right else "#none"
    gap = "row-gap: #0.6em, " if any(holds_fraction(entry) for row in grid.rows for entry in row) else ""
    align = {"center": "", "left": "align: #left, column-gap: #1em, ", "equations": "align: #left, "}[grid.align]
    # In running text Typst would set a matrix in script size.
    return f"display(mat(delim: {delim}, {align}{gap}{rows}))"


def _cell(entry: Box) -> str:
    body = _argument(entry)
    return f"display({body})" if holds_fraction(entry) else body
