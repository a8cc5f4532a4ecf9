"""Exercises from banks: pools, extended exercises, old specs, and nothing from outside the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derivgen.homework.drawing import compositions
from derivgen.project.check import checked
from derivgen.spec.homework.sheet import Sheet

from .sheets import loaded, written

SPEC = (
    "title: Square\nvariables: {x: vector(n)}\nfunctions:\n  f: x.T @ x\nderivatives:\n  - f wrt x\n  - f wrt x twice\n"
)
BANK = """\
exercises:
  - id: one
    parameters: {c: {integer: [2, 9]}}
    variables: {x: vector(n), a: vector(n)}
    functions:
      f: "{c} * a.T @ x"
    ask: f wrt x
  - id: two
    variables: {x: vector(n)}
    functions:
      f: norm(x)
    ask: f wrt x
"""
SINGLE = "id: three\nvariables: {x: vector(n)}\nfunctions:\n  f: sum(exp(x))\nask: f wrt x\n"
POOL = "homework: Drawn\nseed: a\nexercises:\n  - pick: 2\n    from: [bank, ../specs/01-square.yaml]\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a bank of a list and a single exercise, and a spec beside it."""
    written("title: Project\n", tmp_path, "derivgen.yaml")
    written(SPEC, tmp_path, "specs/01-square.yaml")
    written(BANK, tmp_path, "sheets/bank/list.yaml")
    written(SINGLE, tmp_path, "sheets/bank/single.yaml")
    return tmp_path


def sheet_of(text: str, project: Path) -> Sheet:
    """The sheet that the text is, without any fault."""
    found = loaded(text, project / "sheets")
    assert found.faults == ()
    assert found.sheet is not None
    return found.sheet


def test_each_student_gets_so_many_of_a_pool_and_all_are_handed_out(project: Path) -> None:
    sheet = sheet_of(POOL, project)
    made = compositions(sheet, [str(k) for k in range(8)], allow_repeats=True)
    picked = [tuple(variant.exercise.id for variant in one.variants) for one in made]
    assert all(len(set(ids)) == 2 for ids in picked)
    assert {name for ids in picked for name in ids} == {"one", "two", "three", "square"}
    assert len(set(picked)) > 3


def test_what_a_student_gets_of_a_pool_changes_little_when_it_grows(project: Path) -> None:
    before = compositions(sheet_of(POOL, project), ["ada", "bea", "emmy"])
    written(SINGLE.replace("three", "four"), project, "sheets/bank/more.yaml")
    after = compositions(sheet_of(POOL, project), ["ada", "bea", "emmy"])
    for old, new in zip(before, after, strict=True):
        assert len({v.name for v in old.variants} & {v.name for v in new.variants}) >= 1


def test_a_spec_is_an_exercise_with_a_question_for_each_derivative(project: Path) -> None:
    text = POOL.replace("[bank, ../specs/01-square.yaml]", "../specs/01-square.yaml").replace("pick: 2", "pick: 1")
    (one,) = compositions(sheet_of(text, project), ["1"])
    (variant,) = one.variants
    assert variant.name == "square"
    assert [derivation.request.text for derivation in variant.derivations] == ["f wrt x", "f wrt x twice"]


def test_an_exercise_extends_another_and_its_own_keys_stand_in_front(project: Path) -> None:
    text = (
        "homework: Drawn\nexercises:\n  - extends: bank/list.yaml#one\n    id: mine\n"
        "    parameters: {c: {integer: [20, 20]}}\n    title: Mine\n"
    )
    (one,) = compositions(sheet_of(text, project), ["1"])
    (variant,) = one.variants
    assert variant.exercise.id == "mine"
    assert variant.exercise.title.value == "Mine"
    assert [function.value for _, function in variant.exercise.functions] == ["20*a.T @ x"]


SLIPS = {
    "no file": ("[bank, ../specs/01-square.yaml]", "[bonk]", "no-file", ""),
    "outside": ("[bank, ../specs/01-square.yaml]", "[../../x.yaml]", "path", ""),
    "absolute": ("[bank, ../specs/01-square.yaml]", "[/etc/passwd]", "path", ""),
    "no such id": ("[bank, ../specs/01-square.yaml]", "[bank/list.yaml#too]", "extends", "did you mean two?"),
    "too many": ("pick: 2", "pick: 9", "value", "from 1 to 4"),
    "none": ("pick: 2", "pick: 0", "value", "from 1 to 4"),
    "no pick": ("pick: 2\n    from", "from", "missing-key", "pick: 2"),
    "a slip in a key": ("pick: 2", "pcik: 2", "unknown-key", "did you mean pick?"),
    "twice": ("[bank, ../", "[bank, bank/single.yaml, ../", "duplicate-id", "rename one"),
}


@pytest.mark.parametrize(("old", "new", "code", "hint"), SLIPS.values(), ids=SLIPS)
def test_a_slip_in_a_pool_is_told(old: str, new: str, code: str, hint: str, project: Path) -> None:
    assert old in POOL
    faults = loaded(POOL.replace(old, new), project / "sheets").faults
    assert [fault for fault in faults if fault.code == code and hint in fault.hint and fault.span], faults


def test_a_circle_of_extended_exercises_is_refused(project: Path) -> None:
    written("id: a\nextends: b.yaml\n", project, "sheets/a.yaml")
    written("id: b\nextends: a.yaml\n", project, "sheets/b.yaml")
    (fault,) = loaded("homework: Drawn\nexercises:\n  - extends: a.yaml\n", project / "sheets").faults
    assert fault.code == "extends"


def test_a_slip_in_a_bank_is_told_in_the_file_of_the_bank(project: Path) -> None:
    written(SINGLE.replace("exp(x)", "exq(x)"), project, "sheets/bank/single.yaml")
    (fault,) = loaded(POOL, project / "sheets").faults
    assert fault.span is not None
    assert (Path(fault.span.file).name, fault.span.line) == ("single.yaml", 4)


def test_a_build_of_the_folder_takes_no_bank_for_a_spec(project: Path) -> None:
    told = [str(message) for one in checked([str(project)], 1, cross_check=False) for message in one.messages]
    assert re.search(r"\b1 of 1\b", told[-1]), told
