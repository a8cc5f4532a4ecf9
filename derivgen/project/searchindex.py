"""An index of the texts of a site, made by Pagefind where that is installed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from derivgen.project.files import Folder, files_below
from derivgen.project.keys import digest, key, program, sealed, unsealed
from derivgen.project.places import INDEX

SCRIPT = f"{INDEX}/pagefind.js"
# What the script of the page fetches; Pagefind has pages and styles of its own, which nobody asks for.
WANTED = re.compile(r"pagefind\.js|pagefind-entry\.json|pagefind\.[^/]*\.pf_meta|wasm\.[^/]*|(?:fragment|index)/[^/]*")
SECONDS = 300
# What stands on every page of steps is no text of it.
LEFT_OUT = "pre, .controls, .next, .legend"
# Where the cache has pages as Pagefind reads them, and from which pages they were made.
TEXTS, TEXTS_RECORD = "search", "texts.json"

_BODY = '<main id="main_text">'
_FORMULA = re.compile(r"<math\b([^>]*)>.*?</math>", re.DOTALL)
_WORDS = re.compile(r'\balttext="([^"]*)"')
_STEP = re.compile(r'(<div class="step[^>]*?) id="([^"]+)"><h([1-6])>')


class Failed(Exception):
    """Pagefind has made no index."""


def index_of(pages: Sequence[tuple[str, str]], site: Folder, cache: Folder, language: str) -> dict[str, bytes]:
    """The files of an index of pages, each given by its file in the site and its hash, by the names they are to have.

    The same pages give the same bytes: Pagefind writes its filters in an order of chance, and is asked for none.
    Raises: Failed if Pagefind refuses.
    """
    _prepare(pages, site, cache)
    if not pages:
        return {}
    with TemporaryDirectory() as folder:
        _run(cache.path(TEXTS), Path(folder), language)
        made = Folder(Path(folder))
        return {f"{INDEX}/{name}": made.read(name) or b"" for name in files_below(made.root) if WANTED.fullmatch(name)}


def _prepare(pages: Sequence[tuple[str, str]], site: Folder, cache: Folder) -> None:
    """Have the pages in the cache as Pagefind reads them, and nothing beside them."""
    known = _known(cache)
    texts: dict[str, tuple[str, str]] = {}
    for file, one in pages:
        name = f"{TEXTS}/{file}"
        made_of = key(program(), one)
        if known.get(file, ("", ""))[0] != made_of or digest(cache.read(name) or b"") != known[file][1]:
            text = for_index((site.read(file) or b"").decode()).encode()
            cache.keep(name, text)
            known[file] = (made_of, digest(text))
        texts[file] = known[file]
    for file in files_below(cache.path(TEXTS)):
        if file not in texts:
            cache.remove(f"{TEXTS}/{file}")
    cache.keep(TEXTS_RECORD, sealed(texts))


def _known(cache: Folder) -> dict[str, tuple[str, str]]:
    """From which pages the texts of the cache were made, and what they hold."""
    return {file: (made_of, one) for file, (made_of, one) in (unsealed(cache.read(TEXTS_RECORD)) or {}).items()}


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
