"""The text for text2qti, read back, and accepted by text2qti itself where it is installed."""

from __future__ import annotations

import html
import importlib.util
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from derivgen.homework.exports.text2qti import text2qti

from .keys import at_a_point, every_kind, hostile, key_of, quadratic, without_options, words_of

needs_text2qti = pytest.mark.skipif(importlib.util.find_spec("text2qti") is None, reason="text2qti is not installed")


@dataclass
class Read:
    """A question; `choices` are (right, text, feedback), `typed` what comes after `=`, `*` or `____`."""

    title: str
    points: str
    paragraphs: list[str] = field(default_factory=list)
    general: list[str] = field(default_factory=list)
    choices: list[tuple[bool, str, str]] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)


STARTS = re.compile(r"(\d+\. |\*?[a-z]\) |\.\.\. |= |\* |____$|Title: |Points: |points per question: |END_GROUP)(.*)")


def read(key: dict[str, Any]) -> list[Read]:
    return list(parsed(text2qti(key)["text2qti.txt"].decode()))


def parsed(source: str) -> Iterator[Read]:
    group = points = title = ""
    one: Read | None = None
    into: list[str] = []
    for line in source.splitlines():
        found = STARTS.match(line)
        if not found:
            if line.startswith("   "):
                into.append(line.strip())
            continue
        sign, words = found[1].strip(), found[2]
        if sign in ("Title:", "END_GROUP"):
            if one:
                yield one
            one, title, points = None, words, ""
            group = "" if sign == "END_GROUP" else group
        elif sign == "points per question:":
            group = words
        elif sign == "Points:":
            points = words
        elif sign[0].isdigit():
            one = Read(title, points or group, [words])
            into = one.paragraphs
        else:
            assert one is not None
            into = answered(one, sign, words)
    if one:
        yield one


def answered(one: Read, sign: str, words: str) -> list[str]:
    if sign == "..." and one.choices:
        one.choices[-1] = (*one.choices[-1][:2], words)
    elif sign == "...":
        one.general.append(words)
    elif sign.endswith(")"):
        one.choices.append((sign.startswith("*"), words, ""))
    else:
        one.typed.append(f"{sign} {words}".strip())
    return one.general


def seen(markdown: str) -> str:
    """What the Markdown shows; no sign in it may be one of Markdown's own, but for those of formulas."""
    parts = re.split(r"\$((?:[^$\\]|\\.)+)\$", markdown)
    assert not any(re.search(r"[\\`*_{}\[\]<>$~^|\"']", words) for words in parts[::2])
    return "".join(re.sub(r"\s", "", part if k % 2 else html.unescape(part)) for k, part in enumerate(parts))


@pytest.mark.parametrize("key", [every_kind, hostile])
def test_prompt_solution_and_points_read_back(key: Callable[[], dict[str, Any]]) -> None:
    made = key()
    order = sorted(made["questions"], key=lambda question: question["id"])
    for one, question in zip(read(made), order, strict=True):
        asked = "".join(map(seen, one.paragraphs))
        assert asked.removesuffix(f"({one.title.rpartition('(')[2]}") == words_of(question["prompt"])
        assert "".join(map(seen, one.general)) == words_of(question["solution"])
        assert float(one.points) == question["points"]


@pytest.mark.parametrize("key", [lambda: key_of(quadratic()), hostile], ids=["plain", "hostile"])
def test_options_and_feedback_read_back(key: Callable[[], dict[str, Any]]) -> None:
    made = key()
    (one,), (question,) = read(made), made["questions"]
    assert [(is_right, seen(text), seen(feedback)) for is_right, text, feedback in one.choices] == [
        (
            option["right"],
            "".join((option["latex"] or option["text"]).split()),
            "".join(option["feedback"].split()),
        )
        for option in question["options"]
    ]


def test_each_kind_of_answer_has_its_form() -> None:
    typed = {one.title.rpartition("(")[2]: one.typed for one in read(every_kind())}
    assert typed["quad~000003.b)"] == typed["quad~000003.f)"] == ["____"]
    assert typed["quad~000003.c)"] == ["= -2.5 +- 0.0001"]
    assert "* 1 x n" in typed["quad~000003.d)"]
    assert "* n x 1" not in typed["quad~000003.d)"]


def test_variants_are_a_group_of_which_one_is_picked() -> None:
    lines = text2qti(every_kind())["text2qti.txt"].decode().splitlines()
    assert lines.count("GROUP") == lines.count("END_GROUP") == 1
    inside = lines[lines.index("GROUP") : lines.index("END_GROUP")]
    assert "pick: 1" in inside
    assert sum(line.startswith("Title:") for line in inside) == 2


@pytest.mark.parametrize("points", [0.25, 0])
def test_points_that_text2qti_does_not_know_are_told(points: float) -> None:
    files = text2qti(key_of(quadratic() | {"points": points}, without_options("b", "expression")))
    assert "(quad~000003.a)" not in files["text2qti.txt"].decode()
    assert files["left-out.txt"].decode().startswith("quad~000003.a: text2qti knows whole and half points only")


def test_half_points_for_variants_are_told() -> None:
    files = text2qti(key_of(quadratic(3) | {"points": 0.5}, quadratic(5) | {"points": 0.5}))
    assert files["left-out.txt"].decode().count("only whole points") == 2


def test_a_number_that_four_decimals_cannot_hold_is_told() -> None:
    files = text2qti(key_of(without_options("c", "number", value=at_a_point("0.001"))))
    assert "four decimals" in files["left-out.txt"].decode()


def test_credit_for_an_option_that_is_not_right_is_told() -> None:
    files = text2qti(key_of(quadratic()))
    assert files["left-out.txt"].decode() == "quad~000003.a: without the part of the points for c, d\n"
    assert set(text2qti(key_of(without_options("b", "expression")))) == {"text2qti.txt"}


def test_the_quiz_names_no_student_and_is_the_same_each_time() -> None:
    first = text2qti(every_kind())
    assert first == text2qti(json.loads(json.dumps(every_kind())))
    assert not any(b"lovelace" in data or b"s02-personal" in data for data in first.values())


@needs_text2qti
@pytest.mark.parametrize("key", [every_kind, hostile])
def test_text2qti_makes_of_it_a_quiz_with_the_same_questions(key: Callable[[], dict[str, Any]], tmp_path: Path) -> None:
    made = key()
    (tmp_path / "quiz.txt").write_bytes(text2qti(made)["text2qti.txt"])
    command = [
        sys.executable,
        "-c",
        "from text2qti.cmdline import main; main()",
        "--latex-render-url",
        "https://x.org/",
    ]
    environment = os.environ | {"HOME": str(tmp_path), "PYTHONUTF8": "1"}
    subprocess.run([*command, "quiz.txt"], cwd=tmp_path, env=environment, check=True, capture_output=True)
    with zipfile.ZipFile(tmp_path / "quiz.zip") as archive:
        (name,) = (name for name in archive.namelist() if re.search(r"assessment_\w{64}\.xml$", name))
        quiz = ET.fromstring(archive.read(name))  # noqa: S314  # made of our own file
    items = quiz.findall(".//{*}item")
    order = sorted(made["questions"], key=lambda question: question["id"])
    for item, question in zip(items, order, strict=True):
        asked = displayed(item.findtext("{*}presentation/{*}material/{*}mattext") or "")
        assert asked.startswith(words_of(question["prompt"]))
        choices = item.findall(".//{*}response_label//{*}mattext")
        assert [displayed(choice.text or "") for choice in choices] == [
            "".join((option["latex"] or option["text"]).split()) for option in question["options"]
        ]


def displayed(page: str) -> str:
    """What a page shows, with the source of each formula in its place, blanks aside."""
    formulas = re.sub(r'<img [^>]*data-equation-content="([^"]*)"[^>]*>', r"\1", page)
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", formulas)).split())
