"""QTI 1.2 in the form that Canvas takes: a quiz that picks one variant of each question.

Source: IMS Question and Test Interoperability 1.2.1, and the metadata fields of Canvas's own exports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

from derivgen.answers.wording import OTHER_LAYOUT
from derivgen.homework.exports.leftout import LeftOut, with_left_out
from derivgen.homework.exports.packing import identifier, packed, xml, xml_file
from derivgen.homework.exports.paragraphs import html_of, option_html, words_html
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
from derivgen.record import record

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
MANIFEST = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
# A platform that picks from too many variants is slow, and shows the same list to every author.
GROUP = 50
TOO_MANY = f"its group has {GROUP} variants already"
RESPONSE, GENERAL = "response1", "general_fb"


@record
class Given:
    """An answer that earns something or is told something: the test for it, its share, and the sentence."""

    name: str
    test: Element
    share: Fraction
    feedback: str = ""


@record
class Form:
    """How a question is put: what Canvas and Common Cartridge call it, where the answer goes, and what earns what."""

    canvas: str
    cartridge: str
    response: Element
    answers: tuple[Given, ...] = ()


def qti12(key: Key) -> dict[str, bytes]:
    """The package of a key: of each question one variant is picked; what cannot be judged is an essay."""
    name = identifier(f"derivgen {key['name']}")
    sections = [part for one, questions in questions_by_id(key).items() for part in _variants(key, one, questions)]
    root = xml("section", {"ident": "root_section"}, *sections)
    whole = assessment(key, name, root, ("qmd_assessmenttype", "Examination"), ("cc_maxattempts", "1"))
    files = {"assessment.xml": xml_file(whole), "imsmanifest.xml": xml_file(_manifest(name))}
    beyond = [LeftOut(one, TOO_MANY) for questions in questions_by_id(key).values() for one in questions[GROUP:]]
    return with_left_out({"qti12.zip": packed(files)}, beyond)


def assessment(key: Key, name: str, root: Element, *about: tuple[str, str]) -> Element:
    """A file with one assessment."""
    title = str(key["homework"] or key["name"])
    inside = xml("assessment", {"ident": name, "title": title}, fields(*about), root)
    return xml("questestinterop", {"xmlns": NAMESPACE}, inside)


def fields(*about: tuple[str, str]) -> Element:
    """Metadata: names and values."""
    made = (
        xml("qtimetadatafield", {}, xml("fieldlabel", {}, label), xml("fieldentry", {}, entry))
        for label, entry in about
    )
    return xml("qtimetadata", {}, *made)


def item(question: Question, form: Form, *about: tuple[str, str]) -> Element:
    """One question with all that may be answered."""
    name = identifier(item_id(question))
    return xml(
        "item",
        {"ident": name, "title": f"{question['title']} ({item_id(question)})"},
        xml("itemmetadata", {}, fields(*about)),
        xml("presentation", {}, material(html_of(question["prompt"])), form.response),
        _processing(form),
        *(_feedback(f"{one.name}_fb", f"<p>{words_html(one.feedback)}</p>") for one in form.answers if one.feedback),
        _feedback(GENERAL, html_of(question["solution"])),
    )


def form_of(key: Key, question: Question) -> Form:
    """How a question can be put."""
    number = number_of(question)
    if options_of(question):
        return _choice(key, question)
    if number is not None:
        return _numerical(*number)
    if question["answer"] == "shape":
        return Form("short_answer_question", "cc.fib.v0p1", _typed(), tuple(_shapes(key, question)))
    return Form("essay_question", "cc.essay.v0p1", _typed())


def material(markup: str) -> Element:
    """What is shown, in HTML."""
    return xml("material", {}, xml("mattext", {"texttype": "text/html"}, markup))


def equal(value: str) -> Element:
    """The test for one answer."""
    return xml("varequal", {"respident": RESPONSE}, value)


def _variants(key: Key, name: str, questions: Sequence[Question]) -> list[Element]:
    """A question, or a section with its variants of which one is picked."""
    items = [_item(key, question) for question in questions[:GROUP]]
    if len(items) == 1:
        return items
    points = points_of(questions[0])
    # This element is Canvas's own: the DTD has no place for the points of whatever is picked.
    worth = () if points in (None, FULL) else (xml("points_per_item", {}, decimal(points)),)
    extension = [xml("selection_extension", {}, *worth)] if worth else []
    selection = xml("selection", {}, xml("selection_number", {}, "1"), *extension)
    about = {"ident": identifier(f"group_{name}"), "title": f"{questions[0]['title']} ({name})"}
    return [xml("section", about, xml("selection_ordering", {}, selection), *items)]


def _item(key: Key, question: Question) -> Element:
    form, points = form_of(key, question), points_of(question)
    worth = decimal(FULL if points is None else points)
    return item(question, form, ("question_type", form.canvas), ("points_possible", worth))


def _choice(key: Key, question: Question) -> Form:
    options = options_of(question)
    labels = (
        xml("response_label", {"ident": _choice_id(option)}, material(f"<p>{option_html(option)}</p>"))
        for option in options
    )
    response = xml("response_lid", {"ident": RESPONSE, "rcardinality": "Single"}, xml("render_choice", {}, *labels))
    answers = (
        Given(_choice_id(one), equal(_choice_id(one)), option_share(key, one), one.get("feedback") or "")
        for one in options
    )
    return Form("multiple_choice_question", "cc.multiple_choice.v0p1", response, tuple(answers))


def _choice_id(option: Mapping[str, Any]) -> str:
    return identifier(f"c_{option['id']}")


def _numerical(number: float, tolerance: float) -> Form:
    low, high = decimal(number - tolerance), decimal(number + tolerance)
    between = xml("and", {}, xml("vargte", {"respident": RESPONSE}, low), xml("varlte", {"respident": RESPONSE}, high))
    test = xml("or", {}, equal(decimal(number)), between)
    return Form("numerical_question", "", _typed(), (Given("number", test, FULL),))


def _shapes(key: Key, question: Question) -> Iterator[Given]:
    for place, (shape, share) in enumerate(shapes_of(key, question)):
        told = "" if share == FULL else OTHER_LAYOUT
        for number, typed in enumerate(spellings(shape)):
            yield Given(f"shape{place}_{number}", equal(typed), share, told)


def _typed() -> Element:
    label = xml("response_label", {"ident": "answer1", "rshuffle": "No"})
    return xml("response_str", {"ident": RESPONSE, "rcardinality": "Single"}, xml("render_fib", {}, label))


def _processing(form: Form) -> Element:
    """What earns points, and what is told: first what shows feedback and goes on, then what sets the score."""
    score = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}
    told = [_condition("Yes", xml("other"), _shows(GENERAL))]
    told += [_condition("Yes", one.test, _shows(f"{one.name}_fb")) for one in form.answers if one.feedback]
    scored = [
        _condition("No", one.test, xml("setvar", {"action": "Set", "varname": "SCORE"}, decimal(100 * one.share)))
        for one in form.answers
        if one.share > NOTHING
    ]
    return xml("resprocessing", {}, xml("outcomes", {}, xml("decvar", score)), *told, *scored)


def _condition(goes_on: str, test: Element, then: Element) -> Element:
    return xml("respcondition", {"continue": goes_on}, xml("conditionvar", {}, test), then)


def _shows(name: str) -> Element:
    return xml("displayfeedback", {"feedbacktype": "Response", "linkrefid": name})


def _feedback(name: str, markup: str) -> Element:
    return xml("itemfeedback", {"ident": name}, xml("flow_mat", {}, material(markup)))


def _manifest(name: str) -> Element:
    file = xml("file", {"href": "assessment.xml"})
    resource = xml("resource", {"identifier": name, "type": "imsqti_xmlv1p2"}, file)
    about = xml("metadata", {}, xml("schema", {}, "IMS Content"), xml("schemaversion", {}, "1.1.3"))
    root = {"identifier": f"{name}_manifest", "xmlns": MANIFEST}
    return xml("manifest", root, about, xml("organizations"), xml("resources", {}, resource))
