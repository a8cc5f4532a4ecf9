"""The plain text that text2qti turns into a quiz for Canvas, and that people can edit before.

Source: the documentation of text2qti 0.8; words and formulas are in its Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivgen.homework.exports.leftout import LeftOut, with_left_out
from derivgen.homework.exports.markdown import markdown, option_markdown, words_markdown
from derivgen.homework.exports.paragraphs import clean
from derivgen.homework.exports.scoring import (
    FULL,
    NOTHING,
    Key,
    Question,
    decimal,
    item_id,
    number_of,
    option_share,
    options_of,
    points_of,
    questions_by_id,
    shapes_of,
    spellings,
)

# text2qti writes numbers with four decimals.
_LAST_DECIMAL = 1e-4
_LARGEST_SHARE = 0.01


def text2qti(key: Key) -> dict[str, bytes]:
    """The quiz of a key; the variants of a question are a group of which each student gets one."""
    left_out = tuple(one for group in questions_by_id(key).values() for one in _left_out(key, group))
    missing = {item_id(one.question) for one in left_out if not one.in_part}
    lines = [f"Quiz title: {clean(str(key['homework'] or key['name']))}", ""]
    seen: set[str] = set()
    for group in questions_by_id(key).values():
        held = [question for question in group if item_id(question) not in missing]
        lines += _group(key, held, seen) if len(group) > 1 and held else _alone(key, held, seen)
    return with_left_out({"text2qti.txt": "\n".join(lines).encode()}, left_out)


def _group(key: Key, questions: list[Question], seen: set[str]) -> Iterator[str]:
    points = points_of(questions[0])
    yield from ("GROUP", "pick: 1", *([] if points is None else [f"points per question: {points}"]), "")
    for question in questions:
        yield f"Title: {_title(question)}"
        yield from _question(key, question, seen)
    yield from ("END_GROUP", "")


def _alone(key: Key, questions: list[Question], seen: set[str]) -> Iterator[str]:
    for question in questions:
        points = points_of(question)
        yield f"Title: {_title(question)}"
        yield from [] if points is None else [f"Points: {decimal(points)}"]
        yield from _question(key, question, seen)


def _title(question: Question) -> str:
    return clean(f"{question['title']} ({item_id(question)})")


def _question(key: Key, question: Question, seen: set[str]) -> Iterator[str]:
    asked = [markdown(paragraph) for paragraph in question["prompt"]]
    if "\n".join(asked) in seen:  # text2qti takes each text once only
        asked.append(words_markdown(f"({item_id(question)})"))
    seen.add("\n".join(asked))
    yield from _indented(f"{len(seen)}. ", asked)
    yield from _indented("... ", [markdown(paragraph) for paragraph in question["solution"]])
    yield from _answers(key, question)
    yield ""


def _indented(sign: str, paragraphs: list[str]) -> Iterator[str]:
    """The paragraphs after a sign, those after the first below its text."""
    for k, paragraph in enumerate(paragraphs):
        yield from [f"{sign}{paragraph}"] if k == 0 else ["", f"{' ' * len(sign)}{paragraph}"]


def _answers(key: Key, question: Question) -> Iterator[str]:
    number = number_of(question)
    if options_of(question):
        for option in options_of(question):
            yield f"{'*' if option['right'] is True else ''}{option['id']}) {option_markdown(option)}"
            yield from [f"... {words_markdown(option['feedback'])}"] if option.get("feedback") else []
    elif number is not None:
        yield f"= {decimal(number[0])} +- {decimal(max(number[1], _LAST_DECIMAL))}"
    elif question["answer"] == "shape":
        right = (shape for shape, share in shapes_of(key, question) if share == FULL)
        yield from (f"* {typed}" for shape in right for typed in spellings(shape))
    else:
        yield "____"


# What it cannot hold


def _left_out(key: Key, group: list[Question]) -> Iterator[LeftOut]:
    for question in group:
        points, number = points_of(question), number_of(question)
        if points is not None and (points <= 0 or (2 * points).denominator != 1):
            yield LeftOut(question, "text2qti knows whole and half points only, above zero")
        elif points is not None and len(group) > 1 and points.denominator != 1:
            yield LeftOut(question, "text2qti knows only whole points where students get different variants")
        elif not options_of(question) and number is not None and abs(number[0]) * _LARGEST_SHARE < _LAST_DECIMAL:
            yield LeftOut(question, "text2qti writes numbers with four decimals, too few for this one")
        elif earning := [one["id"] for one in options_of(question) if NOTHING < option_share(key, one) < FULL]:
            yield LeftOut(question, f"without the part of the points for {', '.join(earning)}", in_part=True)
