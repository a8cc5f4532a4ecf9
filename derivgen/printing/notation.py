"""The notation that a reader chooses, and the one table of precedence of printed mathematics."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from derivgen.record import record

CHOICES: dict[str, tuple[str, ...]] = {
    "transpose": ("top", "sf", "T", "prime"),
    "vector": ("bold", "bold-italic", "arrow", "plain"),
    "matrix": ("bold", "bold-italic", "plain"),
    "component": ("upper", "lower"),
    "differential": ("upright", "italic"),
    "log": ("log", "ln"),
    "indicator": ("bold-one", "iverson", "heaviside"),
    "hadamard": ("odot", "circ"),
    "gradient": ("fraction", "nabla"),
    "first": ("numerator", "denominator"),
    "ones": ("bold", "sum"),
}


# The signs of the element-wise product.
HADAMARD = {"odot": "⊙", "circ": "∘"}


@record
class Notation:
    """How symbols are set; the defaults are those of the language."""

    transpose: str = "top"
    vector: str = "bold"
    matrix: str = "bold"
    component: str = "upper"
    differential: str = "upright"
    log: str = "log"
    indicator: str = "bold-one"
    hadamard: str = "odot"
    gradient: str = "fraction"
    first: str = "numerator"
    ones: str = "bold"
    # Not an option of a spec: whether every derivative of the page is by its only variable, a scalar.
    ordinary: bool = False

    def __hash__(self) -> int:
        # Few are met in one run, and most results of printers are remembered with theirs.
        return hash(self.vector)


DEFAULT = Notation()


class NotationError(ValueError):
    """A notation option that does not exist; says which ones do."""

    def __init__(self, message: str, hint: str, key: str) -> None:
        super().__init__(f"{message}; {hint}")
        self.message = message
        self.hint = hint
        self.key = key


def notation_from(options: Mapping[str, str]) -> Notation:
    """The notation with these options, the others as they are by default.

    Raises: NotationError for an option or a value that does not exist.
    """
    for key, value in options.items():
        if key not in CHOICES:
            raise NotationError(f"the notation has no option {key!r}", _nearest(key, tuple(CHOICES)), key)
        if value not in CHOICES[key]:
            raise NotationError(f"the notation option {key} cannot be {value!r}", _nearest(value, CHOICES[key]), key)
    return Notation(**options)  # type: ignore[arg-type]  # only options with a choice of words come so far


def _nearest(typed: str, known: tuple[str, ...]) -> str:
    # Only a slip of the pen needs difflib.
    from difflib import get_close_matches

    near = get_close_matches(str(typed), known, n=1)
    listed = ", ".join(known)
    return f"did you mean {near[0]}? (there are {listed})" if near else f"choose one of {listed}"


class Precedence(IntEnum):
    """How tightly a printed formula holds together: a part too loose for its place gets parentheses.

    The signs ⊙, ⊘ and ⊗ stand on one level: between + and a product. Books differ on which of them
    binds first, and on A B ⊗ C, so each operand that is a product or has such a sign itself is
    bracketed, and so is A ⊗ B as a factor; only a sum of such terms needs no brackets.
    """

    SUM = 1
    HADAMARD = 2  # ⊙, ⊘ and ⊗
    PRODUCT = 3
    FRACTION = 4
    PREFIX = 5  # sin x, dx, an operator in front of its operand
    POWER = 6
    ATOM = 7
