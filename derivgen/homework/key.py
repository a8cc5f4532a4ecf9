"""The key for programs: what graders, exports and the search for leaks read. It never leaves the homework folder."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from derivgen.document.sheet import asked
from derivgen.document.solution import alone
from derivgen.document.wording.questions import SHEET
from derivgen.document.wording.telling import told
from derivgen.document.worksheet import Option, Part, Task, Valued, Worksheet
from derivgen.expr.nodes import Expr
from derivgen.homework.drawing import Composition
from derivgen.homework.draws import Variant
from derivgen.homework.options import offered
from derivgen.printing.latex import latex
from derivgen.printing.notation import Notation
from derivgen.printing.present import present
from derivgen.printing.text import text
from derivgen.problem.problem import LayoutName
from derivgen.render.json import Object, Value, layout, shape
from derivgen.render.neutral import Neutral
from derivgen.render.plain import words
from derivgen.spec.homework.sheet import Sheet

VERSION = 2
# Options take some 40 ms a question; of more variants a bank asks for the expression itself.
MOST_OFFERED = 50
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LAYOUTS: tuple[LayoutName, ...] = ("numerator", "denominator")


def key_json(
    sheet: Sheet,
    sheets: Sequence[tuple[Composition, Worksheet]],
    notation: Notation,
    students: Sequence[tuple[str, str]] = (),
    made: Mapping[str, Sequence[Object]] | None = None,
) -> str:
    """The key as JSON: one object for each question of each variant, and which variants each sheet and student has.

    `sheets` has each sheet once, `students` ids with the codes of their sheets; where all have one sheet, nobody.
    `made` has the questions of each variant, where they are known already.
    """
    first = sheets[0][1]
    pairs = [pair for composition, one in sheets for pair in zip(composition.variants, one.tasks, strict=True)]
    questions = _by_variant({variant.name: (variant, task) for variant, task in pairs}, made, notation, first.language)
    answer: Object = {
        "key": VERSION,
        "homework": words(first.title),
        "name": sheet.name,
        "seed": sheet.seed,
        "language": first.language,
        "points": _points(first.points),
        "credit": {name: _points(share) for name, share in sheet.credit.items()},
        "feedback": sheet.feedback,
        "questions": [question for of_variant in questions.values() for question in of_variant],
        "sheets": [
            {"code": composition.code, "variants": [variant.name for variant in composition.variants]}
            for composition, _ in sheets
        ],
        "students": [{"id": identity, "code": code} for identity, code in students],
    }
    return json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _by_variant(
    drawn: Mapping[str, tuple[Variant, Task]],
    made: Mapping[str, Sequence[Object]] | None,
    notation: Notation,
    language: str,
) -> dict[str, Sequence[Object]]:
    """The questions of each variant, by its name; expressions have options where variants are few."""
    counts = Counter(variant.exercise.id for variant, _ in drawn.values())
    questions: dict[str, Sequence[Object]] = {}
    for name, (variant, task) in drawn.items():
        own = questions_of(variant, task, notation, language) if made is None else made[name]
        if counts[variant.exercise.id] <= MOST_OFFERED:
            triples = zip(LETTERS, task.parts, own, strict=False)
            own = [_with_offered(one, variant, part, letter, notation, language) for letter, part, one in triples]
        questions[name] = own
    return questions


def _with_offered(one: Object, variant: Variant, part: Part, letter: str, notation: Notation, language: str) -> Object:
    """The question with the options by which its expression could be asked for."""
    if part.kind != "expression":
        return one
    found = offered(variant.exercise.problem, part.derivation, part.layouts[0], (variant.name, letter))
    return {**one, "options": [_option(option, notation, language) for option in found]}


def questions_of(variant: Variant, task: Task, notation: Notation, language: str) -> list[Object]:
    """The questions of a variant as objects of the key."""
    # The letter belongs to the id even of a single question: a second one may be added later.
    return [
        {
            **_question(f"{variant.exercise.id}.{letter}", variant, task, part, notation, language),
            "options": [_option(one, notation, language) for one in part.options],
        }
        for letter, part in zip(LETTERS, task.parts, strict=False)
    ]


def _question(identifier: str, variant: Variant, task: Task, part: Part, notation: Notation, language: str) -> Object:
    exercise, derivation, first = variant.exercise, part.derivation, part.layouts[0]
    result, request, neutral = derivation.result(first), derivation.request, Neutral(notation, language)
    return {
        "id": identifier,
        "variant": variant.name,
        "exercise": exercise.id,
        "title": words(task.title),
        "number": task.label(part),
        "request": request.text,
        # Whoever types the missing lines types the derivation.
        "answer": "derivation" if part.kind == "faded" else part.kind,
        "layout": first if len(part.layouts) == 1 else "both",
        "points": _points(part.points),
        "shape": shape(result.shape),
        "text": text(result),
        "latex": latex(present(result, notation)),
        "layouts": {one.layout: layout(one, request, notation, language=language) for one in derivation.results},
        "value": None if part.valued is None else _value(part.valued, notation),
        "parameters": dict(variant.parameters),
        "variables": {name.value: what.value for name, what in exercise.variables},
        "functions": {name.value: what.value for name, what in exercise.functions},
        "assume": [condition.value for condition in exercise.assume],
        "prompt": neutral.paragraphs(asked(task, part)),
        "solution": neutral.paragraphs(alone(task, part)),
        "blanks": _blanks(part, notation),
        "form": None if part.form is None else {"no": list(part.form.forbidden), "at_most": part.form.at_most},
        "rubric": [{"points": _points(points), "text": words(earned)} for earned, points in part.rubric],
        "hints": [words(hint) for hint in part.hints],
    }


def _option(option: Option, notation: Notation, language: str) -> Object:
    none = words(told((SHEET.none_of_these,), language))
    formula = rf"\text{{{none}}}" if option.expr is None else latex(present(option.expr, notation))
    return {
        "id": option.letter,
        "text": none if option.expr is None else text(option.expr),
        "latex": formula,
        "right": option.is_right,
        "mistake": option.mistake,
        "feedback": words(told(option.feedback, language)),
    }


def _blanks(part: Part, notation: Notation) -> Value:
    """What belongs into the gaps of a derivation; null where it has none."""
    if part.faded is None:
        return None
    return [
        {
            "step": gap.step.number,
            "rule": gap.step.rule,
            "line": None if gap.end is None else _number(gap.end, notation),
        }
        for gap in part.faded.gaps
    ]


def _value(valued: Valued, notation: Notation) -> Object:
    at: Object = {variable.name: text(number) for variable, number in valued.at}
    layouts: Object = {one: _number(valued.in_layout(one), notation) for one in LAYOUTS}
    entry: Value = None if valued.entry is None else list(valued.entry)
    return {"at": at, "exact": valued.is_exact, "layouts": layouts, "entry": entry}


def _number(number: Expr, notation: Notation) -> Object:
    return {"text": text(number), "latex": latex(present(number, notation))}


def _points(points: Fraction | None) -> Value:
    if points is None:
        return None
    return points.numerator if points.denominator == 1 else float(points)
