"""What is remembered of an expression is not taken for an equal one that looks different."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from derivgen.expr.memory import remembered_of
from derivgen.expr.nodes import Choice, Variable
from derivgen.expr.sizes import SCALAR
from derivgen.printing.notation import DEFAULT
from derivgen.printing.present import present
from derivgen.render.writer import shown

X, Y = Variable("x", SCALAR), Variable("y", SCALAR)


def test_expressions_that_are_equal_and_look_different_are_shown_as_they_are() -> None:
    closed, opened = (Choice(">", X, Y, X, Y, is_open=is_open) for is_open in (False, True))
    assert closed == opened
    assert shown(closed, DEFAULT) == present(closed, DEFAULT)
    assert shown(opened, DEFAULT) == present(opened, DEFAULT)
    assert shown(closed, DEFAULT) != shown(opened, DEFAULT)


def test_a_function_is_asked_once_for_each_object() -> None:
    asked = []

    @remembered_of
    def noted(value: list[int], more: int) -> int:
        asked.append(value)
        return sum(value) + more

    first, second = [1, 2], [1, 2]
    assert [noted(first, 1), noted(first, 1), noted(second, 1), noted(second, 2)] == [4, 4, 4, 5]
    assert len(asked) == 3


def test_a_process_that_ends_does_not_look_for_cycles() -> None:
    program = (
        "from derivgen.expr.memory import unhurried\n"
        "class Cycle:\n"
        "    def __init__(self): self.own = self\n"
        "    def __del__(self): print('found', flush=True)\n"
        "Cycle()\n"
        "{}"
    )
    found = {
        subprocess.run([sys.executable, "-c", program.format(last)], capture_output=True, text=True, check=True).stdout
        for last in ("", "unhurried()\n")
    }
    assert found == {"found\n", ""}


def test_a_build_of_one_page_is_far_from_looking_for_cycles(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(
        "variables: {x: vector(n)}\nfunctions:\n  f: x.T @ x\nderivatives:\n  - f wrt x\n", encoding="utf-8"
    )
    program = (
        "import gc\nfrom pathlib import Path\nfrom derivgen.expr.memory import unhurried\nunhurried()\n"
        "from derivgen.project.build import BuildOptions, built\n"
        "options = BuildOptions(Path('out'), pdf='typst', jobs=1, search=False)\n"
        "assert [told.status for told in built(['one.yaml'], options)][-1] == 0\n"
        "print(gc.get_count()[0] / gc.get_threshold()[0])"
    )
    told = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert 0.3 < float(told.stdout) < 0.75


def test_a_command_looks_for_no_cycles_while_it_imports(tmp_path: Path) -> None:
    program = (
        "import gc, sys\nfrom derivgen.__main__ import main\n"
        "looked = []\ngc.collect()\ngc.callbacks.append(lambda *told: looked.append(told))\n"
        "sys.argv = ['derivgen', 'rules']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(len(looked), gc.isenabled(), file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stderr == "0 True\n"
