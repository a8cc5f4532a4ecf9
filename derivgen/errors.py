"""What a user is told when something is wrong: what, where, and how to mend it."""

from __future__ import annotations

from dataclasses import replace

from derivgen.codes import number_of
from derivgen.record import record


@record
class Span:
    """A place in a text: lines and columns count from 1, in characters; end_column is exclusive.

    `source` is the whole line, for the caret. `file` is empty for text that came
    from the command line.
    """

    file: str
    line: int
    column: int
    end_column: int
    source: str

    def within(self, start: int, end: int) -> Span:
        """The part of this span that begins `start` characters into it."""
        return replace(self, column=self.column + start, end_column=self.column + max(end, start + 1))


@record
class Fault:
    """One thing that is wrong in the input, in words for a person; `code` is its kind, one of `codes.NUMBERS`."""

    code: str
    message: str
    hint: str = ""
    span: Span | None = None

    @property
    def number(self) -> str:
        """The code that the manual tells of: DG-E081."""
        return number_of(self.code)

    def __str__(self) -> str:
        what = f"{self.message[:1000]} [{self.number}]"
        if self.span is None:
            return f"{what}\n  mend: {self.hint[:1000]}" if self.hint else what
        place = self.span
        head = f"{place.file or '<expression>'}:{place.line}:{place.column}: {what}"
        text = place.source.replace("\t", " ")
        # Of a very long line only the neighbourhood of the place is shown.
        indent = max(len(text) - len(text.lstrip()), place.column - 100 if len(text) > 200 else 0)
        text = text[indent : indent + 200]
        caret = (" " * (place.column - 1 - indent) + "^" * max(1, place.end_column - place.column))[:200]
        lines = [head, f"    {text.rstrip()}", f"    {caret}"] if text.strip() else [head]
        if self.hint:
            lines.append(f"  mend: {self.hint[:1000]}")
        return "\n".join(lines)


@record
class Refusal:
    """A request that could not be answered, in its canonical form, and why."""

    request: str
    faults: tuple[Fault, ...]


class DerivgenError(Exception):
    """Something in the input is wrong; carries every fault that was found."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n\n".join(str(fault) for fault in faults))
        self.faults = faults


class ShapeError(Exception):
    """Shapes that do not fit, or another `kind` of argument; the parser adds the place and makes it a Fault."""

    def __init__(self, message: str, hint: str = "", *, kind: str = "shape") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.kind = kind


class NoRule(Exception):
    """No rule is known for this expression; never answered by a guess or a zero."""

    def __init__(self, what: str, operation: str, mend: str = "") -> None:
        super().__init__(f"no rule for {operation} of {what}")
        self.what = what
        self.operation = operation
        self.mend = mend
