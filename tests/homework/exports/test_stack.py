"""The STACK questions of a key: their XML, and their algebra run in Maxima where that is installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from derivgen.expr.nodes import Variable
from derivgen.homework.exports.letters import NoLettersError, instances, lettered, letters_of
from derivgen.homework.exports.stack import stack
from derivgen.syntax.parse import Scope, parse
from tests.homework.sheets import written

from .keys import at_a_point, every_kind, hostile, key_of, quadratic, shown, without_options, words_of
from .made import made_key

needs_maxima = pytest.mark.skipif(shutil.which("maxima") is None, reason="Maxima is not installed")

SHEET = """\
homework: Letters
layout: denominator
exercises:
  - id: quad
    variables: {x: vector(n), A: "matrix(n, n)", b: vector(n)}
    functions: {f: 3*x.T @ A @ x + b.T @ x}
    ask: [{derivative: f wrt x, points: 2}, {derivative: f wrt x twice, layout: both}]
  - id: squares
    variables: {x: vector(n), A: "matrix(m, n)", b: vector(m)}
    functions: {f: "1/2*dot(A @ x - b, A @ x - b)"}
    ask: [{derivative: f wrt x}, {derivative: f wrt A}]
  - id: neuron
    variables: {w: vector(n), x: vector(n), e: scalar}
    functions: {z: "dot(w, x) + e", a: sigmoid(z)}
    ask: [{derivative: a wrt w, layout: numerator}]
  - id: logs
    variables: {X: "matrix(n, n)"}
    assume: [det(X) > 0]
    functions: {f: logdet(X)}
    ask: [{derivative: f wrt X}]
  - id: kinks
    variables: {x: vector(n)}
    functions: {f: norm1(x)}
    ask: [{derivative: f wrt x}]
  - id: value
    variables: {x: vector(n)}
    functions: {f: "dot(x, x)"}
    ask: [{derivative: f wrt x, answer: expression, at: {x: "[1, -2]"}}]
"""


def read(key: dict[str, Any]) -> list[ET.Element]:
    return ET.fromstring(stack(key)["stack.xml"]).findall("question[@type='stack']")  # noqa: S314  # our own file


def text(element: ET.Element, path: str) -> str:
    return element.findtext(f"{path}/text") or ""


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return made_key(written(SHEET, tmp_path_factory.mktemp("stack")))


def maxima(program: str) -> list[str]:
    """What each line of a program displays."""
    script = "display2d:false$ linel:100000$\n" + program
    command = ["maxima", "--very-quiet", f"--batch-string={script}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return re.findall(r"^RESULT (.*?) *$", done.stdout, re.MULTILINE)


# AlgEquiv of STACK for matrices: the same size and entries that simplify to the same.
ALGEBRA = """
same(a,b):=block([d], if matrixp(a)#matrixp(b) then return(false),
 if matrixp(a) and [length(a),length(a[1])]#[length(b),length(b[1])] then return(false),
 d:radcan(fullratsimp(a-b)), if matrixp(d) then is(d=zeromatrix(length(d),length(d[1]))) else is(d=0))$
"""


@needs_maxima
@pytest.mark.parametrize("instance", [0, 1])
def test_every_test_of_every_question_reaches_the_node_that_it_names(sheet: dict[str, Any], instance: int) -> None:
    program, wanted = [ALGEBRA, f"rand(n):={instance}$"], []
    for element in read(sheet):
        program.append("kill(allbut(same, rand))$ " + text(element, "questionvariables").replace(";", "$"))
        nodes = [(node.findtext("tans"), node.findtext("trueanswernote")) for node in element.findall("prt/node")]
        assert [node.findtext("falsenextnode") for node in element.findall("prt/node")][-1] == "-1"
        for test in element.findall("qtest"):
            tree = " else ".join(
                f'if same({test.findtext("testinput/value")},{name}) then "{note}"' for name, note in nodes
            )
            program.append(f'print("RESULT", {tree} else "none")$')
            wanted.append(test.findtext("expected/expectedanswernote"))
    assert maxima("\n".join(program)) == wanted
    assert len(wanted) >= 2 * len(read(sheet))


@needs_maxima
@pytest.mark.parametrize("instance", [0, 1])
def test_maxima_differentiates_to_the_same_answer(sheet: dict[str, Any], instance: int) -> None:
    # Maxima's own diff of the function with letters, entry by entry of the variable: the gradient in denominator
    # layout has the shape of the variable (Magnus and Neudecker, ch. 5 and 9).
    functions = {
        "quad.a": "given_x.(3*given_A.given_x)+given_b.given_x",
        "squares.a": "(given_A.given_x-given_b).(given_A.given_x-given_b)/2",
        "squares.b": "(given_A.given_x-given_b).(given_A.given_x-given_b)/2",
        "logs.a": "log(determinant(given_X))",
    }
    variables = {"quad.a": "given_x", "squares.a": "given_x", "squares.b": "given_A", "logs.a": "given_X"}
    program = [ALGEBRA, f"rand(n):={instance}$"]
    asked = {(element.findtext("idnumber") or "").replace(".stack", ""): element for element in read(sheet)}
    for name, function in functions.items():
        element = asked[name]
        program.append("kill(allbut(same, rand))$ " + text(element, "questionvariables").replace(";", "$"))
        program.append(
            f'print("RESULT", same(matrixmap(lambda([z], diff({function}, z)), {variables[name]}), rightanswer))$'
        )
    assert maxima("\n".join(program)) == ["true"] * len(functions)


def test_what_depends_on_a_sign_is_told_and_left_out(sheet: dict[str, Any]) -> None:
    told = stack(sheet)["left-out.txt"].decode().splitlines()
    assert told == ["kinks.a: not in STACK: its value depends on signs"]
    assert len(read(sheet)) == len(sheet["questions"]) - 1


def test_kinds_that_are_no_matrix_are_told() -> None:
    told = stack(every_kind())["left-out.txt"].decode()
    assert [line.partition(":")[0] for line in told.splitlines()] == [
        "quad~000003.a",
        "quad~000005.a",
        "quad~000003.d",
        "quad~000003.e",
    ]


def test_students_choose_the_size_of_a_matrix_and_a_scalar_has_none() -> None:
    types = {element.findtext("idnumber"): element.findtext("input/type") for element in read(every_kind())}
    assert types == {
        "quad~000003.b.stack": "varmatrix",
        "quad~000003.c.stack": "algebraic",
        "quad~000003.f.stack": "varmatrix",
    }


def test_options_become_nodes_with_their_feedback_and_credit() -> None:
    (element,) = read(key_of(quadratic() | {"answer": "expression"}))
    nodes = {
        node.findtext("trueanswernote"): (node.findtext("truescore"), shown(text(node, "truefeedback")))
        for node in element.findall("prt/node")
    }
    assert nodes == {
        "prt1-correct": ("1", ""),
        "prt1-other_layout": ("0.5", "Right,butintheotherlayout."),
        "prt1-assumed_symmetric": ("0", "Aboutassumed_symmetric."),
        "prt1-dropped_product_term": ("0.25", "Aboutdropped_product_term."),
    }


def test_either_layout_is_right_where_the_question_says_so() -> None:
    (element,) = read(key_of(without_options("b", "expression", layout="both")))
    scores = {node.findtext("trueanswernote"): node.findtext("truescore") for node in element.findall("prt/node")}
    assert scores["prt1-correct"] == scores["prt1-other_layout"] == "1"


def test_a_question_with_a_choice_of_sizes_has_a_note_and_seeds_and_another_has_none() -> None:
    lettered_one, number, _ = read(every_kind())
    assert "{@given_x@}" in text(lettered_one, "questionnote")
    assert len(lettered_one.findall("deployedseed")) == 4
    assert "rand" in text(lettered_one, "questionvariables")
    assert not number.findall("deployedseed")
    assert "rand" not in text(number, "questionvariables")


def test_prompt_solution_and_points_read_back_and_no_sign_of_stack_is_left() -> None:
    made = hostile()
    made["questions"][0]["answer"] = "expression"
    (element,) = read(made)
    (question,) = made["questions"]
    asked = text(element, "questiontext")
    assert shown(asked).startswith(words_of(question["prompt"]))
    assert shown(text(element, "generalfeedback")) == words_of(question["solution"])
    assert float(element.findtext("defaultgrade") or "") == question["points"]
    blocks = re.findall(r"\[\[.*?\]\]|\{@.*?@\}|\{#.*?#\}", asked)
    assert blocks == ["{@x@}", "{@given_x@}", "{@A@}", "{@given_A@}", "[[input:ans1]]", "[[validation:ans1]]"]


def test_the_solution_stands_in_feedback_and_variables_alone() -> None:
    (element,) = read(key_of(without_options("b", "expression")))
    asked = text(element, "questiontext")
    assert "rightanswer" not in asked
    assert "Product rule" not in asked
    assert "A_12+A_21" not in asked


def test_the_bank_names_no_student_and_is_the_same_each_time(sheet: dict[str, Any]) -> None:
    assert stack(sheet) == stack(json.loads(json.dumps(sheet)))
    assert not any(b"lovelace" in data or b"s02-personal" in data for data in stack(every_kind()).values())


# Letters


def test_sizes_of_an_instance_are_distinct_and_above_one() -> None:
    assert instances(("m", "n")) == ({"m": 2, "n": 3}, {"m": 3, "n": 2})
    assert instances(("n",)) == ({"n": 2}, {"n": 3})
    assert instances(()) == ({},)


def test_a_symmetric_matrix_has_each_pair_of_letters_once() -> None:
    scope = Scope({}, frozenset({"n"}))
    shape = parse("ones(n, n)", scope).shape
    assert letters_of(Variable("S", shape, symmetric=True), {"n": 2}) == (("S_11", "S_12"), ("S_12", "S_22"))


@pytest.mark.parametrize("name", ["e", "i", "pi"])
def test_a_scalar_that_is_a_number_to_maxima_gets_a_letter(name: str) -> None:
    scalar = Variable(name, parse("1", Scope({})).shape)
    assert letters_of(scalar, {}) == ((f"{name}_1",),)


@pytest.mark.parametrize("function", ["abs(t)", "sign(t)", "relu(t)", "step(t)", "max(t, 0)", "min(t, 1)"])
def test_no_function_with_a_kink_is_written_without_it(function: str) -> None:
    t = Variable("t", parse("1", Scope({})).shape)
    with pytest.raises(NoLettersError, match="signs"):
        lettered(parse(function, Scope({"t": t})), {}, {"t": (("t",),)})


@pytest.mark.parametrize("function", ["sigmoid(t)", "softplus(t)"])
def test_what_is_the_same_on_both_sides_is_written(function: str) -> None:
    t = Variable("t", parse("1", Scope({})).shape)
    assert "exp" in lettered(parse(function, Scope({"t": t})), {}, {"t": (("t",),)}).text


def test_numbers_are_exact() -> None:
    assert lettered(parse("1/3", Scope({})), {}, {}).text == "(1/3)"


def test_a_rounded_value_is_told() -> None:
    told = stack(key_of(without_options("c", "number", value=at_a_point("0.333", exact=False))))["left-out.txt"]
    assert told == b"quad~000003.c: not in STACK: its numbers are rounded\n"
