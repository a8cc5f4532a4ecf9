"""Markdown with formulas to blocks: what a person wrote on a page, and where she slipped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from derivgen.document import dollars
from derivgen.document.blocks import (
    Block,
    Callout,
    Code,
    CodeSpan,
    Emphasis,
    Equation,
    Heading,
    Inline,
    Link,
    Listing,
    Paragraph,
    Phrase,
    Strong,
    Table,
    Text,
)
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.telling import CATALOGUES, told
from derivgen.errors import DerivgenError, Fault, Span
from derivgen.expr.nodes import Expr
from derivgen.printing.boxes import Box
from derivgen.printing.texmath import MathFault, read_math
from derivgen.syntax.parse import parse
from derivgen.syntax.scope import Scope

Draw = Callable[[str, str], tuple[Block, ...] | Fault]
Lead = Callable[[str], str | Fault]

DRAWN = re.compile(r"\{\{\s*(?P<name>[A-Za-z][\w-]*)(?P<args>[^{}]*)\}\}")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
SCHEMES = ("http:", "https:", "mailto:")
# Browsers leave these out of an address before they read it.
BLANK = re.compile(r"[\x00-\x20\x7f-\xa0]")
# Without a scheme these lead to another site all the same.
ELSEWHERE = ("//", "/\\", "\\")


def as_written(address: str) -> str:
    """A link leads where it says."""
    return address


def prose(
    markdown: str, span: Span, scope: Scope, draw: Draw, *, lead: Lead = as_written
) -> tuple[tuple[Block, ...], tuple[Fault, ...]]:
    """The blocks of a Markdown text, and the faults in it.

    `scope` holds the names that $`...`$ may use; `draw` makes the blocks that {{NAME ARGS}}
    asks for; `lead` says where the address of a link leads to. A part at fault is left out.
    """
    reader = _Reader(markdown, span, scope, draw, lead)
    blocks = tuple(reader.blocks(_Tokens(_parser().parse(markdown))))
    return blocks, tuple(reader.faults)


def inline(text: str, span: Span, scope: Scope) -> tuple[Text, tuple[Fault, ...]]:
    """Plain text with formulas, such as a title, and the faults in it."""
    reader = _Reader(text, span, scope, _nothing_to_draw)
    (token,) = _title_parser().parseInline(text)
    return reader.text(token.children or [], (0, text.count("\n") + 1)), tuple(reader.faults)


def _nothing_to_draw(name: str, args: str) -> Fault:
    return Fault("prose-block", f"{{{{{name}{args}}}}} cannot stand here", "put it in a paragraph of its own on a page")


def _parser() -> MarkdownIt:
    # Raw HTML is off: it is shown as typed. Every link passes, so that a bad one is told and not swallowed.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.use(dollars.formulas).use(dollars.displays)
    parser.disable(["html_block", "html_inline"])
    parser.validateLink = _any_link  # type: ignore[method-assign]  # the library's own way to set it
    return parser


def _any_link(url: str) -> bool:  # noqa: ARG001  # the library's signature
    return True


def _title_parser() -> MarkdownIt:
    # A title is plain text: stars and brackets stay as typed.
    return MarkdownIt("zero").use(dollars.formulas)


@dataclass(slots=True)
class _Tokens:
    """Markdown's flat tokens, taken one by one."""

    tokens: Sequence[Token]
    at: int = 0

    def __iter__(self) -> Iterator[Token]:
        while self.at < len(self.tokens):
            self.at += 1
            yield self.tokens[self.at - 1]

    def until(self, closing: str) -> _Tokens:
        """The tokens up to the one that closes what was just opened; it is taken too."""
        start, level = self.at, self.tokens[self.at - 1].level
        for token in self:
            if token.type == closing and token.level == level:
                break
        return _Tokens(self.tokens[start : self.at - 1])


@dataclass(slots=True)
class _Reader:
    """Walks the tokens of one text and gathers its faults."""

    markdown: str
    span: Span
    scope: Scope
    draw: Draw
    lead: Lead = as_written
    faults: list[Fault] = field(default_factory=list)
    level: int = 1
    anchors: dict[str, int] = field(default_factory=dict)

    def blocks(self, tokens: _Tokens) -> Iterator[Block]:
        for token in tokens:
            yield from self.block(token, tokens)

    def block(self, token: Token, tokens: _Tokens) -> Iterator[Block]:
        match token.type:
            case "heading_open":
                yield self.heading(token, tokens.until("heading_close").tokens[0])
            case "paragraph_open":
                yield from self.paragraph(tokens.until("paragraph_close").tokens[0])
            case "bullet_list_open":
                yield self.listing(tokens.until("bullet_list_close"), numbered=False)
            case "ordered_list_open":
                yield self.listing(tokens.until("ordered_list_close"), numbered=True)
            case "blockquote_open":
                yield from self.quotation(tokens.until("blockquote_close"))
            case "table_open":
                yield self.table(tokens.until("table_close"))
            case "fence" | "code_block":
                yield Code(token.content.rstrip("\n"), token.info.split(" ")[0])
            case "math_block":
                yield from self.formula(token.content, _lines(token))

    def heading(self, opening: Token, content: Token) -> Heading:
        # The title of the page is level 1, and a level is never skipped.
        wanted = max(int(opening.tag[1:]), 2)
        self.level = min(wanted, self.level + 1, 4)
        level: Literal[2, 3, 4] = 2 if self.level == 2 else 3 if self.level == 3 else 4
        return Heading(level, self.text(content.children or [], _lines(content)), self.anchor(content.content))

    def anchor(self, words: str) -> str:
        base = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "section"
        self.anchors[base] = count = self.anchors.get(base, 0) + 1
        return base if count == 1 else f"{base}-{count}"

    def paragraph(self, content: Token) -> Iterator[Block]:
        lines = _lines(content)
        drawn = DRAWN.fullmatch(content.content.strip())
        if drawn is not None:
            yield from self.drawn(drawn, lines)
            return
        # A $$formula$$ inside a paragraph parts it in two.
        part: list[Token] = []
        for token in content.children or []:
            if token.type == "math_display":
                yield from self.words(part, lines)
                yield from self.formula(token.content, lines)
                part = []
            else:
                part.append(token)
        yield from self.words(part, lines)

    def words(self, tokens: list[Token], lines: tuple[int, int]) -> Iterator[Block]:
        text = self.text(tokens, lines)
        if any(not isinstance(piece, str) or piece.strip() for piece in text):
            yield Paragraph(text)

    def drawn(self, found: re.Match[str], lines: tuple[int, int]) -> tuple[Block, ...]:
        made = self.draw(found["name"], found["args"].strip())
        if isinstance(made, Fault):
            self.faults.append(made if made.span else replace(made, span=self.place(found.group(), lines)))
            return ()
        return made

    def listing(self, tokens: _Tokens, *, numbered: bool) -> Listing:
        items = [
            tuple(self.blocks(tokens.until("list_item_close"))) for token in tokens if token.type == "list_item_open"
        ]
        return Listing(tuple(items), numbered)

    def quotation(self, tokens: _Tokens) -> Iterator[Block]:
        for block in self.blocks(tokens):
            yield _callout(block.text) if isinstance(block, Paragraph) else block

    def table(self, tokens: _Tokens) -> Table:
        head, *rows = [self.cells(tokens.until("tr_close")) for token in tokens if token.type == "tr_open"]
        return Table(head, tuple(rows))

    def cells(self, tokens: _Tokens) -> tuple[Text, ...]:
        return tuple(self.text(token.children or [], _lines(token)) for token in tokens if token.type == "inline")

    def formula(self, source: str, lines: tuple[int, int]) -> Iterator[Equation]:
        box = self.box(source, lines)
        if box is not None:
            yield Equation(box)

    def text(self, tokens: Sequence[Token], lines: tuple[int, int]) -> Text:
        stream = _Tokens(tokens)
        pieces = [piece for token in stream for piece in self.piece(token, stream, lines)]
        return _joined(pieces)

    def piece(self, token: Token, rest: _Tokens, lines: tuple[int, int]) -> Iterator[Inline]:
        match token.type:
            case "softbreak" | "hardbreak":
                yield " "
            case "strong_open":
                yield Strong(self.text(rest.until("strong_close").tokens, lines))
            case "em_open":
                yield Emphasis(self.text(rest.until("em_close").tokens, lines))
            case "link_open":
                yield from self.link(str(token.attrs["href"]), rest.until("link_close").tokens, lines)
            case "code_inline":
                yield CodeSpan(token.content)
            case "image":
                self.fault(
                    "prose-picture", "a page cannot show this picture", "link to it: [words](address)", "![", lines
                )
            case "math_inline" | "math_display":
                yield from self.optional(self.box(token.content, lines))
            case "expression":
                yield from self.optional(self.expression(token.content, lines))
            case _:
                yield token.content

    def link(self, address: str, words: Sequence[Token], lines: tuple[int, int]) -> Iterator[Inline]:
        text = self.text(words, lines)
        if not _is_harmless(address):
            hint = "links may begin with https:, http: or mailto:, or lead to another page of the site"
            self.fault("prose-link", f"this link cannot lead to {address}", hint, address, lines)
            yield from text
            return
        match self.lead(address):
            case str() as target:
                yield Link(text, target)
            case Fault() as fault:
                self.faults.append(replace(fault, span=self.place(address, lines)))
                yield from text

    def optional(self, piece: Expr | Box | None) -> Iterator[Inline]:
        if piece is not None:
            yield piece

    def box(self, source: str, lines: tuple[int, int]) -> Box | None:
        try:
            return read_math(source)
        except MathFault as slip:
            place = self.place(source, lines, slip.position)
            hint = slip.hint or "write mathematics in the amsmath subset of LaTeX, or \\$ for a dollar"
            self.faults.append(Fault("prose-formula", slip.message, hint, place))
            return None

    def expression(self, source: str, lines: tuple[int, int]) -> Expr | None:
        try:
            return parse(source, self.scope, self.place(source, lines))
        except DerivgenError as error:
            self.faults.extend(error.faults)
            return None

    def fault(self, code: str, message: str, hint: str, fragment: str, lines: tuple[int, int]) -> None:
        self.faults.append(Fault(code, message, hint, self.place(fragment, lines)))

    def place(self, fragment: str, lines: tuple[int, int], inside: int = 0) -> Span:
        """Where `fragment` stands in the file, and what is `inside` characters into it."""
        above = fragment[:inside].count("\n")
        within = inside - (fragment.rfind("\n", 0, inside) + 1)
        first, texts = fragment.split("\n")[0], self.markdown.split("\n")
        for number in range(lines[0], min(lines[1], len(texts))):
            column = texts[number].find(first)
            if column >= 0:
                break
        else:
            return _span(self.span, texts, lines[0])
        span = _span(self.span, texts, min(number + above, len(texts) - 1))
        if above:
            text = texts[min(number + above, len(texts) - 1)]
            return span.within(len(text) - len(text.lstrip()) + within, 0)
        return span.within(column + within, column + (0 if inside else len(first)))


def _is_harmless(address: str) -> bool:
    """Whether an address leads to the web, to mail or to a page beside, in whatever way a reader decodes it."""
    forms = {address}
    for _ in range(3):
        forms |= {unquote(form) for form in forms}
    plain = [BLANK.sub("", form) for form in forms]
    schemes = [found.group().lower() for form in plain if (found := SCHEME.match(form)) is not None]
    return all(scheme in SCHEMES for scheme in schemes) and not any(form.startswith(ELSEWHERE) for form in plain)


# What a person types in any of the languages; it stays as typed.
def _in_every_language(label: Phrase) -> frozenset[str]:
    return frozenset(plain for language in CATALOGUES for plain in told((label,), language) if isinstance(plain, str))


_REMARKS, _MISTAKES = _in_every_language(LABELS.remark), _in_every_language(LABELS.mistake)


def _callout(text: Text) -> Callout:
    """A quotation, set apart as what it begins with: **Remark.** or **Common mistake.**, else as a note."""
    match text:
        case (Strong(text=(str() as label,)), *rest) if label in _REMARKS:
            return Callout("remark", label, _trimmed(rest))
        case (Strong(text=(str() as label,)), *rest) if label in _MISTAKES:
            return Callout("mistake", label, _trimmed(rest))
        case _:
            return Callout("note", "", text)


def _trimmed(pieces: list[Inline]) -> Text:
    first, *rest = pieces or [""]
    return (first.lstrip() if isinstance(first, str) else first, *rest)


def _lines(token: Token) -> tuple[int, int]:
    return (token.map[0], token.map[1]) if token.map else (0, 1)


def _span(span: Span, texts: list[str], number: int) -> Span:
    """The span of line `number` of a text that begins at `span`.

    A YAML block (| or >) begins on the line below its sign, two columns deeper than its key.
    """
    opening = span.source[span.column - 1 : span.column]
    if opening in ("|", ">"):
        indent = len(span.source) - len(span.source.lstrip()) + 2
        line, column = span.line + 1 + number, indent + 1
    elif number == 0:
        quoted = opening in ("'", '"')
        return replace(span, column=span.column + quoted)
    else:
        line, column = span.line + number, span.column
    source = " " * (column - 1) + texts[number]
    return Span(span.file, line, column, column + max(1, len(texts[number])), source)


def _joined(pieces: list[Inline]) -> Text:
    """The pieces with neighbouring words put together."""
    joined: list[Inline] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        elif piece != "":
            joined.append(piece)
    return tuple(joined)
