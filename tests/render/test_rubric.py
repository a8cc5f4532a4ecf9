"""The rubric notices what is amiss: a good page breaks no question, and each question is broken on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from derivgen.document.blocks import (
    Answer,
    AnswerRow,
    Block,
    Document,
    Equation,
    Givens,
    Heading,
    Line,
    Paragraph,
    StepBlock,
)
from derivgen.expr.build import MINUS_ONE, ONE_NUMBER, apply, negative, number
from derivgen.expr.nodes import Expr, Product, Reference, SizeNumber, Sum, Transpose, Unresolved, Variable
from derivgen.expr.sizes import ONE, Shape, Size
from derivgen.printing.boxes import Word
from derivgen.printing.notation import Notation
from derivgen.project.documents import document_of
from derivgen.project.review import asked
from derivgen.project.work import Wishes, Worked, worked
from derivgen.render.rubric import QUESTIONS, judged
from derivgen.render.rubric.leftovers import LEFTOVERS, leftovers

SPEC = Path(__file__).parents[2] / "specs" / "11-matrix-calculus" / "quadratic-form.yaml"
N = Size.named("n")
x = Variable("x", Shape(N, ONE))
A = Variable("A", Shape(N, N))
f = Reference("f", Product((Transpose(x), A, x)))
n = SizeNumber(N)
f_x = Unresolved(f, (x,))


@cache
def done() -> Worked:
    return worked(SPEC, SPEC, Wishes())


@cache
def page() -> Document:
    made, faults = document_of(done(), "quadratic-form", SPEC)
    assert faults == ()
    return made


Change = Callable[[Block], Block | None]


def changed(change: Change) -> Document:
    """The good page with each block changed; None takes it away."""
    blocks = (change(block) for block in page().blocks)
    return replace(page(), blocks=tuple(block for block in blocks if block is not None))


def in_answer(change: Callable[[Expr], Expr]) -> Document:
    """The good page with other answers."""

    def row(old: AnswerRow) -> AnswerRow:
        return replace(old, cells=tuple(replace(cell, expr=change(cell.expr)) for cell in old.cells))

    return changed(lambda b: replace(b, rows=tuple(map(row, b.rows))) if isinstance(b, Answer) else b)


def in_steps(**new: object) -> Document:
    """The good page whose steps have other values."""
    return changed(lambda b: replace(b, **new) if isinstance(b, StepBlock) else b)  # type: ignore[arg-type]


def in_heading(start: str, **new: object) -> Document:
    """The good page with other values in the headings whose anchor begins so."""

    def change(block: Block) -> Block:
        hit = isinstance(block, Heading) and block.anchor.startswith(start)
        return replace(block, **new) if hit else block  # type: ignore[arg-type]

    return changed(change)


def without_headings(anchor: str) -> Document:
    return changed(lambda b: None if isinstance(b, Heading) and b.anchor.startswith(anchor) else b)


def without_rows(*names: Expr) -> Document:
    """The good page whose table of symbols lacks names, or with none given, every sign."""

    def is_kept(row: object) -> bool:
        symbol = row.symbol  # type: ignore[attr-defined]
        return symbol not in names if names else isinstance(symbol, Variable | Reference)

    return changed(lambda b: replace(b, rows=tuple(filter(is_kept, b.rows))) if isinstance(b, Givens) else b)


def with_steps(times: int) -> Document:
    """The good page with each step so many times."""
    blocks = (b for b in page().blocks for _ in range(times if isinstance(b, StepBlock) else 1))
    return replace(page(), blocks=tuple(blocks))


def with_goals(count: int) -> Document:
    """The good page with so many headings before its first step."""
    goals = tuple(Heading(3, ("One more",), f"goal-{k}", is_subgoal=True) for k in range(50, 50 + count))
    first = next(k for k, block in enumerate(page().blocks) if isinstance(block, StepBlock))
    return replace(page(), blocks=(*page().blocks[:first], *goals, *page().blocks[first:]))


def with_block(block: Block) -> Document:
    return replace(page(), blocks=(*page().blocks, block))


def with_given(symbol: Expr, definition: Expr | None = None) -> Document:
    """The good page with one more row in its table of symbols."""
    row = next(b for b in page().blocks if isinstance(b, Givens)).rows[0]
    new = replace(row, symbol=symbol, definition=definition)
    return changed(lambda b: replace(b, rows=(*b.rows, new)) if isinstance(b, Givens) else b)


def with_last_line() -> Document:
    """The good page that ends in twice its answer."""

    def change(block: Block) -> Block:
        if not isinstance(block, StepBlock) or not isinstance(line := block.equation.line, Line) or not line.implies:
            return block
        doubled = replace(line.implies, rights=(Product((number(2), line.implies.rights[-1])),))
        return replace(block, equation=Equation(replace(line, implies=doubled)))

    return changed(change)


BROKEN: dict[str, tuple[Callable[[], Document], str]] = {
    "the last line is another": (lambda: with_last_line(), "answer"),
    "there are no steps": (lambda: changed(lambda b: None if isinstance(b, StepBlock) else b), "answer"),
    "an answer is still to be found": (lambda: in_answer(lambda _: Transpose(Unresolved(f, (x,)))), "finished"),
    "a column of the answer has no name": (
        lambda: changed(lambda b: replace(b, layouts=(("numerator layout",), ())) if isinstance(b, Answer) else b),
        "layouts",
    ),
    "the steps do not name their layout": (lambda: in_heading("steps", text=("Steps",)), "layouts"),
    "a step has no shape": (lambda: in_steps(shape=""), "shapes"),
    "a step has the shape of another": (lambda: in_steps(shape="n x m"), "shapes"),
    "an answer has the shape of another layout": (lambda: in_answer(Transpose), "shapes"),
    "the sides of a line do not fit": (lambda: in_steps(equation=Equation(Line(f_x, (A,)))), "shapes"),
    "a variable is not declared": (lambda: without_rows(x), "symbols"),
    "a function is not declared": (lambda: without_rows(f), "symbols"),
    "signs are not explained": (lambda: without_rows(), "symbols"),
    "a factor is left": (lambda: in_answer(lambda e: Product((ONE_NUMBER, e))), "simplified"),
    "two places have one address": (lambda: in_heading("layouts", anchor="given"), "anchors"),
    "two steps have one number": (lambda: in_steps(anchor="step-1"), "anchors"),
    "there are too many steps": (lambda: with_steps(9), "length"),
    "there is no check": (lambda: without_headings("check"), "check"),
    "a step says no reason": (lambda: in_steps(why=()), "reasons"),
    "a reason is a paragraph": (lambda: in_steps(why=("word " * 25, x)), "reasons"),
    "steps stand under no heading": (lambda: without_headings("goal"), "headings"),
    "steps stand under too many headings": (lambda: with_goals(7), "headings"),
    "a formula speaks LaTeX": (lambda: with_block(Paragraph((Word(r"\frac"),))), "speech"),
    "a formula speaks a program": (lambda: with_block(Paragraph((Word("logdet"),))), "speech"),
    "a formula has no words": (lambda: with_block(Paragraph((Word(""),))), "speech"),
    "two names print alike": (lambda: with_given(Variable("x", Shape(N, ONE), symmetric=True)), "names"),
    "a name is defined by itself": (lambda: with_given(x, Sum((x, x))), "names"),
    "a line is wider than the page": (lambda: with_block(Equation(Word("w" * 100))), "width"),
}


def test_a_good_page_breaks_no_question() -> None:
    assert judged(page(), done().notation, "standard") == ()


@pytest.mark.parametrize(("make", "name"), [pytest.param(*pair, id=what) for what, pair in BROKEN.items()])
def test_a_broken_page_is_noticed(make: Callable[[], Document], name: str) -> None:
    found = judged(make(), done().notation, "standard")
    assert name in {one.question.name for one in found}


HEAD = """title: One head of attention
variables: {q: vector(d), K: "matrix(n, d)", V: "matrix(n, m)"}
functions:
  s: K @ q / sqrt(d)
  o: V.T @ softmax(s)
derivatives:
  - o wrt q
  - o wrt V
"""


def test_a_sign_is_explained_whatever_its_example_is(tmp_path: Path) -> None:
    spec = tmp_path / "head.yaml"
    spec.write_text(HEAD, encoding="utf-8")
    head = worked(spec, spec, Wishes())
    made, faults = document_of(head, "head", spec)
    assert (faults, judged(made, head.notation, "standard")) == ((), ())


def test_every_question_is_broken_by_a_test() -> None:
    assert {name for _, name in BROKEN.values()} == {question.name for question in QUESTIONS}


LEFT: dict[str, Expr] = {
    "a factor that is the identity matrix": Product((Transpose(x), apply("eye", n))),
    "a factor 1": Product((ONE_NUMBER, x)),
    "a term 0": Sum((x, number(0))),
    "a transpose of a transpose": Sum((x, Transpose(Transpose(x)))),
    "a minus of a minus": negative(negative(x)),
    "ones times a diagonal matrix": Product((Transpose(apply("ones", n)), apply("diag", x))),
}


@pytest.mark.parametrize("what", LEFTOVERS)
def test_a_leftover_is_named(what: str) -> None:
    assert leftovers(LEFT[what]) == (what,)


@pytest.mark.parametrize(
    "finished",
    [
        pytest.param(apply("eye", n), id="the identity itself"),
        pytest.param(Product((MINUS_ONE, x)), id="one minus"),
        pytest.param(Product((apply("diag", x), A)), id="a diagonal factor"),
        pytest.param(Sum((ONE_NUMBER, Product((MINUS_ONE, Transpose(x), x)))), id="a term 1"),
    ],
)
def test_what_says_something_is_no_leftover(finished: Expr) -> None:
    assert leftovers(finished) == ()


def test_a_page_that_would_mislead_is_refused_as_a_bug_of_derivgen() -> None:
    found = asked(with_last_line(), done(), SPEC)
    assert (found.is_refused, found.status) == (True, 5)
    assert "answer: in step" in found.messages[0]
    assert "the page is not made" in found.messages[0]


def test_a_page_that_is_right_and_falls_short_is_made_and_reported() -> None:
    found = asked(in_steps(why=("word " * 25, x)), done(), SPEC)
    assert (found.is_refused, found.status) == (False, 5)
    assert "26 words" in found.messages[0]


def test_a_line_too_wide_is_a_fault_of_the_spec_with_a_way_to_mend_it() -> None:
    found = asked(with_block(Equation(Word("w" * 100))), done(), SPEC)
    assert (found.is_refused, found.status) == (False, 1)
    assert "mend: give a part of it a name" in found.messages[0]


def test_a_page_of_prose_is_asked_only_what_concerns_it() -> None:
    prose = Document(("Prose",), "prose", "en", "", (Paragraph(("Words and ", x, ".")),))
    assert judged(prose, Notation(), "standard") == ()
