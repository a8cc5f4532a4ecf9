"""The machine output: one object a spec, with the keys of the language's contract."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from derivgen.calculus.layouts import layout_of
from derivgen.calculus.records import CrossCheck, Derivation, Result, Step
from derivgen.document.blocks import Line
from derivgen.document.changed import changed
from derivgen.document.steplines import lines_of
from derivgen.document.wording.names import name_of
from derivgen.document.wording.reasons import why
from derivgen.document.wording.telling import told
from derivgen.errors import Fault, Refusal
from derivgen.expr.sizes import Shape
from derivgen.expr.units import without_units
from derivgen.printing.latex import latex
from derivgen.printing.mathml import mathml
from derivgen.printing.notation import Notation
from derivgen.printing.numpy import source
from derivgen.printing.present import present
from derivgen.printing.speech import speech
from derivgen.printing.speechtables import TABLES
from derivgen.printing.text import text
from derivgen.problem.conditions import condition_text
from derivgen.problem.problem import Condition, LayoutName, Request
from derivgen.problem.requests import in_variables
from derivgen.render.left import for_people
from derivgen.render.plain import words

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]
Object = dict[str, Value]

# A refusal without a fault of the input is a fault of derivgen, told on standard error with its trace.
NOT_VERIFIED = Fault(
    "not-verified",
    "a line of this derivation could not be verified, so it is not printed; this is a bug of derivgen",
    "report it with the spec and what was printed on standard error",
)

RELATIONS = {">=": r"\geq", "<=": r"\leq", "!=": r"\neq"}


def line(answer: Object) -> str:
    """The object on one line, in letters as they are."""
    return json.dumps(answer, ensure_ascii=False, allow_nan=False)


def answer(
    spec: str,
    title: str,
    outcomes: Iterable[Derivation | Refusal],
    faults: Iterable[Fault],
    *,
    notation: Notation,
    language: str = "en",
) -> Object:
    """What became of a spec."""
    return {
        "spec": spec,
        "title": title,
        "derivatives": [outcome(one, notation, language=language) for one in outcomes],
        "faults": [fault_object(fault) for fault in faults],
    }


def outcome(one: Derivation | Refusal, notation: Notation, *, language: str = "en") -> Object:
    """A derivation, or the faults of a request that could not be answered."""
    if isinstance(one, Refusal):
        faults = one.faults or (NOT_VERIFIED,)
        return {"request": one.request, "faults": [fault_object(fault) for fault in faults]}
    return derivation(one, notation, language=language)


def derivation(found: Derivation, notation: Notation, *, language: str = "en") -> Object:
    """A derivative with its steps."""
    request = found.request

    def layouts(results: Iterable[Result]) -> Object:
        return {one.layout: layout(one, request, notation, language=language) for one in results}

    return {
        "request": request.text,
        "of": request.of.name,
        "wrt": [variable.name for variable in (*request.wrt, *request.then)],
        "order": request.order,
        "method": found.method,
        "verified": True,
        "cross_check": None if found.cross_check is None else cross_check(found.cross_check),
        "layouts": layouts(found.results),
        **({"views": layouts(found.views)} if found.views else {}),
        "steps": _steps(found, found.steps, notation, language),
        "readings": _steps(found, found.readings, notation, language),
        "others": [
            {"method": method, "steps": _steps(found, steps, notation, language)} for method, steps in found.others
        ],
        "conditions": [condition(one, notation) for one in found.conditions],
    }


def _steps(found: Derivation, made: Sequence[Step], notation: Notation, language: str) -> list[Value]:
    """The steps, each with what it changes."""
    return [
        {**step(one, notation, language=language, layout=layout_of(one, found)), "changed": _changed(line)}
        for one, line in zip(made, lines_of(made), strict=True)
    ]


def _changed(line: Line) -> Object:
    """What the marks on a line stand below: what its step made, and what the next one rewrites."""
    found = changed(line)
    return {
        "made": [text(without_units(part)) for part in found.made],
        "due": [text(without_units(part)) for part in found.due],
    }


def layout(result: Result, request: Request, notation: Notation, *, language: str = "en") -> Object:
    """The answer in one layout, in every form that a program may want."""
    box = present(result.expr, notation)
    program = source(in_variables(result.expr, request), request.names)
    return {
        "shape": shape(result.shape),
        "text": text(without_units(result.expr)),
        "latex": latex(box),
        "mathml": mathml(box, display=True, alttext=speech(box, TABLES[language]), tex=latex(box)),
        "python": program.code,
        "arguments": list(program.arguments),
    }


def step(one: Step, notation: Notation, *, language: str = "en", layout: LayoutName = "numerator") -> Object:
    """One line of a derivation; `text` and `latex` are its right side, `layout` is that of the line."""
    return {
        "number": one.number,
        "subgoal": one.subgoal,
        "rule": one.rule,
        "also": list(one.also),
        "name": words(told((name_of(one.rule),), language)),
        "left": for_people(one.left),
        "text": text(without_units(one.after)),
        "latex": latex(present(one.after, notation)),
        "why": words(told(why(one, layout=layout), language)),
        "shape": shape(one.after.shape),
        "conditions": [condition(each, notation) for each in one.conditions],
        "check": {"points": one.check.points, "largest_error": one.check.largest_error},
    }


def condition(one: Condition, notation: Notation) -> Object:
    """A condition as text and as LaTeX."""
    left = latex(present(one.left, notation))
    if one.right is None:
        return {
            "text": f"{text(one.left)} {one.relation}",
            "latex": rf"{left} \text{{ {one.relation}}}",
        }
    right = latex(present(one.right, notation))
    if one.relation in {"!= elsewhere", "!= off the diagonal", "!= unless alike nearby"}:
        where = one.relation.removeprefix("!= ")
        return {"text": condition_text(one), "latex": rf"{left} \neq {right} \text{{ {where}}}"}
    return {
        "text": f"{text(one.left)} {one.relation} {text(one.right)}",
        "latex": f"{left} {RELATIONS.get(one.relation, one.relation)} {right}",
    }


def cross_check(found: CrossCheck) -> Object:
    """What the second engine found."""
    return {"by": found.by, "sizes": dict(found.sizes), "agrees": found.agrees}


def shape(of: Shape) -> Value:
    """Rows and columns as expressions."""
    return [str(of.rows), str(of.columns)]


def fault_line(fault: Fault) -> str:
    """A fault with its file, as one line."""
    file = None if fault.span is None else fault.span.file
    return line({"file": file, **fault_object(fault)})


def fault_object(fault: Fault) -> Object:
    """A fault with its place, where it has one."""
    place = fault.span
    where: Object = (
        {} if place is None else {"line": place.line, "column": place.column, "end_column": place.end_column}
    )
    return {**where, "code": fault.number, "message": fault.message, "hint": fault.hint}
