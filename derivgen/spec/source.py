"""A file as text: from bytes to characters, and from characters to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.problem.text import Text
from derivgen.record import record

LARGEST_FILE = 1_000_000

# What YAML 1.1 does not allow in a file; surrogates are half characters that no output could hold.
NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@record
class Source:
    """The text of a file, its newlines all one character, and where its lines begin."""

    file: str
    text: str
    starts: tuple[int, ...]

    def line_number(self, index: int) -> int:
        """The line, counted from 0, that holds the character at `index`."""
        return max(bisect_right(self.starts, index) - 1, 0)

    def line(self, number: int) -> str:
        """The line with this number, counted from 0, without its newline."""
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end]

    def span(self, start: int, end: int) -> Span:
        """The place of the characters from `start` up to `end`, cut at the end of the first line."""
        number = self.line_number(min(start, len(self.text)))
        line = self.line(number)
        column = start - self.starts[number] + 1
        end_column = max(column + 1, min(end - self.starts[number], len(line)) + 1)
        return Span(self.file, number + 1, column, end_column, line)

    def slice(self, start: int, end: int) -> Text:
        """The characters from `start` up to `end` as they stand in the file."""
        value = self.text[start:end]
        if value and "\n" not in value:
            return Text(value, ((0, self.span(start, end)),))
        return self.aligned(value, tuple(range(start, end)), start)

    def aligned(self, value: str, places: tuple[int, ...], start: int) -> Text:
        """A value whose characters stand at `places`; `start` is where an empty one would."""
        runs: list[tuple[int, int, int]] = []
        for position, place in enumerate(places):
            if runs and place == places[position - 1] + 1 and self.text[place - 1] != "\n":
                runs[-1] = (*runs[-1][:2], place + 1)
            else:
                runs.append((position, place, place + 1))
        pieces = tuple((position, self.span(first, end)) for position, first, end in runs)
        return Text(value, pieces or ((0, self.span(start, start)),))


def source_of(text: str, file: str) -> Source:
    """The source of a text: a byte order mark goes, every newline becomes one character."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    starts = (0, *(match.end() for match in re.finditer("\n", text)))
    return Source(file, text, starts)


def decoded(data: bytes, file: str) -> str:
    """The text of a file in UTF-8, with or without a byte order mark.

    Raises: DerivgenError for a file that is too large, or not UTF-8.
    """
    if len(data) > LARGEST_FILE:
        raise DerivgenError(
            Fault(
                "too-large",
                f"this file has {len(data):,} bytes; a spec has at most {LARGEST_FILE:,}",
                "split it into several specs",
                Span(file, 1, 1, 2, ""),
            )
        )
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DerivgenError(_not_utf8(data, error, file)) from None


def refused_character(source: Source) -> Fault | None:
    """The fault of the first character that no spec may hold, if there is one."""
    found = NOT_ALLOWED.search(source.text)
    if found is None:
        return None
    return Fault(
        "character",
        f"the character U+{ord(found[0]):04X} cannot stand in a spec",
        "remove it; it is a control character that no page can show",
        source.span(found.start(), found.end()),
    )


def _not_utf8(data: bytes, error: UnicodeDecodeError, file: str) -> Fault:
    number = data.count(b"\n", 0, error.start) + 1
    start = data.rfind(b"\n", 0, error.start) + 1
    line = data[start:].split(b"\n", 1)[0].decode("utf-8", "replace")
    column = len(data[start : error.start].decode("utf-8", "replace")) + 1
    hint = "save the file as UTF-8"
    if b"\0" in data:
        hint = "this is not a text: a spec is a YAML file, such as one that an editor for programs writes"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        hint = "the file looks like UTF-16; save it as UTF-8"
    return Fault(
        "encoding",
        f"the byte 0x{data[error.start]:02x} is not UTF-8",
        hint,
        Span(file, number, column, column + 1, line.rstrip("\r")),
    )
