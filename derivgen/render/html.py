"""Words and formulas in HTML; formulas are MathML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import partial
from math import ceil

from markupsafe import Markup, escape

from derivgen.printing import mathml
from derivgen.printing.boxes import Box
from derivgen.printing.joining import joined, joined_width
from derivgen.printing.leanmathml import in_page
from derivgen.printing.lines import Aligned
from derivgen.printing.widths import width
from derivgen.render.svg import picture
from derivgen.render.writer import Column, Writer, is_short


def words(text: str) -> Markup:
    """Plain words."""
    return escape(text)


def strong(marked: str) -> Markup:
    """Bold words."""
    return Markup(f"<strong>{escape(marked)}</strong>")  # noqa: S704  # escaped, here and below


def emphasis(marked: str) -> Markup:
    """Italic words."""
    return Markup(f"<em>{escape(marked)}</em>")  # noqa: S704


def code(source: str) -> Markup:
    """Code within a line; a browser may break one at its signs, and would a short one too."""
    made = Markup(f"<code>{escape(source)}</code>")  # noqa: S704
    return Markup(_whole(made)) if is_short(source) else made  # noqa: S704  # escaped above


def link(marked: str, address: str) -> Markup:
    """Words that lead to an address."""
    return Markup(f'<a href="{escape(address)}">{escape(marked)}</a>')  # noqa: S704


CLOSING = ".,;:!?)"
# What a browser breaks lines after: a formula, and what is kept whole before it is closed.
BREAKING = ("<math", '<span class="formula"', "<span><math", "<span><code")
_NAME = re.compile(r"<math\b[^>]*><mi\b[^>]*>[^<]*</mi></math>")


def _whole(*parts: str) -> str:
    """Marked pieces that no line is broken between: so the style has it for spans without a class."""
    return f"<span>{''.join(parts)}</span>"


def join(parts: Iterable[str]) -> Markup:
    """Pieces one after the other; the sign that closes a formula stays on its line, and a name with its value.

    A browser may break a line between a formula and the comma after it.
    """
    made: list[str] = []
    for part in map(str.__str__, parts):  # plain, since marked text escapes whatever it is joined with
        if made and part[:1] in CLOSING and part and made[-1].startswith(BREAKING):
            made[-1] = _whole(made[-1], part[:1])
            part = part[1:]  # the rest of these words
        elif part.startswith("<math") and made[-1:] == [" = "] and _NAME.fullmatch("".join(made[-2:-1])):
            part = _whole(*made[-2:], part)
            del made[-2:]
        made.append(part)
    return Markup("".join(made))  # noqa: S704  # of marked parts


WIDE = 11.0  # em: what is wider may not fit a phone and gets a region that scrolls
LIMIT = 18.0  # em: a longer line is broken at its relations, so that it fits a phone


def listing(source: str, language: str) -> Markup:
    """A program listing."""
    shown = Markup(html.escape(source, quote=False))  # noqa: S704  # escaped here: quotes need it in attributes only
    return Markup('<pre><code class="language-{}">{}</code></pre>').format(language or "text", shown)


def formula(box: Box, spoken: str, *, region: str) -> Markup:
    """A formula within a line."""
    made = Markup(in_page(mathml.mathml(box, display=False, alttext=spoken)))  # noqa: S704  # our own printer's output
    return _scrolling("span", made, region) if width(box) > WIDE else made


def in_cell(rows: Aligned, spoken: str, *, region: str) -> Markup:
    """A formula in a cell of a table, set as large as a display: a block of its own."""
    made = Markup(in_page(mathml.display(rows, alttext=spoken)))  # noqa: S704  # our own printer's output
    wide = max(width(row[0]) for row in rows) + max(width(row[1]) for row in rows) > WIDE
    return _scrolling("div", made, region) if wide else made


WIDEST = 36.0  # em: what a wide page has room for, beside the number and the shape of a step
STEP = 2  # em: by which the classes of the style differ, which begin at LIMIT


def display(rows: Aligned, spoken: str, tag: str, column: Column | None = None, *, region: str) -> Markup:  # noqa: ARG001  # shape and column are the template's
    """A displayed formula; the style makes it a block by its place, so that it need not say so itself."""
    made = str(in_cell(rows, spoken, region=region) if len(rows) == 1 else _to_join(rows, spoken, region=region))
    return Markup(made.replace('<math display="block"', "<math", 1))  # noqa: S704  # made above


def _to_join(rows: Aligned, spoken: str, *, region: str) -> Markup:
    """Rows that the style joins where the page is wide: in a region of its own, whose width it goes by."""
    groups = joined(rows, WIDEST)
    classes = tuple(f"w{STEP * ceil(max(LIMIT, joined_width(group)) / STEP)}" for group in groups)
    made = Markup(in_page(mathml.joined(groups, classes, alttext=spoken)))  # noqa: S704  # our own printer's output
    return _scrolling("div", made, region, " joins")


def _scrolling(element: str, made: Markup, region: str, also: str = "") -> Markup:
    # A group and not a region: a page may have many, and landmarks must be few and of different names.
    # Its name is short: the words of the formula are on the formula.
    marks = f'class="formula{also}" tabindex="0" role="group" aria-label="{escape(region)}"'
    return Markup(f"<{element} {marks}>{made}</{element}>")  # noqa: S704  # made above


# Between blocks a new line is nothing; between words it is a space. Only listings keep every line.
_BLOCK = (
    "body|button|caption|details|div|dl|figcaption|figure|footer|h1|h2|h3|h4|h5|h6|head|header|html|li|link|main|meta|"
    "nav|ol|p|pre|script|summary|table|tbody|td|th|thead|title|tr|ul"
)
_BETWEEN = re.compile(rf"(?:>\n+(?=</?(?:{_BLOCK})\b)|(?<=</p)>\n+(?=<math))")


_HEADING = re.compile(r"<h([1-6])\b.*?</h\1>", re.DOTALL)
_TAG_OR_HYPHEN = re.compile(r"<[^>]*>|(?<=[^\W\d_])-(?=[^\W\d_])")


def finished(page: str) -> str:
    """The page without the new lines between its blocks; headings break their lines at spaces alone."""
    return _HEADING.sub(_with_whole_words, _BETWEEN.sub(">", page))


def _with_whole_words(heading: re.Match[str]) -> str:
    # After a hyphen browsers break a line, but not before a word joiner.
    return _TAG_OR_HYPHEN.sub(lambda found: "-\u2060" if found[0] == "-" else found[0], heading[0])


def writer(region: str) -> Writer:
    """How pages mark words and formulas; `region` is what a formula that scrolls is called."""
    return Writer(
        words=words,
        strong=strong,
        emphasis=emphasis,
        code=code,
        listing=listing,
        link=link,
        join=join,
        formula=partial(formula, region=region),
        in_cell=partial(in_cell, region=region),
        display=partial(display, region=region),
        picture=picture,
        limit=LIMIT,
        cell_limit=11.0,
        answer_limit=36.0,
    )
