"""What the pages share is made beside LaTeX, and is in the end that of the pages as they are."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from derivgen.project import commons, due, making
from derivgen.project.ahead import Ahead
from derivgen.project.build import BuildOptions, built
from derivgen.project.manifest import Entry
from derivgen.project.projects import project_of
from derivgen.project.run import Run
from derivgen.project.shared import Shared
from tests.project.later import pdfs_after

SPEC = "title: {title}\nvariables: {{x: vector(n)}}\nfunctions:\n  f: x.T @ x\nderivatives:\n  - f wrt x\n"


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Builds two pages; gives the messages."""
    monkeypatch.chdir(tmp_path)
    Path("specs").mkdir()
    for name in ("one", "two"):
        Path("specs", f"{name}.yaml").write_text(SPEC.format(title=f"Page {name}"), encoding="utf-8")

    def run() -> list[str]:
        project_of.cache_clear()
        told = built((), BuildOptions(Path("build"), ("html",), "none", 1, cross_check=False, search=False))
        return [message for one in told for message in one.messages]

    return run


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done in which order: what is shared, and PDFs, which take until that is made, or a second."""
    found: list[str] = []
    own = making.shared_files

    def noted(run: Run, entries: Sequence[Entry]) -> Shared:
        found.append("shared")
        return own(run, entries)

    monkeypatch.setattr(making, "shared_files", noted)
    monkeypatch.setattr(due, "pdfs", pdfs_after(found, 1))
    return found


def site() -> dict[str, bytes]:
    root = Path("build/site")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_what_is_shared_is_made_once_and_beside_the_pdfs(build: Callable[[], list[str]], order: list[str]) -> None:
    build()
    assert order == ["shared", "PDFs"]
    Path("specs/two.yaml").write_text(SPEC.format(title="A vector's length"), encoding="utf-8")
    order.clear()
    build()
    assert order == ["shared", "PDFs"]
    assert b"A vector&#39;s length" in site()["index.html"]
    order.clear()
    build()
    assert order == ["PDFs"]


def test_pages_that_change_after_all_are_listed_as_they_are(
    build: Callable[[], list[str]], order: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = commons.begin

    def begun_with_others(run: Run, entries: Sequence[Entry]) -> None:
        begin(run, [replace(entry, files=(*entry.files, f"{entry.name}.pdf")) for entry in entries])

    with monkeypatch.context() as patched:
        patched.setattr(commons, "begin", begun_with_others)
        build()
    assert order == ["shared", "PDFs", "shared"]
    later = site()
    shutil.rmtree("build")
    build()
    assert site() == later


def test_what_goes_wrong_ahead_is_told_to_who_asks_for_it() -> None:
    def failing() -> str:
        raise ValueError("no")

    with Ahead() as ahead:
        ahead.begin("text", "a", failing)
        ahead.begin("text", "b", lambda: "made ahead")
        assert ahead.result("text", "b", failing) == "made ahead"
        with pytest.raises(ValueError, match="no"):
            ahead.result("text", "a", lambda: "")


def test_what_was_not_begun_waits_for_its_kind_to_end() -> None:
    done: list[Any] = []

    def slow() -> None:
        time.sleep(0.2)
        done.append("slow")

    with Ahead() as ahead:
        ahead.begin("text", "a", slow)
        ahead.result("text", "b", lambda: done.append("asked for"))
    assert done == ["slow", "asked for"]
