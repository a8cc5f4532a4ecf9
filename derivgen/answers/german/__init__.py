"""What a grader tells in German: for each template its German one, with the same slots."""

from __future__ import annotations

from derivgen.answers.german.mistakes import MISTAKES
from derivgen.answers.german.verdicts import VERDICTS

GERMAN: dict[str, str] = {**VERDICTS, **MISTAKES}
