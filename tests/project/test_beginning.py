"""What a build begins with: LaTeX is tried while specs are read."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from derivgen.project import build, cards
from derivgen.project.build import BuildOptions, built
from derivgen.project.engine import Chosen, Tried
from derivgen.project.records import Card
from derivgen.project.survey import Found

SPEC = "variables: {x: vector(n)}\nfunctions:\n  f: x.T @ x\nderivatives:\n  - f wrt x\n"


def test_latex_is_tried_while_specs_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("specs").mkdir()
    Path("specs/one.yaml").write_text(SPEC, encoding="utf-8")
    tried, own = threading.Event(), cards.read_cards

    def choosing(wish: str, _known: Tried | None) -> Chosen:
        tried.set()
        return Chosen("none", message=f"asked for {wish}")

    def reading(found: Sequence[Found], jobs: int | None) -> Sequence[Card]:
        assert tried.wait(30)
        return own(found, jobs)

    monkeypatch.setattr(build, "chosen_engine", choosing)
    monkeypatch.setattr(cards, "read_cards", reading)
    options = BuildOptions(Path("build"), ("html", "pdf"), "latex", 1, cross_check=False, search=False)
    told = [message for one in built((), options) for message in one.messages]
    assert told == ["asked for latex", "1 page built"]


def test_specs_are_read_and_derived_without_what_sheets_need() -> None:
    program = (
        "import sys\nfrom derivgen.project import cards, deriving\n"
        "print([name for name in sys.modules if name.startswith('derivgen.spec.homework')])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told == "[]\n"
