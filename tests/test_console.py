"""How far a build is, on a terminal."""

from __future__ import annotations

import pytest

from derivgen.console import bar


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of sixty columns."""
    monkeypatch.setenv("COLUMNS", "60")


def test_a_bar_shows_how_much_is_done() -> None:
    assert bar("30 of 120: chain-rule") == "[#####---------------] 30 of 120: chain-rule"
    assert bar("PDFs by LaTeX: 2 of 2") == "[####################] PDFs by LaTeX: 2 of 2"


def test_what_tells_no_numbers_has_no_bar() -> None:
    assert bar("sample: homework/first") == "sample: homework/first"


def test_a_line_is_never_longer_than_the_terminal() -> None:
    assert len(bar(f"1 of 9: {'long-name-' * 20}")) == 59
