"""The manual's table of promises is whole, and each test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "manual" / "promises.md").read_text(encoding="utf-8")
ROWS = [tuple(cell.strip() for cell in row) for row in re.findall(r"^\| (\d+) \|(.*?)\|(.*?)\|$", PAGE, re.MULTILINE)]
ITEMS = dict(re.findall(r"^(\d+)\. (.*)$", PAGE, re.MULTILINE))
TESTS = sorted(
    {
        (path, claim.strip())
        for item in ITEMS.values()
        for path, claims in re.findall(r"`(tests/[^`]+)`: ([^;]+)", item)
        for claim in claims.split(", ")
    }
)


def test_there_are_thirty_promises_in_order() -> None:
    assert [number for number, *_ in ROWS] == list(ITEMS) == [str(number) for number in range(1, 31)]
    assert all(promise.endswith(".") for _, promise, _ in ROWS)


def test_what_is_not_held_says_why() -> None:
    for number, _, state in ROWS:
        assert re.match(r"held$|held for |in part: \w|not yet: \w", state), number
        assert "`tests/" in ITEMS[number] or state.startswith("not yet"), number


@pytest.mark.parametrize(("path", "claim"), TESTS)
def test_a_test_that_holds_a_promise_is_there(path: str, claim: str) -> None:
    module = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    name = f"test_{claim.replace(' ', '_')}"
    assert name in {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
