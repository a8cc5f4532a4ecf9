"""What boxes mean to one who hears them: brackets in pairs, derivatives, what is short enough to need no end."""

from __future__ import annotations

from typing import NamedTuple

from derivgen.expr.memory import remembered_of
from derivgen.printing.boxes import (
    APPLY,
    EMPTY,
    Accent,
    Box,
    Fenced,
    Fraction,
    Letter,
    Marked,
    Numeral,
    Operator,
    Role,
    Row,
    Script,
    Space,
    Word,
    beside,
    inner,
)

PAIRS = {"(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖"}
SHORT_POWERS = ("2", "3")
WIDE = 1.0  # em: a space that parts two formulas, which one hears as a pause
PAUSE = Operator(",", "punctuation")
DOTS = ("⋮", "⋯", "⋱", "…")
FUNCTION_LETTERS = "fghFGHσφϕψ"
PAUSED = ("=", "⟹", "⇒", "⟺", "⇔")  # relations with a pause before them where the left side is long
FENCES = {"⌊": "floor", "⌈": "ceiling", "⟨": "angle", "{": "set", "[": "bracket"}


class Derivative(NamedTuple):
    """A fraction that is a derivative; without `of` it is the operator alone."""

    is_partial: bool
    order: Box | None
    of: Box
    wrt: tuple[Box, ...]


def parts(box: Box) -> tuple[Box, ...]:
    """The boxes of a row, in one level, with brackets that were typed one by one made into pairs."""
    return _parts(box) if isinstance(box, Row | Marked | Space) else (box,)


@remembered_of
def _parts(box: Row | Marked | Space) -> tuple[Box, ...]:
    """The same of what may have several; each question about a formula asks for them again."""
    flat: list[Box] = []
    for part in _flat(box):
        if not isinstance(part, Space):
            flat.append(part)
        elif part.width >= WIDE and flat and not isinstance(flat[-1], Operator):
            flat.append(PAUSE)
    return _paired(tuple(flat))


def _flat(box: Box) -> tuple[Box, ...]:
    if isinstance(box, Marked):
        return _flat(box.body)
    if not isinstance(box, Row):
        return (box,)
    flat: list[Box] = []
    for inside in box.boxes:
        if isinstance(inside, Row | Marked):
            flat.extend(_flat(inside))
        else:
            flat.append(inside)
    return tuple(flat)


def _paired(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
    done: list[Box] = []
    place = 0
    while place < len(boxes):
        box = boxes[place]
        end = _end(boxes, place) if isinstance(box, Operator) and _opens(box) else None
        if end is None or not isinstance(box, Operator):
            done.append(box)
            place += 1
            continue
        closing = boxes[end]
        pair: Box = Fenced(box.sign, Row(_paired(boxes[place + 1 : end])), PAIRS[box.sign])
        if isinstance(closing, Script):
            pair = Script(pair, closing.below, closing.above, closing.intent)
        done.append(pair)
        place = end + 1
    return tuple(done)


def _opens(box: Operator) -> bool:
    return box.kind == "ordinary" and box.sign in PAIRS


def _end(boxes: tuple[Box, ...], start: int) -> int | None:
    opening = boxes[start]
    if not isinstance(opening, Operator):
        return None
    depth = 1
    for place in range(start + 1, len(boxes)):
        box = boxes[place]
        core = box.base if isinstance(box, Script) else box
        if not isinstance(core, Operator) or core.kind != "ordinary":
            continue
        if core.sign == PAIRS[opening.sign]:
            depth -= 1
        elif core.sign == opening.sign:
            depth += 1
        if depth == 0:
            return place
    return None


def alone(box: Box) -> Box:
    """The only box of a row of one, and what a group without brackets holds."""
    match box:
        case Row():
            inside = parts(box)
            return alone(inside[0]) if len(inside) == 1 else box
        case Fenced(left="", body=body, right=""):
            return alone(body)
        case _:
            return box


def is_simple(box: Box) -> bool:
    """Whether one hears where it ends: a name, a number, or one with a short script."""
    box = alone(box)
    match box:
        case Letter() | Word() | Numeral():
            return True
        case Operator(sign=sign):
            return sign in ("∞", *DOTS)
        case Accent(base=base):
            return is_simple(base)
        case Fraction(numerator=Numeral(), denominator=Numeral()):
            return True
        case Script(base=base, below=below, above=above):
            if not is_atom(base) or (below is not None and not is_short_index(below)):
                return False
            return above is None or has_short_power(box)
        case _:
            return False


def is_stacked(box: Box) -> bool:
    """Whether this is vec(X), or its transpose, of something whose end one hears."""
    box = alone(box)
    match parts(box.base if isinstance(box, Script) and meaning(box) == "transpose" else box):
        case (Word(text="vec"), Operator(sign="\u2061"), Fenced(body=body)):
            return is_simple(body)
        case _:
            return False


def is_call(box: Box) -> bool:
    """Whether this is the name of a function and its arguments in brackets."""
    match parts(box):
        case (Word(), Operator(sign="\u2061"), Fenced()):
            return True
        case _:
            return False


def is_atom(box: Box) -> bool:
    """Whether the box is one name or number."""
    box = alone(box)
    return isinstance(box, Letter | Word | Numeral) or (isinstance(box, Accent) and is_atom(box.base))


def is_short_index(below: Box) -> bool:
    """Whether an index is names and numbers only."""
    return all(is_atom(part) or is_pause(part) for part in parts(below))


def has_short_power(script: Script) -> bool:
    """Whether what stands above is one word: squared, transpose."""
    if script.above is None:
        return False
    return (
        meaning(script) in ("transpose", "inverse", "inverse-transpose", "prime")
        or power_digits(script.above) in SHORT_POWERS
    )


def power_digits(above: Box) -> str:
    """The digits of a power that is a number, or nothing."""
    above = alone(above)
    return above.digits if isinstance(above, Numeral) else ""


def meaning(script: Script) -> str:
    """What stands above a base: transpose, inverse, both, prime, each, or power."""
    above = script.above
    if script.intent in ("transpose", "inverse", "inverse-transpose"):
        return script.intent
    match parts(above or EMPTY):
        case (Operator(sign="⊤"),):
            return "transpose"
        case (Operator(sign="−"), Operator(sign="⊤")):
            return "inverse-transpose"
        case (Operator(sign="′"), *rest) if all(part == Operator("′", "ordinary") for part in rest):
            return "prime"
        case (Letter(letter="T", role=""),) if isinstance(script.base, Fenced) and script.intent != "power":
            return "transpose"
        case (Operator(sign="⊙" | "∘"), *_):
            return "each"
        case (Operator(sign="−"), Numeral(digits="1")) if isinstance(script.base, Fenced) and holds_matrix(script.base):
            return "inverse"
        case _:
            return "power"


def holds_matrix(box: Box) -> bool:
    """Whether a typed bold capital letter occurs."""
    if isinstance(box, Letter):
        return role(box) == "matrix"
    return any(holds_matrix(part) for part in inner(box))


def is_named(box: Box) -> bool:
    """Whether this is a name of ours, whatever accents it carries."""
    return is_named(box.base) if isinstance(box, Accent) else isinstance(box, Letter) and box.role != ""


def role(letter: Letter) -> Role:
    """What a letter stands for; for a typed one its style tells."""
    if letter.role or letter.style not in ("bold", "bold-italic"):
        return letter.role or "scalar"
    known: dict[str, Role] = {"1": "ones-vector", "0": "zero-vector", "I": "identity"}
    return known.get(letter.letter) or ("matrix" if letter.letter.isupper() else "vector")


def is_pause(box: Box) -> bool:
    """Whether this is a comma."""
    return isinstance(box, Operator) and box.sign == PAUSE.sign


def listed(box: Box) -> tuple[Box, ...]:
    """The members of a list with commas."""
    members: list[list[Box]] = [[]]
    for part in parts(box):
        if is_pause(part):
            members.append([])
        else:
            members[-1].append(part)
    return tuple(beside(*member) if member else EMPTY for member in members)


def is_called(head: Letter | Script, fenced: Fenced) -> bool:
    """Whether a typed letter in front of parentheses is a function: f(x), but not a(x + y)."""
    letter = head.base if isinstance(head, Script) else head
    if not isinstance(letter, Letter) or letter.role or fenced.left != "(":
        return False
    members = listed(fenced.body)
    is_plain = isinstance(head, Letter) and is_simple(members[0])
    return letter.letter in FUNCTION_LETTERS or len(members) > 1 or is_plain


def split_index(base: Box, below: Box) -> Box:
    """The index of a typed capital letter: the digits of two places are row and column."""
    match base, alone(below):
        case Letter(letter=letter, role=""), Numeral(digits=digits) if letter.isupper() and len(digits) == 2:
            return Row(tuple(Numeral(digit) for digit in digits))
        case _:
            return below


def is_differential(box: Box, following: Box | None) -> bool:
    """Whether the box is the d of a differential; the d of a product has a sign behind it."""
    return is_d(box) and following is not None and not isinstance(following, Operator)


def is_d(box: Box) -> bool:
    """Whether the box is a d that is no variable of ours."""
    return isinstance(box, Letter) and box.letter == "d" and box.style in ("upright", "italic") and not box.role


def derivative(fraction: Fraction) -> Derivative | None:
    """The derivative that the fraction is, or None."""
    above, below = parts(fraction.numerator), parts(fraction.denominator)
    sign = _derivative_sign(above[0]) if above else None
    if sign is None or len(below) < 2 or _derivative_sign(below[0]) != (sign[0], None):
        return None
    groups: list[list[Box]] = []
    for box in below:
        if _derivative_sign(box) == (sign[0], None):
            groups.append([])
        else:
            groups[-1].append(box)
    if not all(groups) or above[1:2] == (APPLY,):
        return None
    wrt = tuple(beside(*group) for group in groups)
    return Derivative(sign[0], sign[1], beside(*above[1:]), _variables(wrt, sign[1]))


def _variables(wrt: tuple[Box, ...], order: Box | None) -> tuple[Box, ...]:
    match wrt:
        case (Fenced(left="(", body=body),):
            return listed(body)
        case (Script(base=base, below=below, above=above),) if order is not None and above == order:
            return (base if below is None else Script(base, below, None, "index"),)
        case _:
            return wrt


def _derivative_sign(box: Box) -> tuple[bool, Box | None] | None:
    match box:
        case Operator(sign="∂"):
            return True, None
        case Script(base=base, below=None, above=order) if order is not None:
            inside = _derivative_sign(base)
            return None if inside is None else (inside[0], order)
        case _ if is_d(box):
            return False, None
        case _:
            return None


def unfenced(box: Box) -> Box:
    """The inside of round brackets."""
    box = alone(box)
    match box:
        case Fenced(left="(", body=body):
            return unfenced(body) if isinstance(alone(body), Fenced) else alone(body)
        case _:
            return box


def is_function(box: Box) -> bool:
    """Whether the box is the name of a function."""
    core = box.base if isinstance(box, Script) else box
    return isinstance(core, Word) and core.is_operator


def is_stop(box: Box) -> bool:
    """Whether nothing that stands from here on belongs to an operator before it."""
    return isinstance(box, Operator) and box.kind in ("binary", "relation", "punctuation")
