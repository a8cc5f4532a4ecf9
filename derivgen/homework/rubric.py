"""What earns points: a row for each step of a derivation, in half points where they are enough."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from derivgen.calculus.records import Step, Weight
from derivgen.document.blocks import Text
from derivgen.document.detail import NAMING
from derivgen.document.wording.names import title_of
from derivgen.document.wording.telling import joined, said

WEIGHTS: dict[Weight, int] = {"key": 2, "routine": 1, "trivial": 1}
# What writes down a name and finds nothing.

Row = tuple[Text, Fraction]


def rows(steps: Sequence[Step], points: Fraction, asked: Text = ()) -> tuple[Row, ...]:
    """The points of a question shared out over its steps; key steps count twice, and to name something not at all.

    Steps that would earn nothing by themselves stand in one row with those that follow.
    `asked` is what the question asks for besides, such as the shape: it belongs to the last row.
    """
    whole = sum(map(_worth, steps))
    unit = _unit(points, steps, whole)
    made: list[Row] = []
    waiting: list[Step] = []
    reached, given = 0, Fraction(0)
    for number, step in enumerate(steps, 1):
        waiting.append(step)
        reached += _worth(step)
        due = points if number == len(steps) else _rounded(points * reached / whole, unit)
        if due > given or number == len(steps):
            made.append((_words(waiting), due - given))
            given, waiting = due, []
    return _with_last(made, asked)


def _unit(points: Fraction, steps: Sequence[Step], whole: int) -> Fraction:
    """Half points; quarters where halves are not enough, or would give more for one of two steps of the same worth."""
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    if not whole:
        return half
    shares = {points * _worth(step) / whole for step in steps}
    is_even = not all((share / half).denominator == 1 for share in shares)
    is_even = is_even and all((share / quarter).denominator == 1 for share in shares)
    return quarter if is_even or (points / half).denominator != 1 else half


def _worth(step: Step) -> int:
    return 0 if step.rule == NAMING else WEIGHTS[step.weight]


def _with_last(made: Sequence[Row], asked: Text) -> tuple[Row, ...]:
    if not made or not asked:
        return tuple(made)
    *others, (words, points) = made
    return (*others, ((*words, "; ", *asked), points))


def _rounded(points: Fraction, unit: Fraction) -> Fraction:
    # Rounded down: so the last row, which takes what is left, is never empty.
    return (points / unit).__floor__() * unit


def _words(steps: Sequence[Step]) -> Text:
    names = dict.fromkeys(title_of(step) for step in steps)
    first, last = steps[0].number, steps[-1].number
    lead = (
        said("Step {first}", first=first) if first == last else said("Steps {first} to {last}", first=first, last=last)
    )
    return (*lead, ": ", *joined(tuple(names), "; "))
