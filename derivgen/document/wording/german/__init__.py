"""The German catalogue: for each template of a page its German one, with the same slots.

A slot stands where German needs no inflection: names of layouts and of things come as labels, not within phrases
that would change them.
"""

from __future__ import annotations

from derivgen.answers.german import GERMAN as ANSWERS
from derivgen.document.wording.german.feedback import FEEDBACK
from derivgen.document.wording.german.hints import HINTS
from derivgen.document.wording.german.identification import IDENTIFICATION
from derivgen.document.wording.german.labels import LABELS
from derivgen.document.wording.german.notes import NOTES
from derivgen.document.wording.german.pictures import PICTURES
from derivgen.document.wording.german.plans import PLANS
from derivgen.document.wording.german.plots import PLOTS
from derivgen.document.wording.german.products import PRODUCTS
from derivgen.document.wording.german.reasons import REASONS
from derivgen.document.wording.german.remarks import REMARKS
from derivgen.document.wording.german.rules import RULES
from derivgen.document.wording.german.sheets import SHEETS
from derivgen.document.wording.german.site import SITE

# A table for each subject.
_TABLES = (
    ANSWERS,
    RULES,
    FEEDBACK,
    HINTS,
    IDENTIFICATION,
    LABELS,
    NOTES,
    PICTURES,
    PLOTS,
    PLANS,
    PRODUCTS,
    REASONS,
    REMARKS,
    SHEETS,
    SITE,
)

GERMAN: dict[str, str] = {english: german for table in _TABLES for english, german in table.items()}
