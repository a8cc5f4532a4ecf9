"""A course folder for PrairieLearn: a question for each question of the sheet, graded by derivgen's own grader.

Source: prairielearn.readthedocs.io, "Question configuration", "Custom grading", `pl-string-input`.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence

from derivgen.homework.exports.closure import grader
from derivgen.homework.exports.packing import identifier, packed
from derivgen.homework.exports.paragraphs import clean, html_of, option_html, words_html
from derivgen.homework.exports.private import private
from derivgen.homework.exports.scoring import Key, Question, questions_by_id

# Names of questions are made from this name and from theirs, so that an import finds those that it knows.
NAMESPACE = uuid.UUID("6d0d1f2a-6c0e-5a0e-9d0a-3f1b7c5a2e10")
ENTRIES = ("derivgen.answers.submission",)

SERVER = '''\
"""Draws a variant of the question and grades what is typed; made by derivgen."""

import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
COURSE = Path(os.environ.get("DERIVGEN_COURSE", HERE.parents[2]))
sys.path.insert(0, str(COURSE / "serverFilesCourse" / "derivgen.zip"))


def variants():
    return json.loads((HERE / "variants.json").read_text(encoding="utf-8"))


def generate(data):
    known = variants()["questions"]
    question = known[int(data["variant_seed"]) % len(known)]
    data["params"]["variant"] = question["variant"]
    data["params"]["prompt"] = question["html"]
    data["correct_answers"]["answer"] = question["text"]


def graded(data):
    from derivgen.answers.submission import grade_submission

    key = variants()
    chosen = [one for one in key["questions"] if one["variant"] == data["params"]["variant"]]
    typed = data["submitted_answers"].get("answer") or ""
    return grade_submission({**key, "questions": chosen}, {chosen[0]["id"]: typed})["questions"][0]


def parse(data):
    found = graded(data)
    if found["verdict"] == "unparsable":
        data["format_errors"]["answer"] = found["message"]


def grade(data):
    found = graded(data)
    share = float(found["share"])
    data["partial_scores"]["answer"] = {"score": share, "weight": 1, "feedback": found["message"]}
    data["score"] = share
    data["feedback"]["answer"] = found["message"]
'''

PAGE = """\
<pl-question-panel>
  {{{params.prompt}}}
</pl-question-panel>
<pl-string-input answers-name="answer" label="HEAD" remove-spaces="false" escape-unicode="false"></pl-string-input>
<pl-submission-panel>
  <p>{{feedback.answer}}</p>
</pl-submission-panel>
<pl-answer-panel>
  <code>{{correct_answers.answer}}</code>
</pl-answer-panel>
"""


def prairielearn(key: Key) -> dict[str, bytes]:
    """The folder as one archive: to be unpacked into a course. A choice is answered by its letter."""
    files = {"serverFilesCourse/derivgen.zip": packed(grader(ENTRIES))}
    for name, questions in questions_by_id(key).items():
        folder = f"questions/derivgen/{identifier(str(key['name']))}/{identifier(name)}"
        files[f"{folder}/info.json"] = _json(_info(key, name, questions))
        files[f"{folder}/question.html"] = PAGE.replace("HEAD", "answer").encode()
        files[f"{folder}/server.py"] = SERVER.encode()
        files[f"{folder}/variants.json"] = _json(_variants(key, questions))
    return {"prairielearn.zip": packed(files)}


def _info(key: Key, name: str, questions: Sequence[Question]) -> dict[str, object]:
    return {
        "uuid": str(uuid.uuid5(NAMESPACE, f"{key['name']}/{name}")),
        "title": clean(str(questions[0]["title"])),
        "topic": clean(str(key["homework"] or key["name"])),
        "tags": ["derivgen"],
        "type": "v3",
        "singleVariant": len(questions) == 1,
        "partialCredit": True,
    }


def _variants(key: Key, questions: Sequence[Question]) -> dict[str, object]:
    """The part of the key that grades this question, each variant with what is asked in HTML."""
    own = private({**key, "questions": questions, "students": []})
    known = [one for one in own["questions"] if isinstance(one, dict)] if isinstance(own["questions"], list) else []
    shown = [{**one, "html": _shown(question)} for one, question in zip(known, questions, strict=True)]
    return {**own, "questions": shown, "sheets": [], "students": []}


def _shown(question: Question) -> str:
    """What is asked; the options of a choice below it, by their letters."""
    options = question.get("options") or () if question["answer"] == "choice" else ()
    listed = "".join(f"<li>{words_html(str(one['id']))}) {option_html(one)}</li>" for one in options)
    shown = f'<ul style="list-style: none">{listed}</ul>' if listed else ""
    return html_of(question["prompt"]) + shown


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
