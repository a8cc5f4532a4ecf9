"""Derivatives by a symmetric matrix: the one symmetric gradient, and the same for Jacobians and Hessians.

Source: Srinivasan and Panda, What is the gradient of a scalar function of a symmetric matrix?, arXiv 1911.06491.
"""

from __future__ import annotations

from derivgen.calculus.explicit import written_out
from derivgen.calculus.factoring import factored, multiplied_out
from derivgen.calculus.simplify import tidy
from derivgen.calculus.symmetry import is_symmetric, transposed
from derivgen.expr.build import apply, eye, number
from derivgen.expr.nodes import Expr, Product, Quotient, SizeNumber, Sum, Variable
from derivgen.expr.walk import count


def symmetrised(answer: Expr, left: Expr, variable: Variable) -> Expr:
    """(G + G.T)/2 of a gradient, J @ P of a Jacobian by vec(X), with P = (eye(n*n) + commutation(n, n))/2.

    Shapes: unchanged; any other variable leaves the answer as it is.
    """
    if not variable.symmetric or variable.is_scalar:
        return answer
    if left.is_scalar:
        if is_symmetric(answer):
            return answer
        return _half_of(tidy(Sum((answer, transposed(answer)))))
    return _projected(answer, variable)


def _half_of(total: Expr) -> Expr:
    """Half of a gradient plus its transpose, as short as it can be written: 2 X + 2 X.T halved is X + X.T."""
    plain = tidy(Quotient(total, number(2)))
    if (spelled := written_out(plain)) is not None:
        return spelled
    return min((factored(plain), tidy(factored(multiplied_out(plain)))), key=count)


def _projected(jacobian: Expr, variable: Variable) -> Expr:
    """J @ P; J itself where its columns do not tell X from X.T."""
    size = variable.shape.rows
    turn = apply("commutation", SizeNumber(size), SizeNumber(size))
    if tidy(Product((jacobian, turn))) == jacobian:
        return jacobian
    projection = Quotient(Sum((eye(size * size), turn)), number(2))
    return tidy(Product((jacobian, projection)))
