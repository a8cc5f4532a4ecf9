"""Boxes as LaTeX: amsmath, and nothing that needs another package."""

from __future__ import annotations

import re
from itertools import pairwise
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
    Word,
    holds_fraction,
    holds_small_fraction,
    is_numeric_fraction,
    is_tall,
)
from derivgen.printing.lines import Aligned
from derivgen.printing.names import GREEK
from derivgen.printing.texsigns import FUNCTIONS

LETTERS = {letter: "\\" + name for name, letter in GREEK.items()} | {
    capital: f"\\mathrm{{{latin}}}" for capital, latin in zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True)
} | {"ο": "o", "ı": "\\imath", "ℓ": "\\ell"}  # fmt: skip

SIGNS = {
    "−": "-", "⋅": "\\cdot", "×": "\\times", "⊙": "\\odot", "⊗": "\\otimes", "⊘": "\\oslash", "∘": "\\circ",
    "±": "\\pm", "∓": "\\mp", "≤": "\\le", "≥": "\\ge", "≠": "\\ne", "≈": "\\approx", "∈": "\\in", "∉": "\\notin",
    "→": "\\to",
    "↦": "\\mapsto", "⇒": "\\Rightarrow", "⟹": "\\Longrightarrow", "⇔": "\\Leftrightarrow", "⟺": "\\Longleftrightarrow",
    "←": "\\leftarrow", "∂": "\\partial", "∇": "\\nabla", "⊤": "\\top", "′": "\\prime", "∞": "\\infty", "∑": "\\sum",
    "∏": "\\prod", "∫": "\\int", "⋯": "\\cdots", "…": "\\ldots", "⋮": "\\vdots", "⋱": "\\ddots", "≡": "\\equiv",
    "∼": "\\sim", "∝": "\\propto", "∀": "\\forall", "∃": "\\exists", "⊂": "\\subset", "⊆": "\\subseteq", "∪": "\\cup",
    "∩": "\\cap", "≪": "\\ll", "≫": "\\gg", "≔": "\\coloneqq", "⟂": "\\perp", "|": "\\mid", "∗": "\\ast", "⁄": "/",
    "∅": "\\emptyset", "≻": "\\succ", "⪰": "\\succeq", "≺": "\\prec", "⪯": "\\preceq", "≅": "\\cong", "≃": "\\simeq",
    "‖": "\\Vert", "%": "\\%", "&": "\\&", "#": "\\#", "$": "\\$", "_": "\\_", "{": "\\{", "}": "\\}",
    "⊕": "\\oplus", "∧": "\\wedge", "∨": "\\vee", "¬": "\\neg", "≜": "\\triangleq",
    "†": "\\dagger", "\u2062": "", "\u2061": "",
}  # fmt: skip
PLAIN_SIGNS = frozenset("+-=<>/!:,;.()[]|*'?")

STYLES = {
    "upright": "\\mathrm", "bold": "\\mathbf", "bold-italic": "\\boldsymbol", "calligraphic": "\\mathcal",
    "blackboard": "\\mathbb", "sans": "\\mathsf",
}  # fmt: skip

TEXT_STYLES = {"italic": "\\textit", "bold": "\\textbf", "bold-italic": "\\textbf"}

SPACES = ((-1 / 6, "\\!"), (1 / 6, "\\,"), (2 / 9, "\\:"), (5 / 18, "\\;"), (1.0, "\\quad "), (2.0, "\\qquad "))

DELIMITERS = {"(": "(", ")": ")", "[": "[", "]": "]", "|": "\\{}vert", "‖": "\\{}Vert", "{": "\\{", "}": "\\}",
              "⟨": "\\langle", "⟩": "\\rangle", "⌊": "\\lfloor", "⌋": "\\rfloor", "⌈": "\\lceil", "⌉": "\\rceil",
              "/": "/"}  # fmt: skip


ESCAPES = {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"} | {
    sign: "\\" + sign for sign in "{}$&#_%"
}


def latex(box: Box) -> str:
    """The box as LaTeX for mathematical mode."""
    return _tex(box, False).strip()


def display(rows: Aligned) -> str:
    """Aligned rows as the inside of a displayed equation; a single row needs no alignment."""
    if len(rows) == 1:
        left, right = rows[0]
        return latex(Row((left, right)))
    lines = [f"{latex(left)} &{_with_space(latex(right))}" for left, right in rows]
    # A break with room where a row is tall: fractions of neighbouring rows would touch.
    tall = [is_tall(Row(row)) for row in rows]
    breaks = [" \\\\[4pt]\n" if before or after else " \\\\\n" for before, after in pairwise(tall)]
    return "\\begin{aligned}\n" + "".join(map("".join, zip(lines, [*breaks, "\n"], strict=True))) + "\\end{aligned}"


def escaped(text: str) -> str:
    """Words for LaTeX's text mode."""
    return "".join(ESCAPES.get(sign, sign) for sign in text)


def _with_space(text: str) -> str:
    return " " + text if text[:1].isalpha() else text


def _tex(box: Box, in_grid: bool) -> str:
    match box:
        case Letter():
            return _letter(box)
        case Word():
            return _word(box)
        case Numeral(digits=digits):
            return digits
        case Operator():
            return _operator(box)
        case Space(width=width):
            return next((name for size, name in SPACES if abs(size - width) < 0.01), f"\\hspace{{{width:g}em}}")
        case Row(boxes=boxes):
            return _row(boxes, in_grid)
        case Fraction(numerator=upper, denominator=lower):
            command = "\\tfrac" if is_numeric_fraction(box) else "\\dfrac" if in_grid else "\\frac"
            return f"{command}{{{_inner(upper)}}}{{{_inner(lower)}}}"
        case Script():
            return _script(box, in_grid)
        case Accent(kind=kind, base=base):
            return f"\\{kind}{{{_inner(base)}}}"
        case Fenced():
            return _fenced(box, in_grid)
        case Root(body=body):
            return f"\\sqrt{{{_inner(body)}}}"
        case Grid():
            return _grid(box)
        case Brace(body=body, label=label):
            # A brace alone is an operator to TeX, after which a plus sign stands without its room.
            return f"{{\\underbrace{{{_tex(body, in_grid).strip()}}}_{{{_inner(label)}}}}}"
        case Marked(body=body, kind=kind):
            return f"{_space_before(body)}\\{kind}{{{_between_signs(body)}}}"
    assert_never(box)


def _between_signs(body: Box) -> str:
    # A sign at the end of a mark keeps its space only where something stands on its other side.
    boxes = body.boxes if isinstance(body, Row) else (body,)
    start, end = ("{}" if isinstance(box, Operator) and box.kind == "binary" else "" for box in (boxes[0], boxes[-1]))
    return f"{start}{_inner(body)}{end}"


def _space_before(body: Box) -> str:
    # A name such as tr keeps its space at the start of a mark, which TeX takes for a letter: that of an empty name.
    return "\\mathop{}\\!" if _begins_with_name(body) else ""


def _begins_with_name(box: Box) -> bool:
    match box:
        case Word(is_operator=is_operator):
            return is_operator
        case Script(base=first) | Marked(body=first) | Row(boxes=(first, *_)):
            return _begins_with_name(first)
        case _:
            return False


def _inner(box: Box) -> str:
    return _tex(box, False).strip()


def _letter(box: Letter) -> str:
    known = LETTERS.get(box.letter)
    if known is None and not (box.letter.isascii() and box.letter.isalnum()):
        command = TEXT_STYLES.get(box.style, "\\text")
        return f"{command}{{{escaped(box.letter)}}}"
    letter = known or box.letter
    if box.style == "italic" or (box.style == "upright" and known):
        return letter
    style = "\\boldsymbol" if known and box.style == "bold" else STYLES[box.style]
    return f"{style}{{{letter}}}"


def _word(box: Word) -> str:
    if box.is_operator and box.text in FUNCTIONS:
        return "\\" + box.text
    if box.is_operator and box.text.isascii() and box.text.isalpha():
        return f"\\operatorname{{{box.text}}}"
    if box.text.isascii() and box.text.isalnum():
        return f"\\{'mathbf' if box.bold else 'mathrm'}{{{box.text}}}"
    words = f"\\text{{{escaped(box.text)}}}"
    return f"\\operatorname{{{words}}}" if box.is_operator else words


JOINING = frozenset("+−-=<>∗⋅×")  # signs that would join their neighbours, were they not in braces


def _operator(box: Operator) -> str:
    sign = SIGNS.get(box.sign)
    if box.sign == "|" and box.kind == "ordinary":
        sign = "|"
    if sign is None:
        sign = box.sign if box.sign in PLAIN_SIGNS else f"\\text{{{escaped(box.sign)}}}"
    match box.kind:
        case "binary" | "relation":
            return f" {sign} "
        case "punctuation":
            return f"{sign} "
        case "ordinary" if box.sign in JOINING:
            return f"{{{sign}}}"
        case _:
            return sign


def _row(boxes: tuple[Box, ...], in_grid: bool) -> str:
    text = ""
    for number, box in enumerate(boxes):
        part = _tex(box, in_grid)
        if (
            isinstance(box, Fenced)
            and is_tall(box.body)
            and number
            and boxes[number - 1] == Operator("\u2061", "invisible")
        ):
            part = "\\!" + part  # \left would put a space after the function's name
        text = _joined(text, part)
    return text


def _joined(text: str, part: str) -> str:
    if part[:1].isalpha() and re.search(r"\\[A-Za-z]+$", text):
        return f"{text} {part}"
    return text[:-1] + part if text.endswith(" ") and part.startswith(" ") else text + part


def _script(box: Script, in_grid: bool) -> str:
    base = _tex(box.base, in_grid)
    if isinstance(box.base, Script):
        base = f"{{{base}}}"
    limits = "\\limits" if box.intent == "limits" and not isinstance(box.base, Operator) else ""
    if limits and base.startswith("\\operatorname{"):
        base, limits = base.replace("\\operatorname", "\\operatorname*", 1), ""
    below = "" if box.below is None else "_" + _argument(box.below)
    if box.above == Operator("′", "ordinary"):
        return f"{base}{limits}{below}'"
    return base + limits + below + ("" if box.above is None else "^" + _argument(box.above))


def _argument(box: Box) -> str:
    text = _inner(box)
    return text if len(text) == 1 else f"{{{text}}}"


def _fenced(box: Fenced, in_grid: bool) -> str:
    body = _tex(box.body, in_grid).strip()
    if not box.left and not box.right:
        return f"{{{body}}}"
    left = DELIMITERS.get(box.left, "").replace("{}", "l")
    right = DELIMITERS.get(box.right, "").replace("{}", "r")
    if is_tall(box.body):
        return _joined(_joined(f"\\left{left or '.'}", body) + "\\right", right or ".")
    return _joined(_joined(left, body), right)


def _grid(grid: Grid) -> str:
    if grid.left == "{" and not grid.right:
        return f"\\begin{{cases}}{_rows(grid)}\\end{{cases}}"
    if grid.align == "equations":
        return f"\\begin{{aligned}}{_rows(grid)}\\end{{aligned}}"
    known = {
        ("[", "]"): "bmatrix",
        ("(", ")"): "pmatrix",
        ("", ""): "matrix",
        ("|", "|"): "vmatrix",
        ("‖", "‖"): "Vmatrix",
    }
    name = known.get((grid.left, grid.right))
    if name is not None:
        return f"\\begin{{{name}}}{_rows(grid)}\\end{{{name}}}"
    left = DELIMITERS.get(grid.left, ".").replace("{}", "l")
    right = DELIMITERS.get(grid.right, ".").replace("{}", "r")
    return f"\\left{left}\\begin{{matrix}}{_rows(grid)}\\end{{matrix}}\\right{right}"


def _rows(grid: Grid) -> str:
    text = ""
    for number, row in enumerate(grid.rows):
        if number:
            text += f" \\\\{_gap((*row, *grid.rows[number - 1]))} "
        text += " & ".join(_cell(_tex(entry, True)) for entry in row)
    return text


def _gap(neighbours: tuple[Box, ...]) -> str:
    """More room between two rows where fractions of them would touch: large ones, or those of numbers."""
    if any(map(holds_fraction, neighbours)):
        return "[8pt]"
    return "[4pt]" if any(map(holds_small_fraction, neighbours)) else ""


def _cell(text: str) -> str:
    # A bracket right after a row break would be read as its option.
    text = text.strip()
    return "{}" + text if text.startswith("[") else text
