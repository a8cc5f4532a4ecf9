"""Tidying: what a lecturer does without a word. Each move that deserves a name is a rule elsewhere.

Flatten sums and products, drop zeros, ones and identities, put numbers first, add up like
terms, move transposes inwards. What stands inside an unresolved differential or derivative
is left as it was typed: x**2*x must reach the product rule.
"""

from __future__ import annotations

from fractions import Fraction

from derivgen.calculus.calls import normal_call
from derivgen.calculus.chains import Chain, chain, is_identity, joined
from derivgen.calculus.monomials import (
    ONE,
    Monomial,
    collected,
    common,
    fraction_of,
    holds_change,
    is_zero,
    monomial,
    split,
    written,
)
from derivgen.calculus.pairs import shortened
from derivgen.calculus.placed import placed
from derivgen.calculus.sums import added
from derivgen.calculus.symmetry import transposed
from derivgen.expr.build import ONE_NUMBER, apply, ones, size, zeros
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.memory import remembered
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
    Quotient,
    Reference,
    SizeNumber,
    Stack,
    Sum,
    Transpose,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.sizes import SCALAR, Shape
from derivgen.expr.walk import changes, count, rebuilt


@remembered
def tidy(expr: Expr) -> Expr:
    """The expression in the form in which it is written down."""
    match expr:
        case Differential() | Unresolved() | Constant() | SizeNumber() | Variable() | Reference() | Unspecified():
            return expr
        case _:
            return _normal(rebuilt(expr, tidy))


def _normal(expr: Expr) -> Expr:
    match expr:
        case Sum(terms=terms):
            return added(terms, expr.shape)
        case Quotient() if expr.is_scalar:
            return cleared(cancelled(expr))
        case Product() if expr.is_scalar:
            return cleared(expr)
        case Product() | Quotient() if _is_chain(expr):
            return cleared(expr)
        case Hadamard() | Quotient():
            return _entrywise(expr)
        case Power(base=Constant(value=value)) if value == 1:
            return ONE_NUMBER if expr.is_scalar else ones(expr.shape.rows, expr.shape.columns)
        case Power(base=base):
            return _power(expr) if base.is_scalar else _entrywise(expr)
        case Transpose(argument=argument):
            return _transposed(argument)
        case Component(array=array, row=int(row), column=int(column)):
            return component(array, row, column)
        case Apply(function=name, arguments=arguments) if FUNCTIONS[name].is_elementwise and _are_turned(arguments):
            return Transpose(apply(name, *(a if a.is_scalar else transposed(a) for a in arguments)))
        case Apply(function="sqrt", arguments=(inner,)) if expr.is_scalar and fraction_of(inner) is None:
            return written(monomial(expr))
        case Apply():
            return normal_call(expr, tidy)
        case Choice(then=then, otherwise=otherwise) if then == otherwise and then.shape == expr.shape:
            return then
        case Choice():
            return _choice(expr)
        case _:
            return expr


def _choice(expr: Choice) -> Expr:
    """where(x > 0, 0, y) for a branch of zeros or of one number, where the rest has the shape."""
    then, otherwise = (_single(branch) for branch in (expr.then, expr.otherwise))
    made = Choice(expr.relation, expr.left, expr.right, then, otherwise)
    return made if made.shape == expr.shape else expr


def _single(branch: Expr) -> Expr:
    """The number that every entry of an array is; any other array as it is."""
    if is_zero(branch):
        return Constant(Fraction(0))
    link = chain(branch)
    match link.arrays:
        case (Apply(function="ones"),):
            return written(link.scalars)
        case _:
            return branch


def _is_chain(expr: Product | Quotient) -> bool:
    return isinstance(expr, Product) or (expr.denominator.is_scalar and not expr.numerator.is_scalar)


def cancelled(expr: Quotient) -> Expr:
    """(a g + b g)/g**2 as (a + b)/g: what every term above shares with what stands below is taken out."""
    if not isinstance(expr.numerator, Sum):
        return expr
    links = [monomial(term) for term in expr.numerator.terms]
    below = dict(monomial(expr.denominator).powers)
    shared = tuple((base, k) for base, k in common(links).powers if base in below and _is_positive(k))
    if not shared:
        return expr
    divided = Monomial(Fraction(1), shared).raised(Fraction(-1))
    inner = Sum(tuple(written(link * divided) for link in links))
    return Quotient(Product((written(Monomial(Fraction(1), shared)), tidy(inner))), expr.denominator)


def _is_positive(exponent: Expr) -> bool:
    return isinstance(exponent, Constant) and exponent.value > 0


def cleared(expr: Expr) -> Expr:
    """A scalar product in normal form; x**2*(1 + y**2/x**2) becomes x**2 + y**2."""
    link = chain(expr)
    powers = dict(link.scalars.powers)
    for base, exponent in link.scalars.powers:
        if not isinstance(base, Sum) or not isinstance(exponent, Constant) or abs(exponent.value) != 1:
            continue
        if link.arrays and exponent.value < 0:
            continue  # below an array a bracket is left as it was typed
        terms = [monomial(term) for term in base.terms]
        times = _clearing(terms, powers) or _letters_out(terms, powers)
        if times:
            multiplied = tidy(Sum(tuple(written(term * times) for term in terms)))
            beside = times.raised(-exponent.value).powers
            kept = tuple((b, k) for b, k in link.scalars.powers if b != base)
            scalars = collected(link.scalars.coefficient, (*kept, *beside, (multiplied, exponent)))
            return cleared(joined(Chain(scalars, link.arrays, link.shape)))
    return rejoined(link)


def rejoined(link: Chain) -> Expr:
    """A chain as an expression, with neighbours merged."""
    link = Chain(_numbers_tidied(link.scalars), link.arrays, link.shape)
    if len(link.arrays) < 2:
        return joined(_cleared_link(link) if link.arrays and link.scalars.powers else link)
    arrays = shortened(tuple(array for array in link.arrays if not is_identity(array)), tidy) or link.arrays[:1]
    if arrays != link.arrays and len(arrays) > 1:
        # A merged pair may have a number in front.
        merged = chain(Product(arrays))
        link = Chain(link.scalars * merged.scalars, link.arrays, link.shape)
        arrays = merged.arrays
    total = _reduced(arrays)
    if total is not None:
        return tidy(Product((joined(Chain(link.scalars, (), SCALAR)), total)))
    if len(arrays) == 1 and arrays != link.arrays:
        return tidy(Product((joined(Chain(link.scalars, (), SCALAR)), arrays[0])))
    return joined(Chain(link.scalars, arrays, link.shape))


def _numbers_tidied(scalars: Monomial) -> Monomial:
    """The scalars with inner products in their normal form: sum(t) for t.T @ 1."""
    total = Monomial(scalars.coefficient, ())
    for base, exponent in scalars.powers:
        inner = tidy(base) if isinstance(base, Product) else base
        if inner == base or not (isinstance(exponent, Constant) and exponent.value.denominator == 1):
            total = total * Monomial(Fraction(1), ((base, exponent),))
        else:
            total = total * monomial(inner).raised(exponent.value)
    return total


def _reduced(arrays: tuple[Expr, ...]) -> Expr | None:
    """1.T @ X @ 1 as the sum of all entries."""
    if len(arrays) < 2 or not (arrays[0].shape.is_row and arrays[-1].shape.is_column):
        return None
    first, last = _is_ones(arrays[0]), _is_ones(arrays[-1])
    inner = arrays[1:] if first else arrays[:-1]
    if first and last and len(arrays) > 2:
        inner = arrays[1:-1]
    elif not (first or last) or Product(inner).shape.is_scalar:
        return None
    elif first and last:
        return size(arrays[-1].shape.rows)
    elif not (inner[0].shape.is_row or inner[-1].shape.is_column):
        return None
    if changes(Product(inner)):
        return None
    whole = inner[0] if len(inner) == 1 else Product(inner)
    return apply("sum", transposed(whole) if whole.shape.is_row else whole)


def _is_ones(array: Expr) -> bool:
    turned = array.argument if isinstance(array, Transpose) else array
    return isinstance(turned, Apply) and turned.function == "ones"


def _letters_out(terms: list[Monomial], powers: dict[Expr, Expr]) -> Monomial | None:
    """What p*(p**k - c*p**(k - 1)) is divided by inside, so that p**k*(p - c) is left: powers with letters."""
    shared = tuple((b, k) for b, k in common(terms).powers if not isinstance(k, Constant) and b in powers)
    return Monomial(Fraction(1), shared).raised(Fraction(-1)) if shared else None


def _clearing(terms: list[Monomial], powers: dict[Expr, Expr]) -> Monomial | None:
    """What a bracket is multiplied by so that no fraction stays inside it; only by what stands beside it too."""
    found: dict[Expr, Fraction] = {}
    for term in terms:
        for b, k in term.powers:
            if isinstance(k, Constant) and k.value < 0:
                if not isinstance(powers.get(b), Constant):
                    return None
                found[b] = max(found.get(b, Fraction(0)), -k.value)
    return _powers_of(found)


def _powers_of(exponents: dict[Expr, Fraction]) -> Monomial | None:
    if not exponents:
        return None
    return Monomial(Fraction(1), tuple((base, Constant(k)) for base, k in exponents.items()))


def _are_turned(arguments: tuple[Expr, ...]) -> bool:
    """Whether every array among the arguments is a transpose, so that one transpose outside will do."""
    arrays = [argument for argument in arguments if not argument.is_scalar]
    return bool(arrays) and all(isinstance(array, Transpose) for array in arrays)


def _transposed(argument: Expr) -> Expr:
    turned = transposed(argument)
    return turned if isinstance(turned, Transpose) else tidy(turned)


def _power(expr: Power) -> Expr:
    if expr.exponent == Constant(Fraction(0)):
        return ONE_NUMBER
    return written(monomial(expr))


def component(array: Expr, row: int, column: int) -> Expr:
    """An entry, taken from a stack where the array is one; of parts where that is no longer."""
    match array:
        case Stack(rows=rows):
            return rows[row - 1][column - 1]
        case Transpose(argument=argument):
            return component(argument, column, row)
        case Variable():
            return Component(array, row, column)
        case _ if is_zero(array):
            return Constant(Fraction(0))
    whole = Component(array, row, column)
    made = whole if holds_change(array) else placed(array, row, column)
    short = whole if made == whole else tidy(made)
    return short if count(short) <= count(whole) + isinstance(short, Product) else whole


def _entrywise(expr: Expr) -> Expr:
    """A product of arrays entry by entry: coefficient and scalars in front, powers merged."""
    scalars, arrays = _cleared_entries(*entry_factors(expr), expr.shape)
    if scalars.coefficient == 0:
        return zeros(expr.shape)
    diagonal = _diagonal(arrays, expr.shape)
    if diagonal is not None:
        return joined(Chain(scalars, (diagonal,), expr.shape))
    if _are_turned(tuple(part for power in arrays.powers for part in power)):
        turned = Monomial(arrays.coefficient, tuple((transposed(base), transposed(k)) for base, k in arrays.powers))
        return tidy(Product((written(scalars), Transpose(entry_fraction(turned, expr.shape.transposed)))))
    return joined(Chain(scalars, (entry_fraction(arrays, expr.shape),), expr.shape))


def _cleared_entries(scalars: Monomial, arrays: Monomial, shape: Shape) -> tuple[Monomial, Monomial]:
    """The same factors with no fraction inside a bracket: (1 - x**2/q)/sqrt(q) becomes (q - x**2)/q**1.5."""
    whole = scalars * arrays
    for base, exponent in arrays.powers:
        if not isinstance(base, Sum) or not isinstance(exponent, Constant) or abs(exponent.value) != 1:
            continue
        terms = [entry_factors(term) for term in base.terms]
        taken = _clearing([number * entries for number, entries in terms], dict(whole.powers))
        if taken:
            above = _parted(taken)
            multiplied = tidy(Sum(tuple(entry(n * above[0], e * above[1], shape) for n, e in terms)))
            beside = taken.raised(-exponent.value).powers
            kept = tuple((b, k) for b, k in whole.powers if b != base)
            made = collected(whole.coefficient, (*kept, *beside, (multiplied, exponent)))
            return _cleared_entries(*_parted(made), shape)
    return scalars, arrays


def _cleared_link(link: Chain) -> Chain:
    """The same for numbers in front of one array: 1/s**2*(x/(1 + x**2/s**2)) becomes x/(s**2 + x**2)."""
    (array,) = link.arrays
    inner = array.argument if isinstance(array, Transpose) else array
    if not isinstance(inner, Hadamard | Quotient | Power):
        return link
    numbers, entries = entry_factors(inner)
    scalars, arrays = _cleared_entries(link.scalars * numbers, entries, inner.shape)
    if arrays == entries:
        return link
    made = entry_fraction(arrays, inner.shape)
    return Chain(scalars, (made if inner == array else Transpose(made),), link.shape)


def _parted(mono: Monomial) -> tuple[Monomial, Monomial]:
    """The scalars with the number, and the arrays."""
    numbers = tuple((b, k) for b, k in mono.powers if b.is_scalar and k.is_scalar)
    return Monomial(mono.coefficient, numbers), Monomial(Fraction(1), tuple(p for p in mono.powers if p not in numbers))


def entry(number: Monomial, factors: Monomial, shape: Shape) -> Expr:
    """A number times an entry-by-entry product; without factors it is the number, which is added to each entry."""
    if factors.powers == ():
        return written(number * factors)
    array = entry_fraction(Monomial(Fraction(1), factors.powers), shape)
    return joined(Chain(number * Monomial(factors.coefficient, ()), (array,), shape))


def _diagonal(arrays: Monomial, shape: Shape) -> Expr | None:
    """diag(diag(X)) for X * eye(n), diag(v * diag(X)) for X * diag(v): only the diagonal is left."""
    for k, (base, exponent) in enumerate(arrays.powers):
        others = arrays.powers[:k] + arrays.powers[k + 1 :]
        on_diagonal = _on_diagonal(base)
        if not others or exponent != ONE_NUMBER or on_diagonal is None:
            continue
        rest = tidy(apply("diag", entry_fraction(Monomial(arrays.coefficient, others), shape)))
        return tidy(apply("diag", Hadamard((on_diagonal, rest))))
    return None


def _on_diagonal(base: Expr) -> Expr | None:
    """The diagonal of a matrix that has nothing beside it."""
    match base:
        case _ if is_identity(base):
            return ones(base.shape.rows)
        case Apply(function="diag", arguments=(entries,)) if entries.shape.is_column:
            return entries
        case _:
            return None


def entry_factors(expr: Expr) -> tuple[Monomial, Monomial]:
    """The scalar part and the array part; arrays of ones vanish, coefficients of chains move to the scalars."""
    mono = monomial(expr)
    scalars, arrays = Monomial(mono.coefficient, ()), ONE
    for base, exponent in mono.powers:
        power = Monomial(Fraction(1), ((base, exponent),))
        if base.is_scalar and exponent.is_scalar:
            scalars = scalars * power
        elif isinstance(base, Apply) and base.function in ("ones", "zeros"):
            if base.function == "zeros":
                scalars = Monomial(Fraction(0), ())
        elif exponent == ONE_NUMBER:
            inner = chain(base)
            bare = joined(Chain(ONE, inner.arrays, base.shape))
            scalars = scalars * inner.scalars
            if bare != base and isinstance(bare, Hadamard | Quotient | Power):
                more, factors = entry_factors(bare)
                scalars, arrays = scalars * more, arrays * factors
            else:
                arrays = arrays * Monomial(Fraction(1), ((bare, ONE_NUMBER),))
        elif isinstance(exponent, Constant) and exponent.value.denominator == 1 and chain(base).scalars != ONE:
            inner = chain(base)
            scalars = scalars * inner.scalars.raised(exponent.value)
            bare = joined(Chain(ONE, inner.arrays, base.shape))
            arrays = arrays * Monomial(Fraction(1), ((bare, exponent),))
        else:
            arrays = arrays * power
    return scalars, arrays


def entry_fraction(arrays: Monomial, shape: Shape) -> Expr:
    """Powers of arrays as one product or fraction, entry by entry."""
    above, below = split(arrays)
    if not above and not below:
        return ones(shape.rows, shape.columns)
    top: Expr = ONE_NUMBER if not above else above[0] if len(above) == 1 else Hadamard(tuple(above))
    if not below:
        return top
    return Quotient(top, below[0] if len(below) == 1 else Hadamard(tuple(below)))
