"""All that making pages imports, also what is imported late, so that processes which make pages start with it.

Imported by the process that all others are copies of; nothing here may start a thread.
"""

from __future__ import annotations

from derivgen.calculus import crosscheck
from derivgen.project import cards, check, deriving, pages, setting
from derivgen.render import html, latex, preamble, rubric, typst
from derivgen.render.pdf import bucket, excerpts
from derivgen.render.pdf import typst as typst_pdf

WARM = (
    bucket,
    cards,
    check,
    crosscheck,
    deriving,
    excerpts,
    html,
    latex,
    pages,
    preamble,
    rubric,
    setting,
    typst,
    typst_pdf,
)
