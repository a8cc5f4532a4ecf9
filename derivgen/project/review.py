"""A finished page is asked the questions of the rubric: what becomes of it, and what there is to say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from derivgen import __version__
from derivgen.document.blocks import Document
from derivgen.errors import Fault, Span
from derivgen.project.told import BUG, INPUT, InWords
from derivgen.record import record

if TYPE_CHECKING:
    from derivgen.project.work import Worked
    from derivgen.render.rubric import Finding


@record
class Review:
    """What a page breaks, in words for people; `is_refused` if it could mislead.

    It `lasts` unless something that no key knows had a hand in it.
    """

    messages: tuple[str, ...] = ()
    status: int = 0
    is_refused: bool = False
    lasts: bool = True


def asked(document: Document, done: Worked, spec: Path) -> Review:
    """What the page of a spec breaks of the rubric."""
    # Here: pages that are kept have been asked.
    from derivgen.render.rubric import judged
    from derivgen.spec.model import told_at_most

    found = judged(document, done.notation, "standard" if done.problem is None else done.problem.detail)
    faults = (_fault(one, spec) for one in found if one.question.outcome == "of the spec")
    of_spec = tuple(map(InWords, told_at_most(faults)))
    ours = tuple(one for one in found if one.question.outcome != "of the spec")
    is_refused = any(one.question.outcome == "refused" for one in ours)
    bugs = (_bug(ours, spec, is_refused=is_refused),) if ours else ()
    return Review((*of_spec, *bugs), BUG if ours else INPUT if of_spec else 0, is_refused)


def _fault(finding: Finding, spec: Path) -> Fault:
    message = f"in {finding.place}: {finding.what}"
    return placed(Fault(f"page-{finding.question.name}", message, finding.question.mend), spec)


def placed(fault: Fault, spec: Path) -> Fault:
    """A fault that is of the page as a whole is told with its spec, the best place there is."""
    return fault if fault.span else replace(fault, span=Span(str(spec), 1, 1, 2, ""))


def _bug(found: tuple[Finding, ...], spec: Path, *, is_refused: bool) -> str:
    what = "the page is not made, since it would mislead" if is_refused else "the page is made, and it falls short"
    lines = "\n".join(f"  {one}" for one in found)
    return (
        f"{spec}: {what}\n{lines}\n"
        f"derivgen {__version__}: this is a bug of derivgen, not of your spec; please report it with the lines above."
    )
