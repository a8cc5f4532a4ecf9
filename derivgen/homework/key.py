"""The key for programs: what graders, exports and the search for leaks read. It never leaves the homework folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction

from derivgen.document.worksheet import Part, Task, Valued, Worksheet
from derivgen.expr.nodes import Expr
from derivgen.printing.latex import latex
from derivgen.printing.notation import Notation
from derivgen.printing.present import present
from derivgen.printing.text import text
from derivgen.problem.problem import LayoutName
from derivgen.render.json import Object, Value, layout, shape
from derivgen.render.plain import words
from derivgen.spec.homework.exercises import Exercise
from derivgen.spec.homework.sheet import Sheet

VERSION = 1
LAYOUTS: tuple[LayoutName, ...] = ("numerator", "denominator")


def key_json(sheet: Sheet, made: Worksheet, notation: Notation) -> str:
    """The key as JSON: one object for each question, with what its answer is compared with."""
    pairs = zip(sheet.exercises, made.tasks, strict=True)
    answer: Object = {
        "key": VERSION,
        "homework": words(made.title),
        "name": sheet.name,
        "seed": sheet.seed,
        "points": _points(made.points),
        "credit": {name: _points(share) for name, share in sheet.credit.items()},
        "questions": [
            question for exercise, task in pairs for question in _questions(exercise, task, notation, made.language)
        ],
    }
    return json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _questions(exercise: Exercise, task: Task, notation: Notation, language: str) -> Iterator[Object]:
    for place, part in enumerate(task.parts):
        # The letter belongs to the id even of a single question: a second one may be added later.
        yield _question(f"{exercise.id}.{chr(ord('a') + place)}", exercise, task, part, notation, language)


def _question(identifier: str, exercise: Exercise, task: Task, part: Part, notation: Notation, language: str) -> Object:
    derivation, first = part.derivation, part.layouts[0]
    result, request = derivation.result(first), derivation.request
    return {
        "id": identifier,
        "number": task.label(part),
        "request": request.text,
        "answer": part.kind,
        "layout": first if len(part.layouts) == 1 else "both",
        "points": _points(part.points),
        "shape": shape(result.shape),
        "text": text(result),
        "latex": latex(present(result, notation)),
        "layouts": {one.layout: layout(one, request, notation, language=language) for one in derivation.results},
        "value": None if part.valued is None else _value(part.valued, notation),
        "variables": {name.value: what.value for name, what in exercise.variables},
        "functions": {name.value: what.value for name, what in exercise.functions},
        "assume": [condition.value for condition in exercise.assume],
    }


def _value(valued: Valued, notation: Notation) -> Object:
    at: Object = {variable.name: text(number) for variable, number in valued.at}
    layouts: Object = {one: _number(valued.in_layout(one), notation) for one in LAYOUTS}
    return {"at": at, "exact": valued.is_exact, "layouts": layouts}


def _number(number: Expr, notation: Notation) -> Object:
    return {"text": text(number), "latex": latex(present(number, notation))}


def _points(points: Fraction | None) -> Value:
    if points is None:
        return None
    return points.numerator if points.denominator == 1 else float(points)
