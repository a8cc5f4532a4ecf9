"""A spec as it was written, and the Problem that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Table
from itertools import count
from pathlib import Path

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.problem.asked import Asked, Given, Pairs
from derivgen.problem.findings import Findings
from derivgen.problem.problem import Problem
from derivgen.problem.resolve import make_problem
from derivgen.problem.text import Text, joined, typed
from derivgen.record import record
from derivgen.spec.devices import is_device
from derivgen.spec.files import read_text, slug_of, title_of
from derivgen.spec.keys import KEYS
from derivgen.spec.project import SITE_KEYS, Project
from derivgen.spec.reader import Mapping, Reading, read
from derivgen.spec.requests import asked_of
from derivgen.spec.settings import Settings, merged, settings_of
from derivgen.spec.values import Fields, fields_of, nearest

MOST_FAULTS = 20
MORE = "more-faults"

# Keys whose entries stand below them, indented.
LISTING = ("variables", "functions", "derivatives", "roles", "notation", "course")

# Other words for our keys, which look too different for a near miss.
MEANT = {
    **dict.fromkeys(
        (
            "vars", "symbols", "inputs", "where", "variable", "parameters", "params", "unknowns",
        ),
        "variables",
    ),
    **dict.fromkeys(
        (
            "wrt", "requests", "jacobians", "gradients", "gradient", "hessian", "hessians", "jacobian", "derive",
            "differentiate", "request", "tasks",
        ),
        "derivatives",
    ),
    **dict.fromkeys(
        (
            "expressions", "expression", "formula", "formulas", "formulae", "equation", "equations", "define",
            "definitions",
        ),
        "functions",
    ),
    **dict.fromkeys(("assumptions", "conditions", "given", "constraints", "domain"), "assume"),
    "name": "title",
    "description": "summary",
    **dict.fromkeys(("level", "details"), "detail"),
    "style": "notation",
    "hide": "known",
    "hints": "blank",
    "intro": "introduction",
    "notes": "remarks",
    "lang": "language",
    **dict.fromkeys(("content", "text"), "page"),
}  # fmt: skip


@record
class Spec:
    """What a spec says. `settings` are its own over those of the project.

    Where it is not titled, its title is made of the file's name.
    """

    file: str
    slug: str
    title: Text
    settings: Settings
    page: Text | None = None
    variables: Pairs = ()
    functions: Pairs = ()
    assume: tuple[Text, ...] = ()
    derivatives: tuple[Asked, ...] = ()
    roles: Pairs = ()
    is_titled: bool = True


@record
class Loaded:
    """A spec with its Problem and everything that is wrong with it.

    `faults` holds every fault once, in the order of the lines. `request_faults` tells, for
    each derivative that is lost, what it was lost by. A page of prose has no Problem.
    """

    file: str
    spec: Spec | None = None
    problem: Problem | None = None
    faults: tuple[Fault, ...] = ()
    request_faults: tuple[tuple[str, tuple[Fault, ...]], ...] = ()


def load_spec(path: Path, project: Project) -> Loaded:
    """The spec at `path`; whatever is wrong with it is in its faults."""
    try:
        return load_text(read_text(path), path, project)
    except DerivgenError as error:
        return Loaded(str(path), faults=told_at_most(error.faults))


def load_text(text: str, path: Path, project: Project) -> Loaded:
    """The spec of a text of the file at `path`; whatever is wrong with it is in its faults."""
    file = str(path)
    try:
        reading = read(text, file)
    except DerivgenError as error:
        return Loaded(file, faults=told_at_most(error.faults))
    findings = Findings(list(reading.faults))
    mapping = findings.attempt(_mapping_of, reading, file)
    if mapping is None:
        return Loaded(file, faults=told_at_most(findings.faults))
    return _loaded(_spec(path, mapping, project, findings), findings)


def from_expression(expression: str, wrt: str, declarations: Sequence[str]) -> Loaded:
    """The spec of an expression on the command line, such as `x.T @ A @ x` by `x`."""
    findings = Findings()
    variables = findings.each(_declaration, declarations)
    name = typed(free_name(name.value for name, _ in variables), "<expression>")
    request = Asked(joined(name, " wrt ", typed(wrt, "<--wrt>")))
    functions = ((name, typed(expression, "<expression>")),)
    return from_texts(expression, Given(variables, functions, (request,)), Settings(), findings)


def from_texts(what: str, given: Given, settings: Settings, findings: Findings) -> Loaded:
    """The spec of texts that stand in no file; `what` is differentiated, for the title."""
    title = typed(f"Derivative of {what}", "<expression>")
    texts = (given.variables, given.functions, given.assume, given.requests)
    return _loaded(Spec("<expression>", "expression", title, settings, None, *texts), findings)


def free_name(taken: Iterable[str]) -> str:
    """A name for a function that has none."""
    known = set(taken)
    return next(name for name in _free_names() if name not in known)


def _mapping_of(reading: Reading, file: str) -> Mapping:
    hint = "a spec has the keys variables, functions and derivatives"
    match reading.root:
        case None:
            raise DerivgenError(Fault("empty", "this file is empty", hint, Span(file, 1, 1, 2, "")))
        case Mapping(entries=((key, _), *_)) if key.value == "homework":
            message = "this is a homework sheet, not a spec"
            raise DerivgenError(Fault("sheet", message, "build it by `derivgen homework build`", key.span))
        case Mapping() as mapping:
            return mapping
        case Text() as text:
            raise DerivgenError(
                Fault("kind", "a spec is a mapping of keys to values, and this is a text", hint, text.span)
            )
        case other:
            raise DerivgenError(
                Fault("kind", "a spec is a mapping of keys to values, and this is a list", hint, other.span)
            )


def _spec(path: Path, mapping: Mapping, project: Project, findings: Findings) -> Spec:
    entries = fields_of(mapping, findings)
    misspelt = _unknown_keys(mapping, findings)
    slug, title = entries.text("slug"), entries.text("title")
    variables = entries.declarations("variables", "x: vector(n)")
    are_lost = variables is None and ("variables" in entries.entries or "variables" in misspelt)
    functions = entries.declarations("functions", "f: x.T @ x") or ()
    spec = Spec(
        file=str(path),
        slug=(findings.attempt(_slug, slug) if slug is not None else None) or slug_of(path),
        title=title or typed(title_of(path), str(path)),
        settings=merged(project.settings, settings_of(entries)),
        page=entries.text("page"),
        variables=variables or (),
        # Without its variables every name would be called unknown, and the slip that did it would be lost among them.
        functions=() if are_lost else functions,
        assume=entries.texts("assume") or (),
        derivatives=asked_of(entries),
        roles=entries.pairs("roles", "y: targets") or (),
        is_titled=title is not None,
    )
    _missing_keys(entries, misspelt, mapping.span)
    return spec


def _loaded(spec: Spec, findings: Findings) -> Loaded:
    """The spec with its Problem. A line that could not be read gets no second fault for what it then seems to say."""
    if not spec.functions:
        return Loaded(spec.file, spec, None, told_at_most(findings.faults))
    misread = {fault.span.line: fault for fault in reversed(findings.faults) if fault.span is not None}
    made = make_problem(
        Given(spec.variables, spec.functions, spec.derivatives, spec.assume),
        layout=spec.settings.layout,
        methods=spec.settings.methods,
        detail=spec.settings.detail,
        first=spec.settings.first,
        view=spec.settings.view,
        notation=spec.settings.notation,
        known=spec.settings.known_ids,
        focus=spec.settings.focus_ids,
    )
    findings.add(*_told(made.faults, misread))
    lost = tuple((text, told_at_most(_told(faults, misread))) for text, faults in made.request_faults)
    return Loaded(spec.file, spec, made.problem, told_at_most(findings.faults), lost)


def _told(faults: Iterable[Fault], misread: Table[int, Fault]) -> tuple[Fault, ...]:
    return tuple(misread.get(fault.span.line, fault) if fault.span is not None else fault for fault in faults)


def _line_and_column(fault: Fault) -> tuple[int, int]:
    return (0, 0) if fault.span is None else (fault.span.line, fault.span.column)


def told_at_most(found: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults in the order of the file, each once, and how many more there are; what was counted stays counted."""
    once = tuple(dict.fromkeys(found))
    counted = sum(int(fault.message.split()[1]) for fault in once if fault.code == MORE)
    faults = sorted((fault for fault in once if fault.code != MORE), key=_line_and_column)
    left = len(faults) - MOST_FAULTS + counted
    if left <= 0 or not (counted or faults[MOST_FAULTS:]):
        return tuple(faults)
    place = faults[min(MOST_FAULTS, len(faults) - 1)].span
    message = f"and {left} more fault{'s' if left > 1 else ''} from here on"
    return (*faults[:MOST_FAULTS], Fault(MORE, message, "mend these first", place))


def _unknown_keys(mapping: Mapping, findings: Findings) -> frozenset[str]:
    """The keys that were most likely meant by keys that do not exist."""
    meant = set()
    above = ""
    for key, value in mapping.entries:
        is_open, above = above, key.value if isinstance(value, Text) and not value.value.strip() else ""
        if key.value in KEYS or findings.are_enough:
            continue
        if is_open in LISTING and not nearest(key.value, KEYS):
            hint = f"indent it by two spaces, and it belongs to {is_open}"
            findings.add(Fault("indentation", f"{key.value} stands beside {is_open} and not below it", hint, key.span))
            continue
        near = MEANT.get(key.value.lower(), "") or nearest(key.value, KEYS)
        meant.add(near)
        hint = f"did you mean {near}?" if near else f"the keys are {', '.join(KEYS)}"
        if key.value in SITE_KEYS:
            hint = "it belongs into the project's derivgen.yaml"
        findings.add(Fault("unknown-key", f"there is no key {key.value} in a spec", hint, key.span))
    return frozenset(meant)


def _missing_keys(entries: Fields, misspelt: frozenset[str], place: Span) -> None:
    if "page" in entries.entries and "functions" not in entries.entries and "derivatives" not in entries.entries:
        return
    for key, example in (("functions", "f: x.T @ x"), ("derivatives", "- f wrt x")):
        if key not in entries.entries and key not in misspelt:
            hint = f"add `{key}:` and below it, indented, such as `{example}`"
            entries.findings.add(Fault("missing-key", f"this spec has no {key}", hint, place))


def _slug(text: Text) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,100}", text.value):
        hint = "a slug has letters from a to z, digits, - and _, and at most 100 of them"
        raise DerivgenError(Fault("slug", f"{text.value} cannot be the name of a file", hint, text.span))
    if is_device(text.value):
        hint = f"Windows keeps this name for a device; take another, such as {text.value}-1"
        raise DerivgenError(Fault("slug", f"{text.value} cannot be the name of a file", hint, text.span))
    return text.value


def _declaration(source: str) -> tuple[Text, Text]:
    whole = typed(source, "<--var>")
    name, colon, _ = source.partition(":")
    if not colon:
        hint = 'write a name, a colon and what it is: --var "x: vector(n)"'
        message = f"{source} does not say what is declared" if source.strip() else "nothing is declared here"
        raise DerivgenError(Fault("declaration", message, hint, whole.span))
    return whole.part(0, len(name)), whole.part(len(name) + 1, len(source))


def _free_names() -> Iterator[str]:
    yield from "fghuvwyz"
    yield from (f"f{number}" for number in count(1))
