"""The questions of the rubric that a program can answer, one function each.

Each yields what is amiss: where on the page, and what. What a derivation is too long for, or a line too
wide for, is in words that tell its author how to mend it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from derivgen.calculus.layouts import in_denominator, is_derivative
from derivgen.document.blocks import Document, Heading, Line, StepBlock, Told
from derivgen.document.symbols import signs_between_names
from derivgen.document.within import every_block
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.length import MOST_WORDS, words_in
from derivgen.document.wording.telling import told
from derivgen.expr.nodes import (
    Differential,
    Expr,
    Node,
    Reference,
    SizeNumber,
    Transpose,
    Unresolved,
    Unspecified,
    Variable,
)
from derivgen.expr.sizes import Size
from derivgen.expr.walk import contains, leaves, parts
from derivgen.printing.boxes import Box, Operator, Row, beside
from derivgen.printing.lines import LIMIT, SCALES, room
from derivgen.printing.notation import Notation
from derivgen.printing.present import present
from derivgen.problem.problem import DetailName
from derivgen.record import record
from derivgen.render.rubric.formulas import displays, said
from derivgen.render.rubric.leftovers import is_untaken, leftovers
from derivgen.render.rubric.parts import Part, answer_of, givens_of, last_line, parts_of
from derivgen.render.writer import line_rows, plain

Amiss = tuple[str, str]
"""Where on the page, and what."""

COMMA = Operator(",", "punctuation")
LONGEST = 9
MOST_GOALS = 4
STEPS_AN_OPERATION = 2  # one to differentiate it, one to bring what it gives into place
# Names of our language and of LaTeX that are no words.
IDENTIFIERS = frozenset(
    ("tr", "det", "inv", "diag", "kron", "logdet", "logsumexp", "matpow", "norm1", "acos", "asin", "atan", "cosh",
     "sinh", "sqrt", "abs", "frac", "mathbf")
)  # fmt: skip


@record
class Page:
    """A finished page with what its author chose for it."""

    document: Document
    notation: Notation
    detail: DetailName
    parts: tuple[Part, ...]

    @staticmethod
    def of(document: Document, notation: Notation, detail: DetailName) -> Page:
        """The page of a document."""
        return Page(document, notation, detail, parts_of(document))

    @property
    def formulas(self) -> tuple[Expr, ...]:
        """Every formula of the answer and of the steps."""
        cells = (form for part in self.parts for form in (part.row.left, *(cell.expr for cell in part.row.cells)))
        return (*cells, *(form for part in self.parts for step in part.shown for form in _forms(step)))


def _forms(step: StepBlock) -> tuple[Expr, ...]:
    return tuple(form for line in step.equation.lines for form in (line.left, *line.rights))


def symbols(page: Page) -> Iterator[Amiss]:
    """Every symbol of the page stands in the table of what is given."""
    givens = givens_of(page.document)
    if not page.parts or givens is None:
        return
    declared = {box for row in givens.rows for box in _boxes(_box(row.symbol, page.notation))}
    introduced = {form for part in page.parts for form in _introduced(part)}
    for name in _names(page.formulas):
        named = name.of if isinstance(name, Differential) else name
        if present(name, page.notation) not in declared and named not in introduced:
            yield "the table of symbols", f"{plain((name,), page.notation)} is used and not declared"
    explained = {_explained(told(row.role)) for row in givens.rows}
    for sign in signs_between_names(page.formulas, page.notation):
        if _explained(told(sign.role, page.document.language)) not in explained:
            yield "the table of symbols", f"{plain((sign.symbol,), page.notation)} is used and not explained"


def _explained(role: tuple[Told, ...]) -> str:
    """What a row says that a sign is; how it acts on the example of the row comes after a colon or a comma."""
    first = role[0] if role else ""
    return re.split("[:,]", first)[0] if isinstance(first, str) else ""


def _introduced(part: Part) -> Iterator[Reference]:
    """The names that steps introduce, in any of the ways."""
    for step in part.shown:
        line = step.equation.line
        if step.rule == "introduce-intermediate" and isinstance(line, Line) and isinstance(line.left, Reference):
            yield line.left


def _names(formulas: Iterable[Expr]) -> tuple[Expr, ...]:
    """The names that are written in formulas, each once, and the differentials of names."""
    found: dict[Expr, None] = {}
    for formula in formulas:
        _note(formula, found)
    return tuple(found)


def _note(expr: Expr, found: dict[Expr, None]) -> None:
    match expr:
        case Variable() | Reference() | Unspecified() | Differential(of=Variable() | Reference() | Unspecified()):
            found.setdefault(expr)
        case SizeNumber(size=size):
            for name in size.names:
                found.setdefault(SizeNumber(Size.named(name)))
        case _:
            for part in parts(expr):
                _note(part, found)


def _box(symbol: Expr | Box, notation: Notation) -> Box:
    return present(symbol, notation) if isinstance(symbol, Node) else symbol


def _boxes(box: Box) -> tuple[Box, ...]:
    """What a row of the table declares: its symbol, or each of a list such as m, n."""
    return (box, *(beside(*entry) for entry in _entries(box.boxes))) if isinstance(box, Row) else (box,)


def _entries(boxes: tuple[Box, ...]) -> Iterator[tuple[Box, ...]]:
    entry: tuple[Box, ...] = ()
    for box in (*boxes, COMMA):
        if box == COMMA:
            yield entry
            entry = ()
        else:
            entry = (*entry, box)


def answer(page: Page) -> Iterator[Amiss]:
    """The last line of the steps, and of every other way, is the printed answer."""
    for part in page.parts:
        # The second derivative of f may end as the derivative of the gradient that a step has called g.
        straight = (part.row.left, *(Unresolved(name, _variables(part.row.left)) for name in _introduced(part)))
        lefts = (*straight, *map(Transpose, straight))
        wanted = {(left, _turned(cell.expr)) for left in lefts for cell in part.row.cells}
        for way in (part.steps, *part.others):
            last = last_line(way[-1]) if way else None
            if way and (last is None or (_turned(last[0]), _turned(last[1])) not in wanted):
                yield f"step {way[-1].number}", "the last line is not the printed answer"
        if not part.steps:
            yield "the steps", "there are none"


def _turned(expr: Expr) -> Expr:
    """A derivative in denominator layout as the transpose that it is."""
    if isinstance(expr, Unresolved) and expr.denominator:
        return Transpose(replace(expr, denominator=False))
    return expr


def _variables(asked: Expr) -> tuple[Expr, ...]:
    return asked.wrt if isinstance(asked, Unresolved) else ()


BOTH = (LABELS.numerator, LABELS.denominator)


def layouts(page: Page) -> Iterator[Amiss]:
    """The table of answers names its layouts, the heading of the steps theirs, and a line in another one its own."""
    table = answer_of(page.document)
    if table is None:
        return
    named = tuple(plain(name, page.notation).casefold() for name in table.layouts)
    both = tuple(plain(told((word,), page.document.language), page.notation).casefold() for word in BOTH)
    for part in page.parts:
        if len(named) != len(part.row.cells) or not all(named):
            yield "the answer", "a layout is not named"
        heading = plain(part.heading, page.notation).casefold()
        # A column may have a view beside its layout.
        shown = (word for word in both if any(word in name for name in named))
        if not any(name and name in heading for name in (*named, *shown)):
            yield "the heading of the steps", "the layout is not named"
        for step in part.shown:
            if step.other is not None and len(set(filter(None, step.other.layouts))) < 2:
                yield f"step {step.number}", "two lines stand side by side, and their layouts are not told apart"
            name = plain(step.name, page.notation).casefold()
            if both[1] in heading and _is_kept(step, part.row.left) and both[0] not in name:
                yield f"step {step.number}", "the line is in another layout than its neighbours, and does not say so"


def _is_kept(step: StepBlock, asked: Expr) -> bool:
    """Whether a step of a derivation in denominator layout ends in a derivative in numerator layout."""
    lefts = [line.left for line in step.equation.lines[-1:]]
    is_hessian = isinstance(asked, Unresolved) and isinstance(asked.of, Unresolved) and asked.of.of.is_scalar
    # A Hessian is the same in both layouts.
    return not is_hessian and any(
        is_derivative(left) and not left.is_scalar and not in_denominator(left) for left in lefts
    )


def finished(page: Page) -> Iterator[Amiss]:
    """No derivative is left to be taken."""
    for place, form in _ends(page):
        if contains(form, is_untaken):
            yield place, "a derivative is not taken"


def simplified(page: Page) -> Iterator[Amiss]:
    """Nothing is left in an answer that does nothing."""
    for place, form in _ends(page):
        yield from ((place, what) for what in leftovers(form))


def _ends(page: Page) -> Iterator[tuple[str, Expr]]:
    """What the page ends in: its answers, and what they are read as."""
    for part in page.parts:
        yield from (("the answer", cell.expr) for cell in part.row.cells)
        yield from ((f"step {step.number}", form) for step in part.readings for form in _forms(step)[-1:])


def shapes(page: Page) -> Iterator[Amiss]:
    """Every answer and every line tells its shape, and both sides of a line have it."""
    for part in page.parts:
        for cell in part.row.cells:
            if cell.shape != str(cell.expr.shape):
                yield "the answer", f"the shape is {cell.expr.shape}, the page says {cell.shape or 'nothing'}"
        for step in part.shown:
            forms = _forms(step)
            told = bool(step.shape) or page.detail == "brief"
            if forms and (not told or step.shape not in ("", str(forms[-1].shape))):
                yield f"step {step.number}", f"the shape is {forms[-1].shape}, the page says {step.shape or 'nothing'}"
            yield from ((f"step {step.number}", what) for line in step.equation.lines for what in _unequal(line))


def _unequal(line: Line) -> Iterator[str]:
    for right in line.rights:
        if right.shape != line.left.shape:
            yield f"the left side is {line.left.shape}, the right side {right.shape}"


def names(page: Page) -> Iterator[Amiss]:
    """No two things of a page have one name, and nothing is defined by itself."""
    givens = givens_of(page.document)
    rows = () if givens is None else givens.rows
    for row in rows:
        if row.definition is not None and contains(row.definition, lambda part, own=row.symbol: part == own):  # type: ignore[misc]
            yield "the table of symbols", f"{plain((row.symbol,), page.notation)} is defined by itself"
    symbols = dict.fromkeys(row.symbol for row in rows)
    for box, times in Counter(_box(symbol, page.notation) for symbol in symbols).items():
        if times > 1:
            yield "the table of symbols", f"{plain((box,), page.notation)} stands for {times} things"


def anchors(page: Page) -> Iterator[Amiss]:
    """No two places of a page have one address, no two steps one number."""
    blocks = tuple(every_block(page.document.blocks))
    for anchor, times in Counter(block.anchor for block in blocks if isinstance(block, Heading | StepBlock)).items():
        if times > 1:
            yield "the headings and steps", f"{anchor} is there {times} times"


def length(page: Page) -> Iterator[Amiss]:
    """A standard derivation has few steps: up to nine for each order, or two for an operation of its longest line."""
    for part in page.parts:
        if page.detail != "standard":
            continue
        order = 1 + contains(part.row.left, _is_of_a_derivative)
        operations = max(map(_operations, (part.row.left, *(form for step in part.steps for form in _forms(step)))))
        most = max(LONGEST * order, STEPS_AN_OPERATION * operations)
        if len(part.steps) > most:
            yield "the steps", f"{len(part.steps)} of them, where {most} are the most that one follows"


def _is_of_a_derivative(expr: Expr) -> bool:
    return isinstance(expr, Unresolved) and isinstance(expr.of, Unresolved)


def _operations(expr: Expr) -> int:
    """How many operations a reader sees: every node that has parts."""
    inside = parts(expr)
    return bool(inside) + sum(_operations(part) for part in inside)


def check(page: Page) -> Iterator[Amiss]:
    """There is a check by numbers, wherever the function is known."""
    for part in page.parts:
        is_known = not any(isinstance(leaf, Unspecified) for leaf in leaves(part.row.left))
        if is_known and not part.is_checked:
            yield "the check", "there is none"


def reasons(page: Page) -> Iterator[Amiss]:
    """Every step says why, in at most 25 words."""
    for step in (step for part in page.parts for step in part.shown):
        if not step.why and page.detail != "brief":
            yield f"step {step.number}", "it does not say why"
        if (words := words_in(step.why)) > MOST_WORDS and page.detail == "standard":
            yield f"step {step.number}", f"its reason has {words} words, {MOST_WORDS} are the most"


def goals(page: Page) -> Iterator[Amiss]:
    """Steps stand under two to four headings for each order; more variables, and another layout, have their own."""
    for part in page.parts:
        if page.detail != "standard" or len(part.steps) < 2:
            continue
        order = 1 + contains(part.row.left, _is_of_a_derivative)
        turned = bool(part.steps) and isinstance((last_line(part.steps[-1]) or (part.row.left,))[0], Transpose)
        most = max(MOST_GOALS * order, len(_names((part.row.left,))) + 2) + turned
        if not 2 <= len(part.subgoals) <= most:
            yield "the steps", f"they stand under {len(part.subgoals)} headings, where 2 to {most} are right"


def widths(page: Page) -> Iterator[Amiss]:
    """No line is wider than the page, broken wherever it may be and set as small as one can read."""
    for place, line in displays(page.document):
        needed = room(line_rows(line, LIMIT, page.notation)) * SCALES[-1] / LIMIT
        if needed > 1:
            yield place, f"the line is {needed:.2f} times as wide as the page, even in small letters"


SPOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:\.\d+)?|[\s.,;:%…-]")


def speech(page: Page) -> Iterator[Amiss]:
    """The words of a formula are words and numbers: no LaTeX, no name of a program."""
    for place, words in said(page.document, page.notation):
        programs = set(re.findall(r"[a-z]+", words)) & IDENTIFIERS
        if not words.strip() or SPOKEN.sub("", words) or programs:
            yield place, f"a formula is spoken as {words!r}"
