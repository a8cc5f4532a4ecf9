"""What a reader may copy from a page: results and steps in LaTeX, results as programs."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial

from derivgen.document.blocks import Answer, Cell, Document, Equation, StepBlock
from derivgen.document.within import every_block
from derivgen.expr.nodes import Expr, Unresolved, Unspecified, Variable
from derivgen.expr.walk import leaves, nodes_within
from derivgen.printing.boxes import Box
from derivgen.printing.latex import latex
from derivgen.printing.notation import Notation
from derivgen.printing.numpy import array_program, written_out
from derivgen.printing.present import present
from derivgen.printing.speechtables import TABLES
from derivgen.problem.problem import LayoutName
from derivgen.record import record
from derivgen.render.left import for_people
from derivgen.render.markdown import equation
from derivgen.render.program import LIBRARIES
from derivgen.render.writer import plain

LANGUAGES = {"NumPy": "numpy", "JAX": "jax", "PyTorch": "torch"}
Tex = Callable[[Expr | Box], str]


@record
class Copied:
    """A result in each form in which it may be copied; its `layout` where a reader may choose between layouts."""

    title: str
    layout: LayoutName | None
    forms: dict[str, str]


def copied(document: Document, notation: Notation) -> str:
    """What may be copied as JSON: results by boxes, and steps by anchors; nothing where the page has no steps."""
    if document.detail is None:
        return ""
    answers = [block for block in document.on_screen if isinstance(block, Answer)]
    results = [[asdict(one) for one in _results(answer, document, notation)] for answer in answers]
    steps = dict(_steps(document, partial(_tex, notation)))
    return json.dumps({"results": results, "steps": steps}, ensure_ascii=False, separators=(",", ":"))


def _tex(notation: Notation, value: Expr | Box) -> str:
    return latex(value if isinstance(value, Box) else present(value, notation))


def _names(derivative: Expr) -> tuple[str, ...]:
    """The names of what is given, in the order in which the function is read: that of the arguments of programs."""
    function = derivative
    while isinstance(function, Unresolved):
        function = function.of
    return tuple(leaf.name for leaf in leaves(function) if isinstance(leaf, Variable))


def _results(answer: Answer, document: Document, notation: Notation) -> list[Copied]:
    """Each answer of a box, in the order of the page."""
    made = []
    for row in answer.rows:
        for head, cell in answer.shown(row):
            title = f"{for_people(row.left)}, {plain(head, notation, spoken=TABLES[document.language])}"
            tex = {"LaTeX": f"{_tex(notation, row.left)} = {_tex(notation, cell.expr)}"}
            layout = answer.kind(head) if answer.has_choice else None
            made.append(Copied(title, layout, tex | _programs(cell, title, _names(row.left))))
    return made


def _programs(cell: Cell, title: str, names: tuple[str, ...]) -> dict[str, str]:
    # What holds a derivative that is not worked out is no program: its layout would be that of whoever fills it in.
    inner = (*leaves(cell.expr), *nodes_within(cell.expr))
    if any(isinstance(node, Unspecified | Unresolved) for node in inner):
        return {}
    return {shown: program(cell, title, names, library=library) for shown, library in LANGUAGES.items()}


def program(cell: Cell, title: str, names: tuple[str, ...], *, library: str) -> str:
    """A function `derivative` that computes an answer, with what it imports; it tells its layout and how to call it."""
    chosen = LIBRARIES[library]
    made = chosen.turned(array_program(cell.expr, "derivative", order=names, reserved=chosen.reserved))
    told = f"{title}, {cell.shape}. {chosen.arguments}"
    made.body.insert(0, ast.Expr(ast.Constant(told)))
    return f"{chosen.imports}\n\n\n{written_out(made)}\n"


def _steps(document: Document, tex: Tex) -> Iterator[tuple[str, str]]:
    """The line of each step by its anchor."""
    for block in every_block(document.on_screen):
        if isinstance(block, StepBlock):
            yield from _lines(block, tex)


def _lines(step: StepBlock, tex: Tex) -> Iterator[tuple[str, str]]:
    """A step and those within it; where the line stands in both layouts, both, each below its name."""
    for inner in step.finer:
        yield from _lines(inner, tex)
    lines: tuple[Equation, ...] = (step.equation, *((step.other.equation,) if step.other else ()))
    marks = tuple(f"% {layout}\n" for layout in step.other.layouts) if step.other else ("",)
    yield step.anchor, "\n".join(mark + equation(one.line, tex) for mark, one in zip(marks, lines, strict=True))
