"""Many LaTeX documents in one run of pdfTeX, which is then cut into files.

Starting the engine and reading the preamble takes most of the time of a page that is set by itself.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String

from derivgen.errors import DerivgenError, Fault
from derivgen.render.pdf.latex import SECONDS, complaints, fault_in, half_a_pdf, run
from derivgen.render.pdf.typeset import Typeset

BEGIN, END = "\\begin{document}\n", "\\end{document}"
# The lines of a preamble that are of one document alone: its title, and the id of its PDF.
OWN = re.compile(r"^(?:\\hypersetup\{pdftitle=|\\ifdefined\\pdftrailerid).*\n", re.MULTILINE)
MARK = re.compile(
    r"^derivgen begins (?P<number>\d+)$(?P<log>.*?)^derivgen ends (?P<page>\d+)$", re.MULTILINE | re.DOTALL
)
EACH = 5.0  # seconds that each document adds to the time of a run

# Every counter begins anew and every anchor has the number of its document, as if each document were alone.
TOGETHER = r"""\makeatletter
\let\derivgen@target\hypertarget
\let\derivgen@link\hyperlink
\newcommand\derivgen@anew[1]{\global\csname c@#1\endcsname\z@}
\newcommand\derivgendocument[1]{\begingroup\typeout{derivgen begins #1}%
  \let\@elt\derivgen@anew\cl@@ckpt\let\@elt\relax\setcounter{page}{1}%
  \renewcommand\hypertarget[2]{\derivgen@target{#1.##1}{##2}}%
  \renewcommand\hyperlink[2]{\derivgen@link{#1.##1}{##2}}%
  \input{#1.tex}\clearpage\typeout{derivgen ends \the\value{page}}\endgroup}
\makeatother
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A LaTeX document, with its title in plain words and its language, which its PDF tells readers."""

    tex: str
    title: str
    language: str


def preamble_of(tex: str) -> str:
    """What stands before the body, without what is of one document alone: documents that share it are set together."""
    return OWN.sub("", tex.partition(BEGIN)[0])


def dumped(preamble: str, engine: str) -> bytes:
    """A format of the engine that has read a preamble.

    Raises: DerivgenError where it cannot.
    """
    with tempfile.TemporaryDirectory(prefix="derivgen-") as name:
        folder = Path(name)
        (folder / "page.tex").write_text(f"{preamble}{TOGETHER}\\dump\n", encoding="utf-8")
        log = run(engine, folder, ("-ini", "&pdflatex", "page.tex"), SECONDS)
        if not (folder / "page.fmt").exists():
            raise DerivgenError(fault_in(log, preamble))
        return (folder / "page.fmt").read_bytes()


def set_together(sources: Sequence[Source], engine: str, preamble: Path | None) -> tuple[Typeset | Fault, ...]:
    """The PDFs of documents of one preamble, which may be dumped; a fault for each that cannot be set.

    Documents that fail together are halved, always at the same place, until the one at fault is alone.
    """
    try:
        return tuple(_set(sources, engine, preamble))
    except DerivgenError as error:
        if len(sources) == 1:
            return (error.faults[0],)
    half = len(sources) // 2
    return (
        *set_together(sources[:half], engine, preamble),
        *set_together(sources[half:], engine, preamble),
    )


def _set(sources: Sequence[Source], engine: str, preamble: Path | None) -> Iterator[Typeset]:
    with tempfile.TemporaryDirectory(prefix="derivgen-") as name:
        folder = Path(name)
        for number, source in enumerate(sources):
            (folder / f"{number}.tex").write_text(_body(source.tex), encoding="utf-8")
        inputs = "".join(f"\\derivgendocument{{{number}}}\n" for number in range(len(sources)))
        head = f"{preamble_of(sources[0].tex)}{TOGETHER}" if preamble is None else ""
        (folder / "page.tex").write_text(f"{head}{BEGIN}{inputs}{END}\n", encoding="utf-8")
        arguments = ["page.tex"]
        if preamble is not None:
            arguments.insert(0, f"-fmt={preamble}")
        log = run(engine, folder, arguments, SECONDS + EACH * len(sources))
        parts = list(MARK.finditer(log))
        if not (folder / "page.pdf").exists() or len(parts) != len(sources):
            raise DerivgenError(fault_in(log, sources[0].tex))
        pages = [int(part["page"]) - 1 for part in parts]
        for source, part, pdf in zip(sources, parts, _cut(folder / "page.pdf", pages, sources), strict=True):
            warnings, faults = complaints(part["log"], source.tex)
            yield Typeset(pdf, warnings, faults=faults)


def _body(tex: str) -> str:
    """The body of a document, its lines counted as in the whole, so that the engine names the right ones."""
    preamble, _, body = tex.partition(BEGIN)
    return "\n" * (preamble.count("\n") + 1) + body.rpartition(END)[0]


def _cut(path: Path, pages: Sequence[int], sources: Sequence[Source]) -> Iterator[bytes]:
    """The PDF of a run as one PDF for each document, which have so many `pages`."""
    try:
        with pikepdf.open(path) as whole:
            if len(whole.pages) != sum(pages):
                raise half_a_pdf()
            anchors = dict(NameTree(whole.Root.Names.Dests)) if "/Names" in whole.Root else {}
            first = 0
            for number, (count, source) in enumerate(zip(pages, sources, strict=True)):
                yield _part(whole, range(first, first + count), f"{number}.", anchors, source)
                first += count
    except pikepdf.PdfError as error:
        raise half_a_pdf() from error


def _part(whole: Pdf, numbers: range, own: str, anchors: dict[str, pikepdf.Object], source: Source) -> bytes:
    """Some pages of a PDF as one of its own; anchors and links to them lose the mark of their document."""
    made = Pdf.new()
    for number in numbers:
        made.pages.append(whole.pages[number])
    for page in made.pages:
        for note in page.get("/Annots", Array()):
            if (action := note.get("/A")) is not None and "/D" in action:
                action.D = String(str(action.D).removeprefix(own))
    places = {whole.pages[number].objgen: page for number, page in zip(numbers, made.pages, strict=True)}
    mine = {name.removeprefix(own): place for name, place in anchors.items() if name.startswith(own)}
    named = ((name, _place(place, places)) for name, place in sorted(mine.items()))
    made.Root.Names = Dictionary(Dests=Dictionary(Names=Array([part for pair in named for part in pair])))
    made.Root.Lang = String(source.language)
    made.Root.PageMode = Name.UseNone
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]))
    made.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    made.docinfo.update({key: value for key, value in whole.docinfo.items() if key != "/Title"})
    made.docinfo.Title = source.title
    made.docinfo.Creator = "derivgen"
    stream = BytesIO()
    # The id is made from the content, as the rest of the PDF is: equal sources give equal bytes.
    made.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()


def _place(found: pikepdf.Object, places: Mapping[Any, pikepdf.Page]) -> Array:
    page, *view = found.D
    return Array([places[page.objgen].obj, *view])
