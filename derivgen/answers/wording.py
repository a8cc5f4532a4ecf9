"""What a learner is told about an answer: whole sentences, harmless whatever was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from derivgen.answers.key import Key
from derivgen.answers.reals import Reading
from derivgen.answers.slipwords import SlipWords
from derivgen.answers.telling import Sentence, said, together, visible, without_stop
from derivgen.errors import Fault
from derivgen.expr.functions.table import Array
from derivgen.expr.nodes import Expr, Unresolved
from derivgen.expr.sizes import Shape
from derivgen.printing.text import text
from derivgen.problem.problem import LayoutName, counterpart
from derivgen.record import record

RIGHT = said("Right.")
OTHER_LAYOUT = said("Right, but in the other layout.")
NOT_RIGHT = said("Not right.")
NO_ANSWER = said("No answer.")
NO_NUMBERS = said(
    "Your answer cannot be worked out: write numbers, a vector as in [1, 2], a matrix as in [[1, 2], [3, 4]]."
)
NOT_THE_VALUE = said("Not the value of the derivative at this point.")
TOO_LONG = said("Your answer is too long to be read. Write a shorter one.")
VERDICTS = {
    "correct": RIGHT,
    "other_layout": OTHER_LAYOUT,
    "mistake": NOT_RIGHT,
    "wrong": NOT_RIGHT,
}
LAYOUTS: dict[LayoutName, Sentence] = {
    "numerator": said("numerator layout"),
    "denominator": said("denominator layout"),
}
NO_LINE = said("There is no line here.")
NOT_IT = said("Not the derivative.")
TOO_DEEP = said("Your answer cannot be read: it is nested too deeply. Write a shorter one.")
TOO_LARGE = said("Your answer cannot be worked out: its arrays are too large. Write it with the sizes of the question.")
TOO_MUCH = said("Your answer cannot be judged: to work it out takes too long. Write a shorter one.")

NO_CHANGES = said("A line of a second derivative cannot be written in differentials here: write the derivative.")
UNFINISHED = said("Every line is right, but the last one is not the derivative yet: read it off.")

# More entries than this are not shown; the one that is furthest off stands for them.
MOST_ENTRIES = 9
LONGEST = 400


@record
class Counterexample:
    """A point by its values, what the answer gives there (None: nothing), and what the derivative is in a layout.

    `stands` are the small sizes in the place of large ones.
    """

    layout: LayoutName
    values: Mapping[str, Array]
    found: Reading | None
    wanted: Reading
    stands: Mapping[str, int] = field(default_factory=dict)


def change_has_shape(name: str, wanted: Shape, found: Shape) -> str:
    """A line of differentials has another shape than the function."""
    words = "The change of {name} is {wanted}, and this line is {given}."
    return said(words, name=name, wanted=_named(wanted), given=_named(found))


def change_differs(name: str) -> str:
    """A line of differentials has another value than the change of the function."""
    return said("This is not the change of {name}.", name=name)


def neither(name: str) -> str:
    """A line that says what a function is, and is wrong."""
    return said("This is neither {name} nor its derivative.", name=name)


def free_letter(letter: str) -> str:
    """A line has a letter of index notation that no sum counts with."""
    return said(
        "Your answer cannot be read: the letter {letter} counts entries, and no sum runs over it.", letter=letter
    )


def too_many_lines(most: int) -> str:
    """A derivation is too long."""
    return said("Your answer has too many lines: at most {most} are read.", most=str(most))


def no_option(letters: Sequence[str]) -> str:
    """The answer names none of the options."""
    return said("Your answer is none of the options: write one of {letters}.", letters=", ".join(letters))


def other_shape(given: Shape) -> str:
    """The answer is a shape, and not that of the derivative."""
    return said("The derivative does not have the shape {given}.", given=str(given))


def other_size(given: tuple[int, int]) -> str:
    """The numbers of the answer have another shape than the derivative."""
    words = "Your answer is {given}, which is not the shape of the derivative."
    return said(words, given=f"{given[0]} x {given[1]}")


def read_as(reading: str) -> str:
    """How an answer was read that is not typed in the language."""
    return said("Read as: {reading}", reading=f"{_cut(reading)}{'' if reading.endswith('.') else '.'}")


def not_judged(why: str) -> str:
    """An answer cannot be judged, for no fault of its own."""
    return said("This answer could not be judged: {why}.", why=why)


def needs(package: str) -> str:
    """An answer cannot be judged where a package is missing."""
    return said("Your answer cannot be judged here: that needs {package}.", package=package)


def right_in(layout: LayoutName) -> str:
    """The answer is right, and either layout was welcome."""
    return said("Right, in {layout}.", layout=LAYOUTS[layout])


def other_layout(key: Key, given: LayoutName) -> str:
    """The answer is the transpose of what is asked for."""
    asked = counterpart(given)
    shape, wanted = key.shape(given), key.shape(asked)
    kind = said("row") if shape.is_row else said("column") if shape.is_column else said("matrix")
    words = "Right, in the other layout: you gave the {shape} {kind} ({given}); {asked} asks for its transpose{size}."
    size = f", {wanted}" if wanted != shape else ""
    return said(words, shape=str(shape), kind=kind, given=LAYOUTS[given], asked=LAYOUTS[asked], size=size)


def shape_of_other_layout(key: Key, given: LayoutName) -> str:
    """The answer, a shape, is that of the transpose of what is asked for."""
    asked = counterpart(given)
    words = "This is the shape in {given}; in {asked} it is {shape}."
    return said(words, given=LAYOUTS[given], asked=LAYOUTS[asked], shape=str(key.shape(asked)))


def shape_differs(key: Key, expr: Expr, asked: tuple[LayoutName, ...], shown: Counterexample | None) -> str:
    """The answer has another shape than the derivative; `shown` is given if it has that of the other layout."""
    shapes = [_named(shape) for shape in dict.fromkeys(key.shape(layout) for layout in asked)]
    wanted = shapes[0] if len(shapes) == 1 else said("{one} or {other}", one=shapes[0], other=shapes[1])
    words = "The shape does not fit: your answer is {given}, the derivative is {wanted}."
    line = said(words, given=_named(expr.shape), wanted=wanted)
    if shown is None:
        return line
    words = "It is not the derivative in {layout} either: {compared}."
    return together(line, said(words, layout=LAYOUTS[shown.layout], compared=_compared(shown)))


def value_differs(shown: Counterexample | None) -> str:
    """The answer has another value than the derivative, or none."""
    return RIGHT if shown is None else said("Not the derivative: {compared}.", compared=_compared(shown))


def shapes_inside(fault: Fault) -> str:
    """Shapes within the answer do not fit each other."""
    return said("The shapes do not fit: {fault}", fault=_with_hint(fault.message, fault.hint))


def lacks_transpose(fault: Fault, *, turned: bool) -> str:
    """Shapes within the answer do not fit, and do with one transpose more."""
    words = "{fault}: a transpose is missing."
    if turned:
        words = "{fault}: a transpose is missing, and it is in the other layout."
    return said(words, fault=SlipWords(visible(fault.message), is_first=True, ends=False))


def line_is(number: int, told: str) -> str:
    """What is told of a line of a derivation, behind its number."""
    return said("Line {number}: {told}", number=str(number), told=told)


def in_other_layout(mistake: Sentence) -> str:
    """A mistake that was made in the other layout."""
    return said("{mistake}, and in the other layout.", mistake=without_stop(mistake))


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
    return said("Your answer cannot be read: {fault}", fault=_with_hint(fault.message, hint))


def derivative_left(left: Unresolved) -> str:
    """The answer only asks for a derivative again."""
    words = "Your answer cannot be judged: {left} is still to be worked out. Write out what it is."
    return said(words, left=_cut(text(left)))


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]} ..."


def _with_hint(message: str, hint: str) -> str:
    return SlipWords(visible(_cut(message)), visible(_cut(hint)))


def _named(shape: Shape) -> str:
    return said("1 x 1 (a scalar)") if shape.is_scalar else str(shape)


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
    where = _place(shown)
    if shown.found is None:
        return said("at {point} your answer has no value", point=where) if where else said("your answer has no value")
    rows, columns = len(shown.wanted), len(shown.wanted[0])
    if rows * columns <= MOST_ENTRIES:
        found, wanted = _pair(shown.found, shown.wanted)
        if not where:
            return said("your answer gives {found}, the derivative is {wanted}", found=found, wanted=wanted)
        words = "at the point {point} your answer gives {found}, the derivative is {wanted}"
        return said(words, point=where, found=found, wanted=wanted)
    i, j = _worst(shown)
    found, wanted = _pair(((shown.found[i][j],),), ((shown.wanted[i][j],),))
    entry = str(i * columns + j + 1) if 1 in (rows, columns) else f"({i + 1}, {j + 1})"
    if not where:
        words = "entry {entry} of your answer is {found}, that of the derivative is {wanted}"
        return said(words, entry=entry, found=found, wanted=wanted)
    words = "at the point {point} entry {entry} of your answer is {found}, that of the derivative is {wanted}"
    return said(words, point=where, entry=entry, found=found, wanted=wanted)


def _place(shown: Counterexample) -> str:
    """The point, and which sizes it has other than those of the problem."""
    where = _point(shown.values)
    if not where or not shown.stands:
        return where
    small, large = (", ".join(map(str, numbers)) for numbers in (shown.stands.values(), shown.stands))
    return said("{point} (with {small} in the place of {large})", point=where, small=small, large=large)


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
