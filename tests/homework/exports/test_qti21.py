"""QTI 2.1 and 3.0: read back, they say what the key says; the schema holds where it is at hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from lxml import etree

from derivgen.homework.exports.qti3 import qti3
from derivgen.homework.exports.qti21 import qti21

from .keys import HOSTILE, Key, every_kind, key_of, quadratic
from .packages import tree, unpacked, xsd


def items(key: Key) -> dict[str, etree._Element]:
    files = unpacked(qti21(key)["qti21.zip"])
    return {name: tree(data) for name, data in files.items() if name.startswith("items/")}


def earned(item: etree._Element) -> dict[str, Fraction]:
    """The points by the answers that earn some."""
    found = {}
    for condition in item.iter("responseIf"):
        target = condition.find("setOutcomeValue")
        if target.get("identifier") == "SCORE":
            found[condition[0].findtext("baseValue")] = Fraction(target.findtext("baseValue"))
    return found


def test_a_choice_has_the_options_of_the_key_with_what_they_earn_and_say() -> None:
    question = quadratic()
    (item,) = items(key_of(question)).values()
    choices = {one.get("identifier"): "".join(one.itertext()) for one in item.iter("simpleChoice")}
    assert choices == {f"c_{one['id']}": rf"\({one['latex']}\)" for one in question["options"]}
    assert earned(item) == {"c_b": 2, "c_c": 1, "c_d": Fraction(1, 2)}
    assert item.findtext("responseDeclaration/correctResponse/value") == "c_b"
    told = {one.get("identifier"): "".join(one.itertext()) for one in item.iter("modalFeedback")}
    assert [told[f"told_{k}"] for k in range(4)] == [one["feedback"] for one in question["options"]]


def test_every_question_is_there_and_every_feedback_is_used() -> None:
    key = every_kind()
    found = items(key)
    assert len(found) == len(key["questions"])
    for item in found.values():
        defined = {(one.get("outcomeIdentifier"), one.get("identifier")) for one in item.iter("modalFeedback")}
        used = {
            (one.get("identifier"), one.findtext("baseValue"))
            for one in item.iter("setOutcomeValue")
            if one.get("identifier") != "SCORE"
        }
        assert defined == used


def test_a_number_has_a_tolerance() -> None:
    (test,) = [one for item in items(every_kind()).values() for one in item.iter("equal")]
    assert test.get("toleranceMode") == "absolute"
    assert test.findtext("baseValue") == "-2.5"
    assert 0 < float(test.get("tolerance").split()[0]) < 0.01


def test_hostile_words_arrive_as_they_are() -> None:
    question = quadratic()
    question["prompt"] = [[{"text": HOSTILE}]]
    (item,) = items(key_of(question)).values()
    assert "".join(item.find("itemBody")[0].itertext()) == " ".join(HOSTILE.splitlines())


def test_the_manifest_lists_every_file() -> None:
    for data in (qti21(every_kind())["qti21.zip"], qti3(every_kind())["qti3.zip"]):
        files = unpacked(data)
        listed = {one.get("href") for one in tree(files["imsmanifest.xml"]).iter("file")}
        assert listed == set(files) - {"imsmanifest.xml"}


def test_version_3_has_the_same_elements_under_its_names() -> None:
    second = unpacked(qti21(every_kind())["qti21.zip"])
    third = unpacked(qti3(every_kind())["qti3.zip"])
    for name, data in second.items():
        if not name.startswith("items/"):
            continue
        tags = [one.tag for one in tree(data).iter()]
        new = [one.tag for one in tree(third[name]).iter() if one.tag != "qti-content-body"]
        assert len(tags) == len(new)
        for old, tag in zip(tags, new, strict=True):
            assert tag == old == "p" or tag.removeprefix("qti-").replace("-", "") == old.lower()


@pytest.mark.parametrize("make", [qti21, qti3])
def test_two_exports_are_equal(make) -> None:  # type: ignore[no-untyped-def]
    assert make(every_kind()) == make(every_kind())


def test_the_files_are_valid_by_the_schemas() -> None:
    items_of, package = xsd("imsqti_v2p1.xsd"), xsd("imscp_v1p1.xsd")
    for name, data in unpacked(qti21(every_kind())["qti21.zip"]).items():
        valid = package if name == "imsmanifest.xml" else items_of
        assert valid.validate(etree.fromstring(data)), (name, valid.error_log.last_error)
