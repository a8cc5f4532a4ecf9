"""A process that has read a spec for the list of pages makes its page without reading it again."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivgen.project import loaded
from derivgen.project.loaded import read_early, taken
from derivgen.project.projects import project_of

SPEC = "variables:\n  x: vector(n)\nfunctions:\n  f: x.T @ x\nderivatives:\n  - f wrt x\n"


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "square.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return path


def test_a_spec_is_read_once_for_its_card_and_its_page(spec: Path) -> None:
    project = project_of(spec.parent)
    found = read_early(spec, project)
    assert taken(spec, project) is found
    assert taken(spec, project) is not found


def test_a_spec_that_has_changed_meanwhile_is_read_again(spec: Path) -> None:
    project = project_of(spec.parent)
    read_early(spec, project)
    spec.write_text(SPEC.replace("x.T @ x", "2*x.T @ x"), encoding="utf-8")
    found = taken(spec, project).problem
    assert found is not None
    assert found == read_early(spec, project).problem


def test_a_spec_of_another_project_is_read_again(spec: Path) -> None:
    found = read_early(spec, project_of(spec.parent))
    project_of.cache_clear()
    assert taken(spec, project_of(spec.parent)) is not found


def test_a_spec_that_has_gone_is_told(spec: Path) -> None:
    project = project_of(spec.parent)
    read_early(spec, project)
    spec.unlink()
    assert taken(spec, project).faults
    assert read_early(spec, project).faults


def test_only_so_many_are_kept(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loaded, "MOST", 0)
    project = project_of(spec.parent)
    assert taken(spec, project) is not read_early(spec, project)
