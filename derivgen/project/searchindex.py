"""An index of the texts of a site, made by Pagefind where that is installed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from derivgen.project.places import INDEX

SCRIPT = f"{INDEX}/pagefind.js"
# What the script of the page fetches; Pagefind has pages and styles of its own, which nobody asks for.
WANTED = re.compile(r"pagefind\.js|pagefind-entry\.json|pagefind\.[^/]*\.pf_meta|wasm\.[^/]*|(?:fragment|index)/[^/]*")
SECONDS = 300
# What stands on every page of steps is no text of it.
LEFT_OUT = "pre, .controls, .next, .legend"

_BODY = '<main id="main_text">'
_FORMULA = re.compile(r"<math\b([^>]*)>.*?</math>", re.DOTALL)
_WORDS = re.compile(r'\balttext="([^"]*)"')
_STEP = re.compile(r'(<div class="step[^>]*?) id="([^"]+)"><h([1-6])>')


class Failed(Exception):
    """Pagefind has made no index."""


def index_of(pages: Mapping[str, str], language: str) -> dict[str, bytes]:
    """The files of an index of pages, given by their files in the site, in turn by the names that they are to have.

    The same pages give the same bytes: Pagefind writes its filters in an order of chance, and is asked for none.
    Raises: Failed if Pagefind refuses.
    """
    with TemporaryDirectory() as folder:
        site, made = Path(folder, "site"), Path(folder, "made")
        for name, page in pages.items():
            file = site / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(for_index(page), encoding="utf-8")
        _run(site, made, language)
        files = ((path.relative_to(made).as_posix(), path) for path in sorted(made.rglob("*")) if path.is_file())
        return {f"{INDEX}/{name}": path.read_bytes() for name, path in files if WANTED.fullmatch(name)}


def _run(site: Path, made: Path, language: str) -> None:
    from pagefind_bin import get_executable

    # One index for all pages, also where one of them is in another language.
    asked = ["--site", str(site), "--output-path", str(made), "--force-language", language, "--silent"]
    command = [str(get_executable()), *asked, "--exclude-selectors", LEFT_OUT]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603  # of our own requirements, our own files
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failed(str(error)) from error
    if done.returncode or not (made / "pagefind.js").is_file():
        raise Failed((done.stderr or done.stdout).strip() or f"it ended with status {done.returncode}")


def for_index(page: str) -> str:
    """The page as Pagefind reads it: formulas in words, and the anchors of steps where it looks for them.

    It is not the page that is published, which bears no marks of a search engine.
    """
    marked = page.replace(_BODY, "<main data-pagefind-body>", 1)
    return _STEP.sub(r'\1><h\3 id="\2">', _FORMULA.sub(_in_words, marked))


def _in_words(formula: re.Match[str]) -> str:
    words = _WORDS.search(formula[1])
    return "" if words is None else f" {words[1]} "
