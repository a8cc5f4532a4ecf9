"""Moodle XML: a question bank with a category for each question, which holds the question's variants.

Source: docs.moodle.org, "Moodle XML format".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from fractions import Fraction

from derivgen.document.wording.questions import SHEET
from derivgen.homework.exports.paragraphs import clean, formula_html, html_of, is_in_words, option_html, words_html
from derivgen.homework.exports.scoring import (
    FULL,
    Key,
    Numeric,
    Question,
    decimal,
    item_id,
    label,
    layouts_of,
    numbers_of,
    option_share,
    options_of,
    other_layout,
    place_in_bank,
    points_of,
    questions_by_id,
    shapes_of,
    spellings,
)

# The percentages that Moodle knows; it takes no others.
_PARTS = (83.33333, 66.66667, 33.33333, 16.66667, 14.28571, 12.5, 11.11111)
GRADES = (100, 90, 80, 75, 70, 60, 50, 40, 30, 25, 20, 10, 5, 0, *_PARTS)
LONGEST_IDNUMBER = 100
LONGEST_NAME = 255


def moodle(key: Key) -> dict[str, bytes]:
    """The bank of a key as one file to import; what Moodle cannot judge is an essay with the answer for graders."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for identifier, questions in questions_by_id(key).items():
        lines.append(category(key, identifier))
        lines += [_question(key, question) for question in questions]
    return {"moodle.xml": ("\n".join([*lines, "</quiz>"]) + "\n").encode()}


def category(key: Key, identifier: str) -> str:
    """The place in the bank of the variants of a question; it stands before them as a question of its own."""
    return f'<question type="category"><category>{plain(place_in_bank(key, identifier))}</category></question>'


def head(question: Question, prompt: str, *, kind: str = "") -> list[str]:
    """What questions of all types begin with; `kind` keeps apart the forms of one question within one bank."""
    points = points_of(question)
    name = clean(f"{question['title']} ({item_id(question)})")
    return [
        f"<name>{plain(name[-LONGEST_NAME:])}</name>",
        f'<questiontext format="html">{text(prompt)}</questiontext>',
        f'<generalfeedback format="html">{text(html_of(question["solution"]))}</generalfeedback>',
        f"<defaultgrade>{1 if points is None else decimal(points)}</defaultgrade>",
        "<penalty>0.3333333</penalty>",
        "<hidden>0</hidden>",
        f"<idnumber>{idnumber(f'{item_id(question)}{kind}')}</idnumber>",
    ]


def idnumber(name: str) -> str:
    """The name as Moodle keeps it; a long one is cut, and a checksum keeps it apart from others."""
    if len(name) <= LONGEST_IDNUMBER:
        return _escaped(name)
    return _escaped(f"{name[: LONGEST_IDNUMBER - 17]}-{hashlib.sha256(name.encode()).hexdigest()[:16]}")


def text(markup: str) -> str:
    """A text element that holds HTML."""
    inside = markup.replace("]]>", "]]]]><![CDATA[>")
    return f"<text><![CDATA[{inside}]]></text>" if markup else "<text></text>"


def plain(words: str) -> str:
    """A text element that holds words."""
    return f"<text>{_escaped(words)}</text>"


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _question(key: Key, question: Question) -> str:
    kind, body = _body(key, question)
    lines = [*head(question, html_of(question["prompt"])), *body, *_hints(question)]
    return "\n".join([f'<question type="{kind}">', *lines, "</question>"])


def _body(key: Key, question: Question) -> tuple[str, list[str]]:
    numbers = numbers_of(key, question)
    if options_of(question):
        return "multichoice", _choice(key, question)
    if numbers:
        return "numerical", _numerical(numbers)
    if question["answer"] == "shape":
        return "shortanswer", ["<usecase>1</usecase>", *_shapes(key, question)]
    return "essay", _essay(key, question)


def _hints(question: Question) -> Iterator[str]:
    return (f'<hint format="html">{text(words_html(hint))}</hint>' for hint in question["hints"])


# Types


def _choice(key: Key, question: Question) -> list[str]:
    options = options_of(question)
    # "None of these" keeps its place at the end.
    shuffles = not any(map(is_in_words, options))
    return [
        "<single>true</single>",
        f"<shuffleanswers>{'true' if shuffles else 'false'}</shuffleanswers>",
        "<answernumbering>abc</answernumbering>",
        *(f'<{name}feedback format="html"><text></text></{name}feedback>' for name in FEEDBACKS),
        *(
            answer(f"<p>{option_html(option)}</p>", option_share(key, option), option.get("feedback") or "")
            for option in options
        ),
    ]


FEEDBACKS = ("correct", "partiallycorrect", "incorrect")


def answer(shown: str, share: Fraction, feedback: str) -> str:
    """One answer in HTML with what it earns and what is told to who gives it."""
    said = text(f"<p>{words_html(feedback)}</p>" if feedback else "")
    told = f'<feedback format="html">{said}</feedback>'
    return f'<answer fraction="{grade(share)}" format="html">{text(shown)}{told}</answer>'


def grade(share: Fraction) -> str:
    """The share of the points in percent, as near as Moodle has it."""
    return decimal(min(GRADES, key=lambda known: abs(known - 100 * share)))


def _numerical(numbers: tuple[Numeric, ...]) -> list[str]:
    return [
        *(
            _typed(decimal(one.number), one.share, one.feedback, f"<tolerance>{decimal(one.tolerance)}</tolerance>")
            for one in numbers
        ),
        "<unitgradingtype>0</unitgradingtype><unitpenalty>0.1</unitpenalty><showunits>3</showunits>",
    ]


def _shapes(key: Key, question: Question) -> Iterator[str]:
    for shape, share in shapes_of(key, question):
        for typed in spellings(shape):
            # A star stands for anything in what Moodle compares with.
            yield _typed(typed.replace("*", r"\*"), share, "" if share == FULL else other_layout(key))


def _typed(typed: str, share: Fraction, feedback: str, more: str = "") -> str:
    told = f'<feedback format="html">{text(words_html(feedback))}</feedback>'
    return f'<answer fraction="{grade(share)}" format="moodle_auto_format">{plain(typed)}{told}{more}</answer>'


def _essay(key: Key, question: Question) -> list[str]:
    lines = 10 if question["answer"] == "derivation" else 3
    return [
        "<responseformat>monospaced</responseformat><responserequired>1</responserequired>",
        f"<responsefieldlines>{lines}</responsefieldlines>",
        "<attachments>0</attachments><attachmentsrequired>0</attachmentsrequired>",
        f'<graderinfo format="html">{text(_for_graders(key, question))}</graderinfo>',
        '<responsetemplate format="html"><text></text></responsetemplate>',
    ]


def _for_graders(key: Key, question: Question) -> str:
    """The answer as a formula and as typed, its value, what belongs into gaps, and what earns points."""
    value = question.get("value")
    entries = [
        entry
        for layout in layouts_of(question)
        for entry in (question["layouts"][layout], *([value["layouts"][layout]] if value else []))
    ]
    entries += [blank["line"] for blank in question.get("blanks") or () if blank["line"]]
    rows = [f"{row['points']}: {row['text']}" for row in question["rubric"]]
    lines = [
        f"<strong>{words_html(label(key, SHEET.answer))}</strong>",
        *(f"{formula_html(entry['latex'])} <code>{words_html(entry['text'])}</code>" for entry in entries),
        *([f"<strong>{words_html(label(key, SHEET.rubric))}</strong>"] if rows else []),
        *map(words_html, rows),
    ]
    return "".join(f"<p>{line}</p>" for line in lines)
