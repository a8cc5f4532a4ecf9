"""From a sheet that is read and its derivations to the worksheet that the documents are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.records import Derivation, Step
from derivgen.document.asking import layouts_shown, page_notation
from derivgen.document.begun import begun_by
from derivgen.document.blocks import Block, Phrase, StepBlock, Text
from derivgen.document.detail import shown
from derivgen.document.drawings import draw
from derivgen.document.gaps import worked_steps
from derivgen.document.practice import FadedSteps, faded
from derivgen.document.prose import inline, prose
from derivgen.document.wording.hints import hint as hint_of
from derivgen.document.wording.questions import SHEET
from derivgen.document.wording.telling import told
from derivgen.document.worksheet import Option, Part, Task, Valued, Worksheet
from derivgen.errors import DerivgenError, Fault
from derivgen.homework.drawing import Composition
from derivgen.homework.options import options_of
from derivgen.homework.place import entry_valued, valued
from derivgen.homework.rubric import Row, rows
from derivgen.printing.notation import Notation
from derivgen.problem.problem import LayoutName, Problem
from derivgen.problem.text import Text as Source
from derivgen.record import record
from derivgen.spec.homework.exercises import Exercise
from derivgen.spec.homework.questions import AUTO, Question
from derivgen.spec.homework.sheet import Sheet
from derivgen.spec.homework.templates import scope_of
from derivgen.syntax.scope import Scope

# What the ids of rules that read off a derivative begin with.
IDENTIFICATION = "identify-"

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Millimetres of paper for an answer.
ROOM = {"expression": 50, "shape": 15, "choice": 8, "number": 25, "derivation": 110, "faded": 0}


def worksheet(sheet: Sheet, derivations: Sequence[Sequence[Derivation]]) -> tuple[Worksheet, tuple[Fault, ...]]:
    """The worksheet, and the faults in the texts and points of the sheet.

    `derivations` holds, for each exercise, one derivation for each of its questions.
    """
    every = [one for of_exercise in derivations for one in of_exercise]
    maker = _Maker(sheet, page_notation(sheet.settings.notation, every))
    pairs = enumerate(zip(sheet.exercises, derivations, strict=True), 1)
    tasks = [maker.task(k, exercise.id, exercise, found) for k, (exercise, found) in pairs]
    return maker.sheet(sheet, tasks), tuple(maker.faults)


def class_worksheets(
    sheet: Sheet, compositions: Sequence[Composition], notation: Notation
) -> tuple[tuple[Worksheet, ...], tuple[Fault, ...]]:
    """The worksheet of each composition; where two have the same variant at the same place, they share its task."""
    maker = _Maker(sheet, notation)
    tasks: dict[tuple[int, str], Task] = {}
    sheets = []
    for composition in compositions:
        mine = list(enumerate(composition.variants, 1))
        for number, variant in mine:
            if (number, variant.name) not in tasks:
                tasks[number, variant.name] = maker.task(
                    number, variant.name, variant.exercise, variant.derivations, variant.options
                )
        sheets.append(maker.sheet(sheet, [tasks[number, variant.name] for number, variant in mine]))
    return tuple(sheets), tuple(dict.fromkeys(maker.faults))


def class_notation(sheet: Sheet, compositions: Sequence[Composition]) -> Notation:
    """How the symbols of all sheets of a class are set."""
    every = [one for composition in compositions for variant in composition.variants for one in variant.derivations]
    return page_notation(sheet.settings.notation, every)


def notation_of(sheet: Sheet, made: Worksheet) -> Notation:
    """How the symbols of the sheet are set."""
    return page_notation(sheet.settings.notation, made.derivations)


@record
class _Asked:
    """A question with its derivation, and those of the questions before it in its exercise."""

    question: Question
    earlier: Sequence[Derivation]
    derivation: Derivation
    problem: Problem

    @property
    def new(self) -> tuple[Step, ...]:
        """The steps that are asked for: not those of a gradient that was asked for before."""
        whole = shown(self.derivation.steps, self.problem)
        if self.question.answer in ("derivation", "faded"):
            return tuple(whole)
        return begun_by(self.earlier, self.derivation).new(whole)

    @property
    def asks_shape(self) -> bool:
        """Whether the shape is asked for with the derivative."""
        return self.question.answer == "expression" and not self.derivation.result("numerator").shape.is_scalar


@dataclass(slots=True)
class _Maker:
    """Gathers faults while a worksheet is made."""

    of: Sheet
    notation: Notation
    faults: list[Fault] = field(default_factory=list)

    @property
    def language(self) -> str:
        return self.of.settings.language

    def sheet(self, sheet: Sheet, tasks: Sequence[Task]) -> Worksheet:
        title = self.line(sheet.title, Scope({}))
        introduction = self.blocks(sheet.settings.introduction, Scope({}))
        return Worksheet(title, self.language, introduction, tuple(tasks))

    def task(
        self,
        number: int,
        name: str,
        exercise: Exercise,
        derivations: Sequence[Derivation],
        options: Sequence[tuple[Option, ...]] = (),
    ) -> Task:
        scope = scope_of(exercise.problem)
        letters = LETTERS if len(exercise.questions) > 1 else [""]
        pairs = enumerate(zip(exercise.questions, derivations, strict=True))
        asked = [_Asked(question, derivations[:k], found, exercise.problem) for k, (question, found) in pairs]
        made = [self.part(letters[k % len(letters)], one, scope) for k, one in enumerate(asked)]
        known = options or ((),) * len(made)
        parts = tuple(
            replace(part, layouts=part.layouts[:1], options=own)
            if own
            else self.with_options(part, question, exercise.problem, (self.of.seed, name, LETTERS[k % len(LETTERS)]))
            for k, (part, question, own) in enumerate(zip(made, exercise.questions, known, strict=True))
        )
        title, text = self.line(exercise.title, scope), self.blocks(exercise.text, scope)
        return Task(number, title, text, exercise.problem, parts)

    def part(self, letter: str, asked: _Asked, scope: Scope) -> Part:
        question, derivation, problem = asked.question, asked.derivation, asked.problem
        layouts = layouts_shown(problem, derivation)
        gaps = self.gaps(question, derivation, problem)
        return Part(
            letter,
            question.answer,
            derivation,
            layouts if question.entry is None else layouts[:1],
            question.points,
            self.hints(asked, scope),
            self.rubric(asked, scope, gaps),
            self.value(question, derivation, problem, layouts[0]),
            question.space or ROOM[question.answer],
            question.form,
            faded=gaps,
        )

    def value(self, question: Question, derivation: Derivation, problem: Problem, layout: LayoutName) -> Valued | None:
        if not question.at:
            return None
        try:
            value = valued(problem, derivation, question.at)
            return value if question.entry is None else entry_valued(value, question.entry, layout)
        except DerivgenError as error:
            self.faults.extend(error.faults)
            return None

    def gaps(self, question: Question, derivation: Derivation, problem: Problem) -> FadedSteps | None:
        if not question.blanks:
            return None
        own = worked_steps(problem, derivation)
        answer = tuple(result.expr for result in derivation.results)
        made = faded(own, question.blanks, answer, self.notation)
        listed = ", ".join(f"{step.number} ({step.rule})" for step in own if isinstance(step, StepBlock))
        for blank in made.unmet:
            message = f"no step of this derivation is meant by {blank.text.value}"
            self.faults.append(Fault("no-step", message, f"the steps are {listed}", blank.text.span))
        return made

    def with_options(self, part: Part, question: Question, problem: Problem, seed: Sequence[str]) -> Part:
        if question.choice is None:
            return part
        first = part.layouts[0]
        try:
            options = options_of(problem, part.derivation, first, question.choice, seed)
        except DerivgenError as error:
            self.faults.extend(error.faults)
            return part
        return replace(part, layouts=(first,), options=options)

    def hints(self, asked: _Asked, scope: Scope) -> tuple[Text, ...]:
        made: list[Text] = []
        layout = layouts_shown(asked.problem, asked.derivation)[0]
        for hint in asked.question.hints:
            made += (
                rule_hints(asked.derivation, asked.new, layout, language=self.language)
                if hint.value == AUTO
                else [self.line(hint, scope)]
            )
        return tuple(made)

    def rubric(self, asked: _Asked, scope: Scope, gaps: FadedSteps | None) -> tuple[Row, ...]:
        question = asked.question
        if not isinstance(question.rubric, str):
            return tuple((self.line(row.text, scope), row.points) for row in question.rubric)
        if question.points is None:
            hint = "give the question its points, or leave rubric out"
            self.faults.append(Fault("points", "a rubric shares out points, and there are none", hint, question.span))
            return ()
        if question.answer == "shape":
            return (((SHEET.shape_is_right,), question.points),)
        if question.answer == "choice":
            return (((SHEET.option_is_right,), question.points),)
        wanted = () if gaps is None else tuple(gap.step.number for gap in gaps.gaps)
        steps = [step for step in asked.new if str(step.number) in wanted] or asked.new
        return rows(steps, question.points, (SHEET.its_shape,) if asked.asks_shape else ())

    def line(self, text: Source, scope: Scope) -> Text:
        made, faults = inline(text.value, text.span, scope)
        self.faults.extend(faults)
        return made

    def blocks(self, text: Source | None, scope: Scope) -> tuple[Block, ...]:
        if text is None:
            return ()
        made, faults = prose(text.value, text.span, scope, draw)
        self.faults.extend(faults)
        return made


def rule_hints(derivation: Derivation, steps: Sequence[Step], layout: LayoutName, *, language: str) -> list[Text]:
    """The rules of these steps of a derivation, in words: no symbol of the problem but its variable.

    The rules of identification speak of numerator layout; where another one is asked for, they say what is left to do.
    """
    first, other = derivation.result("numerator"), derivation.result("denominator")
    is_one = first.shape.is_scalar or (derivation.request.is_second and first == other)
    turns = layout == "denominator" and not is_one
    first_with = {rule: step for step in reversed(steps) for rule in reversed((step.rule, *step.also))}
    rules = dict.fromkeys(rule for step in steps for rule in (step.rule, *step.also))
    return [
        (
            *told((Phrase(RULES[rule].name), ". ", *hint_of(rule, first_with[rule])), language),
            *(told((" ", SHEET.then_transpose), language) if turns and rule.startswith(IDENTIFICATION) else ()),
        )
        for rule in rules
        if RULES[rule].weight != "trivial"
    ]
