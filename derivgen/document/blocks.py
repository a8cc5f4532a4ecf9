"""One document for every format: blocks that hold expressions and words, never LaTeX or HTML."""

from __future__ import annotations

from typing import Literal

from derivgen.document.scene import Drawing
from derivgen.expr.nodes import Expr
from derivgen.printing.boxes import Box
from derivgen.problem.problem import DetailName, LayoutName
from derivgen.record import record


@record
class Strong:
    """Words set bold."""

    text: Text


@record
class Emphasis:
    """Words set italic."""

    text: Text


@record
class CodeSpan:
    """Code within a line."""

    code: str


@record
class Link:
    """Words that lead somewhere: an address of the whitelist, or `#anchor`, or a page of this site."""

    text: Text
    address: str


class Phrase(str):
    """Fixed words of ours, in English; a language's catalogue has its own for them. What a person typed is a str."""

    __slots__ = ()


@record
class Said:
    """A sentence of ours: its English template, and what its slots hold.

    It stays a template until the document is told in its language, so that which sentence a page
    says is decided once for all languages.
    """

    template: str
    slots: tuple[tuple[str, Text], ...]


# A str is words; an Expr is inline mathematics of ours; a Box is mathematics that a person typed.
Told = str | Strong | Emphasis | CodeSpan | Link | Expr | Box
Inline = Told | Said
Text = tuple[Inline, ...]

# The presets of detail; what is folded because its rule is known stays closed in all of them.
Least = Literal["brief", "standard", "detailed", "folded"]


@record
class Heading:
    """A heading of level 2 to 4; the title of the document is level 1. A subgoal groups steps."""

    level: Literal[2, 3, 4]
    text: Text
    anchor: str
    is_subgoal: bool = False


@record
class Paragraph:
    """A paragraph; `label` is a run-in heading such as `Plan.`."""

    text: Text
    label: str = ""


@record
class Line:
    """left = right = right ...; the factors of the right side `braced` carry their shapes below them.

    `implies` is a second equation that follows after an arrow. `was` is the right side that this line rewrites, and
    `becomes` what the next one makes of its last right side: where they differ, a reader sees it marked.
    """

    left: Expr
    rights: tuple[Expr, ...]
    braced: Expr | None = None
    implies: Line | None = None
    was: Expr | None = None
    becomes: Expr | None = None


@record
class Equation:
    """A displayed equation, or one that a person typed."""

    line: Line | Box

    @property
    def lines(self) -> tuple[Line, ...]:
        """The line, and the one that it implies; none of what a person typed."""
        if not isinstance(self.line, Line):
            return ()
        return (self.line,) if self.line.implies is None else (self.line, self.line.implies)


@record
class Cell:
    """One answer: the expression, its layout and its shape."""

    expr: Expr
    shape: str


@record
class AnswerRow:
    """One derivative: its left side, a cell for each layout of the table's head, and what holds for it alone."""

    left: Expr
    cells: tuple[Cell, ...]
    note: Text = ()

    @property
    def is_shared(self) -> bool:
        """Whether the answer is the same in every layout."""
        return len(self.cells) > 1 and len(set(self.cells)) == 1


@record
class Answer:
    """The table of answers; `layouts` are its column heads in words, `all_layouts` is one for all of them.

    `kinds` are the layouts of the columns, a view has none; `aside` is said of the second one where it stands alone.
    """

    layouts: tuple[Text, ...]
    rows: tuple[AnswerRow, ...]
    note: Text = ()
    all_layouts: Text = ()
    kinds: tuple[LayoutName | None, ...] = ()
    aside: Text = ()

    def shown(self, row: AnswerRow) -> tuple[tuple[Text, Cell], ...]:
        """The answers of a row, each with its head; one that is the same in all layouts once."""
        if self.all_layouts and row.is_shared:
            return ((self.all_layouts, row.cells[0]),)
        return tuple(zip(self.layouts, row.cells, strict=True))

    def kind(self, head: Text) -> LayoutName | None:
        """The layout of the answers below a head; none of a view, and none of an answer in both."""
        return dict(zip(self.layouts, self.kinds, strict=False)).get(head)

    @property
    def has_choice(self) -> bool:
        """Whether both layouts stand here, and differ."""
        return {"numerator", "denominator"} <= {self.kind(head) for row in self.rows for head, _ in self.shown(row)}

    @property
    def has_heads(self) -> bool:
        """Whether any answer differs from layout to layout, so that the columns need their heads."""
        return any(len(self.shown(row)) == len(self.layouts) for row in self.rows)


@record
class Given:
    """A symbol with its shape and its role."""

    symbol: Expr | Box
    shape: str
    role: Text
    definition: Expr | None = None


@record
class Givens:
    """The table of what is given; `head` names its columns (symbol, shape, role)."""

    head: tuple[str, str, str]
    rows: tuple[Given, ...]


@record
class OtherLine:
    """The line of a step in the other layout, `kind`; `layouts` are the words for that of its own line, then for it."""

    layouts: tuple[str, str]
    equation: Equation
    shape: str
    kind: LayoutName


@record
class LeftColumn:
    """The left sides of neighbouring lines: on paper their relation signs stand below each other."""

    lefts: tuple[Expr, ...]
    is_first: bool


@record
class StepBlock:
    """One step as the reader sees it: rule name, displayed line, why, shape, conditions.

    `rule` and `also` are the ids of its rules, by which a site finds it. `least` is the
    shortest preset that shows the step; `finer` are the steps within it, open or not, to
    which the step itself `adds` something or not; where an earlier step has the same ones,
    `finer_in` leads there, and those are `is_renamed` or not. `notes`
    say the rule in general and the value of the line, where everything is shown; `column` is
    that of a line of the brief preset.
    """

    number: str
    anchor: str
    name: Text
    rule: str
    equation: Equation
    why: Text
    shape: str
    conditions: Text = ()
    also: tuple[str, ...] = ()
    other: OtherLine | None = None
    least: Least = "brief"
    finer: tuple[StepBlock, ...] = ()
    finer_in: Text = ()
    is_renamed: bool = False
    is_open: bool = False
    adds: bool = True
    notes: tuple[Text, ...] = ()
    column: LeftColumn | None = None


@record
class Callout:
    """A remark or a common mistake, set apart."""

    kind: Literal["remark", "mistake", "conditions", "note"]
    label: str
    text: Text


@record
class Legend:
    """What the marks in the lines of a page mean; only where they are seen."""

    text: Text


@record
class Listing:
    """A list of items, numbered or not; an item is blocks."""

    items: tuple[tuple[Block, ...], ...]
    numbered: bool = False


@record
class Table:
    """A table; `widths` compare its columns on paper; on a phone a row of `cards` has its third cell below the rest."""

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: Text = ()
    row_heads: bool = False
    widths: tuple[int, ...] = ()
    cards: bool = False

    @property
    def shares(self) -> tuple[float, ...]:
        """The width of each column, where 1 is that of columns of equal width."""
        equal = sum(self.widths) / len(self.head)
        return tuple(width / equal for width in self.widths) or (1.0,) * len(self.head)


@record
class Code:
    """A program listing."""

    code: str
    language: str


@record
class Figure:
    """A drawing with what it shows in words; a small one stands beside a step and repeats what its line says."""

    drawing: Drawing
    caption: Text
    words: Text
    is_small: bool = False


@record
class Folded:
    """Blocks that a page shows closed and paper shows open.

    An `open` one is open on the page too, beside its neighbours where there is room; a `recap` repeats there what the
    page has shown before, to be compared with them, and stands nowhere else. An `answer` and a `program` to copy are
    for the screen alone. `layout` is the one that it holds for, where another fold is there for the other one.
    """

    summary: Text
    blocks: tuple[Block, ...]
    kind: Literal["closed", "open", "recap", "answer", "program"] = "closed"
    layout: LayoutName | None = None


@record
class Columns:
    """Blocks beside each other in small print, for one sheet of paper; below each other where there is no room."""

    columns: tuple[tuple[Block, ...], ...]


@record
class Question:
    """A question of a sheet: its letter, what is asked, and its points in words; letter and points may be empty."""

    number: str
    anchor: str
    text: Text
    points: Text = ()


@record
class Hints:
    """Hints to one question, to be read one at a time: a page shows each closed, paper shows a list."""

    label: Text
    each: str
    items: tuple[Text, ...]


@record
class Blanks:
    """Lines to be filled in by hand, such as a name; on paper only."""

    labels: tuple[str, ...]


@record
class Room:
    """Empty room for an answer by hand; on paper only."""

    millimetres: int


@record
class NewPage:
    """What follows begins a new page of paper."""


Block = (
    Heading
    | Paragraph
    | Equation
    | Answer
    | Givens
    | StepBlock
    | Callout
    | Legend
    | Listing
    | Table
    | Code
    | Figure
    | Folded
    | Columns
    | Question
    | Hints
    | Blanks
    | Room
    | NewPage
)


@record
class Document:
    """A page: what every format renders. `slug` is its path without ending, such as "chapter/name".

    `on_screen` are the blocks of a page whose reader may choose the detail: the steps of
    every preset; a `detail` says which one holds at first. Where it is None there is nothing to choose.
    """

    title: Text
    slug: str
    language: str
    summary: str
    blocks: tuple[Block, ...]
    detail: DetailName | None = None
    on_screen: tuple[Block, ...] = ()
