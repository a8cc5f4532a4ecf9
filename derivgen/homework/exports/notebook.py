"""Notebooks for nbgrader: a cell for each answer, which is a text in derivgen's language, and a cell that grades it.

The key is in no notebook: where the environment variable DERIVGEN_KEY names one, the cells grade.
Source: the documentation of nbformat 4.5 and of nbgrader, "Manually editing cell metadata" and "Partial credit".
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from derivgen.document.wording.exports import NOT_GRADED_HERE, NOTEBOOK, how_to_answer
from derivgen.document.wording.questions import points_words
from derivgen.document.wording.telling import told
from derivgen.homework.exports.markdown import markdown, option_markdown, words_markdown
from derivgen.homework.exports.paragraphs import clean
from derivgen.homework.exports.scoring import Key, Question, decimal, label, points_of
from derivgen.render.plain import words

Cell = dict[str, Any]

# nbgrader puts a stub for each region of a solution; the empty one leaves the quotes for the student.
CONFIG = 'c = get_config()  # noqa: F821\nc.ClearSolutions.code_stub = {"python": ""}\n'
_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def notebook(key: Key) -> dict[str, bytes]:
    """A notebook for each sheet of a key, named by its code, and what nbgrader has to know."""
    files = {"nbgrader_config.py": CONFIG.encode()}
    of_variant: dict[str, list[Question]] = {}
    for question in key["questions"]:
        of_variant.setdefault(question["variant"], []).append(question)
    for sheet in key["sheets"]:
        questions = [one for name in sheet["variants"] for one in of_variant.get(name, ())]
        made = {
            "cells": [_title(key, sheet["code"]), *(c for one in questions for c in _cells(key, one, sheet["code"]))],
            "metadata": {
                "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                "language_info": {"name": "python"},
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        files[f"sheet-{sheet['code']}.ipynb"] = (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()
    return files


def _title(key: Key, code: str) -> Cell:
    lines = [f"# {words_markdown(str(key['homework'] or key['name']))}", code, words_markdown(label(key, NOTEBOOK))]
    return _cell("title", "markdown", lines)


def _cells(key: Key, question: Question, code: str) -> Iterator[Cell]:
    name = variable(question)
    yield _cell(f"{name}-asked", "markdown", list(_asked(key, question)))
    quotes = '"""\n"""' if question["answer"] == "derivation" else '""'
    answer = [f"{name} = {quotes}", "### BEGIN SOLUTION", "### END SOLUTION"]
    yield _cell(f"{name}-answer", "code", answer, solution=True, locked=False)
    yield _cell(f"{name}-grade", "code", list(_graded(key, question, code)), points=_worth(question))


def variable(question: Question) -> str:
    """The name that an answer has in Python: letters, digits and a line below, as in quad_a."""
    name = question["id"]
    plain = name.replace(".", "_")
    if re.fullmatch(r"[a-zA-Z][a-zA-Z0-9_]*", plain) and len(plain) <= 50:
        return str(plain)
    # Other signs are left out, and a checksum keeps such names apart.
    return f"q{hashlib.sha256(name.encode()).hexdigest()[:8]}_{name.rpartition('.')[2]}"


def _asked(key: Key, question: Question) -> Iterator[str]:
    points = words(told(points_words(points_of(question)), key["language"]))
    title = words_markdown(f"{question['number']} {question['title']}")
    yield f"## {title}{f' ({points})' if points else ''}"
    yield from map(markdown, question["prompt"])
    if question["answer"] == "choice":
        for option in question["options"]:
            yield f"({option['id']}) {option_markdown(option)}"
    yield words_markdown(words(told(how_to_answer(question["answer"]), key["language"])))


def _worth(question: Question) -> float:
    """The points of a cell; nbgrader has no cell that is graded and worth none."""
    points = points_of(question)
    return 1 if points is None else points.numerator if points.denominator == 1 else float(points)


def _graded(key: Key, question: Question, code: str) -> Iterator[str]:
    """What grades an answer: the last line is the number of points, which nbgrader reads."""
    name = variable(question)
    how = words(told(how_to_answer(question["answer"]), key["language"]))
    yield f"assert isinstance({name}, str), {_literal(how)}"
    yield "### BEGIN HIDDEN TESTS"
    yield "import json"
    yield "import os"
    yield "from pathlib import Path"
    yield "from derivgen.answers.submission import grade_submission"
    yield 'if "DERIVGEN_KEY" not in os.environ:'
    yield f"    raise RuntimeError({_literal(label(key, NOT_GRADED_HERE))})"
    yield 'stored = json.loads(Path(os.environ["DERIVGEN_KEY"]).read_text(encoding="utf-8"))'
    yield f"answers = {{{_literal(question['id'])}: {name}}}"
    yield f"graded = grade_submission(stored, answers, code={_literal(code)})"
    yield f"(grade,) = (one for one in graded['questions'] if one['question'] == {_literal(question['id'])})"
    yield "print(grade['message'])"
    yield f"grade['share'] * {decimal(_worth(question))}"
    yield "### END HIDDEN TESTS"


def _literal(text: str) -> str:
    """The text as a Python literal: no sign in it can end the string."""
    return json.dumps(clean(text), ensure_ascii=True)


def _cell(
    name: str, kind: str, lines: list[str], *, solution: bool = False, locked: bool = True, points: float | None = None
) -> Cell:
    # Paragraphs of Markdown stand apart; lines of a program do not.
    source = ("\n\n" if kind == "markdown" else "\n").join(lines)
    grades: Mapping[str, Any] = {} if points is None else {"points": points}
    cell: Cell = {
        "cell_type": kind,
        "id": name if _CELL_ID.fullmatch(name) else hashlib.sha256(name.encode()).hexdigest()[:32],
        "metadata": {
            "nbgrader": {
                "cell_type": kind,
                "grade": points is not None,
                "grade_id": name,
                "locked": locked,
                "schema_version": 3,
                "solution": solution,
                "task": False,
                **grades,
            }
        },
        "source": source.splitlines(keepends=True),
    }
    return cell if kind == "markdown" else cell | {"execution_count": None, "outputs": []}
