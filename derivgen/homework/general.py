"""An exercise with symbols in the place of the numbers that are drawn: derived once, it serves every draw."""

from __future__ import annotations

from dataclasses import replace

from derivgen.calculus.checks import WrongStep
from derivgen.calculus.derive import derive, numerator_of
from derivgen.calculus.records import Derivation
from derivgen.errors import DerivgenError, NoRule
from derivgen.expr.nodes import Expr, Reference
from derivgen.expr.walk import replaced
from derivgen.problem.problem import Problem, Request
from derivgen.record import record
from derivgen.spec.homework.exercises import Exercise
from derivgen.spec.homework.parameters import Drawn, known
from derivgen.spec.homework.templates import Ready, Template, scope_of

Texts = tuple[tuple[str, str], ...]


@record
class Found:
    """A derivation with symbols; of a second derivative also the first one, in numerator layout."""

    derivation: Derivation
    first: Expr | None


@record
class General:
    """An exercise with symbols in the place of numbers, with what was found for each question."""

    exercise: Exercise
    found: tuple[Found, ...]

    @property
    def ready(self) -> Ready:
        """Its functions, and the names that its formulas may use."""
        functions = self.exercise.problem.functions.items()
        bodies = {name: one.body for name, one in functions if isinstance(one, Reference)}
        return Ready(bodies, scope_of(self.exercise.problem))

    def numbers(self, drawn: Drawn) -> dict[Expr, Expr]:
        """The symbols with their numbers."""
        values = known(drawn)
        variables = self.exercise.problem.variables.items()
        return {variable: values[name] for name, variable in variables if name in values}

    def table(self, exercise: Exercise, drawn: Drawn) -> dict[Expr, Expr]:
        """The symbols with their numbers, and the functions with those of the exercise that has the numbers."""
        functions = self.exercise.problem.functions
        return self.numbers(drawn) | {functions[name]: one for name, one in exercise.problem.functions.items()}


class Generals:
    """The general exercises of a template: one for each choice of what is no number, such as the name of a function."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._symbols = {p.name for p in template.parameters if p.is_numeric}
        self._known: dict[Texts, General | None] = {}

    def of(self, drawn: Drawn) -> General | None:
        """The general exercise of a draw; None where there is none, or derivgen cannot derive it."""
        texts = self.texts(drawn)
        if texts not in self._known:
            self._known[texts] = self._made(dict(texts), drawn)
        return self._known[texts]

    def texts(self, drawn: Drawn) -> Texts:
        """What of a draw no symbol can stand for."""
        return tuple((name, value) for name, value in drawn.items() if name not in self._symbols)

    def ready(self, drawn: Drawn) -> Ready | None:
        """The functions with these values put in; None where they must be read from their texts."""
        general = self.of(drawn)
        if general is None:
            return None
        table, ready = general.numbers(drawn), general.ready
        return replace(ready, bodies={name: replaced(body, table) for name, body in ready.bodies.items()})

    def _made(self, texts: Drawn, drawn: Drawn) -> General | None:
        shapes = {name: value.shape for name, value in known(drawn).items() if name in self._symbols}
        try:
            exercise = self._template.general(texts, shapes)
            # What is asked in two layouts is derived once.
            once = {request.derivative: request for request in exercise.requests}
            found = {asked: _found(exercise.problem, request) for asked, request in once.items()}
        except (DerivgenError, NoRule, WrongStep):
            return None
        return General(exercise, tuple(found[request.derivative] for request in exercise.requests))


def _found(problem: Problem, request: Request) -> Found:
    derivation = derive(problem, request)
    first = numerator_of(problem, replace(request, order=1, then=())) if request.is_second else None
    return Found(derivation, first)
