"""A derivation that somebody typed: each line judged by itself, and the first wrong one named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from derivgen.answers import wording
from derivgen.answers.changes import is_change, judge_change
from derivgen.answers.check import Judgement, Verdict, is_too_long, judge
from derivgen.answers.key import Key
from derivgen.answers.leftsides import sides_of
from derivgen.answers.stages import is_chain, stage
from derivgen.errors import DerivgenError
from derivgen.expr.nodes import Expr, Transpose
from derivgen.expr.walk import free_indices
from derivgen.problem.problem import LayoutChoice, LayoutName, counterpart
from derivgen.record import record
from derivgen.syntax.parse import parse

# More lines than these are not read.
MOST_LINES = 60


@record
class LinesJudgement:
    """The verdict on a derivation: that of its first wrong line, counted from 1, else that of its last line.

    `reached` is the share of its lines that are right before the first wrong one.
    """

    overall: Judgement
    verdicts: tuple[Verdict, ...]
    first_wrong_line: int | None

    @property
    def reached(self) -> Fraction:
        """The share of the way that is right."""
        if not self.verdicts:
            return Fraction(0)
        right = len(self.verdicts) if self.first_wrong_line is None else self.first_wrong_line - 1
        return Fraction(right, len(self.verdicts))


def judge_derivation(key: Key, source: str, layout: LayoutChoice | None = None) -> LinesJudgement:
    """The verdict on a derivation with one line of text a line; it must end with the derivative itself."""
    lines = [line for line in source.splitlines() if line.strip(" \t=")]
    if len(lines) > MOST_LINES:
        return LinesJudgement(Judgement("unparsable", wording.too_many_lines(MOST_LINES)), (), None)
    found = judge_lines(key, lines, layout)
    if found.first_wrong_line is None and found.verdicts and not _is_derivative(key, lines[-1]):
        end = Judgement("wrong", wording.UNFINISHED, hint=wording.UNFINISHED)
        return replace(found, overall=end, first_wrong_line=len(lines))
    return found


def judge_lines(key: Key, lines: Sequence[str], layout: LayoutChoice | None = None) -> LinesJudgement:
    """The verdict on the lines of a derivation, each compared with the key and not with its neighbour.

    A line before the last one may be about another function, or a derivative that the chain rule takes: it is compared
    with that, and either layout is right.
    """
    found: list[Judgement] = []
    before = key
    for number, line in enumerate(lines, 1):
        on_the_way = stage(key, sides_of(line)[0]) if number < len(lines) else None
        if on_the_way is not None:
            found.append(_judged(on_the_way, on_the_way, line, "both"))
            continue
        found.append(_judged(key, before, line, layout))
        before = _standing_on(key, found[-1]) or before
    wrong = first_wrong(tuple(one.verdict for one in found))
    if wrong is None:
        overall = found[-1] if found else Judgement("unparsable", wording.NO_LINE)
    else:
        told = found[wrong - 1]
        hint = wording.line_is(wrong, told.hint) if told.hint else ""
        overall = replace(told, message=wording.line_is(wrong, told.message), hint=hint)
    return LinesJudgement(overall, tuple(one.verdict for one in found), wrong)


def _judged(key: Key, before: Key, line: str, layout: LayoutChoice | None) -> Judgement:
    """The verdict on one line: that of its first right side that is wrong, else of its last."""
    named, rights = sides_of(line)
    judged = Judgement("unparsable", wording.NO_LINE)
    for right in rights:
        judged = _restated(key, right) if named == key.request.of.name else _side(key, before, right, layout)
        if judged.verdict not in ("correct", "other_layout"):
            break
    return judged


def _side(key: Key, before: Key, side: str, layout: LayoutChoice | None) -> Judgement:
    if is_chain(key, side):
        return Judgement("correct", wording.RIGHT)
    if is_change(key, side):
        return judge_change(key, side)
    judged = judge(_with_letters(key, side), side, layout)
    if judged.verdict == "wrong" and before is not key:
        # A slip of this line alone changes the line before, and not the answer as the key writes it.
        found = judge(before, side, layout)
        return found if found.verdict == "mistake" else judged
    return judged


def _restated(key: Key, side: str) -> Judgement:
    """A line such as f = ..., which says again what the function is."""
    judged = judge(_with_letters(key, side), side)
    if judged.verdict == "wrong":
        told = wording.neither(key.request.of.name)
        return Judgement("wrong", told, span=judged.span, hint=told)
    return Judgement("correct", wording.RIGHT) if judged.mistake == "returned_function" else judged


def _with_letters(key: Key, side: str) -> Key:
    """The key for a side with sums over letters, such as sum(i, n, x[i]**2); of other sides the key as it is."""
    if "sum" not in side or is_too_long(key, side):
        return key
    scope = replace(key.scope, differentials=True)
    try:
        is_whole = not free_indices(parse(side, scope))
    except (DerivgenError, RecursionError):
        return key
    return replace(key, scope=scope) if is_whole else key


def _standing_on(key: Key, judged: Judgement) -> Key | None:
    """The key as a right line writes it; none where the line is not the derivative."""
    expr, given = judged.expr, judged.layout
    if judged.verdict not in ("correct", "other_layout") or expr is None:
        return None
    given = given or ("numerator" if expr.shape == key.shape("numerator") else "denominator")
    other = counterpart(given)
    written: dict[LayoutName, Expr] = {given: expr, other: Transpose(expr)}
    return replace(key, results=written, remembered={})


def _is_derivative(key: Key, line: str) -> bool:
    named, rights = sides_of(line)
    return named != key.request.of.name and not is_change(key, rights[-1]) and not is_chain(key, rights[-1])


def first_wrong(verdicts: tuple[Verdict, ...]) -> int | None:
    """The first line that is neither correct nor, like every line before it, in the other layout."""
    for number, verdict in enumerate(verdicts):
        keeps_layout = all(earlier == "other_layout" for earlier in verdicts[:number])
        if verdict != "correct" and not (verdict == "other_layout" and keeps_layout):
            return number + 1
    return None
