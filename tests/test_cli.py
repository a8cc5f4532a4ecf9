"""The command line against the contract: results, messages, and exit status."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import pytest
from click.testing import CliRunner, Result

from derivgen.cli import main

NEURON = """\
title: One neuron
variables:
  w: vector(n)
  x: vector(n)
  b: scalar
functions:
  z: w.T @ x + b
derivatives:
  - z wrt w
"""
BY_A_FUNCTION = """\
variables:
  A: matrix(m, n)
  x: vector(n)
functions:
  u: A @ x
  v: u**2
  f: v.T @ v + sum(v)
derivatives:
  - f wrt v
"""
SHAPES_DIFFER = NEURON.replace("w.T @ x", "w @ x")

DERIVATIVE = {
    *("request", "of", "wrt", "order", "method", "verified", "cross_check"),
    *("layouts", "steps", "readings", "others", "conditions"),
}
LAYOUT = {"shape", "text", "latex", "mathml", "python", "arguments"}
STEP = {
    *("number", "subgoal", "rule", "also", "name", "left"),
    *("text", "latex", "why", "shape", "conditions", "check", "changed"),
}

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in an empty folder that holds specs/neuron.yaml."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/neuron.yaml").write_text(NEURON, encoding="utf-8")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    return invoke


COMMANDS = ("build", "check", "derive", "grade", "homework", "new", "playground", "publish", "rules", "schema", "serve")


def test_only_commands_that_exist_are_listed(run: Run) -> None:
    assert sorted(main.commands) == sorted(COMMANDS)
    assert run("--help").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["biuld"], "build"),
        (["derive", "a.yaml", "--fromat", "json"], "--format"),
        (["derive", "a.yaml", "--format", "jsn"], "json"),
        (["build", "--format", "htlm"], "html"),
        (["build", "--pdf", "latx"], "latex"),
    ],
    ids=["command", "option", "choice", "list", "engine"],
)
def test_a_slip_of_the_pen_is_misuse_and_names_the_nearest_word(run: Run, arguments: list[str], meant: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert meant in result.stderr.rpartition("Did you mean")[2]
    assert result.stdout == ""


@pytest.mark.parametrize(
    "command", [["check", "specs", "--format", "json"], ["build", "--format", "html", "--messages", "json"]]
)
def test_what_is_wrong_is_told_to_programs_as_data(run: Run, command: list[str]) -> None:
    Path("specs/a.yaml").write_text(SHAPES_DIFFER + "layuot: both\n", encoding="utf-8")
    result = run(*command)
    assert result.exit_code == 1
    first, second = map(json.loads, result.stdout.splitlines())
    assert first == {
        "file": "specs/a.yaml",
        "line": 7,
        "column": 6,
        "end_column": 11,
        "code": "DG-E081",
        "message": "cannot multiply w (n x 1) by x (n x 1)",
        "hint": "the inner sizes 1 and n differ; did you mean w.T @ x?",
    }
    assert (second["line"], second["column"], second["code"]) == (10, 1, "DG-E031")
    assert "DG-E" not in result.stderr


def test_faults_stay_data_when_a_build_knows_them_from_before(run: Run) -> None:
    Path("specs/a.yaml").write_text(SHAPES_DIFFER, encoding="utf-8")
    command = ("build", "--format", "html", "--messages", "json")
    first, second = run(*command), run(*command)
    assert json.loads(second.stdout)["code"] == "DG-E081"
    assert (second.stdout, second.exit_code) == (first.stdout, 1)


@pytest.mark.parametrize("declared", [[], ["--var", "y: scalar"]])
def test_who_has_no_file_is_told_how_to_declare_a_name_on_the_command_line(run: Run, declared: list[str]) -> None:
    result = run("derive", "x.T @ x", "--wrt", "x", *declared)
    assert result.exit_code == 1
    assert '\n  mend: declare it: --var "x: vector(n)", or scalar, or matrix(m, n)\n' in result.stderr


def test_where_all_is_well_programs_are_told_nothing(run: Run) -> None:
    result = run("check", "specs", "--format", "json")
    assert (result.exit_code, result.stdout) == (0, "")


def test_faults_stay_data_when_they_come_from_other_processes(run: Run) -> None:
    for number in range(6):
        Path(f"specs/{number}.yaml").write_text(SHAPES_DIFFER, encoding="utf-8")
    result = run("check", "specs", "--format", "json", "--jobs", "2")
    assert [json.loads(line)["file"] for line in result.stdout.splitlines()] == [f"specs/{n}.yaml" for n in range(6)]


@pytest.mark.parametrize(
    "arguments",
    [
        ["derive"],
        ["check"],
        ["derive", "x", "--var", "x: scalar"],
        ["derive", "x", "y", "--wrt", "x"],
        ["build", "--jobs", "0"],
    ],
    ids=["no spec", "no path", "no wrt", "two expressions", "no jobs"],
)
def test_misuse_exits_with_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_derive_writes_the_derivation_to_standard_output_alone(run: Run) -> None:
    result = run("derive", "specs/neuron.yaml")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "One neuron" in result.stdout
    assert "x.T" in result.stdout


def test_json_has_the_keys_of_the_contract(run: Run) -> None:
    answer = json.loads(run("derive", "specs/neuron.yaml", "--format", "json").stdout)
    assert list(answer) == ["spec", "title", "derivatives", "faults"]
    assert (answer["spec"], answer["title"], answer["faults"]) == ("specs/neuron.yaml", "One neuron", [])
    (found,) = answer["derivatives"]
    assert set(found) == DERIVATIVE
    assert (found["request"], found["of"], found["wrt"], found["order"]) == ("z wrt w", "z", ["w"], 1)
    assert found["verified"] is True
    assert found["cross_check"]["by"] == "sympy"
    assert found["cross_check"]["agrees"] is True
    numerator, denominator = found["layouts"]["numerator"], found["layouts"]["denominator"]
    assert (numerator["shape"], numerator["text"], numerator["arguments"]) == (["1", "n"], "x.T", ["x"])
    assert (denominator["shape"], denominator["text"]) == (["n", "1"], "x")
    assert set(numerator) == set(denominator) == LAYOUT
    for step in found["steps"]:
        assert set(step) == STEP
        assert step["name"]
        assert step["why"]
        assert step["check"]["points"] >= 1
    assert found["steps"][-1]["text"] == numerator["text"]


def test_a_program_by_a_function_is_called_with_the_variables(run: Run) -> None:
    Path("specs/by.yaml").write_text(BY_A_FUNCTION, encoding="utf-8")
    (found,) = json.loads(run("derive", "specs/by.yaml", "--format", "json").stdout)["derivatives"]
    numerator = found["layouts"]["numerator"]
    assert (numerator["text"], numerator["arguments"]) == ("(2*v + ones(m)).T", ["A", "x"])
    scope: dict[str, Any] = {"np": numpy}
    exec(numerator["python"], scope)  # noqa: S102  # our own source, on purpose
    found = scope["derivative"](A=numpy.array([[1.0, 2.0], [0.0, 3.0]]), x=numpy.array([[1.0], [1.0]]))
    assert found.tolist() == [[19.0, 19.0]]


def test_a_folder_is_one_object_a_line_in_the_order_of_the_paths(run: Run) -> None:
    Path("specs/a").mkdir()
    Path("specs/a/b.yaml").write_text(NEURON, encoding="utf-8")
    Path("specs/c.yaml").write_text(SHAPES_DIFFER, encoding="utf-8")
    result = run("derive", "specs", "--format", "json")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["spec"] for answer in answers] == ["specs/a/b.yaml", "specs/c.yaml", "specs/neuron.yaml"]
    assert result.exit_code == 1


def test_one_bad_request_loses_nothing_else(run: Run) -> None:
    Path("specs/neuron.yaml").write_text(NEURON + "  - z wrt q\n", encoding="utf-8")
    result = run("derive", "specs/neuron.yaml", "--format", "json")
    good, bad = json.loads(result.stdout)["derivatives"]
    assert good["layouts"]["numerator"]["text"] == "x.T"
    assert set(bad) == {"request", "faults"}
    assert (bad["faults"][0]["line"], bad["faults"][0]["column"]) == (10, 11)
    assert result.exit_code == 1
    assert "specs/neuron.yaml:10:11: " in result.stderr


def test_a_fault_is_told_with_place_caret_and_remedy(run: Run) -> None:
    Path("specs/neuron.yaml").write_text(SHAPES_DIFFER, encoding="utf-8")
    result = run("derive", "specs/neuron.yaml")
    head, line, caret, remedy = result.stderr.rstrip("\n").split("\n")
    assert head.startswith("specs/neuron.yaml:7:6: ")
    assert line.strip() == "z: w @ x + b"
    assert caret.strip().strip("^") == ""
    assert remedy.startswith("  mend: ")
    assert result.exit_code == 1


def test_an_expression_needs_no_file(run: Run) -> None:
    arguments = ["derive", "b.T @ A @ x", "--wrt", "x", "--answer-only"]
    variables = ["--var", "x: vector(n)", "--var", "A: matrix(m, n)", "--var", "b: vector(m)"]
    assert run(*arguments, *variables, "--layout", "denominator").stdout == "A.T @ b\n"
    assert run(*arguments, *variables, "--layout", "numerator").stdout == "b.T @ A\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["-x.T @ x", "--wrt", "x", "--var", "x: vector(n)"],
        ["--wrt=x", "--var", "x: vector(n)", "-x.T @ x"],
        ["--wrt", "x", "--var", "x: vector(n)", "--", "-x.T @ x"],
    ],
)
def test_an_expression_may_begin_with_a_minus(run: Run, arguments: list[str]) -> None:
    result = run("derive", "--answer-only", "--layout", "denominator", *arguments)
    assert (result.exit_code, result.stdout) == (0, "-2*x\n")


def test_an_expression_without_wrt_is_told_what_is_missing(run: Run) -> None:
    result = run("derive", "x.T @ A @ x")
    assert result.exit_code == 1
    assert "--wrt" in result.stderr


def test_the_answers_of_both_layouts_are_told_apart(run: Run) -> None:
    lines = run("derive", "specs/neuron.yaml", "--answer-only").stdout.splitlines()
    assert lines == ["z wrt w, numerator layout, 1 x n: x.T", "z wrt w, denominator layout, n x 1: x"]


@pytest.mark.parametrize(("form", "mark"), [("latex", "\\begin{align*}"), ("markdown", "$$")])
def test_other_forms_show_steps_and_answers(run: Run, form: str, mark: str) -> None:
    shown = run("derive", "specs/neuron.yaml", "--format", form).stdout
    assert mark in shown
    assert "\\mathbf{x}^{\\top}" in shown


def test_check_writes_nothing(run: Run, tmp_path: Path) -> None:
    result = run("check", "specs")
    assert result.exit_code == 0
    assert result.stderr == "1 of 1 specs are well\n"
    assert [path.name for path in tmp_path.iterdir()] == ["specs"]


def test_check_tells_every_fault_and_exits_with_1(run: Run) -> None:
    Path("specs/bad.yaml").write_text(SHAPES_DIFFER.replace("b: scalar", "b: skalar"), encoding="utf-8")
    result = run("check", "specs")
    assert result.exit_code == 1
    assert "specs/bad.yaml:5:6: " in result.stderr
    assert "specs/bad.yaml:7:6: " in result.stderr
    assert "1 of 2 specs are well, 1 failed" in result.stderr


def test_rules_lists_the_catalogue_and_tells_one_rule(run: Run) -> None:
    assert "d-product" in run("rules").stdout
    assert "identify-scalar-vector" in run("rules", "identify-scalar-vector").stdout
    unknown = run("rules", "d-produkt")
    assert unknown.exit_code == 1
    assert "did you mean d-product?" in unknown.stderr


def test_without_specs_it_says_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "specs/neuron.yaml").unlink()
    result = run("build")
    assert result.exit_code == 1
    assert "derivatives:" in result.stderr


def test_what_the_machine_refuses_is_one_line_and_4(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where the folder should be", encoding="utf-8")
    result = run("build", "-o", "out", "--pdf", "none")
    assert result.exit_code == 4
    assert result.stderr.splitlines()[-1].startswith("derivgen: the machine refused: ")
    assert result.stderr.splitlines()[-1].endswith("; a file stands where a folder is to be; name another folder")
    assert "Traceback" not in result.stderr


def test_a_bug_is_told_as_ours_with_its_trace(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import derivgen.project.rules

    monkeypatch.setattr(derivgen.project.rules, "catalogue", lambda: 1 / 0)
    result = run("rules")
    assert result.exit_code == 5
    assert "ZeroDivisionError" in result.stderr
    assert "this is a bug of derivgen" in result.stderr


def test_a_bug_in_one_spec_loses_those_of_no_other(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import derivgen.render.json

    made = derivgen.render.json.answer
    Path("specs/other.yaml").write_text(NEURON, encoding="utf-8")

    def answer(file: str, *arguments: Any, **named: Any) -> Any:
        if file.endswith("neuron.yaml"):
            raise ZeroDivisionError
        return made(file, *arguments, **named)

    monkeypatch.setattr(derivgen.render.json, "answer", answer)
    result = run("derive", "specs", "--format", "json")
    assert result.exit_code == 5
    assert [json.loads(line)["spec"] for line in result.stdout.splitlines()] == ["specs/other.yaml"]
    assert "specs/neuron.yaml: its derivations are not printed" in result.stderr
    assert "this is a bug of derivgen" in result.stderr


def start(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    root = str(Path(__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-m", "derivgen", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_ctrl_c_ends_quietly_with_130(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"s{number}.yaml").write_text(NEURON, encoding="utf-8")
    process = start("build", ".", "-o", "out", "--pdf", "none", "--jobs", "2", cwd=tmp_path)
    assert process.stderr is not None
    process.stderr.readline()  # the first page is made
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, messages = process.communicate(timeout=30)
    assert process.returncode == 130
    assert time.monotonic() - began < 3
    assert "Traceback" not in messages
    assert list(tmp_path.rglob("*.part")) == []


def test_ctrl_c_while_starting_ends_quietly_with_130() -> None:
    program = """
import sys
from derivgen.__main__ import main

class Interrupting:
    def find_spec(self, name, *_):
        if name == "derivgen.cli":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
sys.argv = ["derivgen", "rules"]
main()
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["--version", "rules", "check specs"])
def test_what_is_closed_leads_nowhere_and_is_no_bug(command: str, closed: str) -> None:
    program = f'"$0" -m derivgen {command} {closed}'
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(
        ["sh", "-c", program, sys.executable], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"s{number}.yaml").write_text(NEURON, encoding="utf-8")
    process = start("derive", ".", cwd=tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    messages = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=30) == 0
    assert messages == ""


def test_a_spec_is_read_from_standard_input() -> None:
    result = CliRunner().invoke(main, ["derive", "-", "--format", "json"], input=NEURON)
    assert result.exit_code == 0
    (found,) = json.loads(result.stdout)["derivatives"]
    assert found["layouts"]["denominator"]["text"] == "x"


def test_a_fault_of_standard_input_has_its_place() -> None:
    result = CliRunner().invoke(main, ["derive", "-"], input=SHAPES_DIFFER)
    assert result.exit_code == 1
    assert "-:7:6: cannot multiply w (n x 1) by x (n x 1)" in result.stderr


def test_answers_are_read_from_standard_input() -> None:
    case = {"id": 7, "variables": {"x": "vector(n)"}, "functions": {"f": "x.T @ x"}, "derivative": "f wrt x"}
    lines = "".join(json.dumps({**case, "answer": answer}) + "\n" for answer in ("2*x", "x"))
    result = CliRunner().invoke(main, ["grade", "--cases", "-", "--format", "json"], input=lines)
    judged = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(one["id"], one["verdict"]) for one in judged] == [(7, "correct"), (7, "mistake")]
