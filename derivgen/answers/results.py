"""Grades in the forms that are read elsewhere: lines for a terminal, and the results of a Gradescope autograder."""

from __future__ import annotations

from typing import Any

from derivgen.answers.submission import BLANK
from derivgen.answers.telling import in_language, said, visible

_UNKNOWN = "There is no question {name} on this sheet; its answer is not graded."
# Grades as `grade_submission` gives them.
Grades = dict[str, Any]


def as_text(grades: Grades, language: str = "en") -> str:
    """A line for each question and one for the sum, which is in the language of the sheet."""
    lines = [f"{_name(one)} {_points(one)}{one['verdict']}: {visible(one['message'])}" for one in grades["questions"]]
    lines += told_beside(grades, language)
    points = said("{points} of {most} points", points=str(grades["points"]), most=str(grades["of"]))
    return "\n".join([*lines, in_language(points, language)])


def gradescope(grades: Grades, language: str = "en") -> dict[str, object]:
    """The object that a Gradescope autograder writes to results.json: one test a question."""
    notes = "\n".join(told_beside(grades, language))
    return {
        "output": notes,
        "tests": [_test(one) for one in grades["questions"]],
    }


def _test(one: Grades) -> dict[str, object]:
    worth = one["of"] is not None
    return {
        "name": _name(one),
        "score": one["points"] if worth else one["share"],
        "max_score": one["of"] if worth else 1,
        "status": "passed" if one["verdict"] == "correct" else "failed",
        "output": visible(one["message"]),
        "visibility": "visible",
        "tags": [tag for tag in (one["verdict"], one["mistake"]) if tag],
    }


def told_beside(grades: Grades, language: str = "en") -> list[str]:
    """What is said of the submission as a whole: names that are no questions, files that were passed over."""
    unknown = [in_language(said(_UNKNOWN, name=name[:100]), language) for name in grades["unknown"]]
    return [*unknown, *(visible(note) for note in grades.get("notes", ()))]


def _name(one: Grades) -> str:
    return f"{one['number']} ({one['question']})" if one["number"] else str(one["question"])


def _points(one: Grades) -> str:
    return "" if one["of"] is None or one["verdict"] == BLANK else f"{one['points']}/{one['of']} "
