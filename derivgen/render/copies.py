"""What a reader may copy from a page: results and steps in LaTeX, results as programs; with it the dialogs of the page.

It is a file of its own beside the page, which loads it when it is first wanted.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

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
from derivgen.render.environment import macro
from derivgen.render.formats import environment_of
from derivgen.render.html import finished
from derivgen.render.left import for_people
from derivgen.render.markdown import equation
from derivgen.render.program import LIBRARIES
from derivgen.render.words import words
from derivgen.render.writer import plain

LANGUAGES = {"NumPy": "numpy", "JAX": "jax", "PyTorch": "torch"}
Tex = Callable[[Expr | Box], str]


@dataclass(frozen=True, slots=True)
class Copied:
    """A result in each form in which it may be copied; its `layout` where a reader may choose between layouts."""

    title: str
    layout: LayoutName | None
    forms: dict[str, str]


def copies(document: Document, *, notation: Notation, templates: Path | None = None) -> str:
    """The file: a script that holds data alone, texts and dialogs by their names."""
    environment = environment_of("html", document.language, notation, templates)

    def made(name: str, *held: object) -> str:
        """What stands in a dialog, in HTML."""
        return finished(macro(environment, "worked/dialogs.html.j2", name)(*held)).strip()

    tex = partial(_tex, notation)
    answers = [block for block in document.on_screen if isinstance(block, Answer)]
    data = {
        "copied": words(document.language).copied,
        "help": made("help"),
        "failed": made("failed"),
        **{str(k): made("results", _results(one, document, notation)) for k, one in enumerate(answers)},
        **dict(_steps(document, tex)),
    }
    return f"copies = {json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n"


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
