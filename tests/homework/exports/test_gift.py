"""The GIFT of a key, read back by a parser that unescapes in the order in which Moodle does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from derivgen.homework.exports.gift import gift

from .keys import HOSTILE, at_a_point, every_kind, hostile, key_of, quadratic, shown, without_options, words_of


@dataclass(frozen=True)
class Read:
    """A question: answers are (`=` or `~`, percent, text, feedback)."""

    category: str
    comment: str
    name: str
    text: str
    numeric: bool
    answers: tuple[tuple[str, str, str, str], ...]
    general: str


def read(key: dict[str, Any]) -> list[Read]:
    (data,) = gift(key).values()
    return list(parsed(data.decode()))


def parsed(source: str) -> Iterator[Read]:
    category = comment = ""
    for paragraph in re.split(r"\n{2,}", source.strip()):
        lines = paragraph.split("\n")
        if lines[0].startswith("$CATEGORY: "):
            category = lines[0].removeprefix("$CATEGORY: ")
            continue
        comment = " ".join(line for line in lines if line.startswith("//"))
        yield question(category, comment, hidden("\n".join(line for line in lines if not line.startswith("//"))))


# As in Moodle, escaped signs are put aside before anything is split; here as letters that no text has.
SIGNS = {sign: chr(0xE000 + k) for k, sign in enumerate("\\~=#{}:")}


def hidden(text: str) -> str:
    return re.sub(r"\\([\\~=#{}:])", lambda found: SIGNS[found[1]], text)


def seen(text: str) -> str:
    for sign, letter in SIGNS.items():
        text = text.replace(letter, sign)
    return text.strip()


def question(category: str, comment: str, text: str) -> Read:
    found = re.fullmatch(r"::(.*?)::\[html\]([^{}]*)\{(#?)\n([^{}]*)\}", text, re.DOTALL)
    assert found is not None, text
    body, _, general = found[4].partition("####")
    answers = []
    for sign, rest in re.findall(r"([=~])([^=~]*)", body):
        weight = re.match(r"%([0-9.]+)%", rest)
        words, _, feedback = rest[weight.end() if weight else 0 :].partition("#")
        percent = weight[1] if weight else "100" if sign == "=" else "0"
        answers.append((sign, percent, seen(words), seen(feedback)))
    return Read(category, comment, seen(found[1]), seen(found[2]), found[3] == "#", tuple(answers), seen(general))


@pytest.mark.parametrize("key", [every_kind, hostile])
def test_prompt_solution_and_name_read_back(key: Callable[[], dict[str, Any]]) -> None:
    made = key()
    order = sorted(made["questions"], key=lambda question: question["id"])
    for one, question in zip(read(made), order, strict=True):
        assert shown(one.text) == words_of(question["prompt"])
        assert shown(one.general) == words_of(question["solution"])
        assert one.name.startswith(question["title"])


@pytest.mark.parametrize("key", [lambda: key_of(quadratic()), hostile], ids=["plain", "hostile"])
def test_options_read_back_with_their_credit_and_feedback(key: Callable[[], dict[str, Any]]) -> None:
    made = key()
    (one,), (question,) = read(made), made["questions"]
    shares = {"assumed_symmetric": ("~", "0"), None: ("=", "100"), "other_layout": ("~", "50")}
    shares["dropped_product_term"] = ("~", "25")
    assert [(sign, percent, shown(text), shown(feedback)) for sign, percent, text, feedback in one.answers] == [
        (
            *shares[option["mistake"]],
            "".join((option["latex"] or option["text"]).split()),
            "".join(option["feedback"].split()),
        )
        for option in question["options"]
    ]


def test_points_stand_in_the_comment_and_the_id_where_moodle_reads_it() -> None:
    comments = [one.comment for one in read(every_kind())]
    assert comments[0] == "// [id:quad~000003.a] 2 points"
    assert comments[3] == "// [id:quad~000003.c] 0.5 points"


def test_each_kind_of_answer_has_its_form() -> None:
    found = {one.comment.split("]")[0].rpartition(":")[2]: one for one in read(every_kind())}
    assert len(found["quad~000003.a"].answers) == 4
    assert found["quad~000003.b"].answers == found["quad~000003.e"].answers == ()
    assert found["quad~000003.c"].numeric
    right, sign, *_ = found["quad~000003.c"].answers
    assert right == ("=", "100", "-2.5:0.0000025", "")
    assert sign == ("=", "0", "2.5:0.0000025", "Only the sign is wrong.")
    assert ("=", "100", "1 x n", "") in found["quad~000003.d"].answers
    assert ("=", "50", "n x 1", "Right, but in the other layout.") in found["quad~000003.d"].answers


def test_variants_of_a_question_share_a_category() -> None:
    assert [one.category.rpartition("/")[2] for one in read(every_kind())][:3] == ["quad.a", "quad.a", "quad.b"]


def test_a_title_full_of_signs_stays_one_category() -> None:
    (one,) = read(hostile())
    assert one.category == f"$course$/top/A//{HOSTILE.replace('/', '//')}/quad.a"


def test_every_sign_of_the_format_is_escaped_within_words() -> None:
    (data,) = gift(hostile()).values()
    (line,) = (line for line in data.decode().splitlines() if line.startswith("::"))
    inside = re.sub(r"^::|::\[html\]|\{$", "", line)
    assert not re.search(r"[~=#{}:]", hidden(inside))


def test_the_bank_names_no_student_and_is_the_same_each_time() -> None:
    first = gift(every_kind())
    assert first == gift(json.loads(json.dumps(every_kind())))
    (data,) = first.values()
    assert b"lovelace" not in data
    assert b"s02-personal" not in data


def test_only_feedback_tells_the_solution() -> None:
    (one,) = read(key_of(without_options("c", "number", value=at_a_point("7"))))
    assert "Product rule" not in one.text
    assert "Product rule" in one.general
