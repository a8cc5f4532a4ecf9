"""Names that mean something to SymPy, NumPy, Python, a shell or a terminal are ordinary names here."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from derivgen.cli import main
from derivgen.console import visible
from derivgen.project.check import checked
from derivgen.project.places import page_name

# SymPy's constants and classes, NumPy's and Python's names, Python's keywords, and words of derivgen itself.
NAMES = [
    "I", "E", "N", "S", "Q", "O", "C", "beta", "gamma", "zeta", "Symbol", "oo", "nan", "lambda", "in", "is", "None",
    "True", "class", "def", "import", "async", "np", "numpy", "jax", "derivative", "self", "print", "eval", "exec",
    "__import__", "T", "wrt", "twice", "then", "e", "j", "d", "dx", "df", "v0", "f_", "type", "len",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_other_programs_is_a_name_like_any_other(name: str, tmp_path: Path) -> None:
    path = tmp_path / "names.yaml"
    path.write_text(
        f"variables: {{{name}: scalar}}\nfunctions: {{f: {name}**3 + exp(2*{name})}}\nderivatives: f wrt {name}\n",
        "utf-8",
    )
    told = list(checked([str(path)], 1, cross_check=True))
    assert [(one.status, one.messages) for one in told if one.status] == []


def test_no_name_of_a_file_steers_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31mred\x07.yaml"
    path.write_text("titel: a\n", encoding="utf-8")
    said = CliRunner().invoke(main, ["check", str(path)]).stderr
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "a\\x1b[31mred\\x07.yaml:1:1: there is no key titel" in said


def test_what_would_steer_a_terminal_is_shown_by_its_code() -> None:
    assert visible("a\x1b[2Jb\u202ec\n\td") == "a\\x1b[2Jb\\x202ec\n\td"


@pytest.mark.parametrize(("folder", "name"), [("aux", "aux-"), ("Com1.old", "Com1-.old"), ("auxiliary", "auxiliary")])
def test_no_folder_of_a_site_is_a_device_of_windows(folder: str, name: str) -> None:
    assert page_name(Path("specs", folder, "a.yaml"), Path("specs"), "a") == f"{name}/a"
