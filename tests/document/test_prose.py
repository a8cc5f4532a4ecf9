"""Markdown to blocks: what stands on a page of prose, and where a slip in it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivgen.document.blocks import (
    Block,
    Callout,
    Code,
    CodeSpan,
    Emphasis,
    Equation,
    Heading,
    Link,
    Listing,
    Paragraph,
    Strong,
    Table,
    Text,
)
from derivgen.document.prose import inline, prose
from derivgen.errors import Fault, Span
from derivgen.expr.nodes import Product, Transpose, Variable
from derivgen.expr.sizes import ONE, Shape, Size
from derivgen.printing.texmath import read_math
from derivgen.syntax.scope import Scope

x = Variable("x", Shape(Size.named("n"), ONE))
SCOPE = Scope({"x": x}, frozenset({"n"}))
KEY = Span("page.yaml", 3, 7, 8, "page: |")


def no_block(name: str, args: str) -> Fault:
    return Fault("block", f"there is no block {name} {args}")


def blocks(markdown: str) -> tuple[Block, ...]:
    made, faults = prose(markdown, KEY, SCOPE, no_block)
    assert faults == ()
    return made


def only_fault(markdown: str, span: Span = KEY) -> Fault:
    _, (fault,) = prose(markdown, span, SCOPE, no_block)
    return fault


def words(markdown: str) -> Text:
    (block,) = blocks(markdown)
    assert isinstance(block, Paragraph)
    return block.text


def test_a_formula_between_dollars_is_read_as_mathematics() -> None:
    assert words("The row $x^{\\top}$ here.") == ("The row ", read_math("x^{\\top}"), " here.")


@pytest.mark.parametrize(
    "money",
    ["It costs $5.", "Between $5 and $6 a day.", "A lone $ sign", "$ x $ has spaces inside", "US$ 5 or US$ 6"],
)
def test_a_lone_dollar_is_a_dollar(money: str) -> None:
    assert words(money) == (money,)


def test_an_escaped_dollar_is_a_dollar() -> None:
    assert words(r"\$x\$") == ("$x$",)


def test_dollars_in_code_stay_as_typed() -> None:
    assert words("`$HOME$`") == (CodeSpan("$HOME$"),)


def test_an_expression_of_the_language_becomes_a_tree() -> None:
    assert words("So $`x.T @ x`$ it is") == ("So ", Product((Transpose(x), x)), " it is")


def test_an_unknown_name_in_an_expression_is_told_at_its_line() -> None:
    fault = only_fault("First.\n\nThen $`x.T @ q`$.")
    assert fault.span is not None
    assert (fault.span.line, fault.span.column) == (6, 16)


def test_stars_and_bars_inside_a_formula_are_not_markdown() -> None:
    assert words("$a*b*c$") == (read_math("a*b*c"),)


def test_a_display_on_its_own_lines_is_an_equation() -> None:
    assert blocks("$$\na\n+ b\n= c\n$$") == (Equation(read_math("a\n+ b\n= c")),)


def test_a_display_inside_a_paragraph_parts_it() -> None:
    first, equation, second = blocks("Before $$a = b$$ after.")
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert equation == Equation(read_math("a = b"))


def test_a_fault_in_a_formula_has_the_place_in_the_spec() -> None:
    fault = only_fault("Fine.\n\nNot $a + \\input{b}$ fine.")
    assert fault.span is not None
    assert (fault.span.file, fault.span.line, fault.span.column) == ("page.yaml", 6, 12)
    assert fault.span.source[fault.span.column - 1 :].startswith("\\input")


def test_a_fault_in_a_text_on_the_line_of_its_key_has_its_column() -> None:
    source = "summary: see [here](javascript:alert(1))"
    fault = only_fault("see [here](javascript:alert(1))", Span("s.yaml", 2, 10, 41, source))
    assert fault.span is not None
    assert (fault.span.line, fault.span.column) == (2, 21)


@pytest.mark.parametrize(
    "address", ["https://a.org/b?c=1", "http://a.org", "mailto:a@b.org", "other.html", "../a.html#b", "#c"]
)
def test_links_to_the_web_to_mail_and_to_pages_pass(address: str) -> None:
    assert words(f"[go]({address})") == (Link(("go",), address),)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a.org", "vbscript:x"],
)
def test_other_links_are_refused(address: str) -> None:
    assert only_fault(f"[go]({address})").code == "prose-link"


def test_a_picture_is_refused_with_what_to_do() -> None:
    fault = only_fault("![A plot](plot.png)")
    assert fault.code == "prose-picture"
    assert "link" in fault.hint


@pytest.mark.parametrize("html", ["<script>alert(1)</script>", "<b>bold</b>", "<div>\nx\n</div>"])
def test_raw_html_is_shown_as_typed(html: str) -> None:
    assert words(html) == (html.replace("\n", " "),)


def test_a_block_in_braces_is_drawn_by_the_callback() -> None:
    asked: list[tuple[str, str]] = []

    def draw(name: str, args: str) -> tuple[Block, ...]:
        asked.append((name, args))
        return (Paragraph(("drawn",)),)

    made, faults = prose("Text\n\n{{boxes m, n}}\n\n{{shapes}}", KEY, SCOPE, draw)
    assert asked == [("boxes", "m, n"), ("shapes", "")]
    assert made[1:] == (Paragraph(("drawn",)), Paragraph(("drawn",)))
    assert faults == ()


def test_a_block_that_does_not_exist_is_told_at_its_place() -> None:
    fault = only_fault("Text\n\n{{boxs m}}")
    assert fault.span is not None
    assert (fault.span.line, fault.span.column) == (6, 3)


def test_headings_start_at_level_two_and_skip_none() -> None:
    made = blocks("# One\n\n#### Two\n\n## Three\n\n## Three")
    assert [block.level for block in made if isinstance(block, Heading)] == [2, 3, 2, 2]
    assert [block.anchor for block in made if isinstance(block, Heading)] == ["one", "two", "three", "three-2"]


def test_marks_lists_tables_code_and_quotations_become_blocks() -> None:
    made = blocks("**a** *b*\n\n1. c\n2. d\n\n| e | f |\n|---|---|\n| $g$ | h |\n\n```python\ni = 1\n```\n\n> j")
    assert made == (
        Paragraph((Strong(("a",)), " ", Emphasis(("b",)))),
        Listing(((Paragraph(("c",)),), (Paragraph(("d",)),)), numbered=True),
        Table((("e",), ("f",)), (((read_math("g"),), ("h",)),)),
        Code("i = 1", "python"),
        Callout("note", "", ("j",)),
    )


def test_a_title_keeps_its_stars_and_reads_its_formulas() -> None:
    span = Span("a.yaml", 1, 8, 30, "title: The *norm* of $x$")
    assert inline("The *norm* of $x$", span, SCOPE) == (("The *norm* of ", read_math("x")), ())


@given(st.text(alphabet="$`*_[](){}<>|#\\ \n-+1ax", max_size=60))
def test_any_text_gives_blocks_or_faults(markdown: str) -> None:
    made, faults = prose(markdown, KEY, SCOPE, no_block)
    assert all(fault.span is not None for fault in faults)
    assert isinstance(made, tuple)


def test_a_quotation_is_a_remark_or_a_common_mistake_where_it_says_so() -> None:
    made = blocks("> **Remark.** Zero is *even*.\n\n> **Common mistake.** Adding $1$.\n\n> **Note.** Nothing.")
    assert made == (
        Callout("remark", "Remark.", ("Zero is ", Emphasis(("even",)), ".")),
        Callout("mistake", "Common mistake.", ("Adding ", read_math("1"), ".")),
        Callout("note", "", (Strong(("Note.",)), " Nothing.")),
    )
