"""Names, functions and requests become a Problem, without any file."""

import pytest

from derivgen.expr.nodes import Product, Reference, Unspecified, Variable
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.expr.walk import depends_on
from derivgen.problem.asked import Asked, Given
from derivgen.problem.problem import Request
from derivgen.problem.resolve import Made, make_problem
from derivgen.problem.text import joined, typed


def made(variables: dict[str, str], functions: dict[str, str], *requests: str) -> Made:
    return make_problem(
        Given(
            tuple((typed(name, ""), typed(what, "")) for name, what in variables.items()),
            tuple((typed(name, ""), typed(what, "")) for name, what in functions.items()),
            tuple(Asked(typed(request, "")) for request in requests),
        )
    )


def only_request(variables: dict[str, str], functions: dict[str, str], request: str) -> Request:
    found = made(variables, functions, request)
    assert found.faults == ()
    (one,) = found.problem.requests
    return one


def test_a_function_after_wrt_becomes_a_variable_of_its_shape() -> None:
    request = only_request({"w": "vector(n)", "A": "matrix(m, n)"}, {"z": "A @ w", "L": "z.T @ z + sum(w)"}, "L wrt z")
    assert request.wrt == (Variable("z", Shape(Size.named("m"), ONE)),)
    assert isinstance(request.of, Reference)
    assert depends_on(request.of, "w")
    assert not depends_on(request.of, "A")


def test_a_function_after_wrt_is_independent_inside_other_functions_too() -> None:
    request = only_request({"w": "scalar"}, {"z": "w**2", "u": "z + 1", "L": "u*z"}, "L wrt z")
    assert depends_on(request.of, "u")
    assert not depends_on(request.of, "w")


def test_a_function_that_does_not_use_it_keeps_its_body() -> None:
    found = made({"w": "scalar"}, {"z": "w**2", "v": "3*w", "L": "v*z"}, "L wrt z")
    expected = Product((found.problem.functions["v"], Variable("z", SCALAR)))
    assert found.problem.requests[0].of == Reference("L", expected)


def test_the_problem_keeps_the_functions_as_they_were_written() -> None:
    found = made({"w": "scalar"}, {"z": "w**2", "L": "z + 1"}, "L wrt z")
    assert depends_on(found.problem.functions["L"], "w")


def test_functions_and_variables_after_wrt_are_stacked_together() -> None:
    request = only_request({"w": "scalar"}, {"z": "w**2", "L": "z*w"}, "L wrt z, w")
    assert request.wrt == (Variable("z", SCALAR), Variable("w", SCALAR))


def test_a_request_for_a_function_that_comes_later_is_refused() -> None:
    (fault,) = made({"w": "scalar"}, {"L": "w", "z": "w**2"}, "L wrt z").faults
    assert "L does not use z" in fault.message
    assert "z wrt L" in fault.hint


def test_an_unspecified_function_may_be_one_of_an_earlier_function() -> None:
    y = only_request({"x": "scalar"}, {"u": "x**2", "y": "scalar of u"}, "y wrt x").of
    assert isinstance(y, Unspecified)
    assert [argument.name for argument in y.of] == ["u"]


def test_an_earlier_function_that_an_unspecified_one_is_of_may_be_the_variable() -> None:
    request = only_request({"x": "scalar"}, {"u": "x**2", "y": "scalar of u"}, "y wrt u")
    assert isinstance(request.of, Unspecified)
    assert request.of.of == (Variable("u", SCALAR),)


def test_a_variable_that_is_never_used_is_fine() -> None:
    assert made({"x": "scalar", "unused": "matrix(p, 3)"}, {"f": "x"}, "f wrt x").faults == ()


def test_a_long_chain_of_functions_is_an_answer_or_a_fault() -> None:
    functions = {"f0": "x"} | {f"f{number}": f"f{number - 1} + 1" for number in range(1, 900)}
    found = made({"x": "scalar"}, functions, "f899 wrt f0")
    assert len(found.problem.requests) + len(found.faults) == 1


def test_a_text_of_several_parts_keeps_every_place() -> None:
    whole = joined(typed("f", "a"), " wrt ", typed("x, yy", "b"))
    assert whole.value == "f wrt x, yy"
    place = whole.at(9, 11)
    assert (place.file, place.column, place.end_column) == ("b", 4, 6)


def test_a_part_of_a_text_keeps_its_place_without_blanks() -> None:
    part = typed("x :  vector(n) ", "a").part(3, 15)
    assert part.value == "vector(n)"
    assert (part.span.column, part.span.end_column) == (6, 15)


def test_a_size_may_stand_in_an_array_of_ones_alone() -> None:
    found = made({"X": "matrix(m, n)"}, {"Y": "sum(X)/k*ones(k, p)", "Z": "Y @ ones(p)"}, "Z wrt X")
    assert found.faults == ()
    assert found.problem.sizes == ("m", "n", "k", "p")


@pytest.mark.parametrize(
    ("function", "message"),
    [
        ("X @ ones(k)", "k is not a size of this problem"),
        ("sum(X)*ones(nn)", "nn is not a size of this problem"),
        ("sum(X)*ones(pi)", "pi is not a size of this problem"),
        ("sum(X)*ones(f)", "f is not a size of this problem"),
        ("sum(X)*ones(g)", "g is not a size of this problem"),
        ("sum(X)*ones(X)", "X is a variable, not a size"),
        ("eye(k)", "k is not a size of this problem"),
        ("sum(X)/k", "the name k is not declared"),
        ("sum(X)/j + sum(ones(k))", "the name j is not declared"),
    ],
)
def test_a_name_that_no_array_has_is_no_size(function: str, message: str) -> None:
    faults = made({"X": "matrix(m, n)"}, {"f": function, "g": "sum(X)"}, "g wrt X").faults
    assert [fault.message for fault in faults] == [message]
