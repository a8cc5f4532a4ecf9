"""A sheet that is worked out: what its three documents are made of."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derivgen.answers.stored import AnswerKind, Form
from derivgen.calculus.records import Derivation
from derivgen.document.blocks import Block, Text
from derivgen.document.practice import FadedSteps
from derivgen.expr.nodes import Expr, Variable
from derivgen.problem.problem import LayoutName, Problem
from derivgen.record import record


@record
class Valued:
    """The value of the derivative at a point that the sheet gives; in numerator and in denominator layout.

    `entry` is the row and column of the one entry that is wanted, counted from 1, as in the layout that is asked for.
    """

    at: tuple[tuple[Variable, Expr], ...]
    numerator: Expr
    denominator: Expr
    is_exact: bool
    entry: tuple[int, int] | None = None

    def in_layout(self, layout: LayoutName) -> Expr:
        """The value in one layout."""
        return self.numerator if layout == "numerator" else self.denominator


@record
class Option:
    """An option to choose: its letter, what it says (None: none of these), and what who chooses it is told."""

    letter: str
    expr: Expr | None
    is_right: bool
    mistake: str | None = None
    feedback: Text = ()


@record
class Part:
    """A question with its derivation.

    `layouts` are those that were asked for; with two, either is right. `rubric` has a
    row for what earns points: the words and the points. `options` are those of a choice, in the order shown,
    `faded` are the steps with gaps.
    """

    letter: str
    kind: AnswerKind
    derivation: Derivation
    layouts: tuple[LayoutName, ...]
    points: Fraction | None = None
    hints: tuple[Text, ...] = ()
    rubric: tuple[tuple[Text, Fraction], ...] = ()
    valued: Valued | None = None
    room: int = 50
    form: Form | None = None
    options: tuple[Option, ...] = ()
    faded: FadedSteps | None = None


@record
class Task:
    """An exercise: its title, the text of its author, and its questions."""

    number: int
    title: Text
    text: tuple[Block, ...]
    problem: Problem
    parts: tuple[Part, ...]

    @property
    def points(self) -> Fraction | None:
        """The points of all its questions; None where one has none."""
        return total(part.points for part in self.parts)

    def label(self, part: Part) -> str:
        """How a question is called outside its exercise: 2, or 2a."""
        return f"{self.number}{part.letter}"


@record
class Worksheet:
    """A sheet with all its exercises."""

    title: Text
    language: str
    introduction: tuple[Block, ...]
    tasks: tuple[Task, ...]

    @property
    def points(self) -> Fraction | None:
        """The points of the sheet; None where an exercise has none."""
        return total(task.points for task in self.tasks)

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        """All derivations, in the order of the questions."""
        return tuple(part.derivation for task in self.tasks for part in task.parts)


def total(points: Iterable[Fraction | None]) -> Fraction | None:
    """Points added up; None where one is not known."""
    whole = Fraction(0)
    for one in points:
        if one is None:
            return None
        whole += one
    return whole
