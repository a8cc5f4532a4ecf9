"""An exercise of a sheet: what is given, what is asked, and the Problem that it stands for."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.problem.asked import Asked, Given, Pairs
from derivgen.problem.findings import Findings
from derivgen.problem.problem import LayoutChoice, Problem, Request
from derivgen.problem.resolve import make_problem
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.spec.homework.amounts import points_of, shown
from derivgen.spec.homework.keys import EXERCISE, fields_within
from derivgen.spec.homework.questions import Question, questions_of
from derivgen.spec.keys import LAYOUTS
from derivgen.spec.model import load_spec
from derivgen.spec.project import Project
from derivgen.spec.reader import Mapping, Node
from derivgen.spec.settings import Settings
from derivgen.spec.values import Fields


@record
class Exercise:
    """An exercise with its Problem; `requests` holds the request of each question, in their order."""

    id: str
    title: Text
    questions: tuple[Question, ...]
    problem: Problem
    requests: tuple[Request, ...]
    variables: Pairs
    functions: Pairs
    assume: tuple[Text, ...] = ()
    text: Text | None = None

    @property
    def points(self) -> Fraction | None:
        """The points of all questions together; None where a question has none."""
        found = [question.points for question in self.questions if question.points is not None]
        return sum(found, Fraction(0)) if len(found) == len(self.questions) else None


@record
class Surroundings:
    """What an exercise takes from its sheet: where it lies, the project, and the settings."""

    path: Path
    project: Project
    settings: Settings


@record
class _Source:
    variables: Pairs
    functions: Pairs
    assume: tuple[Text, ...]
    title: Text | None = None


def exercise_of(item: Node, around: Surroundings, findings: Findings) -> Exercise | None:
    """The exercise; None where a fault leaves nothing to derive."""
    if not isinstance(item, Mapping):
        hint = "write `- id: NAME`, and its other keys below"
        raise DerivgenError(Fault("kind", "an exercise is a mapping of keys to values", hint, item.span))
    before = len(findings.faults)
    entries = fields_within(item, EXERCISE, "an exercise", findings)
    identifier = _identifier(entries, item.span)
    questions = _with_points(questions_of(entries), entries)
    title, text = entries.text("title"), entries.text("text")
    layout = entries.choice("layout", LAYOUTS)
    source = _source(entries, around)
    _missing(entries, item.span, before)
    if source is None or not questions:
        return None
    problem, requests = _problem(source, questions, layout, around.settings, findings)
    if len(findings.faults) > before:
        return None
    name = title or source.title or Text(identifier, ((0, item.span),))
    return Exercise(
        identifier, name, questions, problem, requests, source.variables, source.functions, source.assume, text
    )


def _identifier(entries: Fields, place: Span) -> str:
    text = entries.text("id")
    if text is None:
        if "id" not in entries.entries:
            hint = "add a short name that stays, such as `id: quadratic`"
            entries.findings.add(Fault("missing-key", "this exercise has no id", hint, place))
        return ""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,60}", text.value):
        hint = "an id has letters from a to z, digits, - and _, and at most 60 of them"
        entries.findings.add(Fault("value", f"{text.value} cannot be an id", hint, text.span))
    return text.value


def _missing(entries: Fields, place: Span, before: int) -> None:
    """Note what is not there; a key that is only misspelt has been told already."""
    told = {fault.hint for fault in entries.findings.faults[before:] if fault.code == "unknown-key"}
    if "ask" not in entries.entries and "did you mean ask?" not in told:
        hint = "add `ask:` and below it, indented, such as `- derivative: f wrt x`"
        entries.findings.add(Fault("missing-key", "this exercise asks for nothing", hint, place))
    has_functions = "functions" in entries.entries or "spec" in entries.entries
    if not has_functions and not told & {"did you mean functions?", "did you mean spec?"}:
        hint = "add `functions:`, or take them from a spec by `spec: PATH`"
        entries.findings.add(Fault("missing-key", "this exercise has no functions", hint, place))


def _source(entries: Fields, around: Surroundings) -> _Source | None:
    """What is given: the exercise's own names, or those of a spec."""
    path = entries.text("spec")
    own = [key for key in ("variables", "functions", "assume") if key in entries.entries]
    if path is not None:
        for key in own:
            hint = f"remove {key}, or remove spec and write everything here"
            message = f"{key} come from the spec, and stand here too"
            entries.findings.add(Fault("twice", message, hint, entries.entries[key][0].span))
        return entries.findings.attempt(_from_spec, path, around)
    variables = entries.declarations("variables", "x: vector(n)")
    functions = entries.declarations("functions", "f: x.T @ x")
    if functions is None or (variables is None and "variables" in entries.entries):
        return None
    return _Source(variables or (), functions, entries.texts("assume") or ())


def within_project(path: Text, around: Surroundings) -> Path:
    """The path, which is read from the folder of the file that names it.

    Raises: DerivgenError for one that leads out of the project.
    """
    place = around.path.parent / path.value
    if Path(path.value).is_absolute() or not place.resolve().is_relative_to(around.project.root.resolve()):
        hint = "name a file of this project, by its path from the folder of the sheet"
        raise DerivgenError(Fault("path", f"{path.value} leads out of the project", hint, path.span))
    return place


def _from_spec(path: Text, around: Surroundings) -> _Source:
    place = within_project(path, around)
    if not place.is_file():
        hint = "the path is read from the folder of the sheet"
        raise DerivgenError(Fault("no-file", f"there is no spec {path.value}", hint, path.span))
    loaded = load_spec(place, around.project)
    if loaded.spec is None or loaded.faults:
        raise DerivgenError(*loaded.faults)
    if loaded.problem is None:
        hint = "name a spec that has functions"
        raise DerivgenError(Fault("no-functions", f"{path.value} is a page of prose", hint, path.span))
    return _Source(loaded.spec.variables, loaded.spec.functions, loaded.spec.assume, loaded.spec.title)


def _with_points(questions: tuple[Question, ...], entries: Fields) -> tuple[Question, ...]:
    """The questions with the points of the exercise; they must add up to them."""
    text = entries.text("points")
    whole = None if text is None else entries.findings.attempt(points_of, text)
    if text is None or whole is None or not questions:
        return questions
    given = sum((question.points for question in questions if question.points is not None), Fraction(0))
    lacking = [question for question in questions if question.points is None]
    message = f"the questions do not add up to the {shown(whole)} points of the exercise"
    if (lacking and given < whole) or given == whole:
        share = (whole - given) / max(len(lacking), 1)
        if (share * 4).denominator == 1:
            return tuple(replace(q, points=share) if q.points is None else q for q in questions)
        left = f"{shown(whole - given)} points left" if given else f"{shown(whole)} points"
        message = f"{left} for {len(lacking)} questions are no whole quarters of a point each"
    hint = "give every question its points, or change those of the exercise"
    entries.findings.add(Fault("points", message, hint, text.span))
    return questions


def _problem(
    source: _Source,
    questions: tuple[Question, ...],
    layout: LayoutChoice | None,
    settings: Settings,
    findings: Findings,
) -> tuple[Problem, tuple[Request, ...]]:
    asked = tuple(Asked(question.derivative, question.layout, question.method) for question in questions)
    made = make_problem(
        Given(source.variables, source.functions, asked, source.assume),
        layout=layout or settings.layout,
        methods=settings.methods,
        detail=settings.detail,
        first=settings.first,
        notation=settings.notation,
        known=settings.known_ids,
        focus=settings.focus_ids,
    )
    findings.add(*made.faults)
    for _, faults in made.request_faults:
        findings.add(*faults)
    requests = []
    for question in questions:
        own = [request for request in made.problem.requests if request.span == question.derivative.span]
        if len(own) > 1:
            hint = "ask for each of them in a question of its own"
            findings.add(Fault("request", "a question asks for one derivative", hint, question.derivative.span))
        requests += own[:1]
    return made.problem, tuple(requests)
