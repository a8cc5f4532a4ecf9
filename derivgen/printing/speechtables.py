"""The languages in which formulas are spoken."""

from __future__ import annotations

from derivgen.printing.speechgerman import GERMAN
from derivgen.printing.speechwords import ENGLISH, Table

TABLES: dict[str, Table] = {"en": ENGLISH, "de": GERMAN}
