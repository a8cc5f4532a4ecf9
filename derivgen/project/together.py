"""Which LaTeX documents are set together, and which of their PDFs are there as they should be.

The bytes of a PDF depend on the documents that it is set with, so these are always the same: a
document's bucket is told by the hash of its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from derivgen.errors import Fault, Span
from derivgen.project.keys import key, program
from derivgen.project.plan import Planned, is_intact
from derivgen.project.records import Bucket, Kept, Paper, bucket
from derivgen.project.run import Run
from derivgen.project.threads import at_once
from derivgen.project.told import INPUT, InWords, Told
from derivgen.project.workers import FEW
from derivgen.record import record

# Documents of a bucket at least, on average, where there are as many; and so many of one preamble that reading it once
# and for all pays.
LEAST, MANY = 12, 3


@record
class Together:
    """The documents of a bucket in the order of their names, and the key of their PDFs."""

    name: str
    key: str
    papers: tuple[Paper, ...]
    is_dumped: bool

    @property
    def record(self) -> str:
        """Where the cache has what it knows of the PDFs."""
        return f"buckets/{self.name}.json"


def format_of(run: Run, preamble: str) -> str:
    """Where the cache has a preamble, told by its hash, as the engine has read it."""
    return f"formats/{key(program(), run.engine.key, preamble)[:16]}.fmt"


def group_of(page: str, paper: Paper) -> tuple[str, str]:
    """What documents have in common that may be set together; a practice copy and its key never are."""
    return paper.preamble, paper.name.removeprefix(page)


def buckets(run: Run, pages: Mapping[str, Kept]) -> tuple[Together, ...]:
    """All documents of pages that LaTeX sets, by what they share: their kind, their preamble, and their bucket."""
    groups: dict[tuple[str, str], list[Paper]] = {}
    for name in sorted(pages):
        for paper in pages[name].papers:
            groups.setdefault(group_of(name, paper), []).append(paper)
    return tuple(one for group, papers in sorted(groups.items()) for one in _divided(run, group, papers))


def parts_of(count: int) -> int:
    """The number of buckets for so many documents: a power of two, so that a document more seldom moves others."""
    return 1 << max((count // LEAST).bit_length() - 1, 0)


def _divided(run: Run, group: tuple[str, str], papers: Sequence[Paper]) -> Iterator[Together]:
    count = parts_of(len(papers))
    is_dumped = len(papers) >= MANY
    parts: dict[int, list[Paper]] = {}
    for paper in papers:
        parts.setdefault(_number(paper.name) % count, []).append(paper)
    for number, mine in sorted(parts.items()):
        made_of = [[paper.name, paper.tex, paper.title, paper.language] for paper in mine]
        own = key("together", run.engine.key, group, is_dumped, made_of)
        yield Together(f"{key(group)[:16]}-{number}", own, tuple(mine), is_dumped)


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])


def pdfs(run: Run) -> Iterator[Told]:
    """Set the PDFs that are not there as they should be; `run.alone` takes the pages of those that cannot be set."""
    for found in (run.buckets, run.formats, run.pdfs, run.said):
        found.clear()
    due = []
    all_of_them = buckets(run, run.made)
    run.formats.update(format_of(run, together.papers[0].preamble) for together in all_of_them if together.is_dumped)
    for together, known in zip(all_of_them, at_once(partial(_intact, run), all_of_them), strict=True):
        if known is None:
            due.append(together)
        else:
            run.take(together.name, known)
    if due:
        run.begin()
        # Here, so that a build with nothing to make does without all that sets PDFs.
        from derivgen.project.setting import make_pdfs

        yield from make_pdfs(run, due)


def begin(run: Run, expected: Mapping[str, Kept]) -> None:
    """Begin to set the PDFs that these pages lack, in threads; many are left to processes, when all pages are made."""
    due = [together for together in buckets(run, expected) if _known(run, together) is None]
    if 0 < len(due) <= FEW:
        from derivgen.project.setting import begin_pdfs

        begin_pdfs(run, due)


def _known(run: Run, together: Together) -> Bucket | None:
    """The record of a bucket that was set as it is now."""
    found = bucket(run.cache.read(together.record))
    return found if found is not None and found.key == together.key else None


def _intact(run: Run, together: Together) -> Bucket | None:
    """The record of a bucket whose PDFs are there as they should be."""
    known = _known(run, together)
    return known if known is not None and is_intact(known.files, run.site) else None


def complaints(run: Run, plan: Planned) -> Told:
    """What LaTeX has to say of a page."""
    spec = str(plan.file.path)
    place = Span(spec, 1, 1, 2, "")
    found = run.said.get(plan.name, [])
    messages = tuple(
        InWords(Fault(one.code, one.message, one.hint, place)) if one.code else f"{spec}: in the PDF: {one.message}"
        for one in found
    )
    return Told(messages=messages, status=INPUT if any(one.code for one in found) else 0)
