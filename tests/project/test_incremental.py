"""A second build makes what has changed and nothing else, and ends where a clean build would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import derivgen
from derivgen.project import deriving, keys
from derivgen.project.build import BuildOptions, built
from derivgen.project.documents import _slugs
from derivgen.project.projects import project_of
from tests.project.torn import everything

SQUARE = (
    "title: The square of {name}\nvariables: {{{name}: scalar}}\n"
    "functions:\n  f: {name}**2\nderivatives:\n  - f wrt {name}\n"
)
LINE = "title: A line\nvariables: {w: vector(n), x: vector(n)}\nfunctions:\n  z: w.T @ x\nderivatives:\n  - z wrt w\n"
HALF = LINE.replace("- z wrt w", "- z wrt w\n  - q wrt w").replace("  z:", "  q: w @ x\n  z:")
SHOWS = "title: Two answers\npage: |\n  {{derivation b}}\n"
WIDE = SQUARE.format(name="x").replace("derivatives", "remarks: |\n  A letter: 漢.\nderivatives")
LONG_AGO = 1_000_000_000
HEAVY = (
    "sympy",
    "jinja2",
    "pylatex",
    "typst",
    "yaml",
    "markdown_it",
    "derivgen.calculus.derive",
    "derivgen.document.worked",
    "multiprocessing",
)


@dataclass(frozen=True)
class Outcome:
    """How a build ended, what it said, and which pages it made."""

    status: int
    messages: str
    made: tuple[str, ...]


def run(*paths: str, output: str = "build", **options: Any) -> Outcome:
    project_of.cache_clear()
    _slugs.cache_clear()
    chosen: dict[str, Any] = {"formats": ("html", "tex"), "pdf": "none", "jobs": 1, "cross_check": False, **options}
    told = list(built(paths or ("specs",), BuildOptions(Path(output), **chosen)))
    made = tuple(one.progress.rpartition(": ")[2] for one in told if one.progress)
    messages = "\n".join(message for one in told for message in one.messages)
    return Outcome(max(one.status for one in told), messages, made)


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def whole(folder: str = "build") -> dict[str, bytes]:
    return everything(Path(folder))


@pytest.fixture(autouse=True)
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four specs in a project with templates of its own."""
    monkeypatch.chdir(tmp_path)
    write("derivgen.yaml", "title: A course\n")
    for name in "abd":
        write(f"specs/{name}.yaml", SQUARE.format(name=name))
    write("specs/c.yaml", LINE)


def assert_equals_a_clean_build(**options: Any) -> None:
    run(output="clean", **options)
    assert whole() == whole("clean")


def test_where_nothing_has_changed_nothing_is_made() -> None:
    assert run().made == ("a", "b", "c", "d")
    before = {path: path.stat().st_mtime_ns for path in Path("build").rglob("*") if path.is_file()}
    again = run()
    assert (again.status, again.messages, again.made) == (0, "4 pages built, all as they were", ())
    assert {path: path.stat().st_mtime_ns for path in before} == before


def change_function() -> None:
    write("specs/b.yaml", SQUARE.format(name="b").replace("b**2", "b**3"))


def change_title() -> None:
    write("specs/b.yaml", SQUARE.format(name="b").replace("The square", "Something"))


def change_of_long_ago() -> None:
    change_function()
    os.utime("specs/b.yaml", (LONG_AGO, LONG_AGO))


def change_of_the_same_length() -> None:
    stamp = Path("specs/b.yaml").stat()
    write("specs/b.yaml", SQUARE.format(name="b").replace("b**2", "b**7"))
    os.utime("specs/b.yaml", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def touch() -> None:
    os.utime("specs/b.yaml", (LONG_AGO, LONG_AGO))


def change_template() -> None:
    write("templates/worked/style.tex.j2", "% plain\n")


def change_project() -> None:
    write("derivgen.yaml", "title: Another course\n")


def remove() -> None:
    Path("specs/d.yaml").unlink()


def remove_after_a_build_that_was_killed() -> None:
    """Without a manifest, as after a first build that did not end."""
    Path("build/cache/manifest.json").unlink()
    remove()


def add() -> None:
    write("specs/e.yaml", SQUARE.format(name="e"))


def edit_output() -> None:
    write("build/site/c.html", "mine")


def remove_output() -> None:
    Path("build/site/c.tex").unlink()


def edit_index() -> None:
    write("build/site/index.html", "mine")


def edit_record() -> None:
    record = Path("build/cache/pages/c.json")
    record.write_bytes(record.read_bytes().replace(b"c.html", b"a.html"))


def edit_cards() -> None:
    record = Path("build/cache/cards.json")
    record.write_bytes(record.read_bytes().replace(b"A line", b"Mine"))


def empty_record() -> None:
    write("build/cache/pages/c.json", "")


def edit_document() -> None:
    """Spoil a page before its formats, where the title of its neighbour makes it be set again."""
    document = Path("build/cache/documents/c.json")
    document.write_bytes(document.read_bytes().replace(b"line", b"lion"))
    change_title()


ALL = ("a", "b", "c", "d")
CHANGES: dict[Callable[[], None], tuple[str, ...]] = {
    change_function: ("b",),
    # What is to be derived is made before what is only set again.
    change_title: ("b", "a", "c"),
    change_of_long_ago: ("b",),
    change_of_the_same_length: ("b",),
    touch: (),
    change_template: ALL,
    change_project: ALL,
    remove: ("c",),
    remove_after_a_build_that_was_killed: ("c",),
    add: ("e", "d"),
    edit_output: ("c",),
    remove_output: ("c",),
    edit_index: (),
    edit_record: ("c",),
    edit_cards: (),
    empty_record: ("c",),
    edit_document: ("b", "c", "a"),
}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_makes_its_pages_and_ends_where_a_clean_build_would(change: Callable[[], None]) -> None:
    run()
    change()
    again = run()
    assert (again.status, again.made) == (0, CHANGES[change])
    assert_equals_a_clean_build()


@pytest.mark.parametrize(
    "options", [{"formats": ("html", "json")}, {"cross_check": True}, {"formats": ("html",)}], ids=str
)
def test_another_option_makes_all_pages(options: dict[str, Any]) -> None:
    run()
    assert run(**options).made == ALL
    assert_equals_a_clean_build(**options)


def test_another_version_makes_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr(derivgen, "__version__", "99.0")
    keys.program.cache_clear()
    try:
        assert run().made == ALL
    finally:
        keys.program.cache_clear()


def test_a_template_is_changed_without_deriving_again(monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    change_template()

    def derived_again(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(deriving, "worked", derived_again)
    assert run().made == ALL


def test_what_there_was_to_say_of_a_page_is_said_again() -> None:
    write("specs/b.yaml", HALF)
    first, second = run(), run()
    assert first.status == second.status == 1
    assert second.made == ()
    assert "specs/b.yaml:4:6: cannot multiply" in first.messages
    assert second.messages == f"{first.messages}, all as they were"


def test_a_spec_without_a_page_is_told_again_and_not_tried_again() -> None:
    write("specs/b.yaml", HALF.replace("  - z wrt w\n", ""))
    first, second = run(), run()
    assert first.status == second.status == 1
    assert second.made == ()
    assert "specs/b.yaml:4:6: cannot multiply" in second.messages
    assert second.messages == f"{first.messages}, all as they were"
    assert_equals_a_clean_build()
    write("specs/b.yaml", LINE)
    assert set(run().made) == {"a", "b", "c"}
    assert_equals_a_clean_build()


def test_messages_name_the_spec_as_it_is_named_now(tmp_path: Path) -> None:
    write("specs/b.yaml", HALF)
    run()
    assert f"{tmp_path}/specs/b.yaml:4:6: " in run(str(tmp_path / "specs")).messages


def test_a_page_that_shows_another_spec_follows_it() -> None:
    write("specs/shows.yaml", SHOWS)
    run()
    assert run().made == ()
    change_function()
    assert run().made == ("b", "shows")
    assert_equals_a_clean_build()


def test_what_was_made_while_its_spec_changed_is_not_kept() -> None:
    text = Path("specs/b.yaml").read_text(encoding="utf-8")
    steps = built(("specs",), BuildOptions(Path("build"), ("html",), "none", 1, cross_check=False))
    for told in steps:
        if told.progress.endswith(": a"):  # All is read, and the page of b comes next.
            change_function()
        if told.progress.endswith(": b"):
            write("specs/b.yaml", text)
    assert run(formats=("html",)).made == ("b",)
    assert_equals_a_clean_build(formats=("html",))


def test_letters_of_the_systems_fonts_are_set_each_time() -> None:
    write("specs/b.yaml", WIDE)
    options: dict[str, Any] = {"formats": ("html", "pdf"), "pdf": "typst"}
    run(**options)
    assert run(**options).made == ("b",)


def test_a_single_spec_of_a_site_leaves_the_others_as_they_are() -> None:
    run()
    change_title()
    assert run("specs/b.yaml").made == ("b",)
    run()
    assert_equals_a_clean_build()


def derivgen_build(output: str, *more: str, seed: str = "0") -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "derivgen", "build", "specs", "-o", output, "--pdf", "typst", *more]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment, start_new_session=True)


def test_hash_seeds_and_processes_do_not_reach_the_bytes() -> None:
    builds = [derivgen_build("build", "--jobs", "1"), derivgen_build("clean", "--jobs", "4", seed="4711")]
    assert [build.wait() for build in builds] == [0, 0]
    assert whole() == whole("clean")


@pytest.mark.slow
def test_after_kills_in_the_middle_a_build_ends_where_a_clean_one_would() -> None:
    began = time.monotonic()
    assert derivgen_build("clean").wait() == 0
    took = time.monotonic() - began
    for part in (0.4, 0.7, 0.9):
        build = derivgen_build("build")
        time.sleep(part * took)
        os.killpg(build.pid, signal.SIGKILL)
        build.wait()
    assert derivgen_build("build").wait() == 0
    assert whole() == whole("clean")


def test_two_builds_at_once_both_end_well() -> None:
    builds = [derivgen_build("build"), derivgen_build("build")]
    assert [build.wait() for build in builds] == [0, 0]
    assert derivgen_build("clean").wait() == 0
    assert whole() == whole("clean")


def test_where_nothing_has_changed_nothing_is_imported_that_makes_pages() -> None:
    assert derivgen_build("build").wait() == 0
    program = f"""
import sys
from pathlib import Path
from derivgen.project.build import BuildOptions, built
print([one.messages for one in built(["specs"], BuildOptions(Path("build"), pdf="typst"))][-1])
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert made.stdout.splitlines() == ["('4 pages built, all as they were',)", "[]"]


@pytest.mark.parametrize("library", [*keys.LIBRARIES, "pagefind_bin"])
def test_versions_of_libraries_are_those_that_python_tells(library: str) -> None:
    try:
        version = metadata.version(library)
    except metadata.PackageNotFoundError:
        version = ""
    assert keys._version(library) == version
