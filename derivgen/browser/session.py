"""The messages between a page and the worker that derives for it: objects of JSON, one for each question.

Only what runs on the standard library and the packages that stand beside it in a browser is imported here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from derivgen.browser.fields import Form, form_of, given_of
from derivgen.errors import DerivgenError, Fault, NoRule
from derivgen.problem.findings import Findings
from derivgen.problem.problem import MethodName, Problem
from derivgen.problem.resolve import make_problem

METHODS: dict[str, tuple[MethodName, ...]] = {
    "": (),
    "differentials": ("differentials",),
    "chain": ("chain",),
    "components": ("components",),
    "indices": ("indices",),
}
# More derivatives than this are several problems.
MOST = 8

Answer = dict[str, Any]


def answered(message: str) -> str:
    """The answer to a message: `do` says whether to check, to derive or to judge an answer.

    Raises: KeyError for a message that no page of ours sends.
    """
    read = json.loads(message)
    return json.dumps(WORK[read["do"]](read), ensure_ascii=False)


def _checked(read: Answer) -> Answer:
    """What is wrong with what is typed; cheap enough for each pause in typing."""
    form = form_of(read)
    return {"faults": _told(_problem(form)[1]), "spec": form.spec}


def _derived(read: Answer) -> Answer:
    """The worked page, and what can be copied from it."""
    from derivgen.browser.page import worked_out

    form = form_of(read)
    problem, faults = _problem(form)
    if not faults and not problem.requests:
        faults = (Fault("request", "nothing is asked for", "write what to differentiate by what: f wrt x"),)
    if faults:
        return {"faults": _told(faults), "spec": form.spec}
    try:
        made = worked_out(problem, str(read.get("language", "en")))
    except DerivgenError as error:
        return {"faults": _told(error.faults), "spec": form.spec}
    return {"faults": [], "spec": form.spec, **made}


def _judged(read: Answer) -> Answer:
    """What the grader says of an answer to the first derivative that is asked for."""
    from derivgen.answers.check import judge
    from derivgen.answers.key import key_of
    from derivgen.answers.telling import in_language
    from derivgen.calculus.derive import derive

    problem, faults = _problem(form_of(read))
    if faults or not problem.requests:
        return {"faults": _told(faults)}
    try:
        key = key_of(problem, derive(problem, problem.requests[0]))
    except (DerivgenError, NoRule) as error:
        return {"faults": _told(error.faults if isinstance(error, DerivgenError) else (_no_rule(error),))}
    layout = read.get("layout")
    found = judge(key, str(read.get("answer", "")).strip(), layout if layout in ("numerator", "denominator") else None)
    sentence = in_language(found.message, str(read.get("language", "en")))
    return {"faults": [], "verdict": found.verdict, "sentence": sentence, "mistake": found.mistake}


WORK: dict[str, Callable[[Answer], Answer]] = {"check": _checked, "derive": _derived, "judge": _judged}


def _problem(form: Form) -> tuple[Problem, tuple[Fault, ...]]:
    """The problem that is typed, and what is wrong with it."""
    findings = Findings()
    given = given_of(form, findings)
    made = make_problem(given, methods=METHODS.get(form.method, ()))
    faults = tuple(dict.fromkeys((*findings.faults, *made.faults)))
    if len(made.problem.requests) > MOST:
        message = f"these are {len(made.problem.requests)} derivatives"
        faults = (*faults, Fault("limit", message, f"ask for at most {MOST} at once"))
    return made.problem, faults


def _no_rule(error: NoRule) -> Fault:
    return Fault("no-rule", str(error), error.mend)


def _told(faults: Sequence[Fault]) -> list[Answer]:
    """Faults as a page shows them: words, and for the caret the field, the line and the columns."""
    return [_fault(fault) for fault in faults]


def _fault(fault: Fault) -> Answer:
    place = fault.span
    told: Answer = {"text": str(replace(fault, span=None)), "field": "", "line": 0, "column": 0, "end": 0, "source": ""}
    if place is not None:
        told |= {"field": place.file, "line": place.line, "column": place.column, "end": place.end_column}
        told["source"] = place.source
    return told
