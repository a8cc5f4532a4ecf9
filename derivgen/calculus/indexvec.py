"""From index notation back to arrays where the variable is a matrix and the function a vector: by vec."""

from __future__ import annotations

from derivgen.calculus.contraction import counted, entrywise_product, factors_of
from derivgen.expr.build import apply, ones
from derivgen.expr.nodes import Expr, Index, Place, Product, Sum, Transpose
from derivgen.expr.sizes import Size


def jacobian_by_matrix(expr: Expr, i: Index, down: Place, across: Place) -> Expr:
    """The matrix whose entry (i, place of (down, across) in vec) is `expr`.

    Shapes: i counts m rows; (down, across) the entries of p x q, columns first; the result is m x pq.
    Source: Magnus and Neudecker (2019), ch. 2, for vec and the Kronecker product.
    """
    terms = expr.terms if isinstance(expr, Sum) else (expr,)
    made = [_block(term, i, down, across) for term in terms]
    return made[0] if len(made) == 1 else Sum(tuple(made))


def _block(term: Expr, i: Index, down: Place, across: Place) -> Expr:
    places = tuple(place for place in (i, down, across) if isinstance(place, Index))
    scalars, arrays = factors_of(term, places)

    def column(letter: Place) -> Expr | None:
        found = [array.array for array in arrays if array.letters == (letter,)]
        return entrywise_product(found) if found else None

    def matrix(first: Place, second: Place) -> Expr | None:
        found = [
            a.turned_to(first).array for a in arrays if isinstance(first, Index) and set(a.letters) == {first, second}
        ]
        return entrywise_product(found) if found else None

    u, v, w = column(i), column(down), column(across)
    by_k, by_l, within = matrix(i, down), matrix(i, across), matrix(down, across)
    rows, height, width = i.size, counted(down), counted(across)
    lifted = _lifted(u, v, w, by_k, by_l, rows=rows, down=height, across=width)
    if within is not None:
        lifted = (
            [Product((lifted[0], apply("diag", apply("vec", within))))]
            if lifted
            else [Product((ones(rows), Transpose(apply("vec", within))))]
        )
    whole = entrywise_product(lifted) if lifted else ones(rows, height * width)
    return Product((*scalars, whole)) if scalars else whole


def _lifted(
    u: Expr | None, v: Expr | None, w: Expr | None, by_k: Expr | None, by_l: Expr | None,
    *, rows: Size, down: Size, across: Size,
) -> list[Expr]:  # fmt: skip
    """Matrices of shape m x pq, to be multiplied entry by entry."""

    def scaled(matrix: Expr) -> Expr:
        return matrix if u is None else Product((apply("diag", u), matrix))

    if by_k is not None and by_l is not None:
        left = by_k if v is None else Product((by_k, apply("diag", v)))
        right = by_l if w is None else Product((by_l, apply("diag", w)))
        return [apply("kron", Transpose(ones(across)), scaled(left)), apply("kron", right, Transpose(ones(down)))]
    if by_k is not None:
        left = scaled(by_k if v is None else Product((by_k, apply("diag", v))))
        return [apply("kron", Transpose(w if w is not None else ones(across)), left)]
    if by_l is not None:
        right = scaled(by_l if w is None else Product((by_l, apply("diag", w))))
        return [apply("kron", right, Transpose(v if v is not None else ones(down)))]
    if u is None and v is None and w is None:
        return []
    along = apply("kron", w if w is not None else ones(across), v if v is not None else ones(down))
    return [Product((u if u is not None else ones(rows), Transpose(along)))]
