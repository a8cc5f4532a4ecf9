"""`derivgen grade` against the contract: verdicts, messages, exit status."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from derivgen.cli import main
from derivgen.project import grade, judging
from tests.answers.keys import key, question

QUADRATIC = """\
layout: denominator
variables:
  x: vector(n)
  A: matrix(n, n)
functions:
  f: x.T @ A @ x
derivatives:
  - f wrt x
"""
CASE = {
    "variables": {"x": "vector(n)", "A": "matrix(n, n)"},
    "functions": {"f": "x.T @ A @ x"},
    "derivative": "f wrt x",
}
PAGE = (Path(__file__).parents[2] / "docs" / "manual" / "grading.md").read_text(encoding="utf-8")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in a folder that holds quadratic.yaml and two.yaml, which asks twice."""
    monkeypatch.chdir(tmp_path)
    Path("quadratic.yaml").write_text(QUADRATIC, encoding="utf-8")
    Path("two.yaml").write_text(QUADRATIC + "  - f wrt x twice\n", encoding="utf-8")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["grade", *arguments])

    return invoke


def judged(run: Run, *lines: object) -> tuple[list[dict[str, object]], int]:
    """The objects that come out for lines that go in, and the exit status; a str goes in as it is."""
    written = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    Path("cases.jsonl").write_text(written + "\n", encoding="utf-8")
    result = run("--cases", "cases.jsonl", "--format", "json")
    return [json.loads(line) for line in result.stdout.splitlines()], result.exit_code


@pytest.mark.parametrize(
    ("answer", "status", "word"),
    [
        ("(A + A.T) @ x", 0, "Right."),
        ("x.T @ (A + A.T)", 1, "other layout"),
        ("2*A @ x", 1, "Not the derivative"),
        ("x^2", 1, "cannot be read"),
    ],
)
def test_one_answer_is_0_if_it_is_correct_and_1_if_not(run: Run, answer: str, status: int, word: str) -> None:
    result = run("quadratic.yaml", "--answer", answer)
    assert result.exit_code == status
    assert word in result.stdout
    assert result.stderr == ""


def test_the_layout_of_the_command_line_wins_over_the_spec(run: Run) -> None:
    assert run("quadratic.yaml", "--layout", "numerator", "--answer", "x.T @ (A + A.T)").exit_code == 0
    assert "in numerator layout" in run("quadratic.yaml", "--layout", "both", "--answer", "x.T @ (A + A.T)").stdout


def test_one_answer_as_json_has_the_keys_of_the_contract(run: Run) -> None:
    result = run("quadratic.yaml", "--answer", "(A + A.T) @ x", "--format", "json")
    found = json.loads(result.stdout)
    bound = found.pop("bound")
    assert found == {"verdict": "correct", "mistake": None, "message": "Right."}
    assert (bound["class"], bound["tolerance"], bound["sizes"]) == ("rational", 1e-9, [{"n": 2}, {"n": 3}])


def test_a_fault_in_an_answer_is_shown_with_a_caret(run: Run) -> None:
    lines = run("quadratic.yaml", "--answer", "(A + q) @ x").stdout.splitlines()
    assert lines[1:] == ["    (A + q) @ x", "         ^"]


def test_an_answer_may_stand_in_a_file(run: Run) -> None:
    Path("answer.txt").write_text("(A +\n  A.T) @ x\n", encoding="utf-8-sig")
    assert run("quadratic.yaml", "--answer-file", "answer.txt").exit_code == 0
    assert run("quadratic.yaml", "--answer-file", "none.txt").exit_code == 1


def test_the_verdict_is_in_the_language_of_the_spec(run: Run) -> None:
    Path("german.yaml").write_text(f"language: de\n{QUADRATIC}", encoding="utf-8")
    assert run("german.yaml", "--answer", "-(A + A.T) @ x").stdout.startswith(
        "Nur das Vorzeichen ist falsch. Nicht die"
    )
    record = json.loads(run("german.yaml", "--answer", "(A + A.T) @ x", "--format", "json").stdout)
    assert (record["verdict"], record["message"]) == ("correct", "Richtig.")
    Path("lines.txt").write_text("df = x.T @ A @ dx\n", encoding="utf-8")
    assert "\nZeile 1: " in run("german.yaml", "--derivation", "lines.txt").stdout


def test_of_several_derivatives_one_is_named(run: Run) -> None:
    result = run("two.yaml", "--answer", "A + A.T")
    assert result.exit_code == 2
    assert '--of "f wrt x"\n' in result.stderr
    assert '--of "f wrt x twice"' in result.stderr
    assert run("two.yaml", "--of", "f  wrt x twice", "--answer", "A + A.T").exit_code == 0
    assert run("two.yaml", "--of", "f wrt A", "--answer", "A + A.T").exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["quadratic.yaml"],
        ["--answer", "x"],
        ["quadratic.yaml", "--answer", "x", "--answer-file", "a"],
        ["quadratic.yaml", "--cases", "a"],
        ["--cases", "a", "--format", "text"],
        ["quadratic.yaml", "--answer", "x", "--layout", "nominator"],
    ],
)
def test_misuse_exits_with_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("file", ["none.yaml", "prose.yaml", "bad.yaml"])
def test_a_spec_that_asks_for_nothing_is_told_and_exits_with_1(run: Run, file: str) -> None:
    Path("prose.yaml").write_text("page: Hello\n", encoding="utf-8")
    Path("bad.yaml").write_text(QUADRATIC.replace("x.T @ A @ x", "x @ A @ x"), encoding="utf-8")
    result = run(file, "--answer", "x")
    assert result.exit_code == 1
    assert file in result.stderr
    assert result.stdout == ""


def test_cases_are_judged_line_by_line_in_order(run: Run) -> None:
    answers = ["x.T @ (A + A.T)", "(A + A.T) @ x", "2*x.T @ A", "x^"]
    found, status = judged(run, *({"id": k, **CASE, "layout": "numerator", "answer": a} for k, a in enumerate(answers)))
    assert [one["id"] for one in found] == [0, 1, 2, 3]
    assert [one["verdict"] for one in found] == ["correct", "other_layout", "mistake", "unparsable"]
    assert all(set(one) == {"id", "verdict", "mistake", "message"} for one in found)
    assert status == 0


def test_a_case_without_a_layout_is_right_in_either(run: Run) -> None:
    found, _ = judged(
        run, {"id": "a", **CASE, "answer": "x.T @ (A + A.T)"}, {"id": "b", **CASE, "answer": "(A + A.T) @ x"}
    )
    assert [one["message"] for one in found] == ["Right, in numerator layout.", "Right, in denominator layout."]


def test_a_derivation_has_a_verdict_for_each_line(run: Run) -> None:
    lines = ["x.T @ A.T + x.T @ A", "2*x.T @ A"]
    (found,), status = judged(run, {"id": 1, **CASE, "layout": "numerator", "lines": lines})
    assert (found["verdict"], found["first_wrong_line"]) == ("mistake", 2)
    assert found["line_verdicts"] == ["correct", "mistake"]
    assert status == 0


def test_assumptions_of_a_case_narrow_the_points(run: Run) -> None:
    case = {"variables": {"x": "scalar"}, "functions": {"f": "abs(x)"}, "derivative": "f wrt x", "answer": "1"}
    found, _ = judged(run, {"id": 1, **case}, {"id": 2, **case, "assume": ["x > 0"]})
    assert [one["verdict"] for one in found] == ["mistake", "correct"]


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[1]",
        "{" * 5000,
        "[" * 200_000,
        {**CASE},
        {**CASE, "answer": "x", "lines": ["x"]},
        {**CASE, "answer": 3},
        {**CASE, "lines": []},
        {**CASE, "lines": "x"},
        {**CASE, "lines": [1]},
        {**CASE, "answer": "x", "layout": "up"},
        {**CASE, "answer": "x", "layout": ["numerator"]},
        {**CASE, "answer": "x", "functions": ["f"]},
        {**CASE, "answer": "x", "functions": {"f": 3}},
        {**CASE, "answer": "x", "derivative": "f wrt q"},
        {**CASE, "answer": "x", "derivative": "f wrt x, A"},
        {**CASE, "answer": "x", "derivative": None},
        {**CASE, "answer": "x", "variables": {"x": "vektor(n)"}},
        {**CASE, "answer": "x", "functions": {"f": "x @ A"}},
        {**CASE, "answer": "x", "assume": ["x >"]},
        {**CASE, "answer": "x", "colour": "red"},
        {**CASE, "answer": "x", "\x1b[31m": 1},
        '{"id": 1, "answer": "\\ud800", "variables": {"\\ud800": "scalar"}, "functions": {}, "derivative": "f wrt x"}',
    ],
    ids=lambda line: ascii(line)[-40:],
)
def test_a_line_that_holds_no_case_is_named_and_loses_no_other(run: Run, line: object) -> None:
    good = {"id": "good", **CASE, "answer": "(A + A.T) @ x"}
    found, status = judged(run, good, line, good)
    assert [one["verdict"] for one in found] == ["correct", "unparsable", "correct"]
    assert str(found[1]["message"]).startswith("line 2 could not be judged: ")
    assert str(found[1]["message"]).isprintable()
    assert status == 1


def test_a_line_that_is_not_utf_8_is_named(run: Run) -> None:
    Path("cases.jsonl").write_bytes(b'{"answer": "\xff"}\n')
    result = run("--cases", "cases.jsonl")
    assert "not UTF-8" in json.loads(result.stdout)["message"]


def test_a_file_that_does_not_exist_is_told(run: Run) -> None:
    result = run("--cases", "none.jsonl")
    assert result.exit_code == 1
    assert "none.jsonl" in result.stderr


def test_the_examples_of_the_manual_are_what_the_program_says(run: Run) -> None:
    (spec,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    Path("specs").mkdir()
    Path("specs/quadratic.yaml").write_text(spec, encoding="utf-8")
    stored = key(question("quad.a"), question("quad.b"))
    Path("key.json").write_text(json.dumps(stored), encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    shown = [one.partition("\n") for block in blocks for one in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    assert len(shown) >= 8
    for command, _, output in shown:
        words = shlex.split(command)
        if words[0] == "cat":
            Path(words[1]).write_text(output, encoding="utf-8")
        else:
            assert run(*words[2:]).stdout == output, command


def test_a_case_that_takes_too_much_work_is_cut_and_the_next_ones_are_judged(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "ANSWER", 0.4)
    # An entry that is named keeps the sizes as they are.
    big = {"variables": {"x": "vector(16)", "A": "matrix(16, 16)"}, "functions": {"f": "exp(x.T @ A @ x + A[1, 2])"}}
    asked = {**CASE, **big}
    hostile = {**asked, "id": 1, "lines": ["f*inv(A) @ x"] * 60}
    found, status = judged(
        run, hostile, {**asked, "id": 2, "answer": "f*(A + A.T) @ x"}, {**CASE, "id": 3, "answer": "A @ A @ x"}
    )
    assert [one["verdict"] for one in found] == ["unparsable", "correct", "wrong"]
    assert status == 0
    assert "takes too long" in str(found[0]["message"])


def test_a_problem_that_never_ends_loses_no_other_case(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grade, "DERIVING", 0.3)
    doubling = {f"f{k}": f"sin(f{k - 1})*cos(f{k - 1})" for k in range(1, 41)}
    endless = {"variables": {"s": "scalar"}, "functions": {"f0": "s*s", **doubling}, "derivative": "f40 wrt s"}
    found, _ = judged(run, {**endless, "answer": "s"}, {**CASE, "answer": "(A + A.T) @ x"})
    assert [one["verdict"] for one in found] == ["unparsable", "correct"]
    assert "more work" in str(found[0]["message"])
