"""`derivgen new`: the course that it makes builds, can be published, and its workflows are well-formed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from derivgen.cli import main
from derivgen.project.projects import project_of


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    project_of.cache_clear()
    assert run("new", "demo").exit_code == 0
    monkeypatch.chdir(tmp_path / "demo")
    yield tmp_path / "demo"
    project_of.cache_clear()


def test_a_new_course_builds_and_a_dry_run_shows_what_would_be_published(demo: Path) -> None:
    built = run("build", "--format", "html")
    assert built.exit_code == 0, built.stderr
    assert "3 pages built" in built.stderr
    assert "<title>Demo</title>" in (demo / "build/site/index.html").read_text("utf-8")
    assert (demo / "build/site/homework/first-sheet.html").is_file()
    published = run("publish", "--dry-run")
    assert published.exit_code == 0
    assert "least-squares.html" in published.stdout
    assert "the current folder is in no git repository" in published.stdout
    assert published.stdout.endswith("nothing was changed: this was a dry run\n")


def test_a_new_course_has_a_sheet_for_each_student(demo: Path) -> None:
    made = run("homework", "build", "specs/homework", "--roster", "class.csv", "--format", "html", "--pdf", "none")
    assert made.exit_code == 0, made.stderr
    assert {path.stem for path in (demo / "build/homework").glob("*/students/*.html")} == {"s01", "s02", "s03"}


@pytest.mark.parametrize(
    "schema", [("vendor.github-workflows", ".github/workflows/pages.yml"), ("vendor.gitlab-ci", ".gitlab-ci.yml")]
)
def test_the_workflows_are_as_their_services_want_them(schema: tuple[str, str], demo: Path) -> None:
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema[0], str(demo / schema[1])]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_what_is_built_is_not_put_under_version_control(demo: Path) -> None:
    assert "build/" in (demo / ".gitignore").read_text("utf-8").splitlines()


def test_a_folder_that_holds_something_stays_as_it_is(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(demo.parent)
    (demo / "derivgen.yaml").write_text("title: Mine\n", "utf-8")
    before = sorted(demo.rglob("*"))
    told = run("new", "demo")
    assert told.exit_code == 1
    assert "there already, and not empty: nothing was changed" in told.stderr
    assert (demo / "derivgen.yaml").read_text("utf-8") == "title: Mine\n"
    assert sorted(demo.rglob("*")) == before


def test_an_empty_folder_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("optimisation-2").mkdir()
    assert run("new", "optimisation-2").exit_code == 0
    assert 'title: "Optimisation 2"' in Path("optimisation-2/derivgen.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["", ".", "..", "-demo", ".hidden", "a/b", "a\nb"])
def test_a_name_that_no_folder_should_have_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    told = run("new", "--", name)
    assert told.exit_code == 1
    assert "mend: " in told.stderr
    assert list((tmp_path / "here").iterdir()) == []


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, f"No space left on device for {len(data)} bytes", str(self))

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "write_bytes", full)
    told = run("new", "demo")
    assert told.exit_code == 4
    assert "No space left" in told.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["course", "my course", "it's", "$(id)"])
def test_the_way_into_a_new_course_can_be_pasted_into_a_shell(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("new", name).stdout.splitlines()
    (way,) = (line.strip() for line in told if line.startswith("  cd "))
    done = subprocess.run(["sh", "-c", f"{way} && pwd"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert Path(done.stdout.removesuffix("\n")).name == name
