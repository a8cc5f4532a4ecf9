"""The sentences of a page in English. Words are str and symbols are Expr; formats set both."""

from derivgen.document.wording.headings import heading, held_by_plan, is_single, left_out, plan, second_plan
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.layoutnotes import layouts_sentence, shape_view_note
from derivgen.document.wording.names import name_of, title_of
from derivgen.document.wording.notes import (
    condition_words,
    conditions_text,
    mistake,
    remark,
    symmetric_sentence,
)
from derivgen.document.wording.parttitles import part_title
from derivgen.document.wording.reasons import why
from derivgen.document.wording.slips import slip
from derivgen.document.wording.ways import default_recap, default_way, in_program, other_way, same_way, when_to_prefer

__all__ = [
    "LABELS",
    "condition_words",
    "conditions_text",
    "default_recap",
    "default_way",
    "heading",
    "held_by_plan",
    "in_program",
    "is_single",
    "layouts_sentence",
    "left_out",
    "mistake",
    "name_of",
    "other_way",
    "part_title",
    "plan",
    "remark",
    "same_way",
    "second_plan",
    "shape_view_note",
    "slip",
    "symmetric_sentence",
    "title_of",
    "when_to_prefer",
    "why",
]
