"""A derivation that somebody typed: each line judged by itself, and the first wrong one named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from derivgen.answers.check import Judgement, Verdict, judge
from derivgen.answers.key import Key
from derivgen.problem.problem import LayoutChoice


@dataclass(frozen=True, slots=True)
class LinesJudgement:
    """The verdict on a derivation: that of its first wrong line, counted from 1, else that of its last line."""

    overall: Judgement
    verdicts: tuple[Verdict, ...]
    first_wrong_line: int | None


def judge_lines(key: Key, lines: Sequence[str], layout: LayoutChoice | None = None) -> LinesJudgement:
    """The verdict on the lines of a derivation, each compared with the key and not with its neighbour."""
    found = [judge(key, line, layout) for line in lines]
    wrong = first_wrong(tuple(one.verdict for one in found))
    if wrong is None:
        overall = found[-1] if found else Judgement("unparsable", "There is no line here.")
    else:
        told = found[wrong - 1]
        overall = replace(told, message=f"Line {wrong}: {told.message}")
    return LinesJudgement(overall, tuple(one.verdict for one in found), wrong)


def first_wrong(verdicts: tuple[Verdict, ...]) -> int | None:
    """The first line that is neither correct nor, like every line before it, in the other layout."""
    for number, verdict in enumerate(verdicts):
        keeps_layout = all(earlier == "other_layout" for earlier in verdicts[:number])
        if verdict != "correct" and not (verdict == "other_layout" and keeps_layout):
            return number + 1
    return None
