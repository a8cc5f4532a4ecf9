"""What a caller gets: a derivation with its answers, its steps, and its forms for notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Any, overload

from derivgen.api.binding import arguments_of
from derivgen.api.objects import to_sympy
from derivgen.api.running import numpy, run
from derivgen.calculus.layouts import layout_of
from derivgen.calculus.records import Derivation as Found
from derivgen.document.asking import layout_words, layouts_shown
from derivgen.document.blocks import Document
from derivgen.document.detail import as_shown
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.telling import said, told_document
from derivgen.document.worked import worked
from derivgen.expr.nodes import Expr
from derivgen.printing.latex import latex
from derivgen.printing.mathml import mathml
from derivgen.printing.notation import Notation
from derivgen.printing.numpy import array_program, source
from derivgen.printing.present import present
from derivgen.printing.speech import speech
from derivgen.printing.speechtables import TABLES
from derivgen.printing.text import text
from derivgen.problem.problem import LayoutName, Problem
from derivgen.project.derive import presented
from derivgen.project.documents import document_of
from derivgen.project.work import Worked
from derivgen.record import record
from derivgen.render import json
from derivgen.render.plain import plain


@record
class Answer:
    """The derivative in one layout. It is a function too: called with NumPy arrays it gives the value."""

    layout: LayoutName
    expr: Expr = field(repr=False)
    problem: Problem = field(repr=False, compare=False)
    order: tuple[str, ...] = field(repr=False, compare=False)
    notation: Notation = field(repr=False, compare=False)
    symbols: Mapping[str, Any] = field(repr=False, compare=False, default_factory=dict)
    language: str = field(repr=False, compare=False, default="en")

    @property
    def text(self) -> str:
        """The formula in derivgen's own language, which parses back."""
        return text(self.expr)

    @property
    def latex(self) -> str:
        """The formula in LaTeX, without dollar signs."""
        return latex(present(self.expr, self.notation))

    @property
    def mathml(self) -> str:
        """The formula in MathML, with its words for those who hear it."""
        box = present(self.expr, self.notation)
        return mathml(box, display=True, alttext=speech(box, TABLES[self.language]), tex=latex(box))

    @property
    def python(self) -> str:
        """The source of a function `derivative` for NumPy as `np`."""
        return source(self.expr, self.order).code

    @property
    def arguments(self) -> tuple[str, ...]:
        """What that function takes, in the names of the problem."""
        return source(self.expr, self.order).arguments

    @property
    def shape(self) -> tuple[str, str]:
        """Rows and columns, as expressions of the sizes."""
        return str(self.expr.shape.rows), str(self.expr.shape.columns)

    def to_sympy(self) -> Any:
        """The formula as a SymPy expression.

        Raises: DerivgenError for what SymPy cannot hold.
        """
        return to_sympy(self.expr, self.symbols)

    def __call__(self, **values: Any) -> Any:
        """The value, a 2-D NumPy array of this layout's shape, at values of the variables.

        A vector may have one axis or be n x 1. Variables that the formula does not need may be given too.
        Raises: DerivgenError for a value that is missing or has another shape.
        """
        program = array_program(self.expr, "derivative", order=self.order)
        return run(program, arguments_of(program, self.problem, values, numpy()))

    def __str__(self) -> str:
        return self.text

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex}$"


@record
class Step:
    """One line of a derivation: `left` becomes `text` by a rule, and `why` says why."""

    number: str
    subgoal: str
    rule: str
    name: str
    left: str
    text: str
    latex: str = field(repr=False)
    why: str = field(repr=False)
    shape: tuple[str, str] = field(repr=False)
    conditions: tuple[str, ...] = field(repr=False)
    points: int = field(repr=False)
    largest_error: float = field(repr=False)

    def __str__(self) -> str:
        return f"{self.number}. {self.name}: {self.left} = {self.text}"


@record
class Derivation:
    """A derivative in both layouts, with the steps that lead to it, each of them checked by number."""

    done: Worked
    found: Found
    symbols: Mapping[str, Any] = field(default_factory=dict)

    @property
    def request(self) -> str:
        """What was asked for: `f wrt x`."""
        return self.found.request.text

    @property
    def method(self) -> str:
        """The method of the steps."""
        return self.found.method

    @property
    def numerator(self) -> Answer:
        """The derivative in numerator layout: rows count functions, columns count variables."""
        return self._answer("numerator")

    @property
    def denominator(self) -> Answer:
        """The derivative in denominator layout, the transpose of the other one."""
        return self._answer("denominator")

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The derivative in the layouts that were asked for."""
        return tuple(self._answer(layout) for layout in layouts_shown(self._problem, self.found))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that the level of detail shows, in order; the last one ends in the first answer."""
        (shown,) = presented(self._alone).derivations
        return tuple(
            _step(json.step(step, self._notation, language=self.done.language, layout=layout_of(step, shown)))
            for step in shown.steps
        )

    @property
    def conditions(self) -> tuple[str, ...]:
        """Where the derivative exists and the rules hold."""
        return tuple(str(json.condition(one, self._notation)["text"]) for one in self.found.conditions)

    @property
    def verified(self) -> bool:
        """Whether every step was checked at random points; one that fails is never handed out."""
        return all(step.check.points for step in self.found.steps)

    @property
    def cross_checked(self) -> bool:
        """Whether SymPy was asked too, and found the same."""
        return self.found.cross_check is not None and self.found.cross_check.agrees

    def to_sympy(self, layout: LayoutName = "numerator") -> Any:
        """The derivative in a layout as a SymPy expression."""
        return self._answer(layout).to_sympy()

    def as_dict(self) -> dict[str, Any]:
        """What `derivgen derive --format json` prints of this derivation."""
        (shown,) = presented(self._alone).derivations
        return dict(json.derivation(shown, self._notation, language=self.done.language))

    def __str__(self) -> str:
        return plain(document_of(self._alone, "derivation", Path())[0]).rstrip("\n")

    def __repr__(self) -> str:
        lines = ", ".join(f"{answer.layout}: {answer.text}" for answer in self.answers)
        return f"<Derivation {self.request}, {lines}>"

    def _repr_latex_(self) -> str:
        first = self.answers[0]
        return f"$\\displaystyle {latex(present(self.found.request.derivative, self._notation))} = {first.latex}$"

    def _repr_html_(self) -> str:
        from derivgen.render.notebook import notebook  # inside: only notebooks ask for HTML

        words = said(LABELS.steps, layout=layout_words(layouts_shown(self._problem, self.found)[0]))
        blocks = as_shown(worked(self._problem, (self.found,)), self._problem.detail)
        page = Document(words, "", self.done.language, "", blocks)
        return notebook(told_document(page), self._notation)

    @property
    def _problem(self) -> Problem:
        if self.done.problem is None:
            raise ValueError("a derivation has a problem")
        return self.done.problem

    @property
    def _notation(self) -> Notation:
        return self.done.notation

    @property
    def _alone(self) -> Worked:
        return replace(self.done, outcomes=(self.found,))

    def _answer(self, layout: LayoutName) -> Answer:
        names = self.found.request.names
        found, language = self.found.result(layout), self.done.language
        return Answer(layout, found, self._problem, names, self._notation, self.symbols, language)


def _step(made: json.Object) -> Step:
    of: dict[str, Any] = dict(made)
    words = {name: of[name] for name in ("number", "subgoal", "rule", "name", "left", "text", "latex", "why")}
    conditions = tuple(one["text"] for one in of["conditions"])
    check = of["check"]
    return Step(
        **words,
        shape=tuple(of["shape"]),
        conditions=conditions,
        points=check["points"],
        largest_error=check["largest_error"],
    )


@record
class Derivations(Sequence[Derivation]):
    """The derivations of a spec, in the order of its requests; also by the text of a request."""

    title: str
    derivations: tuple[Derivation, ...]

    @overload
    def __getitem__(self, key: int | str) -> Derivation: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Derivation, ...]: ...
    def __getitem__(self, key: int | str | slice) -> Derivation | tuple[Derivation, ...]:
        if not isinstance(key, str):
            return self.derivations[key]
        for one in self.derivations:
            if one.request == key:
                return one
        raise KeyError(f"{key} is not asked for; the spec asks for {', '.join(one.request for one in self)}")

    def __iter__(self) -> Iterator[Derivation]:
        return iter(self.derivations)

    def __len__(self) -> int:
        return len(self.derivations)

    def __repr__(self) -> str:
        return f"<Derivations {self.title!r}: {', '.join(one.request for one in self)}>"

    def __str__(self) -> str:
        return "\n\n".join(map(str, self))

    def _repr_html_(self) -> str:
        return "".join(one._repr_html_() for one in self)
