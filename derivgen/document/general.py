"""The rule of a step in general, and what its letters stand for in this step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, count, pairwise, starmap

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.equations import equations
from derivgen.calculus.records import Rule, Step
from derivgen.document.blocks import Text
from derivgen.document.ruletables import EQUALS
from derivgen.document.wording.names import titled
from derivgen.document.wording.telling import joined, said
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Differential,
    Expr,
    Hadamard,
    Power,
    Product,
    Reference,
    SizeNumber,
    Stack,
    Sum,
    Summation,
    Transpose,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.walk import depends_on, nodes_within, parts, replaced, with_parts

CHAINS = ("chain", "vector-chain", "vector-chain-den", "total-derivative", "total-vector-chain")

Letter = Variable | Reference | Unspecified
Letters = Mapping[str, Expr]
Equation = tuple[Expr, Expr]

# Moves on a page rather than rules: what they state of other functions tells nothing here.
MOVES = (
    "introduce-intermediate", "substitute-back", "cases", "rewrite", "assumption", "transpose-layout", "matrix-form",
    "components", "index-form", "identity-removal", "collect", "hold-constant", "d-constant",
)  # fmt: skip
# What these state is an example, of one function or of two entries: their record has no letter for a function.
EXAMPLES = (
    "elementwise-unary", "elementwise-binary", "d-elementwise", "d-chain", "d-power", "gradient",
    "derivative-inside-sum", "jacobian", "hessian", "general-power",
)  # fmt: skip
# Other letters, where a page uses those of a statement itself: numbers, columns and matrices.
SPARE = ("p q r s h a b", "p q r s v a b", "P Q R M N C D")


def in_general(step: Step) -> tuple[Text, ...]:
    """The statement of each rule that a step names, and what its letters stand for here; nothing for a move."""
    told = {rule: text for rule in titled(step) if rule not in MOVES and (text := _told(RULES[rule], step))}
    # An example is no help beside the rule of the very function.
    needed = [text for rule, text in told.items() if rule not in EXAMPLES]
    return tuple(needed or told.values())


def _told(rule: Rule, step: Step) -> Text:
    found = instance(rule, step) if rule.id == step.rule else _beside(rule, step)
    if found is None:
        return ()
    equation, letters = found
    if _is_example(rule, equation):
        return said("For example {statement}.", statement=_stated(equation))
    if not any(starmap(_tells, letters.items())):
        return said("In general {statement}.", statement=_stated(equation))
    equation, letters = _apart(equation, letters, step)
    here = [(_letter(name, equation), *EQUALS, value) for name, value in letters.items() if _tells(name, value)]
    return said("In general {statement}; here {letters}.", statement=_stated(equation), letters=joined(here, ", "))


def _is_example(rule: Rule, equation: Equation) -> bool:
    # The factor of a linear map is written as 2: a letter would change too.
    return rule.id in EXAMPLES or (rule.id == "d-linear" and equation == equations(rule)[1])


def _beside(rule: Rule, step: Step) -> tuple[Equation, Letters] | None:
    """A rule that a step uses besides its own, and the place at which it is taken from the table."""
    equation, facts = _like(rule, step), step.facts
    if equation is None or "inner" not in facts or not facts["inner"].is_scalar:
        return None if equation is None else (equation, {})
    return equation, _at(equation, facts["inner"], step)


def _at(equation: Equation, inner: Expr, step: Step) -> Letters:
    """The letters of a table entry at an inner function, where the step has the outer function of just that."""
    exponent = step.facts.get("exponent")
    match equation[0], step.facts.get("function"):
        case Unresolved(of=Power()), _ if exponent is not None:
            occurs = any(node == Power(inner, exponent) for form in _forms(step) for node in nodes_within(form))
            return {"x": inner, "k": exponent} if occurs else {}
        case Unresolved(of=Apply(function=name)), Apply(function=own, arguments=arguments) if name == own:
            return {"x": inner} if inner in arguments else {}
        case _:
            return {}


def instance(rule: Rule, step: Step) -> tuple[Equation, Letters] | None:
    """The equation of a rule that a step is by, and what its letters stand for, as far as that is seen."""
    found = next(((one, letters) for one in equations(rule) if (letters := _best(one, step))), None)
    if found is not None:
        return found
    equation = _like(rule, step)
    return None if equation is None else (equation, _by_facts(step))


def _stated(equation: Equation) -> Text:
    return (equation[0], *EQUALS, equation[1])


def _apart(equation: Equation, letters: Letters, step: Step) -> tuple[Equation, Letters]:
    """The same with other letters for those that mean something else on this page: no A = A + A.T."""
    forms = (step.left, step.before, *step.between, step.after, *letters.values())
    taken = {node.name for form in (*forms, *equation) for node in nodes_within(form) if isinstance(node, Letter)}
    of_page = {node.name for form in forms for node in nodes_within(form) if isinstance(node, Letter)}
    new: dict[Expr, Expr] = {}
    names: dict[str, str] = {}
    for old in _letters(equation):
        value = letters.get(old.name)
        if old.name in of_page and (value is None or _tells(old.name, value)):
            names[old.name] = next(name for name in _spare(old) if name not in taken)
            taken.add(names[old.name])
        new[old] = _renamed(old, names)
    left, right = (replaced(side, new) for side in equation)
    return (left, right), {names.get(name, name): value for name, value in letters.items()}


def _letters(equation: Equation) -> tuple[Variable | Unspecified, ...]:
    nodes = (node for side in equation for node in nodes_within(side))
    return tuple(dict.fromkeys(node for node in nodes if isinstance(node, Variable | Unspecified)))


def _renamed(letter: Variable | Unspecified, names: Mapping[str, str]) -> Variable | Unspecified:
    name = names.get(letter.name, letter.name)
    if isinstance(letter, Variable):
        return replace(letter, name=name)
    return replace(
        letter,
        name=name,
        of=tuple(_renamed(one, names) for one in letter.of if isinstance(one, Variable | Unspecified)),
    )


def _spare(letter: Expr) -> Iterator[str]:
    numbers, columns, matrices = SPARE
    letters = (numbers if letter.is_scalar else columns if letter.shape.is_column else matrices).split()
    yield from letters
    yield from (f"{letters[0]}_{k}" for k in count(1))


def _letter(name: str, equation: Equation) -> Expr:
    return next(letter for letter in _letters(equation) if letter.name == name)


def _tells(name: str, value: Expr) -> bool:
    return not (isinstance(value, Letter) and value.name == name)


def _like(rule: Rule, step: Step) -> Equation | None:
    """The equation that speaks of a function of this step, and as its line does of a change or of a derivative."""
    calls = {node.function for form in _forms(step) for node in nodes_within(form) if isinstance(node, Apply)}
    called = step.facts.get("function")
    own = {called.function} if isinstance(called, Apply) else calls
    stated = equations(rule)
    fitting = [one for one in stated if len(stated) == 1 or _functions(one[0]) <= own]
    fitting = [one for one in fitting if _occurs(one[0], step)] or fitting
    return next((one for one in fitting if type(one[0]) is type(step.left)), fitting[0] if fitting else None)


def _occurs(left: Expr, step: Step) -> bool:
    """Whether d of such an expression, a sum or a product say, stands in the lines of a step."""
    nodes = (node for form in _forms(step) for node in _nodes(form))
    return isinstance(left, Differential | Unresolved) and any(
        isinstance(node, Differential | Unresolved) and type(node.of) is type(left.of) for node in nodes
    )


def _forms(step: Step) -> tuple[Expr, ...]:
    return (step.left, step.before, *step.between)


def _functions(expr: Expr) -> set[str]:
    return {node.function for node in nodes_within(expr) if isinstance(node, Apply)}


def _by_facts(step: Step) -> Letters:
    """The letters of a rule that no line spells out: functions on a path, and a constant on the other side."""
    facts = step.facts
    if step.rule in CHAINS and "through" in facts:
        return {"y": facts["of"], "u": facts["through"], "x": facts["variable"]}
    if step.rule in CHAINS and "inner" in facts:
        outer = facts.get("function") or (Power(facts["inner"], facts["exponent"]) if "exponent" in facts else None)
        by: Letters = {"x": facts["variable"]} if "variable" in facts else {}
        return {} if outer is None else {"y": outer, "u": facts["inner"], **by}
    if step.rule in ("inner-product", "linear-map") and {"constant", "inner"} <= facts.keys():
        name = "a" if step.rule == "inner-product" else "A"
        constant = _plain(facts["constant"]) if name == "a" else facts["constant"]
        return {name: constant, "x": _plain(facts["inner"])}
    return {}


def _best(equation: Equation, step: Step) -> Letters:
    """The letters for which the left side of an equation stands in a line of the step and is rewritten there."""
    left, _ = equation
    if step.rule in CHAINS:
        return {}
    if step.identifies is not None:
        return _identified(left, step.identifies) if step.rule != "identify-vec" else {}
    gone = frozenset(nodes_within(step.after))
    nodes = (node for form in (step.before, *step.between) for node in _nodes(form) if node not in gone)
    found = [letters for node in nodes for letters in _instances(left, node, step) if _fits(left, letters)]
    # Of several ways to read a product the step's own is meant.
    known = frozenset(map(_plain, step.facts.values()))
    return max(found, key=lambda letters: sum(_plain(one) in known for one in letters.values()), default={})


def _fits(stated: Expr, letters: Letters) -> bool:
    """Whether numbers stand for arrays everywhere or nowhere: -dx is not A dx with the number -1 for A."""
    arrays = [letter.name for letter in _letters((stated, stated)) if not letter.is_scalar]
    return len({letters[name].is_scalar for name in arrays if name in letters}) < 2


def _identified(left: Expr, form: Expr) -> Letters:
    """The letters of an identification: what stands before dx, and x."""
    match left:
        case Unresolved(of=stated, wrt=(Variable(name=name),)):
            for letters in _matches(stated, form, {}):
                if isinstance(change := letters[name], Differential) and _fits(stated, letters):
                    return {**letters, name: change.of}
    return {}


def _plain(expr: Expr) -> Expr:
    return expr.argument if isinstance(expr, Transpose) else expr


def _nodes(form: Expr) -> Iterator[Expr]:
    """The nodes of a form; what is differentiated is spelt out."""
    for node in nodes_within(form):
        yield node
        match node:
            case Differential(of=Reference(body=body)):
                yield Differential(body)
            case Unresolved(of=Reference(body=body), wrt=wrt):
                yield Unresolved(body, wrt)


def _instances(left: Expr, node: Expr, step: Step) -> Iterator[Letters]:
    match left, node:
        case Unresolved(of=Variable()), _:
            # Everything is an instance of a letter alone.
            return
        case Unresolved(of=stated, wrt=(Variable() as by,)), Unresolved(of=of, wrt=(variable,)):
            for letters in _matches(stated, of, {by.name: variable}):
                if not any(_moves(letters[name], variable) for name in _constants(stated, by)):
                    yield letters
        case Unresolved(of=stated, wrt=(Variable() as by,)), Differential(of=of):
            constant = step.facts.get("constant")
            for letters in _matches(stated, of, {}):
                if all(letters[name] == constant for name in _constants(stated, by)):
                    yield letters
        case Differential(of=stated), Differential(of=of) | Unresolved(of=of):
            yield from _matches(stated, of, {})
        case Differential() | Unresolved(), _:
            return
        case _:
            yield from _matches(left, node, {})


def _constants(stated: Expr, by: Variable) -> tuple[str, ...]:
    return tuple(node.name for node in nodes_within(stated) if isinstance(node, Variable) and node != by)


def _moves(expr: Expr, variable: Expr) -> bool:
    return any(node == variable for node in nodes_within(expr)) or (
        isinstance(variable, Variable | Reference | Unspecified) and depends_on(expr, variable.name)
    )


def _matches(stated: Expr, expr: Expr, bound: Letters) -> Iterator[Letters]:
    """Each way to read an expression as an instance of what is stated."""
    match stated:
        case Variable(name=name) | Unspecified(name=name):
            if bound.get(name, expr) == expr and _may_be(stated, expr):
                yield {**bound, name: expr}
        case Constant():
            if stated == expr:
                yield bound
        case SizeNumber():
            if isinstance(expr, SizeNumber):
                yield bound
        case Product() | Sum() | Hadamard() if isinstance(expr, type(stated)):
            for groups in _groupings(expr, len(parts(stated))):
                yield from _all(parts(stated), groups, bound)
        case Apply(function=function):
            if isinstance(expr, Apply) and expr.function == function:
                yield from _all(stated.arguments, expr.arguments, bound)
        case Component(array=array, row=row, column=column):
            if isinstance(expr, Component) and (expr.row, expr.column) == (row, column):
                yield from _matches(array, expr.array, bound)
        case Stack() | Summation() | Choice():
            return
        case _ if type(stated) is type(expr) and with_parts(stated, parts(expr)) == expr:
            yield from _all(parts(stated), parts(expr), bound)


def _may_be(letter: Expr, expr: Expr) -> bool:
    """Whether a letter of this shape may stand for an expression."""
    if letter.is_scalar or expr.is_scalar:
        return expr.is_scalar
    return expr.shape.is_column or not letter.shape.is_column


def _all(stated: tuple[Expr, ...], exprs: tuple[Expr, ...], bound: Letters) -> Iterator[Letters]:
    if len(stated) != len(exprs):
        return
    if not stated:
        yield bound
        return
    for letters in _matches(stated[0], exprs[0], bound):
        yield from _all(stated[1:], exprs[1:], letters)


def _groupings(expr: Expr, count: int) -> Iterator[tuple[Expr, ...]]:
    """The parts of a sum or a product as so many neighbouring groups; of numbers also those that are no neighbours."""
    inner = parts(expr)
    for cuts in combinations(range(1, len(inner)), count - 1):
        ends = (0, *cuts, len(inner))
        yield tuple(_group(expr, inner[a:b]) for a, b in pairwise(ends))
    is_free = isinstance(expr, Hadamard) or (isinstance(expr, Product) and all(part.is_scalar for part in inner))
    if count == 2 and is_free:
        for size in range(1, len(inner)):
            for chosen in combinations(range(len(inner)), size):
                taken = tuple(inner[k] for k in chosen)
                rest = tuple(part for k, part in enumerate(inner) if k not in chosen)
                yield _group(expr, taken), _group(expr, rest)


def _group(expr: Expr, inner: tuple[Expr, ...]) -> Expr:
    return inner[0] if len(inner) == 1 else with_parts(expr, inner)
