"""PDFs by pdfTeX: found on the PATH, fenced in, and made reproducible."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from contextvars import ContextVar
from pathlib import Path
from threading import Lock

from derivgen.errors import DerivgenError, Fault
from derivgen.render.pdf.typeset import Typeset

SECONDS = 60
MEMORY = 2 << 30
FILE_SIZE = 256 << 20
# Bytes of a log that are read.
LOG_SIZE = 32 << 20
EPOCH = "946684800"  # 1 January 2000: a PDF tells no date of making, so that equal sources give equal bytes
OVERFULL = re.compile(
    r"^Overfull \\hbox \((?P<points>[\d.]+)pt too wide\)(?:.*?lines? (?P<line>\d+))?.*$", re.MULTILINE
)
UNDEFINED = re.compile(r"^(?:LaTeX Warning: .*undefined.*|Missing character: .*)$", re.MULTILINE)
FIRST_ERROR = re.compile(r"^! (?P<message>.+)$", re.MULTILINE)
LINE = re.compile(r"^l\.(?P<number>\d+) (?P<text>.*)$", re.MULTILINE)
MOST = 200  # letters of a source line that a message shows
UNSEEN = 1.0  # points by which a line may stick out before anyone sees it


class Ended(Exception):
    """Nobody waits any longer for what the engine sets."""


class Engines(AbstractContextManager["Engines"]):
    """The engines that run within its context, in one thread, and that another thread may end."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._is_ended = False

    def __enter__(self) -> Engines:
        self._before = ENGINES.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        ENGINES.reset(self._before)

    def run(self, process: subprocess.Popen[bytes] | None) -> None:
        """Take note of an engine, or of its end.

        Raises: Ended.
        """
        with self._lock:
            self._running = process
            if self._is_ended:
                raise Ended

    def end(self) -> None:
        """End the engine that runs, and let none begin."""
        with self._lock:
            self._is_ended = True
            if self._running is not None:
                _kill(self._running)


ENGINES: ContextVar[Engines | None] = ContextVar("engines", default=None)


def find_engine() -> str | None:
    """The path of pdflatex, or None where no TeX is installed."""
    return shutil.which("pdflatex")


def typeset(tex: str, engine: str, *, passes: int = 1, seconds: float = SECONDS) -> Typeset:
    """The PDF of a LaTeX document.

    Raises: DerivgenError with the engine's first message and the line of the source it is about.
    """
    with tempfile.TemporaryDirectory(prefix="derivgen-") as name:
        folder = Path(name)
        (folder / "page.tex").write_text(tex, encoding="utf-8")
        for _ in range(passes):
            log = run(engine, folder, ("-recorder", "page.tex"), seconds)
            if not (folder / "page.pdf").exists():
                raise DerivgenError(fault_in(log, tex))
        warnings, faults = complaints(log, tex)
        read = tuple(sorted(_read(folder / "page.fls")))
        return Typeset((folder / "page.pdf").read_bytes(), warnings, faults=faults, read=read)


def complaints(log: str, tex: str) -> tuple[tuple[str, ...], tuple[Fault, ...]]:
    """What the engine says of a document that it has set: what it lacks, and, as faults, lines that stick out."""
    return tuple(dict.fromkeys(hit.group() for hit in UNDEFINED.finditer(log))), _overfull(log, tex)


def _read(recorded: Path) -> set[str]:
    """The files of the TeX installation that a run has read, by the engine's own record."""
    if not recorded.exists():
        return set()
    lines = recorded.read_text("utf-8", errors="replace").splitlines()
    named = (line.removeprefix("INPUT ") for line in lines if line.startswith("INPUT "))
    return {name for name in named if Path(name).is_absolute()}


def run(
    engine: str, folder: Path, arguments: Sequence[str], seconds: float, *, meanwhile: Callable[[], None] | None = None
) -> str:
    """The log of a run of the engine in a folder; where it fails it leaves no `page.pdf`.

    `meanwhile` is done while the engine works.
    Raises: DerivgenError where it does not end.
    """
    command = [engine, "-no-shell-escape", "-halt-on-error", "-interaction=nonstopmode", *arguments]
    # What it prints goes to a file, whose size is bounded: whatever it starts can hold up nobody, and fills no memory.
    printed = folder / "printed.txt"
    with printed.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  # the engine is the one found on the PATH, the arguments are ours
            command,
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    engines = ENGINES.get()
    try:
        _limit(process.pid)
        if engines is not None:
            engines.run(process)
        if meanwhile is not None:
            meanwhile()
        _wait(process, seconds)
    except subprocess.TimeoutExpired:
        message = f"LaTeX did not finish within {seconds:g} seconds"
        raise DerivgenError(Fault("latex-time", message, "make the page shorter, or use --pdf typst")) from None
    finally:
        _end(process)
        if engines is not None:
            engines.run(None)
    if process.returncode != 0:
        (folder / "page.pdf").unlink(missing_ok=True)
    return _unwrapped(folder / "page.log", printed)


def half_a_pdf() -> DerivgenError:
    """What is said of a PDF that breaks off."""
    return DerivgenError(
        Fault("latex", "LaTeX cannot set this page: its PDF has no end", "see that the disk is not full")
    )


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait for the end of the engine: by itself Python looks for it twenty times a second.

    Raises: subprocess.TimeoutExpired.
    """
    if sys.platform == "linux":
        with suppress(OSError):  # a kernel that does not tell
            told = os.pidfd_open(process.pid)
            try:
                waiting = select.poll()
                waiting.register(told, select.POLLIN)
                seconds = seconds if waiting.poll(seconds * 1000) else 0
            finally:
                os.close(told)
    process.wait(seconds)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the engine and whatever it has started, if it has not ended."""
    _kill(process)
    process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()


def _limit(process: int) -> None:
    """Bound the memory and the files of the engine, where the system can."""
    if sys.platform == "linux":
        import resource  # other systems have no prlimit

        for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, FILE_SIZE)):
            with suppress(OSError, ValueError):  # a machine with tighter limits of its own, or an engine that has ended
                resource.prlimit(process, kind, (most, most))


def _environment(folder: Path) -> dict[str, str]:
    """A clean environment: the document may read and write its own folder and TeX's files, nothing else."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TEXMFHOME": str(folder),
        "TEXMFVAR": str(folder),
        "openin_any": "p",
        "openout_any": "p",
        "max_print_line": "10000",
        "SOURCE_DATE_EPOCH": EPOCH,
        "FORCE_SOURCE_DATE": "1",
        "LC_ALL": "C.UTF-8",
    }


def _unwrapped(log: Path, printed: Path) -> str:
    with (log if log.exists() else printed).open("rb") as file:
        return file.read(LOG_SIZE).decode("utf-8", "replace")


def _overfull(log: str, tex: str) -> tuple[Fault, ...]:
    """The lines that stick out of the page, each with the place in the source where it ends."""
    wide = (hit for hit in OVERFULL.finditer(log) if float(hit["points"]) > UNSEEN)
    return tuple(dict.fromkeys(_sticks_out(float(hit["points"]), hit["line"], tex) for hit in wide))


def _sticks_out(points: float, number: str | None, tex: str) -> Fault:
    where = f", at line {number} of the .tex: {_source(int(number), tex)}" if number else ""
    message = f"a line of the PDF sticks out of the page by {points:.1f} points{where}"
    hint = "shorten the names or the words of that line, or give a part of the formula a name under `functions`"
    return Fault("page-width", message, hint)


def _source(number: int, tex: str) -> str:
    lines = tex.split("\n")
    return lines[number - 1].strip()[:MOST] if 0 < number <= len(lines) else ""


def fault_in(log: str, tex: str) -> Fault:
    """Why the engine could not set a document, with the line of the source."""
    error = FIRST_ERROR.search(log)
    message = error["message"].strip() if error else "it stopped without a message"
    place = LINE.search(log, error.end() if error else 0)
    if place is None:
        return Fault(
            "latex",
            f"LaTeX cannot set this page: {message}",
            "see that the TeX installation is whole, or use --pdf typst",
        )
    number = int(place["number"])
    source = _source(number, tex) or place["text"]
    hint = "mend the formula or the template that made this line, or use --pdf typst"
    return Fault("latex", f"LaTeX cannot set this page: {message}, at line {number} of the .tex: {source}", hint)
