"""Where an expression has a value and a derivative: collected, with what always holds left out."""

from __future__ import annotations

from fractions import Fraction

from derivgen.calculus.agreement import agree_around
from derivgen.calculus.chains import is_identity
from derivgen.calculus.definiteness import Given, Sign, definiteness, sign_of
from derivgen.calculus.diagonals import meet_on_diagonal
from derivgen.calculus.monomials import is_zero
from derivgen.calculus.ownentries import own_entry
from derivgen.calculus.ranks import size_conditions
from derivgen.calculus.simplify import tidy
from derivgen.calculus.statements import filled_condition
from derivgen.expr.build import MINUS_ONE, ZERO_NUMBER, apply, number, size
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.memory import remembered
from derivgen.expr.nodes import (
    Apply,
    Choice,
    Component,
    Constant,
    Expr,
    Hadamard,
    Power,
    Product,
    Quotient,
    Reference,
    Stack,
    Sum,
    Transpose,
)
from derivgen.expr.walk import inlined, leaves, parts, size_names
from derivgen.problem.problem import Condition, RelationName

# Functions with a kink where one entry meets another value.
_KINKED = frozenset({"abs", "sign", "relu", "step", "max", "min", "norm1"})


def always_holds(condition: Condition, given: Given = ()) -> bool:
    """Whether a condition is sure for all values that meet `given`, so that printing it would only make noise."""
    left, relation, right = condition.left, condition.relation, condition.right
    if right is None:
        return definiteness(left, given) == "definite"
    if isinstance(left, Constant) and isinstance(right, Constant):
        a, b = left.value, right.value
        return {">": a > b, ">=": a >= b, "<": a < b, "<=": a <= b, "!=": a != b, "=": a == b}.get(relation, False)
    if right != ZERO_NUMBER:
        return relation == "!=" and "positive" in (_sign_of_gap(left, right, given), _sign_of_gap(right, left, given))
    sign = sign_of(left, given)
    return (sign == "positive" and relation in {">", ">=", "!="}) or (sign == "nonnegative" and relation == ">=")


def _sign_of_gap(left: Expr, right: Expr, given: Given) -> Sign:
    return sign_of(Sum((left, Product((MINUS_ONE, right)))), given)


def domain(expr: Expr) -> tuple[Condition, ...]:
    """The conditions under which `expr` has a value, innermost first."""
    return simplified(_collected(expr, derivative=False))


def smooth_domain(expr: Expr) -> tuple[Condition, ...]:
    """The conditions under which every function in `expr` has a value and a derivative."""
    return simplified(_collected(expr, derivative=True))


@remembered
def _collected(expr: Expr, *, derivative: bool) -> tuple[Condition, ...]:
    inner = (expr.body,) if isinstance(expr, Reference) else parts(expr)
    match expr:
        case Power(base=Apply(function="norm", arguments=arguments), exponent=Constant(value=k)) if is_even_power(k):
            inner = arguments  # the squared norm is smooth where the norm is not
    found = [condition for part in inner for condition in _collected(part, derivative=derivative)]
    return tuple(dict.fromkeys([*found, *own_conditions(expr, derivative=derivative)]))


def is_even_power(value: Fraction) -> bool:
    """Whether a power to this exponent is one of the square."""
    return value > 0 and value % 2 == 0


def own_conditions(expr: Expr, *, derivative: bool) -> list[Condition]:
    """The conditions that the outermost node itself brings."""
    match expr:
        case Apply(function="matpow", arguments=(matrix, Constant(value=k))) if k < 0:
            return [Condition(matrix, "invertible")]
        case Apply(function=name):
            record = FUNCTIONS[name]
            sources = dict.fromkeys(record.domain + (record.smooth if derivative else ()))
            found = [filled_condition(source, record, expr) for source in sources]
            if name == "prod" and (isinstance(expr.arguments[0], Stack) or not leaves(expr)):
                return []  # its factors are written out, or nothing changes: no entry is divided by
            return _kinks(found) if name in _KINKED else found
        case Quotient(denominator=bottom):
            return [Condition(bottom, "!=", ZERO_NUMBER)]
        case Power(base=base, exponent=exponent):
            relation = power_condition(exponent, derivative=derivative)
            return [Condition(base, relation, ZERO_NUMBER)] if relation else []
        case Component(array=array, row=row, column=column):
            pairs = ((array.shape.rows, row), (array.shape.columns, column))
            return [
                Condition(size(s), ">=", number(k))
                for s, k in pairs
                if isinstance(k, int) and s.number is None and k > 1
            ]
        case Choice(left=left, right=right) if derivative:
            return _kinks([Condition(left, "!=", right)])
        case _:
            return []


def _kinks(conditions: list[Condition]) -> list[Condition]:
    """Where entries meet no kink: a constant has none that matters, nor have x - x and the zeros beside a diagonal.

    max(x, x) is x, and no other function either changes where its sides are equal everywhere.
    """
    found = []
    for condition in map(_beside_what_meets, map(canonical, conditions)):
        match condition:
            case Condition(left=left, right=right) if right is not None and are_equal_everywhere(left, right):
                pass
            case Condition(left=Hadamard(factors=factors), right=right) if right == ZERO_NUMBER and (
                others := _beside_identities(factors)
            ):
                found.append(Condition(apply("diag", others), "!=", ZERO_NUMBER))
            case Condition(left=Apply(function="diag", arguments=(entries,)), right=right) if (
                entries.shape.is_column and right == ZERO_NUMBER
            ):
                found.append(Condition(entries, "!=", ZERO_NUMBER))
            case Condition(left=left, right=right) if leaves(left) or (right is not None and leaves(right)):
                found.append(condition)
    return found


def _beside_what_meets(condition: Condition) -> Condition:
    """An array and one of its own entries meet there whatever it is, and without a kink; so do X and X.T."""
    for array, one in ((condition.left, condition.right), (condition.right, condition.left)):
        if array is not None and one is not None and own_entry(array, one):
            return Condition(array, "!= elsewhere", one)
    if condition.right is not None and meet_on_diagonal(condition.left, condition.right):
        return Condition(condition.left, "!= off the diagonal", condition.right)
    if condition.right is not None and agree_around(condition.left, condition.right):
        return Condition(condition.left, "!= unless alike nearby", condition.right)
    return condition


def are_equal_everywhere(left: Expr, right: Expr) -> bool:
    """Whether both sides are one in the normal form: s*x and x*s, x - x and 0."""
    if left.shape != right.shape and not right.is_scalar:
        return False
    return left == right or is_zero(tidy(Sum((left, Product((MINUS_ONE, right))))))


def _beside_identities(factors: tuple[Expr, ...]) -> Expr | None:
    """The other factors of X * eye(n), of which only the diagonal counts; None where there is no identity."""
    others = tuple(factor for factor in factors if not is_identity(factor))
    if len(others) in (0, len(factors)):
        return None
    return others[0] if len(others) == 1 else Hadamard(others)


def power_condition(exponent: Expr, *, derivative: bool) -> RelationName | None:
    """What the base must be to zero for base ** exponent (and its derivative by the base) to exist."""
    match exponent:
        case Constant(value=k) if k.denominator == 1:
            return "!=" if k < 0 else None
        case Constant(value=k):
            return ">" if (derivative and k < 1) or k < 0 else ">="
        case Quotient(numerator=Constant(value=a), denominator=Constant(value=b)) if b:
            return power_condition(Constant(a / b), derivative=derivative)
        case Product(factors=(Constant(value=a), *rest)) if len(rest) == 1 and isinstance(rest[0], Quotient | Constant):
            inner = power_condition(rest[0], derivative=derivative)
            return ">" if inner and a < 0 else inner
        case _:
            return ">"


def simplified(conditions: tuple[Condition, ...], given: Given = ()) -> tuple[Condition, ...]:
    """Without what always holds, what stands twice, and what another one or `given` implies."""
    whole = [c for condition in conditions for c in _plain(canonical(condition), given)]
    whole = [c for condition in whole for c in (condition, *size_conditions(condition))]
    needed = [c for c in dict.fromkeys(whole) if not always_holds(c, given) and not any(_implies(g, c) for g in given)]
    return _strongest(needed)


def stated(of: Expr, needed: tuple[Condition, ...], assumptions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """What a page says: the assumptions that speak of `of`, then what else is needed."""
    names = set(leaves(of)), set(size_names(of))
    spoken = [c for c in assumptions if _leaves(c) <= names[0] and (_leaves(c) or _sizes(c) <= names[1])]
    return _strongest([*spoken, *simplified(needed, tuple(assumptions))])


def added(conditions: tuple[Condition, ...], known: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Those conditions that say more than the known ones: det(X) > 0 says that X is invertible."""
    return tuple(c for c in conditions if c not in known and not any(_implies(one, c) for one in known))


def _leaves(condition: Condition) -> set[Expr]:
    return {leaf for part in (condition.left, condition.right) if part is not None for leaf in leaves(part)}


def _sizes(condition: Condition) -> set[str]:
    return {name for part in (condition.left, condition.right) if part is not None for name in size_names(part)}


def _strongest(conditions: list[Condition]) -> tuple[Condition, ...]:
    kept: list[Condition] = []
    for condition in conditions:
        if not any(_implies(other, condition) for other in kept):
            kept = [*(other for other in kept if not _implies(condition, other)), condition]
    return tuple(kept)


def _plain(condition: Condition, given: Given) -> tuple[Condition, ...]:
    """A condition on a matrix as conditions on the parts that it speaks of: X invertible for inv(X).T invertible."""
    left, relation, right = condition.left, condition.relation, condition.right
    match left:
        case _ if relation == "invertible":
            return _invertible(left)
        case _ if relation == "positive definite":
            return (Condition(left, ">", ZERO_NUMBER),) if left.is_scalar else (condition,)
        case Product(factors=factors) if relation == "!=" and right == ZERO_NUMBER and _are_scalars(factors):
            return tuple(c for factor in factors for c in _plain(canonical(Condition(factor, "!=", right)), given))
        case Apply(function="det", arguments=(matrix,)) if relation == "!=" and right == ZERO_NUMBER:
            return _invertible(matrix)
        case Apply(function="det", arguments=(matrix,)) if relation == ">" and right == ZERO_NUMBER:
            return _with_positive_determinant(matrix, given)
        case _:
            return (condition,)


def _are_scalars(factors: tuple[Expr, ...]) -> bool:
    """Whether a product is one of numbers, which is not 0 where none of its factors is."""
    return all(factor.is_scalar for factor in factors)


def _invertible(matrix: Expr) -> tuple[Condition, ...]:
    match matrix:
        case _ if matrix.is_scalar:
            return (canonical(Condition(matrix, "!=", ZERO_NUMBER)),)
        case Transpose(argument=inner) | Apply(function="inv", arguments=(inner,)):
            return _invertible(inner)
        case Apply(function="matpow", arguments=(inner, Constant(value=k))):
            return _invertible(inner) if k else ()
        case Apply(function="eye"):
            return ()
        case Apply(function="diag", arguments=(vector,)) if vector.shape.is_column:
            return (Condition(vector, "!=", ZERO_NUMBER),)
        case Apply(function="kron", arguments=(a, b)) if _is_square(a) and _is_square(b):
            return (*_invertible(a), *_invertible(b))
        case Quotient(numerator=top, denominator=bottom) if bottom.is_scalar and not top.is_scalar:
            return _invertible(top)
        case Product(factors=factors):
            scalars = tuple(c for f in factors if f.is_scalar for c in _invertible(f))
            chain = tuple(f for f in factors if not f.is_scalar)
            if all(_is_square(f) for f in chain):
                return (*scalars, *(c for f in chain for c in _invertible(f)))
            return (*scalars, Condition(Product(chain), "invertible"))
        case _:
            return (Condition(matrix, "invertible"),)


def _with_positive_determinant(matrix: Expr, given: Given) -> tuple[Condition, ...]:
    match matrix:
        case _ if matrix.is_scalar:
            return (canonical(Condition(matrix, ">", ZERO_NUMBER)),)
        case _ if definiteness(matrix, given) != "unknown":
            # No eigenvalue is negative, so that none is 0 is all that is asked.
            return _invertible(matrix)
        case Transpose(argument=inner) | Apply(function="inv", arguments=(inner,)):
            return _with_positive_determinant(inner, given)
        case Apply(function="matpow", arguments=(inner, Constant(value=k))) if k % 2 == 0:
            return _invertible(inner)
        case _:
            return (Condition(apply("det", matrix), ">", ZERO_NUMBER),)


def _is_square(matrix: Expr) -> bool:
    return matrix.shape.rows == matrix.shape.columns


def canonical(condition: Condition) -> Condition:
    """The same condition as one writes it: z != 0 rather than 0 != z, x != 0 rather than x**2 > 0."""
    left, relation, right = condition.left, condition.relation, condition.right
    if right is None:
        return condition
    if isinstance(left, Constant) and not isinstance(right, Constant) and relation in _TURNED:
        return canonical(Condition(right, _TURNED[relation], left))
    if relation == "!=" and right == ZERO_NUMBER and isinstance(left, Sum) and len(left.terms) == 2:
        match left.terms:
            case (a, Product(factors=(Constant(value=value), *rest))) if value == -1:
                return canonical(Condition(a, "!=", rest[0] if len(rest) == 1 else Product(tuple(rest))))
    if relation == "!=" and right == ZERO_NUMBER and isinstance(left, Apply) and left.function == "sqrt":
        # A root has a value from 0 up, and is 0 at 0 only.
        return canonical(Condition(left.arguments[0], ">", right))
    if relation in {"!=", ">"} and right == ZERO_NUMBER:
        core = _nonzero_core(left, relation)
        if core is not None:
            return canonical(Condition(core, "!=", right))
    return condition


def _nonzero_core(expr: Expr, relation: RelationName) -> Expr | None:
    """What must not be zero for a power or a scaled expression not to be zero (or an even power to be positive)."""
    match expr:
        case Power(base=base, exponent=Constant(value=k)) if k.denominator == 1 and (relation == "!=" or k % 2 == 0):
            return base
        case Reference(body=Power(exponent=Constant(value=k))) if k.denominator == 1 and k % 2 == 0:
            return _nonzero_core(expr.body, relation)
        case Component(array=Reference(body=Stack(rows=rows)), row=int(row), column=int(column)) if isinstance(
            rows[row - 1][column - 1], Power
        ):
            return _nonzero_core(rows[row - 1][column - 1], relation)
        case Product(factors=(Constant(value=value), inner)) if value and relation == "!=":
            return inner
        case Apply(function="abs", arguments=(inner,)):
            return inner
        case _:
            return None


_TURNED: dict[RelationName, RelationName] = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "!=": "!=", "=": "="}
_EITHER_WAY = frozenset({"!=", "!= off the diagonal", "!= unless alike nearby"})
_STRONGER: dict[str, tuple[str, ...]] = {">": (">=", "!="), "<": ("<=", "!=")}


def _implies(one: Condition, other: Condition) -> bool:
    a, b = one.right, other.right
    if one.left == other.left and isinstance(a, Constant) and isinstance(b, Constant) and one != other:
        return _is_narrower(one.relation, other.relation, float(a.value - b.value))
    if one.left == other.left and a == b:
        return one.relation == other.relation or other.relation in _STRONGER.get(one.relation, ())
    if one.relation == other.relation in _EITHER_WAY and (one.left, a) == (b, other.left):
        return True
    if one.relation in {">", "<"} and a == ZERO_NUMBER and other.relation == "!=" and b != ZERO_NUMBER:
        # a - b > 0 says that a and b differ.
        return canonical(Condition(one.left, "!=", ZERO_NUMBER)) == other
    return other.relation == "invertible" and _is_regular(one, inlined(other.left))


def _is_narrower(one: RelationName, other: RelationName, gap: float) -> bool:
    """Whether z `one` a implies z `other` b, with gap = a - b."""
    match one, other:
        case (">", ">" | ">=" | "!=") | (">=", ">="):
            return gap >= 0
        case (">=", ">" | "!="):
            return gap > 0
        case ("<", "<" | "<=" | "!=") | ("<=", "<="):
            return gap <= 0
        case ("<=", "<" | "!="):
            return gap < 0
        case _:
            return False


def _is_regular(known: Condition, matrix: Expr) -> bool:
    """Whether a condition says of this matrix that it is invertible, or more."""
    match known:
        case Condition(relation="invertible" | "positive definite", left=left):
            return inlined(left) == matrix
        case Condition(relation=">" | "<" | "!=", left=Apply(function="det", arguments=(argument,)), right=right):
            return right == ZERO_NUMBER and inlined(argument) == matrix
        case _:
            return False
