"""What the command line reads and says: words of a choice, messages for people, faults as data."""

from __future__ import annotations

import errno
import re
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from derivgen import __version__

if TYPE_CHECKING:
    from derivgen.project.told import Told

# How far a build is, as it tells it, and the cells of the bar that shows it.
HOW_FAR = re.compile(r"\b(?P<done>\d+) of (?P<all>\d+)\b")
CELLS = 20


class Choices(click.ParamType[Any]):
    """One of some words, or several between commas; a slip is told with the nearest one."""

    name = "choice"

    def __init__(self, *known: str, many: bool = False) -> None:
        self.known = known
        self.many = many

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002  # click's signature
        """How --help shows the value."""
        return ",".join(self.known) if self.many else "|".join(self.known)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The word, or the tuple of words in the order of the known ones."""
        typed = tuple(part.strip() for part in str(value).split(",")) if self.many else (str(value),)
        for word in typed:
            if word not in self.known:
                self.fail(self.unknown(word), param, ctx)
        return tuple(word for word in self.known if word in typed) if self.many else typed[0]

    def unknown(self, word: str) -> str:
        """The sentence for a word that is none of ours."""
        from difflib import get_close_matches

        near = get_close_matches(word, self.known, n=1)
        listed = ", ".join(self.known)
        return f"{word!r} is not one of {listed}." + (f" Did you mean {near[0]!r}?" if near else "")


class WithExpression(click.Command):
    """A command whose options are long ones, so that with --wrt what begins with one minus is the expression."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments with the expression behind all options."""
        valued = {name for one in self.params if not getattr(one, "is_flag", False) for name in one.opts}
        options, expressions = list[str](), list[str]()
        end = args.index("--") if "--" in args else len(args)
        for before, word in zip(["", *args], args[:end], strict=False):
            is_expression = word[:1] == "-" != word and word[:2] != "--" and word not in ctx.help_option_names
            (expressions if is_expression and before not in valued else options).append(word)
        if not expressions or not any(word.partition("=")[0] == "--wrt" for word in options):
            return super().parse_args(ctx, args)
        return super().parse_args(ctx, [*options, "--", *expressions, *args[end + 1 :]])


# Options that several commands have.
COUNT, JOBS = click.IntRange(min=1), "How many processes work at once.  [default: one a processor]"
SECOND_ENGINES = Choices("sympy", "none")
PDF = Choices("auto", "latex", "typst", "none")
PDF_HELP = "What sets the PDFs; auto is LaTeX where it is found, else the embedded Typst."


def tell(messages: Iterable[str]) -> None:
    """Write messages for people to standard error, a blank line between two of several lines."""
    for message in messages:
        gap = "\n" if "\n" in message else ""
        click.echo(visible(message) + gap, err=True)


def visible(message: str) -> str:
    """The message without what would steer a terminal: such characters are shown by their code."""
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\x{ord(c):02x}" for c in message)


def machine(error: OSError) -> str:
    """One line on what the machine refused, and how to mend it where that is known."""
    what = error.strerror or str(error)
    place = f": {error.filename}" if error.filename else ""
    remedy = f"; {REMEDIES[error.errno]}" if error.errno in REMEDIES else ""
    return f"derivgen: the machine refused: {what}{place}{remedy}"


_RIGHTS = "check its rights, or name another folder"
REMEDIES = {
    errno.ENOSPC: "free some room and run it again: what is finished is kept",
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.ENOENT: "name a folder that can be made there",
    errno.ENOTDIR: "a file stands where a folder is to be; name another folder",
    errno.EEXIST: "a file stands where a folder is to be; name another folder",
}


def bug(trace: str) -> str:
    """The words for a fault of our own."""
    return (
        f"{trace.rstrip()}\n"
        f"derivgen {__version__}: this is a bug of derivgen, not of your spec; please report it with the lines above."
    )


def give_as_data(told: Iterable[Told]) -> int:
    """Write each fault to standard output as an object of JSON, one a line; what is no fault goes to standard error."""
    from derivgen.project.told import InWords
    from derivgen.render.json import fault_line

    worst = 0
    for one in told:
        for message in one.messages:
            if isinstance(message, InWords):
                click.echo(fault_line(message.fault))
            elif one.status:
                tell([message])
        worst = max(worst, one.status)
    return worst


def give(told: Iterable[Told]) -> int:
    """Write results to standard output and messages to standard error as they come; the worst status counts."""
    worst = 0
    on_terminal = sys.stderr.isatty()
    for one in told:
        if one.result:
            click.echo(one.result, nl=not one.result.endswith("\n"))
        if one.messages and on_terminal:
            click.echo("\r\033[K", nl=False, err=True)
        tell(one.messages)
        if one.progress:
            # On a terminal one line that changes, elsewhere a line for each page.
            line = visible(one.progress)
            click.echo(f"\r\033[K{bar(line)}" if on_terminal else line, nl=not on_terminal, err=True)
        worst = max(worst, one.status)
    return worst


def bar(progress: str) -> str:
    """How far something is, with a bar in front where it tells that by numbers; one line of the terminal at most."""
    found = HOW_FAR.search(progress)
    drawn = ""
    if found is not None:
        done = CELLS * int(found["done"]) // max(int(found["all"]), 1)
        drawn = f"[{'#' * done}{'-' * (CELLS - done)}] "
    return f"{drawn}{progress}"[: shutil.get_terminal_size().columns - 1]
