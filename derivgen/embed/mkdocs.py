"""MkDocs: fences become derivations, and the site gets the style and the font that they need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from derivgen.embed.pages import from_here
from derivgen.embed.python_markdown import DerivgenExtension, Place
from derivgen.project.site import assets_of_fragments
from derivgen.spec.project import load_project

LOG = get_plugin_logger("derivgen")
STYLE = "assets/derivgen.css"


class Options(Config):  # type: ignore[no-untyped-call]  # the base class has no types
    """What mkdocs.yml may say: nothing, since derivgen.yaml says it."""


class DerivgenPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # as above
    """The plugin."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Bring the extension of Python-Markdown and the style."""
        self.extension = DerivgenExtension()
        # An instance, which knows the page that is made; MkDocs hands it on as it is.
        extensions: list[Any] = config.markdown_extensions
        extensions.append(self.extension)
        config.extra_css.insert(0, STYLE)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Bring the style and the font."""
        templates = load_project(Path(config.docs_dir)).templates
        for name, data in assets_of_fragments(templates).items():
            files.append(File.generated(config, name, content=data))
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002  # as MkDocs calls it
        """Note which file the next text is of, and how many lines of it MkDocs has taken."""
        whole = page.file.content_string.replace("\r\n", "\n")
        above = whole[: max(whole.rfind(markdown), 0)].count("\n")
        path = page.file.abs_src_path  # None for a page that a plugin has made.
        self.extension.place = Place(from_here(path or page.file.src_uri), above, LOG.warning)
        return markdown
