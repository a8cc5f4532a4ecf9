"""What is made once for a class: its solutions on paper, the pages of the instructor, the key; one task for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from functools import partial
from pathlib import Path

from derivgen.document.blocks import Document
from derivgen.printing.notation import Notation
from derivgen.project.classpapers import Exercise, Paper, Solved, SolvedAloud, Style, set_aloud, set_solutions
from derivgen.project.paper import printed, printed_once
from derivgen.project.tasks import Task as Page
from derivgen.record import record
from derivgen.render.formats import render


@record
class Beside:
    """What a task has made: files by their names, what to say of them, and solutions by LaTeX or by Typst."""

    files: dict[str, bytes] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    status: int = 0
    solved: tuple[Solved, ...] = ()
    aloud: tuple[SolvedAloud, ...] = ()


Making = Callable[[], Beside]


def made_beside(task: Making) -> Beside:
    """What a task makes."""
    return task()


def page_tasks(documents: Sequence[Document], page: Page, notation: Notation) -> list[Making]:
    """The pages of the instructor, each on paper and for the screen by itself."""
    tasks: list[Making] = [partial(_on_paper, document, page, notation) for document in documents]
    if "html" in page.look.formats:
        tasks += [partial(_on_screen, document, page, notation) for document in documents]
    return tasks


def key_task(key: Callable[[], str]) -> Making:
    """The key for programs."""
    return partial(_key, key)


def solution_task(listed: Sequence[Exercise], style: Style, paper: Paper, folder: Path) -> Making:
    """Solutions on paper, in PDFs in a folder."""
    return partial(_solutions, listed, style, paper, folder)


def _on_paper(document: Document, page: Page, notation: Notation) -> Beside:
    files, told = (printed if page.look.has_twins else printed_once)(document, page, notation)
    named = {f"{document.slug}.{ending}": data for ending, data in files.items()}
    return Beside(named, told.messages, told.status)


def _on_screen(document: Document, page: Page, notation: Notation) -> Beside:
    made = render(document, "html", notation=notation, templates=page.look.templates)
    return Beside({f"{document.slug}.html": made.encode()})


def _key(key: Callable[[], str]) -> Beside:
    return Beside({"key.json": key().encode()})


def _solutions(listed: Sequence[Exercise], style: Style, paper: Paper, folder: Path) -> Beside:
    """The solutions of exercises.

    Raises: DerivgenError for one that cannot be set.
    """
    if paper.format == "typ":
        aloud, messages = set_aloud(listed, style, folder)
        return Beside(aloud=tuple(aloud), messages=messages)
    return Beside(solved=tuple(set_solutions(listed, style=style, paper=paper, folder=folder)))
