"""The worked page of a problem as a part of a page of HTML, with what can be copied from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from derivgen.calculus.derive import derive
from derivgen.calculus.records import Derivation
from derivgen.document.asking import page_notation
from derivgen.document.blocks import Cell, Document
from derivgen.document.detail import on_screen
from derivgen.document.wording.telling import told_document
from derivgen.document.worked import worked
from derivgen.errors import DerivgenError, Fault, NoRule
from derivgen.expr.nodes import Expr, Node, Unspecified, Variable
from derivgen.expr.walk import leaves
from derivgen.printing.boxes import Box
from derivgen.printing.latex import latex
from derivgen.printing.notation import Notation
from derivgen.printing.present import present
from derivgen.printing.text import text
from derivgen.problem.problem import Problem, Request
from derivgen.render.copied import program
from derivgen.render.formats import render_piece
from derivgen.render.fragment import fragment


def worked_out(problem: Problem, language: str) -> dict[str, Any]:
    """The steps as HTML, the LaTeX of the derivation, and the answers as text.

    Raises: DerivgenError where no rule is known, or a derivative has no value.
    """
    derivations = tuple(_derivation(problem, request) for request in problem.requests)
    notation = page_notation(Notation(), derivations)
    blocks = on_screen(worked(problem, derivations), "standard")
    made = told_document(Document((), "playground", language, "", blocks))
    piece = render_piece(made.blocks, "html", language=language, notation=notation)
    return {
        "html": piece.text,
        "latex": _latex(derivations, notation, language),
        "numpy": "\n\n".join(map(_numpy, derivations)),
        "answers": [
            {
                "asked": found.request.text,
                "layout": result.layout,
                "shape": str(result.shape),
                "text": text(result.expr),
            }
            for found in derivations
            for result in found.results
        ],
    }


def _numpy(found: Derivation) -> str:
    """A program for each answer; none where a part of it is not known."""
    if any(isinstance(leaf, Unspecified) for leaf in leaves(found.request.of)):
        return ""
    names = tuple(dict.fromkeys(leaf.name for leaf in leaves(found.request.of) if isinstance(leaf, Variable)))
    results = found.results[:1] if found.result("numerator") == found.result("denominator") else found.results
    made = (
        program(Cell(one.expr, str(one.shape)), f"{found.request.text}, {one.layout} layout", names, library="numpy")
        for one in results
    )
    return "\n\n".join(made)


def _derivation(problem: Problem, request: Request) -> Derivation:
    try:
        return derive(problem, request)
    except NoRule as error:
        raise DerivgenError(Fault("no-rule", str(error), error.mend, request.span)) from None


def _latex(derivations: Sequence[Derivation], notation: Notation, language: str) -> str:
    def tex(value: Expr | Box) -> str:
        return latex(present(value, notation) if isinstance(value, Node) else value)

    return "\n".join(fragment(found, tex, language=language) for found in derivations)
