"""The chain rule over the functions that a spec declares: one local Jacobian an arrow, multiplied along each path.

Source: Parr and Howard, The Matrix Calculus You Need For Deep Learning (2018), sec. 4.5.
"""

from __future__ import annotations

from derivgen.calculus.backwards import given_symbols
from derivgen.calculus.factoring import simplest
from derivgen.calculus.jacobians import Path, as_they_stand, opened_product, simplified, stages
from derivgen.calculus.listed import listed
from derivgen.calculus.localsteps import local_step, symbol_of
from derivgen.calculus.paths import Function, Station, stations
from derivgen.calculus.recorder import Recorder
from derivgen.errors import NoRule
from derivgen.expr.nodes import Expr, Product, Sum, Unresolved, Unspecified, Variable
from derivgen.expr.walk import contains, replaced
from derivgen.record import record

COMBINE, ASSUMED, BACK = "combine", "assumed", "back"


@record
class Factor:
    """One factor of a product of Jacobians: as a symbol, and its value."""

    symbol: Expr
    value: Expr


def by_chain(of: Function, wrt: tuple[Variable, ...], recorder: Recorder, *, shown: Expr) -> Expr:
    """The derivative of `of` in numerator layout, through the functions on the way; the steps go to the recorder.

    `shown` is the left side of the last line.
    Raises: NoRule where no function stands between, where one or the variable is a matrix, or where a local
    derivative has no rule.
    """
    by_matrix = next((variable for variable in wrt if not variable.shape.is_column), None)
    if by_matrix is not None:
        raise NoRule(f"the derivative by the matrix {by_matrix.name}", "the chain rule")
    found = stations(of, wrt)
    if len(found) < 2:
        raise NoRule(f"{of.name}, which uses no function of {wrt[0].name} by its name", "the chain rule")
    matrix = next((one.function for one in found if not one.function.shape.is_column), None)
    if matrix is not None:
        raise NoRule(f"the matrix {matrix.name}", "the chain rule")
    recorder.checker = recorder.checker.naming(tuple(one.function for one in found[:-1]))
    return _Walk(found, wrt, recorder, shown).answer()


class _Walk:
    """One derivation: the local derivatives first, then the totals that several paths need, the answer last."""

    def __init__(self, found: tuple[Station, ...], wrt: tuple[Variable, ...], recorder: Recorder, shown: Expr) -> None:
        self.stations = {one.function: one for one in found}
        self.wrt = wrt
        self.recorder = recorder
        self.shown = shown
        self.target = found[-1].function
        self.locals: dict[tuple[Function, Function | None], Factor] = {}
        self.totals: dict[Function, Factor] = {}

    def answer(self) -> Expr:
        """The derivative of the last function; every line is recorded."""
        for station in self.stations.values():
            for source in station.inputs:
                self.locals[station.function, source] = self._local(station, source)
        for function in self.stations:
            if function == self.target or self._needs_total(function):
                self.totals[function] = self._total(self.stations[function])
        answer = self._listed(self._assumed(self.totals[self.target].value))
        return given_symbols(answer, self.shown, self.recorder, subgoal=BACK)

    def _listed(self, answer: Expr) -> Expr:
        """A row by scalars as the list of its entries, where a function between made products of lists of it."""
        entries = listed(answer)
        if entries is None:
            return answer
        facts: dict[str, Expr] = {"of": self.target}
        return self.recorder.line("gradient", self.shown, entries, before=answer, subgoal=COMBINE, facts=facts).after

    def _assumed(self, answer: Expr) -> Expr:
        """The answer with what is assumed put in: 1 for sum(t)."""
        used = {key: value for key, value in self.recorder.known.items() if _occurs(key, answer)}
        if not used:
            return answer
        key, known = next(iter(used.items()))
        facts = {"variable": self.wrt[0], "inner": key, "value": known}
        after = simplest(replaced(answer, used))
        return self.recorder.line("assumption", self.shown, after, before=answer, subgoal=ASSUMED, facts=facts).after

    def _local(self, station: Station, source: Function | None) -> Factor:
        symbol = symbol_of(station, source, self.wrt)
        if isinstance(station.function, Unspecified):
            return Factor(symbol, symbol)
        step = local_step(station, source, self.wrt, self.recorder)
        self.recorder.steps.append(step)
        return Factor(symbol, step.after)

    def _needs_total(self, function: Function) -> bool:
        """Whether a function is reached on several paths, or leads on along several."""
        station = self.stations[function]
        users = sum(function in other.through for other in self.stations.values())
        return bool(station.through) and (len(station.inputs) > 1 or users > 1)

    def _path(self, function: Function, source: Function | None) -> tuple[Factor, ...]:
        """The factors from a function back to the variables, or to the next total that is known."""
        first = self.locals[function, source]
        if source is None:
            return (first,)
        if source in self.totals:
            return (first, self.totals[source])
        (only,) = self.stations[source].inputs
        return (first, *self._path(source, only))

    def _total(self, station: Station) -> Factor:
        """One product of Jacobians a path, added up, then simplified."""
        paths = tuple(self._path(station.function, source) for source in station.inputs)
        symbol = self.shown if station.function == self.target else Unresolved(station.function, self.wrt)
        values: tuple[Path, ...] = tuple(tuple(factor.value for factor in path) for path in paths)
        short, raw = simplified(values), as_they_stand(values)
        merges = [rule for rule in short.rules if rule != "identity-removal"]
        facts: dict[str, Expr] = {"of": station.function, "variable": self.wrt[0], **self._way(station)}
        after = raw if merges else short.expr
        raw = after if opened_product(raw) == after else raw
        if not raw.is_scalar:
            facts["factors"] = raw
        self.recorder.line(
            _rule(paths), symbol, after, subgoal=COMBINE, between=(_product(paths), raw), facts=facts,
            also=() if merges else short.rules,
        )  # fmt: skip
        for stage in stages(values, short) if merges else ():
            facts = {name: fact for name, fact in facts.items() if name != "variable" or stage.rule != "collect"}
            self.recorder.line(
                stage.rule, symbol, stage.expr, before=raw, subgoal=COMBINE, also=stage.also,
                facts={**facts, **stage.facts, "factors": stage.expr},
            )  # fmt: skip
            raw = stage.expr
        return Factor(symbol, short.expr)

    def _way(self, station: Station) -> dict[str, Expr]:
        """The function through which the only path goes, for the sentence of why."""
        only = station.inputs[0] if len(station.inputs) == 1 else None
        return {} if only is None else {"through": only}


def _occurs(sought: Expr, answer: Expr) -> bool:
    return contains(answer, lambda part: part == sought)


def _product(paths: tuple[tuple[Factor, ...], ...]) -> Expr:
    terms = tuple(p[0].symbol if len(p) == 1 else Product(tuple(factor.symbol for factor in p)) for p in paths)
    return terms[0] if len(terms) == 1 else Sum(terms)


def _rule(paths: tuple[tuple[Factor, ...], ...]) -> str:
    scalars = all(factor.symbol.is_scalar for path in paths for factor in path)
    if len(paths) > 1:
        return "total-derivative" if scalars else "total-vector-chain"
    return "chain" if scalars else "vector-chain"
