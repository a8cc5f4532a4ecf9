"""What the search page of a site lists, and by what its list can be narrowed down."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from derivgen.document.blocks import Document, Phrase
from derivgen.document.wording.telling import told
from derivgen.project.indexes import SHAPES, Listed, rules_called
from derivgen.project.searchindex import SCRIPT
from derivgen.project.site import in_words, site_page
from derivgen.render.formats import Beside, SitePage
from derivgen.render.plain import words
from derivgen.render.search import Choice, Findable, Search, render_search
from derivgen.spec.project import Project

SEARCH = "search"
TITLE = Phrase("Search")
SUMMARY = Phrase("All pages of this site, to be narrowed down by words, chapter, rule and shape.")


def search_page(
    project: Project,
    pages: Sequence[Listed],
    others: Sequence[SitePage],
    *,
    beside: Beside,
    templates: Path | None,
    has_index: bool,
) -> bytes:
    """The page; `others` are listed after the pages of the course."""
    language = project.settings.language
    found = (*(_findable(page) for page in pages), *(Findable(other) for other in others))
    shown = {shape for page in found for shape in page.shapes}
    rules = (Choice(rule, in_words(name, language)) for rule, name in rules_called(pages).items())
    search = Search(
        found,
        tuple(dict.fromkeys(one.page.chapter for one in found if one.page.chapter)),
        tuple(sorted(rules, key=lambda rule: rule.name.casefold())),
        tuple(Choice(shape, in_words((name,), language)) for shape, name in SHAPES.items() if shape in shown),
        SCRIPT if has_index else "",
    )
    document = Document(told((TITLE,), language), SEARCH, language, words(told((SUMMARY,), language)), ())
    made = render_search(document, search, beside=beside, notation=project.settings.notation, templates=templates)
    return made.encode()


def _findable(page: Listed) -> Findable:
    return Findable(site_page(page.stop, SEARCH), page.rules, page.uses.shapes)
