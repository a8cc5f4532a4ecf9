"""Tables in CSV for spreadsheets, in which no text of a person is read as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# With these a cell begins that spreadsheets work out.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def defused(cell: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would read a formula."""
    return f"'{cell}" if cell.lstrip(" \u00a0\ufeff").startswith(FORMULA) or cell.startswith(FORMULA) else cell


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """The rows as CSV."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows([defused(cell) for cell in row] for row in rows)
    return stream.getvalue()
