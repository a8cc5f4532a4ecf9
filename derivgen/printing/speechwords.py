"""The words of spoken formulas, one table a language: nothing else in the speech printer is of a language."""

from __future__ import annotations

from collections.abc import Mapping

from derivgen.printing.names import GREEK
from derivgen.record import record


@record(eq=False)  # one for each language
class Table:
    """The words of a language.

    `phrases` are sentences with numbered gaps. `fractions`, `powers` and `orders` have words of their own;
    `roles` are the nouns that a name gets where it is first told; `symbols` stand for whole arrays.
    """

    phrases: Mapping[str, str]
    signs: Mapping[str, str]
    functions: Mapping[str, str]
    large: Mapping[str, str]
    letters: Mapping[str, str]
    accents: Mapping[str, str]
    roles: Mapping[str, str]
    symbols: Mapping[str, str]
    fractions: Mapping[tuple[str, str], str]
    powers: Mapping[str, str]
    orders: Mapping[str, str]


PHRASES = {
    "quantity": "the quantity {0}, end quantity,",
    "over": "{0} over {1}",
    "fraction": "the fraction with numerator {0}, and denominator {1}, end fraction",
    "root": "the square root of {0}",
    "long root": "the square root of {0}, end root",
    "sub": "{0} sub {1}",
    "long sub": "{0} sub {1}, end sub",
    "entry": "entry {1} of {0}",
    "transpose": "{0} transpose",
    "inverse": "{0} inverse",
    "inverse-transpose": "{0} inverse transpose",
    "transposed": "the transpose of {0}",
    "negative power": "{0} to the minus {1}",
    "power": "{0} to the power {1}",
    "long power": "{0} to the power {1}, end power",
    "each": "{0} {1} elementwise",
    "each power": "{0} to the elementwise power {1}",
    "long each power": "{0} to the elementwise power {1}, end power",
    "call": "{0} of {1}",
    "list": "the list {0}, end list",
    "and": ", and",
    "both": "and",
    "limits": "{0} from {1} to {2} of",
    "over set": "{0} over {1} of",
    "limit": "the limit as {0} approaches {1} of",
    "operator": "{0} of",
    "where": "where {0}, {1}, elsewhere {2}, end where",
    "norm": "the norm of {0}",
    "long norm": "the norm of {0}, end norm",
    "squared norm": "the squared norm of {0}",
    "long squared norm": "the squared norm of {0}, end norm",
    "norm of kind": "the {1} norm of {0}",
    "long norm of kind": "the {1} norm of {0}, end norm",
    "squared norm of kind": "the squared {1} norm of {0}",
    "long squared norm of kind": "the squared {1} norm of {0}, end norm",
    "absolute": "the absolute value of {0}",
    "long absolute": "the absolute value of {0}, end absolute value",
    "floor": "the floor of {0}, end floor",
    "ceiling": "the ceiling of {0}, end ceiling",
    "angle": "the angle brackets {0}, end angle brackets",
    "bracket": "the list {0}, end list",
    "set": "the set {0}, end set",
    "indicator": "the indicator that {0}, end indicator",
    "matrix": "the {1} by {2} matrix with rows {0}, end matrix",
    "dotted matrix": "the matrix with rows {0}, end matrix",
    "column": "the column with entries {0}, end column",
    "row": "the row with entries {0}, end row",
    "determinant": "the determinant of {0}",
    "cases": "the {1} cases {0}, end cases",
    "case": "{0} if {1}",
    "told case": "{0} {1}",
    "shape": "{0}, of shape {1},",
    "label": "{0}, braced as {1}, end brace,",
    "partial": "the partial derivative of {0} with respect to {1}",
    "held": "{0} with {1} held fixed",
    "partial operator": "the partial derivative with respect to {0} of",
    "bare partial operator": "the partial derivative with respect to {0}",
    "higher partial": "the {2} partial derivative of {0} with respect to {1}",
    "higher partial operator": "the {1} partial derivative with respect to {0} of",
    "bare higher partial operator": "the {1} partial derivative with respect to {0}",
    "ordinary": "the derivative of {0} with respect to {1}",
    "ordinary operator": "the derivative with respect to {0} of",
    "bare ordinary operator": "the derivative with respect to {0}",
    "higher ordinary": "the {2} derivative of {0} with respect to {1}",
    "higher ordinary operator": "the {1} derivative with respect to {0} of",
    "bare higher ordinary operator": "the {1} derivative with respect to {0}",
    "order": "order {0}",
    "gradient": "the gradient of",
    "gradient by": "the gradient with respect to {0} of",
    "differential": "d {0}",
    "long differential": "d of {0}",
    "partial sign": "partial {0}",
    "ones of size": "the {0} matrix of ones",
    "of size": "{0} of size {1}",
    "commutation": "the commutation matrix K {0}",
    "times": "times",
    "row break": ";",
    "entry break": ",",
    "index break": "comma",
    "Frobenius": "Frobenius",
    "capital": "capital {0}",
    "script letter": "script {0}",
    "set letter": "the set {0}",
    "prime": "{0} prime",
}

SIGNS = {
    "+": "plus", "-": "minus", "−": "minus", "±": "plus or minus", "∓": "minus or plus", "=": "equals",
    "≠": "is not equal to", "<": "is less than", ">": "is greater than", "≤": "is at most", "≥": "is at least",
    "≪": "is much less than", "≫": "is much greater than", "≈": "is about", "≡": "is identical to",
    "∼": "is distributed as", "≃": "is about equal to", "≅": "is congruent to", "∝": "is proportional to", "∈": "in",
    "∉": "not in", "⊂": "is a subset of", "⊆": "is a subset of or equals", "⟂": "is perpendicular to",
    "≻": "is above", "⪰": "is above or equals", "≺": "is below", "⪯": "is below or equals", "×": "by", "·": "times",
    "⋅": "times", "∗": "star", "⊙": "elementwise times", "∘": "elementwise times", "⊘": "elementwise over",
    "⊗": "Kronecker times", "⊕": "direct plus", "∪": "union", "∩": "intersection", "∧": "and", "∨": "or", "¬": "not",
    "∂": "partial", "∇": "gradient", "→": "to", "←": "from", "↦": "maps to", "⟹": "implies that", "⇒": "implies that",
    "⟺": "if and only if", "⇔": "if and only if", "…": "and so on", "⋯": "and so on", "⋮": "and so on",
    "⋱": "and so on", "⊤": "transpose", "′": "prime", "†": "dagger", "∞": "infinity", "∅": "the empty set",
    "∀": "for all", "∃": "there is", "/": "over", "|": "given", ":": "colon", "!": "factorial", "?": "question mark",
    "%": "percent", "&": "and", "#": "number", "$": "dollar", "_": "underscore", ",": ",", ";": ";", ".": ".",
    "(": "open parenthesis", ")": "close parenthesis", "[": "open bracket", "]": "close bracket",
    "{": "open brace", "}": "close brace", "‖": "double bar",
}  # fmt: skip

FUNCTIONS = {
    "sin": "sine", "cos": "cosine", "tan": "tangent", "sinh": "hyperbolic sine", "cosh": "hyperbolic cosine",
    "tanh": "hyperbolic tangent", "arcsin": "arc sine", "arccos": "arc cosine", "arctan": "arc tangent",
    "cot": "cotangent", "sec": "secant", "csc": "cosecant", "coth": "hyperbolic cotangent", "log": "log",
    "ln": "natural log", "exp": "the exponential", "det": "the determinant", "max": "the maximum",
    "min": "the minimum", "sup": "the supremum", "inf": "the infimum", "lim": "the limit", "dim": "the dimension",
    "arg": "the argument", "ker": "the kernel", "gcd": "the greatest common divisor", "deg": "the degree",
    "Pr": "the probability", "sum": "the sum of the entries", "mean": "the mean", "prod": "the product of the entries",
    "diag": "the diagonal matrix", "diagonal": "the diagonal", "tr": "the trace", "vec": "vec", "rank": "the rank",
    "logsumexp": "log sum exp",
    "relu": "relu", "sign": "the sign",
}  # fmt: skip

LARGE = {"∑": "the sum", "∏": "the product", "∫": "the integral"}

LETTERS = {letter: name.removeprefix("var") for name, letter in GREEK.items()} | {"ℓ": "ell"}

ENGLISH = Table(
    phrases=PHRASES,
    signs=SIGNS,
    functions=FUNCTIONS,
    large=LARGE,
    letters=LETTERS,
    accents={"hat": "hat", "bar": "bar", "tilde": "tilde", "vec": "arrow", "dot": "dot"},
    roles={"vector": "vector", "row": "row vector", "matrix": "matrix", "unit": "unit vector"},
    symbols={
        "ones-vector": "the vector of ones",
        "ones-matrix": "the matrix of ones",
        "zero-vector": "the zero vector",
        "zero-matrix": "the zero matrix",
        "identity": "the identity matrix",
        "heaviside": "the Heaviside function",
    },
    fractions={
        ("1", "2"): "one half",
        ("1", "3"): "one third",
        ("2", "3"): "two thirds",
        ("1", "4"): "one quarter",
        ("3", "4"): "three quarters",
    },
    powers={"2": "squared", "3": "cubed"},
    orders={"2": "second", "3": "third", "4": "fourth"},
)
