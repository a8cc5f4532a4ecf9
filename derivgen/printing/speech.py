"""Formulas in words, for one who hears them: text of MathML and PDF, and of pages that are read aloud.

No two formulas that differ in their brackets sound the same: what is longer than a name is told with its
end, and factors are joined by silence only where each of them is short.
"""

from __future__ import annotations

from typing import assert_never

from derivgen.expr.nodes import Expr
from derivgen.printing.boxes import (
    EMPTY,
    Accent,
    Box,
    Brace,
    Fenced,
    Fraction,
    Grid,
    Letter,
    Marked,
    Numeral,
    Operator,
    Root,
    Row,
    Script,
    Space,
    Word,
    is_times,
    is_unseen,
    unmarked,
)
from derivgen.printing.lines import Aligned
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.printing.present import present
from derivgen.printing.speechderivatives import derivative_words, operator_words
from derivgen.printing.speechforms import (
    DOTS,
    FENCES,
    PAUSED,
    alone,
    derivative,
    has_short_power,
    is_call,
    is_called,
    is_differential,
    is_function,
    is_named,
    is_pause,
    is_short_index,
    is_simple,
    is_stacked,
    is_stop,
    listed,
    meaning,
    parts,
    power_digits,
    role,
    split_index,
    unfenced,
)
from derivgen.printing.speechgrids import SIZED, as_cases, as_matrix, as_sized, listing
from derivgen.printing.speechparts import Part, joined
from derivgen.printing.speechtokens import Name, Words, cleaned, filled, sentence
from derivgen.printing.speechwords import ENGLISH, Table
from derivgen.record import record


def speak(expr: Expr, notation: Notation = DEFAULT) -> str:
    """The expression in words."""
    return speech(present(expr, notation))


def speech(box: Box, table: Table = ENGLISH) -> str:
    """The formula in words, digits and stops; marks are not said."""
    return sentence(Speaker(table).row(unmarked(box)), table)


def speech_of_rows(rows: Aligned, table: Table = ENGLISH) -> str:
    """The rows of a display in words, one after the other."""
    return speech(Row(tuple(part for row in rows for part in row)), table)


@record
class Speaker:
    """Says boxes in the words of one table."""

    table: Table

    def phrase(self, key: str, *gaps: Words) -> Words:
        """A phrase of the table with its gaps filled."""
        return filled(self.table.phrases[key], *gaps)

    def row(self, box: Box) -> Words:
        """Boxes side by side."""
        boxes = parts(box)
        match boxes:
            case (Numeral(digits=up), Operator(sign="/"), Numeral(digits=down)):
                return self._ratio(up, down)
        found: list[Part] = []
        place = 0
        while place < len(boxes):
            if not is_unseen(boxes[place]):
                part, place = self._next(boxes, place)
                found.append(part)
            else:
                place += 1
        return joined(found, self.table)

    def bounded(self, box: Box) -> Words:
        """Words of which one hears the end."""
        body = unfenced(box)
        return self.row(body) if is_simple(body) else self.phrase("quantity", self.row(body))

    def _variable(self, box: Box) -> Words:
        return (*self.row(box), ",") if is_stacked(box) else self.bounded(box)

    def _next(self, boxes: tuple[Box, ...], place: int) -> tuple[Part, int]:
        box = boxes[place]
        behind = boxes[place + 1] if place + 1 < len(boxes) else None
        match box, behind:
            case Letter(letter="1", style="bold"), Fenced(left="[", body=body):
                return Part(self.phrase("indicator", self.row(body))), place + 2
            case _, Operator(sign="\u2061") if place + 2 < len(boxes):
                return self._call(box, boxes[place + 2]), place + 3
            case Letter() | Script(base=Letter(), above=None), Fenced() if is_called(box, behind):
                return self._call(box, behind), place + 2
        if is_function(box):
            if behind is None or isinstance(behind, Operator):
                return Part(self._head(box)), place + 1
            return self._function(box, boxes, place + 1)
        if is_differential(box, behind) and behind is not None:
            if is_function(behind):
                inside, after = self._next(boxes, place + 1)
                return Part(self.phrase("long differential", inside.words)), after
            return self._differential(behind), place + 2
        return self._prefix(box, boxes, place) or (self._part(box), place + 1)

    def _function(self, head: Box, boxes: tuple[Box, ...], place: int) -> tuple[Part, int]:
        # A typed function without brackets takes the next box, and whole calls: log sin x.
        if isinstance(boxes[place], Fenced) or (is_simple(boxes[place]) and not is_function(boxes[place])):
            return self._call(head, boxes[place]), place + 1
        inside, after = self._next(boxes, place)
        return Part(self._of(self._head(head), inside.words)), after

    def _prefix(self, box: Box, boxes: tuple[Box, ...], place: int) -> tuple[Part, int] | None:
        words = self._operator(box)
        if words is None:
            return None
        following = place + 1
        while following < len(boxes) and is_times(boxes[following]):
            following += 1
        if following == len(boxes) or is_stop(boxes[following]):
            bare = self._bare(box)
            return Part(words if bare is None else bare), place + 1
        if following > place + 1:
            inside, after = self._next(boxes, following)
            return Part((*words, *inside.words)), after
        # Typed, it acts on the whole product behind it; ours is one box behind the sign of a product.
        after = next((end for end in range(following, len(boxes)) if is_stop(boxes[end])), len(boxes))
        return Part((*words, *self.row(Row(boxes[following:after])))), after

    def _operator(self, box: Box) -> Words | None:
        """The words of what acts on everything up to the next sign: ∂/∂x, ∇, ∑."""
        match box:
            case Fraction() if (found := derivative(box)) is not None and found.of == EMPTY:
                return derivative_words(found, self.table, self._variable)
            case Operator(sign="∇"):
                return self.phrase("gradient")
            case Script(base=Operator(sign="∇"), below=below, above=None) if below is not None:
                return self.phrase("gradient by", self.row(below))
            case Operator(sign="∂"):
                return self.phrase("partial sign", ())
            case Operator(sign=sign, kind="large"):
                return self.phrase("operator", (self.table.large[sign],))
            case Script(base=Operator(sign=sign, kind="large"), below=below, above=above):
                return self._limits((self.table.large[sign],), below, above)
            case _:
                return None

    def _bare(self, box: Box) -> Words | None:
        match box:
            case Fraction() if (found := derivative(box)) is not None:
                return operator_words(found, "bare {} operator", self.table, self._variable)
            case Operator(kind="ordinary"):
                return (self.table.signs[box.sign],)
            case _:
                return None

    def _limits(self, name: Words, below: Box | None, above: Box | None) -> Words:
        if below is None:
            return self.phrase("operator", name)
        if above is None:
            return self.phrase("over set", name, self.row(below))
        return self.phrase("limits", name, self.row(below), self.row(above))

    def _call(self, head: Box, argument: Box) -> Part:
        members = listed(unfenced(argument))
        if isinstance(head, Word) and head.text == "where" and len(members) == 3:
            return Part(self.phrase("where", *(self.row(member) for member in members)))
        if len(members) == 1:
            return Part(self._of(self._head(head), self.bounded(argument)))
        is_short = all(is_simple(member) for member in members)
        told = listing(tuple(map(self.row, members)), self.table.phrases["both" if is_short else "and"])
        return Part(self._of(self._head(head), told if is_short else self.phrase("list", told)))

    def _of(self, head: Words, argument: Words) -> Words:
        last = head[-1] if head else ""
        is_said = isinstance(last, str) and last.strip().endswith(self.table.phrases["operator"].format("").strip())
        return (*head, *argument) if is_said else self.phrase("call", head, argument)

    def _head(self, head: Box) -> Words:
        match head:
            case Word(text=text):
                name = "diagonal" if head.role == "diagonal" else text
                return (self.table.functions.get(name, cleaned(text)),)
            case Script(base=Word(text="lim"), below=Row(boxes=(letter, Operator(sign="→"), *value)), above=None):
                return self.phrase("limit", self.row(letter), self.row(Row(tuple(value))))
            case Script(base=Word() as word, below=below, above=above, intent="limits"):
                return self._limits(self._head(word), below, above)
            case Script(base=Word() as word):
                return self._scripted(head, self._head(word))
            case _:
                return self.row(head)

    def _differential(self, of: Box) -> Part:
        if is_simple(of) and not isinstance(of, Fenced):
            return Part(self.phrase("differential", self.row(of)), opens=True, closes=True, pauses=False)
        return Part(self.phrase("long differential", self.bounded(of)), opens=True)

    def _part(self, box: Box) -> Part:
        match box:
            case Letter():
                # A variable called d is no differential.
                is_short = role(box) not in self.table.symbols and (box.letter, box.role) != ("d", "scalar")
                return Part(self._letter(box), opens=is_short, closes=is_short, pauses=False)
            case Word(text=text):
                is_name = box.role != ""
                name: Words = (Name(text, box.role),) if is_name else (cleaned(text),)
                return Part(name, "operand" if is_name else "text", opens=True, closes=True, pauses=False)
            case Numeral(digits=digits):
                return Part((digits,), opens=True, closes=True, pauses=False)
            case Operator():
                return self._sign(box)
            case Space():
                return Part((), "stop")
            case Row() | Marked():
                return Part(self.row(box))
            case Fraction():
                return Part(self._fraction(box), pauses=not is_simple(box))
            case Script():
                return self._script(box)
            case Accent(kind=kind, base=base):
                told = () if kind == "vec" and is_named(base) else (self.table.accents[kind],)
                return Part((*self.bounded(base), *told), opens=is_simple(base), closes=is_simple(base), pauses=False)
            case Fenced():
                return Part(self._fenced(box))
            case Root(body=body):
                return Part(self._ended("root", body))
            case Grid():
                return Part(self._grid(box))
            case Brace():
                return self._brace(box)
            case _:
                assert_never(box)

    def _letter(self, box: Letter) -> Words:
        if box.style == "calligraphic":
            return self.phrase("script letter", (Name(box.letter, "scalar"),))
        if box.style == "blackboard":
            return self.phrase("set letter", (Name(box.letter, "scalar"),))
        known = role(box)
        return (self.table.symbols[known],) if known in self.table.symbols else (Name(box.letter, known),)

    def _sign(self, box: Operator) -> Part:
        words = (self.table.signs.get(box.sign, ""),)
        match box.kind:
            case "binary" | "relation" | "prefix":
                return Part(words, box.kind, pauses=box.sign in PAUSED)
            case "punctuation":
                return Part(words, "stop")
            case _ if box.sign in ("∞", "∅", *DOTS):
                return Part(words, opens=True, closes=True, pauses=False)
            case _:
                return Part(words, "binary")

    def _ratio(self, upper: str, lower: str) -> Words:
        known = self.table.fractions.get((upper, lower))
        return self.phrase("over", (upper,), (lower,)) if known is None else (known,)

    def _fraction(self, box: Fraction) -> Words:
        found = derivative(box)
        if found is not None:
            return derivative_words(found, self.table, self._variable)
        match alone(box.numerator), alone(box.denominator):
            case Numeral(digits=upper), Numeral(digits=lower):
                return self._ratio(upper, lower)
        is_short = is_simple(box.numerator) and is_simple(box.denominator)
        return self.phrase("over" if is_short else "fraction", self.row(box.numerator), self.row(box.denominator))

    def _ended(self, key: str, body: Box, *gaps: Words) -> Words:
        """The phrase without its end where the body is short."""
        body = alone(body)
        return self.phrase(key if is_simple(body) else f"long {key}", self.row(body), *gaps)

    def _fenced(self, box: Fenced) -> Words:
        match box.left:
            case "(":
                return self.bounded(box)
            case "":
                return self.row(box.body)
            case "|":
                return self._ended("absolute", box.body)
            case "‖":
                return self._ended("norm", box.body)
            case "[" if any(isinstance(part, Operator) and part.kind == "relation" for part in parts(box.body)):
                return self.phrase("indicator", self.row(box.body))
            case left:
                return self.phrase(FENCES.get(left, "quantity"), self.row(box.body))

    def _script(self, box: Script) -> Part:
        match box:
            case Script(base=Fenced(left="‖", body=body), below=below, above=above):
                return self._norm(body, below, above)
            case Script(base=Letter() as base, below=below) if (
                below is not None and role(base) in SIZED and (box.above is None or meaning(box) == "transpose")
            ):
                words = as_sized(base, below, self.table, self._index)
                return Part(words if box.above is None else self.phrase("transposed", words))
        words = self._scripted(box, self.bounded(box.base))
        is_short = is_simple(box.base) and not isinstance(alone(box.base), Fenced)
        closes = is_short and has_short_power(box)
        return Part(words, opens=is_short, closes=closes, pauses=not (is_short and (box.above is None or closes)))

    def _scripted(self, box: Script, words: Words) -> Words:
        is_fenced = isinstance(alone(box.base), Fenced)
        if box.below is not None:
            key = "entry" if is_fenced else "sub" if is_short_index(box.below) else "long sub"
            key = "held" if box.intent == "held" else key
            words = self.phrase(key, words, self._index(split_index(box.base, box.below)))
        if box.above is None:
            return words
        words = (*words, ",") if is_fenced and not is_simple(unfenced(box.base)) else words
        kind = meaning(box)
        if kind == "transpose" and is_call(box.base):
            return self.phrase("transposed", self.row(box.base))
        if kind == "each":
            inside = Row(parts(box.above)[1:])
            known = self.table.powers.get(power_digits(inside))
            return self.phrase("each", words, (known,)) if known else self._power(words, inside, "each power")
        if kind == "prime":
            for _ in parts(box.above):
                words = self.phrase("prime", words)
            return words
        return self._power(words, box.above, "power") if kind == "power" else self.phrase(kind, words)

    def _index(self, below: Box) -> Words:
        if not is_short_index(below):
            return self.row(below)
        comma = (self.table.phrases["index break"],)
        return tuple(word for part in parts(below) for word in (comma if is_pause(part) else self._part(part).words))

    def _power(self, words: Words, above: Box, key: str) -> Words:
        known = self.table.powers.get(power_digits(above))
        if known is not None:
            return (*words, known)
        match parts(above):
            case (Operator(sign="−"), Numeral(digits=digits)) if key == "power":
                return self.phrase("negative power", words, (digits,))
            case (Numeral(), Operator(sign="/"), Numeral()):
                return self.phrase(key, words, self.row(above))
        return self.phrase(key if is_simple(above) else f"long {key}", words, self.row(above))

    def _norm(self, body: Box, below: Box | None, above: Box | None) -> Part:
        kind = () if below is None else (self._norm_name(below),)
        key = "norm of kind" if kind else "norm"
        if above is None:
            return Part(self._ended(key, body, *kind))
        if power_digits(above) == "2":
            return Part(self._ended(f"squared {key}", body, *kind))
        return Part(self._power((*self.phrase(f"long {key}", self.row(body), *kind), ","), above, "power"))

    def _norm_name(self, below: Box) -> Words:
        return (self.table.phrases["Frobenius"],) if alone(below) == Letter("F") else self.row(below)

    def _brace(self, box: Brace) -> Part:
        is_shape = any(isinstance(part, Operator) and part.sign == "×" for part in parts(box.label))
        match parts(box.body):
            case (first, second) if is_differential(first, second):
                body = self.row(box.body)
            case _:
                body = self.bounded(box.body)
        return Part(self.phrase("shape" if is_shape else "label", body, self.row(box.label)))

    def _grid(self, grid: Grid) -> Words:
        if grid.align == "equations":
            return listing(tuple(self.row(Row(row)) for row in grid.rows), self.table.phrases["row break"])
        if grid.left == "{":
            return as_cases(grid, self.table, self.row)
        return as_matrix(grid, self.table, self.row)
