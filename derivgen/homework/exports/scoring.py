"""What answers earn on a platform: the same shares of the points as the grader gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from derivgen.answers.key import LAYOUTS
from derivgen.answers.kinds import EXACT, ROUNDED, SLIPS_OF_NUMBERS
from derivgen.answers.mistakes import SENTENCES
from derivgen.answers.reals import REALS, real_value
from derivgen.answers.submission import DEFAULT_CREDIT
from derivgen.answers.wording import OTHER_LAYOUT
from derivgen.calculus.numbers import Point
from derivgen.document.blocks import Phrase
from derivgen.document.wording.telling import told
from derivgen.homework.exports.paragraphs import clean
from derivgen.problem.problem import LayoutName
from derivgen.record import record
from derivgen.render.plain import words
from derivgen.syntax.parse import Scope, parse

Key = Mapping[str, Any]
Question = Mapping[str, Any]
FULL, NOTHING = Fraction(1), Fraction(0)


def share_of(key: Key, mistake: str | None) -> Fraction:
    """The share of the points that an answer with a mistake earns; none where the mistake has no name."""
    if mistake is None:
        return NOTHING
    credit = key.get("credit", {}).get(mistake, DEFAULT_CREDIT.get(mistake, 0))
    return Fraction(str(credit))


def options_of(question: Question) -> tuple[Mapping[str, Any], ...]:
    """The options of a question that has exactly one right one; none of any other."""
    options = tuple(question.get("options") or ())
    return options if sum(option["right"] is True for option in options) == 1 and len(options) > 1 else ()


def option_share(key: Key, option: Mapping[str, Any]) -> Fraction:
    """The share of the points that an option earns."""
    return FULL if option["right"] is True else share_of(key, option.get("mistake"))


def layouts_of(question: Question) -> tuple[LayoutName, ...]:
    """The layouts in which an answer is right."""
    return LAYOUTS if question["layout"] == "both" else (question["layout"],)


def number_of(question: Question) -> tuple[float, float] | None:
    """The one number that the question asks for, and how far an answer may be off; None where it is an array."""
    value = question.get("value")
    if question["answer"] != "number" or not value:
        return None
    numbers = parse(value["layouts"][layouts_of(question)[0]]["text"], Scope({}))
    found = real_value(numbers, Point({}, {}), REALS)
    if found is None or (len(found), len(found[0])) != (1, 1):
        return None
    number = found[0][0]
    return number, abs(number) * (EXACT if value["exact"] else ROUNDED)


@record
class Numeric:
    """A number that a platform compares answers with: how far they may be off, what they earn, what is told of them."""

    number: float
    tolerance: float
    share: Fraction = FULL
    feedback: str = ""


def numbers_of(key: Key, question: Question) -> tuple[Numeric, ...]:
    """The right number first, then those of known mistakes; none where an array is asked for."""
    right = number_of(question)
    if right is None:
        return ()
    number, tolerance = right
    known = (
        Numeric(factor * number, abs(factor) * tolerance, share_of(key, name), sentence(key, name))
        for name, factor in SLIPS_OF_NUMBERS
    )
    return (Numeric(number, tolerance), *(known if number else ()))


def shapes_of(key: Key, question: Question) -> Iterator[tuple[tuple[str, str], Fraction]]:
    """The shapes that earn points with the share that they earn, the right ones first, each shape once."""
    right = layouts_of(question)
    seen = set()
    for layout in (*right, *LAYOUTS):
        rows, columns = question["layouts"][layout]["shape"]
        if (rows, columns) not in seen:
            seen.add((rows, columns))
            yield (rows, columns), FULL if layout in right else share_of(key, "other_layout")


def spellings(shape: tuple[str, str]) -> tuple[str, ...]:
    """The ways in which people type a shape."""
    rows, columns = shape
    ways = (
        "{0} x {1}",
        "{0}x{1}",
        "{0} × {1}",
        "{0}×{1}",
        "{0} by {1}",
        "({0}, {1})",
        "({0},{1})",
        "{0}, {1}",
        "{0},{1}",
    )
    scalar = ("scalar",) if shape == ("1", "1") else ()
    return (*(way.format(rows, columns) for way in ways), *scalar)


def points_of(question: Question) -> Fraction | None:
    """The points of a question; None where it has none."""
    return None if question["points"] is None else Fraction(str(question["points"]))


def decimal(number: Fraction | float) -> str:
    """The number in digits, without an exponent."""
    return format(Decimal(f"{float(number):.12g}"), "f")


def questions_by_id(key: Key) -> dict[str, list[Question]]:
    """The variants of each question, by the id of the question."""
    found: dict[str, list[Question]] = {}
    for question in key["questions"]:
        found.setdefault(question["id"], []).append(question)
    return found


def label(key: Key, phrase: Phrase) -> str:
    """A fixed word of sheets in the language of the key."""
    return words(told((phrase,), key["language"]))


def item_id(question: Question) -> str:
    """The id of a question of a variant: quad~1f3a9c.a."""
    return f"{question['variant']}.{question['id'].rpartition('.')[2]}"


def place_in_bank(key: Key, identifier: str) -> str:
    """The category in Moodle of the variants of a question."""
    # A slash within a name is doubled; a single one begins a category below.
    steps = (clean(str(part)).replace("/", "//") for part in (key["homework"] or key["name"], identifier))
    return "/".join(("$course$", "top", *steps))


def other_layout(key: Key) -> str:
    """What is told to who answers in the other layout."""
    return label(key, Phrase(OTHER_LAYOUT))


def sentence(key: Key, mistake: str) -> str:
    """What is told to who makes a known mistake."""
    return label(key, Phrase(SENTENCES[mistake]))
