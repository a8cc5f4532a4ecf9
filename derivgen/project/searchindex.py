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

ENGINE = "pagefind.js"
# What the search page asks for: the engine, and where the other indexes are.
SCRIPT = f"{INDEX}/indexes.js"
# What the script of the page fetches; Pagefind has pages and styles of its own, which nobody asks for.
OF_ENGINE = re.compile(r"pagefind\.js|wasm\.[^/]*")
WANTED = re.compile(rf"{OF_ENGINE.pattern}|pagefind-entry\.json|pagefind\.[^/]*\.pf_meta|(?:fragment|index)/[^/]*")
SECONDS = 300
# Pages of an index at most, on average: what Pagefind needs of the memory grows with them, a third of a megabyte each.
MANY = 300
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

    Many pages have several indexes, each in a folder of its own but the first; the search page asks them all.
    The same pages give the same bytes: Pagefind writes its filters in an order of chance, and is asked for none.
    Raises: Failed if Pagefind refuses.
    """
    parts = _parts([file for file, _ in pages])
    _prepare(pages, parts, site, cache)
    files: dict[str, bytes] = {}
    folders = [INDEX, *(f"{INDEX}/{number}" for number in range(1, len(parts)))]
    for number, folder in enumerate(folders if pages else ()):
        with TemporaryDirectory() as name:
            _run(cache.path(f"{TEXTS}/{number}"), Path(name), language)
            made = Folder(Path(name))
            wanted = [file for file in files_below(made.root) if WANTED.fullmatch(file)]
            # The engine of the first index reads the others as well.
            wanted = [file for file in wanted if not number or not OF_ENGINE.fullmatch(file)]
            files.update({f"{folder}/{file}": made.read(file) or b"" for file in wanted})
    if pages:
        files[SCRIPT] = _script(len(parts)).encode()
    return files


def _parts(files: Sequence[str]) -> list[list[str]]:
    """Which pages each index has: by the hash of a page's name, so that another page moves few of them."""
    parts: list[list[str]] = [[] for _ in range(-(-len(files) // MANY))]
    for file in files:
        parts[int(digest(file.encode())[:8], 16) % len(parts)].append(file)
    return [part for part in parts if part]


def _script(count: int) -> str:
    others = ", ".join(f'"{number}/"' for number in range(1, count))
    return f'export * from "./{ENGINE}";\nexport const others = [{others}];\n'


def _prepare(pages: Sequence[tuple[str, str]], parts: Sequence[Sequence[str]], site: Folder, cache: Folder) -> None:
    """Have the pages in the cache as Pagefind reads them, those of an index in one folder, and nothing beside them."""
    known = _known(cache)
    texts: dict[str, tuple[str, str]] = {}
    hashes = dict(pages)
    for name, file in ((f"{number}/{file}", file) for number, part in enumerate(parts) for file in part):
        made_of = key(program(), hashes[file])
        if known.get(name, ("", ""))[0] != made_of or digest(cache.read(f"{TEXTS}/{name}") or b"") != known[name][1]:
            text = for_index((site.read(file) or b"").decode()).encode()
            cache.keep(f"{TEXTS}/{name}", text)
            known[name] = (made_of, digest(text))
        texts[name] = known[name]
    for name in files_below(cache.path(TEXTS)):
        if name not in texts:
            cache.remove(f"{TEXTS}/{name}")
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
    if done.returncode or not (made / ENGINE).is_file():
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
