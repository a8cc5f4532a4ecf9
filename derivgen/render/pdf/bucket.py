"""Many LaTeX documents in one run of pdfTeX, which is then cut into files.

Starting the engine and reading the preamble takes most of the time of a page that is set by itself.
"""

from __future__ import annotations

import gzip
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from derivgen.errors import DerivgenError, Fault
from derivgen.record import record
from derivgen.render.pdf.latex import SECONDS, complaints, fault_in, half_a_pdf, run
from derivgen.render.pdf.typeset import Typeset

BEGIN, END = "\\begin{document}\n", "\\end{document}"
# The lines of a preamble that are of one document alone: its title, and the id of its PDF.
OWN = re.compile(r"^(?:\\hypersetup\{pdftitle=|\\ifdefined\\pdftrailerid).*\n", re.MULTILINE)
MARK = re.compile(
    r"^derivgen begins (?P<number>\d+)$(?P<log>.*?)^derivgen ends (?P<page>\d+)$", re.MULTILINE | re.DOTALL
)
GZIP = b"\x1f\x8b"
# The id that pdfTeX makes tells the folder of the run; what is cut from it has an id of its own.
NAMELESS = "\\ifdefined\\pdftrailerid\\pdftrailerid{}\\fi\n"
EACH = 5.0  # seconds that each document adds to the time of a run

# Every counter begins anew and every anchor has the number of its document, as if each document were alone. microtype
# looks a font up in its lists whenever it is taken, hundreds of times a page, though it does nothing to one that it has
# seen, unless its contexts are used: here the name of the font tells.
TOGETHER = r"""\makeatletter
\let\derivgen@target\hypertarget
\let\derivgen@link\hyperlink
\newcommand\derivgen@anew[1]{\global\csname c@#1\endcsname\z@}
\newcommand\derivgendocument[1]{\begingroup\typeout{derivgen begins #1}%
  \let\@elt\derivgen@anew\cl@@ckpt\let\@elt\relax\setcounter{page}{1}%
  \renewcommand\hypertarget[2]{\derivgen@target{#1.##1}{##2}}%
  \renewcommand\hyperlink[2]{\derivgen@link{#1.##1}{##2}}%
  \input{#1.tex}\clearpage\typeout{derivgen ends \the\value{page}}\endgroup}
\ifdefined\MT@setupfont
  \let\derivgen@setupfont\MT@setupfont
  \def\MT@setupfont{\ifx\MT@check@font\MT@check@font@cx\derivgen@setupfont\else
    \ifcsname derivgen@\expandafter\string\MT@font\endcsname\else
      \derivgen@setupfont\expandafter\gdef\csname derivgen@\expandafter\string\MT@font\endcsname{}\fi\fi}
\fi
\makeatother
"""


@record
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


def inflated(dump: bytes) -> bytes:
    """A format as engines read it in half the time: they take one that is not compressed as well."""
    return gzip.decompress(dump) if dump.startswith(GZIP) else dump


@record
class Whole:
    """What one run has set: a PDF with so many pages of each document, and what the engine complained of in each.

    The anchors of a document have its number and a point in front of their names.
    """

    pdf: bytes
    pages: tuple[int, ...]
    told: tuple[tuple[tuple[str, ...], tuple[Fault, ...]], ...]


def set_together(sources: Sequence[Source], engine: str, preamble: Path | None) -> tuple[Typeset | Fault, ...]:
    """The PDFs of documents of one preamble, which may be dumped; a fault for each that cannot be set."""
    rest = list(sources)
    made: list[Typeset | Fault] = []
    for whole in set_whole(sources, engine, preamble):
        count = 1 if isinstance(whole, Fault) else len(whole.pages)
        mine, rest = rest[:count], rest[count:]
        made += [whole] if isinstance(whole, Fault) else divided(whole, mine)
    return tuple(made)


def set_whole(sources: Sequence[Source], engine: str, preamble: Path | None) -> list[Whole | Fault]:
    """Documents of one preamble set in one run, or in as many as have to be; a fault for one that cannot be set.

    Documents that fail together are halved, always at the same place, until the one at fault is alone.
    """
    try:
        return [_set(sources, engine, preamble)]
    except DerivgenError as error:
        if len(sources) == 1:
            return [error.faults[0]]
    half = len(sources) // 2
    return [*set_whole(sources[:half], engine, preamble), *set_whole(sources[half:], engine, preamble)]


def divided(whole: Whole, sources: Sequence[Source]) -> list[Typeset]:
    """The documents of a run, each as a PDF of its own."""
    from derivgen.render.pdf.excerpts import collected, excerpts, opened

    made = []
    with opened(whole.pdf) as book:
        parts = excerpts(book, whole.pages)
        for part, source, (warnings, faults) in zip(parts, sources, whole.told, strict=True):
            made.append(Typeset(collected([part], source.title, source.language), warnings, faults=faults))
    return made


def _set(sources: Sequence[Source], engine: str, preamble: Path | None) -> Whole:
    with tempfile.TemporaryDirectory(prefix="derivgen-") as name:
        folder = Path(name)
        for number, source in enumerate(sources):
            (folder / f"{number}.tex").write_text(_body(source.tex), encoding="utf-8")
        inputs = "".join(f"\\derivgendocument{{{number}}}\n" for number in range(len(sources)))
        head = f"{preamble_of(sources[0].tex)}{TOGETHER}" if preamble is None else ""
        (folder / "page.tex").write_text(f"{head}{BEGIN}{NAMELESS}{inputs}{END}\n", encoding="utf-8")
        arguments = ["page.tex"]
        if preamble is not None:
            arguments.insert(0, f"-fmt={preamble}")
        log = run(engine, folder, arguments, SECONDS + EACH * len(sources), meanwhile=_ready)
        parts = list(MARK.finditer(log))
        if not (folder / "page.pdf").exists() or len(parts) != len(sources):
            raise DerivgenError(fault_in(log, sources[0].tex))
        pages = tuple(int(part["page"]) - 1 for part in parts)
        told = tuple(complaints(part["log"], source.tex) for source, part in zip(sources, parts, strict=True))
        return Whole(_whole(folder / "page.pdf", sum(pages)), pages, told)


def _whole(path: Path, pages: int) -> bytes:
    """A PDF that has so many pages.

    Raises: DerivgenError where it breaks off.
    """
    from derivgen.render.pdf.excerpts import opened

    pdf = path.read_bytes()
    with opened(pdf) as book:
        if len(book.pages) != pages:
            raise half_a_pdf()
    return pdf


def _ready() -> None:
    """Import what cuts PDFs, which takes pikepdf a while: a build of one page would wait for it."""
    from derivgen.render.pdf import excerpts  # noqa: F401  # only to have it


def _body(tex: str) -> str:
    """The body of a document, its lines counted as in the whole, so that the engine names the right ones."""
    preamble, _, body = tex.partition(BEGIN)
    return "\n" * (preamble.count("\n") + 1) + body.rpartition(END)[0]
