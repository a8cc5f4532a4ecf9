"""No way of writing an address gets a script past the links of a text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivgen.document.blocks import Block, Emphasis, Inline, Link, Paragraph, Strong
from derivgen.document.prose import prose
from derivgen.errors import Fault, Span
from derivgen.syntax.scope import Scope

ALLOWED = {"", "http", "https", "mailto"}


def no_block(name: str, args: str) -> tuple[Block, ...] | Fault:
    raise AssertionError(f"there is no block in this text: {name} {args}")


def links(markdown: str) -> list[str]:
    """Where the links of a text lead that a page would have."""
    made, _ = prose(markdown, Span("a.yaml", 1, 1, 2, markdown), Scope({}), no_block)
    return [one for block in made if isinstance(block, Paragraph) for one in within(block.text)]


def within(text: tuple[Inline, ...]) -> Iterator[str]:
    for piece in text:
        match piece:
            case Link():
                yield piece.address
            case Strong(text=inner) | Emphasis(text=inner):
                yield from within(inner)
            case _:
                pass


def schemes(address: str) -> set[str]:
    """The schemes that a careless reader may find: decoded once or twice, blanks and controls left out."""
    forms = {address, html.unescape(address)}
    forms |= {unquote(form) for form in forms}
    forms |= {unquote(form) for form in forms}
    return {urlsplit(re.sub(r"[\x00-\x20\x7f-\xa0]", "", form).lower()).scheme for form in forms}


NASTY = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "%6Aavascript:alert(1)",
    "%256Aavascript:alert(1)",
    "javascript%3Aalert(1)",
    "javascript%253Aalert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java%09script:alert(1)",
    "<java\tscript:alert(1)>",
    "< javascript:alert(1)>",
    "<\x0bjavascript:alert(1)>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "DATA:text/html,x",
    "vbscript:msgbox(1)",
    "blob:https://a.org/1",
    "file:///etc/passwd",
    "filesystem:http://a.org/x",
    "view-source:javascript:alert(1)",
    "feed:javascript:alert(1)",
    "//a.org/x",
    "/\\a.org",
    "\\\\a.org\\x",
    "http:javascript:alert(1)",
]


@pytest.mark.parametrize("address", NASTY)
def test_an_address_in_disguise_makes_no_link_that_runs_or_loads(address: str) -> None:
    for target in links(f"[go]({address})"):
        assert schemes(target) <= ALLOWED
        assert not target.startswith(("//", "/\\", "\\"))


def test_an_address_in_angle_brackets_and_a_reference_are_judged_too() -> None:
    assert links("<javascript:alert(1)>") == []
    assert links("[go][a]\n\n[a]: javascript:alert(1)") == []
    assert links("<https://a.org/b>") == ["https://a.org/b"]


@given(st.text(alphabet="javscriptdhml:/%&#;\\x0967A \t<>().+-", max_size=40))
def test_no_address_gets_a_scheme_past(address: str) -> None:
    for target in links(f"[go]({address}) [or](<{address}>)"):
        assert schemes(target) <= ALLOWED
