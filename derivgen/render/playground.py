"""The page on which a reader types a problem of their own; what it needs to derive is loaded on a click."""

from __future__ import annotations

from pathlib import Path

from derivgen.document.blocks import Document, Phrase
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.record import record
from derivgen.render.formats import Beside
from derivgen.render.ownpage import in_language, render_own_page, said_in
from derivgen.render.placing import placed
from derivgen.render.words import words


@record
class PlaygroundWords:
    """What the page says of itself."""

    needs_script: str = Phrase("This page works with JavaScript only.")
    from_disk: str = Phrase(
        "A browser starts no program from a file on your disk. "
        "Serve the folder of the site, and open the address that this tells:"
    )
    examples: str = Phrase("Examples")
    functions: str = Phrase("Functions, one on each line")
    variables: str = Phrase("Variables with their shapes, one on each line")
    asked: str = Phrase("What to differentiate by what")
    assume: str = Phrase("Conditions (may be empty)")
    method: str = Phrase("Method")
    usual: str = Phrase("as it suits")
    derive: str = Phrase("Derive")
    cancel: str = Phrase("Stop")
    loading: str = Phrase("Loading what is needed to derive; this takes a few seconds once.")
    working: str = Phrase("Each step is derived and checked.")
    done: str = Phrase("Done.")
    too_long: str = Phrase("This took longer than 20 seconds and was stopped. Try something smaller.")
    stopped: str = Phrase("Stopped.")
    bug: str = Phrase("This is a fault of derivgen and not of what you typed; nothing of it is shown.")
    copy_as: str = Phrase("Copy")
    copied: str = Phrase("Copied.")
    spec: str = Phrase("as a spec")
    answers: str = Phrase("answers")
    link: str = Phrase("link to this problem")
    checked: str = Phrase(
        "Each line was checked by numbers in your browser. "
        "The second engine, SymPy, which checks the pages of this site, does not run here."
    )
    own: str = Phrase("Check your own answer")
    own_answer: str = Phrase("Your answer to the first derivative")
    either: str = Phrase("in either layout")
    judge: str = Phrase("Check my answer")


@record
class Example:
    """A problem to begin with."""

    name: str
    functions: str
    variables: str
    asked: str


ENGLISH = PlaygroundWords()
METHODS = (
    ("differentials", Phrase("differentials")),
    ("chain", Phrase("chain rule")),
    ("components", Phrase("components")),
    ("indices", Phrase("indices")),
)


def render_playground(
    document: Document,
    examples: tuple[Example, ...],
    *,
    beside: Beside,
    notation: Notation = DEFAULT,
    templates: Path | None = None,
) -> str:
    """The page in HTML; the document has its title, its summary and what stands above the form."""
    language = document.language
    return render_own_page(
        "site/playground.html.j2",
        document,
        beside=beside,
        notation=notation,
        templates=templates,
        blocks=placed(document.blocks, words(language)),
        examples=examples,
        methods=[(name, in_language(label, language)) for name, label in METHODS],
        said=said_in(ENGLISH, language),
    )
