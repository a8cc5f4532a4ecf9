"""One spec from its file to its derivations: what every command does first."""

from __future__ import annotations

import time
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from derivgen import __version__
from derivgen.calculus.checks import WrongStep
from derivgen.calculus.derive import derive
from derivgen.calculus.records import Derivation
from derivgen.document.asking import page_notation
from derivgen.errors import DerivgenError, Fault, NoRule, Refusal
from derivgen.printing.notation import Notation
from derivgen.problem.problem import DetailName, LayoutChoice, MethodName, Problem, Request
from derivgen.project.budget import CHECKING, DERIVING, OverBudget, bounded, too_much
from derivgen.project.loaded import taken
from derivgen.project.projects import project_of
from derivgen.project.told import BUG, INPUT, InWords
from derivgen.record import record
from derivgen.spec.model import Loaded

FIVE_LINES = """\
variables: {w: vector(n), x: vector(n), b: scalar}
functions:
  z: w.T @ x + b
derivatives:
  - z wrt w"""


@record
class Wishes:
    """What is asked for instead of what the specs say; `seconds` instead of the budget that every spec has."""

    layout: LayoutChoice | None = None
    method: MethodName | None = None
    detail: DetailName | None = None
    cross_check: bool = False
    seconds: float | None = None


@record
class Worked:
    """A spec with what became of each of its requests; `bugs` are faults of our own, in words."""

    loaded: Loaded
    problem: Problem | None
    outcomes: tuple[Derivation | Refusal, ...]
    bugs: tuple[str, ...] = ()

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        """What was found."""
        return tuple(one for one in self.outcomes if isinstance(one, Derivation))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that is wrong in the spec, each fault once."""
        refused = (fault for one in self.outcomes if isinstance(one, Refusal) for fault in one.faults)
        return tuple(dict.fromkeys((*self.loaded.faults, *refused)))

    @property
    def has_page(self) -> bool:
        """Whether a page can be made: of all that is asked for, or of what is left where single requests are at fault.

        A fault elsewhere, such as in a condition or a key, may bear on every answer.
        """
        if self.bugs or not self.faults:
            return not self.bugs
        lost = {fault for one in self.outcomes if isinstance(one, Refusal) for fault in one.faults}
        return bool(self.derivations) and lost.issuperset(self.faults)

    @property
    def language(self) -> str:
        """The language of its page."""
        return "en" if self.loaded.spec is None else self.loaded.spec.settings.language

    @property
    def notation(self) -> Notation:
        """How its symbols are set."""
        chosen = Notation() if self.loaded.spec is None else self.loaded.spec.settings.notation
        return page_notation(chosen, self.derivations)

    @property
    def status(self) -> int:
        """The exit status that this spec asks for."""
        return BUG if self.bugs else INPUT if self.faults else 0

    @property
    def messages(self) -> tuple[str, ...]:
        """Faults and bugs in words."""
        return (*map(InWords, self.faults), *self.bugs)


def no_specs(paths: Sequence[Path]) -> str:
    """What to do where there is no spec."""
    where = ", ".join(map(str, paths))
    example = "\n".join(f"    {line}" for line in FIVE_LINES.splitlines())
    return (
        f"there is no spec in {where}: nothing to work out yet\n"
        f"  mend: write your first one, five lines in a file such as specs/neuron.yaml, and give the command again:\n"
        f"{example}"
    )


def worked(spec: Path, found_by: Path, wishes: Wishes) -> Worked:
    """The spec at a path, read, derived and verified."""
    return worked_out(taken(spec, project_of(found_by)), wishes)


def worked_out(loaded: Loaded, wishes: Wishes) -> Worked:
    """A spec that is read, derived and verified; nothing that goes wrong stops the other requests."""
    lost = tuple(Refusal(request, faults) for request, faults in loaded.request_faults)
    if loaded.problem is None:
        return Worked(loaded, None, lost)
    problem = wished(loaded.problem, wishes)
    found: list[tuple[Derivation | Refusal, str]] = []
    end = time.process_time() + (DERIVING if wishes.seconds is None else wishes.seconds)
    for number, request in enumerate(problem.requests, 1):
        left = end - time.process_time()
        # One that takes for ever leaves time for those that follow.
        seconds = left if number == len(problem.requests) else left / 2
        found.append(_outcome(problem, request, wishes, loaded.file, seconds))
    outcomes, bugs = tuple(outcome for outcome, _ in found), tuple(bug for _, bug in found if bug)
    return Worked(loaded, problem, (*outcomes, *lost), bugs)


def _outcome(
    problem: Problem, request: Request, wishes: Wishes, file: str, seconds: float
) -> tuple[Derivation | Refusal, str]:
    """What became of one request, and a fault of our own in words."""
    try:
        with bounded(seconds):
            return _derived(problem, request, wishes), ""
    except (OverBudget, MemoryError, RecursionError) as error:
        return Refusal(request.text, (too_much(request.text, error, request.span),)), ""
    except (DerivgenError, NoRule) as error:
        return Refusal(request.text, _placed(_faults(error), request)), ""
    except Exception as error:
        return Refusal(request.text, ()), _bug(file, request, error)


def wished(problem: Problem, wishes: Wishes) -> Problem:
    """The problem as the command line wants it."""
    requests = problem.requests
    if wishes.layout is not None:
        requests = tuple(replace(request, layout=None) for request in requests)
    if wishes.method is not None:
        requests = tuple(replace(request, method=None) for request in requests)
    return replace(
        problem,
        requests=requests,
        layout=wishes.layout or problem.layout,
        methods=(wishes.method,) if wishes.method else problem.methods,
        detail=wishes.detail or problem.detail,
    )


class Disagreement(Exception):
    """The second engine found another derivative: a fault of derivgen, never of the input."""


def _derived(problem: Problem, request: Request, wishes: Wishes) -> Derivation:
    found = derive(problem, request)
    if not wishes.cross_check:
        return found
    # SymPy is imported in there, and only if it is asked for.
    from derivgen.calculus.crosscheck import cross_check

    try:
        with bounded(CHECKING if wishes.seconds is None else wishes.seconds):
            second = cross_check(problem, found)
    except (OverBudget, MemoryError, RecursionError):
        # Every line is checked by number as it is: what SymPy cannot do in time is no reason to print nothing.
        return found
    if second is not None and not second.agrees:
        raise Disagreement(f"{second.by} finds another derivative at the sizes {dict(second.sizes)}")
    return replace(found, cross_check=second)


def _faults(error: DerivgenError | NoRule) -> tuple[Fault, ...]:
    if isinstance(error, DerivgenError):
        return error.faults
    hint = "write the function in another form, or open an issue with it"
    return (Fault("no-rule", f"derivgen knows no rule for this: {error.operation} of {error.what}", hint),)


def _placed(faults: tuple[Fault, ...], request: Request) -> tuple[Fault, ...]:
    """The faults, each with a place: its own, or that of the request."""
    return tuple(fault if fault.span is not None else replace(fault, span=request.span) for fault in faults)


def _bug(file: str, request: Request, error: Exception) -> str:
    known = isinstance(error, WrongStep | Disagreement)
    trace = f"  {error}" if known else traceback.format_exc().rstrip()
    return fault_of_ours(file, f"{request.text} is not printed, since it could not be verified", trace)


def fault_of_ours(file: str, what: str, trace: str) -> str:
    """The words for what becomes of a spec by a fault of derivgen."""
    return (
        f"{file}: {what}\n{trace}\n"
        f"derivgen {__version__}: this is a bug of derivgen, not of your spec; please report it with the lines above."
    )
