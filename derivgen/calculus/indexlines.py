"""Lines in index notation, one rule at a time: the derivative goes inside the sums until deltas are left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from derivgen.calculus.contraction import arrayed
from derivgen.calculus.differential import push
from derivgen.calculus.indexform import Letters, Writer, cleaned, multiplied, parted, placed, stripped, summed
from derivgen.calculus.lines import opened
from derivgen.calculus.rewrites import Rewrite
from derivgen.calculus.statements import filled, filled_condition
from derivgen.errors import NoRule
from derivgen.expr.build import MINUS_ONE, ONE_NUMBER, ZERO_NUMBER, apply, number
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Expr,
    Index,
    Place,
    Power,
    Product,
    Quotient,
    Reference,
    SizeNumber,
    Sum,
    Summation,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.sizes import Size
from derivgen.expr.walk import contains, depends_on, is_delta, rebuilt, replaced
from derivgen.problem.problem import Condition
from derivgen.record import record

OPENING = "index-form"
LINEAR = ("derivative-inside-sum", "sum", "difference", "constant-multiple")
MINOR = (*LINEAR, "constant", "variable", "kronecker-delta")
LIMIT = 60
MOST_FACTORS = 4


@record
class ByEntry:
    """The partial derivative by one entry with letters, such as x[k], or by a scalar."""

    variable: Expr
    flavour: Literal["partial"] = "partial"

    @property
    def array(self) -> Expr:
        """The variable that the entry belongs to."""
        return self.variable.array if isinstance(self.variable, Component) else self.variable

    def varies(self, expr: Expr) -> bool:
        """Whether any entry of the variable occurs: which one, the deltas say."""
        return isinstance(self.array, Variable) and depends_on(expr, self.array.name)

    def of(self, expr: Expr) -> Expr:
        """1 for a scalar variable itself, else the derivative still to be worked out."""
        return ONE_NUMBER if isinstance(expr, Variable) and expr == self.variable else self.shown(expr)

    def shown(self, expr: Expr) -> Expr:
        """The derivative still to be worked out."""
        return Unresolved(expr, (self.variable,))

    def settled(self, expr: Expr) -> Expr | None:
        """0, 1 or deltas where the derivative is plainly that, else None."""
        if not self.varies(expr):
            return ZERO_NUMBER
        match expr, self.variable:
            case Variable(), Variable():
                return ONE_NUMBER
            case Component(array=array, row=i, column=j), Component(row=k, column=l) if array == self.array:
                rows, columns = array.shape
                pairs = ((rows, i, k), (columns, j, l))
                deltas = [delta(counted, a, b) for counted, a, b in pairs if counted.number != 1]
                return deltas[0] if len(deltas) == 1 else Product(tuple(deltas))
            case _:
                return None


def delta(counted: Size, a: Place, b: Place) -> Expr:
    """The Kronecker delta: an entry of the identity matrix."""
    return Component(apply("eye", SizeNumber(counted)), a, b)


@record
class IndexStep:
    """One step of a line: `shown` is a form between, `after` the line when the step is done."""

    shown: Expr
    after: Expr
    rule: str
    also: tuple[str, ...]
    facts: dict[str, Expr]
    conditions: tuple[Condition, ...]


@dataclass(slots=True)
class _Walk:
    """A line on its way through the rules of one step."""

    line: Expr
    rules: list[str] = field(default_factory=list)
    shown: Expr | None = None
    facts: dict[str, Expr] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)

    @property
    def is_opened(self) -> bool:
        """Whether nothing but writing out with letters was done."""
        return all(rule == OPENING for rule in self.rules)


def advance(line: Expr, operator: ByEntry, writer: Writer) -> IndexStep | None:
    """The line after the next step: one rule, and the linear ones that follow it; None if nothing is open.

    Raises: NoRule where no rule is known.
    """
    if not opened(line):
        return None
    walk = _Walk(line)
    for _ in range(LIMIT):
        pieces = opened(walk.line)
        if not pieces:
            break
        rewrites = {piece: _rule(_inside(piece), operator, writer) for piece in pieces}
        first = next(iter(rewrites.values()))
        if not (walk.is_opened or (first.rule in LINEAR)):
            break
        _apply(walk, first, {p: r for p, r in rewrites.items() if r.rule == first.rule}, operator, writer.letters)
    real = [rule for rule in walk.rules if rule != OPENING]
    rule = next((name for name in real if name not in MINOR), (real or [OPENING])[0])
    also = tuple(name for name in dict.fromkeys(walk.rules) if name != rule)
    return IndexStep(walk.shown or walk.line, walk.line, rule, also, walk.facts, tuple(dict.fromkeys(walk.conditions)))


def _apply(walk: _Walk, first: Rewrite, chosen: dict[Expr, Rewrite], operator: ByEntry, letters: Letters) -> None:
    raw = cleaned(replaced(walk.line, {piece: rewrite.expr for piece, rewrite in chosen.items()}), letters)
    if walk.is_opened:
        walk.shown, walk.facts = raw, {**walk.facts, **first.facts}
    used: dict[str, None] = {}
    walk.line = cleaned(_settled(raw, operator, used), letters)
    walk.rules += [first.rule, *(name for rewrite in chosen.values() for name in rewrite.also), *used]
    walk.conditions += [_of_arrays(c) for rewrite in chosen.values() for c in rewrite.conditions]


def _inside(piece: Expr) -> Expr:
    if not isinstance(piece, Unresolved):
        raise TypeError("an open piece in index notation is a derivative")
    return piece.of


def _of_arrays(condition: Condition) -> Condition:
    """A condition on an entry for every letter, as one on the array."""
    right = condition.right
    return Condition(arrayed(condition.left), condition.relation, None if right is None else arrayed(right))


def _settled(expr: Expr, operator: ByEntry, used: dict[str, None]) -> Expr:
    if not isinstance(expr, Unresolved):
        return rebuilt(expr, lambda part: _settled(part, operator, used))
    known = operator.settled(expr.of)
    if known is None:
        return expr
    used["constant" if known == ZERO_NUMBER else "variable" if known == ONE_NUMBER else "kronecker-delta"] = None
    return known


def _rule(expr: Expr, operator: ByEntry, writer: Writer) -> Rewrite:
    """The rule for the outermost form of what is differentiated."""
    match expr:
        case Summation():
            bound, body = stripped(expr, set(), writer.letters)
            facts = {"inner": expr, "body": body}
            return Rewrite(summed(bound, operator.shown(body)), "derivative-inside-sum", facts=facts)
        case Reference(body=body):
            return Rewrite(operator.shown(_written(body, writer)), OPENING, facts={"inner": expr})
        case Component(array=Reference(body=body), row=row, column=column):
            entry = cleaned(writer.entry(body, row, column), writer.letters)
            return Rewrite(operator.shown(entry), OPENING, facts={"inner": expr})
        case Component(array=Apply() as call, row=row, column=column):
            return _from_table(call, operator, lambda change: writer.entry(change, row, column))
        case Apply() if not FUNCTIONS[expr.function].is_elementwise:
            return _from_table(expr, operator, writer.scalar)
        case Component() | Unspecified():
            raise NoRule("a stack or an unspecified function", "an entry with letters")
        case Product(factors=factors) if all(isinstance(f, Component) for f in factors if operator.varies(f)):
            return _in_place(expr, operator)
        case _:
            return push(expr, operator)


def _in_place(expr: Product, operator: ByEntry) -> Rewrite:
    """The product rule with every entry in its place, as one writes a sum over x_i A_ij x_j."""
    varying = [k for k, factor in enumerate(expr.factors) if operator.varies(factor)]
    terms = [
        Product(tuple(operator.shown(factor) if k == i else factor for i, factor in enumerate(expr.factors)))
        for k in varying
    ]
    facts: dict[str, Expr] = {"inner": expr}
    if len(varying) == 1:
        return Rewrite(terms[0], "constant-multiple", facts=facts)
    if len(varying) == 2:
        facts |= {"first": expr.factors[varying[0]], "second": expr.factors[varying[1]]}
    return Rewrite(Sum(tuple(terms)), "product", facts=facts)


def _written(body: Expr, writer: Writer) -> Expr:
    return cleaned(writer.scalar(body), writer.letters)


def _from_table(call: Apply, operator: ByEntry, entry: Callable[[Expr], Expr]) -> Rewrite:
    """The differential of the table, read entry by entry."""
    record = FUNCTIONS[call.function]
    formula = record.differential if isinstance(record.differential, str) else record.differential(call.arguments)
    if not formula:
        raise NoRule(f"{call.function} with these arguments", "index notation")
    needs = [filled_condition(source, record, call) for source in dict.fromkeys(record.domain + record.smooth)]
    inner = next(argument for argument in call.arguments if operator.varies(argument))
    return Rewrite(entry(filled(formula, record, call)), record.rule, facts={"inner": inner, "function": call},
                   conditions=tuple(needs))  # fmt: skip


# Deltas


@record
class _Term:
    """Factors, added up over the letters in front."""

    bound: tuple[Index, ...]
    factors: tuple[Expr, ...]


def collapsed(expr: Expr, letters: Letters) -> Expr:
    """The line after every delta has kept one index of its sum: the sum over i of delta_ik y_i is y_k."""
    if not contains(expr, is_delta):
        return expr
    counts: dict[Expr, int] = {}
    for term in _terms(expr, letters):
        sign, made = _unsigned(cleaned(_joined(_kept(term)), letters))
        counts[made] = counts.get(made, 0) + sign
    terms = [made if k == 1 else _times(k, made) for made, k in counts.items() if k]
    return cleaned(Sum(tuple(terms)), letters) if terms else ZERO_NUMBER


def _unsigned(term: Expr) -> tuple[int, Expr]:
    """The sign of a term, and the term without a minus."""
    match term:
        case Product(factors=(front, *rest)) if front == MINUS_ONE and rest:
            return -1, multiplied(rest)
        case _:
            return 1, term


def _times(k: int, term: Expr) -> Expr:
    """A term that occurs `k` times."""
    match term:
        case Quotient(numerator=top, denominator=bottom) if abs(k) > 1:
            made = Quotient(multiplied((number(abs(k)), top)), bottom)
            return made if k > 0 else Product((MINUS_ONE, made))
        case _:
            return multiplied((number(k), term))


def _terms(expr: Expr, letters: Letters) -> tuple[_Term, ...]:
    """The terms that remain when the brackets around deltas are opened."""
    if not contains(expr, is_delta):
        bound, inside = stripped(expr, set(), letters)
        return (_Term(tuple(bound), inside.factors if isinstance(inside, Product) else (inside,)),)
    match expr:
        case Sum(terms=terms):
            return tuple(found for term in terms for found in _terms(term, letters))
        case Summation(index=index, body=body):
            return tuple(_Term((index, *term.bound), term.factors) for term in _terms(body, letters))
        case Product(factors=factors):
            return _multiplied(factors, letters)
        case Quotient(numerator=top, denominator=bottom) if not contains(bottom, is_delta):
            below = Quotient(ONE_NUMBER, bottom)
            return _multiplied((top, below), letters)
        case Choice(relation=relation, left=left, right=right, then=then, otherwise=otherwise):
            first, second = ((ONE_NUMBER, ZERO_NUMBER), (ZERO_NUMBER, ONE_NUMBER))
            halves = (
                (then, Choice(relation, left, right, *first)),
                (otherwise, Choice(relation, left, right, *second)),
            )
            return tuple(term for half, mask in halves for term in _multiplied((mask, half), letters))
        case _:
            return (_Term((), (expr,)),)


def _multiplied(factors: tuple[Expr, ...], letters: Letters) -> tuple[_Term, ...]:
    made: tuple[_Term, ...] = (_Term((), ()),)
    for factor in factors:
        if not contains(factor, is_delta):
            made = tuple(_Term(term.bound, (*term.factors, factor)) for term in made)
            continue
        opened_ = _terms(factor, letters)
        made = tuple(_Term((*a.bound, *b.bound), (*a.factors, *b.factors)) for a in made for b in opened_)
    return made


def _kept(term: _Term) -> _Term:
    """The term after each delta with a letter of a sum has put its other index in the letter's place."""
    for factor in term.factors:
        if not (is_delta(factor) and isinstance(factor, Component)):
            continue
        for gone, stays in ((factor.row, factor.column), (factor.column, factor.row)):
            if isinstance(gone, Index) and gone in term.bound:
                others = list(term.factors)
                others.remove(factor)
                bound = tuple(index for index in term.bound if index != gone)
                if gone == stays:
                    bound = term.bound
                return _kept(_Term(bound, tuple(placed(other, gone, stays) for other in others) or (ONE_NUMBER,)))
    return term


def _joined(term: _Term) -> Expr:
    """The term as an expression, with what stands under a stroke put there again."""
    above: list[Expr] = []
    below: list[Expr] = []
    for factor in term.factors:
        _split(factor, above, below)
    for part in tuple(below):
        if part in above:
            above.remove(part)
            below.remove(part)
    (counted, others), (within, under) = parted(_powers(above), term.bound), parted(_powers(below), term.bound)
    total = [summed(term.bound, _over(counted, within))] if term.bound else []
    return _over([*others, *total], under)


def _over(above: list[Expr], below: list[Expr]) -> Expr:
    """The quotient, with a minus in front of it rather than above the stroke."""
    if not below:
        return multiplied(above)
    signs = sum(factor == MINUS_ONE for factor in above)
    made = Quotient(multiplied([factor for factor in above if factor != MINUS_ONE]), multiplied(below))
    return Product((MINUS_ONE, made)) if signs % 2 else made


def _factors(expr: Expr) -> tuple[Expr, ...]:
    """The factors of a product or of a small whole power, each by itself."""
    match expr:
        case Product(factors=factors):
            return tuple(part for factor in factors for part in _factors(factor))
        case Power(base=base, exponent=Constant(value=k)) if k.denominator == 1 and 0 < k <= MOST_FACTORS:
            return (base,) * int(k)
        case _:
            return (expr,)


def _split(expr: Expr, above: list[Expr], below: list[Expr]) -> None:
    """Sort the factors of an expression by the side of the stroke on which they stand."""
    for factor in _factors(expr):
        if isinstance(factor, Quotient):
            _split(factor.numerator, above, below)
            _split(factor.denominator, below, above)
        elif factor != ONE_NUMBER:
            above.append(factor)


def _powers(factors: list[Expr]) -> list[Expr]:
    """Equal factors as one power; numbers stay as they are, to be multiplied."""
    numbers = [factor for factor in factors if isinstance(factor, Constant)]
    counts = {factor: factors.count(factor) for factor in factors if factor not in numbers}
    return [*numbers, *(factor if k == 1 else Power(factor, number(k)) for factor, k in counts.items())]
