"""Answers as students type them, each with the verdict it deserves; what is right here is right by textbooks."""

from __future__ import annotations

import time

import pytest

from derivgen.answers.changes import judge_change
from derivgen.answers.check import judge
from derivgen.answers.key import LAYOUTS, Key, key_of, key_with
from derivgen.answers.lines import first_wrong, judge_lines
from derivgen.answers.telling import in_language
from derivgen.calculus.derive import derive
from derivgen.printing.text import text
from derivgen.problem.problem import LayoutChoice
from derivgen.syntax.parse import parse
from tests.answers.questions import QUESTIONS, key, problem_of

# question, layout asked, answer
RIGHT = [
    ("quadratic", "numerator", "x.T @ (A + A.T)"),
    ("quadratic", "numerator", "x.T @ A + x.T @ A.T"),
    ("quadratic", "numerator", "(A @ x).T + x.T@A"),
    ("quadratic", "denominator", "(A + A.T) @ x"),
    ("quadratic", "denominator", "((x.T @ A.T) + (x.T @ A)).T"),
    ("quadratic", "denominator", "2*((A + A.T)/2) @ x"),
    ("quadratic", "denominator", "A@x - (-A.T)@x + 0*x"),
    ("quadratic", "denominator", "f*x/f*2 + (A + A.T)@x - 2*x"),
    ("linear map", "numerator", "A"),
    ("linear map", "numerator", "A @ eye(n)"),
    ("linear map", "denominator", "A.T"),
    ("linear map", "denominator", "(eye(m) @ A).T"),
    ("neuron", "numerator", "step(z)*x.T"),
    ("neuron", "numerator", "step(dot(w, x) + b)*x.T"),
    ("neuron", "numerator", "where(z > 0, 1, 0)*x.T"),
    ("neuron", "denominator", "x*(1 + sign(x.T@w + b))/2"),
    ("intermediate", "both", "c*exp(c*z) + 1"),
    ("intermediate", "both", "c*(f - z) + 1"),
    ("powers", "both", "15*x**2 + 2/x**2"),
    ("powers", "both", "5*3*x**(3-1) + 2*x**(-2)"),
    ("powers", "both", "15*x**[4/2].T + 2/x**2"),
    ("powers", "both", "(15*x**4 + 2)/x**2"),
    ("powers", "both", "[15*x**2 + 2/x**2]"),
    ("absolute", "denominator", "sign(x)"),
    ("absolute", "denominator", "x/abs(x)"),
    ("logarithm", "denominator", "1/x"),
    ("logarithm", "denominator", "exp(-log(x))"),
    ("entropy", "denominator", "log(t) + 1"),
    ("entropy", "denominator", "log(t) + sum(t)"),
    ("stacked", "numerator", "[[2*x*y, x**2]]"),
    ("stacked", "denominator", "[2*x*y, x**2]"),
    ("hessian", "numerator", "2*eye(n)"),
    ("hessian", "denominator", "2*eye(n)"),
    ("elementwise", "numerator", "diag(w*cos(x))"),
    ("elementwise", "denominator", "diag(w) @ diag(cos(x))"),
    ("far component", "denominator", "2*x[7]*unit(n, 7)"),
    ("general", "numerator", "2*y.T @ derivative(y, x)"),
    ("small", "both", "2e-12*x"),
    ("nothing", "numerator", "zeros(m, n)"),
    ("softmax", "denominator", "exp(x)/sum(exp(x))"),
    ("softmax", "denominator", "exp(x - f)"),
]
OTHER_LAYOUT = [
    ("quadratic", "denominator", "x.T @ (A + A.T)"),
    ("quadratic", "numerator", "A @ x + A.T @ x"),
    ("linear map", "numerator", "A.T"),
    ("linear map", "denominator", "A"),
    ("neuron", "denominator", "step(z)*x.T"),
    ("stacked", "numerator", "[2*x*y, x**2]"),
    ("general", "denominator", "2*y.T @ derivative(y, x)"),
    ("nothing", "denominator", "zeros(m, n)"),
]
WRONG = [
    ("quadratic", "numerator", "2*x.T @ A"),
    ("quadratic", "numerator", "x.T @ A"),
    ("quadratic", "numerator", "-x.T @ (A + A.T)"),
    ("quadratic", "denominator", "2*(A + A.T) @ x"),
    ("quadratic", "denominator", "A @ x"),
    ("quadratic", "both", "2*A @ x"),
    ("linear map", "numerator", "-A"),
    ("neuron", "numerator", "x.T"),
    ("neuron", "numerator", "z*x.T"),
    ("neuron", "numerator", "step(z)*w.T"),
    ("powers", "both", "15*x**2 - 2/x**2"),
    ("powers", "both", "15*x**2 + 2.0000001/x**2"),
    ("absolute", "denominator", "ones(n)"),
    ("stacked", "denominator", "[x**2, 2*x*y]"),
    ("elementwise", "numerator", "diag(cos(x))"),
    ("far component", "denominator", "2*x[6]*unit(n, 7)"),
    ("general", "numerator", "y.T @ derivative(y, x)"),
    ("small", "both", "3e-12*x"),
    ("small", "both", "0"),
    ("nothing", "numerator", "ones(m, n)/10**9"),
    ("softmax", "denominator", "exp(x)"),
]
MISSHAPEN = [
    ("quadratic", "numerator", "A", "n x n", "1 x n"),
    ("quadratic", "numerator", "2*A @ x", "n x 1", "1 x n"),
    ("quadratic", "both", "0", "1 x 1", "1 x n or n x 1"),
    ("quadratic", "numerator", "x @ A", "n x 1", "n x n"),
    ("quadratic", "numerator", "x + x.T", "n x 1", "1 x n"),
    ("linear map", "numerator", "A @ x", "m x 1", "m x n"),
    ("linear map", "numerator", "A.T @ A.T", "n x m", "n x m"),
    ("stacked", "denominator", "[2*x*y, x**2, 0]", "3 x 1", "2 x 1"),
    ("hessian", "both", "ones(n)*2", "n x 1", "n x n"),
    ("elementwise", "numerator", "w*cos(x)", "n x 1", "n x n"),
    ("elementwise", "numerator", "dot(w.T, x)", "1 x n", ""),
    ("stacked", "denominator", "[x, y][3]*[x, y]", "2 x 1", "3"),
]
UNREAD = [
    ("matpow(A, 2.5) @ x", "the exponent of matpow is a whole number"),
    ("matpow(A, 1/2) @ x", "the exponent of matpow is a whole number"),
    ("matpow(A, -(1/2)) @ x", "the exponent of matpow is a whole number"),
    ("matpow(A, 9999) @ x", "the exponent of matpow is at most 100"),
    ("x^2", "**"),
    ("2x", "2*x"),
    ("x'", "x.T"),
    ("x.T @ (A + A.T) # mine", "comment"),
    ("f = x.T", "right side"),
    ("q*x", "q is not declared"),
    ("trace(A)*x", "trace"),
    ("sin(x, x)", "1 argument"),
    ("x[0]*x", "counted from 1"),
    ("x[-1]*x", "below 1"),
    ("unit(n, 0)", "below 1"),
    ("", "no expression"),
    ("   ", "no expression"),
    ("dx.T @ A @ x", "differential"),
    ("derivative(f, x)", "still to be worked out"),
    ("derivative(x.T @ A @ x, x).T", "still to be worked out"),
    ("x.T @ (A", "not closed"),
    ("x.T @", "ends after"),
    ("(A + A.T) x", "operator is missing"),
    ("(A + A.T)x", "operator is missing"),
    ("x, x", "side by side"),
    ("x > 0", "comparison"),
    ("1e999*x", "exponent"),
    ("1_000*x", "_"),
    ("0x10*x", "decimal"),
    ("2j*x", "real"),
    ("Ах", "not declared"),
    ("A × x", "U+00D7"),
]
HOSTILE = [
    "matpow(A, 10**9) @ x",
    "matpow(A, -(10**8)) @ x",
    "matpow(A, 9999 + 1) @ x",
    "__import__('os').system('x')",
    "().__class__",
    "x.__class__.__mro__",
    "(lambda: 0)()",
    "[x for x in x]",
    'f"{x}"',
    '"',
    "'''",
    "\\N{DIGIT ONE}",
    "9**9**9**9*x",
    "x**9**9**9",
    "(ones(n) + ones(n))**1000000000",
    "(((ones(n) + ones(n))**1000)**1000)**1000",
    "exp(exp(exp(exp(99))))*x",
    "exp(-1/(1e300*1e300))*x",
    "(1e300*1e300)*x",
    "1/0*x",
    "0**-1*x",
    "sum(ones(10000000, 10000000))*x",
    "ones(9999999999, n)[1, 1]*x",
    "eye(100000) @ ones(100000)",
    "ones(" + "*".join(["(n + 1)"] * 1000) + ")",
    "ones(" + "*".join(["(n + 1)"] * 6) + ")",
    "(" * 61 + "x" + ")" * 61,
    "(" * 5000 + ")" * 5000,
    "[" * 3000,
    "-" * 4000 + "x",
    "x" + ".T" * 4000,
    "x" + "[1]" * 3000,
    "+".join(["x"] * 6000),
    "x*" * 50_000 + "x",
    "x" * 100_000,
    "9" * 9_000 + "*x",
    "x**" * 2000 + "2",
    "sum(" * 70 + "x" + ")" * 70,
    "where(" * 50 + "x",
    "derivative(" * 40 + "x" + ", x)" * 40,
    "\x00",
    "x\x00",
    "x\x1b[31m",
    "\x1b]0;title\x07x",
    "x\u202e",
    "\u200fx",
    "x\u200b",
    "\ud800",
    "\ufeffx",
    "x\ufffd",
    "e" + "\u0301" * 3000,
    "\U000e0041",
    "=cmd|' /C calc'!A0",
    "{{7*7}}",
    "${x}",
    "\\input{/etc/passwd}",
    "<script>alert(1)</script>",
    "'; DROP TABLE x; --",
    "if", "None", "True*x", "...", "x; x", "x := 1", "*x", "**x", "x if x else x", "await x", "x\nx", "yield", "not x",
]  # fmt: skip


@pytest.mark.parametrize(("question", "layout", "answer"), RIGHT)
def test_a_right_answer_is_right_in_any_form(question: str, layout: LayoutChoice, answer: str) -> None:
    judged = judge(key(question), answer, layout)
    assert (judged.verdict, judged.message) == ("correct", "Right.")


@pytest.mark.parametrize(("question", "layout", "answer"), OTHER_LAYOUT)
def test_the_derivative_in_the_other_layout_is_told_as_such(question: str, layout: LayoutChoice, answer: str) -> None:
    judged = judge(key(question), answer, layout)
    assert judged.verdict == "other_layout"
    assert f"{layout} layout asks for its transpose" in judged.message


@pytest.mark.parametrize(("question", "layout", "answer"), OTHER_LAYOUT)
def test_where_either_layout_is_welcome_the_message_names_the_one_given(
    question: str, layout: LayoutChoice, answer: str
) -> None:
    given = "numerator" if layout == "denominator" else "denominator"
    choices: tuple[LayoutChoice | None, ...] = (None, "both")
    for choice in choices:
        judged = judge(key(question), answer, choice)
        assert (judged.verdict, judged.message) == ("correct", f"Right, in {given} layout.")


@pytest.mark.parametrize(("question", "layout", "answer"), WRONG)
def test_a_wrong_answer_is_wrong_and_is_shown_a_point_where_it_differs(
    question: str, layout: LayoutChoice, answer: str
) -> None:
    judged = judge(key(question), answer, layout)
    assert judged.verdict in ("wrong", "mistake")
    assert "the derivative is" in judged.message


@pytest.mark.parametrize(("question", "layout", "answer", "one", "other"), MISSHAPEN)
def test_a_shape_error_is_wrong_and_names_both_shapes(
    question: str, layout: LayoutChoice, answer: str, one: str, other: str
) -> None:
    judged = judge(key(question), answer, layout)
    assert judged.verdict in ("wrong", "mistake")
    assert one in judged.message
    assert other in judged.message


@pytest.mark.parametrize(("answer", "told"), UNREAD)
def test_what_the_grammar_refuses_is_unparsable_and_says_how_to_mend_it(answer: str, told: str) -> None:
    judged = judge(key("quadratic"), answer, "numerator")
    assert judged.verdict == "unparsable"
    assert told in judged.message


@pytest.mark.parametrize("answer", HOSTILE, ids=lambda answer: ascii(answer)[:30])
def test_hostile_text_is_refused_quickly_in_harmless_words(answer: str) -> None:
    question = key("quadratic")
    start = time.process_time()
    judged = judge(question, answer, "denominator")
    assert time.process_time() - start < 0.2
    assert judged.verdict in ("unparsable", "wrong", "mistake")
    assert judged.message.isprintable()
    assert len(judged.message) < 1500
    judged.message.encode("utf-8")


def test_the_message_shows_a_point_of_short_numbers_that_a_hand_can_check() -> None:
    judged = judge(key("powers"), "15*x**2 + 3", None)
    assert judged.message == "Not the derivative: at the point x = 2 your answer gives 63, the derivative is 60.5."


def test_an_answer_without_a_value_is_told_where() -> None:
    judged = judge(key("absolute"), "sqrt(x)/sqrt(x)", "denominator")
    assert judged.verdict == "wrong"
    assert "your answer has no value" in judged.message
    assert "at x = (" in judged.message


def test_an_answer_that_lacks_a_value_at_a_single_point_is_right() -> None:
    hole = key("hole").places[3].point.values["x"][0][0]
    assert judge(key("hole"), f"2*x*(x - {hole!r})/(x - {hole!r})", None).verdict == "correct"
    assert judge(key("hole"), f"3*x*(x - {hole!r})/(x - {hole!r})", None).verdict == "mistake"
    assert judge(key("hole"), "2*sqrt(x)**2", None).verdict == "wrong"


def test_a_hole_at_the_point_that_is_shown_is_not_what_is_wrong() -> None:
    told = judge(key("powers"), "15*x**2*(x - 2)/(x - 2)", None).message
    assert "no value" not in told


def test_the_shape_of_the_other_layout_alone_is_not_the_other_layout() -> None:
    judged = judge(key("quadratic"), "2*A @ x", "numerator")
    assert judged.mistake == "assumed_symmetric"
    assert "your answer is n x 1, the derivative is 1 x n." in judged.message
    assert "It is not the derivative in denominator layout either: at the point" in judged.message


def test_a_long_array_is_told_by_its_worst_entry() -> None:
    problem = problem_of("x: vector(12)", "f = dot(x, x)", "f wrt x")
    judged = judge(key_of(problem, derive(problem, problem.requests[0])), "2*x + unit(12, 11)", "denominator")
    assert "entry 11 of your answer is " in judged.message


@pytest.mark.parametrize(
    ("function", "request_", "answer"),
    [("mean(x**2)", "f wrt x", "2*x"), ("x.T @ x/100", "f wrt x", "x")],
)
def test_a_number_in_front_of_a_long_vector_is_no_great_work(function: str, request_: str, answer: str) -> None:
    problem = problem_of("x: vector(100)", f"f = {function}", request_)
    judged = judge(key_of(problem, derive(problem, problem.requests[0])), answer, "denominator")
    assert judged.verdict == "mistake"


def test_a_fault_has_its_place_in_the_answer() -> None:
    judged = judge(key("quadratic"), "x.T @ (A + q)", None)
    assert judged.span is not None
    assert (judged.span.column, judged.span.end_column) == (12, 13)


def test_names_that_stand_for_long_arrays_of_whole_numbers_cannot_fill_the_memory() -> None:
    assert judge(key("powers"), "sum(ones(4) + ones(4))**999999999", None).verdict == "wrong"


def test_a_key_whose_components_need_a_large_size_has_points_of_that_size() -> None:
    assert min(place.point.sizes["n"] for place in key("far component").places) >= 7


def test_digits_within_a_billionth_are_taken_as_right_and_above_are_not() -> None:
    assert judge(key("linear map"), "A*0.9999999999", "numerator").verdict == "correct"
    assert judge(key("linear map"), "A*0.99999999", "numerator").verdict == "wrong"


def test_cancellation_does_not_refuse_a_right_answer() -> None:
    assert judge(key("linear map"), "(A*1e7 + 1) - A*(1e7 - 1) - 1", "numerator").verdict == "correct"


def test_keys_see_both_signs_of_every_free_entry() -> None:
    places = key("absolute").places
    assert {z > 0 for place in places for row in place.point.values["x"] for z in row} == {True, False}  # type: ignore[operator]
    assert len({tuple(place.point.sizes.items()) for place in places}) >= 2


def test_keys_stay_in_the_domain_and_meet_the_assumptions() -> None:
    for place in key("entropy").places:
        entries = [complex(row[0]).real for row in place.point.values["t"]]
        assert min(entries) > 0
        assert abs(sum(entries) - 1) < 1e-9


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_every_key_has_at_least_ten_places(question: str) -> None:
    assert len(key(question).places) >= 10


@pytest.mark.parametrize(
    ("verdicts", "line"),
    [
        (("correct", "correct"), None),
        (("other_layout", "other_layout"), None),
        (("other_layout", "correct"), None),
        (("correct", "other_layout"), 2),
        (("other_layout", "correct", "other_layout"), 3),
        (("correct", "wrong", "correct"), 2),
        (("unparsable", "correct"), 1),
    ],
)
def test_the_first_wrong_line_is_neither_correct_nor_in_a_layout_kept_from_the_start(
    verdicts: tuple[str, ...], line: int | None
) -> None:
    assert first_wrong(verdicts) == line  # type: ignore[arg-type]  # they are verdicts


def test_a_derivation_has_the_verdict_of_its_first_wrong_line() -> None:
    lines = ["x.T @ A + x.T @ A.T", "2*x.T @ A", "x.T @ (A + A.T)", "x^"]
    judged = judge_lines(key("quadratic"), lines, "numerator")
    assert judged.verdicts == ("correct", "mistake", "correct", "unparsable")
    assert judged.first_wrong_line == 2
    assert judged.overall.mistake == "assumed_symmetric"
    assert judged.overall.message.startswith("Line 2: ")


def test_a_derivation_without_a_wrong_line_has_the_verdict_of_its_last() -> None:
    judged = judge_lines(key("quadratic"), ["x.T @ A + (A @ x).T", "x.T @ (A + A.T)"], "denominator")
    assert (judged.overall.verdict, judged.first_wrong_line) == ("other_layout", None)


def _large() -> Key:
    problem = problem_of("W: matrix(784, 10); x: vector(784); b: vector(10)", "f = b.T @ W.T @ x", "f wrt W")
    return key_of(problem, derive(problem, problem.requests[0]))


def test_a_counterexample_says_which_sizes_stand_in_the_place_of_large_ones() -> None:
    told = judge(_large(), "2*x @ b.T", "denominator").message
    assert "(with 2, 3 in the place of 10, 784)" in told
    assert "(mit 2, 3 an der Stelle von 10, 784)" in in_language(told, "de")


def test_an_answer_that_takes_an_entry_of_a_large_matrix_has_a_value() -> None:
    asked = _large()
    assert judge(asked, "x @ b.T + W[300, 5] - W[300, 5]", "denominator").verdict == "correct"
    judged = judge(asked, "W[300, 5]*x @ b.T", "denominator")
    assert judged.verdict == "wrong"
    assert "no value" not in judged.message
    assert "in the place of" not in judged.message


# sizes, function, derivative, answers that are right, and answers that are not
COUNTED = [
    ("W: matrix(20, 30)", "f = mean(W**2)", "f wrt W", ["W/300", "2*W/600", "W/30*0.1"], ["W/200", "W", "W/30"]),
    ("W: matrix(20, 30)", "f = 0.05*sum(W**2)", "f wrt W", ["W/10", "0.05*2*W", "2*W/20"], ["0.05*W", "W/20", "W"]),
    ("W: matrix(20, 30)", "f = 6*sum(W**3)", "f wrt W", ["18*W**2", "6*3*W**2"], ["W**2", "20*W**2"]),
    ("W: matrix(n, 400)", "f = sum(W**2)/400", "f wrt W", ["W/200", "0.1*W/20"], ["W/n"]),
    ("x: vector(100)", "f = mean(x**2)", "f wrt x", ["x/50", "0.1*0.2*x"], ["x/100", "x"]),
    (
        "X: matrix(100, 10); w: vector(10); y: vector(100)", "f = mean((X@w - y)**2) + 0.05*sum(w**2)", "f wrt w",
        ["X.T@(X@w - y)/50 + w/10", "0.02*X.T@(X@w - y) + 2*0.05*w"],
        ["X.T@(X@w - y)/50 + w/20", "X.T@(X@w - y)/5 + w/10"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("variables", "function", "derivative", "right", "wrong"), COUNTED)
def test_numbers_that_may_be_made_of_sizes_are_judged_as_they_are_meant(
    variables: str, function: str, derivative: str, right: list[str], wrong: list[str]
) -> None:
    problem = problem_of(variables, function, derivative)
    found = derive(problem, problem.requests[0])
    asked = key_of(problem, found)
    # A key that was stored has its numbers as text.
    texts = {name: parse(text(found.result(name)), asked.scope) for name in LAYOUTS}
    for one in (asked, key_with(problem, found.request, texts)):
        assert {judge(one, answer, "denominator").verdict for answer in right} == {"correct"}
        assert not {"correct"} & {judge(one, answer, "denominator").verdict for answer in wrong}


def test_a_line_of_differentials_may_have_numbers_made_of_sizes_and_others() -> None:
    problem = problem_of("W: matrix(20, 30)", "f = mean(W**2) + 0.05*sum(W**2)", "f wrt W")
    asked = key_of(problem, derive(problem, problem.requests[0]))
    assert judge_change(asked, "tr(W.T @ dW)/300 + 0.05*2*tr(W.T @ dW)").verdict == "correct"
    assert judge_change(asked, "tr(W.T @ dW)/30").verdict == "wrong"
