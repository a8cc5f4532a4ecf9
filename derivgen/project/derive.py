"""`derivgen derive`: derivations on standard output, in the form that was asked for."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal

from derivgen.calculus.records import Derivation
from derivgen.document.asking import layout_words
from derivgen.document.blocks import Answer, Document
from derivgen.document.detail import shown
from derivgen.document.wording.telling import told
from derivgen.errors import DerivgenError, Fault, Refusal
from derivgen.expr.nodes import Expr, Node
from derivgen.printing.boxes import Box
from derivgen.printing.latex import latex
from derivgen.printing.present import present
from derivgen.printing.text import text
from derivgen.problem.problem import DetailName, LayoutChoice, MethodName, Problem
from derivgen.project.budget import within_budget
from derivgen.project.documents import document_of, title_of
from derivgen.project.projects import found_specs, project_of, projects_faults
from derivgen.project.told import BUG, INPUT, InWords, Told
from derivgen.project.work import Wishes, Worked, fault_of_ours, no_specs, worked, worked_out
from derivgen.record import record
from derivgen.render.plain import words
from derivgen.spec.files import is_standard_input
from derivgen.spec.model import Loaded, from_expression

Form = Literal["text", "json", "latex", "markdown", "speech", "numpy", "jax", "torch", "sympy", "fragment"]


@record
class Choice:
    """How derivations are to be printed, and what is asked for instead of what the specs say.

    The first heading of a fragment is of the `level`.
    """

    form: Form = "text"
    layout: LayoutChoice | None = None
    method: MethodName | None = None
    detail: DetailName | None = None
    answer_only: bool = False
    level: int = 2

    @property
    def wishes(self) -> Wishes:
        """What the calculus has to know of it; the second engine is asked for what leaves the terminal."""
        return Wishes(self.layout, self.method, self.detail, cross_check=self.form in ("json", "fragment"))


def derived(arguments: Sequence[str], choice: Choice) -> Iterator[Told]:
    """The derivations of specs and of folders of specs, in the order of the paths."""
    paths = [Path(argument) for argument in arguments]
    specs = found_specs(paths)
    if not specs:
        yield Told(messages=(no_specs(paths),), status=INPUT)
        return
    faults = projects_faults(paths)
    if faults:
        yield Told(messages=tuple(map(InWords, faults)), status=INPUT)
    for number, (spec, found_by) in enumerate(specs):
        if not (is_standard_input(spec) or spec.exists()):
            yield Told(messages=(_no_file(str(spec)),), status=INPUT)
        else:
            work = partial(_worked, spec, choice, found_by, is_first=number == 0)
            yield within_budget(work, _too_much, str(spec))


def derived_expression(expression: str, wrt: str, variables: Sequence[str], choice: Choice) -> Iterator[Told]:
    """The derivation of an expression of the command line."""

    def work() -> Told:
        done = worked_out(_without_a_file(from_expression(expression, wrt, variables)), choice.wishes)
        return _told(done, choice, Path(), is_first=True)

    yield within_budget(work, _too_much, "<expression>")


def _without_a_file(loaded: Loaded) -> Loaded:
    """The same with hints for somebody who has no file."""
    lost = tuple((text, tuple(map(_on_the_command_line, faults))) for text, faults in loaded.request_faults)
    return replace(loaded, faults=tuple(map(_on_the_command_line, loaded.faults)), request_faults=lost)


def _on_the_command_line(fault: Fault) -> Fault:
    """The fault with a hint for somebody who has no file."""
    if fault.span is None or not fault.hint.startswith(("declare it under variables", "declare it, or use")):
        return fault
    name = fault.span.source[fault.span.column - 1 : fault.span.end_column - 1]
    return replace(fault, hint=f'declare it: --var "{name}: vector(n)", or scalar, or matrix(m, n)')


def presented(done: Worked) -> Worked:
    """The same with the layouts that were asked for, and the steps that the level of detail shows."""
    problem = done.problem
    if problem is None:
        return done
    outcomes = tuple(_presented(one, problem) if isinstance(one, Derivation) else one for one in done.outcomes)
    return replace(done, outcomes=outcomes)


def _presented(found: Derivation, problem: Problem) -> Derivation:
    layout = found.request.layout or problem.layout
    results = tuple(result for result in found.results if layout in ("both", result.layout))
    # Further ways are there to be compared, so no preset shortens or opens them.
    whole = replace(problem, detail="standard")
    others = tuple((method, shown(steps, whole)) for method, steps in found.others)
    return replace(found, results=results, steps=shown(found.steps, problem), others=others)


def _worked(spec: Path, choice: Choice, found_by: Path, *, is_first: bool) -> Told:
    return _told(worked(spec, found_by, choice.wishes), choice, found_by, is_first=is_first)


def _too_much(fault: Fault) -> Told:
    return Told(messages=(InWords(fault),), status=INPUT)


def _told(done: Worked, choice: Choice, found_by: Path, *, is_first: bool) -> Told:
    try:
        result = FORMS[choice.form](done, choice, found_by)
    except DerivgenError as error:
        # What cannot be put in this form is told; the other specs go on.
        return Told("", (*done.messages, *map(InWords, error.faults)), max(done.status, INPUT))
    except (OSError, MemoryError, RecursionError):
        raise
    except Exception:
        # A fault of our own in the page of one spec must not lose those of the others.
        told = fault_of_ours(done.loaded.file, "its derivations are not printed", traceback.format_exc().rstrip())
        return Told("", (*done.messages, told), BUG)
    gap = "" if is_first or choice.form == "json" or choice.answer_only or not result else "\n\n"
    return Told(gap + result, done.messages, done.status)


def _no_file(argument: str) -> str:
    hint = "check the path"
    if any(sign in argument for sign in "@*+()[]= "):
        hint = 'for an expression say what to differentiate by: --wrt x --var "x: vector(n)"'
    return f"{argument}: there is no such file or folder\n  mend: {hint}"


def _json(done: Worked, choice: Choice, found_by: Path) -> str:  # noqa: ARG001  # all forms take the same
    return as_json(done, steps=not choice.answer_only)


def as_json(done: Worked, *, steps: bool = True) -> str:
    """The machine output of a spec, one line."""
    from derivgen.render import json

    found = presented(done).outcomes
    outcomes = found if steps else tuple(_without_steps(one) for one in found)
    spec = done.loaded.spec
    title = "" if spec is None else spec.title.value
    made = json.answer(done.loaded.file, title, outcomes, done.faults, notation=done.notation, language=done.language)
    return json.line(made)


def _without_steps(one: Derivation | Refusal) -> Derivation | Refusal:
    return replace(one, steps=(), readings=(), others=()) if isinstance(one, Derivation) else one


def _text(done: Worked, choice: Choice, found_by: Path) -> str:
    from derivgen.render.plain import plain

    if choice.answer_only:
        return _answers(done, text, "{label}: {formula}")
    return _page(done, found_by, plain)


def _markdown(done: Worked, choice: Choice, found_by: Path) -> str:
    from derivgen.render.markdown import markdown

    tex = _tex(done)
    if choice.answer_only:
        return _answers(done, tex, "{label}:\n\n$$\n{formula}\n$$\n", alone="$$\n{formula}\n$$")
    return _page(done, found_by, partial(markdown, tex=tex))


def _latex(done: Worked, choice: Choice, found_by: Path) -> str:  # noqa: ARG001  # all forms take the same
    from derivgen.render.fragment import fragment

    tex = _tex(done)
    if choice.answer_only:
        return _answers(done, tex, "% {label}\n{formula}")
    return "\n".join(fragment(found, tex, language=done.language) for found in presented(done).derivations)


def _speech(done: Worked, choice: Choice, found_by: Path) -> str:
    from derivgen.render.aloud import aloud, answers_aloud

    return _page(done, found_by, partial(answers_aloud if choice.answer_only else aloud, notation=done.notation))


def _fragment(done: Worked, choice: Choice, found_by: Path) -> str:
    from derivgen.render.embedded import embedded

    spec = done.loaded.spec
    if spec is None or not done.has_page:
        return ""
    document, faults = document_of(done, spec.slug, found_by)
    if faults:
        raise DerivgenError(*faults)
    if choice.answer_only:
        answers = tuple(block for block in document.blocks if isinstance(block, Answer))
        document = replace(document, blocks=answers, on_screen=(), detail=None)
    templates = project_of(found_by).templates
    return embedded(
        document, spec.slug, level=choice.level, has_title=True, notation=done.notation, templates=templates
    )


def _program(done: Worked, choice: Choice, found_by: Path) -> str:  # noqa: ARG001  # all forms take the same
    from derivgen.render.program import LIBRARIES, module, sympy_module

    found = presented(done).derivations
    if not found:
        return ""
    title = words(title_of(done.loaded))
    return sympy_module(title, found) if choice.form == "sympy" else module(title, found, LIBRARIES[choice.form])


FORMS: dict[Form, Callable[[Worked, Choice, Path], str]] = {
    "text": _text,
    "json": _json,
    "latex": _latex,
    "markdown": _markdown,
    "speech": _speech,
    "numpy": _program,
    "jax": _program,
    "torch": _program,
    "sympy": _program,
    "fragment": _fragment,
}


def _page(done: Worked, found_by: Path, write: Callable[[Document], str]) -> str:
    """The spec's page in a form of words; nothing where there is nothing to show."""
    if not done.derivations and (done.loaded.spec is None or done.loaded.spec.page is None):
        return ""
    document, _ = document_of(done, "page", found_by)
    return write(document)


def _answers(done: Worked, write: Callable[[Expr], str], labelled: str, *, alone: str = "{formula}") -> str:
    """The formulas by themselves; where there are several, each with what it is."""
    answers = [(found, result) for found in presented(done).derivations for result in (*found.results, *found.views)]
    lines = [
        (alone if len(answers) == 1 else labelled).format(
            label=f"{found.request.text}, {words(told((layout_words(result.layout),), done.language))}, {result.shape}",
            formula=write(result.expr),
        )
        for found, result in answers
    ]
    return "\n".join(lines)


def _tex(done: Worked) -> Callable[[Expr | Box], str]:
    notation = done.notation

    def tex(value: Expr | Box) -> str:
        return latex(present(value, notation) if isinstance(value, Node) else value)

    return tex
