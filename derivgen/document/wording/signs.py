"""What the signs of a page mean, in the order of its table of symbols."""

from __future__ import annotations

from derivgen.document.blocks import Phrase

SIGNS: dict[str, Phrase] = {
    "transpose": Phrase("transpose: rows and columns exchanged"),
    "inv": Phrase("inverse: times the matrix it is the identity matrix"),
    "inverse-transpose": Phrase("transpose of the inverse, which is the inverse of the transpose"),
    "matpow": Phrase("power of a square matrix: so many factors of it"),
    "hadamard": Phrase("element-wise product"),
    "entry-power": Phrase("element-wise power"),
    "division": Phrase("element-wise division"),
    "kron": Phrase("Kronecker product: each entry of the left array times the whole right one"),
    "tr": Phrase("trace: the sum of the entries on the diagonal"),
    "det": Phrase("determinant"),
    "logdet": Phrase("natural logarithm of the determinant"),
    "nabla": Phrase("gradient: the column of the partial derivatives"),
    "vec": Phrase("the columns stacked, one below the other"),
    "commutation": Phrase("commutation matrix: it turns vec of a matrix of these sizes into vec of its transpose"),
    "sum": Phrase("sum of all entries"),
    "ones": Phrase("the vector of ones"),
    "ones-matrix": Phrase("the matrix of ones"),
    "zeros": Phrase("zeros only"),
    "eye": Phrase("identity matrix"),
    "delta": Phrase("Kronecker delta: 1 where its two indices are equal, else 0"),
    "summation": Phrase("sum over the letter below, from 1 to the size above"),
    "unit": Phrase("unit vector: a one in the place of its index, zeros elsewhere"),
    "heaviside": Phrase("Heaviside function: 1 where its argument is positive, else 0"),
    "step": Phrase("indicator: 1 where the condition holds, else 0"),
    "where": Phrase("entry by entry: the second argument where the condition holds, else the third"),
    "diag": Phrase("diagonal matrix with these entries on its diagonal"),
    "diagonal": Phrase("the entries on the diagonal, as a vector"),
    "mean": Phrase("sum of the entries divided by their number"),
    "prod": Phrase("product of all entries"),
    "norm1": Phrase("1-norm: the sum of the absolute values of the entries"),
    "relu": Phrase("ReLU: the larger of 0 and the argument"),
    "max": Phrase("maximum: the larger of the two"),
    "min": Phrase("minimum: the smaller of the two"),
    "sign": Phrase("sign: 1 where the argument is positive, −1 where it is negative"),
    "log": Phrase("natural logarithm"),
    "softmax": Phrase("softmax: the exponential of each entry, divided by the sum of the exponentials of all entries"),
    "logsumexp": Phrase("logarithm of the sum of the exponentials of all entries"),
    "softplus": Phrase("softplus, log(1 + exp(z))"),
    "sigmoid": Phrase("sigmoid, 1/(1 + exp(−z))"),
    "norm": Phrase("Euclidean norm"),
    "frobenius": Phrase("Frobenius norm: the root of the sum of the squared entries"),
}

# Functions that act on a scalar; of an array they take each entry.
ENTRYWISE = ("relu", "max", "min", "sign", "log", "sigmoid", "softplus")

# What the table of notation says of names and derivatives, and the heads of its columns.
KINDS: dict[str, Phrase] = {
    "sign": Phrase("sign"),
    "meaning": Phrase("meaning"),
    "scalar": Phrase("a scalar"),
    "vector": Phrase("a vector, always a column"),
    "matrix": Phrase("a matrix"),
    "component": Phrase("a component of a vector, counted from 1"),
    "entry": Phrase("an entry of a matrix: row, then column"),
    "indicator": Phrase("indicator: 1 where x > 0, else 0"),
    "differential": Phrase("differential: the change of what follows, to first order"),
    "derivative": Phrase("derivative; its layout is always said"),
    "gradient": Phrase("gradient as a column: the row of derivatives, transposed"),
}
