"""What a step changes, marked on both of its lines: the smallest parts outside which the lines agree.

Lines are compared as they are read: sums term by term, each with its sign, and products factor by factor,
so that of many terms only those are marked that changed. A power and the upper part of a fraction are marked
as a whole only together with what stands below, since a line there would look like a part of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from derivgen.printing.boxes import (
    APPLY,
    TIMES,
    Box,
    Brace,
    Fenced,
    Fraction,
    Grid,
    Marked,
    Operator,
    Root,
    Row,
    Script,
    Space,
    beside,
    inner,
    with_inner,
)
from derivgen.printing.pieces import DOT
from derivgen.record import record

Kind = Literal["made", "due"]
Path = tuple[int, ...]
"""The way to a box from the whole: at each step the place among the direct parts."""
Runs = tuple[tuple[Path, ...], ...]
"""Places side by side that are marked as one, for each mark."""

MOST = 4  # more marks on one line than these are noise, and then there are none


@record
class Difference:
    """The places of what goes, in the line before, and of what comes, in the line after; each a run of neighbours."""

    before: Runs = ()
    after: Runs = ()

    def and_also(self, other: Difference) -> Difference:
        """The places of both."""
        return Difference(self.before + other.before, self.after + other.after)


NOTHING = Difference()


@record
class Place:
    """A box and the way to it."""

    path: Path
    box: Box


Places = tuple[Place, ...]


@record
class Term:
    """A term of a sum: its sign, where one is written, and its factors with what stands between them."""

    sign: Place | None
    body: Places

    @property
    def is_taken_away(self) -> bool:
        """Whether its sign is a minus."""
        return self.sign is not None and self.sign.box in (Operator("−", "prefix"), Operator("−", "binary"))

    @property
    def key(self) -> tuple[bool, tuple[Box, ...]]:
        """What makes two terms equal: the first term of a sum has no plus."""
        return self.is_taken_away, tuple(place.box for place in self.body)

    @property
    def places(self) -> Places:
        """The term with its sign."""
        return self.body if self.sign is None else (self.sign, *self.body)


def difference(before: Box, after: Box) -> Difference:
    """Where two lines differ; nothing where one of them changes as a whole, or in too many places."""
    found = _of_sums(_places(before), _places(after))
    is_whole = _covers(found.before, _places(before)) or _covers(found.after, _places(after))
    return NOTHING if is_whole or max(len(found.before), len(found.after)) > MOST else found


def marked(box: Box, *, made: Runs = (), due: Runs = ()) -> Box:
    """The box with a line below what this step made, and another one below what is due to be rewritten next."""
    layers = (_layer("made", made), _layer("due", due))
    ways = {path[:k] for run in (*made, *due) for path in run for k in range(len(path))}
    return _with_marks(box, (), layers, ways) if made or due else box


@record
class Layer:
    """Marks of one kind: the number of the run that each place belongs to."""

    kind: Kind
    runs: dict[Path, int]


def _layer(kind: Kind, runs: Runs) -> Layer:
    return Layer(kind, {path: number for number, run in enumerate(runs) for path in run})


def _with_marks(box: Box, way: Path, layers: tuple[Layer, ...], ways: set[Path]) -> Box:
    """The box that stands at the end of a way, with marks within it if it is one of the ways to them."""
    if way not in ways:
        return box
    parts = tuple(_with_marks(part, (*way, k), layers, ways) for k, part in enumerate(inner(box)))
    made = tuple(((*way, k), part) for k, part in enumerate(parts))
    if isinstance(box, Row):
        # Of two runs the longer one is outside, so that it stays in one piece.
        order = sorted(layers, key=lambda layer: -sum(path in layer.runs for path, _ in made))
        return beside(*_grouped(made, order))
    return with_inner(box, tuple(beside(*_grouped((one,), layers)) for one in made))


def _grouped(parts: Sequence[tuple[Path, Box]], layers: Sequence[Layer]) -> Iterator[Box]:
    """The parts with each run of neighbours marked as one."""
    if not layers:
        yield from (part for _, part in parts)
        return
    first, *others = layers
    for number, run in groupby(parts, key=lambda pair: first.runs.get(pair[0])):
        inside = tuple(_grouped(tuple(run), others))
        yield from inside if number is None else (Marked(beside(*inside), first.kind),)


def _places(box: Box, way: Path = ()) -> Places:
    if isinstance(box, Row):
        return tuple(Place((*way, k), part) for k, part in enumerate(box.boxes))
    return (Place(way, box),)


def _covers(runs: Runs, places: Places) -> bool:
    """Whether nothing is left outside the runs but signs between factors."""
    within = {path for run in runs for path in run}
    return all(place.path in within or _joins(place.box) for place in places)


def _joins(box: Box) -> bool:
    return isinstance(box, Space) or box in (TIMES, APPLY, DOT, Operator("−", "prefix"))


def _of_sums(before: Places, after: Places) -> Difference:
    left, right = _terms(before), _terms(after)
    found = NOTHING
    same = SequenceMatcher(None, [term.key for term in left], [term.key for term in right], autojunk=False)
    for tag, i, k, m, n in same.get_opcodes():
        if tag != "equal":
            found = found.and_also(_of_terms(left[i:k], right[m:n]))
    return found


def _of_terms(before: Sequence[Term], after: Sequence[Term]) -> Difference:
    """Terms in the place of terms: as many as before are compared one by one, else all of them have changed."""
    pairs = tuple(zip(before, after, strict=False))
    if len(before) == len(after):
        found = NOTHING
        for one, other in pairs:
            found = found.and_also(_of_two_terms(one, other))
        return found
    keeps_sign = bool(pairs) and pairs[0][0].is_taken_away == pairs[0][1].is_taken_away
    return Difference(_all(before, without_sign=keeps_sign), _all(after, without_sign=keeps_sign))


def _of_two_terms(before: Term, after: Term) -> Difference:
    """A term in the place of a term; where its sign has changed, the first mark begins with the sign."""
    found = _of_products(before.body, after.body)
    if before.is_taken_away == after.is_taken_away:
        return found
    return Difference(_with_sign(before, found.before), _with_sign(after, found.after))


def _with_sign(term: Term, runs: Runs) -> Runs:
    # Never the sign alone: a minus with a line below it would be read as =.
    ends = [k for k, place in enumerate(term.places) if runs and any(_is_within(path, place) for path in runs[0])]
    start = tuple(place.path for place in term.places[: ends[-1] + 1 if ends else 2])
    return (start, *(run for run in runs[1:] if not any(path[: len(way)] == way for path in run for way in start)))


def _is_within(path: Path, place: Place) -> bool:
    return path[: len(place.path)] == place.path


def _all(terms: Sequence[Term], *, without_sign: bool) -> Runs:
    run = [place.path for term in terms for place in term.places]
    if terms and without_sign and terms[0].sign is not None:
        run = run[1:]
    return (tuple(run),) if run else ()


def _of_products(before: Places, after: Places) -> Difference:
    """Factors in the place of factors: what both begin and end with has stayed."""
    left, right = _factors(before), _factors(after)
    start = _common(left, right)
    end = min(_common(left[::-1], right[::-1]), min(len(left), len(right)) - start)
    goes, comes = left[start : len(left) - end], right[start : len(right) - end]
    if len(goes) == len(comes) == 1:
        return _of_factors(goes[0], comes[0])
    if _is_reordered(goes, comes):
        # Factors in another order: of X Y X, turned to X X Y, the last two would seem to commute.
        goes, comes = left, right
    return Difference(_run(before, goes), _run(after, comes))


def _is_reordered(left: Sequence[Places], right: Sequence[Places]) -> bool:
    return len(left) > 1 and Counter(map(_boxes, left)) == Counter(map(_boxes, right))


def _common(left: Sequence[Places], right: Sequence[Places]) -> int:
    pairs = zip(left, right, strict=False)
    return next((k for k, (one, other) in enumerate(pairs) if _boxes(one) != _boxes(other)), min(len(left), len(right)))


def _run(whole: Places, factors: Sequence[Places]) -> Runs:
    """From the first of the factors to the last, with what stands between them."""
    if not factors:
        return ()
    start, end = whole.index(factors[0][0]), whole.index(factors[-1][-1])
    return (tuple(place.path for place in whole[start : end + 1]),)


def _of_factors(before: Places, after: Places) -> Difference:
    """A factor in the place of a factor: where they are built alike, what differs within them."""
    differing = [(one, other) for one, other in zip(before, after, strict=False) if one.box != other.box]
    if len(before) == len(after) and len(differing) == 1:
        inside = _within(*differing[0])
        if inside is not None:
            return inside
    return Difference(_run(before, (before,)), _run(after, (after,)))


def _within(before: Place, after: Place) -> Difference | None:
    match before.box, after.box:
        case (Fenced(), Fenced()) | (Root(), Root()) | (Brace(), Brace()) | (Script(), Script()):
            one, other = inner(before.box), inner(after.box)
            is_alike = len(one) == len(other) and with_inner(before.box, other) == after.box and one[1:] == other[1:]
            if not is_alike or (isinstance(before.box, Script) and not isinstance(one[0], Fenced)):
                return None
            ways = ((*before.path, 0), (*after.path, 0))
            return _of_sums(_places(one[0], ways[0]), _places(other[0], ways[1]))
        case Fraction(numerator=one, denominator=below), Fraction(numerator=other, denominator=same) if below == same:
            sides = _places(one, (*before.path, 0)), _places(other, (*after.path, 0))
            found = _of_sums(*sides)
            # A line below the whole upper part would look like a second bar.
            return None if _covers(found.before, sides[0]) or _covers(found.after, sides[1]) else found
        case Fraction(numerator=one, denominator=below), Fraction(numerator=other, denominator=new) if one == other:
            return _of_sums(_places(below, (*before.path, 1)), _places(new, (*after.path, 1)))
        case Grid(), Grid():
            return _of_cells(before, after)
        case _:
            return None


def _of_cells(before: Place, after: Place) -> Difference | None:
    one, other = inner(before.box), inner(after.box)
    if len(one) != len(other) or with_inner(before.box, other) != after.box:
        return None
    found = NOTHING
    for k, (left, right) in enumerate(zip(one, other, strict=True)):
        if left != right:
            inside = _of_sums(_places(left, (*before.path, k)), _places(right, (*after.path, k)))
            found = found.and_also(inside)
    return found


def _terms(places: Places) -> tuple[Term, ...]:
    terms: list[Term] = []
    for place in places:
        if _is_sign(place.box) and (place.box == Operator("−", "prefix")) == (not terms):
            terms.append(Term(place, ()))
        elif terms:
            terms[-1] = Term(terms[-1].sign, (*terms[-1].body, place))
        else:
            terms.append(Term(None, (place,)))
    return tuple(terms)


def _is_sign(box: Box) -> bool:
    return box in (Operator("+", "binary"), Operator("−", "binary"), Operator("−", "prefix"))


def _factors(places: Places) -> tuple[Places, ...]:
    """The factors of a product, and ⊙ between two of them; a name and what it is applied to are one factor."""
    factors: list[list[Place]] = [[]]
    for place in places:
        if place.box in (TIMES, DOT) or isinstance(place.box, Space):
            factors.append([])
        elif isinstance(place.box, Operator) and place.box.kind in ("binary", "punctuation"):
            factors += [[place], []]
        else:
            factors[-1].append(place)
    return tuple(tuple(factor) for factor in factors if factor)


def _boxes(places: Places) -> tuple[Box, ...]:
    return tuple(place.box for place in places)
