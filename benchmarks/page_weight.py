"""What a page weighs and how soon it is there, beside a page of Material for MkDocs with the same content, in one run.

    python benchmarks/page_weight.py [SPEC.yaml] [--mkdocs COMMAND] [--mathjax FOLDER] [--slower TIMES]

The other page is what `derivgen derive --format markdown` prints, set by Material with MathJax as most courses do.
MATHJAX is the folder `es5` of the npm package mathjax, version 3. Both pages come from a server of this machine and are
opened at the width of a phone by the system's Chromium, with a processor TIMES slower. Text comes compressed, as
hosts of static pages send it; bytes are told as they lie on the disk.
First paint is when the first words are seen, `formulas` when all formulas are set: by MathJax, or for pages without it
in the first picture that shows one in its font. The shift is the layout shift that browsers report.
Needs mkdocs-material, mathjax and Chromium; says so where one is missing.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import CHROMIUM, Browser, browser  # noqa: E402  # the driver of the tests serves here too

WIDTH, HEIGHT = 390, 844
KINDS = {".css": "styles", ".js": "scripts", ".woff2": "fonts", ".woff": "fonts", ".ttf": "fonts"}
COMPRESSED = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript"}
COLUMNS = ("HTML", "styles", "scripts", "fonts", "requests", "first paint ms", "formulas ms", "shift")
CONFIGURATION = """site_name: page
theme: {name: material, font: false}
use_directory_urls: false
markdown_extensions:
  - tables
  - pymdownx.arithmatex: {generic: true}
extra_javascript: [set.js, mathjax/tex-mml-chtml.js]
"""
SET = """window.MathJax = {
  tex: {inlineMath: [["\\\\(", "\\\\)"]], displayMath: [["\\\\[", "\\\\]"]]},
  options: {ignoreHtmlClass: ".*|", processHtmlClass: "arithmatex"}
};
"""
# Before each page: the first picture in which the formulas of a page without MathJax are seen.
WATCHED = """(() => {
  const look = () => {
    const formula = document.querySelector("main math");
    if (formula?.checkVisibility({visibilityProperty: true}) && document.fonts.status === "loaded")
      window.formulasSeen = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""
MEASURED = """new Promise(done => {
  let shift = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) shift += one.value; })
    .observe({type: "layout-shift", buffered: true});
  const paint = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  const set = window.MathJax?.startup?.promise?.then(() => performance.now()) ?? Promise.resolve(0);
  set.then(at => setTimeout(() => done({
    paint: paint(), formulas: at || Math.max(paint(), window.formulasSeen ?? 0), shift,
    loaded: performance.getEntriesByType("resource").map(one => one.name),
  }), 1500));
})"""


@dataclass(frozen=True)
class Weight:
    """One page: bytes by kind, requests, milliseconds, and the layout shift."""

    name: str
    values: tuple[float, ...]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served, on this machine only."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@functools.cache
def _compressed(path: str) -> bytes:
    return gzip.compress(Path(path).read_bytes(), compresslevel=6, mtime=0)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def send_head(self) -> BinaryIO | BytesIO | None:
        """The headers; the body of a text is compressed."""
        path = Path(self.translate_path(self.path))
        if path.suffix not in COMPRESSED or not path.is_file():
            return super().send_head()
        data = _compressed(str(path))
        self.send_response(http.HTTPStatus.OK)
        self.send_header("Content-Type", COMPRESSED[path.suffix])
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)

    def log_message(self, *_: object) -> None:  # the base class prints each request
        """Say nothing."""


def weighed(name: str, folder: Path, page: str, tab: Browser, slower: float) -> Weight:
    """The page of a folder, as Chromium loads it."""
    with served(folder) as address:
        tab.ask("Emulation.setDeviceMetricsOverride", width=WIDTH, height=HEIGHT, deviceScaleFactor=1, mobile=True)
        tab.ask("Emulation.setCPUThrottlingRate", rate=slower)
        tab.ask("Network.setCacheDisabled", cacheDisabled=True)
        watch = tab.ask("Page.addScriptToEvaluateOnNewDocument", source=WATCHED)["identifier"]
        for _ in ("a rehearsal", "the page"):
            tab.waiting.clear()
            tab.ask("Page.navigate", url=f"{address}/{page}")
            tab.awaited(lambda message: message.get("method") == "Page.loadEventFired")
            found = tab.run(MEASURED)
        tab.ask("Page.removeScriptToEvaluateOnNewDocument", identifier=watch)
    sizes = dict.fromkeys(("styles", "scripts", "fonts"), 0)
    files = {urlsplit(one).path.lstrip("/") for one in found["loaded"]}
    for file in files:
        kind = KINDS.get(Path(file).suffix)
        if kind and (folder / file).is_file():
            sizes[kind] += (folder / file).stat().st_size
    html = (folder / page).stat().st_size
    return Weight(name, (html, *sizes.values(), 1 + len(files), found["paint"], found["formulas"], found["shift"]))


def ours(spec: Path, folder: Path) -> tuple[Path, str]:
    """Our site of one spec, and its page in it."""
    command = [sys.executable, "-m", "derivgen", "build", str(spec), "-o", str(folder), "--pdf", "none"]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # our own command
    return folder / "site", f"{spec.stem}.html"


def theirs(spec: Path, folder: Path, mkdocs: str, mathjax: Path) -> tuple[Path, str]:
    """The same content as a site of Material for MkDocs."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    command = [sys.executable, "-m", "derivgen", "derive", str(spec), "--format", "markdown"]
    source = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  # our own command
    (docs / "index.md").write_text(source, encoding="utf-8")
    (docs / "set.js").write_text(SET, encoding="utf-8")
    shutil.copytree(mathjax, docs / "mathjax")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    subprocess.run([mkdocs, "build", "--quiet"], cwd=folder, check=True, capture_output=True)  # noqa: S603  # what was asked for
    return folder / "site", "index.html"


def table(pages: list[Weight]) -> str:
    """A row a page, and one with the ratios of ours to the other."""
    lines = [f"{'':<24}" + "".join(f"{column:>16}" for column in COLUMNS)]
    for page in pages:
        numbers = "".join(f"{value:>16,.{3 if value % 1 else 0}f}" for value in page.values)
        lines.append(f"{page.name:<24}{numbers}")
    if len(pages) == 2:
        pairs = zip(pages[0].values, pages[1].values, strict=True)
        lines.append(f"{'ratio':<24}" + "".join(f"{a / b:>16.2f}" if b else f"{'':>16}" for a, b in pairs))
    return "\n".join(lines)


def main() -> int:
    """Build both pages, open them and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("spec", type=Path, nargs="?", default=ROOT / "specs/11-matrix-calculus/quadratic-form.yaml")
    parser.add_argument("--mkdocs", default=shutil.which("mkdocs"), help="the command of an environment with Material")
    parser.add_argument("--mathjax", type=Path, help="the folder es5 of the npm package mathjax")
    parser.add_argument("--slower", type=float, default=4, help="how many times slower the processor is made")
    options = parser.parse_args()
    if CHROMIUM is None:
        sys.stdout.write("skipped: Chromium is missing\n")
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        pages = [("derivgen", *ours(options.spec, folder / "ours"))]
        if options.mkdocs and options.mathjax:
            other = theirs(options.spec, folder / "theirs", options.mkdocs, options.mathjax)
            pages.append(("Material for MkDocs", *other))
        else:
            sys.stdout.write("skipped: Material for MkDocs; give --mkdocs and --mathjax\n")
        with browser(folder / "profile") as tab:
            found = [weighed(name, site, page, tab, options.slower) for name, site, page in pages]
    sys.stdout.write(table(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
