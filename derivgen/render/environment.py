"""Jinja2 environments: one for each kind of template, each of which escapes whatever is not marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from derivgen.render.compiled import Compiled
from derivgen.render.fonts import faces_of
from derivgen.render.packaged import CHECKOUT, templates_dir

# By this name a user's template reaches the one that it stands before: "packaged/worked/style.tex.j2".
OURS = "packaged"


def html_environment(users: Path | None) -> Environment:
    """Templates of HTML: what is not Markup is escaped."""
    environment = Environment(
        loader=_loader(users),
        bytecode_cache=Compiled("html"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["faces_of"] = faces_of
    return environment


def plain_environment(users: Path | None, escape: Callable[[str], str], marked: type[str]) -> Environment:
    """Templates of LaTeX or Typst: what is not of the type `marked` goes through `escape`.

    The delimiters are <% %>, << >> and <# #>, since braces are syntax in both.
    """

    def finalize(value: object) -> str:
        return str(value) if isinstance(value, int | float | marked) else escape(str(value))

    return Environment(
        loader=_loader(users),
        bytecode_cache=Compiled("plain"),
        undefined=StrictUndefined,
        finalize=finalize,
        keep_trailing_newline=True,  # what is included ends its line
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


def macro(environment: Environment, template: str, name: str) -> Callable[..., str]:
    """The macro called `name` of a template; where a user's template of that name lacks it, the packaged one."""
    for each in (template, f"{OURS}/{template}"):
        found = getattr(environment.get_template(each).module, name, None)
        if found is not None:
            made: Callable[..., str] = found
            return made
    raise LookupError(f"{template} has no macro {name}")


def _loader(users: Path | None) -> ChoiceLoader:
    # A checkout's own templates are the packaged ones, never a user's override.
    own = [] if users is None or users.resolve() == CHECKOUT else [users]
    packaged = FileSystemLoader(templates_dir())
    return ChoiceLoader([FileSystemLoader(own), packaged, PrefixLoader({OURS: packaged})])
