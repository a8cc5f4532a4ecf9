"""What `derivgen homework check`, `show` and `stats` say of drawn exercises, and what a second build keeps."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from derivgen.cli import main
from derivgen.homework.drawing import drawers_of
from derivgen.homework.draws import Candidate
from derivgen.spec.homework.sheet import load_sheet
from derivgen.spec.project import Project

from .sheets import written

SHEET = """\
homework: Drawn
seed: "7"
variants: 4
exercises:
  - id: quad
    parameters:
      c: {integer: [2, 9]}
      s: {sign: true}
    variables: {x: vector(n), A: "matrix(n, n)"}
    functions:
      f: "{s}*{c}*x.T @ A @ x"
    ask:
      - derivative: f wrt x
        layout: denominator
"""


def run(*arguments: str) -> Result:
    """What the command line answers."""
    return CliRunner().invoke(main, ["homework", *arguments], catch_exceptions=False)


def built(folder: Path, text: str, *options: str) -> list[dict[str, object]]:
    """The lines of variants.jsonl after a build of the sheet."""
    path = written(text, folder)
    result = run("build", str(path), "-o", str(folder / "out"), "--format", "html", "--cross-check", "none", *options)
    assert result.exit_code == 0, result.output
    lines = (folder / "out" / "homework" / "sheet" / "variants.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_check_counts_the_variants_exactly(tmp_path: Path) -> None:
    result = run("check", str(written(SHEET, tmp_path)), "--cross-check", "none")
    assert result.exit_code == 0
    # Eight numbers with two signs.
    assert "quad: 16 different variants\n" in result.output


def test_check_tells_what_is_rejected_and_how_many_steps_a_sheet_takes(tmp_path: Path) -> None:
    path = written(SHEET.replace("[2, 9]", "[0, 3]").replace("variants: 4", "variants: 2"), tmp_path)
    result = run("check", str(path), "--cross-check", "none")
    # With c = 0 the form vanishes, for either sign.
    rejected = "2 of 8 draws rejected: a number takes a part of the function away (2)"
    assert f"quad: 6 different variants, {rejected}\n" in result.output
    assert re.search(r"(\d+) steps to the answers of a sheet: quad \1\n", result.output)


def test_check_refuses_a_class_that_is_larger_than_the_number_of_variants(tmp_path: Path) -> None:
    roster = written("id\n" + "".join(f"s{k}\n" for k in range(17)), tmp_path, "class.csv")
    path = str(written(SHEET.replace("variants: 4", "variants: per-student"), tmp_path))
    refused = run("check", path, "--roster", str(roster), "--cross-check", "none")
    assert refused.exit_code == 1
    assert "no more than 16 variants, and 17 are wanted" in refused.output
    assert run("check", path, "--roster", str(roster), "--cross-check", "none", "--allow-repeats").exit_code == 0


def test_show_prints_the_sheet_that_has_a_code(tmp_path: Path) -> None:
    lines = built(tmp_path, SHEET)
    for line in lines:
        values = line["parameters"]
        assert isinstance(values, dict)
        typed = str(line["code"]).lower().replace("-", " ")
        result = run("show", str(tmp_path / "sheet.yaml"), "--code", typed, "-o", str(tmp_path / "none"))
        number = int(values["s"]) * int(values["c"])
        assert result.exit_code == 0
        assert f"f: {number}*x.T @ A @ x" in result.output
        assert f"denominator: {number}*(A + A.T) @ x   (n x 1)" in result.output


def test_show_finds_a_student_of_the_class_list_and_of_the_last_build(tmp_path: Path) -> None:
    roster = written("id\nada\nbea\n", tmp_path, "class.csv")
    text = SHEET.replace("variants: 4", "variants: per-student")
    ada = next(line for line in built(tmp_path, text, "--roster", str(roster)) if line["id"] == "ada")
    path = str(tmp_path / "sheet.yaml")
    from_list = run("show", path, "--student", "ada", "--roster", str(roster), "-o", str(tmp_path / "none"))
    from_build = run("show", path, "--code", str(ada["code"]), "-o", str(tmp_path / "out"))
    assert from_list.exit_code == from_build.exit_code == 0
    assert str(ada["name"]) in from_list.output
    assert from_list.output == from_build.output


def test_show_tells_the_nearest_code(tmp_path: Path) -> None:
    code = str(built(tmp_path, SHEET)[0]["code"])
    result = run("show", str(tmp_path / "sheet.yaml"), "--code", f"{code[:-1]}?", "-o", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert f"did you mean {code}?" in result.output


def test_stats_count_what_was_rejected_by_rule_and_what_was_kept(tmp_path: Path) -> None:
    path = written(SHEET.replace("[2, 9]", "[0, 3]"), tmp_path)
    result = run("stats", str(path), "--draws", "40")
    assert result.exit_code == 0
    kept, different = map(int, re.findall(r"40 draws, (\d+) kept, (\d+) different", result.output)[0])
    (vanished,) = map(int, re.findall(r"rejected (\d+): a number takes a part", result.output))
    assert kept + vanished == 40
    assert vanished > 0
    assert different <= 6
    assert "1 x n" in result.output


def test_a_second_build_keeps_what_was_handed_out_until_it_is_told_to_redraw(tmp_path: Path) -> None:
    first = built(tmp_path, SHEET)
    other = SHEET.replace('seed: "7"', 'seed: "8"')
    assert built(tmp_path, other) == first
    assert built(tmp_path, other, "--redraw") != first


def test_a_build_refuses_parameters_that_no_longer_admit_what_was_handed_out(tmp_path: Path) -> None:
    built(tmp_path, SHEET)
    path = written(SHEET.replace("[2, 9]", "[20, 90]"), tmp_path)
    result = run("build", str(path), "-o", str(tmp_path / "out"), "--format", "html")
    assert result.exit_code == 1
    assert "can no longer be drawn" in result.output
    assert "--redraw" in result.output


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    files: list[dict[str, bytes]] = []
    for name in ("one", "two"):
        built(tmp_path / name, SHEET)
        root = tmp_path / name / "out"
        files.append({str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()})
    assert files[0] == files[1]


@pytest.mark.parametrize("options", [["--code", "7F3A-2K"], []])
def test_show_without_a_sheet_that_is_meant_lists_those_that_there_are(options: list[str], tmp_path: Path) -> None:
    path = written(SHEET, tmp_path)
    result = run("show", str(path), *options, "-o", str(tmp_path / "none"))
    assert result.exit_code == 1
    assert len(re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{2} \(\d\)", result.output)) == 4


def test_show_knows_who_was_given_a_sheet_and_makes_none_up_for_others(tmp_path: Path) -> None:
    roster = written("id\ns01\ns02\n", tmp_path, "class.csv")
    path = str(written(SHEET.replace("variants: 4", "variants: per-student"), tmp_path))
    out = ("-o", str(tmp_path / "out"))
    made = run("build", path, "--roster", str(roster), "--pdf", "none", "--format", "html", *out)
    assert made.exit_code == 0, made.output
    other = run("show", path, "--student", "s99", *out)
    assert other.exit_code == 1
    assert "no sheet has the student s99" in other.output
    assert "(s01)" in other.output
    assert run("show", path, "--student", "S01", *out).output == run("show", path, "--student", "s01", *out).output


CHOICE = """\
homework: Choices
seed: ch
variants: 4
exercises:
  - id: quad
    parameters:
      c: {integer: [1, 8]}
    variables: {x: vector(n), A: "matrix(n, n)"}
    functions:
      f: "{c}*x.T @ A @ x"
    ask:
      - derivative: f wrt x
        layout: denominator
        answer: choice
        options: {count: 3, from: [assumed_symmetric, dropped_product_term]}
"""


def test_stats_tell_where_the_right_option_stands(tmp_path: Path) -> None:
    told = run("stats", str(written(CHOICE, tmp_path)), "--draws", "60").output
    (found,) = re.findall(r"a: the right option is (.*)", told)
    counts = {letter: int(count) for letter, count in re.findall(r"([a-z]) \((\d+)\)", found)}
    assert sum(counts.values()) == 60
    assert set(counts) <= set("abc")
    assert len(counts) > 1


def test_the_right_option_of_a_draw_is_that_of_the_key(tmp_path: Path) -> None:
    built(tmp_path, CHOICE)
    key = json.loads((tmp_path / "out" / "homework" / "sheet" / "key.json").read_text(encoding="utf-8"))
    sheet = load_sheet(tmp_path / "sheet.yaml", Project(tmp_path)).sheet
    assert sheet is not None
    drawer = drawers_of(sheet)["quad"]
    assert len(key["questions"]) == 4
    for question in key["questions"]:
        found = drawer.judged(tuple(question["parameters"].items()))
        assert isinstance(found, Candidate)
        assert found.name == question["variant"]
        assert found.rights == tuple(option["id"] for option in question["options"] if option["right"])


def test_a_draw_that_leaves_too_few_wrong_answers_is_rejected_by_a_rule_of_its_own(tmp_path: Path) -> None:
    # Two mistakes do not give eight wrong answers.
    path = written(CHOICE.replace("count: 3", "count: 9"), tmp_path)
    result = run("check", str(path), "--cross-check", "none")
    assert result.exit_code == 1
    assert "too few wrong answers can be told apart (200)" in result.output
    assert "set count to" in result.output
