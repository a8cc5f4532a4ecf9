"""`derivgen publish` with real git and a real remote: what goes out, and what stops it."""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from derivgen.cli import main
from derivgen.project.build import BuildOptions, built
from derivgen.project.projects import project_of
from derivgen.project.publish import PublishOptions, published

SQUARE = "title: The square\nvariables: {x: scalar}\nfunctions:\n  f: x**2\nderivatives:\n  - f wrt x\n"
SPEC = Path("specs/square.yaml")


def git(*arguments: str, folder: Path = Path()) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def build() -> int:
    project_of.cache_clear()
    return max(told.status for told in built((), BuildOptions(Path("build"), ("html",), "none", 1, cross_check=False)))


def publish(branch: str = "gh-pages", remote: str = "origin", *, dry_run: bool = False) -> tuple[int, str]:
    told = list(published(PublishOptions(Path("build"), remote, branch, dry_run)))
    return max(one.status for one in told), "\n".join(line for one in told for line in (one.result, *one.messages))


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A built course in a repository whose remote is a bare one beside it."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder = tmp_path / "course"
    (folder / SPEC.parent).mkdir(parents=True)
    (folder / SPEC).write_text(SQUARE, encoding="utf-8")
    monkeypatch.chdir(folder)
    git("init", "-q", "--bare", str(tmp_path / "remote.git"))
    git("init", "-q", "-b", "main")
    git("remote", "add", "origin", str(tmp_path / "remote.git"))
    assert build() == 0
    yield folder
    project_of.cache_clear()


def refs(course: Path) -> str:
    return git("for-each-ref", folder=course) + git("for-each-ref", folder=course.parent / "remote.git")


def test_the_published_tree_is_the_site(course: Path) -> None:
    status, told = publish()
    assert (status, "published " in told) == (0, True)
    copy = course.parent / "copy"
    git("clone", "-q", "-b", "gh-pages", str(course.parent / "remote.git"), str(copy))
    there = {path.relative_to(copy).as_posix(): path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    there = {name: data for name, data in there.items() if not name.startswith(".git/")}
    site = Path("build/site")
    here = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert there == {**here, ".nojekyll": b""}


def test_a_second_time_it_goes_on_from_what_another_copy_has_published(course: Path) -> None:
    assert publish()[0] == 0
    other = course.parent / "other"
    git("clone", "-q", "-b", "gh-pages", str(course.parent / "remote.git"), str(other))
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "other", folder=other)
    git("push", "-q", folder=other)
    SPEC.write_text(SQUARE.replace("The square", "A parabola"), encoding="utf-8")
    build()
    assert publish()[0] == 0
    assert len(git("log", "--format=%s", "gh-pages", folder=course.parent / "remote.git").splitlines()) == 3


def test_a_dry_run_lists_the_files_and_changes_nothing(course: Path) -> None:
    before = refs(course)
    status, told = publish(dry_run=True)
    assert status == 0
    assert "square.html" in told
    assert told.endswith("nothing was changed: this was a dry run")
    assert refs(course) == before == ""


def test_without_a_build_it_says_to_build(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (course / "empty").mkdir()
    monkeypatch.chdir(course / "empty")
    assert publish() == (
        1,
        "\nnothing is published: there is no site in build/site\n  mend: run `derivgen build` first",
    )


BAD = SQUARE + "  - f wrt q\n"


@pytest.mark.parametrize(
    ("spec", "builds", "reason"),
    [
        (BAD, True, "the build failed for specs/square.yaml"),
        (SQUARE.replace("x**2", "x +"), True, "the build failed for specs/square.yaml"),
        (SQUARE + "summary: New.\n", False, "specs/square.yaml has changed"),
        ("", False, "specs/square.yaml is gone"),
    ],
    ids=["one request of two", "the whole spec", "changed since", "removed since"],
)
def test_a_site_that_is_not_what_the_specs_say_is_refused(course: Path, spec: str, builds: bool, reason: str) -> None:
    if spec:
        SPEC.write_text(spec, encoding="utf-8")
    else:
        SPEC.unlink()
    if builds:
        assert build() == 1
    status, told = publish()
    assert status == 1
    assert reason in told
    assert refs(course) == ""


def test_a_spec_that_was_never_built_is_told(course: Path) -> None:
    (course / "specs/new.yaml").write_text(SQUARE, encoding="utf-8")
    assert "specs/new.yaml is new" in publish()[1]


def test_a_failed_spec_is_remembered_when_another_one_is_built(course: Path) -> None:
    (course / "specs/bad.yaml").write_text(BAD, encoding="utf-8")
    assert build() == 1
    options = BuildOptions(Path("build"), ("html",), "none", 1, cross_check=False)
    assert max(told.status for told in built(("specs/square.yaml",), options)) == 0
    assert "the build failed for specs/bad.yaml" in publish()[1]


@pytest.mark.usefixtures("course")
def test_a_build_that_did_not_end_is_refused() -> None:
    SPEC.write_text(SQUARE.replace("x**2", "x**3"), encoding="utf-8")
    run = built((), BuildOptions(Path("build"), ("html",), "none", 1, cross_check=False))
    next(iter(run))
    del run  # as Ctrl-C would
    assert "the last build did not end" in publish()[1]


def test_a_link_in_the_site_is_refused(course: Path) -> None:
    (course / "secret").write_text("secret", encoding="utf-8")
    (course / "build/site/page.html").symlink_to(course / "secret")
    assert "page.html is a link" in publish()[1]


@pytest.mark.usefixtures("course")
def test_the_branch_that_is_worked_on_is_refused() -> None:
    assert "main is the branch that you work on" in publish("main")[1]


@pytest.mark.usefixtures("course")
def test_a_remote_that_is_not_there_is_told_with_those_that_are() -> None:
    status, told = publish(remote="upstream")
    assert status == 1
    assert "has no remote upstream\n  mend: the remotes are origin" in told


def test_outside_of_a_repository_it_says_so(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(course.parent))
    (course / ".git").rename(course / "git")
    status, told = publish()
    assert status == 1
    assert "the current folder is in no git repository" in told


def test_a_push_that_fails_is_told_in_the_words_of_git(course: Path) -> None:
    git("remote", "set-url", "origin", str(course.parent / "nowhere.git"))
    status, told = publish()
    assert status == 1
    assert "git cannot push to origin: " in told


@pytest.mark.usefixtures("course")
def test_without_ghp_import_it_is_3_and_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ghp_import", None)
    status, told = publish()
    assert status == 3
    assert "pip install ghp-import" in told


SHEET = (
    "homework: Sheet\nlayout: denominator\nexercises:\n  - id: q\n    variables:\n      x: vector(n)\n"
    "      A: matrix(n, n)\n    functions:\n      f: x.T @ A @ x\n    ask:\n      - derivative: f wrt x\n"
)


@pytest.mark.parametrize("form", ["text", "latex", "python"])
def test_a_site_that_holds_an_answer_of_a_key_is_refused(course: Path, form: str) -> None:
    (course / "specs/sheet.yaml").write_text(SHEET, encoding="utf-8")
    assert build() == 0
    done = CliRunner().invoke(main, ["homework", "build", "specs/sheet.yaml", "--format", "html"])
    assert done.exit_code == 0, done.output
    assert publish(dry_run=True)[0] == 0
    (question,) = json.loads((course / "build/homework/sheet/key.json").read_text(encoding="utf-8"))["questions"]
    answer = question["layouts"]["denominator"][form]
    (course / "build/site/mine.html").write_text(f"<p>{html.escape(answer)}</p>", encoding="utf-8")
    status, told = publish()
    assert status == 1
    assert "the site holds answers of homework: mine.html holds the answer to q" in told
    assert refs(course) == ""
