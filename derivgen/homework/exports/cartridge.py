"""Common Cartridge 1.1: a quiz with the first variant of each question, and a bank with all of them.

Source: IMS Common Cartridge 1.1, the profile of QTI 1.2.1: one section, only SCORE, no numbers that are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from derivgen.homework.exports.leftout import LeftOut, with_left_out
from derivgen.homework.exports.packing import identifier, packed, xml, xml_file
from derivgen.homework.exports.qti12 import NAMESPACE, Form, assessment, form_of, item
from derivgen.homework.exports.scoring import FULL, NOTHING, Key, Question, questions_by_id

CARTRIDGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
KIND = "imsqti_xmlv1p2/imscc_xmlv1p1/{}"
NO_NUMBER = "Common Cartridge compares no numbers"


def cartridge(key: Key) -> dict[str, bytes]:
    """The cartridge of a key; what it cannot hold is told beside it."""
    name = identifier(f"derivgen {key['name']}")
    held = {one: [q for q in questions if _form(key, q)] for one, questions in questions_by_id(key).items()}
    first = [questions[0] for questions in held.values() if questions]
    every = [question for questions in held.values() for question in questions]
    files = {"imsmanifest.xml": xml_file(_manifest(key, name))}
    section = xml("section", {"ident": "root_section"}, *_items(key, first))
    about = (("cc_profile", "cc.exam.v0p1"), ("qmd_assessmenttype", "Examination"), ("cc_maxattempts", "1"))
    files["quiz/assessment.xml"] = xml_file(assessment(key, name, section, *about))
    bank = xml("objectbank", {"ident": f"{name}_bank"}, *_items(key, every))
    files["bank/questions.xml"] = xml_file(xml("questestinterop", {"xmlns": NAMESPACE}, bank))
    left_out = [LeftOut(question, NO_NUMBER) for question in key["questions"] if question not in every]
    return with_left_out({"cartridge.imscc": packed(files)}, left_out)


def _items(key: Key, questions: Sequence[Question]) -> Iterator[Element]:
    for question in questions:
        form = _form(key, question)
        if form is not None:
            yield item(question, form, ("cc_profile", form.cartridge))


def _form(key: Key, question: Question) -> Form | None:
    """How the cartridge puts a question: an answer is right or earns nothing."""
    form = form_of(key, question)
    if not form.cartridge:
        return None
    return replace(
        form, answers=tuple(one if one.share == FULL else replace(one, share=NOTHING) for one in form.answers)
    )


def _manifest(key: Key, name: str) -> Element:
    title = str(key["homework"] or key["name"])
    general = xml("lomimscc:general", {}, xml("lomimscc:title", {}, xml("lomimscc:string", {}, title)))
    about = xml(
        "metadata",
        {},
        xml("schema", {}, "IMS Common Cartridge"),
        xml("schemaversion", {}, "1.1.0"),
        xml("lomimscc:lom", {}, general),
    )
    entry = xml("item", {"identifier": f"{name}_item", "identifierref": name}, xml("title", {}, title))
    tree = xml(
        "organization",
        {"identifier": f"{name}_organization", "structure": "rooted-hierarchy"},
        xml("item", {"identifier": f"{name}_root"}, entry),
    )
    files = ((name, "assessment", "quiz/assessment.xml"), (f"{name}_bank", "question-bank", "bank/questions.xml"))
    resources = (
        xml("resource", {"identifier": one, "type": KIND.format(kind)}, xml("file", {"href": file}))
        for one, kind, file in files
    )
    root = {"identifier": f"{name}_manifest", "xmlns": CARTRIDGE, "xmlns:lomimscc": LOM}
    return xml("manifest", root, about, xml("organizations", {}, tree), xml("resources", {}, *resources))
