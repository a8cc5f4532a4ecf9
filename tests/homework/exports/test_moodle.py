"""The Moodle XML of a key, read back."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest

from derivgen.homework.exports.moodle import moodle

from .keys import at_a_point, every_kind, hostile, key_of, quadratic, shown, without_options, words_of


def read(key: dict[str, Any]) -> list[ET.Element]:
    (data,) = moodle(key).values()
    assert data.startswith(b"<?xml")
    return list(ET.fromstring(data))  # noqa: S314  # our own file


def questions(key: dict[str, Any]) -> list[ET.Element]:
    return [one for one in read(key) if one.get("type") != "category"]


def text(element: ET.Element, path: str) -> str:
    return element.findtext(f"{path}/text") or ""


def in_the_order_of_the_bank(key: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted(key["questions"], key=lambda question: question["id"])


@pytest.mark.parametrize("key", [every_kind, hostile])
def test_prompt_solution_points_and_hints_read_back(key: Callable[[], dict[str, Any]]) -> None:
    made = key()
    for element, question in zip(questions(made), in_the_order_of_the_bank(made), strict=True):
        assert shown(text(element, "questiontext")) == words_of(question["prompt"])
        assert shown(text(element, "generalfeedback")) == words_of(question["solution"])
        assert float(element.findtext("defaultgrade") or "") == question["points"]
        assert [shown(text(hint, ".")) for hint in element.findall("hint")] == [
            "".join(hint.split()) for hint in question["hints"]
        ]


@pytest.mark.parametrize("key", [lambda: key_of(quadratic()), hostile], ids=["plain", "hostile"])
def test_options_read_back_with_their_credit_and_feedback(key: Callable[[], dict[str, Any]]) -> None:
    made = key()
    (element,), (question,) = questions(made), made["questions"]
    read_back = [
        (shown(text(answer, ".")), answer.get("fraction"), shown(text(answer, "feedback")))
        for answer in element.findall("answer")
    ]
    shares = {"assumed_symmetric": "0", None: "100", "other_layout": "50", "dropped_product_term": "25"}
    assert read_back == [
        (
            "".join((option["latex"] or option["text"]).split()),
            shares[option["mistake"]],
            "".join(option["feedback"].split()),
        )
        for option in question["options"]
    ]
    assert element.findtext("single") == "true"


def test_each_kind_of_answer_has_its_type() -> None:
    types = {element.findtext("idnumber"): element.get("type") for element in questions(every_kind())}
    assert types == {
        "quad~000003.a": "multichoice",
        "quad~000005.a": "multichoice",
        "quad~000003.b": "essay",
        "quad~000003.c": "numerical",
        "quad~000003.d": "shortanswer",
        "quad~000003.e": "essay",
        "quad~000003.f": "essay",
    }


def test_variants_of_a_question_share_a_category_that_stands_before_them() -> None:
    order = [
        text(element, "category").rpartition("/")[2] or element.findtext("idnumber") for element in read(every_kind())
    ]
    assert order[:3] == ["quad.a", "quad~000003.a", "quad~000005.a"]
    assert order[3:5] == ["quad.b", "quad~000003.b"]


def test_a_slash_in_the_title_makes_no_category_of_its_own() -> None:
    assert text(read(hostile())[0], "category").startswith("$course$/top/A//")


def test_the_answer_for_graders_stands_where_moodle_cannot_judge() -> None:
    (element,) = questions(key_of(without_options("b", "expression")))
    assert "3*(A + A.T) @ x" in text(element, "graderinfo")
    assert "2: Both terms" in text(element, "graderinfo")
    assert "x.T @" not in text(element, "graderinfo")


def test_graders_see_what_belongs_into_the_gaps_of_a_derivation() -> None:
    blanks = [
        {"step": 1, "rule": "sum", "line": {"text": "dx.T @ A @ x", "latex": "y"}},
        {"step": 2, "rule": "", "line": None},
    ]
    (element,) = questions(key_of(without_options("e", "derivation", blanks=blanks)))
    assert "dx.T @ A @ x" in text(element, "graderinfo")
    assert "dx.T @ A @ x" not in text(element, "questiontext")


@pytest.mark.parametrize(("exact", "tolerance"), [(True, 2.5e-6), (False, 2.5e-3)])
def test_a_number_has_the_tolerance_of_the_grader(exact: bool, tolerance: float) -> None:
    (element,) = questions(key_of(without_options("c", "number", value=at_a_point("-5/2", exact=exact))))
    answer = element.find("answer")
    assert answer is not None
    assert text(answer, ".") == "-2.5"
    assert float(answer.findtext("tolerance") or "") == pytest.approx(tolerance)


def test_a_number_with_a_known_slip_is_told_so_and_earns_its_share() -> None:
    key = key_of(without_options("c", "number", value=at_a_point("12"))) | {"credit": {"missing_factor_2": 0.25}}
    (element,) = questions(key)
    found = {
        text(answer, "."): (answer.get("fraction"), text(answer, "feedback")) for answer in element.findall("answer")
    }
    assert found["12"] == ("100", "")
    assert found["6"] == ("25", "You have half of the answer: where does a 2 come from?")
    assert found["-12"] == ("0", "Only the sign is wrong.")
    assert [
        text(one, ".")
        for one in questions(key_of(without_options("c", "number", value=at_a_point("0"))))[0].findall("answer")
    ] == ["0"]


def test_a_shape_is_right_in_each_spelling_and_half_right_in_the_other_layout() -> None:
    (element,) = questions(key_of(without_options("d", "shape", layout="numerator")))
    fractions = {text(answer, "."): answer.get("fraction") for answer in element.findall("answer")}
    assert fractions["1 x n"] == fractions["(1, n)"] == fractions["1×n"] == "100"
    assert fractions["n x 1"] == "50"


def test_a_star_in_a_shape_is_no_wildcard() -> None:
    question = without_options("d", "shape", layout="numerator")
    question["layouts"]["numerator"]["shape"] = ["m*n", "1"]
    (element,) = questions(key_of(question))
    assert r"m\*n x 1" in {text(answer, ".") for answer in element.findall("answer")}


def test_none_of_these_is_words_and_keeps_its_place() -> None:
    question = quadratic()
    (element,) = questions(key_of(question))
    assert element.findtext("shuffleanswers") == "true"
    words = {"text": "None of these.", "latex": r"\text{None of these.}", "mistake": None, "right": False}
    (element,) = questions(key_of(question | {"options": [*question["options"], question["options"][0] | words]}))
    assert element.findtext("shuffleanswers") == "false"
    assert text(element.findall("answer")[-1], ".") == "<p>None of these.</p>"


def test_ids_follow_the_variant_and_not_the_place() -> None:
    alone = {element.findtext("idnumber") for element in questions(key_of(quadratic(5)))}
    assert alone == {"quad~000005.a"}
    long = quadratic() | {"variant": "q" * 120 + "~000003"}
    (element,) = questions(key_of(long))
    assert len(element.findtext("idnumber") or "") <= 100


def test_nothing_outside_feedback_tells_the_solution() -> None:
    made = key_of(quadratic(), without_options("b", "expression"))
    for element in questions(made):
        for told in ("generalfeedback", "graderinfo", "answer"):
            for found in element.findall(told):
                element.remove(found)
        rest = ET.tostring(element, encoding="unicode")
        assert "Product rule" not in rest
        assert r"(\mathbf{A} + \mathbf{A}^{\top})" not in rest
        assert "A + A.T" not in rest


def test_the_bank_names_no_student_and_is_the_same_each_time() -> None:
    first, second = moodle(every_kind()), moodle(json.loads(json.dumps(every_kind())))
    assert first == second
    (data,) = first.values()
    assert b"lovelace" not in data
    assert b"s02-personal" not in data
    assert b"7F3A-2K" not in data
