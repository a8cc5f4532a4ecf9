"""How a declared name is set: Greek letters, accents, subscripts, bold by shape."""

from __future__ import annotations

import re
from typing import Literal

from derivgen.expr.sizes import Shape
from derivgen.printing.boxes import Accent, Box, Fenced, Letter, Numeral, Operator, Role, Script, Style, Word, beside
from derivgen.printing.notation import Notation

GREEK: dict[str, str] = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "omicron": "ο", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Alpha": "Α", "Beta": "Β", "Gamma": "Γ", "Delta": "Δ", "Epsilon": "Ε",
    "Zeta": "Ζ", "Eta": "Η", "Theta": "Θ", "Iota": "Ι", "Kappa": "Κ", "Lambda": "Λ", "Mu": "Μ", "Nu": "Ν", "Xi": "Ξ",
    "Omicron": "Ο", "Pi": "Π", "Rho": "Ρ", "Sigma": "Σ", "Tau": "Τ", "Upsilon": "Υ", "Phi": "Φ", "Chi": "Χ",
    "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip

AccentKind = Literal["hat", "bar", "tilde", "vec", "dot"]
ACCENTS: tuple[AccentKind, ...] = ("hat", "bar", "tilde", "vec", "dot")


def name_box(name: str, shape: Shape, notation: Notation) -> Box:
    """A declared name as it is set for an array of this shape."""
    core, accents, subscripts = _taken_apart(name)
    accents = (*accents, "vec") if has_arrow(shape, notation) else accents
    return _dressed(core, accents, subscripts, style=array_style(shape, notation), role=role_of(shape))


def component_box(name: str, shape: Shape, indices: tuple[Box, ...], notation: Notation) -> Box:
    """An entry of a named array: an italic letter with its indices; of a name that has a subscript, (W_1)_{12}."""
    core, accents, subscripts = _taken_apart(name)
    if subscripts:
        from_name = name_box(name, shape, notation)
        return Script(_parenthesised(from_name), below=index_box(indices), intent="index")
    if notation.component == "lower" and len(indices) > 1 and len(_letter(core)) == 1:
        core = _letter(core).lower()
    return Script(_dressed(core, accents, (), style="italic", role="scalar"), below=index_box(indices), intent="index")


def role_of(shape: Shape) -> Role:
    """What a name of this shape stands for."""
    if shape.is_scalar:
        return "scalar"
    return "vector" if shape.is_column else "row" if shape.is_row else "matrix"


def index_box(indices: tuple[Box, ...]) -> Box:
    """Indices side by side, with commas where one is longer than a sign."""
    if all(_is_short(index) for index in indices):
        return beside(*indices)
    spaced: list[Box] = []
    for index in indices:
        spaced.extend((Operator(",", "punctuation"), index) if spaced else (index,))
    return beside(*spaced)


def _is_short(index: Box) -> bool:
    match index:
        case Numeral(digits=digits):
            return len(digits) == 1
        case Letter():
            return True
        case _:
            return False


def _parenthesised(box: Box) -> Box:
    return Fenced("(", box, ")")


def array_style(shape: Shape, notation: Notation) -> Style:
    """The style of a letter that stands for an array of this shape; that of an arrow is italic."""
    styles: dict[str, Style] = {"bold": "bold", "bold-italic": "bold-italic", "arrow": "italic", "plain": "italic"}
    if shape.is_scalar:
        return "italic"
    return styles[notation.vector if shape.is_column or shape.is_row else notation.matrix]


def has_arrow(shape: Shape, notation: Notation) -> bool:
    """Whether a letter that stands for an array of this shape carries an arrow."""
    return notation.vector == "arrow" and not shape.is_scalar and (shape.is_column or shape.is_row)


def _taken_apart(name: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    # W1, x_hat and theta_max become a core, accents and subscripts; what does not fit stays one word.
    core, *rest = name.split("_")
    if not core or "" in rest or not core[0].isalpha():
        return name, (), ()
    accents = []
    while rest and rest[0] in ACCENTS:
        accents.append(rest.pop(0))
    numbered = re.fullmatch(r"(.*[^\W\d])(\d+)", core)
    if numbered:
        core, digits = numbered[1], numbered[2]
        rest.insert(0, digits)
    return core, tuple(accents), tuple(rest)


def _letter(core: str) -> str:
    return GREEK.get(core, core)


def _dressed(core: str, accents: tuple[str, ...], subscripts: tuple[str, ...], *, style: Style, role: Role) -> Box:
    letter = _letter(core)
    box: Box = (
        Letter(letter, style, role)
        if len(letter) == 1
        else Word(letter, is_operator=False, bold=style.startswith("bold"), role=role)
    )
    for kind in ACCENTS:
        for _ in range(accents.count(kind)):
            box = Accent(kind, box)
    if not subscripts:
        return box
    below: list[Box] = []
    for part in subscripts:
        below.extend((Operator(",", "punctuation"), _subscript(part)) if below else (_subscript(part),))
    return Script(box, below=beside(*below), intent="index")


def _subscript(part: str) -> Box:
    if part.isascii() and part.isdigit():
        return Numeral(part)
    letter = _letter(part)
    return Letter(letter) if len(letter) == 1 else Word(letter, is_operator=False)
