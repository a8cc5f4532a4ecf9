"""The table of symbols: every sign of a page that is not a name of the spec, said once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from derivgen.calculus.records import Derivation, Step
from derivgen.document.blocks import Given, Text
from derivgen.document.detail import in_focus, is_crowded
from derivgen.document.numbering import part_letter, step_number
from derivgen.document.within import formulas_within
from derivgen.document.wording.reasons import why
from derivgen.document.wording.signs import ENTRYWISE, SIGNS
from derivgen.document.wording.telling import said
from derivgen.expr.build import MINUS_ONE, ZERO_NUMBER, apply
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Differential,
    Expr,
    Hadamard,
    Index,
    Node,
    Power,
    Product,
    Quotient,
    Reference,
    SizeNumber,
    Stack,
    Summation,
    Transpose,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.sizes import Size
from derivgen.expr.walk import count, is_delta, parts
from derivgen.printing.boxes import Box, Fenced, Letter, Operator, Row, Script
from derivgen.printing.lines import LIMIT
from derivgen.printing.notation import DEFAULT, HADAMARD, Notation
from derivgen.printing.ones import with_sums
from derivgen.printing.pieces import TRANSPOSES
from derivgen.printing.present import is_gradient_sign, present
from derivgen.printing.widths import width
from derivgen.problem.problem import Problem

DOTS = Operator("…", "ordinary")
WIDE = LIMIT - 4.0  # em: a row that has no room beside what it is equal to is written as a transposed column
LONG = 12.0  # em: a wider example would leave no room for what it means
BETWEEN = {"division": "⊘", "kron": "⊗"}
# Signs that look the same for every size.
BY_SIZE = ("eye", "ones", "zeros")
# The keys of functions that every reader knows, of arrays: that they act entry by entry is all there is to say.
ENTRY_BY_ENTRY = "entry by entry: "


def symbols_used(problem: Problem, derivations: Sequence[Derivation], words: Iterable[Text] = ()) -> list[Given]:
    """A row for each sign that the steps, their reasons, the answers or the words of a page use, in order."""
    letters = [part_letter(k) if len(derivations) > 1 else "" for k in range(len(derivations))]
    return _symbols(problem, derivations, letters, words)


def symbols_of_questions(problem: Problem, derivations: Sequence[Derivation]) -> list[Given]:
    """The same for the questions of an exercise, each of which counts its steps from 1."""
    return _symbols(problem, derivations, [""] * len(derivations), ())


def _symbols(
    problem: Problem, derivations: Sequence[Derivation], letters: Sequence[str], words: Iterable[Text]
) -> list[Given]:
    used: list[Expr] = []
    for derivation in derivations:
        folded = (step for _, others in derivation.others for step in others)
        told = (*_with_parts(derivation.steps, problem), *derivation.readings, *_with_parts(tuple(folded), problem))
        used += [form for step in told for form in (step.left, *step.between, step.after)]
        used += [form for step in told for form in formulas_within(why(step)) if isinstance(form, Node)]
        used += [*(result.expr for result in derivation.results), derivation.request.of]
    used += [form for text in words for form in formulas_within(text) if isinstance(form, Node)]
    changes, signs = _noted(used, problem.notation)
    named = _named_by_steps(derivations, letters)
    later = [
        Given(
            d,
            str(d.shape),
            said("the change of {variable}, which step {step} names", variable=d.of, step=named[d.of.name]),
        )
        for d in changes
        if isinstance(d.of, Reference) and d.of.name in named
    ]
    known = [d for d in changes if not isinstance(d.of, Reference) or d.of.name not in named]
    return [*_changes(known, problem.notation), *later, *signs]


def _named_by_steps(derivations: Sequence[Derivation], letters: Sequence[str]) -> dict[str, str]:
    """The functions that steps name, such as a gradient that the Hessian is made of, with the numbers of the steps."""
    return {
        step.left.name: step_number(letter, step.number)
        for letter, derivation in zip(letters, derivations, strict=True)
        for step in derivation.steps
        if step.rule == "introduce-intermediate" and isinstance(step.left, Reference)
    }


def _with_parts(steps: tuple[Step, ...], problem: Problem) -> tuple[Step, ...]:
    """The steps, with the finer ones that are opened."""
    return (
        *steps,
        *(
            part
            for step in steps
            if problem.detail == "detailed" or in_focus(step, problem.focus) or is_crowded(step)
            for part in step.parts
        ),
    )


def signs_of(expressions: Iterable[Expr], notation: Notation = DEFAULT) -> list[Given]:
    """A row for each sign that the expressions are written with; differentials of names first."""
    changes, signs = _noted(expressions, notation)
    return _changes(changes, notation) + signs


def signs_between_names(expressions: Iterable[Expr], notation: Notation) -> list[Given]:
    """The same without the differentials."""
    return _noted(expressions, notation)[1]


def _noted(expressions: Iterable[Expr], notation: Notation) -> tuple[list[Differential], list[Given]]:
    seen: dict[str, Expr] = {}
    changes: dict[Expr, None] = {}
    noted: set[Expr] = set()
    for expr in expressions:
        _note(expr, notation, seen, changes, noted)
    order = (*SIGNS, *(sign for sign in seen if sign.startswith(ENTRY_BY_ENTRY)))
    signs = [_row(sign, seen, notation) for sign in order if sign in seen]
    return [change for change in changes if isinstance(change, Differential)], signs


def stacked(variables: Sequence[Variable]) -> Given:
    """The row of several scalars after `wrt`: a column, in this order."""
    return Given(Fenced("(", _listed(variables), ")"), f"{len(variables)} x 1", said("the variables, in this order"))


def sizes_used(names: Sequence[str]) -> list[Given]:
    """A row for each name of a size."""
    sizes = tuple(SizeNumber(Size.named(name)) for name in names)
    if len(sizes) < 2:
        return [Given(size, "", said("a size: any whole number from 1 up")) for size in sizes]
    return [Given(_listed(sizes), "", said("sizes: whole numbers from 1 up"))]


def _changes(changes: Sequence[Differential], notation: Notation) -> list[Given]:
    # A function and the variable that stands for it in a part of the chain look the same.
    changes = tuple({present(d, notation): d for d in reversed(changes)}.values())[::-1]
    if len(changes) < 3:
        return [
            Given(d, str(d.shape), said("the change of {variable}, to first order", variable=d.of)) for d in changes
        ]
    return [
        Given(
            _listed(changes, notation), "", said("changes of these, to first order; each has the shape of what changes")
        )
    ]


def _listed(names: Sequence[Expr], notation: Notation = DEFAULT) -> Box:
    boxes: list[Box] = []
    for name in names:
        boxes += [*([Operator(",", "punctuation")] if boxes else []), present(name, notation)]
    return Row(tuple(boxes))


def _note(expr: Expr, notation: Notation, seen: dict[str, Expr], changes: dict[Expr, None], noted: set[Expr]) -> None:
    """Adds the signs of an expression to `seen` and its differentials to `changes`, once for each part."""
    if expr in noted:
        return
    noted.add(expr)
    match expr:
        case Product() if (spelled := with_sums(expr, notation)) is not expr:
            _note(spelled, notation, seen, changes, noted)
            return
        case Differential(of=Variable() | Reference() | Unspecified()):
            changes.setdefault(expr)
        case Unresolved():
            _note_derivative(expr, notation, seen)
        case Transpose(argument=Apply(function="inv")) | Apply(function="inv", arguments=(Transpose(),)):
            seen.setdefault("inverse-transpose", expr)
        case Transpose(argument=Unresolved() as slope) if is_gradient_sign(slope, notation) and not slope.denominator:
            seen.setdefault("nabla", expr)
            return
        case Transpose(argument=Variable() | Reference()):
            if not isinstance(seen.get("transpose"), Transpose):
                seen["transpose"] = expr
        case Stack(rows=(row,)) if len(row) > 1 and width(present(expr, notation)) > WIDE:
            seen.setdefault("transpose", expr)
        case Apply(function="dot" | "outer" as name, arguments=(left, right)):
            turned = left if name == "dot" else right
            if not turned.is_scalar:
                seen.setdefault("transpose", Transpose(turned))
        case Hadamard():
            seen.setdefault("hadamard", expr)
        case Power() if not expr.base.is_scalar:
            seen.setdefault("entry-power", expr)
        case Quotient() if not expr.denominator.is_scalar:
            seen.setdefault("division", expr)
        case Component() if is_delta(expr):
            seen.setdefault("delta", expr)
            return
        case Summation():
            seen.setdefault("summation", expr)
        case Choice(left=left, right=right) if not (left.is_scalar and right.is_scalar):
            # One that compares scalars is written with a brace.
            seen["where"] = min(seen.get("where", expr), expr, key=count)
        case Apply(function="log", arguments=(Apply(function="det", arguments=(Variable() | Reference() as inside,)),)):
            seen.setdefault("logdet", apply("logdet", inside))
            _note(inside, notation, seen, changes, noted)
            return
        case Apply():
            sign = _sign_of(expr, notation)
            if seen.setdefault(sign, expr).shape != expr.shape and sign in BY_SIZE:
                seen[f"{sign} of several sizes"] = expr
            elif count(expr) < count(seen[sign]):
                # The shortest example says most.
                seen[sign] = expr
        case _:
            pass
    for part in _written_parts(expr):
        _note(part, notation, seen, changes, noted)


def _written_parts(expr: Expr) -> tuple[Expr, ...]:
    """The parts that keep signs of their own: in the transpose of an inverse the inverse has none."""
    match expr:
        case Reference(body=body):
            return (body,)
        case Transpose(argument=Apply(function="inv", arguments=arguments)):
            return arguments
        case Apply(function="inv", arguments=(Transpose(argument=argument),)):
            return (argument,)
        case _:
            return parts(expr)


def _note_derivative(expr: Unresolved, notation: Notation, seen: dict[str, Expr]) -> None:
    """Derivatives of or by matrices are written with vec, which the expression itself does not hold."""
    if expr.denominator and is_gradient_sign(expr, notation):
        seen.setdefault("nabla", expr)
        return
    first = expr.of.argument if isinstance(expr.of, Transpose) else expr.of
    is_gradient = expr.of.is_scalar and not isinstance(first, Unresolved)
    by_scalars = all(part.is_scalar for part in expr.wrt)
    for part in (first, *expr.wrt, *(first.wrt if isinstance(first, Unresolved) else ())):
        is_matrix = not part.shape.is_column and not part.shape.is_row
        if is_matrix and not is_gradient and not by_scalars and not isinstance(part, Unresolved):
            seen.setdefault("vec", apply("vec", part))


def _sign_of(expr: Apply, notation: Notation) -> str:
    """The key of the sign that a function is written with."""
    is_array = not expr.arguments or not expr.arguments[0].shape.is_column
    match expr.function:
        case "diag" if is_array:
            return "diagonal"
        case "ones" if not expr.shape.is_column and not expr.shape.is_row:
            return "ones-matrix"
        case "norm" if is_array:
            return "frobenius"
        case "matpow" if expr.arguments[1] == MINUS_ONE:
            return "inv"
        case "step" if notation.indicator == "heaviside":
            return "heaviside"
        case "max" if ZERO_NUMBER in expr.arguments:
            return "relu"
        case name if name not in SIGNS and not expr.is_scalar and FUNCTIONS[name].is_elementwise:
            return f"{ENTRY_BY_ENTRY}{name}"
        case name:
            return name


def _row(sign: str, seen: dict[str, Expr], notation: Notation) -> Given:
    """A row of the table: the sign alone where it stands between two arrays, else as it first occurs."""
    between = {"hadamard": HADAMARD[notation.hadamard], **BETWEEN}
    if sign in between:
        return Given(Operator(between[sign], "binary"), "", (SIGNS[sign],))
    if sign == "summation":
        return Given(Operator("∑", "large"), "", (SIGNS[sign],))
    example = seen[sign]
    if sign == "transpose" and isinstance(example, Stack):
        return Given(TRANSPOSES[notation.transpose], "", (SIGNS[sign],))
    shape = "" if sign == "delta" or f"{sign} of several sizes" in seen else str(example.shape)
    return Given(_shortened(present(example, notation)) or example, shape, _meaning(sign, example))


def _meaning(sign: str, example: Expr) -> Text:
    """What a sign means; of a function, that of an array it takes each entry, or what an entry is."""
    if sign.startswith(ENTRY_BY_ENTRY):
        return said("acts entry by entry")
    if sign in ENTRYWISE and not example.is_scalar:
        return said("{meaning}, entry by entry", meaning=SIGNS[sign])
    match example:
        case Apply(function="softmax", arguments=(Variable() | Reference() as z,)) if z.name not in ("i", "j"):
            i, j = Index("i", z.shape.rows), Index("j", z.shape.rows)
            share = Quotient(apply("exp", Component(z, i)), Summation(j, apply("exp", Component(z, j))))
            return said("softmax: entry {index} is {share}", index=Letter("i"), share=share)
        case _:
            return (SIGNS[sign],)


def _shortened(box: Box) -> Box | None:
    """A long example with dots in place of what stands in its brackets; None where it is short."""
    if width(box) <= LONG:
        return None
    match box:
        case Fenced():
            return replace(box, body=DOTS)
        case Script(base=Fenced() as fence):
            return replace(box, base=replace(fence, body=DOTS))
        case Row(boxes=boxes):
            widest = max(boxes, key=width)
            short = _shortened(widest)
            return None if short is None else Row(tuple(short if part is widest else part for part in boxes))
        case _:
            return None
