"""The table of functions: every function once, in the order of the catalogue."""

from derivgen.expr.functions import arrays, elementwise, matrices, reductions
from derivgen.expr.functions.table import Function, collected

FUNCTIONS: dict[str, Function] = collected(
    elementwise.FUNCTIONS, reductions.FUNCTIONS, arrays.FUNCTIONS, matrices.FUNCTIONS
)
