"""The search page of the gallery in Chromium: from a disk, without scripts, and with an index from a server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from derivgen.project import searchindex
from derivgen.project.build import BuildOptions, built
from tests.browser import CHROMIUM, Browser, browser
from tests.nodefiles import AXE, VIOLATIONS
from tests.sites import SiteFile

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")]

WIDTH = 1000
SPEC = "title: A page\nvariables: {x: vector(n)}\nfunctions:\n  f: x.T @ x\nderivatives:\n  - f wrt x\n"
SHOWN = "[...document.querySelectorAll('.found > li')].filter(one => one.getClientRects().length)"
TITLES = f"{SHOWN}.map(one => new URL(one.querySelector('.entry a').href).pathname.replace(/.*\\/site\\/|^\\//, ''))"
STATUS = "document.querySelector('.search [role=status]').textContent"
TYPE = """(async () => {
  const field = document.querySelector('.search [name=NAME]');
  field.focus();
  field.value = VALUE;
  field.dispatchEvent(new Event('input', {bubbles: true}));
  await new Promise(done => setTimeout(done, 50));
})()"""
# The engine is there, and has answered.
INDEXED = """(async () => {
  for (let turn = 0; turn < 200; turn++) {
    if (document.documentElement.dataset.search && document.querySelector('.excerpt')) return true;
    await new Promise(done => setTimeout(done, 50));
  }
  return false;
})()"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


class Quiet(SimpleHTTPRequestHandler):
    """A server that does not talk."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a server of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def enter(chromium: Browser, name: str, value: str) -> None:
    chromium.run(TYPE.replace("NAME", name).replace("VALUE", repr(value)))


def test_from_a_disk_the_list_is_narrowed_down_by_titles_and_rules(gallery_site: Path, chromium: Browser) -> None:
    chromium.open(gallery_site / "search.html", width=WIDTH)
    every = chromium.run(TITLES)
    assert len(every) > 100
    assert chromium.run(STATUS) == f"{len(every)} of {len(every)} pages"
    enter(chromium, "q", "Quadratic  FORM")  # of the title or of a summary
    found = chromium.run(TITLES)
    assert "11-matrix-calculus/quadratic-form.html" in found
    assert len(found) < 10
    assert chromium.run(STATUS) == f"{len(found)} of {len(every)} pages"
    enter(chromium, "q", "product rule")  # the name of a rule of its steps, in none of its titles
    assert "01-scalar-rules/product-rule.html" in chromium.run(TITLES)
    enter(chromium, "q", "x transpose")  # a formula is found by its words
    assert "11-matrix-calculus/symmetric-quadratic-form.html" in chromium.run(TITLES)
    enter(chromium, "q", "nothing has this word")
    assert chromium.run(TITLES) == []


def test_the_list_is_narrowed_down_by_chapter_rule_and_shape(gallery_site: Path, chromium: Browser) -> None:
    chromium.open(gallery_site / "search.html", width=WIDTH)
    enter(chromium, "chapter", "Matrix calculus")
    chapter = chromium.run(TITLES)
    assert {address.partition("/")[0] for address in chapter} == {"11-matrix-calculus"}
    enter(chromium, "shape", "matrix-matrix")
    both = chromium.run(TITLES)
    assert "11-matrix-calculus/inverse-by-the-matrix.html" in both
    assert "11-matrix-calculus/determinant.html" not in both
    enter(chromium, "shape", "")
    enter(chromium, "rule", "d-inv")
    assert "11-matrix-calculus/functions-of-the-inverse.html" in chromium.run(TITLES)


def test_a_search_can_be_sent_to_others(gallery_site: Path, chromium: Browser) -> None:
    state = "q=softmax&chapter=Models+of+machine+learning"
    chromium.open(gallery_site / "search.html", width=WIDTH, fragment=state)
    found = chromium.run(TITLES)
    assert "12-machine-learning/softmax.html" in found
    assert all(one.startswith("12-machine-learning/") for one in found)
    enter(chromium, "q", "norm")
    assert chromium.run("location.hash") == "#q=norm&chapter=Models+of+machine+learning"


def test_without_scripts_the_page_is_the_list(gallery_site: Path, chromium: Browser) -> None:
    chromium.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        chromium.open(gallery_site / "search.html", width=WIDTH)
        assert len(chromium.run(TITLES)) > 100
        assert chromium.run("document.querySelector('.search').getClientRects().length") == 0
    finally:
        chromium.ask("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.skipif(find_spec("pagefind_bin") is None, reason="needs Pagefind: pip install 'derivgen[search]'")
def test_from_a_server_the_texts_of_the_pages_are_searched(gallery_site: Path, chromium: Browser) -> None:
    # Below the root of the server, as most courses are.
    with served(gallery_site.parent) as server:
        address = f"{server}/{gallery_site.name}"
        chromium.open(f"{address}/search.html", width=WIDTH)
        enter(chromium, "q", "broadcasts complain")  # in a remark of one page
        assert chromium.run(INDEXED)
        found = chromium.run(TITLES)
        assert found[0] == "10-the-loss/gradient-descent.html"
        marked = chromium.run("[...document.querySelectorAll('.excerpt mark')].map(one => one.textContent)")
        assert "broadcasts" in [word.strip(".,;:").lower() for word in marked]
        # Results lead to the very place, and every one of them is there.
        hrefs = chromium.run("[...document.querySelectorAll('.excerpt a')].map(one => one.href)")
        for href in hrefs:
            path, _, anchor = href.removeprefix(f"{address}/").partition("#")
            assert anchor in SiteFile(gallery_site / path).anchors
        if AXE is not None:
            chromium.run(AXE.read_text(encoding="utf-8"))
            assert chromium.run(VIOLATIONS) == []
        loaded = chromium.run("performance.getEntriesByType('resource').map(one => one.name)")
        assert any("/pagefind/" in one for one in loaded)
        assert all(one.startswith((address, "data:")) for one in loaded)


@pytest.mark.skipif(find_spec("pagefind_bin") is None, reason="needs Pagefind: pip install 'derivgen[search]'")
def test_pages_of_several_indexes_are_found_together(
    tmp_path: Path, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searchindex, "MANY", 1)
    (tmp_path / "specs").mkdir()
    for number in range(8):
        (tmp_path / "specs" / f"page{number}.yaml").write_text(SPEC, encoding="utf-8")
    list(built((str(tmp_path / "specs"),), BuildOptions(tmp_path / "out", ("html",), "none", 1, cross_check=False)))
    assert (tmp_path / "out/site/pagefind/1/pagefind-entry.json").is_file()
    with served(tmp_path / "out") as server:
        chromium.open(f"{server}/site/search.html", width=WIDTH)
        enter(chromium, "q", "the variable")  # in no title
        assert chromium.run(INDEXED)
        assert sorted(chromium.run(TITLES)) == [f"page{number}.html" for number in range(8)]
        assert chromium.run("document.querySelectorAll('.excerpt mark').length") >= 8


@pytest.mark.skipif(find_spec("pagefind_bin") is None, reason="needs Pagefind: pip install 'derivgen[search]'")
def test_no_other_page_may_run_a_search_engine(gallery_site: Path) -> None:
    allowed = [path.name for path in gallery_site.rglob("*.html") if "wasm" in path.read_text(encoding="utf-8")]
    assert allowed == ["search.html"]
