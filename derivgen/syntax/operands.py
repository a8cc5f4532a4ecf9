"""The text of what stands before and after a word, for a hint that can be copied."""

from __future__ import annotations

from derivgen.record import record
from derivgen.syntax.source import Source
from derivgen.syntax.tokens import Token

OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = {")": "(", "]": "[", "}": "{"}


@record
class Words:
    """A text with its words."""

    source: Source
    tokens: tuple[Token, ...]

    def before(self, number: int) -> str:
        """The operand that ends before the word with this number, such as `norm(x)`; x where there is none."""
        last = number - 1
        if last < 0 or not ends_operand(self.tokens[last]):
            return "x"
        first = self._start(last)
        return self.source.between(self.tokens[first].start, self.tokens[last].end)

    def after(self, number: int) -> str:
        """The operand that begins after the word with this number, with its sign; x where there is none."""
        first = number + 1
        if first >= len(self.tokens):
            return "x"
        last = self._end(first + 1 if self.tokens[first].text in "+-" and first + 1 < len(self.tokens) else first)
        return self.source.between(self.tokens[first].start, self.tokens[last].end)

    def _start(self, last: int) -> int:
        """Where the operand begins that ends with the word `last`."""
        first = last
        if self.tokens[last].text in CLOSING:
            first = self._partner(last, CLOSING, -1)
        at = first - 1
        if at >= 0 and self.tokens[at].text == "." and first == last:
            return self._start(at - 1) if at > 0 and ends_operand(self.tokens[at - 1]) else first
        is_called = self.tokens[first].text in "([" and at >= 0 and self.tokens[at].kind == "name"
        return self._start(at) if is_called else first

    def _end(self, first: int) -> int:
        """Where the operand ends that begins with the word `first`."""
        last = self._partner(first, OPENING, 1) if self.tokens[first].text in OPENING else first
        if last + 1 < len(self.tokens) and self.tokens[first].kind == "name":
            following = self.tokens[last + 1]
            if following.text in "([":
                return self._partner(last + 1, OPENING, 1)
            if following.text == "." and last + 2 < len(self.tokens):
                return last + 2
        return last

    def _partner(self, number: int, others: dict[str, str], way: int) -> int:
        depth, place = 0, number
        while 0 <= place < len(self.tokens):
            text = self.tokens[place].text
            depth += (text in others) - (text in others.values())
            if depth == 0:
                return place
            place += way
        return number


def ends_operand(token: Token) -> bool:
    """Whether an operand may end with this word."""
    return token.kind != "operator" or token.text in CLOSING


def unbraced(text: str) -> str:
    """An operand of LaTeX without its braces, in brackets where it is more than a word."""
    if not (text.startswith("{") and text.endswith("}")):
        return text
    inner = text[1:-1].strip()
    return inner if inner.replace("_", "").isalnum() else f"({inner})"
