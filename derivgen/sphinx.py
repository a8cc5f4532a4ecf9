"""Sphinx: the directive `derivgen`, in reStructuredText and in MyST, with a spec in it or the file of one.

Pages get the fragment of HTML with its style and font; other builders get paragraphs, tables and formulas in LaTeX.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StateMachine
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from derivgen import __version__
from derivgen.embed.nodes import document_nodes
from derivgen.embed.pages import HostPage, from_here, level_of, title_of_faults
from derivgen.errors import DerivgenError
from derivgen.project.embedding import Embedded, Fence
from derivgen.project.keys import program
from derivgen.project.site import assets_of_fragments
from derivgen.project.told import InWords
from derivgen.spec.places import PROJECT_FILE, project_root
from derivgen.spec.project import load_project

LOG = logging.getLogger(__name__)
FOLDER = "derivgen"


class derivation(nodes.General, nodes.Element):  # noqa: N801  # nodes of docutils have such names
    """A derivation until the builder is known: its HTML, and the nodes for other builders.

    They are no children, or Sphinx would load what sets formulas, which the HTML needs not.
    """


class Derivgen(SphinxDirective):
    """The directive."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"file": directives.path, "level": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """The derivation, after an admonition where something is wrong."""
        fence = self._fence()
        taken: set[str] = self.env.temp_data.setdefault("derivgen", set())  # type: ignore[assignment]  # of any kind
        page = HostPage(_tell, taken)
        try:
            level = level_of(fence, self.options, below=self._level())
            made = page.derivation(fence, self.options)
        except DerivgenError as error:
            made, level = Embedded("", tuple(map(InWords, error.faults))), 0
        self._depend(fence)
        for message in made.messages:
            _tell(message)
        return [*_admonition(made), *_derivation(made, level)]

    def _fence(self) -> Fence:
        source = self.content.source(0) if self.content else self.get_source_info()[0]
        file = from_here(str(source or self.env.doc2path(self.env.docname)))
        return Fence("\n".join(self.content), file, self._first_line(), self._indent())

    def _first_line(self) -> int:
        """The line of the first line of the spec: docutils counts the lines of a file, MyST those of a fence."""
        if isinstance(self.state_machine, StateMachine) and self.content:
            return int(self.content.offset(0)) + 1
        return self.lineno + self.content_offset + 1

    def _indent(self) -> int:
        """How far the spec is indented, as far as docutils tells."""
        first = next((line for line in self.content if line.strip()), "")
        lines = self.block_text.splitlines()[1:]
        found = next((line for line in lines if line.strip() == first.strip() != ""), "")
        return max(len(found) - len(found.lstrip()) - (len(first) - len(first.lstrip())), 0)

    def _level(self) -> int:
        """How deep the section is in which the directive stands."""
        node: nodes.Node | None = self.state_machine.node
        count = 0
        while node is not None:
            count += isinstance(node, nodes.section)
            node = node.parent
        return count

    def _depend(self, fence: Fence) -> None:
        """Have the page made again when a file changes that it was made of."""
        root = project_root(Path(fence.file))
        files = [Path(fence.file).parent / self.options["file"]] if "file" in self.options else []
        for path in (*files, *([root / PROJECT_FILE] if root else [])):
            self.env.note_dependency(str(path.resolve()))


def _tell(message: str) -> None:
    """Warn in Sphinx's own form, with the place in front of it."""
    fault = message.fault if isinstance(message, InWords) else None
    if fault is None or fault.span is None:
        LOG.warning("%s", message, type="derivgen")
        return
    place = f"{fault.span.file}:{fault.span.line}"
    told = message.removeprefix(f"{place}:{fault.span.column}: ")
    LOG.warning("%s", told, location=place, type="derivgen")


def _admonition(made: Embedded) -> Iterator[nodes.Node]:
    if made.messages:
        told = (nodes.literal_block(message, message, language="none") for message in made.messages)
        yield nodes.admonition("", nodes.title("", title_of_faults(made)), *told, classes=["error"])


def _derivation(made: Embedded, level: int) -> Iterator[nodes.Node]:
    if made.document is not None:
        parts = document_nodes(made.document, made.notation, is_titled=made.is_titled)
        yield derivation("", html=made.html(level), parts=parts)


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:  # noqa: ARG001  # as Sphinx calls it
    """Put what the builder can show in the place of each derivation."""
    for node in list(doctree.findall(derivation)):
        if _makes_pages(app):
            node.replace_self(nodes.raw("", node["html"], format="html", derivgen=True))
        else:
            node.replace_self([part.deepcopy() for part in node["parts"]])


def _makes_pages(app: Sphinx) -> bool:
    # The pages of an e-book are XML, and few of its readers know MathML.
    return app.builder.format == "html" and app.builder.name != "epub"


def _link_style(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:  # noqa: ARG001  # as Sphinx calls it
    """Link the style on pages that have a derivation."""
    if doctree is not None and any(node.get("derivgen") for node in doctree.findall(nodes.raw)):
        app.add_css_file(f"{FOLDER}/derivgen.css")


def _copy_assets(app: Sphinx) -> None:
    """Put the style and the font beside what the theme has."""
    if _makes_pages(app):
        for name, data in assets_of_fragments(load_project(Path(app.srcdir)).templates).items():
            path = Path(app.outdir) / "_static" / FOLDER / name.removeprefix("assets/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_node(derivation)
    app.add_directive("derivgen", Derivgen)
    # Pages that another version or another style has made are made again.
    app.add_config_value("derivgen_program", program(), "env", str)
    app.connect("builder-inited", _copy_assets)
    app.connect("doctree-resolved", _resolve)
    app.connect("html-page-context", _link_style)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
