"""The few words that formats add of themselves, by language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Labels of a page that are not part of the document."""

    answer: str
    given: str
    skip: str
    contents: str
    way: str
    site: str
    files: str
    previous: str
    following: str
    neighbours: str
    table: str
    step: str
    shape: str
    listing: str
    row: str
    print_version: str
    detail: str
    brief: str
    standard: str
    detailed: str
    finer: str
    one_by_one: str
    next_step: str
    so_far: str


ENGLISH = Words(
    answer="Answer",
    given="Given",
    skip="Skip to the text",
    contents="All pages",
    way="Where this page stands",
    site="Pages of this site",
    files="This page as a file",
    previous="Previous",
    following="Next",
    neighbours="Neighbouring pages",
    table="Table",
    step="Step",
    shape="Shape",
    listing="A program listing of {0} lines stands here",
    row="Row",
    print_version="Print version. The web page of the same name says every formula in words.",
    detail="Detail",
    brief="brief",
    standard="standard",
    detailed="detailed",
    finer="Finer steps",
    one_by_one="one step at a time",
    next_step="Show next step",
    so_far="Step {0} of {1}",
)

GERMAN = Words(
    answer="Antwort",
    given="Gegeben",
    skip="Zum Text springen",
    contents="Alle Seiten",
    way="Wo diese Seite steht",
    site="Seiten dieser Website",
    files="Diese Seite als Datei",
    previous="Zurück",
    following="Weiter",
    neighbours="Benachbarte Seiten",
    table="Tabelle",
    step="Schritt",
    shape="Format",
    listing="Hier steht ein Programm mit {0} Zeilen",
    row="Zeile",
    print_version="Druckfassung. Die Webseite gleichen Namens sagt jede Formel in Worten.",
    detail="Ausführlichkeit",
    brief="kurz",
    standard="normal",
    detailed="ausführlich",
    finer="Feinere Schritte",
    one_by_one="Schritt für Schritt",
    next_step="Nächsten Schritt zeigen",
    so_far="Schritt {0} von {1}",
)

WORDS = {"en": ENGLISH, "de": GERMAN}


def words(language: str) -> Words:
    """The labels in `language`."""
    return WORDS[language]
