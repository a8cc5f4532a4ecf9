"""The check of a page as a short program: the function, the answer and central differences, with NumPy alone."""

from __future__ import annotations

from derivgen.calculus.illustration import Illustration
from derivgen.calculus.records import Derivation
from derivgen.calculus.smallsizes import at_sizes
from derivgen.expr.nodes import Apply, Constant, Expr, Stack, Variable
from derivgen.printing.identifiers import python_names
from derivgen.printing.numpy import RESERVED, Program, array_program, value_program, written_out
from derivgen.problem.problem import LayoutName, Request

_OWN = frozenset(
    {"derivative", "differences", "show", "formula", "estimate", "at", "function", "step", "change", "slope", "columns"}
    | {"k", "print", "zip", "range"}
)
# A step that suits first differences drowns second ones in rounding.
_STEPS = {1: "1e-6", 2: "1e-4"}

_DIFFERENCES = '''def differences(function, at, step={step}):
    """Central differences, a column for each entry of `at`."""
    columns = []
    for k in range(np.size(at)):
        change = np.zeros(np.size(at))
        change[k] = step
        change = change.reshape(np.shape(at), order="F")
{symmetric}        slope = (function(at + change) - function(at - change)) / (2 * step)
        columns.append(np.ravel(slope, order="F"))
    return np.array(columns).T'''
_SYMMETRIC = "        change = (change + change.T) / 2\n"

_SHOW = """def show({arguments}):
    formula = {formula}
    estimate = {estimate}
    print("{name} =", {function})
    print("derivative | differences")
    for rows in zip(formula, estimate):
        print(*(row.round(4) + 0.0 for row in rows), sep=" | ")"""


def check_program(found: tuple[Illustration, ...], derivation: Derivation) -> str:
    """The source of a program that prints the function, the answer and finite differences at the points found."""
    request, layout = derivation.request, found[0].layout
    table = python_names(_names(found[0]), RESERVED | _OWN | {request.of.name})
    (name,) = python_names((request.of.name,), RESERVED | _OWN | frozenset(table.values())).values()
    # The arrays are as small as those of the table, and so is what is made of their sizes.
    stands = found[0].point.stands
    body, answer = (at_sizes(expr, stands) if stands else expr for expr in (request.body, derivation.result(layout)))
    function = value_program(body, name, order=request.names, reserved=RESERVED | _OWN)
    formula = array_program(answer, "derivative", order=request.names, reserved=RESERVED | _OWN)
    used = tuple(one for one in table if one in {*function.arguments, *formula.arguments, *_moving(request)})
    value = _call(name, function, table)
    show = _SHOW.format(
        arguments=", ".join(table[one] for one in used),
        formula=_call("derivative", formula, table),
        estimate=_estimate(request, layout, value, table),
        name=name,
        function=value,
    )
    definitions = (written_out(function.function), written_out(formula.function), _differences(request), show)
    calls = "\n".join(_shown(one, used, table) for one in found)
    return "\n\n\n".join(["import numpy as np", *definitions, calls]) + "\n"


def _names(one: Illustration) -> tuple[str, ...]:
    return (*(variable.name for variable, _ in one.given), *(size for size, _ in one.sizes))


def _moving(request: Request) -> tuple[str, ...]:
    return tuple(variable.name for variable in (*request.wrt, *request.then))


def _call(name: str, program: Program, table: dict[str, str]) -> str:
    return f"{name}({', '.join(table[argument] for argument in program.arguments)})"


def _differences(request: Request) -> str:
    symmetric = any(variable.symmetric and not variable.is_scalar for variable in (*request.wrt, *request.then))
    return _DIFFERENCES.format(step=_STEPS[1 + request.is_second], symmetric=_SYMMETRIC if symmetric else "")


def _estimate(request: Request, layout: LayoutName, value: str, table: dict[str, str]) -> str:
    """Differences in the places of the layout."""
    estimate = _along(value, request.wrt, table)
    if request.is_second:
        estimate = _along(estimate, request.then or request.wrt, table)
    # The changes along the columns of X are the rows of a derivative that is laid out like X.T.
    by_rows = request.of.is_scalar and not request.is_second
    turned = ".T" if layout == "denominator" else ""
    order = "" if by_rows else ', order="F"'
    return f"{estimate}.reshape(formula{turned}.shape{order}){turned}"


def _along(value: str, wrt: tuple[Variable, ...], table: dict[str, str]) -> str:
    """Differences of a value along a variable, or along several scalars that are stacked."""
    names = [table[variable.name] for variable in wrt]
    if len(names) == 1:
        return f"differences(lambda {names[0]}: {value}, {names[0]})"
    stacked = ", ".join(names)
    return f"differences(lambda at: (lambda {stacked}: {value})(*at), np.array([{stacked}]))"


def _shown(one: Illustration, used: tuple[str, ...], table: dict[str, str]) -> str:
    values = {variable.name: _array(value) for variable, value in one.given}
    values |= {size: str(number) for size, number in one.sizes}
    return "\n".join(["show(", *(f"    {table[name]}={values[name]}," for name in used), ")"])


def _array(value: Expr) -> str:
    match value:
        case Stack(rows=rows):
            return f"np.array([{', '.join(f'[{_row(row)}]' for row in rows)}])"
        case _:
            return _row((value,))


def _row(entries: tuple[Expr, ...]) -> str:
    return ", ".join(map(_number, entries))


def _number(entry: Expr) -> str:
    match entry:
        case Apply(function="log", arguments=(inner,)):
            return f"np.log({_number(inner)})"
        case Constant(value=value):
            return str(float(value))
        case _:
            raise TypeError(f"{type(entry).__name__} is no number of a point")
