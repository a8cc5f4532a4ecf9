"""QTI 1.2 and Common Cartridge: read back, they say what the key says; the schema holds where it is at hand."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from lxml import etree

from derivgen.homework.exports.cartridge import cartridge
from derivgen.homework.exports.qti12 import qti12

from .keys import HOSTILE, Key, every_kind, key_of, quadratic, without_options
from .packages import schema, tree, unpacked


def quiz(key: Key) -> etree._Element:
    return tree(unpacked(qti12(key)["qti12.zip"])["assessment.xml"])


def items(root: etree._Element) -> dict[str, etree._Element]:
    return {one.get("ident"): one for one in root.iter("item")}


def field(item: etree._Element, label: str) -> str | None:
    found = [one for one in item.iter("qtimetadatafield") if one.findtext("fieldlabel") == label]
    return found[0].findtext("fieldentry") if found else None


def scores(item: etree._Element) -> Iterator[tuple[str, Fraction]]:
    """The answers that set a score, with the share of the points."""
    for condition in item.iter("respcondition"):
        score = condition.findtext("setvar")
        if score is not None:
            yield condition.findtext("conditionvar//varequal") or "", Fraction(score) / 100


def shown(element: etree._Element) -> str:
    return html.unescape(re.sub("<[^>]*>", "", element.findtext(".//mattext") or ""))


def test_a_choice_has_the_options_of_the_key_with_what_they_earn_and_say() -> None:
    question = quadratic()
    (item,) = items(quiz(key_of(question))).values()
    labels = {one.get("ident"): shown(one) for one in item.iter("response_label")}
    assert list(labels.values()) == [rf"\({option['latex']}\)" for option in question["options"]]
    earned = dict(scores(item))
    expected = {"b": Fraction(1), "c": Fraction(1, 2), "d": Fraction(1, 4)}
    assert earned == {f"c_{letter}": share for letter, share in expected.items()}
    said = {one.get("ident"): shown(one) for one in item.iter("itemfeedback")}
    for option in question["options"]:
        assert said[f"c_{option['id']}_fb"] == option["feedback"]
    assert field(item, "question_type") == "multiple_choice_question"
    assert field(item, "points_possible") == "2"


def test_every_feedback_is_used_and_every_used_one_is_there() -> None:
    for root in (quiz(every_kind()), *cartridge_files(every_kind())):
        for item in root.iter("item"):
            defined = [one.get("ident") for one in item.iter("itemfeedback")]
            used = {one.get("linkrefid") for one in item.iter("displayfeedback")}
            assert len(set(defined)) == len(defined)
            assert set(defined) == used


def test_no_question_is_lost_and_each_has_its_type() -> None:
    key = every_kind()
    found = {name: field(item, "question_type") for name, item in items(quiz(key)).items()}
    assert len(found) == len(key["questions"])
    kinds = {name.rpartition(".")[2]: kind for name, kind in found.items()}
    assert kinds["b"] == "essay_question"
    assert kinds["c"] == "numerical_question"
    assert kinds["d"] == "short_answer_question"
    assert kinds["e"] == "essay_question"


def test_a_number_is_right_within_its_tolerance() -> None:
    item = next(one for one in quiz(every_kind()).iter("item") if field(one, "question_type") == "numerical_question")
    low, high = (float(item.findtext(f".//{name}") or "nan") for name in ("vargte", "varlte"))
    assert low <= -2.5 <= high
    assert high - low < 0.01


def test_of_several_variants_one_is_picked() -> None:
    key = key_of(*(quadratic(factor) for factor in range(2, 70)))
    root = quiz(key)
    (section,) = [one for one in root.iter("section") if one.get("ident") != "root_section"]
    assert section.findtext(".//selection_number") == "1"
    assert len(section.findall("item")) == 50
    told = qti12(key)["left-out.txt"].decode().splitlines()
    assert len(told) == 18
    assert told[0] == "quad~000034.a: its group has 50 variants already"


def test_solutions_stand_in_feedback_alone() -> None:
    (item,) = items(quiz(key_of(without_options("a", "expression")))).values()
    text = etree.tostring(item, encoding="unicode")
    for feedback in item.findall("itemfeedback"):
        item.remove(feedback)
    assert "Product rule" in text
    assert "Product rule" not in etree.tostring(item, encoding="unicode")


def test_hostile_words_arrive_as_they_are() -> None:
    question = quadratic()
    question["prompt"] = [[{"text": HOSTILE}]]
    question["options"][0]["feedback"] = HOSTILE
    question["title"] = HOSTILE
    (item,) = items(quiz(key_of(question))).values()
    assert shown(item.find("presentation")) == " ".join(HOSTILE.splitlines())


@pytest.mark.parametrize("make", [qti12, cartridge])
def test_two_exports_are_equal_and_name_no_student(make) -> None:  # type: ignore[no-untyped-def]
    first, second = make(every_kind()), make(every_kind())
    assert first == second
    for data in first.values():
        whole = b"".join(unpacked(data).values()) if data.startswith(b"PK") else data
        assert b"lovelace" not in whole
        assert b"s02-personal" not in whole


def cartridge_files(key: Key) -> list[etree._Element]:
    files = unpacked(cartridge(key)["cartridge.imscc"])
    return [tree(files[name]) for name in ("quiz/assessment.xml", "bank/questions.xml")]


def test_a_cartridge_keeps_to_its_profile() -> None:
    key = every_kind()
    test, bank = cartridge_files(key)
    assert len(list(test.iter("section"))) == 1
    assert len(list(bank.iter("item"))) == len(key["questions"]) - 1
    for root in (test, bank):
        for name in ("selection", "ordering", "or", "vargte", "varlte", "response_num", "response_grp"):
            assert not list(root.iter(name))
        assert {one.get("varname") for one in root.iter("setvar")} <= {"SCORE"}
        assert {one.text for one in root.iter("setvar")} == {"100"}
        for item in root.iter("item"):
            assert (field(item, "cc_profile") or "").startswith("cc.")


def test_a_cartridge_tells_what_it_lacks() -> None:
    told = cartridge(every_kind())["left-out.txt"].decode()
    assert told.splitlines() == ["quad~000003.c: Common Cartridge compares no numbers"]


def test_a_cartridge_lists_its_files() -> None:
    files = unpacked(cartridge(every_kind())["cartridge.imscc"])
    manifest = tree(files["imsmanifest.xml"])
    assert {one.get("href") for one in manifest.iter("file")} == set(files) - {"imsmanifest.xml"}


def test_the_files_are_valid_by_the_schema() -> None:
    dtd = etree.DTD(str(schema("ims_qtiasiv1p2p1.dtd")))
    for root in (quiz(every_kind()), *cartridge_files(every_kind())):
        for extension in list(root.iter("selection_extension")):
            extension.getparent().remove(extension)
        assert dtd.validate(root), dtd.error_log.filter_from_errors()
