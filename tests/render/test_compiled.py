"""Templates of the package are compiled once, kept where Python keeps code, and never a user's own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment

from derivgen.render.environment import html_environment

NAME = "worked/blocks.html.j2"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that compiled code goes to."""
    folder = tmp_path / "compiled"
    monkeypatch.setattr(sys, "pycache_prefix", str(folder))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_template_of_the_package_is_compiled_once(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    html_environment(None).get_template(NAME)
    assert [name.partition(".cpython")[0] for name in files(kept)] == ["worked.blocks.html"]
    monkeypatch.setattr(Environment, "_generate", None)  # what compiles is gone
    html_environment(None).get_template(NAME)


def test_a_broken_file_is_not_taken(kept: Path) -> None:
    html_environment(None).get_template(NAME)
    [(file, whole)] = [(path, path.read_bytes()) for path in kept.rglob("*") if path.is_file()]
    for broken in (b"", whole[:20], whole[:40], whole[:-9], whole[:-1] + b"."):
        file.write_bytes(broken)
        html_environment(None).get_template(NAME)
        assert files(kept) == {file.name: whole}


def test_a_template_of_a_user_is_not_kept(kept: Path, tmp_path: Path) -> None:
    own = tmp_path / "templates" / NAME
    own.parent.mkdir(parents=True)
    own.write_text("mine", encoding="utf-8")
    assert html_environment(tmp_path / "templates").get_template(NAME).render() == "mine"
    assert files(kept) == {}


def test_nothing_is_written_where_python_writes_no_code(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    html_environment(None).get_template(NAME)
    assert files(kept) == {}
