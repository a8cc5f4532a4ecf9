"""How fast and how right derivgen is on a file of cases, beside SymPy's own `.diff`, in one run.

    python benchmarks/public_cases.py CASES.yaml [POINTS.json] [--only ID ...] [--limit SECONDS]

CASES is a list of mappings with `id`, `variables`, `functions`, `derivative` and perhaps `assume`. POINTS has for
each id a list of points: `sizes`, `point`, and the derivative there in `numerator` and `denominator` layout; without it
the file beside CASES that ends in `.points.json`. Each way goes through all cases by itself, after a first one that
warms all up, so that none is helped by what another has just worked out; reading is not timed. derivgen is right if
both layouts have the shape and the value at every point; SymPy if the entries are those of the derivative at the first
point, in whatever arrangement. Below the table derivgen and SymPy stand side by side on the cases that both have a time
for. Needs NumPy.
"""

from __future__ import annotations

import argparse
import json
import signal
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from derivgen import DerivgenError, to_sympy
from derivgen.api.binding import arguments_of
from derivgen.api.running import run
from derivgen.calculus.checks import Checker, WrongStep
from derivgen.calculus.crosscheck import cross_check
from derivgen.calculus.derive import derive
from derivgen.calculus.records import Derivation
from derivgen.errors import NoRule
from derivgen.expr.walk import inlined
from derivgen.printing.numpy import array_program
from derivgen.problem.asked import Asked, Given
from derivgen.problem.findings import Findings
from derivgen.problem.problem import Problem, Request
from derivgen.problem.text import typed
from derivgen.spec.model import from_texts
from derivgen.spec.settings import Settings

Case = dict[str, Any]
NAMES = ("derive", "derive and verify", "derive, verify, cross-check", "SymPy's .diff")


@dataclass
class Way:
    """One way to the derivative: how many are right, what went wrong, and how long each took, in milliseconds."""

    name: str
    right: int = 0
    times: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    ids: list[str] = field(default_factory=list)

    def fails(self, case: Case, fault: str) -> None:
        """Count a case that has no right answer."""
        self.faults[fault] += 1
        self.ids.append(case["id"])


class Late(Exception):
    """A case took longer than the limit."""


FAULTS = (DerivgenError, NoRule, WrongStep, Late, RecursionError, ArithmeticError, ValueError, TypeError, KeyError)


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Give up after some seconds, where the system has alarms."""

    def stop(*_: object) -> None:
        raise Late

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    old = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, old)


class Stopwatch:
    """The time that goes into drawing points and checking lines, taken off what derivations take as a whole."""

    def __init__(self) -> None:
        self.spent = 0.0
        self.drawn, self.check = Checker.drawn, Checker.check
        Checker.drawn = staticmethod(self.timed(self.drawn))  # type: ignore[method-assign]
        Checker.check = self.timed(self.check)  # type: ignore[method-assign]

    def timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time added up."""

        def wrapped(*arguments: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                self.spent += time.perf_counter() - start

        return wrapped


def problem_of(case: Case) -> tuple[Problem, Request]:
    """The case as a problem with one request."""

    def pairs(table: dict[str, Any]) -> Any:
        return tuple((typed(str(k), case["id"]), typed(str(v), case["id"])) for k, v in table.items())

    assume = tuple(typed(str(one), case["id"]) for one in case.get("assume") or ())
    asked = (Asked(typed(case["derivative"], case["id"])),)
    given = Given(pairs(case["variables"]), pairs(case["functions"]), asked, assume)
    loaded = from_texts(case["id"], given, Settings(), Findings())
    if loaded.faults or loaded.problem is None:
        raise DerivgenError(*loaded.faults)
    return loaded.problem, loaded.problem.requests[0]


def close(found: Any, wanted: Any) -> bool:
    """Whether two arrays agree as tests of derivatives ask it."""
    return bool(
        found.shape == wanted.shape
        and np.allclose(found, wanted, rtol=1e-6, atol=1e-6 * max(1.0, np.abs(wanted).max()))
    )


def is_right(found: Derivation, problem: Problem, points: list[Any]) -> bool:
    """Whether both layouts have the value and the shape of every point."""
    for result in found.results:
        program = array_program(result.expr, "derivative")
        for row in points:
            given = {name: row["point"].get(name, row["sizes"].get(name)) for name in program.arguments}
            with np.errstate(all="ignore"):
                value = run(program, arguments_of(program, problem, given, np))
            if not close(np.asarray(value, float), np.asarray(row[result.layout], float)):
                return False
    return True


def sympy_derivative(request: Request, made: Any, variables: list[Any]) -> Any:
    """What SymPy's own .diff says."""
    first = [made.diff(variable) for variable in variables]
    if request.order == 1:
        return first
    second = [to_sympy(variable) for variable in request.then] or variables
    return [one.diff(variable) for one in first for variable in second]


def entries(made: list[Any], row: Any) -> Any:
    """The entries of SymPy's results at a point."""
    import sympy as sp

    sizes = {sp.Symbol(name, integer=True, positive=True): value for name, value in row["sizes"].items()}
    table: dict[Any, Any] = {}
    for name, value in row["point"].items():
        array = np.asarray(value, float)
        if array.size == 1:
            table[sp.Symbol(name, real=True)] = float(array.reshape(()))
        else:
            matrix = sp.ImmutableMatrix(array.reshape(len(array), -1).tolist())
            table[sp.MatrixSymbol(name, *matrix.shape)] = matrix
    numbers: list[float] = []
    for one in made:
        value = one.subs(sizes).subs(table).doit().rewrite(sp.Sum).doit()
        explicit = value.as_explicit() if hasattr(value, "as_explicit") else value
        flat = sp.flatten(explicit.tolist()) if hasattr(explicit, "tolist") else [explicit]
        numbers.extend(complex(sp.N(entry.doit())).real for entry in flat)
    return np.sort(np.array(numbers))


@dataclass
class Worked:
    """What became of a case: the derivation, what SymPy made of the same function, and how long derivgen took."""

    case: Case
    points: list[Any]
    problem: Problem | None = None
    found: Derivation | None = None
    taken: float = 0.0
    sympys: list[Any] | None = None
    by_sympy: float = 0.0
    sympy_is_right: bool = False


def derivgens(one: Worked, ways: tuple[Way, Way, Way], watch: Stopwatch, limit: int) -> None:
    """Work the case out by derivgen and add up what it took."""
    try:
        one.problem, request = problem_of(one.case)
        with limited(limit):
            watch.spent, start = 0.0, time.perf_counter()
            one.found = derive(one.problem, request)
            one.taken, checks = time.perf_counter() - start, watch.spent
    except FAULTS as error:
        for way in ways:
            way.fails(one.case, type(error).__name__)
        return
    ways[0].times.append(1000 * (one.taken - checks))
    ways[1].times.append(1000 * one.taken)


def crossed(one: Worked, way: Way, limit: int) -> None:
    """Cross-check what derivgen has found."""
    if one.problem is None or one.found is None:
        return
    try:
        with limited(limit):
            start = time.perf_counter()
            second = cross_check(one.problem, one.found)
            way.times.append(1000 * (one.taken + time.perf_counter() - start))
    except FAULTS as error:
        way.fails(one.case, type(error).__name__)
        return
    if not second.agrees:
        way.fails(one.case, "disagrees")


def sympys(one: Worked, way: Way, limit: int) -> None:
    """Work the case out by SymPy's .diff."""
    try:
        with limited(limit), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _, request = problem_of(one.case)
            made = to_sympy(inlined(request.of))
            variables = [to_sympy(variable) for variable in request.wrt]
            start = time.perf_counter()
            one.sympys = sympy_derivative(request, made, variables)
            one.by_sympy = time.perf_counter() - start
            way.times.append(1000 * one.by_sympy)
    except Exception as error:  # SymPy raises whatever it meets: all of it is counted
        way.fails(one.case, type(error).__name__)


def judge(one: Worked, ways: tuple[Way, ...], limit: int) -> None:
    """Count which ways are right at the points, those whose values cannot be worked out as wrong."""
    if one.problem is not None and one.found is not None:
        is_good = is_right(one.found, one.problem, one.points)
        for way in ways[:3]:
            if not is_good:
                way.fails(one.case, "wrong")
            way.right += is_good and one.case["id"] not in way.ids
    if one.sympys is None or not one.points:
        return
    try:
        with limited(limit), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            wanted = np.sort(np.asarray(one.points[0]["numerator"], float).ravel())
            one.sympy_is_right = close(entries(one.sympys, one.points[0]), wanted)
            ways[3].right += one.sympy_is_right
            if not one.sympy_is_right:
                ways[3].fails(one.case, "wrong")
    except Exception as error:
        ways[3].fails(one.case, type(error).__name__)


def measured(cases: list[Worked], watch: Stopwatch, limit: int) -> tuple[Way, ...]:
    """Each way goes through all cases by itself: none is warmed by what another has just worked out."""
    ways = tuple(Way(name) for name in NAMES)
    for one in cases:
        derivgens(one, ways[:3], watch, limit)  # type: ignore[arg-type]
    for one in cases:
        sympys(one, ways[3], limit)
    for one in cases:
        crossed(one, ways[2], limit)
    for one in cases:
        judge(one, ways, limit)
    return ways


def table(ways: tuple[Way, ...], count: int) -> Iterator[str]:
    """A row for each way; ratios are to the last one."""
    last = ways[-1]
    yield f"{'':<34}{'right':>12}{'median ms':>12}{'p95 ms':>10}{'of SymPy':>10}{'p95':>8}"
    for way in ways:
        middle, high = figures(way)
        base_middle, base_high = figures(last)
        yield (
            f"{way.name:<34}{f'{way.right} of {count}':>12}{middle:>12.2f}{high:>10.2f}"
            f"{middle / base_middle:>10.2f}{high / base_high:>8.2f}"
        )
    for way in ways:
        if way.faults:
            yield f"{way.name}: " + ", ".join(f"{count} {fault}" for fault, count in way.faults.most_common())


def pairs(cases: list[Worked]) -> Iterator[str]:
    """Derive and verify beside SymPy's .diff, case by case."""
    both = [one for one in cases if one.taken and one.by_sympy]
    for name, chosen in (("answers", both), ("gets right", [one for one in both if one.sympy_is_right])):
        if not chosen:
            continue
        mine, theirs = ([1000 * one.taken for one in chosen], [1000 * one.by_sympy for one in chosen])
        ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
        yield (
            f"the {len(chosen)} cases that SymPy {name}: median {statistics.median(mine):.2f} ms beside "
            f"{statistics.median(theirs):.2f}; median of the ratios {ratio:.2f}; in all {sum(mine) / sum(theirs):.2f}"
        )


def figures(way: Way) -> tuple[float, float]:
    """The median and the 95th percentile of the times."""
    if not way.times:
        return float("nan"), float("nan")
    return statistics.median(way.times), float(np.percentile(way.times, 95))


def main() -> int:
    """Run the cases and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("cases", type=Path)
    parser.add_argument("points", type=Path, nargs="?")
    parser.add_argument("--only", nargs="+", default=())
    parser.add_argument("--limit", type=int, default=20, help="seconds for one case")
    parser.add_argument("--list", action="store_true", help="name the cases that have no right answer")
    options = parser.parse_args()
    cases = yaml.safe_load(options.cases.read_text(encoding="utf-8"))
    beside = options.points or options.cases.with_suffix("").with_suffix(".points.json")
    points = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else {}
    chosen = [case for case in cases if not options.only or case["id"] in options.only]
    watch = Stopwatch()
    works = [Worked(case, points.get(case["id"], [])) for case in chosen]
    measured(works[:1], watch, options.limit)  # a rehearsal
    ways = measured(works, watch, options.limit)
    sys.stdout.write("\n".join([*table(ways, len(chosen)), *pairs(works)]) + "\n")
    if options.list:
        for way in ways:
            sys.stdout.write(f"{way.name}: {' '.join(dict.fromkeys(way.ids))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
