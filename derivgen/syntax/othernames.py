"""What other books, tools and languages call things, and how they are called or written here."""

from __future__ import annotations

# Names that other books and tools use, and what they are called here.
OTHER_NAMES = {
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "tg": "tan", "sgn": "sign", "sig": "sigmoid",
    "logistic": "sigmoid", "heaviside": "step", "average": "mean", "avg": "mean", "product": "prod",
    "maximum": "max", "minimum": "min", "inner": "dot", "total": "sum", "sigma": "sigmoid", "σ": "sigmoid", "i": "eye",
    "vectorize": "vec", "diagonal": "diag", "kronecker": "kron",
    "trace": "tr", "inverse": "inv", "determinant": "det", "l1": "norm1",
    "identity": "eye", "square_root": "sqrt", "root": "sqrt", "exponential": "exp", "lse": "logsumexp",
    "log_sum_exp": "logsumexp",
    "norm2": "norm", "nrm": "norm", "logarithm": "log", "fabs": "abs", "relu_": "relu", "soft_max": "softmax",
}  # fmt: skip

MODULES = ("np", "numpy", "math", "jnp", "jax", "torch", "tf", "sp", "sympy", "scipy")

# What other tools have a function for, and how it is written here.
WRITTEN = {
    "log10": "log(x)/log(10)", "log2": "log(x)/log(2)", "log1p": "log(1 + x)", "expm1": "exp(x) - 1",
    "square": "x**2", "pow": "a**b", "power": "a**b", "cbrt": "x**(1/3)", "frac": "a/b", "div": "a/b",
    "piecewise": "where(a > b, c, d)", "cases": "where(a > b, c, d)", "ifelse": "where(a > b, c, d)",
    "iif": "where(a > b, c, d)", "indicator": "step(x), or where(a > b, 1, 0)", "argmax": "softmax(x), its smooth form",
    "var": "mean((x - mean(x))**2)", "std": "sqrt(mean((x - mean(x))**2))", "mse": "mean((x - y)**2)",
    "vector": "x: vector(n) under `variables`", "matrix": "A: matrix(m, n) under `variables`",
    "times": "a*b", "mult": "a*b", "plus": "a + b", "minus": "a - b", "trans": "x.T for the transpose of x",
    "lg": "log(x)/log(10)", "log_2": "log(x)/log(2)", "log_10": "log(x)/log(10)", "exp2": "2**x",
    "cross": "its components: [x[2]*y[3] - x[3]*y[2], x[3]*y[1] - x[1]*y[3], x[1]*y[2] - x[2]*y[1]]",
    "matmul": "A @ B", "mm": "A @ B", "multiply": "a*b", "mul": "a*b", "add": "a + b", "hadamard": "a*b",
    "cot": "1/tan(x)", "sec": "1/cos(x)", "csc": "1/sin(x)", "reciprocal": "1/x", "heaviside": "step(z)",
    "transpose": "x.T for the transpose of x", "t": "x.T for the transpose of x",
    "id": "eye(n)", "solve": "inv(A) @ b", "pinv": "inv(X.T @ X) @ X.T", "if": "where(a > b, c, d)",
    "grad": "`f wrt x` under `derivatives`", "gradient": "`f wrt x` under `derivatives`",
    "diff": "`f wrt x` under `derivatives`", "jacobian": "`f wrt x` under `derivatives`",
    "hessian": "`f wrt x twice` under `derivatives`", "d": "`f wrt x` under `derivatives`",
}  # fmt: skip
