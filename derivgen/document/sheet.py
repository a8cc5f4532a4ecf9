"""The three documents of a sheet: what students get, the short key, and the full solutions.

What students get is made from the questions alone: no block of it is made from a result,
a step or a value; hints name rules and say nothing that the rule does not say in general.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from derivgen.answers.stored import AnswerKind
from derivgen.calculus.conditions import added, domain, simplified
from derivgen.calculus.records import Derivation
from derivgen.document.blocks import (
    Answer,
    AnswerRow,
    Blanks,
    Block,
    Callout,
    Cell,
    CodeSpan,
    Document,
    Emphasis,
    Heading,
    Hints,
    Inline,
    NewPage,
    Paragraph,
    Phrase,
    Question,
    Room,
    Table,
    Text,
)
from derivgen.document.choices import options_judged, options_shown, right_option
from derivgen.document.gaps import gaps_filled, gaps_shown
from derivgen.document.given import given_rows, givens_table
from derivgen.document.marking import legend
from derivgen.document.solution import solution
from derivgen.document.symbols import symbols_of_questions
from derivgen.document.wording.conditions import conditions_text
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.questions import (
    LAYOUT_IN_SHORT,
    LAYOUT_WORDS,
    SHEET,
    asks_for,
    asks_for_choice,
    asks_for_form,
    asks_for_gaps,
    asks_for_lines,
    asks_for_number,
    asks_for_shape,
    asks_for_value,
    lines_words,
    points_words,
    size_words,
    value_words,
)
from derivgen.document.wording.telling import joined, said, told, told_document
from derivgen.document.worksheet import Part, Task, Worksheet
from derivgen.expr.memory import remembered_of
from derivgen.expr.nodes import Expr
from derivgen.printing.present import present_shape
from derivgen.printing.text import text
from derivgen.problem.problem import Condition, LayoutName, counterpart

# Of the columns of the table of answers: question, layout, answer, shape, points.
ANSWER_WIDTHS = (12, 17, 48, 11, 12)
# So many rows of answers stand on a page.
MOST_ROWS = 24
Row = tuple[Text, ...]

Asks = Callable[[Derivation, Expr, Sequence[LayoutName]], Text]
ASKS: dict[AnswerKind, Asks] = {
    "expression": asks_for,
    "shape": asks_for_shape,
    "choice": asks_for_choice,
    "derivation": asks_for_lines,
    "faded": asks_for_gaps,
}


def student(sheet: Worksheet, slug: str) -> Document:
    """What students get: exercises with room for the answers, and hints on a page of their own."""
    exercises = (block for task in sheet.tasks for block in exercise(task))
    hints = tuple(block for task in sheet.tasks for block in hints_of(task))
    made = (*head(sheet), *exercises, *(hints_head() if hints else ()), *hints)
    return told_document(Document(sheet.title, slug, sheet.language, SHEET.about, made))


def key(sheet: Worksheet, slug: str) -> Document:
    """The short key: for each question the answer, the other layout, the shape, and the text for graders."""
    blocks: list[Block] = [for_staff(sheet)]
    for task in sheet.tasks:
        blocks.append(_heading(task))
        for part in task.parts:
            blocks += [_question(task, part), *_answered(part, ())]
    return told_document(Document(titled(sheet, SHEET.key), slug, sheet.language, SHEET.about_key, tuple(blocks)))


def solutions(sheet: Worksheet, slug: str) -> Document:
    """The full solutions: each question with the steps that lead to its answer, and what earns points."""
    blocks = tuple(block for task in sheet.tasks for block in worked(task))
    made = (for_later(sheet), *answers_in_short(sheet), *legend(blocks), *blocks)
    return told_document(Document(titled(sheet, SHEET.solutions), slug, sheet.language, SHEET.about_solutions, made))


# The parts of these documents


def head(sheet: Worksheet) -> tuple[Block, ...]:
    """What stands above the first exercise."""
    return (Blanks((SHEET.name, SHEET.number)), *sheet.introduction, size(sheet))


def size(sheet: Worksheet) -> Block:
    """How long a sheet is, for students."""
    return Paragraph((Emphasis(size_words(len(sheet.tasks), sheet.points)),))


def for_staff(sheet: Worksheet) -> Block:
    """The first line of what students must not see."""
    return Paragraph(size_words(len(sheet.tasks), sheet.points), SHEET.not_for_students)


def for_later(sheet: Worksheet) -> Block:
    """The first line of what students get when their answers are in."""
    return Paragraph(size_words(len(sheet.tasks), sheet.points), SHEET.for_later)


def exercise(task: Task) -> tuple[Block, ...]:
    """An exercise as students get it."""
    asked = (
        block
        for part in task.parts
        for block in (_question(task, part), *options_shown(part), *gaps_shown(part, task.label(part)), *_room(part))
    )
    return (*_given(task), *asked)


def _room(part: Part) -> tuple[Block, ...]:
    # Each gap has room of its own.
    return () if part.kind == "faded" else (Room(part.room),)


def hints_head() -> tuple[Block, ...]:
    """What stands above the first hint."""
    return (NewPage(), Heading(2, (SHEET.hints,), "hints"), Paragraph((SHEET.take_one,)))


def hints_of(task: Task) -> tuple[Block, ...]:
    """The hints for an exercise."""
    return tuple(block for part in task.parts for block in _hints(task, part))


def worked(task: Task) -> tuple[Block, ...]:
    """An exercise with its answers, the steps to them, and what earns points."""
    told = _assumed(task)
    answers = (
        block for part in task.parts for block in (_question(task, part), *_answered(part, told), *solution(task, part))
    )
    return (*_given(task, symbols=True), *answers)


def asked(task: Task, part: Part) -> tuple[Block, ...]:
    """One question with what is given for it, under no heading."""
    return (*tuple(_given(task))[1:], _question(task, part), *gaps_shown(part, task.label(part)))


def titled(sheet: Worksheet, what: Phrase) -> Text:
    """The title of one of the documents of a sheet."""
    return (*sheet.title, ": ", what)


def _heading(task: Task) -> Heading:
    shows = len(task.parts) > 1 and task.points is not None
    points: Text = (" (", *points_words(task.points), ")") if shows else ()
    return Heading(2, (f"{task.number}. ", *task.title, *points), f"exercise-{task.number}")


def _given(task: Task, *, symbols: bool = False) -> Iterator[Block]:
    """An exercise up to its questions; with the signs of its steps where those are shown."""
    yield _heading(task)
    yield from task.text
    derivations = tuple(part.derivation for part in task.parts)
    yield Heading(3, (LABELS.given,), f"given-{task.number}")
    signs = symbols_of_questions(task.problem, derivations) if symbols else ()
    yield givens_table((*given_rows(task.problem, derivations), *signs))
    if assumed := _assumed(task):
        yield Callout("conditions", SHEET.assume, conditions_text(assumed))


def _assumed(task: Task) -> tuple[Condition, ...]:
    """What the author assumes, and what the functions need to have a value."""
    given = task.problem.assumptions
    functions = dict.fromkeys(part.derivation.request.of for part in task.parts)
    needed = simplified(tuple(one for function in functions for one in domain(function)), given)
    return (*given, *added(needed, given))


def _question(task: Task, part: Part) -> Question:
    symbol = part.derivation.request.derivative
    asks = ASKS.get(part.kind, asks_for)
    at = () if part.valued is None else part.valued.at
    words = (*asks(part.derivation, symbol, part.layouts), *asks_for_value(at), *asks_for_form(part.form))
    if part.kind == "number" and part.valued is not None:
        words = asks_for_number(part.derivation, symbol, part.layouts, part.valued)
    number = f"{part.letter})" if part.letter else ""
    return Question(number, f"question-{task.label(part)}", words, points_words(part.points))


def _hints(task: Task, part: Part) -> Iterator[Block]:
    if part.hints:
        yield Hints((SHEET.question, " ", task.label(part)), SHEET.hint, part.hints)


def _answered(part: Part, told: tuple[Condition, ...]) -> Iterator[Block]:
    """The answer as asked, in a box; the other layout, and what a grader types, in small below it.

    What is `told` above to be assumed is not told again.
    """
    derivation = part.derivation
    first = part.layouts[0]
    if part.kind == "shape":
        yield Paragraph(_shapes(part), SHEET.shape_label)
        return
    yield from options_judged(part)
    yield from gaps_filled(part)
    if part.kind == "number":
        yield from _value(part)
    cells = tuple(Cell(derivation.result(layout), str(derivation.result(layout).shape)) for layout in part.layouts)
    heads: tuple[Text, ...] = tuple((LAYOUT_WORDS[layout],) for layout in part.layouts)
    if derivation.result(first).shape.is_scalar:
        cells, heads = cells[:1], ((LABELS.both,),)
    yield Answer(heads, (AnswerRow(derivation.request.derivative, cells),), tuple(_note(part, told)), (LABELS.both,))
    if part.kind == "derivation":
        yield Paragraph(lines_words(len(derivation.steps)), SHEET.lines)
    if part.kind != "number":
        yield from _value(part)


def _value(part: Part) -> Iterator[Block]:
    if part.valued is not None:
        yield Paragraph(value_words(part.valued, part.layouts[0], tolerated=part.kind == "number"), SHEET.value)


def answers_in_short(sheet: Worksheet, most: int = MOST_ROWS) -> tuple[Table, ...]:
    """The answers to all questions of a sheet, a row for each layout, the one that was asked for first.

    No page parts a table: of more than `most` rows there are several, each with whole questions.
    """
    parts = [(task.label(part), part) for task in sheet.tasks for part in task.parts]
    heads: tuple[Phrase, ...] = (SHEET.question, SHEET.layout, SHEET.answer, SHEET.shape)
    has_points = any(part.points is not None for _, part in parts)
    rows = [
        tuple(row if has_points else row[:-1] for row in _in_layouts(part, label, sheet.language))
        for label, part in parts
    ]
    shown = (*heads, SHEET.points) if has_points else heads
    widths = ANSWER_WIDTHS[: len(shown)]
    titles = tuple((head,) for head in shown)
    return tuple(Table(titles, one, row_heads=True, widths=widths, cards=True) for one in _evenly(rows, most))


def _evenly(questions: Sequence[tuple[Row, ...]], most: int) -> Iterator[tuple[Row, ...]]:
    """The rows of questions for as many tables as are needed, about as many in each."""
    total = sum(map(len, questions))
    wanted = -(-total // -(-total // most)) if total else 0
    rows: tuple[Row, ...] = ()
    for question in questions:
        if rows and len(rows) + len(question) > wanted:
            yield rows
            rows = ()
        rows += question
    yield rows


@remembered_of
def _in_layouts(part: Part, label: str, language: str) -> tuple[tuple[Text, ...], ...]:
    """The rows of a question, in words: thousands of sheets may have it, each in a table of its own."""
    results = [(layout, part.derivation.result(layout)) for layout in _all_layouts(part)]
    rows: list[tuple[Text, ...]] = [
        ((label,), (LAYOUT_IN_SHORT[layout],), _as_answered(part, layout), (present_shape(result.shape),))
        for layout, result in results
    ]
    if results[0][1] == results[1][1]:
        rows = [((label,), (SHEET.both,), *rows[0][2:])]
    points = points_words(part.points)
    return tuple(
        tuple(told(cell, language) for cell in (*row, () if number else points)) for number, row in enumerate(rows)
    )


def _as_answered(part: Part, layout: LayoutName) -> Text:
    if part.kind == "shape":
        return ()
    return answer_in_short(part) if layout == part.layouts[0] else (part.derivation.result(layout),)


def answer_in_short(part: Part) -> Text:
    """The answer as it stands in a table: the first layout that was asked for, and the value at a point."""
    if part.kind == "shape":
        return _shapes(part)
    first = part.layouts[0]
    if part.kind == "number" and part.valued is not None:
        return (part.valued.in_layout(first),)
    result = right_option(part) if part.kind == "choice" else (part.derivation.result(first),)
    if part.valued is None:
        return result
    return (*result, "; ", *said("at the point {value}", value=part.valued.in_layout(first)))


def _all_layouts(part: Part) -> tuple[LayoutName, ...]:
    """Both layouts, the one asked for first."""
    return part.layouts if len(part.layouts) > 1 else (*part.layouts, counterpart(part.layouts[0]))


def _note(part: Part, told: tuple[Condition, ...]) -> Iterator[Inline]:
    derivation = part.derivation
    if conditions := added(derivation.conditions, told):
        yield from (LABELS.holds, " ", *conditions_text(conditions), " ")
    if derivation.result("numerator").shape.is_scalar:
        yield from (SHEET.typed, " ", CodeSpan(text(derivation.result(part.layouts[0]))))
        return
    for layout in part.layouts:
        where: Text = (" (", LAYOUT_WORDS[layout], ")") if len(part.layouts) > 1 else ()
        yield from (SHEET.typed, " ", CodeSpan(text(derivation.result(layout))), *where, ". ")
    if len(part.layouts) > 1:
        yield SHEET.either
        return
    other = counterpart(part.layouts[0])
    if derivation.result(other) == derivation.result(part.layouts[0]):
        yield SHEET.same
        return
    result = derivation.result(other)
    yield from said(
        "In {layout} {answer}, shape {shape}, typed {typed}.",
        layout=LAYOUT_WORDS[other],
        answer=result,
        shape=present_shape(result.shape),
        typed=CodeSpan(text(result)),
    )


def _shapes(part: Part) -> Text:
    if part.derivation.result("numerator").shape == part.derivation.result("denominator").shape:
        return (*said("{shape} in both layouts", shape=present_shape(part.derivation.result("numerator").shape)), ".")
    shapes = [
        said(
            "{shape} in {layout}",
            shape=present_shape(part.derivation.result(layout).shape),
            layout=LAYOUT_WORDS[layout],
        )
        for layout in _all_layouts(part)
    ]
    return (*joined(shapes, "; "), ".")
