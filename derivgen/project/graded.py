"""Which way of grading a command line asks for, and whether its options go together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from derivgen.project.grade import Asking, graded, graded_cases, graded_derivation, graded_file
from derivgen.project.grading import KeyOptions, graded_answers, graded_submission
from derivgen.project.told import Told

OF_SPEC = ("of", "layout", "answer", "answer_file", "derivation")
OF_KEY = ("answers", "submission", "code", "output")


def graded_by(spec: str | None, form: Any, options: Mapping[str, Any]) -> Iterable[Told] | str:
    """The verdicts, or in words how the command is used where its options do not go together."""
    given = [name for name, value in options.items() if value not in (None, "", False)]
    if options["cases"] is not None:
        if spec or given != ["cases"] or form not in (None, "json"):
            return "--cases goes with --format json alone: each line has its problem and its answer."
        return graded_cases(Path(options["cases"]))
    if options["key"] is not None:
        stray = [name for name in given if name in OF_SPEC]
        if spec or stray:
            return f"--key stands instead of a spec; {_option(stray[0]) if stray else spec} does not go with it."
        return _by_key(form, options)
    stray = [name for name in given if name in OF_KEY]
    if stray:
        return f"{_option(stray[0])} goes with --key KEY, the key.json of a homework."
    if spec is None:
        return "Name a spec, the key of a homework with --key, or a file of answers with --cases."
    return _by_spec(spec, form, options)


def _by_key(form: Any, options: Mapping[str, Any]) -> Iterable[Told] | str:
    chosen = KeyOptions(
        Path(options["key"]),
        None if options["output"] is None else Path(options["output"]),
        options["tolerant"],
        options["code"],
    )
    match options["answers"], options["submission"]:
        case str() as answers, None:
            if form is not None:
                return "--answers writes grades.csv and pages of feedback; it has no --format."
            return graded_answers(chosen, Path(answers))
        case None, str() as submission:
            return (graded_submission(chosen, Path(submission), form or "text"),)
        case _:
            return "Say what is graded: --answers CSV, or --submission FOLDER."


def _by_spec(spec: str, form: Any, options: Mapping[str, Any]) -> Iterable[Told] | str:
    if form == "gradescope":
        return "--format gradescope goes with --submission."
    asking = Asking(spec, options["of"], options["layout"], form or "text", options["tolerant"])
    match options["answer"], options["answer_file"], options["derivation"]:
        case str() as answer, None, None:
            return (graded(asking, answer),)
        case None, str() as file, None:
            return (graded_file(asking, Path(file)),)
        case None, None, str() as file:
            return (graded_derivation(asking, Path(file)),)
        case _:
            return "Give the answer: --answer TEXT, --answer-file FILE, or --derivation FILE."


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
