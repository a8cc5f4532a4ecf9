"""The sheets of a class on paper, and their solutions: those of an exercise are set once for all who have it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from derivgen.document.blocks import Document
from derivgen.document.sheet import titled
from derivgen.document.wording.questions import SHEET
from derivgen.document.wording.telling import told_document
from derivgen.document.worksheet import Worksheet
from derivgen.errors import DerivgenError, Fault
from derivgen.printing.notation import Notation
from derivgen.printing.speechtables import TABLES
from derivgen.project.files import Folder
from derivgen.record import record
from derivgen.render.formats import FormatName, Piece, render
from derivgen.render.writer import plain

if TYPE_CHECKING:
    from derivgen.render.pdf.bucket import Source, Whole
    from derivgen.render.pdf.typeset import Typeset

# What the list of a class has the sums of.
HANDED_OUT = "students/"
# Where the pieces of a page stand: it is rendered without them, since they are thousands of times the same.
PLACE = "derivgenplacesthepieceshere"


@record
class Draft:
    """A document with its texts by format, whole and without the pieces at its end."""

    document: Document
    texts: dict[FormatName, str]
    above: dict[FormatName, str]


@record
class Style:
    """What all pages of a class have in common: formats to render, files to keep, notation, the user's templates.

    `has_twins` asks for PDFs that screen readers can walk beside those by LaTeX.
    """

    formats: tuple[FormatName, ...]
    files: tuple[str, ...]
    notation: Notation
    templates: Path | None
    has_twins: bool = False

    def page(self, document: Document, name: FormatName, pieces: Sequence[Piece] = ()) -> str:
        """A document in a format."""
        return render(document, name, notation=self.notation, templates=self.templates, pieces=pieces)

    def draft(self, document: Document, pieces: Mapping[FormatName, Sequence[Piece]]) -> Draft:
        """A document in all formats."""
        texts: dict[FormatName, str] = {}
        above: dict[FormatName, str] = {}
        for name in self.formats:
            mine = pieces[name]
            place = type(mine[0].text)(PLACE)  # marked as text of this format, so that nothing of it is escaped
            made = self.page(document, name, [Piece(place, any(piece.pictures for piece in mine))])
            above[name] = made.replace(PLACE, "")
            texts[name] = made.replace(PLACE, "\n\n".join(piece.text for piece in mine))
        return Draft(document, texts, above)


@record
class Paper:
    """How PDFs are made: the format that they are made from, LaTeX's path, and its preambles with their dumps."""

    format: FormatName
    engine: str = ""
    preambles: tuple[tuple[str, Path], ...] = ()


@record
class Solved:
    """The solution of an exercise on paper: some pages of a PDF, whose anchors have `own` in front of their names."""

    path: Path
    first: int
    count: int
    own: str


@record
class SolvedAloud:
    """The solution of an exercise for screen readers: a part of a tagged PDF."""

    path: Path
    number: int


@record
class Exercise:
    """An exercise of a class: its number, a sheet that has it, and its solution in the format of a paper."""

    number: int
    sheet: Worksheet
    solution: Piece


@record
class Shelf:
    """Where the files of a class go as they are made: thousands of them are never in memory together.

    `files` has their names, with the SHA-256 of what is handed out; `scratch` is for what is needed only meanwhile.
    """

    folder: Folder
    scratch: Path
    files: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, data: bytes) -> None:
        """Put a file there."""
        self.folder.keep(name, data)
        self.files[name] = hashlib.sha256(data).hexdigest() if name.startswith(HANDED_OUT) else ""

    def lay_aside(self, pdf: bytes) -> Path:
        """Where a PDF is from now on that others are put together of."""
        return laid_aside(pdf, self.scratch)


# PDFs of several sheets, which have so many pages each.
Sheets = tuple[tuple[Path, tuple[int, ...]], ...]


def laid_aside(pdf: bytes, folder: Path) -> Path:
    """Where a PDF is from now on, named by its content."""
    path = folder / f"{hashlib.sha256(pdf).hexdigest()}.pdf"
    path.write_bytes(pdf)
    return path


def title_of(document: Document | Worksheet, notation: Notation) -> str:
    """The title of a document in plain words."""
    return plain(document.title, notation, spoken=TABLES[document.language])


def latex_paper(engine: str, language: str, style: Style, folder: Path) -> Paper:
    """LaTeX with the preambles of pages with and without pictures, dumped in a folder.

    Raises: DerivgenError where LaTeX cannot read them.
    """
    from derivgen.render.pdf.bucket import dumped, inflated, preamble_of

    empty = Document((), "", language, "", ())
    found = []
    for number, pictures in enumerate((False, True)):
        text = preamble_of(style.page(empty, "tex", [Piece("", pictures)]))
        path = folder / f"preamble{number}.fmt"
        path.write_bytes(inflated(dumped(text, engine)))
        found.append((text, path))
    return Paper("tex", engine, tuple(found))


def solution_source(exercise: Exercise, style: Style) -> Source:
    """The LaTeX document of the solution of one exercise.

    It has pages 2.1, 2.2 and so on: those of all exercises are put together, each from its first page, below one title.
    """
    document, solution = _untold(exercise.sheet), exercise.solution
    page = rf"\renewcommand\thepage{{{exercise.number}.\arabic{{page}}}}"
    numbered = replace(solution, text=type(solution.text)(f"{page}\n{solution.text}"))
    return _source(document, style.page(replace(document, title=()), "tex", [numbered]), style)


def _untold(sheet: Worksheet) -> Document:
    """The solutions of a sheet that is nobody's, as yet without any."""
    return told_document(Document(titled(sheet, SHEET.solutions), "solutions", sheet.language, "", ()))


def set_solutions(listed: Sequence[Exercise], *, style: Style, paper: Paper, folder: Path) -> list[Solved]:
    """The solutions of single exercises by LaTeX, in PDFs in a folder; those of one run share their fonts.

    Raises: DerivgenError for one that cannot be set.
    """
    from derivgen.render.pdf.bucket import set_whole

    sources = [solution_source(exercise, style) for exercise in listed]
    made: list[Solved] = []
    for whole in set_whole(sources, paper.engine, _preamble(sources, paper)):
        if isinstance(whole, Fault):
            raise DerivgenError(whole)
        path = laid_aside(whole.pdf, folder)
        made += [Solved(path, sum(whole.pages[:k]), count, f"{k}.") for k, count in enumerate(whole.pages)]
    return made


def set_aloud(listed: Sequence[Exercise], style: Style, folder: Path) -> tuple[list[SolvedAloud], tuple[str, ...]]:
    """The solutions of single exercises by Typst, in one PDF in a folder, and what Typst has to say of them.

    Raises: DerivgenError for one that cannot be set.
    """
    from derivgen.render.pdf import tagged, typst

    labels = [f"{exercise.number}." for exercise in listed]
    pairs = zip(listed, labels, strict=True)
    pieces = [Piece(tagged.part(exercise.solution.text, label)) for exercise, label in pairs]
    made = typst.typeset(style.page(_untold(listed[0].sheet), "typ", pieces))
    path = laid_aside(tagged.parted(made.pdf, labels), folder)
    told = tuple(f"solutions: {warning}" for warning in made.warnings)
    return [SolvedAloud(path, number) for number in range(len(listed))], told


def by_typst(
    sheets: Sequence[Draft], solutions: Sequence[tuple[Draft, tuple[SolvedAloud, ...]]], style: Style, shelf: Shelf
) -> tuple[Sheets, tuple[str, ...]]:
    """Put sheets and solutions on paper there; tells what Typst has to say of them."""
    from derivgen.render.pdf.excerpts import excerpts, on_both_sides, opened

    messages: list[str] = []
    listed = [typst_pdf(draft, shelf, messages) for draft in sheets]
    solved_aloud(solutions, shelf, messages)
    first = sheets[0].document
    with ExitStack() as stack:
        books = [stack.enter_context(opened(data)) for data in listed]
        parts = [part for book in books for part in excerpts(book, (len(book.pages),))]
        together = on_both_sides(parts, title_of(first, style.notation), first.language)
    with opened(together) as book:
        return ((shelf.lay_aside(together), (len(book.pages),)),), tuple(messages)


def typst_pdf(draft: Draft, shelf: Shelf, messages: list[str], ending: str = "pdf") -> bytes:
    """Put a document there as a PDF that screen readers can walk."""
    from derivgen.render.pdf import typst

    made = _pdf(draft.document, typst.typeset(draft.texts["typ"], is_one_of_many=True), messages)
    shelf.put(f"{draft.document.slug}.{ending}", made)
    return made


def solved_aloud(
    solutions: Sequence[tuple[Draft, tuple[SolvedAloud, ...]]], shelf: Shelf, messages: list[str], ending: str = "pdf"
) -> None:
    """Put the solutions of each sheet there for screen readers: a page of its own, then those of its exercises."""
    from derivgen.render.pdf import tagged, typst

    with ExitStack() as stack:  # A PDF has to be open until what is taken from it is saved.
        paths = {part.path for _, solved in solutions for part in solved}
        books = {path: stack.enter_context(tagged.shared(path.read_bytes())) for path in sorted(paths)}
        for draft, solved in solutions:
            head = _pdf(draft.document, typst.typeset(draft.above["typ"], is_one_of_many=True), messages)
            made = tagged.continued(head, [(books[one.path], one.number) for one in solved])
            shelf.put(f"{draft.document.slug}.{ending}", made)


def by_latex(
    sheets: Sequence[Draft],
    solutions: Sequence[tuple[Draft, tuple[Solved, ...]]],
    paper: Paper,
    style: Style,
    shelf: Shelf,
) -> tuple[Sheets, tuple[str, ...]]:
    """Put sheets and solutions on paper there; tells what LaTeX has to say of them.

    What a student gets is never set together with what no student may see.
    """
    from derivgen.render.pdf.bucket import divided

    messages: list[str] = []
    wholes = []
    drafts = [(one.document, _source(one.document, one.texts["tex"], style)) for one in sheets]
    for whole, mine in _set(drafts, paper):
        wholes.append((shelf.lay_aside(whole.pdf), whole.pages))
        for (document, _), made in zip(mine, divided(whole, [source for _, source in mine]), strict=True):
            shelf.put(f"{document.slug}.pdf", _pdf(document, made, messages))
    _solutions(solutions, paper, style, shelf)
    return tuple(wholes), tuple(messages)


def _solutions(solutions: Sequence[tuple[Draft, tuple[Solved, ...]]], paper: Paper, style: Style, shelf: Shelf) -> None:
    """The solutions of each sheet: a page of its own, then those of its exercises."""
    from derivgen.render.pdf.excerpts import Excerpt, collected, excerpts, opened

    rest = list(solutions)
    heads = [(one.document, _source(one.document, one.above["tex"], style)) for one, _ in solutions]
    with ExitStack() as stack:  # A PDF has to be open until what is taken from it is saved.
        paths = {part.path for _, solved in solutions for part in solved}
        parts = {path: stack.enter_context(opened(path.read_bytes())) for path in sorted(paths)}
        for whole, mine in _set(heads, paper):
            book = stack.enter_context(opened(whole.pdf))
            for (document, source), first in zip(mine, excerpts(book, whole.pages), strict=True):
                solved = rest.pop(0)[1]
                others = [Excerpt(parts[one.path], one.first, one.count, one.own) for one in solved]
                shelf.put(f"{document.slug}.pdf", collected([first, *others], source.title, source.language))


def _set(drafts: list[tuple[Document, Source]], paper: Paper) -> Iterator[tuple[Whole, list[tuple[Document, Source]]]]:
    """Documents set by LaTeX in as few runs as can be, each run with its documents.

    Raises: DerivgenError for one that cannot be set.
    """
    from derivgen.render.pdf.bucket import set_whole

    sources = [source for _, source in drafts]
    for whole in set_whole(sources, paper.engine, _preamble(sources, paper)):
        if isinstance(whole, Fault):
            raise DerivgenError(whole)
        yield whole, drafts[: len(whole.pages)]
        drafts = drafts[len(whole.pages) :]


def _pdf(document: Document, made: Typeset, messages: list[str]) -> bytes:
    told = (*made.warnings, *(fault.message for fault in made.faults))
    messages += [f"{document.slug}.pdf: {warning}" for warning in told]
    return made.pdf


def _preamble(sources: Sequence[Source], paper: Paper) -> Path | None:
    """The dump of the preamble that these documents have."""
    from derivgen.render.pdf.bucket import preamble_of

    return next((path for text, path in paper.preambles if preamble_of(sources[0].tex) == text), None)


def _source(document: Document, tex: str, style: Style) -> Source:
    from derivgen.render.pdf.bucket import Source

    return Source(tex, title_of(document, style.notation), document.language)
