"""The index of the search page: the same from the same pages, made again only when one has changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from derivgen.project import due, keys, searchindex, searching
from derivgen.project.build import BuildOptions, built
from derivgen.project.manifest import Entry
from derivgen.project.projects import project_of
from derivgen.project.run import Run
from tests.project.later import pdfs_after

SPEC = "title: {title}\nvariables: {{x: vector(n)}}\nfunctions:\n  f: x.T @ x\nderivatives:\n  - f wrt x\n"
needs_pagefind = pytest.mark.skipif(
    find_spec("pagefind_bin") is None, reason="needs Pagefind: pip install 'derivgen[search]'"
)

Build = Callable[[], tuple[int, str]]


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Builds two pages; gives the status and the messages."""
    monkeypatch.chdir(tmp_path)
    Path("specs").mkdir()
    for name in ("one", "two"):
        Path("specs", f"{name}.yaml").write_text(SPEC.format(title=f"Page {name}"), encoding="utf-8")

    def run() -> tuple[int, str]:
        project_of.cache_clear()
        told = list(built((), BuildOptions(Path("build"), ("html",), "none", 1, cross_check=False)))
        return max(one.status for one in told), "\n".join(message for one in told for message in one.messages)

    return run


def index() -> dict[str, bytes]:
    root = Path("build/site/pagefind")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@needs_pagefind
def test_the_same_pages_give_the_same_index(build: Build) -> None:
    assert build() == (0, "2 pages built")
    first = index()
    assert {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind"} <= set(first)
    shutil.rmtree("build")
    build()
    assert index() == first


@needs_pagefind
def test_an_index_is_made_when_a_page_has_changed_and_not_before(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    first = index()
    own, made = searchindex.index_of, []

    def counted(pages: Sequence[tuple[str, str]], *others: Any) -> dict[str, bytes]:
        made.append([file for file, _ in pages])
        return own(pages, *others)

    monkeypatch.setattr(searchindex, "index_of", counted)
    build()
    assert made == []
    # All pages are made anew, and are what they were.
    Path("templates").mkdir()
    Path("templates/notes.txt").write_text("no template", encoding="utf-8")
    assert "2 pages built" in build()[1]
    assert made == []
    Path("specs/two.yaml").write_text(SPEC.format(title="A vector's length"), encoding="utf-8")
    build()
    assert made == [["one.html", "two.html"]]
    assert index() != first
    left = [name for name in first if name.startswith("fragment/") and name in index()]
    assert len(left) <= 1  # of the page that is as it was; the other's old text is gone


@needs_pagefind
def test_an_index_made_beside_the_pdfs_is_that_of_a_clean_build(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    order, own = [], searchindex.index_of

    def noted(*arguments: Any) -> dict[str, bytes]:
        order.append("index")
        return own(*arguments)

    monkeypatch.setattr(searchindex, "index_of", noted)
    monkeypatch.setattr(due, "pdfs", pdfs_after(order, 20))
    Path("specs/two.yaml").write_text(SPEC.format(title="A vector's length"), encoding="utf-8")
    build()
    assert order == ["index", "PDFs"]
    beside = index()
    shutil.rmtree("build")
    build()
    assert index() == beside


@needs_pagefind
def test_a_page_that_changes_after_all_is_found_as_it_is(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    begun = searching.begin

    def begun_too_early(run: Run, entries: Sequence[Entry]) -> None:
        made = dict(run.made)
        run.made["two"] = replace(made["two"], files=(("two.html", "as it was not"),))
        begun(run, entries)
        run.made.update(made)

    monkeypatch.setattr(searching, "begin", begun_too_early)
    Path("specs/two.yaml").write_text(SPEC.format(title="A vector's length"), encoding="utf-8")
    assert build() == (0, "2 pages built")
    later = index()
    shutil.rmtree("build")
    build()
    assert index() == later


@needs_pagefind
def test_what_a_person_does_to_the_texts_in_the_cache_changes_no_index(build: Build) -> None:
    build()
    texts = Path("build/cache/search/0")
    assert {path.name for path in texts.iterdir()} == {"one.html", "two.html"}
    (texts / "one.html").write_text("<main data-pagefind-body>no page of ours</main>", encoding="utf-8")
    (texts / "three.html").write_text("<main data-pagefind-body>no page at all</main>", encoding="utf-8")
    Path("specs/two.yaml").write_text(SPEC.format(title="A vector's length"), encoding="utf-8")
    build()
    later = index()
    shutil.rmtree("build")
    build()
    assert index() == later


@needs_pagefind
def test_many_pages_have_several_indexes(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    assert index()["indexes.js"].endswith(b"others = [];\n")
    shutil.rmtree("build")
    monkeypatch.setattr(searchindex, "MANY", 1)
    for number in range(3, 9):
        Path("specs", f"page{number}.yaml").write_text(SPEC.format(title=f"Page {number}"), encoding="utf-8")
    build()
    found = index()
    folders = sorted({name.rpartition("fragment/")[0] for name in found if "fragment/" in name})
    assert 1 < len(folders) <= 8
    others = ", ".join(f'"{folder}"' for folder in folders if folder)
    assert found["indexes.js"].decode().endswith(f"others = [{others}];\n")
    assert sum("fragment/" in name for name in found) == 8
    assert all(f"{folder}pagefind-entry.json" in found for folder in folders)
    assert [name for name in found if "wasm" in name or name.endswith("pagefind.js")] == [
        "pagefind.js", "wasm.en.pagefind", "wasm.unknown.pagefind",
    ]  # fmt: skip
    texts = Path("build/cache/search")
    assert sorted(path.name for path in texts.rglob("*.html")) == sorted(
        f"{p.stem}.html" for p in Path("specs").iterdir()
    )
    monkeypatch.setattr(searchindex, "MANY", 300)
    Path("specs/two.yaml").write_text(SPEC.format(title="A vector's length"), encoding="utf-8")
    build()
    assert not [name for name in index() if name[0].isdigit()]


@needs_pagefind
def test_a_preview_does_without_an_index(build: Build) -> None:
    build()
    list(built((), BuildOptions(Path("build/preview"), ("html",), "none", 1, cross_check=False, search=False)))
    assert not Path("build/preview/site/pagefind").exists()
    assert "wasm" not in Path("build/preview/site/search.html").read_text(encoding="utf-8")


@needs_pagefind
def test_an_index_that_fails_leaves_the_list_and_is_tried_again(
    build: Build, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho no room >&2\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    with monkeypatch.context() as patched:
        patched.setattr("pagefind_bin.get_executable", lambda: broken)
        status, told = build()
        assert status == 0
        assert "no index for the search page, which stays a list: Pagefind says: no room" in told
        assert index() == {}
    assert build()[1] == "2 pages built, all as they were"
    assert "pagefind.js" in index()


def test_without_pagefind_the_page_is_a_list_and_an_old_index_goes(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    monkeypatch.setattr(keys, "_version", lambda _: "")
    build()
    assert index() == {}
    page = Path("build/site/search.html").read_text(encoding="utf-8")
    assert "wasm" not in page
    assert 'href="one.html"' in page


def test_the_index_reads_formulas_in_words_and_finds_steps() -> None:
    page = (
        '<main id="main_text"><h1>The <math alttext="x squared"><msup><mi>x</mi><mn>2</mn></msup></math></h1>'
        '<math><mi>n</mi></math><div class="step standard" id="step-1"><h3><b>1</b></h3></div></main>'
    )
    assert searchindex.for_index(page) == (
        "<main data-pagefind-body><h1>The  x squared </h1>"
        '<div class="step standard"><h3 id="step-1"><b>1</b></h3></div></main>'
    )


@needs_pagefind
def test_where_no_page_can_be_made_nothing_is_said_of_an_index(build: Build) -> None:
    for spec in Path("specs").iterdir():
        spec.write_text(SPEC.format(title="A page").replace("x.T @ x", "x.T @"), encoding="utf-8")
    status, said = build()
    assert status == 1
    assert "the expression ends after @" in said
    assert "index" not in said
    assert "wasm" not in Path("build/site/search.html").read_text(encoding="utf-8")
    for name in ("one", "two"):
        Path("specs", f"{name}.yaml").write_text(SPEC.format(title=f"Page {name}"), encoding="utf-8")
    assert build() == (0, "2 pages built")
    assert "pagefind-entry.json" in index()
