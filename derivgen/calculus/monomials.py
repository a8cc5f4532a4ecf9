"""Products in a normal form: an exact coefficient, powers of scalars, and what is left of arrays.

This is where 2*x*3 becomes 6*x, x**2*x becomes x**3 and u/u becomes 1. Factors are put in
the order in which a lecturer writes them: numbers, sizes, names, components, functions, sums, changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from derivgen.calculus.exponents import negated, plus, times_number
from derivgen.calculus.kinks import KINKED, Powers, without_kinks
from derivgen.errors import NoRule
from derivgen.expr.build import MINUS_ONE, ONE_NUMBER, ZERO_NUMBER, number
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import (
    Apply,
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
    Sum,
    Transpose,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.sizes import Size
from derivgen.expr.walk import contains
from derivgen.printing.decimals import is_fine, is_shorter
from derivgen.record import record

HALF = Fraction(1, 2)
UNIT = Fraction(1)
# Bits of the longest number that is written out: some 4,000 digits.
LONGEST = 13_000


@record
class Monomial:
    """coefficient * product of base ** exponent; the exponents are Constants or symbolic."""

    coefficient: Fraction
    powers: tuple[tuple[Expr, Expr], ...]

    def __mul__(self, other: Monomial) -> Monomial:
        if self is ONE and len(other.powers) == 1 and other.coefficient and other.powers[0][1] == ONE_NUMBER:
            return other
        return collected(_multiple(self.coefficient, other.coefficient), (*self.powers, *other.powers))

    def raised(self, exponent: Fraction) -> Monomial:
        """This to a whole power; any power if the coefficient is one and no power is even.

        Raises: NoRule for a number that no page could show.
        """
        if self.coefficient is not UNIT and _bits(self.coefficient) * abs(exponent) > LONGEST:
            raise NoRule(f"a number to the power {int(exponent)}", "writing out", "write a smaller exponent")
        powers = tuple((base, times_number(old, exponent)) for base, old in self.powers)
        return Monomial(self.coefficient ** int(exponent), powers)


ONE = Monomial(UNIT, ())
_BELOW, _QUOTIENT = {"sinh": "cosh", "sin": "cos"}, {"sinh": "tanh", "sin": "tan"}


def _bits(number: Fraction) -> int:
    """How long a number is that powers make longer; 1 and -1 stay as they are."""
    top, bottom = number.numerator, number.denominator
    return 0 if bottom == 1 and top in (1, -1) else max(top.bit_length(), bottom.bit_length())


def collected(coefficient: Fraction, powers: Iterable[tuple[Expr, Expr]]) -> Monomial:
    """Equal bases merged, exponents added, zero exponents dropped."""
    if not coefficient:
        return Monomial(coefficient, ())
    table: Powers = {}
    functions: set[str] = set()
    for base, exponent in powers:
        table[base] = plus(table[base], exponent) if base in table else exponent
        if isinstance(base, Apply):
            functions.add(base.function)
    if functions & KINKED:
        table = without_kinks(table)
    if "mean" in functions:
        table = _without_means(table)
    if functions >= {"sinh", "cosh"} or functions >= {"sin", "cos"}:
        table = _as_tangents(table)
    return Monomial(coefficient, tuple(_kept(table)))


def _multiple(a: Fraction, b: Fraction) -> Fraction:
    """The product, without making a number where one of them is the usual one."""
    return b if a is UNIT else a if b is UNIT else a * b


def _without_means(table: Powers) -> Powers:
    """n mean(x) as sum(x), for x of n entries."""
    merged = dict(table)
    for base, exponent in table.items():
        match base:
            case Apply(function="mean", arguments=(x,)) if exponent == ONE_NUMBER:
                sizes = _sizes_of(x.shape.entries)
                if sizes and all(merged.get(size) == ONE_NUMBER for size in sizes):
                    merged = {b: k for b, k in merged.items() if b != base and b not in sizes}
                    total = Apply("sum", (x,), base.shape)
                    merged[total] = plus(merged[total], ONE_NUMBER) if total in merged else ONE_NUMBER
            case _:
                pass
    return merged


def _as_tangents(table: Powers) -> Powers:
    """sinh(x)**k/cosh(x)**k as tanh(x)**k, and the same of the circle."""
    merged = dict(table)
    for base in table:
        match base:
            case Apply(function="sinh" | "sin" as name, arguments=(x,)):
                over = Apply(_BELOW[name], (x,), base.shape)
                k = merged[base]
                if over in merged and isinstance(k, Constant) and k.value > 0 and merged[over] == Constant(-k.value):
                    del merged[base], merged[over]
                    tangent = Apply(_QUOTIENT[name], (x,), base.shape)
                    merged[tangent] = plus(merged[tangent], k) if tangent in merged else k
            case _:
                pass
    return merged


def _sizes_of(entries: Size) -> tuple[Expr, ...]:
    """The different names that a size is the product of; none where it is anything else."""
    match entries.terms:
        case ((names, 1),) if len(set(names)) == len(names):
            return tuple(SizeNumber(Size.named(name)) for name in names)
        case _:
            return ()


def _kept(table: Powers) -> Iterator[tuple[Expr, Expr]]:
    """The powers that are not one: step(z)**2 is step(z), as its entries are 0 or 1."""
    for base, exponent in table.items():
        if exponent is ONE_NUMBER:
            yield base, exponent
        elif not is_zero(exponent):
            is_of_zeros_and_ones = isinstance(base, Apply) and base.function in ("step", "eye", "unit")
            is_above = is_of_zeros_and_ones and isinstance(exponent, Constant) and exponent.value > 0
            yield base, ONE_NUMBER if is_above else exponent


def is_zero(expr: Expr) -> bool:
    """Whether this is the number 0 or an array of zeros."""
    match expr:
        case Constant(value=value):
            return value == 0
        case Apply(function="zeros"):
            return True
        case Transpose(argument=argument):
            return is_zero(argument)
        case _:
            return False


def monomial(expr: Expr) -> Monomial:
    """A scalar expression (or an entry-by-entry one) as a monomial; what is no product is its own base."""
    match expr:
        case Constant(value=value):
            return Monomial(value, ())
        case Product(factors=factors) if all(factor.is_scalar for factor in factors):
            return _multiplied(factors)
        case Product(factors=factors) if expr.is_scalar and any(factor.is_scalar for factor in factors):
            arrays = tuple(factor for factor in factors if not factor.is_scalar)
            rest = Monomial(UNIT, ((arrays[0] if len(arrays) == 1 else Product(arrays), ONE_NUMBER),))
            return _multiplied(tuple(factor for factor in factors if factor.is_scalar)) * rest
        case Hadamard(factors=factors):
            return _multiplied(factors)
        case Quotient(numerator=top, denominator=bottom):
            lower = _multiplied((bottom,))
            if lower.coefficient == 0:
                return Monomial(UNIT, ((expr, ONE_NUMBER),))
            return _multiplied((top,)) * lower.raised(Fraction(-1))
        case Power(base=base, exponent=exponent):
            return _power(base, exponent)
        case Apply(function="sqrt", arguments=(argument,)) if not isinstance(argument, Constant):
            return Monomial(UNIT, ((argument, Constant(HALF)),))
        case _:
            return Monomial(UNIT, ((expr, ONE_NUMBER),))


def _multiplied(factors: tuple[Expr, ...]) -> Monomial:
    total = ONE
    for factor in factors:
        sign, bracket = sign_and_bracket(factor)
        total = total * monomial(bracket)
        if sign < 0:
            total = Monomial(-total.coefficient, total.powers)
    return total


def sign_and_bracket(factor: Expr) -> tuple[int, Expr]:
    """A factor whose terms are all negative as -1 and the bracket of the opposite terms: -s - 1 is -(s + 1)."""
    if not isinstance(factor, Sum):
        return 1, factor
    opposites = [opposite(term) for term in factor.terms]
    terms = tuple(term for term in opposites if term is not None)
    return (-1, Sum(terms)) if len(terms) == len(opposites) else (1, factor)


def opposite(term: Expr) -> Expr | None:
    """The term without its minus, if it begins with a negative number."""
    match term:
        case Constant(value=value) if value < 0:
            return Constant(-value)
        case Product(factors=(Constant(value=value), *rest)) if value < 0:
            return times(-value, rest)
        case _:
            return None


def _power(base: Expr, exponent: Expr) -> Monomial:
    value = fraction_of(exponent)
    if value is not None and value.denominator == 1:
        inner = _multiplied((base,))
        if not (inner.coefficient == 0 and value <= 0):
            return inner.raised(value)
    if value is not None:
        return Monomial(UNIT, ((base, Constant(value)),))
    return Monomial(UNIT, ((base, exponent),))


def fraction_of(expr: Expr) -> Fraction | None:
    """The exact number that an expression of numbers is, or None."""
    match expr:
        case Constant(value=value):
            return value
        case Quotient(numerator=top, denominator=bottom):
            a, b = fraction_of(top), fraction_of(bottom)
            return a / b if a is not None and b else None
        case Product(factors=factors):
            total = Fraction(1)
            for factor in factors:
                part = fraction_of(factor)
                if part is None:
                    return None
                total *= part
            return total
        case _:
            return None


def common(monos: Iterable[Monomial]) -> Monomial:
    """The powers that divide every monomial, without a number: the exponent nearest to 0, or what all have."""
    first, *rest = monos
    shared: list[tuple[Expr, Expr]] = []
    for base, exponent in first.powers:
        least = [exponent, *(dict(other.powers).get(base, ZERO_NUMBER) for other in rest)]
        if not isinstance(exponent, Constant) and (lowest := _lowest(least)) is not None:
            shared.append((base, lowest))
        numbers = [k.value for k in least if isinstance(k, Constant)]
        if len(numbers) == len(least) and (min(numbers) > 0 or max(numbers) < 0):
            shared.append((base, Constant(min(numbers, key=abs))))
    return Monomial(UNIT, tuple(shared))


def _lowest(exponents: list[Expr]) -> Expr | None:
    """The lowest of k, k - 1 and the like; None where they differ by more than numbers."""
    gaps = [plus(k, negated(exponents[0])) if k != exponents[0] else ZERO_NUMBER for k in exponents]
    numbers = [gap.value for gap in gaps if isinstance(gap, Constant)]
    return exponents[numbers.index(min(numbers))] if len(numbers) == len(exponents) else None


def split(mono: Monomial) -> tuple[list[Expr], list[Expr]]:
    """The powers above and below a fraction stroke, each as an expression, in reading order."""
    above: list[Expr] = []
    below: list[Expr] = []
    for base, exponent in sorted(mono.powers, key=lambda power: reading_order(power[0])):
        if isinstance(exponent, Constant) and exponent.value < 0:
            below.append(power(base, Constant(-exponent.value)))
        else:
            above.append(power(base, exponent))
    return above, below


def power(base: Expr, exponent: Expr) -> Expr:
    """Base ** exponent as it is written: x for an exponent of one, a root for one half."""
    if exponent == ONE_NUMBER:
        return base
    if exponent == Constant(HALF):
        return Apply("sqrt", (base,), base.shape)
    if isinstance(exponent, Constant) and not _is_decimal(exponent.value):
        return Power(base, Quotient(number(exponent.value.numerator), number(exponent.value.denominator)))
    return Power(base, exponent)


def _is_decimal(value: Fraction) -> bool:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1 and value.denominator < 1000


@remembered
def holds_change(expr: Expr) -> bool:
    """Whether a change or a derivative that is not worked out stands in it."""
    return contains(expr, lambda part: isinstance(part, Differential | Unresolved))


def reading_order(expr: Expr) -> tuple[int, str, int, int]:
    """Where a scalar factor stands in a product."""
    match expr:
        case Constant():
            return (0, "", 0, 0)
        case SizeNumber(size=size):
            return (1, str(size), 0, 0)
        case Apply(function="pi"):
            return (1, "pi", 0, 0)
        case Variable(name=name) | Reference(name=name) | Unspecified(name=name):
            return (2, name, 0, 0)
        case Component(
            array=Variable(name=name) | Reference(name=name) | Unspecified(name=name),
            row=int(row),
            column=int(column),
        ):
            return (3, name, row, column)
        case Sum():
            return (6, "", 0, 0)
        case Apply(function=name):
            return (5, name, 0, 0)
        case Differential() | Unresolved():
            return (8, "", 0, 0)
        case Product() if holds_change(expr):
            # A change stands last: c * dx is c * (A dy) when dx is put in, and nothing has changed places.
            return (8, "", 0, 0)
        case _:
            return (4, "", 0, 0)


def written(mono: Monomial) -> Expr:
    """A monomial of scalars as an expression: one fraction, the number first."""
    above, below = split(mono)
    return fraction(mono.coefficient, above, below)


def fraction(coefficient: Fraction, above: list[Expr], below: list[Expr]) -> Expr:
    """Coefficient * above / below, with the number's own parts above and below; a minus stands in front."""
    over, under = parts_of_number(coefficient)
    if under == 1 and not below:
        return times(coefficient, above)
    made = Quotient(times(abs(over), above), times(under, below))
    return made if coefficient > 0 else Product((MINUS_ONE, made))


def parts_of_number(coefficient: Fraction) -> tuple[Fraction, Fraction]:
    """What of a number stands above the line of a fraction and what below it: one of many decimal places is above."""
    if is_fine(coefficient) or is_shorter(coefficient):
        return coefficient, Fraction(1)
    above = Fraction(coefficient.numerator)
    # A size that has a share in the number stands below the line, unless nothing else does.
    return (coefficient, Fraction(1)) if coefficient.denominator == 1 else (above, above / coefficient)


def times(coefficient: Fraction, factors: list[Expr]) -> Expr:
    """Coefficient * factors, without a one."""
    if not factors:
        return Constant(coefficient)
    if coefficient == 1:
        return factors[0] if len(factors) == 1 else Product(tuple(factors))
    return Product((Constant(coefficient), *factors))
