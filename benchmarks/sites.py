"""The same pages as sites of derivgen, Material for MkDocs and Sphinx: build time, weight and first paint, in one run.

    python benchmarks/sites.py [--pages 50] [--mathjax FOLDER] [--slower TIMES] [--open 3]

What the others set is what one would write without derivgen: the text of each derivation as Markdown with LaTeX, by
`derivgen derive --format markdown`, its formulas by MathJax from the same server, as most courses do; FOLDER is `es5`
of the npm package mathjax, version 3. Material has its search; Sphinx, where MyST reads the Markdown, has the theme
that comes with it, and Furo where that is installed.

Derivgen's pages have more on them than that text: finer steps, pictures, words for screen readers. `derived` is the
time from the specs: deriving and verifying count for all, since the Markdown does not write itself; for the others
it is that of the command that writes it, from its start as for all commands. Derivgen builds without its second
engine, as it writes the Markdown. `pages` is the time of the pages alone, when all has been
derived and a template has changed; the others never do more than that, and leave the formulas to the reader's
browser. Each is told in seconds of the processors, then of the clock, with as many processes as each tool takes
by itself (`-j auto` for Sphinx); it is the least of three runs.

Pages are opened as a slow phone would: a processor TIMES slower, 1.6 Mbit/s, 150 ms a request, nothing cached, text
compressed as hosts of static pages send it. Bytes are told as they lie on the disk; the weight is the mean of OPEN
pages. Needs the extras of the tests and Chromium, and says what is missing.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from page_weight import COLUMNS, CONFIGURATION, ROOT, SET, Weight, weighed

from derivgen.project.derive import Choice, derived
from derivgen.spec.files import find_specs
from tests.browser import CHROMIUM, Browser, browser

RUNS = 3
Times = tuple[float, float]  # seconds of the processors and of the clock
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
HEADS = ("derived cpu s", "derived s", "pages cpu s", "pages s", *COLUMNS)
SPHINX = """project = "page"
extensions = ["myst_parser"]
myst_enable_extensions = ["dollarmath", "amsmath"]
html_static_path = ["mathjax"]
mathjax_path = "tex-mml-chtml.js"
suppress_warnings = ["myst", "misc"]
"""


@dataclass(frozen=True)
class Site:
    """A built site: its folder, its pages, and the times from the specs and of the pages alone."""

    name: str
    folder: Path
    pages: tuple[str, ...]
    times: tuple[float, ...]


def timed(work: Callable[[], object]) -> Times:
    """The times that a piece of work takes, with those of the programs it starts."""
    before, began = _taken(), time.perf_counter()
    work()
    return _taken() - before, time.perf_counter() - began


def least(times: Sequence[Times]) -> Times:
    """The least time of each kind."""
    processors, clock = zip(*times, strict=True)
    return min(processors), min(clock)


def _taken() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def run(*command: str, folder: Path) -> None:
    """Run a module of Python in a folder; what it imports is compiled once for all runs, as an installer would."""
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**known, "PYTHONPYCACHEPREFIX": str(folder.parent / "compiled")}
    command = (sys.executable, "-m", *command)
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)  # noqa: S603  # our own


def texts(count: int) -> list[tuple[Path, str]]:
    """The first specs of the gallery that derive something, each with its text as Markdown."""
    gallery = ROOT / "specs"
    each = (
        (spec, "".join(told.result for told in derived([str(spec)], Choice("markdown")))) for spec in _specs(gallery)
    )
    return list(islice(((spec, text) for spec, text in each if text), count))


def deriving(content: Sequence[tuple[Path, str]], folder: Path) -> Times:
    """The times of the command that writes these texts."""
    folder.mkdir()
    specs = tuple(str(spec) for spec, _ in content)
    command = partial(run, "derivgen", "derive", "--format", "markdown", *specs, folder=folder)
    return least([timed(command) for _ in range(RUNS)])


def _specs(gallery: Path) -> list[Path]:
    return [spec for spec in find_specs([gallery]) if "\nderivatives:" in spec.read_text(encoding="utf-8")]


def ours(content: Sequence[tuple[Path, str]], folder: Path) -> Site:
    """The site of the specs."""
    for spec, _ in content:
        shutil.copytree(spec.parent, folder / "specs" / spec.parent.name, ignore=_others(content), dirs_exist_ok=True)
    (folder / "derivgen.yaml").write_text("title: page\n", encoding="utf-8")
    # Processes that are done with are not asked for their times: those of the processors are of one process.
    alone, together = (least_of_ours(folder, jobs) for jobs in (("--jobs", "1"), ()))
    times = (alone[0][0], together[0][1], alone[1][0], together[1][1])
    names = tuple(f"{spec.parent.name}/{spec.stem}.html" for spec, _ in content)
    return Site("derivgen", folder / "build" / "site", names, times)


def least_of_ours(folder: Path, jobs: tuple[str, ...]) -> tuple[Times, Times]:
    """The times of our site from the specs and, after a change of a template, of the pages alone."""
    command = ("derivgen", "build", "--format", "html", "--pdf", "none", "--cross-check", "none", *jobs)
    whole: list[Times] = []
    pages: list[Times] = []
    for number in range(RUNS):
        shutil.rmtree(folder / "build", ignore_errors=True)
        whole.append(timed(partial(run, *command, folder=folder)))
        (folder / "templates").mkdir(exist_ok=True)
        (folder / "templates" / "changed.txt").write_text(f"{jobs} {number}", encoding="utf-8")
        pages.append(timed(partial(run, *command, folder=folder)))
    return least(whole), least(pages)


def _others(content: Sequence[tuple[Path, str]]) -> Callable[[str, list[str]], list[str]]:
    """What of a folder is none of the specs."""
    wanted = {str(spec) for spec, _ in content}
    return lambda folder, names: [name for name in names if str(Path(folder) / name) not in wanted]


def mkdocs(content: Sequence[tuple[Path, str]], folder: Path, mathjax: Path) -> tuple[Path, tuple[str, ...]]:
    """The same as a site of Material for MkDocs."""
    docs = folder / "docs"
    names = _written(content, docs)
    (docs / "set.js").write_text(SET, encoding="utf-8")
    shutil.copytree(mathjax, docs / "mathjax")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    return folder / "site", names


def sphinx(
    content: Sequence[tuple[Path, str]], folder: Path, mathjax: Path, *, theme: str
) -> tuple[Path, tuple[str, ...]]:
    """The same as a site of Sphinx in a theme."""
    names = _written(content, folder)
    tree = "\n".join(name.removesuffix(".html") for name in names)
    (folder / "index.md").write_text(f"# Pages\n\n```{{toctree}}\n{tree}\n```\n", encoding="utf-8")
    shutil.copytree(mathjax, folder / "mathjax")
    (folder / "conf.py").write_text(f'{SPHINX}html_theme = "{theme}"\n', encoding="utf-8")
    return folder / "site", names


def _written(content: Sequence[tuple[Path, str]], folder: Path) -> tuple[str, ...]:
    """The texts as files of Markdown; the names of their pages."""
    for spec, text in content:
        path = folder / spec.parent.name / f"{spec.stem}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tuple(f"{spec.parent.name}/{spec.stem}.html" for spec, _ in content)


IN_SPHINX = ("sphinx", "-q", "-j", "auto", "-b", "html", ".", "site")
Prepared = Callable[[Sequence[tuple[Path, str]], Path, Path], tuple[Path, tuple[str, ...]]]
TOOLS: tuple[tuple[str, str, Prepared, tuple[str, ...]], ...] = (
    ("Material for MkDocs", "material", mkdocs, ("mkdocs", "build", "--quiet")),
    ("Sphinx, its own", "alabaster", partial(sphinx, theme="alabaster"), IN_SPHINX),
    ("Sphinx with Furo", "furo", partial(sphinx, theme="furo"), IN_SPHINX),
)


def theirs(content: Sequence[tuple[Path, str]], folder: Path, mathjax: Path | None) -> tuple[list[Site], list[str]]:
    """The sites of the other tools, and those that are left out."""
    sites, missing = [], []
    written = deriving(content, folder / "texts")
    for name, module, prepared, command in TOOLS:
        if mathjax is None or find_spec(module) is None:
            missing.append(f"skipped: {name}; it needs {module} and --mathjax")
            continue
        own = folder / module
        site, pages = prepared(content, own, mathjax)
        taken = least([timed(partial(_clean, site, command, own)) for _ in range(RUNS)])
        whole = (taken[0] + written[0], taken[1] + written[1])
        sites.append(Site(name, site, pages, (*whole, *taken)))
    return sites, missing


def _clean(site: Path, command: tuple[str, ...], folder: Path) -> None:
    shutil.rmtree(site, ignore_errors=True)
    run(*command, folder=folder)


def opened(site: Site, count: int, tab: Browser, slower: float) -> Weight:
    """The mean of some pages, spread over all of them, as a slow phone loads them."""
    chosen = site.pages[:: max(len(site.pages) // count, 1)][:count]
    weights = [weighed(site.name, site.folder, page, tab, slower).values for page in chosen]
    return Weight(site.name, tuple(sum(column) / len(weights) for column in zip(*weights, strict=True)))


def table(rows: Sequence[tuple[str, Sequence[float]]]) -> str:
    """A row for each site."""
    lines = [f"{'':<20}" + "".join(f"{head:>16}" for head in HEADS)]
    for name, values in rows:
        lines.append(f"{name:<20}" + "".join(f"{value:>16,.{2 if value < 100 else 0}f}" for value in values))
    return "\n".join(lines)


def main() -> int:
    """Build the sites, open their pages and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pages", type=int, default=50, help="how many pages the sites have")
    parser.add_argument("--mathjax", type=Path, help="the folder es5 of the npm package mathjax")
    parser.add_argument("--slower", type=float, default=4, help="how many times slower the processor is made")
    parser.add_argument("--open", type=int, default=3, help="how many of the pages are opened")
    options = parser.parse_args()
    if CHROMIUM is None:
        sys.stdout.write("skipped: Chromium is missing\n")
        return 0
    content = texts(options.pages)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        others, missing = theirs(content, folder, options.mathjax)
        sites = [ours(content, folder / "ours"), *others]
        with browser(folder / "profile") as tab:
            tab.ask("Network.enable")
            tab.ask("Network.emulateNetworkConditions", **SLOW_LINE)
            weights = [opened(site, options.open, tab, options.slower) for site in sites]
    rows = [(site.name, (*site.times, *weight.values)) for site, weight in zip(sites, weights, strict=True)]
    sys.stdout.write("\n".join([f"{len(content)} pages", table(rows), *missing]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
