"""What sets the PDFs: LaTeX where it is found and works, else the embedded Typst."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from derivgen.document.blocks import Document
from derivgen.errors import DerivgenError, Fault
from derivgen.project.told import TOOL

if TYPE_CHECKING:
    from derivgen.render.pdf.typeset import Typeset

Engine = Literal["latex", "typst", "none"]

INSTALL = "install texlive-latex-recommended, texlive-pictures and lmodern, or use --pdf typst"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The engine, one line on which and why, and the exit status if it is not the one asked for."""

    name: Engine
    path: str = ""
    message: str = ""
    status: int = 0
    has_substitute: bool = False


def chosen_engine(wish: str) -> Chosen:
    """The engine for what was asked: auto, latex, typst or none."""
    match wish:
        case "none":
            return Chosen("none")
        case "typst":
            return Chosen("typst", message="PDFs by Typst, as asked")
        case _:
            return _latex(is_asked_for=wish == "latex")


def _latex(*, is_asked_for: bool) -> Chosen:
    from derivgen.render.pdf.latex import find_engine

    path = find_engine()
    trouble = "pdflatex is not on the PATH" if path is None else _trouble(path)
    if path is not None and not trouble:
        return Chosen("latex", path, f"PDFs by LaTeX: {path}", has_substitute=not is_asked_for)
    if is_asked_for:
        return Chosen("none", message=f"no PDFs: {trouble}\n  mend: {INSTALL}", status=TOOL)
    return Chosen("typst", message=f"PDFs by the embedded Typst: {trouble}")


def _trouble(path: str) -> str:
    """Why this LaTeX cannot set a page, in one line; empty if it can."""
    from derivgen.render.formats import render

    trial = Document(("Trial",), "trial", "en", "", ())
    try:
        set_by_latex(render(trial, "tex"), path)
    except DerivgenError as error:
        return f"{path} does not work here ({error.faults[0].message})"
    return ""


def set_by_latex(tex: str, path: str) -> Typeset:
    """The PDF of a LaTeX document, whole.

    Raises: DerivgenError where the engine refuses the document, or leaves half a PDF behind.
    """
    from derivgen.render.pdf.latex import typeset

    made = typeset(tex, path)
    if b"%%EOF" not in made.pdf[-1024:]:
        raise DerivgenError(
            Fault("latex", "LaTeX cannot set this page: its PDF has no end", "see that the disk is not full")
        )
    return made
