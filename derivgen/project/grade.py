"""`derivgen grade`: one answer to a derivative of a spec, or many to problems of their own."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal

from derivgen.answers.bounds import bound_of
from derivgen.answers.check import TOLERANCE, Judgement, judge
from derivgen.answers.key import Key, key_of
from derivgen.answers.lines import LinesJudgement, judge_derivation, judge_lines
from derivgen.answers.telling import in_language, visible
from derivgen.answers.tolerant import reading
from derivgen.answers.wording import read_as
from derivgen.calculus.derive import derive
from derivgen.errors import DerivgenError, Fault
from derivgen.problem.asked import Asked, Given, Pairs
from derivgen.problem.problem import LayoutChoice, Problem, Request
from derivgen.problem.resolve import make_problem
from derivgen.problem.text import Text, typed
from derivgen.project.budget import DERIVING, OverBudget, bounded, too_much
from derivgen.project.judging import within_answer
from derivgen.project.projects import project_of
from derivgen.project.told import BUG, INPUT, InWords, Told
from derivgen.record import record
from derivgen.spec.files import is_standard_input, read_text
from derivgen.spec.model import Loaded, load_spec
from derivgen.syntax.requests import parse_request

MISUSE = 2
CASE_KEYS = ("id", "variables", "functions", "derivative", "layout", "assume", "answer", "lines")
LAYOUTS: dict[object, LayoutChoice] = {"numerator": "numerator", "denominator": "denominator", "both": "both"}
# A line longer than this is no answer.
LONGEST_LINE = 1_000_000


@record
class Asking:
    """What one answer is compared with, and how the verdict is told."""

    spec: str
    of: str | None = None
    layout: LayoutChoice | None = None
    form: Literal["text", "json"] = "text"
    tolerant: bool = False


def graded(asking: Asking, answer: str) -> Told:
    """The verdict on an answer to a derivative of a spec."""
    asked = _asked(asking)
    if isinstance(asked, Told):
        return asked
    key, language = asked
    return within_answer(lambda: _graded(key, asking, answer, language), partial(_not_judged, asking, language))


def _not_judged(asking: Asking, language: str, message: str) -> Told:
    judgement = _in_language(Judgement("unparsable", message), language)
    words = judgement.message
    return Told(json.dumps(_verdict(judgement)) if asking.form == "json" else words, status=_status(judgement))


def _in_language(judgement: Judgement, language: str) -> Judgement:
    return replace(judgement, message=in_language(judgement.message, language))


def _graded(key: Key, asking: Asking, answer: str, language: str) -> Told:
    read = reading(answer, key.scope) if asking.tolerant else answer
    judgement = _in_language(judge(key, read, asking.layout), language)
    record, words = _verdict(judgement), _in_words(judgement)
    if judgement.verdict in ("correct", "other_layout") and judgement.expr is not None:
        record["bound"] = bound_of(key, judgement.expr, tolerance=TOLERANCE).as_record()
    if read != answer:
        record["reading"] = read
        words = f"{in_language(read_as(read), language)}\n{words}"
    return Told(json.dumps(record) if asking.form == "json" else words, status=_status(judgement))


def graded_file(asking: Asking, path: Path) -> Told:
    """The verdict on an answer that stands in a file."""
    return graded(asking, read_text(path).strip())


def graded_derivation(asking: Asking, path: Path) -> Told:
    """The verdict on a derivation that stands in a file, and on each of its lines."""
    asked = _asked(asking)
    if isinstance(asked, Told):
        return asked
    key, language = asked
    source = read_text(path)
    work = partial(_graded_derivation, key, asking, source, language)
    return within_answer(work, partial(_not_judged, asking, language))


def _graded_derivation(key: Key, asking: Asking, source: str, language: str) -> Told:
    read = "\n".join(reading(line, key.scope) for line in source.splitlines()) if asking.tolerant else source
    found = judge_derivation(key, read, asking.layout)
    found = replace(found, overall=_in_language(found.overall, language))
    if asking.form == "json":
        return Told(json.dumps({**_verdict(found.overall), **_lines(found)}), status=_status(found.overall))
    lines = [line for line in read.splitlines() if line.strip(" \t=")]
    told = [f"{verdict:13} {visible(line.strip())}" for verdict, line in zip(found.verdicts, lines, strict=False)]
    return Told("\n".join([*told, _in_words(found.overall)]), status=_status(found.overall))


def _status(judgement: Judgement) -> int:
    return 0 if judgement.verdict == "correct" else INPUT


def _asked(asking: Asking) -> tuple[Key, str] | Told:
    """The key of the derivative that is meant and the language of its spec, or what to say where there is none."""
    path = Path(asking.spec)
    loaded = load_spec(path, project_of(path))
    if loaded.problem is None:
        return Told(messages=_faults(loaded), status=INPUT)
    found = _request(loaded, loaded.problem, asking)
    if isinstance(found, Told):
        return found
    language = "en" if loaded.spec is None else loaded.spec.settings.language
    return key_of(loaded.problem, derive(loaded.problem, found)), language


def _request(loaded: Loaded, problem: Problem, asking: Asking) -> Request | Told:
    """The derivative that is meant, or what to say where there is none or more than one."""
    wanted = None if asking.of is None else _canonical(asking.of)
    for lost, faults in loaded.request_faults:
        if wanted == lost or (wanted is None and not problem.requests):
            return Told(messages=tuple(map(InWords, faults)), status=INPUT)
    matching = [request for request in problem.requests if wanted is None or request.text == wanted]
    if len(matching) == 1:
        return matching[0]
    listed = "".join(f'\n    --of "{request.text}"' for request in problem.requests)
    if not problem.requests:
        return Told(messages=_faults(loaded) or (f"{loaded.file}: this spec asks for no derivative",), status=INPUT)
    what = "several derivatives" if wanted is None else f"no derivative {wanted}"
    return Told(messages=(f"{loaded.file} has {what}\n  mend: say which one is meant:{listed}",), status=MISUSE)


def _canonical(of: str) -> str:
    try:
        return parse_request(of, typed(of, "<--of>").span).text
    except DerivgenError:
        return of


def _faults(loaded: Loaded) -> tuple[str, ...]:
    return tuple(map(InWords, loaded.faults)) or (f"{loaded.file}: this is a page of prose, it asks for no derivative",)


def _in_words(judgement: Judgement) -> str:
    """The message, and the place in the answer if it is about one."""
    place = judgement.span
    if place is None or not place.source.isprintable() or len(place.source) > 100:
        return judgement.message
    caret = " " * (place.column - 1) + "^" * max(1, place.end_column - place.column)
    return f"{judgement.message}\n    {place.source}\n    {caret}"


def _verdict(judgement: Judgement) -> dict[str, object]:
    return {"verdict": judgement.verdict, "mistake": judgement.mistake, "message": judgement.message}


# Many answers, each with its problem


class NoCase(Exception):
    """A line that holds no case, and why."""


@record
class Case:
    """One answer to a problem of its own; `lines` are those of a derivation."""

    id: object
    given: Given
    layout: LayoutChoice | None
    answer: str | None
    lines: tuple[str, ...]


def graded_cases(path: Path) -> Iterator[Told]:
    """One verdict a line, in order; keys are kept, since lines often repeat a problem."""
    keys: dict[str, Key] = {}
    if not is_standard_input(path) and (path.is_dir() or not path.exists()):
        yield Told(messages=(f"{path}: there is no such file\n  mend: check the path",), status=INPUT)
        return
    with nullcontext(sys.stdin.buffer) if is_standard_input(path) else path.open("rb") as stream:
        for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE), b""), start=1):
            if line.strip():
                yield _graded_line(line, number, keys)


def _graded_line(line: bytes, number: int, keys: dict[str, Key]) -> Told:
    id_: object = None
    status = INPUT
    try:
        read = _object(line)
        id_ = read.get("id")
        return Told(json.dumps({"id": id_, **_judged_within(_case(read), repr(_identity(read)), keys)}))
    except NoCase as error:
        reason = str(error)
    except DerivgenError as error:
        reason = "; ".join(_in_one_line(fault) for fault in error.faults[:3])
    except Exception as error:
        # A line that we cannot judge by a fault of our own must not lose the others.
        reason, status = f"this is a bug of derivgen, please report it: {error!r}"[:1000], BUG
    message = visible(f"line {number} could not be judged: {reason}")
    judged = {"id": id_, "verdict": "unparsable", "mistake": None, "message": message}
    return Told(json.dumps(judged), (message,), status)


def _judged_within(case: Case, name: str, keys: dict[str, Key]) -> dict[str, object]:
    """The verdict on a case; `name` is that of its problem among the keys that are known."""
    key = keys.pop(name, None) or _key_within(case)

    def judged() -> dict[str, object]:
        found = _judged(case, key)
        # Only here: what a key remembers for the next answer may be half made where this one took too much.
        keys[name] = key
        return found

    return within_answer(judged, lambda told: _verdict(Judgement("unparsable", told)))


def _key_within(case: Case) -> Key:
    try:
        with bounded(DERIVING):
            return _key(case)
    except (OverBudget, MemoryError) as error:
        raise DerivgenError(too_much("the derivative", error, None)) from None


def _judged(case: Case, key: Key) -> dict[str, object]:
    if case.answer is not None:
        return _verdict(judge(key, case.answer, case.layout))
    found = judge_lines(key, case.lines, case.layout)
    return {**_verdict(found.overall), **_lines(found)}


def _lines(found: LinesJudgement) -> dict[str, object]:
    return {"line_verdicts": list(found.verdicts), "first_wrong_line": found.first_wrong_line}


def _key(case: Case) -> Key:
    made = make_problem(case.given)
    if made.faults:
        raise DerivgenError(*made.faults)
    if len(made.problem.requests) != 1:
        raise NoCase("its derivative must be one; ask for several on lines of their own")
    return key_of(made.problem, derive(made.problem, made.problem.requests[0]))


def _object(line: bytes) -> dict[str, object]:
    try:
        read = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NoCase("it is not UTF-8") from None
    except (ValueError, RecursionError):
        raise NoCase("it is not JSON") from None
    if not isinstance(read, dict):
        raise NoCase("it is not an object such as {...}")
    return read


def _case(read: dict[str, object]) -> Case:
    unknown = [key for key in read if key not in CASE_KEYS]
    if unknown:
        raise NoCase(f"there is no key {unknown[0]}; the keys are {', '.join(CASE_KEYS)}")
    if (read.get("answer") is None) == (read.get("lines") is None):
        raise NoCase("it needs either answer, a text, or lines, a list of texts")
    layout = read.get("layout")
    if layout is not None and (not isinstance(layout, str) or layout not in LAYOUTS):
        raise NoCase("its layout is none of numerator, denominator, both")
    lines = () if read.get("lines") is None else tuple(_text(line, "lines") for line in _list(read, "lines"))
    if read.get("lines") is not None and not lines:
        raise NoCase("its lines are empty")
    answer = None if read.get("answer") is None else _text(read["answer"], "answer")
    return Case(read.get("id"), _given(read), None if layout is None else LAYOUTS[layout], answer, lines)


def _given(read: dict[str, object]) -> Given:
    request = Asked(_typed(_text(read.get("derivative"), "derivative"), "derivative"))
    assume = tuple(_typed(_text(one, "assume"), "assume") for one in _list(read, "assume"))
    return Given(_pairs(read, "variables"), _pairs(read, "functions"), (request,), assume)


def _identity(read: dict[str, object]) -> tuple[object, ...]:
    """What makes two problems one; the layout is no part of it."""
    return tuple(read.get(key) for key in ("variables", "functions", "derivative", "assume"))


def _pairs(read: dict[str, object], key: str) -> Pairs:
    found = read.get(key) or {}
    if not isinstance(found, dict):
        raise NoCase(f"its {key} are not an object of names and texts")
    return tuple((_typed(name, key), _typed(_text(value, key), key)) for name, value in found.items())


def _list(read: dict[str, object], key: str) -> list[object]:
    found = read.get(key)
    if found is None:
        return []
    if not isinstance(found, list):
        raise NoCase(f"its {key} is not a list of texts")
    return found


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise NoCase(f"its {key} is missing or is not a text")
    return value


def _typed(value: str, key: str) -> Text:
    return typed(value, f"<{key}>")


def _in_one_line(fault: Fault) -> str:
    where = f" in {fault.span.source[:100]}" if fault.span is not None and fault.span.source else ""
    return f"{fault.message[:300]}{where}" + (f"; {fault.hint[:300]}" if fault.hint else "")
