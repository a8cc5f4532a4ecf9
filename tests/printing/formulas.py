"""Expressions for the tests of printing, with the LaTeX that a lecturer would write."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from fractions import Fraction

from hypothesis import strategies as st

from derivgen.expr.build import MINUS_ONE, apply, column, negative, number, ones, unit, zeros
from derivgen.expr.nodes import (
    Choice,
    Component,
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
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size

m, n = Size.named("m"), Size.named("n")
s, t = Variable("s", SCALAR), Variable("t", SCALAR)
x, y = Variable("x", Shape(n, ONE)), Variable("y", Shape(n, ONE))
x3 = Variable("x", Shape(Size.whole(3), ONE))
A = Variable("A", Shape(n, n))
X = Variable("X", Shape(n, n))
W1 = Variable("W1", Shape(m, n))
INVERSE, KRON = apply("inv", X), apply("kron", A, X)
Y = Reference("Y", Product((A, X)))
f = Reference("f", Product((Transpose(x), A, x)))
g = Reference("g", Power(s, number(2)))
F = Reference("F", column(f, g))
u = Unspecified("u", Shape(m, ONE), (x,))
two, three, half = number(2), number(3), number(Fraction(1, 2))


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)  # noqa: S314  # our own output


def minus(left: Expr, right: Expr) -> Sum:
    return Sum((left, negative(right)))


def product(*factors: Expr) -> Product:
    return Product(factors)


def total(*terms: Expr) -> Sum:
    return Sum(terms)


def commutation(rows: Size, columns: Size) -> Expr:
    return apply("commutation", SizeNumber(rows), SizeNumber(columns))


# What is printed, and how it is printed.
SAMPLES: dict[str, tuple[Expr, str]] = {
    "numbers first, no dots": (product(number(10), Power(s, two), Power(t, two)), "10s^2t^2"),
    "a dot before a digit": (product(number(10), Power(t, two), product(two, s)), r"10t^2 \cdot 2s"),
    "a dot between numbers": (product(two, three), r"2 \cdot 3"),
    "a dot before a number's fraction": (product(two, half), r"2 \cdot \tfrac{1}{2}"),
    "leading minus": (negative(s), "-s"),
    "negative coefficient": (product(number(-2), s), "-2s"),
    "negative number behind a factor": (product(s, number(-2)), "s(-2)"),
    "difference": (minus(s, t), "s - t"),
    "difference of a multiple": (total(s, product(number(-2), t)), "s - 2t"),
    "difference of a sum": (minus(s, total(s, t)), "s - (s + t)"),
    "minus a negative": (minus(s, number(-2)), "s - (-2)"),
    "a sum that was typed in parentheses": (total(s, total(t, two)), "s + (t + 2)"),
    "first term negative": (total(negative(s), t), "-s + t"),
    "sum as a factor": (product(s, total(s, t)), "s(s + t)"),
    "fraction": (Quotient(s, t), r"\frac{s}{t}"),
    "minus in front of a fraction": (Quotient(negative(s), t), r"-\frac{s}{t}"),
    "mean as a quotient": (Quotient(apply("sum", x), SizeNumber(n)), r"\frac{\operatorname{sum}(\mathbf{x})}{n}"),
    "power of a sum": (Power(total(s, t), three), "(s + t)^3"),
    "power of a power": (Power(Power(s, two), three), "(s^2)^3"),
    "power of a fraction": (Power(Quotient(s, t), two), r"\left(\frac{s}{t}\right)^2"),
    "power of a negative number": (Power(number(-2), two), "(-2)^2"),
    "fractional power": (Power(s, half), "s^{1/2}"),
    "power of a component": (Power(Component(x, 1), two), "x_1^2"),
    "power of a product": (Power(product(two, s), two), "(2s)^2"),
    "entry-by-entry power": (Power(x, two), r"\mathbf{x}^{\odot2}"),
    "square of the sine": (Power(apply("sin", s), two), r"\sin^2s"),
    "square of the logarithm": (Power(apply("log", s), two), r"(\log s)^2"),
    "quadratic form": (product(Transpose(x), A, x), r"\mathbf{x}^{\top}\mathbf{A}\mathbf{x}"),
    "compound transpose": (Transpose(total(A, Transpose(A))), r"(\mathbf{A} + \mathbf{A}^{\top})^{\top}"),
    "row times a sum": (
        product(Transpose(x), total(A, Transpose(A))),
        r"\mathbf{x}^{\top}(\mathbf{A} + \mathbf{A}^{\top})",
    ),
    "Hadamard": (Hadamard((x, y)), r"\mathbf{x} \odot \mathbf{y}"),
    "transposed Hadamard": (Transpose(Hadamard((x, y))), r"(\mathbf{x} \odot \mathbf{y})^{\top}"),
    "product in a Hadamard": (Hadamard((product(A, x), y)), r"(\mathbf{A}\mathbf{x}) \odot \mathbf{y}"),
    "Hadamard in a product": (product(A, Hadamard((x, y))), r"\mathbf{A}(\mathbf{x} \odot \mathbf{y})"),
    "one over an array": (Quotient(number(1), x), r"1 \oslash \mathbf{x}"),
    "array over an array": (Quotient(x, y), r"\mathbf{x} \oslash \mathbf{y}"),
    "array over a scalar": (Quotient(x, s), r"\frac{\mathbf{x}}{s}"),
    "inner product inside a product": (
        product(x, product(Transpose(x), y)),
        r"\mathbf{x}(\mathbf{x}^{\top}\mathbf{y})",
    ),
    "dot": (apply("dot", x, y), r"\mathbf{x}^{\top}\mathbf{y}"),
    "component of a vector": (Component(x, 1), "x_1"),
    "component of a matrix": (Component(A, 1, 2), "A_{12}"),
    "component with two digits": (Component(A, 1, 12), "A_{1, 12}"),
    "component of a compound": (Component(product(A, x), 2), r"(\mathbf{A}\mathbf{x})_2"),
    "component of a row": (Component(Transpose(x), 1, 2), r"(\mathbf{x}^{\top})_2"),
    "component of a numbered matrix": (Component(W1, 1, 2), r"(\mathbf{W}_1)_{12}"),
    "differential": (product(A, Differential(x)), r"\mathbf{A}\,\mathrm{d}\mathbf{x}"),
    "transposed differential": (product(Transpose(Differential(x)), A), r"(\mathrm{d}\mathbf{x})^{\top}\mathbf{A}"),
    "differential of a function": (Differential(f), r"\mathrm{d}f"),
    "differential of a compound": (Differential(product(A, x)), r"\mathrm{d}(\mathbf{A}\mathbf{x})"),
    "derivative of a name": (Unresolved(f, (x,)), r"\frac{\partial f}{\partial\mathbf{x}}"),
    "derivative by stacked scalars": (Unresolved(g, (s, t)), r"\frac{\partial g}{\partial(s, t)}"),
    "derivative of a power": (Unresolved(Power(s, two), (s,)), r"\frac{\partial}{\partial s}s^2"),
    "derivative of a product": (Unresolved(product(two, s), (s,)), r"\frac{\partial}{\partial s}(2s)"),
    "constant in front of a derivative": (
        product(number(10), Power(t, two), Unresolved(Power(s, two), (s,))),
        r"10t^2\,\frac{\partial}{\partial s}s^2",
    ),
    "derivative in front of a factor": (
        product(Unresolved(Power(s, two), (s,)), t),
        r"\left(\frac{\partial}{\partial s}s^2\right)\,t",
    ),
    "chain of derivatives": (
        product(Unresolved(f, (u,)), Unresolved(u, (x,))),
        r"\frac{\partial f}{\partial\mathbf{u}}\,\frac{\partial\mathbf{u}}{\partial\mathbf{x}}",
    ),
    "transposed derivative": (
        Transpose(Unresolved(f, (x,))),
        r"\left(\frac{\partial f}{\partial\mathbf{x}}\right)^{\top}",
    ),
    "second derivative by a scalar": (Unresolved(Unresolved(g, (s,)), (s,)), r"\frac{\partial^2g}{\partial s^2}"),
    "mixed second derivative": (
        Unresolved(Unresolved(g, (s,)), (t,)),
        r"\frac{\partial^2g}{\partial t\,\partial s}",
    ),
    "Hessian": (
        Unresolved(Unresolved(f, (x,)), (x,)),
        r"\frac{\partial^2f}{\partial\mathbf{x}\,\partial\mathbf{x}^{\top}}",
    ),
    "partials written out": (
        Unresolved(f, (x3,), written_out=True),
        r"\begin{bmatrix}\dfrac{\partial f}{\partial x_1} & \dfrac{\partial f}{\partial x_2} & "
        r"\dfrac{\partial f}{\partial x_3}\end{bmatrix}",
    ),
    "partials of a stack": (
        Unresolved(F, (s, t), written_out=True),
        r"\begin{bmatrix}\dfrac{\partial f}{\partial s} & \dfrac{\partial f}{\partial t} \\[8pt] "
        r"\dfrac{\partial g}{\partial s} & \dfrac{\partial g}{\partial t}\end{bmatrix}",
    ),
    "partials with symbolic sizes": (
        Unresolved(u, (x,), written_out=True),
        r"\begin{bmatrix}\dfrac{\partial u_1}{\partial x_1} & \cdots & \dfrac{\partial u_1}{\partial x_n} \\[8pt] "
        r"\vdots & \ddots & \vdots \\[8pt] "
        r"\dfrac{\partial u_m}{\partial x_1} & \cdots & \dfrac{\partial u_m}{\partial x_n}\end{bmatrix}",
    ),
    "partials of a scalar by a matrix": (
        Unresolved(f, (A,), written_out=True),
        r"\begin{bmatrix}\dfrac{\partial f}{\partial A_{11}} & \cdots & \dfrac{\partial f}{\partial A_{n1}} \\[8pt] "
        r"\vdots & \ddots & \vdots \\[8pt] "
        r"\dfrac{\partial f}{\partial A_{1n}} & \cdots & \dfrac{\partial f}{\partial A_{nn}}\end{bmatrix}",
    ),
    "partials of a scalar by a scalar": (Unresolved(g, (s,), written_out=True), r"\frac{\partial g}{\partial s}"),
    "partials of a column by a scalar": (
        Unresolved(column(s, Power(s, two)), (s,), written_out=True),
        r"\begin{bmatrix}\dfrac{\partial s}{\partial s} \\[8pt] \dfrac{\partial}{\partial s}s^2\end{bmatrix}",
    ),
    "norm": (Power(apply("norm", minus(product(A, x), y)), two), r"\lVert\mathbf{A}\mathbf{x} - \mathbf{y}\rVert^2"),
    "Frobenius norm": (apply("norm", A), r"\lVert\mathbf{A}\rVert_F"),
    "one-norm": (Power(apply("norm1", x), two), r"\lVert\mathbf{x}\rVert_1^2"),
    "absolute value": (apply("abs", s), r"\lvert s\rvert"),
    "root": (apply("sqrt", total(s, number(1))), r"\sqrt{s + 1}"),
    "exponential": (Transpose(apply("exp", x)), r"(e^{\mathbf{x}})^{\top}"),
    "exponential of a fraction": (apply("exp", Quotient(s, t)), r"\exp\!\left(\frac{s}{t}\right)"),
    "functions side by side": (product(apply("sin", s), apply("cos", t)), r"\sin s\cos t"),
    "a factor after a function": (product(apply("cos", s), t), r"\cos(s)\,t"),
    "a function of a sum": (apply("log", total(s, t)), r"\log(s + t)"),
    "sigmoid": (apply("sigmoid", x), r"\sigma(\mathbf{x})"),
    "maximum": (apply("max", number(0), s), r"\max(0, s)"),
    "diagonal": (product(Transpose(ones(n)), apply("diag", x)), r"\mathbf{1}^{\top}\operatorname{diag}(\mathbf{x})"),
    "indicator": (product(apply("step", s), Transpose(x)), r"\mathbf{1}[s > 0]\,\mathbf{x}^{\top}"),
    "indicator of a comparison": (apply("step", minus(s, t)), r"\mathbf{1}[s > t]"),
    "indicator of a sum": (apply("step", total(s, t)), r"\mathbf{1}[s + t > 0]"),
    "cases": (
        Choice(">=", s, number(0), s, number(0)),
        r"\begin{cases}s & s \ge 0 \\ 0 & s < 0\end{cases}",
    ),
    "cases that are arrays": (
        Choice("<", s, number(0), Transpose(x), Transpose(y)),
        r"\begin{cases}\mathbf{x}^{\top} & s < 0 \\ \mathbf{y}^{\top} & s \ge 0\end{cases}",
    ),
    "choice of arrays": (
        Choice(">", x, number(0), x, y),
        r"\operatorname{where}(\mathbf{x} > 0, \mathbf{x}, \mathbf{y})",
    ),
    "ones by a number": (product(two, ones(n)), r"2\,\mathbf{1}"),
    "row of zeros": (zeros(Shape(ONE, n)), r"\mathbf{0}^{\top}"),
    "unit vector": (unit(n, 2), r"\mathbf{e}_2"),
    "identity": (apply("eye", SizeNumber(n)), r"\mathbf{I}"),
    "pi": (product(two, apply("pi"), s), r"2\pi s"),
    "column": (column(s, t), r"\begin{bmatrix}s \\ t\end{bmatrix}"),
    "matrix": (Stack(((s, t), (two, three))), r"\begin{bmatrix}s & t \\ 2 & 3\end{bmatrix}"),
    "size": (SizeNumber(m * n + ONE), "mn + 1"),
    "trace": (apply("tr", product(A, X)), r"\operatorname{tr}(\mathbf{A}\mathbf{X})"),
    "trace in front of a matrix": (product(apply("tr", X), A), r"\operatorname{tr}(\mathbf{X})\,\mathbf{A}"),
    "determinant": (apply("det", X), r"\det\mathbf{X}"),
    "determinant of a product": (apply("det", product(A, X)), r"\det(\mathbf{A}\mathbf{X})"),
    "square of a determinant": (Power(apply("det", X), two), r"(\det\mathbf{X})^2"),
    "Jacobi's formula": (
        product(apply("det", X), apply("tr", product(INVERSE, Differential(X)))),
        r"\det(\mathbf{X})\operatorname{tr}(\mathbf{X}^{-1}\,\mathrm{d}\mathbf{X})",
    ),
    "logarithm of a determinant": (apply("logdet", X), r"\log\det\mathbf{X}"),
    "multiple of such a logarithm": (product(s, apply("logdet", X)), r"s\log\det\mathbf{X}"),
    "such a logarithm and a factor": (product(apply("logdet", X), s), r"\log\det(\mathbf{X})\,s"),
    "square of such a logarithm": (Power(apply("logdet", X), two), r"(\log\det\mathbf{X})^2"),
    "inverse": (INVERSE, r"\mathbf{X}^{-1}"),
    "inverse of a numbered matrix": (apply("inv", Variable("W_1", A.shape)), r"\mathbf{W}_1^{-1}"),
    "inverse of a product": (apply("inv", product(Transpose(X), X)), r"(\mathbf{X}^{\top}\mathbf{X})^{-1}"),
    "transpose of an inverse": (Transpose(INVERSE), r"\mathbf{X}^{-\top}"),
    "inverse of a transpose": (apply("inv", Transpose(X)), r"\mathbf{X}^{-\top}"),
    "transposed inverse of a sum": (Transpose(apply("inv", total(A, X))), r"(\mathbf{A} + \mathbf{X})^{-\top}"),
    "inverse of an inverse": (apply("inv", INVERSE), r"(\mathbf{X}^{-1})^{-1}"),
    "component of an inverse": (Component(INVERSE, 1, 2), r"(\mathbf{X}^{-1})_{12}"),
    "differential of an inverse": (
        negative(product(INVERSE, Differential(X), INVERSE)),
        r"-\mathbf{X}^{-1}\,\mathrm{d}\mathbf{X}\,\mathbf{X}^{-1}",
    ),
    "matrix power": (apply("matpow", X, t), r"\mathbf{X}^t"),
    "matrix to the minus one": (apply("matpow", X, number(-1)), r"\mathbf{X}^{-1}"),
    "matrix to the minus two": (apply("matpow", X, number(-2)), r"\mathbf{X}^{-2}"),
    "power of a transpose": (apply("matpow", Transpose(X), three), r"(\mathbf{X}^{\top})^3"),
    "outer product": (apply("outer", x, y), r"\mathbf{x}\mathbf{y}^{\top}"),
    "outer product of numbers": (apply("outer", s, t), "st"),
    "inverse with an outer product": (
        apply("inv", total(X, apply("outer", x, y))),
        r"(\mathbf{X} + \mathbf{x}\mathbf{y}^{\top})^{-1}",
    ),
    "Kronecker product": (KRON, r"\mathbf{A} \otimes \mathbf{X}"),
    "Kronecker product with products": (
        apply("kron", product(A, X), Transpose(X)),
        r"(\mathbf{A}\mathbf{X}) \otimes \mathbf{X}^{\top}",
    ),
    "Kronecker product with a sum": (
        apply("kron", total(A, X), X),
        r"(\mathbf{A} + \mathbf{X}) \otimes \mathbf{X}",
    ),
    "Kronecker product with a multiple": (apply("kron", A, product(s, X)), r"\mathbf{A} \otimes (s\mathbf{X})"),
    "Kronecker product with a Hadamard": (
        apply("kron", Hadamard((A, X)), X),
        r"(\mathbf{A} \odot \mathbf{X}) \otimes \mathbf{X}",
    ),
    "Kronecker product in a Hadamard": (
        Hadamard((KRON, apply("kron", X, A))),
        r"(\mathbf{A} \otimes \mathbf{X}) \odot (\mathbf{X} \otimes \mathbf{A})",
    ),
    "nested Kronecker products": (
        apply("kron", KRON, apply("kron", x, y)),
        r"(\mathbf{A} \otimes \mathbf{X}) \otimes (\mathbf{x} \otimes \mathbf{y})",
    ),
    "sum of Kronecker products": (
        total(KRON, apply("kron", X, A)),
        r"\mathbf{A} \otimes \mathbf{X} + \mathbf{X} \otimes \mathbf{A}",
    ),
    "Kronecker product as a factor": (
        product(two, KRON, apply("vec", X)),
        r"2(\mathbf{A} \otimes \mathbf{X})\operatorname{vec}(\mathbf{X})",
    ),
    "transposed Kronecker product": (Transpose(KRON), r"(\mathbf{A} \otimes \mathbf{X})^{\top}"),
    "inverse of a Kronecker product": (apply("inv", KRON), r"(\mathbf{A} \otimes \mathbf{X})^{-1}"),
    "Kronecker product with an identity": (
        apply("kron", Transpose(x), apply("eye", SizeNumber(m))),
        r"\mathbf{x}^{\top} \otimes \mathbf{I}_m",
    ),
    "Kronecker product with ones": (
        apply("kron", ones(m), Transpose(ones(n))),
        r"\mathbf{1}_m \otimes \mathbf{1}_n^{\top}",
    ),
    "vec": (apply("vec", product(A, X)), r"\operatorname{vec}(\mathbf{A}\mathbf{X})"),
    "vec of an identity": (apply("vec", apply("eye", SizeNumber(n))), r"\operatorname{vec}(\mathbf{I}_n)"),
    "vec as a row": (Transpose(apply("vec", X)), r"\operatorname{vec}(\mathbf{X})^{\top}"),
    "differential of vec": (Differential(apply("vec", X)), r"\mathrm{d}\operatorname{vec}(\mathbf{X})"),
    "differential of a trace": (Differential(apply("tr", X)), r"\mathrm{d}\operatorname{tr}(\mathbf{X})"),
    "differential of a determinant": (Differential(apply("det", X)), r"\mathrm{d}(\det\mathbf{X})"),
    "commutation matrix": (commutation(m, n), r"\mathbf{K}_{mn}"),
    "commutation matrix of numbers": (commutation(Size.whole(2), Size.whole(3)), r"\mathbf{K}_{2, 3}"),
    "commutation matrix of products": (commutation(m * n, n * n), r"\mathbf{K}_{mn, n^2}"),
    "transposed commutation matrix": (Transpose(commutation(m, n)), r"\mathbf{K}_{mn}^{\top}"),
    "symmetriser": (
        Quotient(total(apply("eye", SizeNumber(n * n)), commutation(n, n)), two),
        r"\tfrac{1}{2}(\mathbf{I} + \mathbf{K}_{nn})",
    ),
    "ones times ones": (product(ones(m), Transpose(ones(n))), r"\mathbf{1}\,\mathbf{1}^{\top}"),
    "matrix of ones": (ones(m, n), r"\mathbf{1}_{m \times n}"),
    "squared Frobenius norm": (Power(apply("norm", minus(A, X)), two), r"\lVert\mathbf{A} - \mathbf{X}\rVert_F^2"),
    "diagonal of a matrix": (apply("diag", INVERSE), r"\operatorname{diag}(\mathbf{X}^{-1})"),
    "gradient by a matrix": (Unresolved(f, (X,)), r"\frac{\partial f}{\partial\mathbf{X}}"),
    "matrix by a scalar": (Unresolved(Y, (s,)), r"\frac{\partial\mathbf{Y}}{\partial s}"),
    "vector by a matrix": (
        Unresolved(u, (W1,)),
        r"\frac{\partial\mathbf{u}}{\partial\operatorname{vec}(\mathbf{W}_1)^{\top}}",
    ),
    "matrix by a vector": (
        Unresolved(Y, (x,)),
        r"\frac{\partial\operatorname{vec}(\mathbf{Y})}{\partial\mathbf{x}^{\top}}",
    ),
    "matrix by a matrix": (
        Unresolved(Y, (X,)),
        r"\frac{\partial\operatorname{vec}(\mathbf{Y})}{\partial\operatorname{vec}(\mathbf{X})^{\top}}",
    ),
    "compound by a matrix": (
        Unresolved(product(A, X), (X,)),
        r"\frac{\partial}{\partial\operatorname{vec}(\mathbf{X})^{\top}}\operatorname{vec}(\mathbf{A}\mathbf{X})",
    ),
    "Hessian by a matrix": (
        Unresolved(Unresolved(f, (X,)), (X,)),
        r"\frac{\partial^2f}{\partial\operatorname{vec}(\mathbf{X})\,\partial\operatorname{vec}(\mathbf{X})^{\top}}",
    ),
    "second derivative by a vector and a matrix": (
        Unresolved(Unresolved(f, (x,)), (X,)),
        r"\frac{\partial^2f}{\partial\mathbf{x}\,\partial\operatorname{vec}(\mathbf{X})^{\top}}",
    ),
    "second derivative by a matrix and a vector": (
        Unresolved(Transpose(Unresolved(f, (X,))), (x,)),
        r"\frac{\partial^2f}{\partial\operatorname{vec}(\mathbf{X})\,\partial\mathbf{x}^{\top}}",
    ),
    "size squared": (SizeNumber(n * n + ONE), "n^2 + 1"),
    "a word": (product(Variable("loss", SCALAR), s), r"\mathrm{loss}\,s"),
}

SCALARS: st.SearchStrategy[Expr] = st.sampled_from(
    (s, t, Component(x, 1), Component(A, 1, 2), f, number(3), number(-2), half, SizeNumber(n))
)
VECTORS: st.SearchStrategy[Expr] = st.sampled_from(
    (x, y, ones(n), Differential(x), unit(n, 2), Variable("theta_hat", Shape(n, ONE)))
)


def _matrices(scalars: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    plain: st.SearchStrategy[Expr] = st.sampled_from(
        (A, X, INVERSE, Transpose(X), Transpose(INVERSE), Differential(X), apply("eye", SizeNumber(n)))
    )
    return st.one_of(
        plain,
        st.builds(lambda c, a: Product((c, a)), scalars, plain),
        st.builds(lambda a, b: Sum((a, b)), plain, plain),
        st.builds(lambda a, b: Hadamard((a, Product((b, a)))), plain, plain),
        st.builds(lambda a, k: apply("matpow", a, number(k)), plain, st.integers(-2, 3)),
        plain.map(lambda a: apply("inv", Sum((a, apply("outer", x, y))))),
    )


def _larger(scalars: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    matrices = _matrices(scalars)
    vectors = st.one_of(
        VECTORS,
        st.builds(lambda c, v: Product((c, v)), scalars, VECTORS),
        st.builds(lambda v, w: Hadamard((v, w)), VECTORS, VECTORS),
        st.builds(lambda v, c: Sum((Product((A, v)), Product((MINUS_ONE, c, y)))), VECTORS, scalars),
        st.builds(lambda c, v: Quotient(c, v), scalars, VECTORS),
        VECTORS.map(lambda v: apply("exp", v)),
        matrices.map(lambda a: Product((a, x))),
        matrices.map(lambda a: apply("diag", a)),
        st.builds(lambda v, w: Product((Transpose(apply("kron", v, w)), apply("vec", X), v)), VECTORS, VECTORS),
    )
    return st.one_of(
        st.builds(lambda a, b: Sum((a, b)), scalars, scalars),
        st.builds(lambda a, b: minus(a, b), scalars, scalars),
        st.builds(lambda a, b, c: Product((a, b, c)), scalars, scalars, scalars),
        st.builds(Quotient, scalars, scalars),
        st.builds(Power, scalars, scalars),
        st.builds(lambda v, w: Product((Transpose(v), A, w)), vectors, vectors),
        st.builds(lambda a: Unresolved(a, (s,)), scalars),
        st.builds(Differential, scalars),
        st.builds(lambda a, b, c: Choice(">", a, b, c, a), scalars, scalars, scalars),
        st.builds(lambda v: Component(v, 2), vectors),
        st.builds(
            lambda name, a: apply(name, a), st.sampled_from(("sin", "log", "exp", "sqrt", "abs", "step")), scalars
        ),
        st.builds(lambda name, v: apply(name, v), st.sampled_from(("sum", "norm", "norm1", "mean")), vectors),
        st.builds(lambda v, w: apply("dot", v, w), VECTORS, VECTORS),
        st.builds(lambda name, a: apply(name, a), st.sampled_from(("tr", "det", "logdet", "norm")), matrices),
        st.builds(lambda a, b: apply("tr", apply("kron", a, b)), matrices, matrices),
    )


EXPRESSIONS: st.SearchStrategy[Expr] = st.recursive(SCALARS, _larger, max_leaves=8)
