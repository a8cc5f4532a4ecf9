"""An autograder for Gradescope: an archive that grades with Python's own library, without a network.

Source: gradescope-autograders.readthedocs.io, "Autograder specifications" and "Manual submission metadata".
"""

from __future__ import annotations

import json

from derivgen.homework.exports.closure import grader
from derivgen.homework.exports.packing import packed
from derivgen.homework.exports.private import private
from derivgen.homework.exports.scoring import Key

ENTRIES = (
    "derivgen.answers.submission",
    "derivgen.answers.folder",
    "derivgen.answers.results",
    "derivgen.project.judging",
)

SETUP = """\
#!/usr/bin/env bash
# The grader needs Python 3.11 or later and no other package.
for python in python3 python3.13 python3.12 python3.11; do
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && exit 0
done
apt-get update -y && apt-get install -y python3.11
"""

RUN = """\
#!/usr/bin/env bash
root="${AUTOGRADER_ROOT:-/autograder}"
for python in python3 python3.13 python3.12 python3.11; do
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    exec "$python" -I "$root/source/grade.py" "$root"
  fi
done
echo "there is no Python 3.11 or later" >&2
exit 1
"""

GRADE = '''\
"""Grade what lies in submission/ and write results/results.json; called with the folder that holds both."""

import hashlib
import json
import sys
from pathlib import Path

root = Path(sys.argv[1])
source = Path(__file__).resolve().parent
sys.path.insert(0, str(source))

from derivgen.answers.folder import read_submission
from derivgen.answers.results import gradescope
from derivgen.answers.stored import parsed_key
from derivgen.answers.submission import grade_submission, names_of
from derivgen.errors import DerivgenError
from derivgen.project.judging import graded_within


def codes(key):
    """The codes of the sheets of those who hand in, by what Gradescope knows of them."""
    path = root / "submission_metadata.json"
    users = json.loads(path.read_text(encoding="utf-8")).get("users", []) if path.is_file() else []
    for user in users:
        email = str(user.get("email") or "")
        for name in (user.get("sid"), email, email.partition("@")[0], user.get("id"), user.get("name")):
            marked = hashlib.sha256(f"{key.title}\\0{str(name or '').strip().casefold()}".encode()).hexdigest()
            if marked in key.students:
                yield key.students[marked]


def results():
    key = parsed_key((source / "key.json").read_bytes(), "key.json")
    names = [name for one in key.questions for name in names_of(one, key.questions)]
    handed = read_submission(root / "submission", names)
    code = next(codes(key), "") or handed.code or key.only_code or ""
    if not key.is_shared and code not in key.sheets:
        told = "Your sheet is not known. Add a line `code: ` with the code that is printed beside your name."
        return {"score": 0, "output": told, "tests": []}
    grades = grade_submission(key, handed.answers, code=code or None, grading=graded_within)
    grades["notes"] = list(handed.notes)
    return gradescope(grades, key.language)


try:
    made = results()
except DerivgenError as error:
    made = {"score": 0, "output": "\\n".join(fault.message for fault in error.faults), "tests": []}
(root / "results").mkdir(exist_ok=True)
(root / "results" / "results.json").write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
'''


def gradescope(key: Key) -> dict[str, bytes]:
    """The archive to upload as an autograder; the key in it stays on the platform's side.

    Who has which sheet is kept by marks of the ids, so that none of them stands in it.
    """
    files = {
        "setup.sh": SETUP.encode(),
        "run_autograder": RUN.encode(),
        "grade.py": GRADE.encode(),
        "key.json": json.dumps(private(key), ensure_ascii=False, sort_keys=True).encode(),
        **grader(ENTRIES),
    }
    return {"autograder.zip": packed(files, executable=("setup.sh", "run_autograder"))}
