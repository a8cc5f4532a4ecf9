"""The keys that a spec and its project share: how a derivation is made and shown."""

from __future__ import annotations

from dataclasses import field, fields, replace
from datetime import date

from derivgen.errors import DerivgenError, Fault
from derivgen.printing.notation import CHOICES, Notation, NotationError, notation_from
from derivgen.problem.blanks import Blank
from derivgen.problem.problem import DetailName, LayoutChoice, LayoutName, MethodName, ViewName
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.spec.blanks import blanks_of, rule_of
from derivgen.spec.keys import DETAILS, LANGUAGES, LAYOUTS, METHODS, SHARED, VIEWS
from derivgen.spec.values import Fields, calendar_date, chosen, whole_number


@record
class Course:
    """The place of a spec in a course."""

    chapter: int | None = None
    order: int | None = None


@record
class Settings:
    """The values of the shared keys; `given` names those that were written down."""

    summary: Text | None = None
    introduction: Text | None = None
    remarks: Text | None = None
    layout: LayoutChoice = "both"
    view: ViewName | None = None
    methods: tuple[MethodName, ...] = ()
    detail: DetailName = "standard"
    known: tuple[Text, ...] = ()
    focus: tuple[Text, ...] = ()
    blank: tuple[Blank, ...] = ()
    notation_options: dict[str, str] = field(default_factory=dict)
    language: str = "en"
    tags: tuple[Text, ...] = ()
    references: tuple[Text, ...] = ()
    date: date | None = None
    course: Course = Course()
    given: frozenset[str] = frozenset()

    @property
    def notation(self) -> Notation:
        """The notation with these options."""
        return notation_from(self.notation_options)

    @property
    def known_ids(self) -> tuple[str, ...]:
        """The ids of the rules whose steps are folded away."""
        return tuple(rule.value for rule in self.known)

    @property
    def focus_ids(self) -> tuple[str, ...]:
        """The ids of the rules whose steps are opened."""
        return tuple(rule.value for rule in self.focus)

    @property
    def first(self) -> LayoutName:
        """The layout that stands first where both are shown."""
        return "denominator" if self.notation.first == "denominator" else "numerator"


def settings_of(entries: Fields) -> Settings:
    """The shared keys of a mapping; what is faulty is noted and left at its default."""
    findings = entries.findings
    day = entries.text("date")
    return Settings(
        summary=entries.text("summary"),
        introduction=entries.text("introduction"),
        remarks=entries.text("remarks"),
        layout=entries.choice("layout", LAYOUTS) or "both",
        view=entries.choice("view", VIEWS),
        methods=findings.each(method_of, entries.texts("methods") or ()),
        detail=entries.choice("detail", DETAILS) or "standard",
        known=findings.each(rule_of, entries.texts("known") or ()),
        focus=findings.each(rule_of, entries.texts("focus") or ()),
        blank=blanks_of(entries),
        notation_options=_notation_options(entries),
        language=entries.choice("language", LANGUAGES) or "en",
        tags=entries.texts("tags") or (),
        references=entries.texts("references") or (),
        date=None if day is None else findings.attempt(calendar_date, day),
        course=_course(entries),
        given=frozenset(entries.entries) & frozenset(SHARED),
    )


def merged(defaults: Settings, own: Settings) -> Settings:
    """The defaults with everything replaced that `own` gives; notation option by option."""
    values = {entry.name: getattr(own, entry.name) for entry in fields(own) if entry.name in own.given}
    options = defaults.notation_options | own.notation_options
    return replace(defaults, **values, notation_options=options, given=defaults.given | own.given)


def method_of(text: Text) -> MethodName:
    """The method of this name.

    Raises: DerivgenError for a name that is none.
    """
    return chosen(text, METHODS, "a method")


def _notation_options(entries: Fields) -> dict[str, str]:
    pairs = entries.pairs("notation", "transpose: T") or ()
    return dict(option for option in entries.findings.each(_notation_option, pairs))


def _notation_option(pair: tuple[Text, Text]) -> tuple[str, str]:
    key, value = pair
    try:
        notation_from({key.value: value.value})
    except NotationError as error:
        place = value if key.value in CHOICES else key
        raise DerivgenError(Fault("notation", error.message, error.hint, place.span)) from None
    return key.value, value.value


def _course(entries: Fields) -> Course:
    pairs = entries.pairs("course", "chapter: 1") or ()
    numbers = dict(entries.findings.each(_course_number, pairs))
    return Course(numbers.get("chapter"), numbers.get("order"))


def _course_number(pair: tuple[Text, Text]) -> tuple[str, int]:
    key, value = pair
    chosen(key, {"chapter": "chapter", "order": "order"}, "a key of course")
    return key.value, whole_number(value, key.value)
