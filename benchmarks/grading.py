"""How fast answers are graded: with the key loaded, and one answer from a cold start.

    python benchmarks/grading.py [--answers FILE]

Reads the table of answers of the tests, right and wrong, and prints answers a second on one core: in a first round, in
which the wrong derivatives of each question are made as they are needed, and in a second one, in which they are known.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from derivgen.answers.stored import StoredKey, read_key
from derivgen.calculus.derive import derive
from derivgen.printing.text import text
from derivgen.problem.asked import Asked, Given
from derivgen.problem.resolve import make_problem
from derivgen.problem.text import typed
from derivgen.project.judging import graded_within

ROOT = Path(__file__).parents[1]
WANTED, LONGEST = 500, 1.5
ONE = """
import json, sys
from derivgen.answers.submission import grade_submission
print(grade_submission(json.load(open(sys.argv[1])), {sys.argv[2]: "x"})["of"])
"""


def entry(line: str, number: int) -> dict[str, Any]:
    """A question of the table as a key stores it."""
    parts = [part.strip() for part in line.split(" | ")]
    variables = dict(one.split(": ") for one in parts[0].split("; "))
    functions = dict(one.split(" = ") for one in parts[1].split("; "))
    assume = [parts[4]] if len(parts) > 4 else []

    def pairs(names: dict[str, str]) -> tuple[tuple[Any, Any], ...]:
        return tuple((typed(name, ""), typed(what, "")) for name, what in names.items())

    given = Given(
        pairs(variables), pairs(functions), (Asked(typed(parts[2], "")),), tuple(typed(one, "") for one in assume)
    )
    problem = make_problem(given).problem
    found = derive(problem, problem.requests[0])
    layouts = {name: {"text": text(found.result(name))} for name in ("numerator", "denominator")}
    layout = parts[3].removesuffix(" |")
    return {
        "id": f"q{number}.a", "request": parts[2], "answer": "expression", "layout": layout, "points": 1,
        "layouts": layouts, "variables": variables, "functions": functions, "assume": assume,
    }  # fmt: skip


def table(path: Path) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """The key of a table of answers, and its answers with the places of their questions."""
    questions: list[dict[str, Any]] = []
    answers: list[tuple[int, str]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("? "):
            questions.append(entry(line[2:], len(questions)))
        elif not line.startswith("#"):
            answers.append((len(questions) - 1, line.partition(" | ")[2]))
    return {"key": 1, "homework": "Table", "questions": questions}, answers


def rate(key: StoredKey, answers: list[tuple[int, str]]) -> float:
    """Answers a second."""
    start = time.perf_counter()
    for place, answer in answers:
        graded_within(key, key.questions[place], answer)
    return len(answers) / (time.perf_counter() - start)


def tell(line: str) -> None:
    """One line of the report."""
    print(line, flush=True)  # noqa: T201  # a benchmark prints


def main() -> int:
    """Print the figures; the exit status is 1 where one misses its budget."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", default=str(ROOT / "tests" / "answers" / "answers.txt"))
    stored, answers = table(Path(parser.parse_args().answers))
    start = time.perf_counter()
    key = read_key(stored)
    loaded = [question.key for question in key.questions]
    tell(f"{len(loaded)} questions loaded in {time.perf_counter() - start:.2f} s")
    first, second = rate(key, answers), rate(key, answers)
    right = [one for one in answers if graded_within(key, key.questions[one[0]], one[1]).verdict == "correct"]
    tell(f"{len(answers)} answers, first round: {first:.0f} a second")
    tell(f"{len(answers)} answers, known question: {second:.0f} a second (wanted: {WANTED})")
    tell(f"{len(right)} right ones: {rate(key, right):.0f} a second")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "key.json"
        path.write_text(json.dumps(stored), encoding="utf-8")
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", ONE, str(path), "q0"], check=True, capture_output=True, cwd=ROOT)  # noqa: S603  # our own
        cold = time.perf_counter() - start
    tell(f"one answer from a cold start: {cold:.2f} s (wanted: below {LONGEST})")
    return 0 if second >= WANTED and cold < LONGEST else 1


if __name__ == "__main__":
    sys.exit(main())
