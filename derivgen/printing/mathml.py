"""Boxes as MathML Core: a complete <math> element that needs no script."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import assert_never

from derivgen.expr.memory import remembered
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
    OperatorKind,
    Root,
    Row,
    Script,
    Space,
    Style,
    Word,
    beside,
    holds_fraction,
    is_apply,
    is_numeric_fraction,
    is_tall,
    starts_with_function,
)
from derivgen.printing.joining import is_implied
from derivgen.printing.lines import Aligned

# Unicode's names of the mathematical alphabets; mathvariant is ignored by browsers, except "normal".
ALPHABETS: dict[Style, str] = {
    "bold": "MATHEMATICAL BOLD",
    "bold-italic": "MATHEMATICAL BOLD ITALIC",
    "calligraphic": "MATHEMATICAL SCRIPT",
    "blackboard": "MATHEMATICAL DOUBLE-STRUCK",
    "sans": "MATHEMATICAL SANS-SERIF",
}
# Letters that Unicode had before the mathematical alphabets came.
EARLIER = {
    "calligraphic": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "blackboard": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
}
DIGITS = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")
SYMBOLS = {"ϵ": "EPSILON SYMBOL", "ϑ": "THETA SYMBOL", "ϕ": "PHI SYMBOL", "∂": "PARTIAL DIFFERENTIAL", "∇": "NABLA"}
IDENTIFIERS = ("∂", "∇", "∞", "∅", "⋮", "⋯", "⋱", "…")
ACCENT_SIGNS = {"hat": "ˆ", "bar": "¯", "tilde": "~", "vec": "→", "dot": "˙"}
LIMITED = (Operator("∑", "large"), Operator("∏", "large"))
INTENTS = {
    "transpose": "transpose($base)",
    "inverse": "inverse($base)",
    "inverse-transpose": "transpose(inverse($base))",
}


_RELATION = '<mo form="infix" lspace="0.2778em" rspace="0.2778em" stretchy="false">'
_BINARY = '<mo form="infix" lspace="0.2222em" rspace="0.2222em" largeop="false">'
NAME = re.compile(r"^<(\w+)")
NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'


def mathml(box: Box, *, display: bool, alttext: str = "", tex: str = "") -> str:
    """The box as a <math> element; `tex` goes where a copy button finds it."""
    return _math(_items(box), display=display, alttext=alttext, tex=tex)


def display(rows: Aligned, *, alttext: str = "", tex: str = "") -> str:
    """Aligned rows as a displayed <math> element.

    Browsers take the alignment from the page's style: odd cells of `mtable.equations` right, even ones left.
    """
    if len(rows) == 1:
        return mathml(beside(*rows[0]), display=True, alttext=alttext, tex=tex)
    body = "".join(f"<mtr><mtd>{_items(left)}</mtd><mtd>{_items(right)}</mtd></mtr>" for left, right in rows)
    return _math(_EQUATIONS.format("equations", body), display=True, alttext=alttext, tex=tex)


def joined(groups: tuple[Aligned, ...], classes: tuple[str, ...], *, alttext: str) -> str:
    """Groups of rows below each other as a displayed <math> element.

    The style of a page joins the rows of a group on one line where its class says that there is room: it leaves out
    the room before rows, and keeps some before a row of the class `then`.
    """
    tables = [_rows_to_join(rows, kind) for rows, kind in zip(groups, classes, strict=True)]
    body = "".join(f"<mtr><mtd>{table}</mtd></mtr>" for table in tables)
    groups_below = f'<mtable class="groups" displaystyle="true" columnalign="left">{body}</mtable>'
    return _math(tables[0] if len(tables) == 1 else groups_below, display=True, alttext=alttext, tex="")


_EQUATIONS = '<mtable class="{}" displaystyle="true" columnalign="right left">{}</mtable>'


def _rows_to_join(rows: Aligned, kind: str) -> str:
    marks = ["", *(' class="then"' if is_implied(row) else "" for row in rows[1:])]
    body = "".join(
        f"<mtr{mark}><mtd>{_items(left)}</mtd><mtd>{_items(right)}</mtd></mtr>"
        for mark, (left, right) in zip(marks, rows, strict=True)
    )
    return _EQUATIONS.format(f"equations {kind}" if len(rows) > 1 else "equations", body)


def _math(body: str, *, display: bool, alttext: str, tex: str) -> str:
    marks = ' display="block"' if display else ""
    if alttext:
        marks += f' alttext="{escape(alttext)}"'
    if tex:
        marks += f' data-tex="{escape(tex)}"'
    return f"<math{NAMESPACE}{marks}>{body}</math>"


def _items(box: Box) -> str:
    # The children of a row. Brackets need a row of their own only where they grow with what is inside.
    boxes = box.boxes if isinstance(box, Row) else (box,)
    parts = []
    for place, part in enumerate(boxes):
        before = boxes[place - 1] if place else None
        if _needs_room(before, part):
            parts.append(_space(1 / 6))
        parts.append(_brackets(part) if isinstance(part, Fenced) and _is_flat(part) else _element(part))
    return "".join(parts)


def _needs_room(before: Box | None, part: Box) -> bool:
    # TeX sets a thin space around names of functions; MathML leaves it to us.
    if before is None or isinstance(before, Space):
        return False
    if is_apply(before):
        return not isinstance(part, Fenced)
    if starts_with_function(part):
        is_letter = isinstance(before, Operator) and before.sign in (")", *IDENTIFIERS)
        return is_letter or not isinstance(before, Operator) or before.kind == "invisible"
    return _is_function(before) and not isinstance(part, Operator | Fenced | Space)


def _is_function(box: Box) -> bool:
    core = box.base if isinstance(box, Script) else box
    return isinstance(core, Word) and core.is_operator


def _element(box: Box) -> str:
    match box:
        case Letter():
            return _letter(box.letter, box.style)
        case Word(text=text, bold=bold):
            return _word(text, bold=bold, is_operator=box.is_operator)
        case Numeral(digits=digits):
            return f"<mn>{escape(digits)}</mn>"
        case Operator():
            return _operator(box.sign, box.kind)
        case Space(width=space):
            return _space(space)
        case Row():
            return f"<mrow>{_items(box)}</mrow>"
        case Fraction(numerator=upper, denominator=lower):
            fraction = f"<mfrac>{_element(upper)}{_element(lower)}</mfrac>"
            return f'<mstyle displaystyle="false">{fraction}</mstyle>' if is_numeric_fraction(box) else fraction
        case Script():
            return _script(box)
        case Accent(kind=kind, base=base):
            # Fonts draw this arrow as wide as a relation; above a letter it has the width of one.
            small = ' mathsize="60%"' if kind == "vec" else ""
            sign = f'<mo stretchy="false"{small}>{ACCENT_SIGNS[kind]}</mo>'
            return f'<mover accent="true">{_element(base)}{sign}</mover>'
        case Fenced():
            return _fenced(box)
        case Root(body=body):
            return f"<msqrt>{_items(body)}</msqrt>"
        case Grid():
            return _grid(box)
        case Brace(body=body, label=label):
            brace = f'<munder>{_element(body)}<mo stretchy="true">⏟</mo></munder>'
            return f"<munder>{brace}{_tight(label)}</munder>"
        case Marked(body=body, kind=kind):
            return f'<mrow class="{kind}">{_items(body)}</mrow>'
    assert_never(box)


@remembered
def _letter(letter: str, style: Style) -> str:
    styled = _styled(letter, style)
    if styled is not None:
        return f"<mi>{escape(styled)}</mi>"
    if style == "bold":
        return f'<mi mathvariant="normal" class="bold">{escape(letter)}</mi>'
    if style == "bold-italic":
        return f'<mi class="bold">{escape(letter)}</mi>'
    # Capital Greek letters stand upright, as TeX has them.
    if style != "italic" or _is_capital_greek(letter):
        return f'<mi mathvariant="normal">{escape(letter)}</mi>'
    return f"<mi>{escape(letter)}</mi>"


def _is_capital_greek(letter: str) -> bool:
    return "Α" <= letter <= "Ω"


def _styled(letter: str, style: Style) -> str | None:
    # Bold Greek letters are italic and capital ones upright, as TeX has them.
    if style in ("bold", "bold-italic") and ("α" <= letter <= "ω" or letter in SYMBOLS):
        style = "bold-italic"
    elif style == "bold-italic" and _is_capital_greek(letter):
        style = "bold"
    alphabet = ALPHABETS.get(style)
    if alphabet is None:
        return None
    earlier = EARLIER.get(style, {}).get(letter)
    if earlier is not None:
        return earlier
    if letter.isascii() and letter.isdigit():
        name = f"DIGIT {DIGITS[int(letter)]}"
    elif letter in SYMBOLS:
        name = SYMBOLS[letter]
    else:
        name = unicodedata.name(letter, "").replace("LATIN ", "").replace("GREEK ", "").replace(" LETTER", "")
    try:
        return unicodedata.lookup(f"{alphabet} {name}")
    except KeyError:
        return None


def _word(text: str, *, bold: bool, is_operator: bool) -> str:
    if is_operator:
        return f"<mi>{escape(text)}</mi>" if len(text) > 1 else f'<mi mathvariant="normal">{escape(text)}</mi>'
    if not text.isalnum():
        return f"<mtext>{escape(text).replace(' ', chr(0xA0))}</mtext>"
    letters = [_styled(letter, "bold") for letter in text] if bold else list(text)
    styled = "".join(letter or plain for letter, plain in zip(letters, text, strict=True))
    return f"<mi>{escape(styled)}</mi>"


@remembered
def _operator(written: str, kind: OperatorKind) -> str:
    sign = escape(written)
    match kind:
        case "ordinary":
            if written in IDENTIFIERS:
                return f"<mi>{sign}</mi>"
            return f'<mo form="prefix" lspace="0" rspace="0" stretchy="false">{sign}</mo>'
        case "prefix":
            return f'<mo form="prefix" lspace="0" rspace="0">{sign}</mo>'
        case "binary":
            return f"{_BINARY}{sign}</mo>"
        case "relation":
            return f"{_RELATION}{sign}</mo>"
        case "punctuation":
            return f'<mo separator="true" lspace="0" rspace="0.1667em">{sign}</mo>'
        case "large":
            return f"<mo>{sign}</mo>"
        case "invisible":
            return f"<mo>{sign}</mo>"
    assert_never(kind)


def _space(width: float) -> str:
    return f'<mspace width="{width:.4g}em"></mspace>'


def _script(box: Script) -> str:
    limits = box.intent == "limits" or (
        isinstance(box.base, Operator) and box.base.kind == "large" and box.base.sign != "∫"
    )
    meaning = INTENTS.get(box.intent, "")
    base = _element(box.base)
    intent = ""
    if meaning:
        base = NAME.sub(r'<\1 arg="base"', base)
        intent = f' intent="{meaning}"'
    below = _tight(box.below or EMPTY)
    above = _tight(box.above or EMPTY)
    if box.below is None:
        name, parts = ("mover" if limits else "msup"), base + above
    elif box.above is None:
        name, parts = ("munder" if limits else "msub"), base + below
    else:
        name, parts = ("munderover" if limits else "msubsup"), base + below + above
    return f"<{name}{intent}>{parts}</{name}>"


def _tight(script: Box) -> str:
    # TeX leaves the space around signs out in scripts.
    markup = _element(script).replace('space="0.2778em"', 'space="0"')
    return markup.replace('space="0.2222em"', 'space="0"').replace('rspace="0.1667em"', 'rspace="0"')


def _fenced(box: Fenced) -> str:
    if not box.intent:
        return f"<mrow>{_brackets(box)}</mrow>"
    inside = f'<mrow arg="body">{_items(box.body)}</mrow>'
    return f'<mrow intent="{escape(box.intent)}($body)">{_around(inside, box)}</mrow>'


def _is_flat(box: Fenced) -> bool:
    return not box.intent and not is_tall(box.body)


def _brackets(box: Fenced) -> str:
    return _around(_items(box.body), box)


def _around(inside: str, box: Fenced) -> str:
    stretchy = "" if is_tall(box.body) else ' stretchy="false"'
    left = f'<mo fence="true" form="prefix"{stretchy}>{escape(box.left)}</mo>' if box.left else ""
    right = f'<mo fence="true" form="postfix"{stretchy}>{escape(box.right)}</mo>' if box.right else ""
    return f"{left}{inside}{right}"


def _grid(grid: Grid) -> str:
    rows = "".join("<mtr>" + "".join(f"<mtd>{_items(entry)}</mtd>" for entry in row) + "</mtr>" for row in grid.rows)
    kind = {"center": "matrix", "left": "cases", "equations": "equations"}[grid.align]
    # Of fractions as large as in a display, in every cell: an older grammar of MathML knows it of tables alone.
    is_wide = grid.align == "equations" or any(holds_fraction(entry) for row in grid.rows for entry in row)
    wide = ' displaystyle="true"' if is_wide else ""
    alignment = {"center": "", "left": ' columnalign="left"', "equations": ' columnalign="right left"'}[grid.align]
    table = f'<mtable class="{kind}"{wide}{alignment}>{rows}</mtable>'
    left = f'<mo fence="true" form="prefix">{escape(grid.left)}</mo>' if grid.left else ""
    right = f'<mo fence="true" form="postfix">{escape(grid.right)}</mo>' if grid.right else ""
    return f"<mrow>{left}{table}{right}</mrow>"
