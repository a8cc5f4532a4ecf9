"""Starting is quick, and the calculus and the judging of answers need nothing but Python itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import derivgen

ROOT = Path(derivgen.__file__).parents[1]
HEAVY = ("sympy", "numpy", "mpmath", "jinja2", "pylatex", "typst", "yaml", "markdown_it")

LIST_HEAVY = f"""
import sys
from click.testing import CliRunner
from derivgen.cli import main
result = CliRunner().invoke(main, sys.argv[1:])
assert result.exit_code == 0, result.output
print([name for name in {HEAVY!r} if name in sys.modules])
"""

# `-I -S` leaves the standard library on the path and nothing else; only derivgen is added.
IMPORT_ALONE = """
import importlib, pathlib, sys
root = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(root))
for part in sys.argv[2:]:
    for path in sorted((root / "derivgen" / part).rglob("*.py")) or [root / "derivgen" / (part + ".py")]:
        name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        importlib.import_module(name)
print(sorted({name.split(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - {"__main__", "derivgen"}))
"""


def python(*arguments: str) -> str:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=environment, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--help"], ["derive", "--help"], ["build", "--help"], ["grade", "--help"]],
    ids=" ".join,
)
def test_asking_for_words_imports_none_of_the_heavy_packages(arguments: list[str]) -> None:
    assert python("-c", LIST_HEAVY, *arguments) == "[]"


def test_answers_and_all_below_import_with_the_standard_library_alone() -> None:
    parts = ("errors", "expr", "syntax", "printing", "problem", "calculus", "answers")
    assert python("-I", "-S", "-c", IMPORT_ALONE, str(ROOT), *parts) == "[]"


SET_AGAIN = """
import pathlib, sys
from click.testing import CliRunner
from derivgen.cli import main
result = CliRunner().invoke(main, ["build", "--format", "html", "--jobs", "1"])
assert "1 page built" in result.output, result.output
names = ("markdown_it", "derivgen.project.deriving", "derivgen.render.rubric", "derivgen.calculus.derive")
print([name for name in names if name in sys.modules])
pathlib.Path("templates").mkdir(exist_ok=True)
pathlib.Path("templates", "notes.txt").write_text("a change of all pages")
"""


def test_a_page_that_is_kept_before_any_format_is_set_without_what_derives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs").mkdir()
    spec = "variables: {x: vector(n)}\nfunctions: {f: x.T @ x}\nderivatives: [f wrt x]\n"
    (tmp_path / "specs" / "square.yaml").write_text(spec, encoding="utf-8")
    told = [
        subprocess.run([sys.executable, "-c", SET_AGAIN], capture_output=True, text=True, check=True).stdout.strip()
        for _ in range(2)
    ]
    assert told == [
        "['markdown_it', 'derivgen.project.deriving', 'derivgen.render.rubric', 'derivgen.calculus.derive']",
        "[]",
    ]


def test_module_and_command_tell_one_version() -> None:
    assert python("-m", "derivgen", "--version") == f"derivgen {derivgen.__version__}"


def test_the_command_has_python_look_for_cycles_less_often() -> None:
    told = python("-c", "import gc; print(gc.get_threshold()[0])")
    program = """
import gc, sys
from derivgen.__main__ import main
sys.argv = ["derivgen", "--help"]
try:
    main()
except SystemExit:
    print(gc.get_threshold()[0])
"""
    assert int(python("-c", program).splitlines()[-1]) > int(told)
