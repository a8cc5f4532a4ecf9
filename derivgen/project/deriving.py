"""What a page is made from before any format: a spec derived, checked and asked the questions of the rubric.

Imported where a page is derived: one that is kept is set without all this.
"""

from __future__ import annotations

from functools import partial

from derivgen.project.budget import OF_THE_DAY
from derivgen.project.derived import Derived
from derivgen.project.documents import all_faults, document_of
from derivgen.project.practice import practice_of
from derivgen.project.review import asked
from derivgen.project.tasks import Look, Task
from derivgen.project.told import INPUT, InWords
from derivgen.project.used import plainly
from derivgen.project.uses import uses_of
from derivgen.project.work import Wishes, Worked, worked
from derivgen.render.copied import copied


def derived(task: Task) -> Derived:
    """The page of a spec before any format, or why there is none."""
    done = worked(task.spec, task.found_by, Wishes(cross_check=task.look.cross_check))
    lasts = not any(fault.code in OF_THE_DAY for fault in done.faults)
    refused = partial(Derived, None, lasts=lasts)
    if not done.has_page:
        messages = (*map(InWords, all_faults(done, task.name, task.found_by)), *done.bugs)
        return refused(messages=messages, status=done.status)
    document, faults = document_of(done, task.name, task.found_by)
    if faults:
        return refused(messages=(*done.messages, *map(InWords, faults)), status=INPUT)
    found = asked(document, done, task.spec)
    if found.is_refused:
        return refused(messages=(*done.messages, *found.messages), status=found.status)
    faded, faults = practice_of(done, document)
    if faults:
        return refused(messages=(*done.messages, *map(InWords, faults)), status=INPUT)
    document, copy = (document, None) if faded is None else (faded.key, faded.copy)
    messages, status = (*done.messages, *found.messages), max(done.status, found.status)
    uses = plainly(uses_of(done.derivations, document))
    shown = [one for one in (document, copy) if one is not None]
    may_be_copied = tuple(copied(one, done.notation) for one in shown)
    return Derived(document, copy, done.notation, _json(done, task.look), messages, status, uses, lasts, may_be_copied)


def _json(done: Worked, look: Look) -> str:
    if "json" not in look.formats:
        return ""
    from derivgen.project.derive import as_json

    return as_json(done) + "\n"
