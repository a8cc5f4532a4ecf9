"""What the files beside a page are called, by their endings, in the order of the links."""

from __future__ import annotations

from derivgen.document.blocks import Phrase

FILES: dict[str, Phrase] = {
    "html": Phrase("All steps"),
    "practice.html": Phrase("Practice copy"),
    "practice.pdf": Phrase("Practice copy as PDF"),
    "practice.tex": Phrase("Practice copy as LaTeX"),
    "pdf": Phrase("PDF"),
    "accessible.pdf": Phrase("PDF for screen readers"),
    "tex": Phrase("LaTeX"),
    "json": Phrase("JSON"),
}
