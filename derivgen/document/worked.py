"""A worked page: the answer first, then what is given, the plan, the steps, and what there is to know of them.

The order is that of a lecture: answer in both layouts, givens with shapes, plan, steps under
subgoals, what the layouts change, the conditions, a check with short numbers, a remark and a
common mistake, other methods and the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from derivgen.calculus.illustration import Illustration, illustrations
from derivgen.calculus.records import Derivation, Step
from derivgen.document.blocks import (
    Answer,
    AnswerRow,
    Block,
    Callout,
    Cell,
    Code,
    Equation,
    Figure,
    Folded,
    Given,
    Givens,
    Heading,
    Inline,
    Line,
    Paragraph,
    StepBlock,
    Table,
    Text,
)
from derivgen.document.detail import shown, shown_steps
from derivgen.document.graphdrawing import graph_picture
from derivgen.document.shapeboxes import identification_picture
from derivgen.document.symbols import sizes_used, stacked, symbols_used
from derivgen.document.wording import (
    LABELS,
    conditions_text,
    heading,
    layouts_sentence,
    left_out,
    mistake,
    other_way,
    plan,
    remark,
    second_plan,
    symmetric_sentence,
    title_of,
    why,
)
from derivgen.expr.nodes import Differential, Expr, Product, Reference, Stack, Unresolved, Unspecified, Variable
from derivgen.expr.walk import leaves, parts, size_names
from derivgen.printing.notation import Notation
from derivgen.printing.numpy import source
from derivgen.problem.problem import LayoutName, Problem


def worked(problem: Problem, derivations: Sequence[Derivation]) -> tuple[Block, ...]:
    """The blocks of a page that works out `derivations`, in the order of the page."""
    several = len(derivations) > 1
    blocks: list[Block] = [answer(problem, derivations), *givens(problem, derivations), *graph(problem, derivations)]
    said: set[Callout] = set()
    for k, derivation in enumerate(derivations):
        letter = chr(ord("a") + k % 26) if several else ""
        part = tuple(_part(problem, derivation, letter, _shared(derivations[:k], derivation)))
        # What a page has said once it does not say again.
        blocks += [block for block in part if block not in said]
        said |= {block for block in part if isinstance(block, Callout) and block.kind in ("remark", "mistake")}
    return tuple(blocks)


@dataclass(frozen=True, slots=True)
class Shared:
    """The first steps of a second derivative that an earlier part of the page has: how many, and which part."""

    count: int = 0
    letter: str = ""


def _shared(earlier: Sequence[Derivation], derivation: Derivation) -> Shared:
    """Where the gradient, of which this derivative starts, has been found before."""
    request = derivation.request
    if request.order == 1 and not request.then:
        return Shared()
    for k, one in enumerate(earlier):
        lines = _lines(one.steps)
        is_gradient = one.request.order == 1 and not one.request.then
        same = (one.request.of, one.request.wrt) == (request.of, request.wrt)
        if is_gradient and same and lines == _lines(derivation.steps[: len(lines)]):
            return Shared(len(lines), chr(ord("a") + k % 26))
    return Shared()


def _lines(made: Sequence[Step]) -> tuple[tuple[str, Expr, Expr], ...]:
    return tuple((step.rule, step.left, step.after) for step in made)


def page_notation(notation: Notation, derivations: Sequence[Derivation]) -> Notation:
    """The notation of a page: d instead of ∂ where one scalar varies and all else is a constant number."""
    moving = {v for d in derivations for v in (*d.request.wrt, *d.request.then)}
    scalars = all(leaf.is_scalar for d in derivations for leaf in leaves(d.request.of))
    return replace(notation, ordinary=len(moving) == 1 and scalars)


def layouts_shown(problem: Problem, derivation: Derivation) -> tuple[LayoutName, ...]:
    """The layouts that were asked for, the first one first."""
    match derivation.request.layout or problem.layout:
        case "numerator":
            return ("numerator",)
        case "denominator":
            return ("denominator",)
        case _:
            return ("numerator", "denominator")


def answer(problem: Problem, derivations: Sequence[Derivation]) -> Answer:
    """The table of answers: a row for each derivative, a cell for each layout."""
    wanted = {layout for derivation in derivations for layout in layouts_shown(problem, derivation)}
    layouts: tuple[LayoutName, ...] = tuple(layout for layout in ("numerator", "denominator") if layout in wanted)
    rows = []
    for derivation in derivations:
        cells = tuple(Cell(derivation.result(layout), str(derivation.result(layout).shape)) for layout in layouts)
        rows.append(AnswerRow(asked(derivation), cells))
    words = tuple(map(layout_words, layouts))
    needed = tuple(dict.fromkeys(c for derivation in derivations for c in derivation.conditions))
    return Answer(words, tuple(rows), ("where ", *conditions_text(needed)) if needed else ())


def asked(derivation: Derivation) -> Expr:
    """The derivative that was asked for, as a symbol."""
    request = derivation.request
    first = Unresolved(request.of, request.wrt)
    return Unresolved(first, request.then or request.wrt) if request.order == 2 or request.then else first


def givens(problem: Problem, derivations: Sequence[Derivation]) -> Iterator[Block]:
    """Every symbol of the page with its shape and its role."""
    rows = (*given_rows(problem, derivations), *symbols_used(derivations))
    yield Heading(2, (LABELS.given,), "given")
    yield givens_table(rows)


def givens_table(rows: Iterable[Given]) -> Givens:
    """The rows, each once, under the heads of their columns."""
    return Givens((LABELS.symbol, LABELS.shape, LABELS.role), tuple(dict.fromkeys(rows)))


def given_rows(problem: Problem, derivations: Sequence[Derivation]) -> tuple[Given, ...]:
    """The variables and functions that the questions use; nothing of their answers."""
    variables = {v.name for d in derivations for v in (*d.request.wrt, *d.request.then)}
    used = [leaf for d in derivations for leaf in leaves(d.request.of)]
    rows = [_given(leaf, variables) for leaf in dict.fromkeys(used) if isinstance(leaf, Variable)]
    rows += [_given(v, variables) for d in derivations for v in d.request.wrt if v not in used]
    rows += [stacked(d.request.wrt) for d in derivations if len(d.request.wrt) > 1]
    needed = functions_used(problem, derivations)
    rows += [_function(f, derivations) for f in needed]
    sizes = [name for d in derivations for name in size_names(d.request.of)]
    return (*dict.fromkeys(rows), *sizes_used(tuple(dict.fromkeys(sizes))))


def graph(problem: Problem, derivations: Sequence[Derivation]) -> tuple[Figure, ...]:
    """The picture of how the functions use each other, where there are several."""
    needed = functions_used(problem, derivations)
    if len(needed) < 2:
        return ()
    return (graph_picture(needed, moving(derivations), asked_for(derivations)),)


def moving(derivations: Sequence[Derivation]) -> tuple[str, ...]:
    """The names of the variables that derivatives are taken with respect to."""
    return tuple(dict.fromkeys(v.name for d in derivations for v in (*d.request.wrt, *d.request.then)))


def asked_for(derivations: Sequence[Derivation]) -> tuple[str, ...]:
    """The names of the functions whose derivatives are asked for."""
    return tuple(dict.fromkeys(d.request.of.name for d in derivations))


def _given(leaf: Variable, variables: set[str]) -> Given:
    kind = "scalar" if leaf.is_scalar else "vector" if leaf.shape.is_column else "matrix"
    role = f"{kind}, the variable" if leaf.name in variables and len(variables) == 1 else (
        f"{kind}, a variable" if leaf.name in variables else f"{kind}, constant")  # fmt: skip
    return Given(leaf, str(leaf.shape), (role + (" and symmetric" if leaf.symmetric else ""),))


def functions_used(problem: Problem, derivations: Sequence[Derivation]) -> list[Reference | Unspecified]:
    """The functions that are asked for and those within them, in the order of the spec."""
    names = {name for d in derivations for name in (d.request.of.name, *_names_within(d.request.of))}
    return [function for name, function in problem.functions.items() if name in names]


def _names_within(expr: Expr) -> set[str]:
    inner = (expr.body,) if isinstance(expr, Reference) else expr.of if isinstance(expr, Unspecified) else parts(expr)
    found = {part.name for part in inner if isinstance(part, Reference | Unspecified)}
    return found.union(*(_names_within(part) for part in inner))


def _function(function: Reference | Unspecified, derivations: Sequence[Derivation]) -> Given:
    if isinstance(function, Reference):
        role = _role(function, [d.request.of for d in derivations])
        return Given(function, str(function.shape), role, function.body)
    words: list[Inline] = ["any differentiable function of "]
    for k, variable in enumerate(function.of):
        words += [variable] if k == 0 else [", ", variable]
    return Given(function, str(function.shape), tuple(words))


def _role(function: Reference, asked_for: Sequence[Reference | Unspecified]) -> Text:
    kind = "function" if function.is_scalar else "vector of functions" if function.shape.is_column else "matrix"
    if function in asked_for:
        return (f"the {kind}",)
    for whole in asked_for:
        if isinstance(whole, Reference) and isinstance(whole.body, Stack) and function in parts(whole.body):
            return ("a function, entry ", str(parts(whole.body).index(function) + 1), " of ", whole)
    return (f"an intermediate {kind}",)


def _part(problem: Problem, derivation: Derivation, letter: str, shared: Shared) -> Iterator[Block]:
    """One derivative: plan, steps, layouts, conditions, check, remark, other ways."""
    suffix = f"-{letter}" if letter else ""
    if letter:
        yield Heading(2, (f"{letter}. ", asked(derivation)), f"part{suffix}")
    yield Paragraph(second_plan(shared.letter) if shared.count else plan(derivation), LABELS.plan)
    layout = layout_words(layouts_shown(problem, derivation)[0])
    level = 3 if letter else 2
    yield Heading(level, (LABELS.steps.format(layout=layout),), f"steps{suffix}")  # type: ignore[arg-type]  # 2 or 3
    if shared.count:
        yield Paragraph((LABELS.cited.format(first=f"{shared.letter}1", last=f"{shared.letter}{shared.count}"),))
    new = tuple(step for step in shown(derivation, problem.detail) if not _is_among_first(step, shared.count))
    yield from steps(new, derivation, letter, level + 1)
    yield from steps(derivation.readings, derivation, letter, level + 1, anchor="reading")
    yield Heading(level, (LABELS.layouts,), f"layouts{suffix}")  # type: ignore[arg-type]  # 2 or 3
    yield Paragraph(layouts_sentence(derivation))
    if words := symmetric_sentence(derivation):
        yield Paragraph(words)
    label = LABELS.holds if derivation.conditions else LABELS.holds_everywhere
    yield Callout("conditions", label, conditions_text(derivation.conditions))
    yield from check(problem, derivation, level, suffix)
    if words := remark(derivation):
        yield Callout("remark", LABELS.remark, words)
    if words := mistake(derivation):
        yield Callout("mistake", LABELS.mistake, words)
    yield from _others(problem, derivation, letter)
    yield from program(problem, derivation)


def _is_among_first(step: Step, count: int) -> bool:
    return int("".join(takewhile(str.isdigit, step.number))) <= count


def steps(
    made: Sequence[Step], derivation: Derivation, letter: str, level: int, *, anchor: str = "goal"
) -> Iterator[Block]:
    """Steps under the headings of their subgoals."""
    current: Text = ()
    count = 0
    for step in made:
        title = heading(step, derivation)
        if title != current:
            current, count = title, count + 1
            yield Heading(level, title, f"{anchor}-{letter}{count}", is_subgoal=True)  # type: ignore[arg-type]  # 3 or 4
        yield step_block(step, letter)
        yield from boxes(step)


def step_block(step: Step, letter: str) -> StepBlock:
    """One step as the reader sees it."""
    number = f"{letter}{step.number}"
    conditions = conditions_text(step.conditions) if step.conditions else ()
    return StepBlock(
        number,
        f"step-{number}",
        title_of(step),
        step.rule,
        Equation(line_of(step)),
        why(step),
        str(step.after.shape),
        conditions,
        step.also,
    )


def boxes(step: Step) -> tuple[Figure, ...]:
    """The factors of an identification as boxes to scale, where they are not all numbers."""
    match step:
        case Step(identifies=Product(factors=(*_, Differential() as of))):
            picture = identification_picture(step.facts["changed"], step.left, of)
            return () if picture is None else (picture,)
        case _:
            return ()


def line_of(step: Step) -> Line:
    """The displayed line; shapes stand under what an identification reads, and under a product of Jacobians."""
    if step.identifies is not None:
        return Line(step.facts["changed"], (step.identifies,), step.identifies, implies=Line(step.left, (step.after,)))
    return Line(step.left, (*step.between, step.after), step.facts.get("factors"))


def check(problem: Problem, derivation: Derivation, level: int, suffix: str) -> Iterator[Block]:
    """The numbers at one small point, or on both sides of a kink."""
    found = illustrations(problem, derivation)
    if not found:
        return
    yield Heading(level, (LABELS.check,), f"check{suffix}")  # type: ignore[arg-type]  # 2 or 3
    yield check_table(found, derivation)
    if derivation.cross_check is not None and derivation.cross_check.agrees:
        yield Paragraph((LABELS.second_engine,))


def check_table(found: tuple[Illustration, ...], derivation: Derivation) -> Table:
    """A row for each given value, for the function, for the formula and for finite differences."""
    request = derivation.request
    rows: list[tuple[Text, ...]] = []
    for k, (variable, _) in enumerate(found[0].given):
        rows.append(((variable,), *((one.given[k][1],) for one in found)))
    rows.append(((request.of,), *((one.function,) for one in found)))
    rows.append(((LABELS.formula,), *((one.formula,) for one in found)))
    rows.append(((LABELS.difference,), *((one.difference,) for one in found)))
    heads: tuple[Text, ...] = (("value",),) if len(found) == 1 else (("one side of the kink",), ("the other side",))
    exact = all(one.is_exact for one in found)
    return Table(
        (("quantity",), *heads), tuple(rows), () if exact else ("Numbers are rounded to four places.",), row_heads=True
    )


def _others(problem: Problem, derivation: Derivation, letter: str) -> Iterator[Block]:
    for k, (method, made) in enumerate(derivation.others):
        title, when = other_way(method)
        mark = f"{letter}{'xyz'[k % 3]}"
        inner = tuple(step_block(step, mark) for step in shown_steps(made, problem.detail))
        yield Folded(title, ((Paragraph(when), *inner) if when else inner))
    for method, what in derivation.lacking:
        yield Paragraph(left_out(method, what))


def program(problem: Problem, derivation: Derivation) -> Iterator[Block]:
    """The formula as a NumPy function; once where both layouts have the same."""
    layouts = layouts_shown(problem, derivation)
    codes = {name: source(derivation.result(name)).code for name in layouts}
    if len(set(codes.values())) == 1:
        words = LABELS.both if len(codes) > 1 else layout_words(layouts[0])
        yield Folded((LABELS.code.format(layout=words),), (Code(codes[layouts[0]], "python"),))
        return
    for name, code in codes.items():
        yield Folded((LABELS.code.format(layout=layout_words(name)),), (Code(code, "python"),))


def layout_words(name: LayoutName) -> str:
    """A layout in words."""
    return LABELS.numerator if name == "numerator" else LABELS.denominator
