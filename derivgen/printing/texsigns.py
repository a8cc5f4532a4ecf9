"""The commands of the LaTeX subset that prose may use, as tables."""

from __future__ import annotations

from typing import Literal

from derivgen.printing.boxes import OperatorKind, Style
from derivgen.printing.names import GREEK, AccentKind

LETTERS = {**GREEK, "ell": "ℓ"}

FUNCTIONS = (
    "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "cot", "sec", "csc", "coth", "log", "ln",
    "exp", "det", "max", "min", "dim", "arg", "ker", "lim", "sup", "inf", "gcd", "deg", "Pr",
)  # fmt: skip
LIMITED = ("max", "min", "lim", "sup", "inf", "det", "Pr")

BINARY = {
    "cdot": "⋅", "times": "×", "odot": "⊙", "otimes": "⊗", "oslash": "⊘", "circ": "∘", "pm": "±", "mp": "∓", "ast": "∗",
    "oplus": "⊕", "cup": "∪", "cap": "∩", "wedge": "∧", "vee": "∨", "land": "∧", "lor": "∨",
}  # fmt: skip

RELATIONS = {
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "in": "∈", "notin": "∉", "to": "→",
    "rightarrow": "→", "leftarrow": "←", "gets": "←", "mapsto": "↦", "Rightarrow": "⇒", "Longrightarrow": "⟹",
    "implies": "⟹", "Leftrightarrow": "⇔", "iff": "⟺", "approx": "≈", "equiv": "≡", "sim": "∼", "simeq": "≃",
    "cong": "≅", "propto": "∝", "subset": "⊂", "subseteq": "⊆", "ll": "≪", "gg": "≫", "mid": "|", "perp": "⟂",
    "succ": "≻", "succeq": "⪰", "prec": "≺", "preceq": "⪯",
}  # fmt: skip

LARGE = {"sum": "∑", "prod": "∏", "int": "∫"}

ORDINARY = {
    "partial": "∂", "nabla": "∇", "infty": "∞", "top": "⊤", "prime": "′", "cdots": "⋯", "ldots": "…", "dots": "…",
    "vdots": "⋮", "ddots": "⋱", "forall": "∀", "exists": "∃", "emptyset": "∅", "neg": "¬", "dagger": "†",
    "|": "‖", "Vert": "‖", "vert": "|", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "%": "%", "&": "&",
    "#": "#", "$": "$", "_": "_",
}  # fmt: skip

SPACES = {"quad": 1.0, "qquad": 2.0, ",": 1 / 6, ":": 2 / 9, ";": 5 / 18, "!": -1 / 6, " ": 2 / 9, ">": 2 / 9}

# Commands that only ask for a size, which the printers choose themselves.
SILENT = (
    "displaystyle", "textstyle", "limits", "nolimits", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr",
    "biggl", "biggr", "Biggl", "Biggr",
)  # fmt: skip

STYLES: dict[str, Style] = {
    "mathbf": "bold", "boldsymbol": "bold-italic", "mathbb": "blackboard", "mathcal": "calligraphic", "mathsf": "sans",
    "mathit": "italic",
}  # fmt: skip
WORDS = ("text", "mathrm", "textrm", "textbf")

ACCENTS: dict[str, AccentKind] = {
    "hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde", "widetilde": "tilde",
    "vec": "vec", "dot": "dot",
}  # fmt: skip

CLOSED_BY = {
    "lVert": "rVert", "lvert": "rvert", "langle": "rangle", "lfloor": "rfloor", "lceil": "rceil",
}  # fmt: skip

DELIMITERS = {
    "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", ".": "", "\\|": "‖", "\\{": "{", "\\}": "}",
    "\\lVert": "‖", "\\rVert": "‖", "\\lvert": "|", "\\rvert": "|", "\\Vert": "‖",
    "\\vert": "|", "\\langle": "⟨", "\\rangle": "⟩",
    "\\lfloor": "⌊", "\\rfloor": "⌋", "\\lceil": "⌈", "\\rceil": "⌉",
}  # fmt: skip

CHARACTERS: dict[str, tuple[str, OperatorKind]] = {
    "+": ("+", "binary"), "-": ("−", "binary"), "−": ("−", "binary"), "*": ("∗", "binary"), "=": ("=", "relation"),
    "<": ("<", "relation"), ">": (">", "relation"), ":": (":", "relation"), "/": ("/", "ordinary"),
    "!": ("!", "ordinary"), "?": ("?", "ordinary"), ".": (".", "ordinary"), "|": ("|", "ordinary"),
    ",": (",", "punctuation"),
    ";": (";", "punctuation"),
    "(": ("(", "ordinary"), ")": (")", "ordinary"), "[": ("[", "ordinary"), "]": ("]", "ordinary"),
}  # fmt: skip

ENVIRONMENTS: dict[str, tuple[str, str, Literal["center", "left", "equations"]]] = {
    "bmatrix": ("[", "]", "center"),
    "pmatrix": ("(", ")", "center"),
    "vmatrix": ("|", "|", "center"),
    "matrix": ("", "", "center"),
    "cases": ("{", "", "left"),
    "aligned": ("", "", "equations"),
}
