"""What a learner is told about an answer: whole sentences, harmless whatever was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from derivgen.answers.key import Key
from derivgen.answers.reals import Reading
from derivgen.errors import Fault
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Expr, Unresolved
from derivgen.expr.sizes import Shape
from derivgen.printing.text import text
from derivgen.problem.problem import LayoutName, counterpart

RIGHT = "Right."
OTHER_LAYOUT = "Right, but in the other layout."
NOT_RIGHT = "Not right."
NO_ANSWER = "No answer."
NO_NUMBERS = "Your answer cannot be worked out: write numbers, a vector as in [1, 2], a matrix as in [[1, 2], [3, 4]]."
NOT_THE_VALUE = "Not the value of the derivative at this point."
TOO_LONG = "Your answer is too long to be read. Write a shorter one."
VERDICTS = {
    "correct": RIGHT,
    "other_layout": OTHER_LAYOUT,
    "mistake": NOT_RIGHT,
    "wrong": NOT_RIGHT,
}
NOT_IT = "Not the derivative."
TOO_DEEP = "Your answer cannot be read: it is nested too deeply. Write a shorter one."
TOO_LARGE = "Your answer cannot be worked out: its arrays are too large. Write it with the sizes of the question."
TOO_MUCH = "Your answer cannot be judged: to work it out takes too long. Write a shorter one."

NO_CHANGES = "A line of a second derivative cannot be written in differentials here: write the derivative."
UNFINISHED = "Every line is right, but the last one is not the derivative yet: read it off."

# More entries than this are not shown; the one that is furthest off stands for them.
MOST_ENTRIES = 9
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A point by its values, what the answer gives there (None: nothing), and what the derivative is in a layout."""

    layout: LayoutName
    values: Mapping[str, Array]
    found: Reading | None
    wanted: Reading


def change_has_shape(name: str, wanted: Shape, found: Shape) -> str:
    """A line of differentials has another shape than the function."""
    return f"The change of {name} is {_named(wanted)}, and this line is {_named(found)}."


def change_differs(name: str) -> str:
    """A line of differentials has another value than the change of the function."""
    return f"This is not the change of {name}."


def neither(name: str) -> str:
    """A line that says what a function is, and is wrong."""
    return f"This is neither {name} nor its derivative."


def free_letter(letter: str) -> str:
    """A line has a letter of index notation that no sum counts with."""
    return visible(f"Your answer cannot be read: the letter {letter} counts entries, and no sum runs over it.")


def too_many_lines(most: int) -> str:
    """A derivation is too long."""
    return f"Your answer has too many lines: at most {most} are read."


def no_option(letters: Sequence[str]) -> str:
    """The answer names none of the options."""
    return f"Your answer is none of the options: write one of {', '.join(letters)}."


def other_shape(given: Shape) -> str:
    """The answer is a shape, and not that of the derivative."""
    return f"The derivative does not have the shape {given}."


def other_size(given: tuple[int, int]) -> str:
    """The numbers of the answer have another shape than the derivative."""
    return f"Your answer is {given[0]} x {given[1]}, which is not the shape of the derivative."


def read_as(reading: str) -> str:
    """How an answer was read that is not typed in the language."""
    return visible(f"Read as: {_cut(reading)}{'' if reading.endswith('.') else '.'}")


def needs(package: str) -> str:
    """An answer cannot be judged where a package is missing."""
    return f"Your answer cannot be judged here: that needs {package}."


def right_in(layout: LayoutName) -> str:
    """The answer is right, and either layout was welcome."""
    return f"Right, in {layout} layout."


def other_layout(key: Key, given: LayoutName) -> str:
    """The answer is the transpose of what is asked for."""
    asked = counterpart(given)
    shape, wanted = key.shape(given), key.shape(asked)
    kind = "row" if shape.is_row else "column" if shape.is_column else "matrix"
    size = f", {wanted}" if wanted != shape else ""
    return (
        f"This is the derivative in the other layout: you gave the {shape} {kind} ({given} layout); "
        f"{asked} layout asks for its transpose{size}."
    )


def shape_of_other_layout(key: Key, given: LayoutName) -> str:
    """The answer, a shape, is that of the transpose of what is asked for."""
    asked = counterpart(given)
    return f"This is the shape in {given} layout; in {asked} layout it is {key.shape(asked)}."


def shape_differs(key: Key, expr: Expr, asked: tuple[LayoutName, ...], shown: Counterexample | None) -> str:
    """The answer has another shape than the derivative; `shown` is given if it has that of the other layout."""
    shapes = " or ".join(dict.fromkeys(_named(key.shape(layout)) for layout in asked))
    line = f"The shape does not fit: your answer is {_named(expr.shape)}, the derivative is {shapes}."
    if shown is None:
        return line
    return f"{line} It is not the derivative in {shown.layout} layout either: {_compared(shown)}."


def value_differs(shown: Counterexample | None) -> str:
    """The answer has another value than the derivative, or none."""
    return RIGHT if shown is None else f"Not the derivative: {_compared(shown)}."


def shapes_inside(fault: Fault) -> str:
    """Shapes within the answer do not fit each other."""
    return f"The shapes do not fit: {_with_hint(fault.message, fault.hint)}"


def unread(fault: Fault, key: Key) -> str:
    """The answer is not an expression of the language, or uses a name that the question does not have."""
    word = "" if fault.span is None else fault.span.source[fault.span.column - 1 : fault.span.end_column - 1]
    hint = fault.hint
    if fault.code == "name" and word[:1] == "d" and word[1:] in key.scope.names:
        hint = f"{word} is a differential: an answer is the derivative alone, what stands beside {word}"
    elif fault.code == "name" and hint.startswith(("declare it, or use", "declare it under")):
        known = [*key.scope.names, *sorted(key.scope.sizes)]
        hint = f"the names of this question are {', '.join(known)}"
    elif fault.code == "limit":
        hint = "write a shorter answer"
    return f"Your answer cannot be read: {_with_hint(fault.message, hint)}"


def derivative_left(left: Unresolved) -> str:
    """The answer only asks for a derivative again."""
    return visible(f"Your answer cannot be judged: {_cut(text(left))} is still to be worked out. Write out what it is.")


def visible(message: str) -> str:
    """The message without what would steer a terminal or turn the reading direction: such characters by their code."""
    return "".join(c if c.isprintable() else _escaped(c) for c in message)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]} ..."


def _with_hint(message: str, hint: str) -> str:
    line = f"{_cut(message)}; {_cut(hint)}" if hint else _cut(message)
    return visible(line if line.endswith(("?", ".")) else f"{line}.")


def _named(shape: Shape) -> str:
    return "1 x 1 (a scalar)" if shape.is_scalar else str(shape)


def differing(key: Key, expr: Expr, shown: Counterexample | None) -> dict[str, object]:
    """The shapes, and the entry that is furthest off at a point, for programs."""
    layouts: tuple[LayoutName, ...] = ("numerator", "denominator")
    wanted = {layout: [str(size) for size in key.shape(layout)] for layout in layouts}
    facts: dict[str, object] = {"shapes": {"got": [str(size) for size in expr.shape], "expected": wanted}}
    if shown is None:
        return facts
    facts["at"] = {name: _reading(array) for name, array in shown.values.items()}
    if shown.found is not None:
        i, j = _worst(shown)
        got, right = shown.found[i][j], shown.wanted[i][j]
        facts["entry"] = {"row": i + 1, "column": j + 1, "got": got, "expected": right, "layout": shown.layout}
    return facts


# Values


def _worst(shown: Counterexample) -> tuple[int, int]:
    """The entry that is furthest off."""
    rows, columns = len(shown.wanted), len(shown.wanted[0])
    return max(
        ((i, j) for i in range(rows) for j in range(columns)),
        key=lambda place: abs(shown.found[place[0]][place[1]] - shown.wanted[place[0]][place[1]]),  # type: ignore[index]  # a value is there
    )


def _compared(shown: Counterexample) -> str:
    where = _point(shown.values)
    if shown.found is None:
        return f"at {where} your answer has no value" if where else "your answer has no value"
    rows, columns = len(shown.wanted), len(shown.wanted[0])
    there = f"at the point {where} " if where else ""
    if rows * columns <= MOST_ENTRIES:
        found, wanted = _pair(shown.found, shown.wanted)
        return f"{there}your answer gives {found}, the derivative is {wanted}"
    i, j = _worst(shown)
    found, wanted = _pair(((shown.found[i][j],),), ((shown.wanted[i][j],),))
    entry = f"entry {i * columns + j + 1}" if 1 in (rows, columns) else f"entry ({i + 1}, {j + 1})"
    return f"{there}{entry} of your answer is {found}, that of the derivative is {wanted}"


def _point(values: Mapping[str, Array]) -> str:
    return ", ".join(f"{visible(name)} = {_array(_reading(array), 4)}" for name, array in values.items())


def _reading(array: Array) -> Reading:
    return tuple(tuple(complex(z).real for z in row) for row in array)


def _pair(found: Reading, wanted: Reading) -> tuple[str, str]:
    """Both values with as many digits as tell them apart."""
    for digits in (4, 7, 12):
        pair = _array(found, digits), _array(wanted, digits)
        if pair[0] != pair[1]:
            return pair
    return _array(found, 17), _array(wanted, 17)


def _array(entries: Reading, digits: int) -> str:
    if len(entries) == len(entries[0]) == 1:
        return _number(entries[0][0], digits)
    if len(entries) == 1 or len(entries[0]) == 1:
        return f"({_list([z for row in entries for z in row], digits)})"
    rows = [f"[{_list(list(row), digits)}]" for row in entries[:MOST_ENTRIES]]
    return f"[{', '.join(rows)}{', ...' if len(entries) > MOST_ENTRIES else ''}]"


def _list(numbers: list[float], digits: int) -> str:
    listed = ", ".join(_number(z, digits) for z in numbers[:MOST_ENTRIES])
    return listed + (", ..." if len(numbers) > MOST_ENTRIES else "")


def _number(value: float, digits: int) -> str:
    return f"{value + 0.0:.{digits}g}"
