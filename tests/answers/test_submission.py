"""What is handed in is graded against a stored key, without deriving and without anything installed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import derivgen
from derivgen.answers.stored import read_key
from derivgen.answers.submission import grade_submission, graded
from derivgen.errors import DerivgenError
from tests.answers.keys import key, question

ROOT = Path(derivgen.__file__).parents[1]


AT = {"at": {"x": "[1, 2]", "A": "[[1, 2], [3, 4]]"}, "exact": True}  # (A + A.T) x = (12, 21)
OPTIONS = [
    {"id": "a", "text": "2*A @ x", "right": False, "mistake": "assumed_symmetric", "feedback": "Only if symmetric."},
    {"id": "b", "text": "(A + A.T) @ x", "right": True, "mistake": None, "feedback": ""},
    {"id": "c", "text": "x.T @ (A + A.T)", "right": False, "mistake": "other_layout", "feedback": "Transpose it."},
]


def one(handed_in: str, *, credit: dict[str, float] | None = None, tolerant: bool = False, **changed: Any) -> Any:
    """The record of one answer to one question."""
    level = changed.pop("feedback", "full")
    asked = key(question("q.a", **changed), credit=credit or {}, feedback=level)
    result: Any = grade_submission(asked, {"q.a": handed_in}, tolerant=tolerant)
    return result["questions"][0]


@pytest.mark.parametrize(
    ("answer", "verdict", "points"),
    [
        ("(A + A.T) @ x", "correct", 2),
        ("A @ x + (x.T @ A).T", "correct", 2),
        ("x.T @ (A + A.T)", "other_layout", 1),
        ("2*A @ x", "mistake", 0),
        ("x + A @ x", "wrong", 0),
        ("2x", "unparsable", 0),
        ("  \n", "blank", 0),
    ],
)
def test_an_expression_earns_what_its_verdict_is_worth(answer: str, verdict: str, points: float) -> None:
    found = one(answer)
    assert (found["verdict"], found["points"], found["of"]) == (verdict, points, 2)


def test_a_named_mistake_earns_what_the_sheet_says() -> None:
    assert one("-(A + A.T) @ x", credit={"wrong_sign": 0.25})["points"] == 0.5
    # In the other layout it is worth the share of that too.
    assert one("-x.T @ (A + A.T)", credit={"wrong_sign": 0.5, "other_layout": 0.5})["points"] == 0.5


@pytest.mark.parametrize(
    ("answer", "verdict", "mistake"),
    [
        ("[12, 21]", "correct", None),
        ("[24/2, 20 + 1]", "correct", None),
        ("[[12, 21]]", "other_layout", None),
        ("[-12, -21]", "mistake", "wrong_sign"),
        ("[6, 10.5]", "mistake", "missing_factor_2"),
        ("[12, 21.1]", "wrong", None),
        ("12", "wrong", None),
        ("x", "unparsable", None),
        ("sum(ones(10000, 10000))", "unparsable", None),
    ],
)
def test_numbers_are_compared_with_the_value_at_the_point(answer: str, verdict: str, mistake: str | None) -> None:
    found = one(answer, answer="number", value=AT)
    assert (found["verdict"], found["mistake"]) == (verdict, mistake)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [("21", "correct"), ("42/2", "correct"), ("[21]", "correct"), ("12", "wrong"), ("-21", "mistake")],
)
def test_one_entry_may_be_asked_for(answer: str, verdict: str) -> None:
    assert one(answer, answer="number", value={**AT, "entry": [2, 1]})["verdict"] == verdict


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("n x 1", "correct"), ("(n, 1)", "correct"), ("n by 1", "correct"), ("nx1", "correct"), ("n × 1", "correct"),
        ("1 x n", "other_layout"), ("n x n", "wrong"),
        ("scalar", "wrong"), ("m x 1", "unparsable"), ("n", "unparsable"),
    ],
)  # fmt: skip
def test_a_shape_is_read_as_it_is_commonly_written(answer: str, verdict: str) -> None:
    assert one(answer, answer="shape")["verdict"] == verdict


@pytest.mark.parametrize(
    ("answer", "verdict", "points"),
    [("b", "correct", 2), ("(B)", "correct", 2), ("(A + A.T)@x", "correct", 2), ("a", "mistake", 0),
     ("c", "other_layout", 1), ("d", "unparsable", 0)],
)  # fmt: skip
def test_an_option_is_named_by_its_letter_or_written_out(answer: str, verdict: str, points: float) -> None:
    found = one(answer, answer="choice", options=OPTIONS)
    assert (found["verdict"], found["points"]) == (verdict, points)


def test_a_derivation_earns_the_rows_that_its_right_lines_reach() -> None:
    lines = "df = dx.T @ A @ x + x.T @ A @ dx\ndf = x.T @ (A.T + A) @ dx\ndf/dx = 2*A @ x"
    found = one(lines, answer="derivation", rubric=[{"points": 0.5}] * 4)
    assert (found["line_verdicts"], found["first_wrong_line"]) == (["correct", "correct", "mistake"], 3)
    # Two of three lines are right: two of four rows.
    assert (found["verdict"], found["points"]) == ("mistake", 1)


def test_a_derivation_may_write_several_steps_on_a_line_and_must_end_with_the_derivative() -> None:
    right = "f = x.T @ A @ x\ndf/dx = A @ x + A.T @ x = (A + A.T) @ x"
    assert one(right, answer="derivation")["verdict"] == "correct"
    stops = one("df = dx.T @ A @ x + x.T @ A @ dx", answer="derivation")
    assert (stops["verdict"], stops["first_wrong_line"]) == ("wrong", 1)


@pytest.mark.parametrize("right", ["(A + A.T) @ x", "A @ x + A.T @ x"])
def test_a_required_form_is_reported_beside_the_value(right: str) -> None:
    found = one(right, form={"no": ["inv"], "at_most": 3})
    assert found["verdict"] == "correct"
    assert found["form"]["met"] is (right == "(A + A.T) @ x")
    assert found["points"] == (2 if found["form"]["met"] else 1)


def test_a_forbidden_function_is_named() -> None:
    found = one("inv(inv(A + A.T)) @ x", form={"no": ["inv", "kron"], "at_most": None})
    assert "inv may not be used" in found["form"]["told"]
    assert found["verdict"] == "correct"


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        ("2A@x/2 + A^T x - A^Tx + A^T@x", "2*A@x/2 + A.T @ x - A.T @ x + A.T@x"),
        ("2A@x/2 + A^T@x", "2*A@x/2 + A.T@x"),
        ("(A + A')·x", "(A + A.T) @ x"),
        ("A·x + Aᵀ·x", "A @ x + A.T @ x"),
        ("−(−A − A^{T})@x", "-(-A - A.T)@x"),
        ("(2·A + 2·A.T)@x/2", "(2*A + 2*A.T)@x/2"),
        ("2(A + A^\\top)@x/2", "2*(A + A.T)@x/2"),
        ("(A + A.T)@x²/x", "(A + A.T)@x**2/x"),
        ("(A + A^T) x", "(A + A.T) @ x"),
        ("A x + A'x", "A @ x + A.T @ x"),
        ("(x'A + x'A')'", "(x.T @ A + x.T @ A.T).T"),
        ("A(2x)/2 + A^{\\top} x", "A @ (2*x)/2 + A.T @ x"),
        (r"\frac{1}{2}\left(2A + 2A^\top\right) x", "((1)/(2))*(2*A + 2*A.T) @ x"),
        ("‖x‖² (A + A.T) x/‖x‖²", "norm(x)**2*(A + A.T) @ x/norm(x)**2"),
        # A name with a bracket behind it may be the function there, and a function without brackets has one name.
        ("f(x) x", None),
        ("sin x", "sin(x)"),
        ("sin 2x", None),
        # Letters side by side that are names, and no name together.
        ("Ax + A'x", "A @ x + A.T @ x"),
        ("Axe", None),
        (r"\left(\mathbf{A} + \mathbf{A}^{\top}\right) \mathbf x", "(A + A.T) @ x"),
        ("$A^T A^{-T} A x + A^T x$", "A.T @ inv(A).T @ A @ x + A.T @ x"),
        ("A A⁻¹ A x + A^T x", "A @ inv(A) @ A @ x + A.T @ x"),
        ("df/dx = (A + A^T) x", "(A + A.T) @ x"),
        ("np.exp(0)*(A + A.T) @ x.", "exp(0)*(A + A.T) @ x"),
    ],
)
def test_what_is_typed_elsewhere_is_read_and_the_reading_shown(answer: str, read: str | None) -> None:
    found = one(answer, tolerant=True)
    assert found.get("reading") == read
    assert one(answer)["verdict"] == "unparsable"
    if read is not None:
        assert found["message"].startswith(f"Read as: {read}.")


def test_a_level_of_feedback_keeps_back_what_is_above_it() -> None:
    wrong = "2*A @ x"
    assert "the derivative is" in one(wrong)["message"]
    assert one(wrong, feedback="mistake")["message"] == "Right only if A is symmetric, and it is not declared so."
    told = one(wrong, feedback="verdict")
    assert (told["message"], told["mistake"]) == ("Not right.", None)
    assert "entry" not in told
    assert one("x @ x", feedback="verdict")["message"] == "Not right."
    # What cannot be read is no attempt; how to mend it gives nothing away.
    assert "2*x" in one("2x", feedback="verdict")["message"]


def test_full_feedback_has_the_shapes_the_worst_entry_and_a_point() -> None:
    found = one("2*A @ x")
    assert found["shapes"]["got"] == ["n", "1"]
    x, a = found["at"]["x"], found["at"]["A"]
    wanted = [sum((a[i][j] + a[j][i]) * x[j][0] for j in range(2)) for i in range(2)]
    got = [sum(2 * a[i][j] * x[j][0] for j in range(2)) for i in range(2)]
    i = found["entry"]["row"] - 1
    assert (found["entry"]["got"], found["entry"]["expected"]) == (got[i], wanted[i])
    assert abs(got[i] - wanted[i]) == max(abs(p - q) for p, q in zip(got, wanted, strict=True))


def test_a_right_answer_comes_with_the_bound_that_stands_behind_it() -> None:
    bound = one("(A + A.T) @ x")["bound"]
    assert (bound["class"], bound["degree"], bound["tolerance"]) == ("rational", 2, 1e-9)
    assert [sizes["n"] for sizes in bound["sizes"]] == [2, 3]
    assert int(bound["chance"].removeprefix("1e")) < -90


def test_a_kink_that_no_point_reaches_is_told() -> None:
    reached = one("(A + A.T) @ x*sign(x)*sign(x)")["bound"]
    assert (reached["class"], reached["unreached"]) == ("piecewise", 0)
    assert one("(A + A.T) @ x*where(x[1] > 100000, 0, 1)")["bound"]["unreached"] > 0


def test_a_sheet_has_the_questions_of_its_variants() -> None:
    other = question(
        "q.a", variant="q~2", functions={"f": "2*x.T @ A @ x"},
        layouts={"numerator": {"text": "2*x.T @ (A + A.T)"}, "denominator": {"text": "2*(A + A.T) @ x"}},
    )  # fmt: skip
    several = key(
        question("q.a", variant="q~1"), other, key=2,
        sheets=[{"code": "AA-2", "variants": ["q~1"]}, {"code": "BB-3", "variants": ["q~2"]}],
    )  # fmt: skip
    for code, verdict in (("AA-2", "correct"), ("BB-3", "mistake")):
        result: Any = grade_submission(several, {"q": "(A + A.T) @ x"}, code=code)
        assert [one["verdict"] for one in result["questions"]] == [verdict]


def test_names_of_no_question_are_told_and_numbers_of_questions_are_understood() -> None:
    result: Any = grade_submission(key(question("q.a"), question("q.b")), {"1b": "(A + A.T) @ x", "z": "x"})
    assert [one["verdict"] for one in result["questions"]] == ["blank", "correct"]
    assert result["unknown"] == ["z"]
    assert (result["points"], result["of"]) == (2, 4)


@pytest.mark.parametrize("name", ["1a", "1.a", "1(a)", "1", "q", "q.a"])
def test_the_only_question_of_an_exercise_has_the_letter_a_too(name: str) -> None:
    only = question("q.a")
    only["number"] = "1"
    result: Any = grade_submission(key(only), {name: "(A + A.T) @ x"})
    assert (result["questions"][0]["verdict"], result["unknown"]) == ("correct", [])


@pytest.mark.parametrize("read", [[], {}, {"key": 1}, {"key": 9, "questions": []}, {"key": 2, "questions": "q"}])
def test_what_is_no_key_is_refused(read: object) -> None:
    with pytest.raises(DerivgenError):
        read_key(read)


def test_a_stored_key_has_the_answers_as_they_stand_and_derives_nothing() -> None:
    # The stored answer wins, so a key is good even where rules have changed since.
    stored = read_key(key(question("q.a", layouts={"numerator": {"text": "7*x.T"}, "denominator": {"text": "7*x"}})))
    assert graded(stored, stored.questions[0], "3*x + 4*x").verdict == "correct"


def test_a_question_whose_key_is_damaged_does_not_lose_the_others() -> None:
    damaged = question("q.a", layouts={"numerator": {"text": "x.T @"}, "denominator": {"text": "x"}})
    result: Any = grade_submission(key(damaged, question("q.b")), {"q.a": "x", "q.b": "(A + A.T) @ x"})
    assert [one["verdict"] for one in result["questions"]] == ["unparsable", "correct"]
    assert "could not be judged" in result["questions"][0]["message"]


ALONE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from derivgen.answers.submission import grade_submission
print(json.dumps(grade_submission(json.loads(sys.argv[2]), json.loads(sys.argv[3]))))
"""


def test_grading_needs_the_standard_library_alone() -> None:
    handed_in = {"q.a": "(A*1e7 + 1 - A*(1e7 - 1) - 1 + A.T) @ x"}
    arguments = [str(ROOT), json.dumps(key(question("q.a"))), json.dumps(handed_in)]
    run = subprocess.run([sys.executable, "-I", "-S", "-c", ALONE, *arguments], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["questions"][0]["verdict"] == "correct"
