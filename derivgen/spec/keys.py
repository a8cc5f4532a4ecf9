"""The keys of a spec: what each takes and says. The reader, its hints and the schema for editors are made from this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from derivgen.calculus.catalogue import RULES
from derivgen.printing.notation import CHOICES
from derivgen.problem.problem import DetailName, LayoutChoice, MethodName, ViewName
from derivgen.record import record
from derivgen.syntax.declarations import FORMS

LAYOUTS: dict[str, LayoutChoice] = {"numerator": "numerator", "denominator": "denominator", "both": "both"}
METHODS: dict[str, MethodName] = {
    "differentials": "differentials",
    "chain": "chain",
    "components": "components",
    "indices": "indices",
}
DETAILS: dict[str, DetailName] = {"brief": "brief", "standard": "standard", "detailed": "detailed"}
LANGUAGES = {"en": "en", "de": "de"}
VIEWS: dict[str, ViewName] = {"shape": "shape"}
ORDERS = {"1": "", "2": " twice"}


@record
class Words:
    """A text, of a certain form where there is a pattern."""

    pattern: str = ""


@record
class OneOf:
    """One of some words."""

    choices: tuple[str, ...]


@record
class Several:
    """A list of such values, or one by itself."""

    entry: Form


@record
class Named:
    """Names with values; only those of `known`, if there are any."""

    value: Form = Words()
    known: Mapping[str, Form] = field(default_factory=dict)
    required: tuple[str, ...] = ()


@record
class Either:
    """One form or another."""

    forms: tuple[Form, ...]


@record
class Stacked:
    """A text, or a list in brackets that is the stack it looks like."""


Form = Words | OneOf | Several | Named | Either | Stacked


@record
class Key:
    """A key with what it takes. A shared one may stand in derivgen.yaml too, as the default of all specs."""

    form: Form
    what: str
    is_shared: bool = True


def _of_sizes(name: str, sizes: int) -> str:
    return name + (r"\s*\(\s*" + r"\s*,\s*".join([r"[^\s,()]+"] * sizes) + r"\s*\)" if sizes else "")


SHAPE = rf"^\s*({'|'.join(_of_sizes(name, sizes) for name, (sizes, _) in FORMS.items())})\s*$"
RULE = OneOf(tuple(RULES))
NUMBER = Words(r"^[0-9]{1,9}$")
REQUEST: dict[str, Form] = {
    "of": Words(),
    "wrt": Several(Words()),
    "order": OneOf(tuple(ORDERS)),
    "layout": OneOf(tuple(LAYOUTS)),
    "method": OneOf(tuple(METHODS)),
    "title": Words(),
}

OWN: dict[str, Key] = {
    "title": Key(Words(), "The title of the page, with $...$ for formulas.", is_shared=False),
    "slug": Key(Words(r"^[A-Za-z0-9_-]{1,100}$"), "The name of the page's files.", is_shared=False),
    "page": Key(Words(), "The text of a page of prose, in Markdown.", is_shared=False),
    "variables": Key(Named(Words(SHAPE)), "Names with their shapes: x: vector(n).", is_shared=False),
    "functions": Key(Named(Stacked()), "Names with their expressions: f: x.T @ A @ x.", is_shared=False),
    "roles": Key(Named(), "What a name stands for, in a few words: y: targets.", is_shared=False),
    "assume": Key(Several(Words()), "Conditions: s > 0, X invertible, S positive definite, m >= n.", is_shared=False),
    "derivatives": Key(
        Several(Either((Words(r"\bwrt\b"), Named(known=REQUEST, required=("of", "wrt"))))),
        "What to derive: f wrt x; f wrt x, y; f wrt x twice; f wrt x, then y.",
        is_shared=False,
    ),
}

SHARED: dict[str, Key] = {
    "summary": Key(Words(), "One sentence for the lists of the site."),
    "introduction": Key(Words(), "The text in front of the derivation, in Markdown."),
    "remarks": Key(Words(), "The text behind the derivation, in Markdown."),
    "layout": Key(OneOf(tuple(LAYOUTS)), "Which way round derivatives are written."),
    "view": Key(OneOf(tuple(VIEWS)), "A further convention: gradients in the shape of their variable."),
    "methods": Key(Several(OneOf(tuple(METHODS))), "The ways to derive, the first one in full."),
    "detail": Key(OneOf(tuple(DETAILS)), "How many steps are shown."),
    "known": Key(Several(RULE), "Rules whose steps are folded away."),
    "focus": Key(Several(RULE), "Rules whose steps are opened."),
    "blank": Key(
        Either((Several(Words()), Named(known={"rule": Several(RULE)}))),
        "Steps to leave out for practice: rules, numbers, last 2, why, name.",
    ),
    "notation": Key(Named(known={name: OneOf(words) for name, words in CHOICES.items()}), "How symbols are printed."),
    "language": Key(OneOf(tuple(LANGUAGES)), "The language of the page."),
    "tags": Key(Several(Words()), "Words for the index."),
    "references": Key(Several(Words()), "Books and papers, in Markdown."),
    "date": Key(Words(r"^\d{4}-\d{2}-\d{2}$"), "The day of the page: 2026-11-20."),
    "course": Key(Named(known={"chapter": NUMBER, "order": NUMBER}), "The place of the page in the course."),
}

KEYS: dict[str, Key] = {**OWN, **SHARED}
