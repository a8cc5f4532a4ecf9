"""What sets the PDFs: LaTeX where it is found and works, else the embedded Typst."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from derivgen.errors import DerivgenError
from derivgen.project.keys import digest_of, key, sealed, unsealed
from derivgen.project.told import TOOL
from derivgen.record import record

if TYPE_CHECKING:
    from derivgen.render.pdf.typeset import Typeset

Engine = Literal["latex", "typst", "none"]

INSTALL = "install texlive-latex-recommended, texlive-pictures and lmodern, or use --pdf typst"


@record
class Tried:
    """A LaTeX that has set a trial page: its path, and the files of its installation with their hashes."""

    path: str
    files: tuple[tuple[str, str], ...]

    @property
    def is_same(self) -> bool:
        """Whether the installation is still the one that was tried."""
        return all(digest_of(Path(name)) == one for name, one in self.files)


@record
class Chosen:
    """The engine, one line on which and why, and the exit status if it is not the one asked for."""

    name: Engine
    path: str = ""
    message: str = ""
    status: int = 0
    has_substitute: bool = False
    tried: Tried | None = None

    @property
    def key(self) -> str:
        """What tells this engine from others, and from itself after an upgrade; Typst's version is the package's."""
        return key(self.name, self.has_substitute, None if self.tried is None else self.tried.files)


def chosen_engine(wish: str, known: Tried | None = None) -> Chosen:
    """The engine for what was asked: auto, latex, typst or none; a LaTeX that is `known` to work is not tried again."""
    match wish:
        case "none":
            return Chosen("none")
        case "typst":
            return Chosen("typst", message="PDFs by Typst, as asked")
        case _:
            return _latex(known, is_asked_for=wish == "latex")


def _latex(known: Tried | None, *, is_asked_for: bool) -> Chosen:
    from derivgen.render.pdf.latex import find_engine

    path = find_engine()
    trouble = "pdflatex is not on the PATH"
    if path is not None:
        is_known = known is not None and known.path == path and known.is_same
        try:
            tried = known if is_known else _tried(path)
            message = f"PDFs by LaTeX: {path}"
            return Chosen("latex", path, message, has_substitute=not is_asked_for, tried=tried)
        except DerivgenError as error:
            trouble = f"{path} does not work here ({error.faults[0].message})"
    if is_asked_for:
        return Chosen("none", message=f"no PDFs: {trouble}\n  mend: {INSTALL}", status=TOOL)
    return Chosen("typst", message=f"PDFs by the embedded Typst: {trouble}")


def _tried(path: str) -> Tried:
    """The LaTeX at a path, after it has set a page.

    Raises: DerivgenError where it cannot.
    """
    # Here, so that a build with nothing to make does without them.
    from derivgen.document.blocks import Document
    from derivgen.render.formats import render

    trial = render(Document(("Trial",), "trial", "en", "", ()), "tex")
    try:
        # pict2e too, so that its files are known; pages without pictures do without it.
        made = set_by_latex(trial.replace(r"\begin{document}", "\\usepackage{pict2e}\n\\begin{document}", 1), path)
    except DerivgenError as error:
        if error.faults[0].code == "latex-time":
            raise
        made = set_by_latex(trial, path)
    files = (str(Path(path).resolve()), *made.read)
    return Tried(path, tuple((name, digest_of(Path(name))) for name in files))


def set_by_latex(tex: str, path: str) -> Typeset:
    """The PDF of a LaTeX document, whole.

    Raises: DerivgenError where the engine refuses the document, or leaves half a PDF behind.
    """
    from derivgen.render.pdf.latex import half_a_pdf, typeset

    made = typeset(tex, path)
    if b"%%EOF" not in made.pdf[-1024:]:
        raise half_a_pdf()
    return made


def written(tried: Tried) -> bytes:
    """What is known of LaTeX as bytes."""
    return sealed([tried.path, tried.files])


def read(data: bytes | None) -> Tried | None:
    """What is known of LaTeX; None where nothing is."""
    found = unsealed(data)
    return None if found is None else Tried(found[0], tuple((name, one) for name, one in found[1]))
