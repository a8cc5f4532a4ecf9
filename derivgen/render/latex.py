"""Words and formulas in LaTeX, for pdfTeX with the T1 encoding."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from pylatex import NoEscape

from derivgen.printing import latex
from derivgen.printing.boxes import EMPTY, Box
from derivgen.printing.lines import LIMIT, Aligned, scale
from derivgen.render.latexdrawing import picture
from derivgen.render.writer import Column, Writer, is_short, stays_whole

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "`": r"\textasciigrave{}",
    '"': r"\textquotedbl{}",
    "\u00a0": "~",
    "\u00ad": r"\-",
    "\u200b": r"\allowbreak{}",
}
# Signs of mathematics that stand in plain words, such as "n × 1" or "⊤".
SIGNS = {
    "−": "-", "×": r"\times", "÷": r"\div", "±": r"\pm", "·": r"\cdot", "→": r"\to", "←": r"\leftarrow",
    "↦": r"\mapsto", "⟹": r"\Longrightarrow", "⇒": r"\Rightarrow", "⟺": r"\Longleftrightarrow", "≠": r"\neq",
    "≤": r"\leq", "≥": r"\geq", "≈": r"\approx", "≡": r"\equiv", "∈": r"\in", "∂": r"\partial", "∇": r"\nabla",
    "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∞": r"\infty", "√": r"\surd", "⊙": r"\odot", "⊗": r"\otimes",
    "⊕": r"\oplus", "⊤": r"\top", "⊥": r"\bot", "‖": r"\Vert", "∘": r"\circ", "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}",
    "⋯": r"\cdots", "⋮": r"\vdots", "⋱": r"\ddots", "∀": r"\forall", "∃": r"\exists", "⊂": r"\subset", "∪": r"\cup",
    "∩": r"\cap", "∅": r"\emptyset", "∝": r"\propto", "∼": r"\sim", "≪": r"\ll", "≫": r"\gg", "′": "{}'",
}  # fmt: skip
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρςστυφχψωΓΔΘΛΞΠΣΥΦΨΩϑϕϵ",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "varepsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "pi",
            "rho",
            "varsigma",
            "sigma",
            "tau",
            "upsilon",
            "varphi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Sigma",
            "Upsilon",
            "Phi",
            "Psi",
            "Omega",
            "vartheta",
            "phi",
            "epsilon",
        ],
        strict=True,
    )
)
# What the T1 and TS1 encodings of LaTeX's kernel hold beyond ASCII (t1enc.dfu, ts1enc.dfu).
T1 = frozenset(
    [
        chr(code)
        for code in range(0xA1, 0x180)
        if code not in (0x126, 0x127, 0x138, 0x13F, 0x140, 0x149, 0x166, 0x167, 0x17F)
    ]
) | frozenset("ȘșȚțȲȳ‐–—‘’‚“”„†‡•…‰‹›€™№")
# A long address is no word that can be hyphenated: it is broken after its signs.
LONG_WORD = re.compile(r"(?<!\S)\S*//\S{20,}")
BREAKS = re.compile(r"(?<=[/?&=._])(?=\w)")
LIGATURES = re.compile(r"([-<>,'?!])(?=\1)")
# Most letters of a source are none of these.
NOT_PLAIN = re.compile(r"[^\n\t -~]")
MISSING = r"\missingletter{"


def words(text: str) -> NoEscape:
    """Plain words; a letter that T1 lacks is shown by its code point in a box."""
    composed = LONG_WORD.sub(lambda hit: BREAKS.sub("\u200b", hit.group()), unicodedata.normalize("NFC", text))
    # "--" would become a dash and "<<" a quotation mark: the words stay as typed.
    return NoEscape(LIGATURES.sub(r"\1{}", "".join(map(_letter, composed))))


@cache
def _letter(letter: str) -> str:
    if letter in SPECIAL:
        return SPECIAL[letter]
    if letter in GREEK:
        return rf"\(\{GREEK[letter]}\)"
    if letter in SIGNS:
        return rf"\({SIGNS[letter]}\)"
    if letter.isspace():
        return " "
    if " " <= letter <= "~" or letter in T1:
        return letter
    return f"{MISSING}{ord(letter):04X}}}" if letter.isprintable() else ""


def strong(marked: str) -> NoEscape:
    """Bold words."""
    return NoEscape(rf"\textbf{{{marked}}}")


def emphasis(marked: str) -> NoEscape:
    """Italic words."""
    return NoEscape(rf"\emph{{{marked}}}")


def code(source: str) -> NoEscape:
    """Code within a line; short code is not broken at its signs."""
    made = rf"\texttt{{{words(source)}}}"
    return NoEscape(rf"\mbox{{{made}}}" if is_short(source) else made)


def link(marked: str, address: str) -> NoEscape:
    """Words that lead to an address of the web or to an anchor of this document; other pages are not on paper."""
    if address.startswith("#"):
        return NoEscape(rf"\hyperlink{{{_anchor(address[1:])}}}{{{marked}}}")
    if not address.startswith(("https://", "http://", "mailto:")):
        return NoEscape(marked)
    return NoEscape(rf"\href{{{_address(address)}}}{{{marked}}}")


def _anchor(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", name)


def _address(address: str) -> str:
    # Within \href only these are special; braces and backslashes are not legal in an address and are quoted.
    quoted = re.sub(r"[^\x21-\x7e]|[\\{}^`\"<>|]", lambda hit: _quoted(hit.group()), address)
    return re.sub(r"([%#&_$~])", r"\\\1", quoted).replace(r"\~", "~").replace(r"\_", "_").replace(r"\$", "$")


def _quoted(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())


def join(parts: Iterable[str]) -> NoEscape:
    """Pieces one after the other."""
    return NoEscape("".join(parts))


# For a line that cannot be broken so that it fits: letters of 10, 9 and 8 points on a page of 11.
SIZES = {1.0: "", 0.9: r"\small", 0.8: r"\footnotesize", 0.7: r"\scriptsize"}


def listing(source: str, language: str) -> NoEscape:  # noqa: ARG001  # the same look for every language
    """A program listing, line by line; long lines are broken between words, pages at empty lines."""
    lines = [words(line).replace("  ", r"~~") or "~" for line in source.rstrip("\n").split("\n")]
    ends = ["" if line == "~" else r"\nobreak" for line in lines[:-1]]
    said = "\n".join(f"\\codeline{{{line}}}{end}" for line, end in zip(lines, [*ends, ""], strict=True))
    return NoEscape(f"\\begin{{listing}}\n{said}\n\\end{{listing}}")


def formula(box: Box, spoken: str) -> NoEscape:  # noqa: ARG001  # pdfTeX of this age cannot tag a formula
    """A formula within a line."""
    made = latex.latex(box)
    # In braces TeX breaks no formula.
    return NoEscape(rf"\({{{made}}}\)" if stays_whole(box) else rf"\({made}\)")


def in_cell(rows: Aligned, spoken: str) -> NoEscape:  # noqa: ARG001
    """A formula in a cell of a table, set as large as a display."""
    return NoEscape(rf"\(\displaystyle {latex.display(rows)}\)")


def display(rows: Aligned, spoken: str, tag: str, column: Column | None = None) -> NoEscape:  # noqa: ARG001
    """A displayed formula with its shape at the margin."""
    shape = f"\n\\tag*{{\\shape{{{tag}}}}}" if tag else ""
    smaller = SIZES[scale(rows)]
    shown = _measured(column) + "\\[\n" + _room_before(column) + latex.display(rows) + shape + "\n\\]"
    return NoEscape(f"{{{smaller}\n{shown}}}%" if smaller else shown)


def _measured(column: Column | None) -> str:
    """The left sides of a column, measured before its first line."""
    if column is None or not column.is_first or len(column.lefts) == 1:
        return ""
    return "\\leftsides{" + r" \\ ".join(rf"\displaystyle {latex.latex(left)}" for left in column.lefts) + "}%\n"


def _room_before(column: Column | None) -> str:
    is_shifted = column is not None and column.own != EMPTY and len(column.lefts) > 1
    return rf"\uptorelation{{{latex.latex(column.own)}}}" if column is not None and is_shifted else ""


def guarded(source: str) -> str:
    """The source with every letter that T1 lacks replaced by its code point in a box."""
    return NOT_PLAIN.sub(lambda hit: hit.group() if hit.group() in T1 else _letter(hit.group()), source)


WRITER = Writer(
    words=words,
    strong=strong,
    emphasis=emphasis,
    code=code,
    listing=listing,
    link=link,
    join=join,
    formula=formula,
    in_cell=in_cell,
    display=display,
    picture=picture,
    limit=LIMIT,
    cell_limit=14.0,
    answer_limit=LIMIT,
)
