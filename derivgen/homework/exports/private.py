"""The key as an autograder needs it: without what only people read, and without the ids of students."""

from __future__ import annotations

import hashlib

from derivgen.homework.exports.scoring import Key

READ_BY_PEOPLE = ("prompt", "solution", "hints", "latex")


def private(key: Key) -> dict[str, object]:
    """The key without what only people read, and with marks in place of ids."""
    questions = [{name: value for name, value in one.items() if name not in READ_BY_PEOPLE} for one in key["questions"]]
    students = [{"id": mark(str(key["homework"]), one["id"]), "code": one["code"]} for one in key["students"]]
    return {**key, "seed": "", "questions": questions, "students": students}


def mark(homework: str, identity: str) -> str:
    """The mark of an id: equal for ids that differ in the case of letters only."""
    return hashlib.sha256(f"{homework}\0{identity.strip().casefold()}".encode()).hexdigest()
