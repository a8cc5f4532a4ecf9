"""What is fuzzed: bytes in, nothing out; whatever is raised is a find.

Bytes are read as themselves, or as choices from a list of pieces, so that more of what is tried means something.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from derivgen.answers.check import judge
from derivgen.document.blocks import Block, Document
from derivgen.document.prose import prose
from derivgen.errors import DerivgenError, Fault, Span
from derivgen.expr.nodes import Expr, Variable
from derivgen.expr.sizes import ONE, Shape, Size
from derivgen.printing.text import text as printed
from derivgen.project.budget import OverBudget, bounded
from derivgen.project.told import BUG
from derivgen.project.work import Wishes, worked_out
from derivgen.render.formats import render
from derivgen.spec.model import Loaded, from_expression, load_spec
from derivgen.spec.project import Project
from derivgen.syntax.parse import parse
from derivgen.syntax.scope import Scope
from tests.answers.questions import QUESTIONS, key

# Longest message, in bytes; seconds for one answer, and for one derivation.
LONGEST = 8_000
ANSWERING, DERIVING = 1.0, 2.0

n = Size.named("n")
NAMES: Mapping[str, Expr] = {
    "x": Variable("x", Shape(n, ONE)),
    "w": Variable("w", Shape(n, ONE)),
    "A": Variable("A", Shape(n, n)),
    "s": Variable("s", Shape(ONE, ONE)),
}
SCOPE = Scope(dict(NAMES), frozenset({"n"}))
DECLARED = ("x: vector(n)", "w: vector(n)", "A: matrix(n, n)", "s: scalar")

PIECES: dict[str, list[str]] = json.loads(Path(__file__).with_name("pieces.json").read_text("utf-8"))
WORDS, LINES, PROSE = (PIECES[name] for name in ("words", "lines", "prose"))
# What our templates and printers write.
ELEMENTS = frozenset(PIECES["elements"])


def chosen(data: bytes, pieces: list[str], between: str = " ") -> str:
    """The pieces that the bytes choose."""
    return between.join(pieces[byte % len(pieces)] for byte in data)


def as_text(data: bytes, pieces: list[str], between: str = " ") -> str:
    """The bytes after the first: as they are, or as choices, as the first one says."""
    if data[:1] < b"\x40":
        return data[1:].decode("utf-8", "replace")
    return chosen(data[1:120], pieces, between)


def spec(data: bytes) -> None:
    """A spec is read, or everything that is wrong is told with its place."""
    content = as_text(data, LINES, "").encode("utf-8", "surrogatepass") if data[:1] > b"\x20" else data[1:]
    with tempfile.NamedTemporaryFile(suffix=".yaml", dir=_fast()) as file:
        file.write(content)
        file.flush()
        loaded = load_spec(Path(file.name), Project(Path(file.name).parent))
    _told(loaded)


def expression(data: bytes) -> None:
    """An expression is read, and what it prints as is read as the same; or a fault says why not."""
    try:
        found = parse(as_text(data, WORDS), SCOPE)
    except DerivgenError as error:
        _short(error.faults)
        return
    try:
        again = parse(printed(found), SCOPE)
    except DerivgenError as error:
        # -(a b) is printed as (-1)*(a*b), two levels deeper: at the limit that is too deep, and nothing else may be.
        if [fault.code for fault in error.faults] != ["limit"]:
            raise
        return
    assert printed(again) == printed(found)


def derivation(data: bytes) -> None:
    """An expression is differentiated, or is refused: in bounded time, and never with a step that does not hold."""
    loaded = from_expression(as_text(data, WORDS), ("x", "A", "s", "x twice")[len(data) % 4], DECLARED)
    _told(loaded)
    try:
        with bounded(DERIVING):
            done = worked_out(loaded, Wishes())
    except OverBudget:
        return  # that it can be ended is what is asked
    assert done.status != BUG, done.messages
    _short(done.faults)


def writing(data: bytes) -> None:
    """Prose becomes a page with no element that we do not write, and LaTeX with balanced braces."""
    words = as_text(data, PROSE, "")
    blocks, faults = prose(words, Span("page.yaml", 1, 1, 2, "page: |"), SCOPE, _no_block)
    _short(faults)
    document = Document((), "page", "en", "", blocks)
    seen = _Seen()
    seen.feed(render(document, "html"))
    assert seen.elements <= ELEMENTS, seen.elements - ELEMENTS
    assert not seen.bad, seen.bad
    tex = render(document, "tex")
    assert _balance(tex) == 0


def answer(data: bytes) -> None:
    """An answer gets a verdict within a second."""
    name = sorted(QUESTIONS)[data[0] % len(QUESTIONS)] if data else "quadratic"
    with bounded(ANSWERING):
        judgement = judge(key(name), as_text(data[1:], WORDS))
    assert judgement.verdict
    assert len(judgement.message.encode()) <= LONGEST


TARGETS: dict[str, Callable[[bytes], None]] = {
    one.__name__: one for one in (spec, expression, derivation, writing, answer)
}


class _Seen(HTMLParser):
    """The elements of a page, and attributes that would do something."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            address = (value or "").strip().lower()
            leads = name in ("href", "src", "action", "formaction", "xlink:href")
            if name.startswith("on") or (leads and address.startswith(("javascript:", "data:text", "vbscript:"))):
                self.bad.append(f"{tag} {name}={value}")


def _told(loaded: Loaded) -> None:
    assert loaded.faults or loaded.spec is not None
    _short(loaded.faults)


def _short(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        assert len(str(fault).encode("utf-8", "surrogatepass")) <= LONGEST


def _no_block(name: str, args: str) -> tuple[Block, ...] | Fault:
    return Fault("prose-block", f"there is no block {name} {args}")


def _balance(tex: str) -> int:
    plain = tex.replace("\\\\", "").replace("\\{", "").replace("\\}", "")
    return plain.count("{") - plain.count("}")


@cache
def _fast() -> str | None:
    """A folder in memory, where there is one."""
    memory = Path("/dev/shm")  # noqa: S108  # only the fuzzer's own file, of a random name
    return str(memory) if memory.is_dir() else None
