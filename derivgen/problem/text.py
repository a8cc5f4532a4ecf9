"""A text together with the place of each of its characters; what every value of a spec is."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from derivgen.errors import Fault, Span
from derivgen.record import record


@record
class Text:
    """A value as text.

    `pieces` are runs of characters that stand side by side in the file: the position in
    `value` at which a run begins, and its place. There is at least one.
    """

    value: str
    pieces: tuple[tuple[int, Span], ...]

    @property
    def span(self) -> Span:
        """The place of the text, up to the end of its first line."""
        return self.at(0, len(self.value))

    @property
    def line_of_code(self) -> str:
        """The value on one line, every character at its own position."""
        return self.value.replace("\n", " ")

    def at(self, start: int, end: int) -> Span:
        """The place of the characters from `start` up to `end`; a caret never leaves its line."""
        offset, place = self._piece(start)
        first = min(place.column + max(start - offset, 0), max(place.column, place.end_column - 1))
        last_offset, last = self._piece(max(start, end - 1))
        if last.line != place.line:
            return replace(place, column=first)
        return replace(
            place, column=first, end_column=max(first + 1, min(last.column + end - last_offset, last.end_column))
        )

    def part(self, start: int, end: int) -> Text:
        """The characters from `start` up to `end` as a text of their own, without blanks around them."""
        inner = self.value[start:end]
        start += len(inner) - len(inner.lstrip())
        end = start + len(inner.strip())
        first = (0, self.at(start, max(start + 1, end)))
        later = tuple((offset - start, place) for offset, place in self.pieces if start < offset < end)
        return Text(self.value[start:end], (first, *later))

    @property
    def flat_span(self) -> Span:
        """A place in `line_of_code` itself, to be given to a parser; `placed` turns its faults back."""
        return Span(self.pieces[0][1].file, self.pieces[0][1].line, 1, len(self.value) + 1, self.line_of_code)

    def placed(self, fault: Fault) -> Fault:
        """A fault found in `line_of_code`, with its place in the file."""
        return replace(fault, span=self.span if fault.span is None else self.place(fault.span))

    def place(self, flat: Span) -> Span:
        """The place in the file of what stands at `flat` in `line_of_code`."""
        return self.at(flat.column - 1, flat.end_column - 1)

    def _piece(self, position: int) -> tuple[int, Span]:
        index = bisect_right(self.pieces, position, key=lambda piece: piece[0]) - 1
        return self.pieces[max(index, 0)]


def typed(value: str, file: str) -> Text:
    """A text of one line that did not come from a file, such as an argument of a command."""
    line = value.replace("\n", " ")
    return Text(value, ((0, Span(file, 1, 1, len(line) + 1, line)),))


def joined(*parts: Text | str) -> Text:
    """Texts one after the other; a plain string between them stands where the text before it ends."""
    value = ""
    pieces: list[tuple[int, Span]] = []
    for part in parts:
        match part:
            case Text():
                pieces.extend((len(value) + offset, place) for offset, place in part.pieces)
                value += part.value
            case str():
                value += part
    return Text(value, tuple(pieces))
