"""The indexes of a site: its pages by what they differentiate, by the rules of their steps, and by shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from derivgen.calculus.catalogue import RULES
from derivgen.document.blocks import (
    Block,
    CodeSpan,
    Document,
    Heading,
    Inline,
    Link,
    Listing,
    Paragraph,
    Phrase,
    Table,
    Text,
)
from derivgen.document.ruletables import described
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.names import name_of
from derivgen.document.wording.telling import said, told_document
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.project.site import Stop, in_words, relative
from derivgen.project.used import KINDS, SECOND, StepUse, Uses
from derivgen.record import record

BY_FUNCTION, BY_RULE, BY_SHAPE = "index-by-function", "index-by-rule", "index-by-shape"
# Each shape of a function by each shape of a variable, and what is shown of it.
SHAPES = {
    "scalar-scalar": Phrase("A scalar by a scalar"),
    "scalar-vector": Phrase("A scalar by a vector"),
    "scalar-matrix": Phrase("A scalar by a matrix"),
    "vector-scalar": Phrase("A vector by a scalar"),
    "vector-vector": Phrase("A vector by a vector"),
    "vector-matrix": Phrase("A vector by a matrix"),
    "matrix-scalar": Phrase("A matrix by a scalar"),
    "matrix-vector": Phrase("A matrix by a vector"),
    "matrix-matrix": Phrase("A matrix by a matrix"),
    SECOND: Phrase("Second derivatives"),
}
ROWS = {"scalar": Phrase("of a scalar"), "vector": Phrase("of a vector"), "matrix": Phrase("of a matrix")}
COLUMNS = {"scalar": Phrase("by a scalar"), "vector": Phrase("by a vector"), "matrix": Phrase("by a matrix")}


@record
class Listed:
    """A page with what it uses."""

    stop: Stop
    uses: Uses
    has_pdf: bool = False

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules that it uses."""
        return tuple(dict.fromkeys(step.rule for step in self.uses.steps))


def by_function(pages: Sequence[Listed], language: str) -> Document:
    """The page that lists all pages by the functions and the forms that they differentiate."""
    functions = sorted({name for page in pages for name in page.uses.functions})
    forms = sorted(
        {form for page in pages for form in page.uses.forms}, key=lambda form: in_words((Phrase(form),), language)
    )
    summary = Phrase("All pages by the functions and the forms that they differentiate.")
    blocks: list[Block] = [Paragraph((summary,))]
    if forms:
        blocks += _group(Phrase("Forms"), "forms", [((Phrase(form),), _pages(form, pages)) for form in forms])
    if functions:
        entries: list[tuple[Text, list[Listed]]] = [((CodeSpan(name),), _pages(name, pages)) for name in functions]
        blocks += _group(Phrase("Functions"), "functions", entries)
    return told_document(Document(said("Index by function"), BY_FUNCTION, language, summary, tuple(blocks)))


def _group(title: Phrase, anchor: str, entries: Sequence[tuple[Text, list[Listed]]]) -> Iterator[Block]:
    anchors = [f"{anchor}-{number}" for number in range(1, len(entries) + 1)]
    yield Heading(2, (title,), anchor)
    yield Paragraph(_row((Link(name, f"#{place}") for (name, _), place in zip(entries, anchors, strict=True))))
    for (name, pages), place in zip(entries, anchors, strict=True):
        yield Heading(3, name, place)
        yield Listing(tuple((Paragraph((_link(page.stop),)),) for page in pages))


def by_rule(pages: Sequence[Listed], language: str, notation: Notation = DEFAULT) -> Document:
    """The page that lists, for each rule, the steps that use it."""
    called = rules_called(pages)
    summary = Phrase("All rules that the steps use, with what they say, when they hold, and the steps that use them.")
    blocks: list[Block] = [Paragraph((summary,))]
    blocks.append(Paragraph(_row(Link(name, f"#rule-{rule}") for rule, name in called.items())))
    for rule, name in called.items():
        blocks.append(Heading(2, name, f"rule-{rule}"))
        blocks += [*described(RULES[rule], notation), Paragraph((CodeSpan(rule),))]
        blocks.append(Listing(tuple(_steps(rule, pages))))
    return told_document(Document(said("Index by rule"), BY_RULE, language, summary, tuple(blocks)))


def rules_called(pages: Sequence[Listed]) -> dict[str, Text]:
    """The rules that the pages use, with their names."""
    used = {rule for page in pages for rule in page.rules}
    # The order is the catalogue's, from the simplest rule on; each step's rule is in it.
    rules = [rule for rule in RULES.values() if rule.id in used]
    names = Counter(rule.name for rule in rules)
    # Two rules of one name, for scalars and for arrays, are told apart by their ids.
    return {rule.id: (name_of(rule.id), *(() if names[rule.name] == 1 else (f" ({rule.id})",))) for rule in rules}


def by_shape(pages: Sequence[Listed], language: str) -> Document:
    """The page that lists all pages by the shapes of what they differentiate, and by what."""
    found = {shape: [page for page in pages if shape in page.uses.shapes] for shape in SHAPES}
    head: tuple[Text, ...] = ((LABELS.derivative,), *((COLUMNS[kind],) for kind in KINDS))
    rows = tuple(((ROWS[of],), *(_count(f"{of}-{by}", found) for by in KINDS)) for of in KINDS)
    summary = Phrase("All pages by the shape of the function and by that of the variable.")
    blocks: list[Block] = [Paragraph((summary,)), Table(head, rows, row_heads=True)]
    if found[SECOND]:
        blocks.append(Paragraph((SHAPES[SECOND], ": ", *_count(SECOND, found))))
    for shape, listed in found.items():
        if listed:
            blocks.append(Heading(2, (SHAPES[shape],), shape))
            blocks.append(Listing(tuple((Paragraph((_link(page.stop),)),) for page in listed)))
    return told_document(Document(said("Index by shape"), BY_SHAPE, language, summary, tuple(blocks)))


def _count(shape: str, found: Mapping[str, list[Listed]]) -> Text:
    """How many pages there are, as a link to their list."""
    number = len(found[shape])
    if not number:
        return ("–",)
    pages = said("{number} page", number="1") if number == 1 else said("{number} pages", number=str(number))
    return (Link(pages, f"#{shape}"),)


def _steps(rule: str, pages: Iterable[Listed]) -> Iterator[tuple[Block, ...]]:
    for page in pages:
        steps = [step for step in page.uses.steps if step.rule == rule]
        if steps:
            words = Phrase(": step ") if len(steps) == 1 else Phrase(": steps ")
            yield (Paragraph((_link(page.stop), words, *_numbers(steps, page.stop))),)


def _numbers(steps: Iterable[StepUse], stop: Stop) -> Iterator[Inline]:
    address = relative(f"{stop.name}.html", BY_RULE)
    for k, step in enumerate(steps):
        yield from (() if k == 0 else (", ",))
        yield Link((step.number,), f"{address}#{step.anchor}")


def _pages(word: str, pages: Iterable[Listed]) -> list[Listed]:
    return [page for page in pages if word in page.uses.functions or word in page.uses.forms]


def _link(stop: Stop) -> Link:
    return Link(stop.title, relative(f"{stop.name}.html", BY_FUNCTION))


def _row(links: Iterable[Link]) -> Text:
    """Links side by side."""
    pieces: list[Inline] = []
    for link in links:
        # A dot stays with what stands before it.
        pieces += [link] if not pieces else ["\u00a0· ", link]
    return tuple(pieces)
