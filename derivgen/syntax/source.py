"""The text that is being read and where it stands, so that every fault has its exact place."""

from __future__ import annotations

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.record import record


@record
class Source:
    """A text and its place; line breaks are spaces here."""

    text: str
    span: Span

    def fault(self, code: str, start: int, end: int, message: str, hint: str = "") -> DerivgenError:
        """The error that says what is wrong with text[start:end]."""
        return DerivgenError(Fault(code, message, hint, self.span.within(start, end)))

    def between(self, start: int, end: int) -> str:
        """The text from start to end, with runs of spaces as one."""
        return " ".join(self.text[start:end].split())


def source_of(text: str, span: Span | None) -> Source:
    """The text with its place; without a span it is a line of its own."""
    flat = "".join(" " if character in "\t\n\r\f\v" else character for character in text)
    return Source(flat, span or Span("", 1, 1, max(len(flat), 1) + 1, flat))
