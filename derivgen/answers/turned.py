"""Slips that are made with the right answer at hand: a part of it is left out, turned or put elsewhere."""

from __future__ import annotations

from fractions import Fraction

from derivgen.answers.mutants import body_of
from derivgen.answers.wrong import Wrong, whole_answer
from derivgen.calculus.records import Derivation
from derivgen.calculus.simplify import tidy
from derivgen.calculus.symmetry import transposed
from derivgen.expr.build import apply, negative, number
from derivgen.expr.nodes import Apply, Constant, Expr, Power, Product, Quotient, Transpose, Unresolved, Variable
from derivgen.expr.sizes import Shape
from derivgen.expr.walk import inlined, nodes_within, parts, replaced
from derivgen.problem.problem import Problem, counterpart


def assumed_symmetric(problem: Problem, derivation: Derivation) -> Wrong | None:  # noqa: ARG001
    """A square matrix taken for its transpose, in the layout that is written: 2 A x for (A + A.T) x."""
    right = derivation.result(derivation.layout)
    for matrix in nodes_within(inlined(right)):
        match matrix:
            case Variable(symmetric=False) if not matrix.is_scalar and matrix.shape.rows == matrix.shape.columns:
                if matrix in derivation.request.wrt:
                    continue
                made = tidy(replaced(right, {Transpose(matrix): matrix}))
                if made != right:
                    return whole_answer(derivation, made, layout=derivation.layout, facts=(("matrix", matrix),))
    return None


def lost_diag(problem: Problem, derivation: Derivation) -> Wrong | None:  # noqa: ARG001
    """The diagonal of a diagonal Jacobian, as a vector."""
    match derivation.result("numerator"):
        case Apply(function="diag", arguments=(vector,)) if vector.shape.is_column:
            return whole_answer(derivation, vector)
        case Product(factors=(Constant() as front, Apply(function="diag", arguments=(vector,)))) if (
            vector.shape.is_column
        ):
            return whole_answer(derivation, tidy(Product((front, vector))))
        case _:
            return None


def missing_identity(problem: Problem, derivation: Derivation) -> Wrong | None:  # noqa: ARG001
    """A number for a multiple of the identity matrix."""
    match derivation.result("numerator"):
        case Apply(function="eye"):
            return whole_answer(derivation, number(1))
        case Product(factors=(*front, Apply(function="eye"))) if all(factor.is_scalar for factor in front):
            return whole_answer(derivation, front[0] if len(front) == 1 else Product(tuple(front)))
        case _:
            return None


def missing_ones(problem: Problem, derivation: Derivation) -> Wrong | None:  # noqa: ARG001
    """The number 1 for a vector of ones."""
    match derivation.result("numerator"):
        case Apply(function="ones") | Transpose(argument=Apply(function="ones")):
            return whole_answer(derivation, number(1))
        case _:
            return None


def summed_gradient(problem: Problem, derivation: Derivation) -> Wrong | None:  # noqa: ARG001
    """The partial derivatives added up."""
    request, right = derivation.request, derivation.result("numerator")
    if body_of(request) is None or not (not request.is_second and request.of.is_scalar and right.shape.is_row):
        return None
    if right.is_scalar:
        return None
    return whole_answer(derivation, tidy(apply("sum", transposed(right))))


def missing_factor_2(problem: Problem, derivation: Derivation) -> Wrong | None:  # noqa: ARG001
    """Half of the answer, where the factor 2 comes from differentiating and not from a number of the function."""
    right = derivation.result("numerator")
    body = body_of(derivation.request)
    match right:
        case (
            Product(factors=(Constant(value=front), *_))
            | Quotient(numerator=Product(factors=(Constant(value=front), *_)))
        ) if body is not None:
            typed = _coefficients(inlined(body))
            is_made = abs(front) not in typed and abs(front) / 2 in {Fraction(1), *typed}
            return whole_answer(derivation, tidy(Product((number(Fraction(1, 2)), right)))) if is_made else None
        case _:
            return None


def _coefficients(expr: Expr) -> set[Fraction]:
    """The numbers of an expression without their signs, those that are exponents left out."""
    if isinstance(expr, Constant):
        return {abs(expr.value)}
    inner = (expr.base,) if isinstance(expr, Power) else parts(expr)
    return {value for part in inner for value in _coefficients(part)}


def extra_factor_2(problem: Problem, derivation: Derivation) -> Wrong | None:  # noqa: ARG001
    """Twice the answer, where the function has one half in front."""
    body = body_of(derivation.request)
    match body:
        case Quotient(denominator=Constant(value=two)) if two == 2:
            return whole_answer(derivation, tidy(Product((number(2), derivation.result("numerator")))))
        case _:
            return None


def wrong_sign(problem: Problem, derivation: Derivation) -> Wrong | None:  # noqa: ARG001
    """The minus left out."""
    right = derivation.result("numerator")
    match right:
        case Product(factors=(Constant(value=front), *_)) if front < 0:
            return whole_answer(derivation, tidy(negative(right)))
        case Apply(function="diag", arguments=(Product(factors=(Constant(value=front), *_)),)) if front < 0:
            return whole_answer(derivation, tidy(negative(right)))
        case _:
            return None


def other_layout(problem: Problem, derivation: Derivation) -> Wrong | None:
    """The answer of one layout given for the other."""
    layouts = problem.layouts(derivation.request)
    first, other = layouts[0], counterpart(layouts[0])
    given, asked = derivation.result(first), derivation.result(other)
    if given == asked or any(isinstance(node, Unresolved) for node in nodes_within(given)):
        return None
    # Where the shapes do not tell and both layouts are asked for, it happens in the one that comes second.
    if len(layouts) > 1 and given.shape == asked.shape:
        return whole_answer(derivation, given, layout=other)
    return whole_answer(derivation, asked, layout=first)


def row_major_vec(problem: Problem, derivation: Derivation) -> Wrong | None:  # noqa: ARG001
    """The factors of a Kronecker product in the order for stacked rows."""
    right = derivation.result("numerator")
    table: dict[Expr, Expr] = {}
    for node in nodes_within(right):
        if isinstance(node, Apply) and node.function == "kron" and node.arguments[0] != node.arguments[1]:
            turned = apply("kron", *reversed(node.arguments))
            table |= {node: turned} if turned.shape == node.shape else {}
    return whole_answer(derivation, replaced(right, table)) if table else None


def reversed_trace(problem: Problem, derivation: Derivation) -> Wrong | None:  # noqa: ARG001
    """The factors of a trace reversed, and not rotated."""
    used = {rule for step in derivation.steps for rule in (step.rule, *step.also)}
    match derivation.result("numerator"):
        case Product(factors=(*front, left, right)) if (
            "trace-cyclic" in used
            and all(one.is_scalar for one in front)
            and not left.is_scalar
            and not right.is_scalar
        ):
            return _in_order_of(derivation, tuple(front), (right, left))
        case _:
            return None


def _in_order_of(derivation: Derivation, front: tuple[Expr, ...], factors: tuple[Expr, Expr]) -> Wrong | None:
    left, right = factors
    if left.shape.columns == right.shape.rows:
        return whole_answer(derivation, Product((*front, *factors)))
    if not isinstance(right, Variable):
        return None
    shown = Product((*front, left, Variable(right.name, Shape(left.shape.columns, right.shape.columns))))
    return Wrong(derivation.request.derivative, shown, derivation.result("numerator"), misfit=factors)


def missing_transpose(problem: Problem, derivation: Derivation) -> Wrong | None:
    """A transpose left out, so that the sizes do not meet: in denominator layout, if that is asked for."""
    if "denominator" not in problem.layouts(derivation.request):
        return None
    right = derivation.result("denominator")
    match right:
        case Product(factors=factors) if not right.is_scalar:
            arrays = [factor for factor in factors if not factor.is_scalar]
            match arrays:
                case [Transpose(argument=Variable(name=name, declared=declared) as matrix), second, *_] if (
                    declared.rows != declared.columns
                    and not matrix.shape.is_column
                    and declared.columns != second.shape.rows
                ):
                    shown = Variable(name, declared.transposed)
                    made = tuple(shown if f == arrays[0] else f for f in factors)
                    return Wrong(
                        derivation.request.derivative, Product(made), right, "denominator", misfit=(matrix, second)
                    )
    return None
