"""What a format cannot hold: told in a file beside the bank, so that nothing is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable

from derivgen.homework.exports.scoring import Question, item_id
from derivgen.record import record


@record
class LeftOut:
    """A question that a format cannot hold, or holds in part only."""

    question: Question
    why: str
    in_part: bool = False


def with_left_out(files: dict[str, bytes], left_out: Iterable[LeftOut]) -> dict[str, bytes]:
    """The files of a bank, and one that tells what it lacks, if it lacks anything."""
    lines = [f"{item_id(one.question)}: {one.why}\n" for one in left_out]
    return files | {"left-out.txt": "".join(lines).encode()} if lines else files
