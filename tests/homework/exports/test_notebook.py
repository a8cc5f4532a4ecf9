"""The notebooks of a key: their cells, and what grading them says."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from derivgen.homework.exports.notebook import notebook, variable
from derivgen.homework.leaks import leaks_in, secrets_of
from tests.homework.sheets import SHEET, written

from .keys import every_kind, hostile, key_of, quadratic, without_options
from .made import made_key


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return made_key(written(SHEET, tmp_path_factory.mktemp("notebook")))


def read(key: dict[str, Any]) -> dict[str, Any]:
    (data,) = (data for name, data in notebook(key).items() if name.endswith(".ipynb"))
    found: dict[str, Any] = json.loads(data)
    return found


def cells(key: dict[str, Any], part: str) -> list[dict[str, Any]]:
    return [cell for cell in read(key)["cells"] if cell["metadata"]["nbgrader"]["grade_id"].endswith(part)]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def run(code: str, names: dict[str, Any]) -> Any:
    """What the last line of a cell gives, as in a notebook."""
    *body, last = ast.parse(code).body
    assert isinstance(last, ast.Expr)
    exec(compile(ast.Module(body, []), "cell", "exec"), names)  # noqa: S102  # a cell of ours
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307


def points(key: dict[str, Any], answers: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    (folder / "key.json").write_text(json.dumps(key), encoding="utf-8")
    monkeypatch.setenv("DERIVGEN_KEY", str(folder / "key.json"))
    return [run(source(cell), dict(answers)) for cell in cells(key, "-grade")]


@pytest.mark.parametrize(
    ("first", "second", "earned"),
    [
        ("(A + A.T) @ x", "1 x n", [3, 0.5]),
        ("x.T @ (A + A.T)", "n x 1", [1.5, 0.25]),
        ("A @ x", "n x n", [0, 0]),
        ("", "", [0, 0]),
    ],
)
def test_the_cells_give_the_points_of_the_grader(
    sheet: dict[str, Any],
    first: str,
    second: str,
    earned: list[float],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Petersen and Pedersen, eq. 81; the second question asks for the shape in numerator layout, for half a point.
    assert points(sheet, {"quad_a": first, "quad_b": second}, tmp_path, monkeypatch) == earned


def test_without_a_key_nothing_is_graded(sheet: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DERIVGEN_KEY", raising=False)
    with pytest.raises(RuntimeError, match="your instructor"):
        run(source(cells(sheet, "-grade")[0]), {"quad_a": "x"})


def test_an_answer_that_is_no_text_earns_nothing(sheet: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match="between the quotes"):
        run(source(cells(sheet, "-grade")[0]), {"quad_a": 1})


def test_the_notebook_holds_no_answer(sheet: dict[str, Any]) -> None:
    secrets = tuple(secrets_of(sheet))
    assert secrets
    assert not leaks_in(notebook(sheet), {"key": secrets})
    assert not any(word in str(read(sheet)) for word in ("Product rule", "Both terms"))


def test_answers_are_empty_texts_that_students_may_change(sheet: dict[str, Any]) -> None:
    for cell in cells(sheet, "-answer"):
        assert re.match(r'\w+ = ""\n### BEGIN SOLUTION\n### END SOLUTION$', source(cell))
        assert not cell["metadata"]["nbgrader"]["locked"]
    assert all(cell["metadata"]["nbgrader"]["locked"] for cell in (*cells(sheet, "-grade"), *cells(sheet, "-asked")))


def test_points_stand_in_the_cells_and_in_words(sheet: dict[str, Any]) -> None:
    assert [cell["metadata"]["nbgrader"]["points"] for cell in cells(sheet, "-grade")] == [3, 0.5]
    assert "(3 points)" in source(cells(sheet, "-asked")[0])


def test_cells_have_distinct_ids_in_the_form_of_the_format() -> None:
    for data in (*notebook(every_kind()).values(), *notebook(hostile()).values()):
        found = [cell["id"] for cell in json.loads(data)["cells"]] if data.startswith(b"{") else []
        assert len(set(found)) == len(found)
        assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", one) for one in found)


def test_options_are_shown_in_the_order_of_the_key() -> None:
    asked = source(cells(key_of(quadratic()), "-asked")[0])
    assert re.findall(r"^\((\w)\) \$(.*)\$$", asked, re.MULTILINE) == [
        (option["id"], option["latex"]) for option in quadratic()["options"]
    ]


def test_an_expression_shows_no_options() -> None:
    asked = source(cells(key_of(quadratic() | {"answer": "expression"}), "-asked")[0])
    assert "(a)" not in asked


@pytest.mark.parametrize("name", ["größe.a", "2nd.a", "a-b.a", "x" * 80 + ".a"])
def test_every_id_has_a_name_in_python_of_its_own(name: str) -> None:
    made = variable(quadratic() | {"id": name})
    assert made.isidentifier()
    assert made.isascii()
    assert made != variable(quadratic() | {"id": name.replace("-", "_") + "b"})


def test_each_sheet_has_a_notebook_with_its_variants() -> None:
    files = notebook(key_of(quadratic(3), quadratic(5)))
    assert set(files) == {"nbgrader_config.py", "sheet-7F3A-2K.ipynb", "sheet-7F3A-2M.ipynb"}
    assert rb"$10\\mathbf{A}" in files["sheet-7F3A-2M.ipynb"]
    assert rb"$10\\mathbf{A}" not in files["sheet-7F3A-2K.ipynb"]


def test_hostile_words_stay_words() -> None:
    for cell in cells(hostile(), "-grade"):
        ast.parse(source(cell))
    asked = source(cells(hostile(), "-asked")[0])
    assert "$$" not in asked
    assert "[[" not in asked


def test_a_derivation_has_room_for_lines() -> None:
    (cell,) = cells(key_of(without_options("e", "derivation")), "-answer")
    assert source(cell).startswith('quad_e = """\n"""\n')


def test_notebooks_name_no_student_and_are_the_same_each_time() -> None:
    first = notebook(every_kind())
    assert first == notebook(json.loads(json.dumps(every_kind())))
    assert not any(b"lovelace" in data or b"s02-personal" in data for data in first.values())
