"""The answers of a page in their layouts and views: the table on top and the programs at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivgen.calculus.layouts import arranged_as, in_symbols
from derivgen.calculus.records import Derivation
from derivgen.document.asking import layout_words, layouts_shown
from derivgen.document.blocks import Answer, AnswerRow, Block, Cell, Code, Folded, Phrase, Text
from derivgen.document.wording.conditions import conditions_text
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.telling import said
from derivgen.expr.nodes import Expr
from derivgen.printing.numpy import source
from derivgen.problem.problem import LayoutName, Problem

# The head of each column, and the answers below it.
Columns = dict[Text, tuple[Expr, ...]]


def answer(problem: Problem, derivations: Sequence[Derivation]) -> Answer:
    """The table of answers: a row for each derivative, a cell for each layout and for a view that differs from all."""
    layouts = _layouts(problem, derivations)
    columns = _columns(problem, derivations, layouts)
    # A view that has a column of its own comes last.
    kinds = (*layouts, *[None] * (len(columns) - len(layouts)))
    needed = tuple(frozenset(derivation.conditions) for derivation in derivations)
    # What all answers need is said once below them, what one needs beside that one.
    is_common = len(set(needed)) == 1
    rows = []
    for k, derivation in enumerate(derivations):
        cells = tuple(Cell(answers[k], str(answers[k].shape)) for answers in columns.values())
        rows.append(AnswerRow(derivation.request.derivative, cells, () if is_common else _where(derivation)))
    note = _where(derivations[0]) if is_common else ()
    # Of steps in several layouts nothing short can be said.
    is_one = {derivation.layout for derivation in derivations} == {layouts[0]}
    aside = said(LABELS.transposed, layout=layout_words(layouts[0])) if is_one else ()
    return Answer(tuple(columns), tuple(rows), note, _all_layouts(problem, tuple(columns)), kinds, aside)


def _where(derivation: Derivation) -> Text:
    """What must hold for an answer."""
    conditions = tuple(dict.fromkeys(derivation.conditions))
    return said("where {conditions}", conditions=conditions_text(conditions)) if conditions else ()


def _all_layouts(problem: Problem, heads: tuple[Text, ...]) -> Text:
    """One head for both layouts, and for a view that agrees with one of them."""
    if len(heads) != 2:
        return ()
    if problem.view is None:
        return (LABELS.both,)
    return said(LABELS.also, layout=LABELS.both, view=layout_words(problem.view))


def _layouts(problem: Problem, derivations: Sequence[Derivation]) -> tuple[LayoutName, ...]:
    """The layouts in which answers stand."""
    wanted = {layout for derivation in derivations for layout in layouts_shown(problem, derivation)}
    return tuple(layout for layout in problem.both if layout in wanted)


def _columns(problem: Problem, derivations: Sequence[Derivation], layouts: tuple[LayoutName, ...]) -> Columns:
    """The heads of the table with the answers below each; a view that agrees with a layout shares its column."""
    columns: Columns = {
        (layout_words(layout),): tuple(_shown(found, layout) for found in derivations) for layout in layouts
    }
    if problem.view is None:
        return columns
    of_view = tuple(_shown(found, arranged_as(problem.view, found.request)) for found in derivations)
    return _with_view(columns, layout_words(problem.view), of_view)


def _shown(found: Derivation, layout: LayoutName) -> Expr:
    """An answer in a layout; what it holds of derivatives has the signs of that layout."""
    return in_symbols(found.result(layout)) if layout == "denominator" else found.result(layout)


def _with_view(columns: Columns, view: Phrase, answers: tuple[Expr, ...]) -> Columns:
    same = next((head for head, others in columns.items() if others == answers), None)
    if same is None:
        return {**columns, (view,): answers}
    shared = said(LABELS.also, layout=same, view=view)
    return {shared if head == same else head: others for head, others in columns.items()}


def program(problem: Problem, derivation: Derivation) -> Iterator[Block]:
    """The formula as a NumPy function for each layout and view; once where they have the same."""
    layouts, names = layouts_shown(problem, derivation), derivation.request.names
    codes: dict[str, list[Phrase]] = {}
    for name in layouts:
        codes.setdefault(source(derivation.result(name), names).code, []).append(layout_words(name))
    kinds = dict(zip(codes, layouts, strict=True)) if len(codes) == 2 else {}
    if len(codes) == 1 and len(layouts) > 1:
        codes = {code: [LABELS.both] for code in codes}
    for view in derivation.views:
        codes.setdefault(source(view.expr, names).code, []).append(layout_words(view.layout))
    for code, (first, *others) in codes.items():
        words = said(LABELS.also, layout=first, view=others[0]) if others else (first,)
        yield Folded(said(LABELS.code, layout=words), (Code(code, "python"),), layout=kinds.get(code))
