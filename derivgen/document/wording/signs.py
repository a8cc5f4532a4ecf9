"""What the signs of a page mean, in the order of its table of symbols."""

from __future__ import annotations

SIGNS = {
    "transpose": "transpose: rows and columns exchanged",
    "inv": "inverse: times the matrix it is the identity matrix",
    "inverse-transpose": "transpose of the inverse, which is the inverse of the transpose",
    "matpow": "power of a square matrix: so many factors of it",
    "hadamard": "element-wise product",
    "division": "element-wise division",
    "kron": "Kronecker product: each entry of the left array times the whole right one",
    "tr": "trace: the sum of the entries on the diagonal",
    "det": "determinant",
    "logdet": "natural logarithm of the determinant",
    "vec": "the columns stacked, one below the other",
    "commutation": "commutation matrix: it turns vec of a matrix of these sizes into vec of its transpose",
    "ones": "the vector of ones",
    "ones-matrix": "the matrix of ones",
    "zeros": "zeros only",
    "eye": "identity matrix",
    "delta": "Kronecker delta: 1 where its two indices are equal, else 0",
    "summation": "sum over the letter below, from 1 to the size above",
    "unit": "unit vector: a one in the place of its index, zeros elsewhere",
    "step": "indicator: 1 where the condition holds, else 0",
    "diag": "diagonal matrix with these entries on its diagonal",
    "diagonal": "the entries on the diagonal, as a vector",
    "log": "natural logarithm",
    "sigmoid": "sigmoid, 1/(1 + exp(−z))",
    "norm": "Euclidean norm",
    "frobenius": "Frobenius norm: the root of the sum of the squared entries",
}
