"""Jinja2 environments: one for each kind of template, each of which escapes whatever is not marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

PACKAGED = Path(__file__).resolve().parent.parent / "templates"
CHECKOUT = PACKAGED.parent.parent / "templates"


def templates_dir() -> Path:
    """The templates of this installation: those of the package, or of the checkout it runs from."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


def html_environment(users: Path | None) -> Environment:
    """Templates of HTML: what is not Markup is escaped."""
    return Environment(
        loader=_loader(users), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


def plain_environment(users: Path | None, escape: Callable[[str], str], marked: type[str]) -> Environment:
    """Templates of LaTeX or Typst: what is not of the type `marked` goes through `escape`.

    The delimiters are <% %>, << >> and <# #>, since braces are syntax in both.
    """

    def finalize(value: object) -> str:
        return str(value) if isinstance(value, int | marked) else escape(str(value))

    return Environment(
        loader=_loader(users),
        undefined=StrictUndefined,
        finalize=finalize,
        autoescape=False,  # noqa: S701  # finalize escapes, by the rules of the format instead of HTML's
        trim_blocks=True,
        lstrip_blocks=True,
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
    )


def _loader(users: Path | None) -> FileSystemLoader:
    # A checkout's own templates are the packaged ones, never a user's override.
    own = [] if users is None or users.resolve() == CHECKOUT else [users]
    return FileSystemLoader([*own, templates_dir()])
