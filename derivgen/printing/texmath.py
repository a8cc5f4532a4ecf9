"""Reading the mathematics that people type in prose: a subset of LaTeX, as boxes."""

from __future__ import annotations

import re
from collections.abc import Callable

from derivgen.printing.boxes import (
    EMPTY,
    Accent,
    Box,
    Brace,
    Fenced,
    Fraction,
    Grid,
    Letter,
    Operator,
    Root,
    Row,
    Script,
    Word,
    beside,
)
from derivgen.printing.texatoms import (
    MathFault,
    Token,
    character,
    digits_joined,
    fenced,
    meaning,
    restyled,
    sign,
    unexpected,
    unknown,
)
from derivgen.printing.texsigns import (
    ACCENTS,
    CLOSED_BY,
    DELIMITERS,
    ENVIRONMENTS,
    LIMITED,
    SILENT,
    STYLES,
    WORDS,
)

LONGEST = 4000
DEEPEST = 40
__all__ = ["MathFault", "read_math"]
PRIME = Operator("′", "ordinary")


def read_math(source: str) -> Box:
    """The boxes of a formula in the subset of LaTeX that prose may use.

    Raises: MathFault with the place of what is outside the subset.
    """
    if len(source) > LONGEST:
        raise MathFault(f"this formula is longer than {LONGEST} characters", LONGEST, "split it into several")
    reader = _Reader(source)
    box = reader.row(())
    left = reader.peek()
    if left is not None:
        raise unexpected(left)
    return box


class _Reader:
    """Reads tokens from left to right; `depth` counts open groups."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.depth = 0

    def peek(self) -> Token | None:
        """The next token after spaces, or None at the end."""
        while self.place < len(self.source) and self.source[self.place].isspace():
            self.place += 1
        if self.place >= len(self.source):
            return None
        match = re.compile(r"\\(?:[A-Za-z]+\*?|.)|.", re.S).match(self.source, self.place)
        text = match[0] if match else ""
        if text.endswith("*") and text != "\\operatorname*" and len(text) > 2:
            text = text[:-1]
        return Token(text, self.place)

    def take(self) -> Token:
        """The next token, which is then behind us."""
        token = self.peek()
        if token is None:
            raise MathFault(
                "the formula ends too early", max(len(self.source) - 1, 0), "something is missing at its end"
            )
        self.place = token.position + len(token.text)
        return token

    def row(self, stops: tuple[str, ...]) -> Box:
        """Everything up to one of `stops`, which is left in place."""
        boxes: list[Box] = []
        while (token := self.peek()) is not None and token.text not in stops:
            if token.text in ("}", "&", "\\\\", "\\end", "\\right") or token.name in CLOSED_BY.values():
                break
            box = self.scripted(boxes)
            boxes.extend(box.boxes if isinstance(box, Row) else (box,))
        return beside(*digits_joined(boxes))

    def group(self) -> Box:
        """What a command takes: a group in braces, or one token."""
        token = self.peek()
        if token is None or token.text != "{":
            if token is None or token.text in ("}", "&", "^", "_", "\\\\", "\\right", "\\end"):
                raise MathFault(
                    "something is missing here", self._here(token), "write it in braces, as in \\frac{a}{b}"
                )
            return self.atom([])
        opened = self.take()
        self._deeper(opened)
        box = self.row(("}",))
        self._expect("}", opened)
        self.depth -= 1
        return box

    def raw_group(self, command: Token) -> tuple[str, int]:
        """The characters of a group, as typed, and their place."""
        opened = self.take()
        if opened.text != "{":
            raise MathFault(f"{command.text} takes words in braces", opened.position, f"write {command.text}{{...}}")
        end = self.source.find("}", self.place)
        if end < 0:
            raise MathFault("this brace is not closed", opened.position, "add a }")
        text, start = self.source[self.place : end], self.place
        self.place = end + 1
        unfit = re.search(r"[\\{$^&]", text)
        if unfit:
            raise MathFault(
                f"words in a formula cannot hold {unfit[0]}", start + unfit.start(), "end the words before it"
            )
        return text, start

    def scripted(self, before: list[Box]) -> Box:
        """An atom with what hangs on it: primes, a subscript, a superscript."""
        token = self.peek()
        base = EMPTY if token is not None and token.text in ("^", "_") else self.atom(before)
        below: Box | None = None
        above: list[Box] = []
        raised = False
        while (token := self.peek()) is not None and token.text in ("^", "_", "'"):
            self.take()
            if token.text == "'" and not raised:
                above.append(PRIME)
            elif token.text == "_" and below is None:
                below = self.group()
            elif token.text == "^" and not raised:
                above.append(self.group())
                raised = True
            else:
                raise MathFault(
                    "two scripts of one kind", token.position, "put the first part in braces, as in {x^2}^3"
                )
        if below is None and not above:
            return base
        if isinstance(base, Script) and base.intent == "limits" and base.below is None and base.above is None:
            base = base.base
            return Script(base, below, beside(*above) if above else None, "limits")
        intent = "limits" if _takes_limits(base) else meaning(base, above)
        if isinstance(base, Brace):
            return _labelled(base, below, above, self._here(token))
        return Script(base, below, beside(*above) if above else None, intent)

    def atom(self, before: list[Box]) -> Box:
        """One letter, number, sign, group, or command with what it takes."""
        token = self.peek()
        if token is not None and token.text == "{":
            inner = self.group()
            if isinstance(inner, Operator) and inner.kind in ("prefix", "binary", "relation"):
                # TeX too takes a sign in braces for a letter: it joins nothing.
                return Operator(inner.sign, "ordinary")
            # A group of several boxes must stay one, for the scripts behind it.
            return Fenced("", inner, "") if isinstance(inner, Row) and inner.boxes else inner
        token = self.take()
        if token.name:
            return self.command(token, before)
        return character(token, before)

    def command(self, token: Token, before: list[Box]) -> Box:
        """What a command stands for."""
        name = token.name
        alone = sign(name, before)
        if alone is not None:
            return alone
        if name in SILENT:
            return EMPTY
        for names, read in self._readers():
            if name in names:
                self._deeper(token)
                box = read(token)
                self.depth -= 1
                return box
        raise unknown(token)

    def _readers(self) -> tuple[tuple[tuple[str, ...], Callable[[Token], Box]], ...]:
        return (
            (("frac", "dfrac", "tfrac"), lambda _: Fraction(self.group(), self.group())),
            (("sqrt",), self._root),
            (tuple(STYLES), lambda token: restyled(self.group(), STYLES[token.name])),
            (WORDS, self._words),
            (("operatorname", "operatorname*"), self._operator_name),
            (tuple(ACCENTS), lambda token: Accent(ACCENTS[token.name], self.group())),
            (("left",), self._left_right),
            (tuple(CLOSED_BY), self._bars),
            (("begin",), self._environment),
            (("underbrace",), lambda _: Brace(self.group(), EMPTY)),
        )

    def _root(self, _: Token) -> Box:
        following = self.peek()
        if following is not None and following.text == "[":
            raise MathFault("only square roots are known", following.position, "write x^{1/3} for the cube root")
        return Root(self.group())

    def _words(self, token: Token) -> Box:
        text, _ = self.raw_group(token) if token.name != "mathrm" else self._letters(token)
        if token.name == "mathrm" and len(text) == 1:
            return Letter(text, "upright")
        return Word(text, is_operator=False, bold=token.name == "textbf")

    def _letters(self, token: Token) -> tuple[str, int]:
        following = self.peek()
        if following is not None and following.text == "{":
            text, start = self.raw_group(token)
            return text.replace(" ", ""), start
        one = self.take()
        if not one.text.isalnum():
            raise MathFault("\\mathrm takes letters", one.position, "write \\mathrm{d}")
        return one.text, one.position

    def _operator_name(self, token: Token) -> Box:
        text, start = self.raw_group(token)
        if not text.replace(" ", "").replace("-", "").isalnum():
            raise MathFault("the name of an operator is made of letters", start, "write \\operatorname{diag}")
        word = Word(text)
        return Script(word, intent="limits") if token.name.endswith("*") else word

    def _left_right(self, opened: Token) -> Box:
        left = self._delimiter()
        body = self.row(("\\right",))
        self._expect("\\right", opened)
        return fenced(left, body, self._delimiter())

    def _delimiter(self) -> str:
        token = self.take()
        if token.text not in DELIMITERS:
            raise MathFault(
                f"{token.text} is not a bracket", token.position, "after \\left and \\right stands ( ) [ ] | or ."
            )
        return DELIMITERS[token.text]

    def _bars(self, opened: Token) -> Box:
        closing = "\\" + CLOSED_BY[opened.name]
        body = self.row((closing,))
        self._expect(closing, opened)
        return fenced(DELIMITERS[opened.text], body, DELIMITERS[closing])

    def _environment(self, opened: Token) -> Box:
        name, start = self.raw_group(opened)
        if name not in ENVIRONMENTS:
            known = ", ".join(ENVIRONMENTS)
            raise MathFault(f"the environment {name} is not known here", start, f"those known are {known}")
        rows = self._cells()
        self._expect("\\end", opened)
        ended, place = self.raw_group(opened)
        if ended != name:
            raise MathFault(f"\\begin{{{name}}} is ended by \\end{{{ended}}}", place, f"write \\end{{{name}}}")
        if len(rows) > 1 and all(cell == EMPTY for cell in rows[-1]):
            rows.pop()
        width = max(len(row) for row in rows)
        left, right, align = ENVIRONMENTS[name]
        return Grid(tuple((*row, *[EMPTY] * (width - len(row))) for row in rows), left, right, align)

    def _cells(self) -> list[list[Box]]:
        rows: list[list[Box]] = [[]]
        while True:
            rows[-1].append(self.row(()))
            token = self.peek()
            if token is None or token.text not in ("&", "\\\\"):
                return rows
            self.take()
            if token.text == "\\\\":
                gap = re.compile(r"\[[-0-9.]+(pt|ex|em)\]").match(self.source, self.place)
                self.place = gap.end() if gap else self.place
                rows.append([])

    def _expect(self, text: str, opened: Token) -> None:
        token = self.peek()
        if token is None:
            raise MathFault(f"this {opened.text} is not closed", opened.position, f"add a {text}")
        if token.text != text:
            raise unexpected(token)
        self.take()

    def _deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise MathFault(f"this formula is nested more than {DEEPEST} deep", token.position, "split it into several")

    def _here(self, token: Token | None) -> int:
        return token.position if token is not None else max(len(self.source) - 1, 0)


def _takes_limits(base: Box) -> bool:
    return isinstance(base, Word) and base.text in LIMITED


def _labelled(brace: Brace, below: Box | None, above: list[Box], position: int) -> Box:
    if below is None or above:
        raise MathFault("the label of an underbrace stands below", position, "write \\underbrace{...}_{...}")
    return Brace(brace.body, below)
