"""QTI 2.1: a package with an item for each variant of each question, formulas between the signs of MathJax.

Source: IMS Question and Test Interoperability 2.1, "Assessment Test, Section, and Item Information Model".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from xml.etree.ElementTree import Element

from derivgen.answers.wording import OTHER_LAYOUT
from derivgen.homework.exports.packing import identifier, packed, xml, xml_file
from derivgen.homework.exports.paragraphs import Paragraph, is_in_words
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
    shapes_of,
    spellings,
)
from derivgen.record import record

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
KIND = "imsqti_item_xmlv2p1"
# These are names of XML and of HTML in every version.
UNCHANGED = ("xmlns", "xml:lang")


@record
class Names:
    """How a version of QTI calls elements and attributes, by the names of version 2; and how it holds feedback."""

    element: Callable[[str], str]
    attribute: Callable[[str], str]
    body: str = ""

    def __call__(self, tag: str, attributes: Mapping[str, str], *inside: Element | str) -> Element:
        """An element."""
        renamed = {name if name in UNCHANGED else self.attribute(name): value for name, value in attributes.items()}
        return xml(self.element(tag), renamed, *inside)


VERSION_2 = Names(str, str)


@record
class Outcome:
    """What an answer earns, and what is told to who gives it; `tolerance` is how far off a number may be."""

    value: str
    share: Fraction
    feedback: str = ""
    tolerance: str = ""


def qti21(key: Key) -> dict[str, bytes]:
    """The package of a key; what no platform can judge is an extended text for graders."""
    items = [(f"items/{identifier(item_id(one))}.xml", one) for one in key["questions"]]
    files = {path: xml_file(item(key, question, VERSION_2, NAMESPACE)) for path, question in items}
    files["imsmanifest.xml"] = xml_file(manifest(key, [path for path, _ in items], PACKAGE, "QTIv2.1 Package", KIND))
    return {"qti21.zip": packed(files)}


def item(key: Key, question: Question, x: Names, namespace: str) -> Element:
    """One question as an item, its elements and attributes called as a version calls them."""
    kind, interaction, outcomes = _asked(key, question, x)
    worth = points_of(question) or FULL
    about = {
        "xmlns": namespace,
        "identifier": f"item_{identifier(item_id(question))}",
        "title": f"{question['title']} ({item_id(question)})",
        "adaptive": "false",
        "timeDependent": "false",
        "xml:lang": str(key["language"]),
    }
    return x(
        "assessmentItem",
        about,
        _declared(kind, outcomes, x),
        x(
            "outcomeDeclaration",
            {"identifier": "SCORE", "cardinality": "single", "baseType": "float", "normalMaximum": decimal(worth)},
            x("defaultValue", {}, x("value", {}, "0")),
        ),
        *(
            x("outcomeDeclaration", {"identifier": name, "cardinality": "single", "baseType": "identifier"})
            for name in ("FEEDBACK", "SOLUTION")
        ),
        x("itemBody", {}, *paragraphs(question["prompt"]), interaction),
        x("responseProcessing", {}, *_processing(outcomes, kind, worth, x)),
        *(_modal("FEEDBACK", f"told_{place}", [[{"text": one.feedback}]], x) for place, one in _told(outcomes)),
        _modal("SOLUTION", "solution", question["solution"], x),
    )


def manifest(key: Key, items: Iterable[str], namespace: str, schema: str, kind: str) -> Element:
    """The list of the items of a package."""
    resources = (
        xml(
            "resource",
            {"identifier": identifier(path.removesuffix(".xml").replace("/", "_")), "type": kind, "href": path},
            xml("file", {"href": path}),
        )
        for path in items
    )
    about = xml("metadata", {}, xml("schema", {}, schema), xml("schemaversion", {}, "1.0.0"))
    root = {"identifier": identifier(f"derivgen {key['name']} package"), "xmlns": namespace}
    return xml("manifest", root, about, xml("organizations"), xml("resources", {}, *resources))


def paragraphs(found: Iterable[Paragraph]) -> Iterator[Element]:
    """Paragraphs of words and formulas."""
    return (xml("p", {}, "".join(_words(piece) for piece in paragraph)) for paragraph in found)


def _words(piece: Mapping[str, object]) -> str:
    if "latex" not in piece:
        return str(piece["text"])
    return rf"\[{piece['latex']}\]" if piece.get("display") is True else rf"\({piece['latex']}\)"


def _asked(key: Key, question: Question, x: Names) -> tuple[str, Element, list[Outcome]]:
    """The type of the response, the interaction, and what answers earn."""
    number = number_of(question)
    if options_of(question):
        return "identifier", *_choice(key, question, x)
    if number is not None:
        value, tolerance = map(decimal, number)
        return "float", _entry(x), [Outcome(value, FULL, tolerance=f"{tolerance} {tolerance}")]
    if question["answer"] == "shape":
        found = [
            Outcome(typed, share, "" if share == FULL else OTHER_LAYOUT)
            for shape, share in shapes_of(key, question)
            for typed in spellings(shape)
        ]
        return "string", _entry(x), found
    return "string", x("extendedTextInteraction", {"responseIdentifier": "RESPONSE"}), []


def _choice(key: Key, question: Question, x: Names) -> tuple[Element, list[Outcome]]:
    options = options_of(question)
    shuffles = not any(map(is_in_words, options))
    about = {"responseIdentifier": "RESPONSE", "shuffle": str(shuffles).lower(), "maxChoices": "1"}
    choices = (x("simpleChoice", {"identifier": f"c_{one['id']}"}, *paragraphs([[_shown(one)]])) for one in options)
    outcomes = [Outcome(f"c_{one['id']}", option_share(key, one), one.get("feedback") or "") for one in options]
    return x("choiceInteraction", about, *choices), outcomes


def _shown(option: Mapping[str, object]) -> Mapping[str, object]:
    return {"text": option["text"]} if is_in_words(option) else {"latex": option["latex"]}


def _entry(x: Names) -> Element:
    return xml("p", {}, x("textEntryInteraction", {"responseIdentifier": "RESPONSE", "expectedLength": "20"}))


def _declared(kind: str, outcomes: list[Outcome], x: Names) -> Element:
    right = [x("value", {}, one.value) for one in outcomes if one.share == FULL][:1]
    correct = [x("correctResponse", {}, *right)] if right else []
    return x("responseDeclaration", {"identifier": "RESPONSE", "cardinality": "single", "baseType": kind}, *correct)


def _processing(outcomes: list[Outcome], kind: str, worth: Fraction, x: Names) -> Iterator[Element]:
    """First the points, then what is told, then the solution."""
    for one in outcomes:
        if one.share > NOTHING:
            yield _if(_test(one, kind, x), "SCORE", "float", decimal(one.share * worth), x)
    for place, one in _told(outcomes):
        yield _if(_test(one, kind, x), "FEEDBACK", "identifier", f"told_{place}", x)
    yield _set("SOLUTION", "identifier", "solution", x)


def _test(one: Outcome, kind: str, x: Names) -> Element:
    typed, value = x("variable", {"identifier": "RESPONSE"}), x("baseValue", {"baseType": kind}, one.value)
    if kind == "float":
        return x("equal", {"toleranceMode": "absolute", "tolerance": one.tolerance}, typed, value)
    if kind == "string":
        return x("stringMatch", {"caseSensitive": "true"}, typed, value)
    return x("match", {}, typed, value)


def _if(test: Element, name: str, kind: str, value: str, x: Names) -> Element:
    return x("responseCondition", {}, x("responseIf", {}, test, _set(name, kind, value, x)))


def _set(name: str, kind: str, value: str, x: Names) -> Element:
    return x("setOutcomeValue", {"identifier": name}, x("baseValue", {"baseType": kind}, value))


def _told(outcomes: list[Outcome]) -> list[tuple[int, Outcome]]:
    return [(place, one) for place, one in enumerate(outcomes) if one.feedback]


def _modal(outcome: str, name: str, found: Iterable[Paragraph], x: Names) -> Element:
    about = {"outcomeIdentifier": outcome, "identifier": name, "showHide": "show"}
    inside = list(paragraphs(found))
    return x("modalFeedback", about, *([xml(x.body, {}, *inside)] if x.body else inside))
