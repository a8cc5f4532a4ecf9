"""Each kind of fault has a code of its own, and each code is told of in the manual."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import derivgen
from derivgen.codes import NUMBERS, number_of
from derivgen.project.check import checked
from derivgen.project.told import InWords
from derivgen.render.rubric import QUESTIONS

PACKAGE = Path(derivgen.__file__).parent
MAKERS = ("Fault", "fault", "_fault")


def kinds() -> set[str]:
    """What the package gives as the kind of a fault where it makes one."""
    made = {
        node.args[0].value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")) in MAKERS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }
    return {kind for kind in made if " " not in kind} | {
        f"page-{question.name}" for question in QUESTIONS if question.outcome == "of the spec"
    }


def test_every_kind_of_fault_has_a_code() -> None:
    assert kinds() - set(NUMBERS) == set()


def test_no_code_stands_for_two_kinds() -> None:
    assert len(set(NUMBERS.values())) == len(NUMBERS)


def test_a_code_has_three_digits() -> None:
    assert number_of("shape") == "DG-E081"
    assert number_of("no-file") == "DG-E001"


PAGE = (PACKAGE.parent / "docs" / "manual" / "codes.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^### (DG-E\d{3})\n\n(.+)\n\n\*How to mend it:\* (.+)$", PAGE, re.MULTILINE)
EXAMPLES = [(code, found[1]) for code, text, _ in SECTIONS if (found := re.search(r"Example: `(.+)`\.$", text))]

VARIABLES = ("x: vector(n)", "A: matrix(n, n)", "s: scalar", "t: scalar")


def spec_with(example: str) -> str:
    """A spec that has no slip but the example."""
    key = example.partition(":")[0]
    lines = {
        "variables": [line for line in VARIABLES if not line.startswith(f"{key}:") or key == "s"],
        "functions": ["f: x.T @ A @ x"],
        "assume": ["- s > 0"],
        "derivatives": ["- f wrt s", "- f wrt x"],
    }
    if key in ("f", "F", "s"):
        lines["functions"] = [line for line in lines["functions"] if key != "f"] + [example]
    elif key in ("x", "x-y"):
        lines["variables"].append(example)
    elif example.startswith("- s is"):
        lines["assume"] = [example]
    elif example.startswith("- "):
        lines["derivatives"] = [example]
    whole = "".join(f"{name}:\n" + "".join(f"  {line}\n" for line in entries) for name, entries in lines.items())
    if key == "functions" and example != "functions:":
        return whole.replace("functions:\n  f: x.T @ A @ x\n", f"{example}\n")
    return whole if any(example in entries for entries in lines.values()) else f"{whole}{example}\n"


def test_the_manual_tells_of_every_code_in_order() -> None:
    assert [code for code, _, _ in SECTIONS] == [number_of(kind) for kind in NUMBERS]
    assert all(text and mend.endswith(".") for _, text, mend in SECTIONS)


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[code for code, _ in EXAMPLES])
def test_the_examples_of_the_manual_bring_their_codes_about(code: str, example: str, tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(spec_with(example), encoding="utf-8")
    told = list(checked([str(path)], 1, cross_check=False))
    codes = {message.fault.number for one in told for message in one.messages if isinstance(message, InWords)}
    assert code in codes
