"""Setting LaTeX documents together, in several processes, and writing their PDFs."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from derivgen.errors import DerivgenError, Fault
from derivgen.project.keys import digest
from derivgen.project.records import Bucket, Complaint, Paper, written
from derivgen.project.run import Run, recorded
from derivgen.project.threads import at_once
from derivgen.project.together import Together, format_of
from derivgen.project.told import Told
from derivgen.project.workers import in_order
from derivgen.record import record
from derivgen.render.pdf.bucket import Source, dumped, inflated, preamble_of, set_together
from derivgen.render.pdf.latex import Engines
from derivgen.render.pdf.typeset import Typeset
from derivgen.render.seals import packed, unpacked

# Runs that read a preamble before inflating it once for them all pays.
OFTEN = 4
FORMAT, PDFS = "format", "PDFs"

Results = tuple[Typeset | Fault, ...]


@record
class Setting:
    """Documents to be set together: where their LaTeX is, and the file of their dumped preamble."""

    sources: tuple[tuple[Path, str, str], ...]
    engine: str
    preamble: Path | None


def make_pdfs(run: Run, due: Sequence[Together]) -> Iterator[Told]:
    """Set PDFs and write them, each bucket with a record of what it was made from."""
    with tempfile.TemporaryDirectory(prefix="derivgen-") as name:
        for number, (together, results) in enumerate(_made(run, due, Path(name)), 1):
            _keep(run, together, results)
            yield Told(progress=f"PDFs by LaTeX: {number} of {len(due)}")


def _made(run: Run, due: Sequence[Together], folder: Path) -> Iterator[tuple[Together, Results]]:
    """What becomes of each bucket."""
    begun = {together: results for together in due if (results := _results(run, together)) is not None}
    rest = [together for together in due if together not in begun]
    formats = _formats(run, rest, folder)
    # The longest first: at the end no process works alone for long.
    rest.sort(key=lambda together: (-_length(run, together), together.name))
    settings = [_setting(run, together, formats) for together in rest]
    yield from zip(rest, in_order(_set, settings, run.options.jobs), strict=True)
    yield from begun.items()


def _results(run: Run, together: Together) -> Results | None:
    """What a bucket has become that was begun; None for others, and where what was made beside it left no memory."""
    kind = _kind(run, together)
    try:
        found: Results | None = run.ahead.begun(kind, together.key) if run.ahead.has_begun(kind, together.key) else None
    except MemoryError:
        return None
    return found


def begin_pdfs(run: Run, due: Sequence[Together]) -> None:
    """Begin to set buckets, each in a thread, while other pages are made; not one whose LaTeX somebody has changed."""
    for together in due:
        sources = _sources(run, together)
        if sources is None:
            continue
        if together.is_dumped:
            begin_format(run, together.papers[0])
        engines = Engines()
        work = partial(_begun, run, together, sources, engines)
        run.ahead.begin(_kind(run, together), together.key, work, stop=engines.end)


def _sources(run: Run, together: Together) -> list[Source] | None:
    """The LaTeX of a bucket as its key has it: what is written to the cache meanwhile may be another."""
    found = [(paper, run.cache.read(paper.source)) for paper in together.papers]
    if any(tex is None or digest(tex) != paper.tex for paper, tex in found):
        return None
    return [Source(tex.decode(), paper.title, paper.language) for paper, tex in found if tex is not None]


def _kind(run: Run, together: Together) -> str:
    """What is done one after the other: all of it where one process shall do the work."""
    return PDFS if run.options.jobs == 1 else f"{PDFS} {together.name}"


def _begun(run: Run, together: Together, sources: Sequence[Source], engines: Engines) -> Results:
    with engines, tempfile.TemporaryDirectory(prefix="derivgen-") as name:
        formats = _formats(run, [together], Path(name))
        return set_together(sources, run.engine.path, formats.get(together.papers[0].preamble))


def begin_format(run: Run, paper: Paper) -> None:
    """Begin to dump the preamble of a document that waits to be set, while pages are made."""
    run.ahead.begin(FORMAT, paper.preamble, partial(_format, run, paper))


def _length(run: Run, together: Together) -> int:
    """How much LaTeX a bucket has."""
    return sum(run.cache.path(paper.source).stat().st_size for paper in together.papers)


def _formats(run: Run, due: Sequence[Together], folder: Path) -> dict[str, Path]:
    """The preambles that are dumped, by their hashes; one that cannot be is read by each run."""
    uses = Counter(one.papers[0].preamble for one in due)
    first = {one.papers[0].preamble: one.papers[0] for one in due if one.is_dumped}
    for paper in first.values():
        begin_format(run, paper)

    def found(preamble: str) -> Path | None:
        data = run.ahead.result(FORMAT, preamble, partial(_format, run, first[preamble]))
        if data is None:
            return None
        path = folder / f"{preamble}.fmt"
        path.write_bytes(inflated(data) if uses[preamble] >= OFTEN else data)
        return path

    paths = zip(first, at_once(found, list(first)), strict=True)
    return {preamble: path for preamble, path in paths if path is not None}


def _format(run: Run, paper: Paper) -> bytes | None:
    """The preamble of a document as the engine has read it, kept for the next build; None where it cannot."""
    name = format_of(run, paper.preamble)
    known = unpacked(run.cache.read(name))
    if known is not None:
        return known
    preamble = preamble_of(_tex(run, paper))
    if digest(preamble.encode()) != paper.preamble:
        return None  # The page is made again meanwhile.
    data = _dumped(preamble, engine=run.engine.path)
    if data is not None:
        run.cache.keep(name, packed(data))
    return data


def _dumped(preamble: str, *, engine: str) -> bytes | None:
    try:
        return dumped(preamble, engine)
    except DerivgenError:
        return None


def _setting(run: Run, together: Together, formats: dict[str, Path]) -> Setting:
    sources = tuple((run.cache.path(one.source), one.title, one.language) for one in together.papers)
    preamble = formats.get(together.papers[0].preamble) if together.is_dumped else None
    return Setting(sources, run.engine.path, preamble)


def _tex(run: Run, paper: Paper) -> str:
    return run.cache.path(paper.source).read_text(encoding="utf-8")


def _set(setting: Setting) -> Results:
    sources = [Source(path.read_text(encoding="utf-8"), *about) for path, *about in setting.sources]
    return set_together(sources, setting.engine, setting.preamble)


def _keep(run: Run, together: Together, results: Sequence[Typeset | Fault]) -> None:
    """Write the PDFs of a bucket; of one that cannot be set, the page is to be made for itself."""
    files: dict[str, bytes] = {}
    complaints: list[Complaint] = []
    pages = {paper.name: name for name, page in run.made.items() for paper in page.papers}
    for paper, result in zip(together.papers, results, strict=True):
        page = pages[paper.name]
        if isinstance(result, Fault):
            run.alone.add(page)
            continue
        files[paper.name] = result.pdf
        complaints += [Complaint(page, warning) for warning in result.warnings]
        complaints += [Complaint(page, fault.message, fault.code, fault.hint) for fault in result.faults]
    for name, data in files.items():
        run.put(name, data)
    record = Bucket(together.key, recorded(files), tuple(complaints))
    run.take(together.name, record)
    if len(files) == len(together.papers):
        run.cache.keep(together.record, written(record))
