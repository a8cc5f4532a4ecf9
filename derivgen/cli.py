"""The command line. Each command hands over at once; what it needs is imported inside it, so that starting is quick."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from derivgen import __version__
from derivgen.console import (
    COUNT,
    JOBS,
    PDF,
    PDF_HELP,
    SECOND_ENGINES,
    Choices,
    WithExpression,
    bug,
    give,
    give_as_data,
    machine,
    tell,
)
from derivgen.homeworkcommands import homework

INPUT, MISUSE, TOOL, MACHINE, BUG, INTERRUPTED = 1, 2, 3, 4, 5, 130
EXIT_STATUS = """\b
Exit status: 0 all well; 1 something in the input is wrong, the rest was done;
2 the command was misused; 3 a tool that was asked for is missing; 4 the machine
(disk full, no rights); 5 a bug of derivgen; 130 interrupted."""


class Program(click.Group):
    """The group of all commands; turns what goes wrong into words and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        from derivgen.errors import DerivgenError

        try:
            status = super().invoke(ctx)
            sys.stdout.flush()
        except (click.ClickException, click.exceptions.Exit):
            raise
        except (KeyboardInterrupt, click.Abort):
            status = INTERRUPTED
        except BrokenPipeError:
            # Whoever reads us has seen enough; the interpreter must not find a closed pipe when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = 0
        except DerivgenError as error:
            tell(str(fault) for fault in error.faults)
            status = INPUT
        except OSError as error:
            tell([machine(error)])
            status = MACHINE
        except Exception:
            import traceback

            tell([bug(traceback.format_exc())])
            status = BUG
        ctx.exit(status or 0)


LAYOUTS = Choices("numerator", "denominator", "both")
METHODS = Choices("differentials", "chain", "components", "indices")
DETAILS = Choices("brief", "standard", "detailed")
FORMATS = Choices("text", "json", "latex", "markdown", "speech", "numpy", "jax", "torch", "sympy", "fragment")
FOR_PROGRAMS = "How to tell what is wrong; json is one object a line on standard output."


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_STATUS,
)
@click.version_option(__version__, message="derivgen %(version)s")
def main() -> None:
    """Worked derivations of gradients, Jacobians and Hessians, every step checked, in both layouts.

    You write a function and what to differentiate it by in a YAML file of five lines, a spec; derivgen
    makes a page of it. To try it without a file:

    \b
    derivgen derive "x.T @ A @ x" --wrt x --var "x: vector(n)" --var "A: matrix(n, n)"

    To make a site of all specs in the folder specs/: derivgen build. The first page is then
    build/site/index.html.
    """  # noqa: D301  # click's sign for lines that stay as they are


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH ...]")
@click.option("-o", "--output", default="build", show_default=True, help="The folder to build into.")
@click.option(
    "--format",
    "formats",
    type=Choices("html", "pdf", "tex", "json", "fragment", many=True),
    default="html,pdf,tex",
    show_default=True,
    help="What to make for each spec.",
)
@click.option(
    "--pdf",
    type=PDF,
    default="auto",
    show_default=True,
    help=PDF_HELP,
)
@click.option("--jobs", type=COUNT, help=JOBS)
@click.option(
    "--scheduler", default="", metavar="ADDRESS", help="A Dask cluster that makes the pages: tcp://HOST:8786."
)
@click.option("--cross-check", type=SECOND_ENGINES, default="sympy", show_default=True, help="The second engine.")
@click.option("--messages", type=Choices("text", "json"), default="text", show_default=True, help=FOR_PROGRAMS)
def build(
    paths: tuple[str, ...],
    output: str,
    formats: tuple[str, ...],
    pdf: str,
    jobs: int | None,
    scheduler: str,
    cross_check: str,
    messages: str,
) -> int:
    """Make a site from specs: pages, PDFs, LaTeX files.

    PATH is a spec or a folder of specs; without one it is specs/. The first page is OUTPUT/site/index.html.
    """
    from pathlib import Path

    from derivgen.project.build import BuildOptions, built

    told = built(paths, BuildOptions(Path(output), formats, pdf, jobs, cross_check == "sympy", scheduler))
    return give_as_data(told) if messages == "json" else give(told)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH ...")
@click.option("--jobs", type=COUNT, help=JOBS)
@click.option("--cross-check", type=SECOND_ENGINES, default="sympy", show_default=True, help="The second engine.")
@click.option("--format", "form", type=Choices("text", "json"), default="text", show_default=True, help=FOR_PROGRAMS)
def check(paths: tuple[str, ...], jobs: int | None, cross_check: str, form: str) -> int:
    """Read, derive, verify and cross-check specs; write nothing."""
    from derivgen.project.check import checked

    told = checked(paths, jobs, cross_check=cross_check == "sympy")
    return give_as_data(told) if form == "json" else give(told)


@main.command(cls=WithExpression)
@click.argument("specs", nargs=-1, required=True, metavar="SPEC ...")
@click.option("--format", "form", type=FORMATS, default="text", show_default=True, help="How to print it.")
@click.option("--layout", type=LAYOUTS, help="Instead of the spec's own layout.")
@click.option("--method", type=METHODS, help="Instead of the spec's own method.")
@click.option("--detail", type=DETAILS, help="How much of each derivation to show.")
@click.option("--answer-only", is_flag=True, help="The answers without the steps.")
@click.option(
    "--level", type=click.IntRange(1, 6), default=2, show_default=True, help="The first heading of a fragment of HTML."
)
@click.option("--wrt", help="The variable; then SPEC is an expression and not a file.")
@click.option(
    "--var", "variables", multiple=True, metavar="'NAME: SHAPE'", help="Declares a variable of the expression."
)
def derive(
    specs: tuple[str, ...],
    form: Any,
    layout: Any,
    method: Any,
    detail: Any,
    answer_only: bool,
    level: int,
    wrt: str | None,
    variables: tuple[str, ...],
) -> int:
    """Print derivations in the terminal.

    SPEC is a spec, a folder of specs, - for standard input, or with --wrt an expression.

    \b
    derivgen derive specs/quadratic.yaml
    derivgen derive "x.T @ A @ x" --wrt x --var "x: vector(n)" --var "A: matrix(n, n)"
    """  # noqa: D301  # the backslash is click's mark for lines that stay as they are
    from derivgen.project.derive import Choice, derived, derived_expression

    choice = Choice(form, layout, method, detail, answer_only, level)
    if wrt is None:
        if variables:
            raise click.UsageError("--var declares a variable of an expression; --wrt says what to differentiate by.")
        return give(derived(specs, choice))
    if len(specs) > 1:
        raise click.UsageError("With --wrt there is one expression; put it in quotes.")
    return give(derived_expression(specs[0], wrt, variables, choice))


@main.command()
@click.argument("spec", required=False)
@click.option("--of", help="Which derivative, as in 'f wrt x'; needed where the spec has several.")
@click.option("--layout", type=LAYOUTS, help="Instead of the spec's own layout.")
@click.option("--answer", help="The answer, an expression in the spec's names.")
@click.option("--answer-file", help="The file that holds the answer.")
@click.option("--derivation", help="The file that holds a derivation, one line a step.")
@click.option(
    "--cases",
    help="A file of answers with their problems, or -, one JSON object a line, instead of SPEC.",
)
@click.option("--key", help="The key.json of a homework, instead of SPEC.")
@click.option("--answers", help="A table in CSV of what a class has handed in; with --key.")
@click.option("--submission", help="A folder or file of what one student hands in; with --key.")
@click.option("--code", default="", help="The code of the sheet that is handed in; with --submission.")
@click.option("-o", "--output", help="The folder to write to.  [default: that of the key]")
@click.option("--tolerant", is_flag=True, help="Read 2x, x^2, A^T and the like, and show how.")
@click.option(
    "--format",
    "form",
    type=Choices("text", "json", "gradescope"),
    help="How to print verdicts.  [default: text, with --cases json]",
)
def grade(spec: str | None, form: Any, **options: Any) -> int:
    """Tell whether answers are right: to a derivative of a spec, or to the questions of a homework.

    \b
    derivgen grade specs/quadratic.yaml --answer "2*A @ x"
    derivgen grade --key build/homework/sheet/key.json --answers answers.csv
    derivgen grade --key build/homework/sheet/key.json --submission FOLDER --format gradescope
    derivgen grade --cases answers.jsonl --format json

    The exit status is 0 if the answer is correct; with --cases and --answers if every line was judged.
    """  # noqa: D301  # the backslash is click's mark for lines that stay as they are
    from derivgen.project.graded import graded_by

    told = graded_by(spec, form, options)
    if isinstance(told, str):
        raise click.UsageError(told)
    return give(told)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH ...]")
@click.option("--port", type=click.IntRange(1024, 65000), default=8000, show_default=True, help="Where to listen.")
@click.option(
    "-o", "--output", default="build/preview", show_default=True, help="The folder to build into, not that of `build`."
)
@click.option("--pdf", is_flag=True, help="Make PDFs and LaTeX files too, which takes longer after each save.")
@click.option("--jobs", type=COUNT, help=JOBS)
def serve(paths: tuple[str, ...], port: int, output: str, pdf: bool, jobs: int | None) -> int:
    """Show the site in a browser while you write; pages follow each save.

    PATH is a spec or a folder of specs; without one it is specs/. A fault is shown on the page, with its place, until
    it is mended. Only this machine is served. Ctrl-C ends it.
    """
    from pathlib import Path

    from derivgen.project.build import BuildOptions
    from derivgen.project.serve import ServeOptions, served

    formats = ("html", "pdf", "tex") if pdf else ("html",)
    options = BuildOptions(Path(output), formats, "auto" if pdf else "none", jobs, search=False)
    return give(served(paths, ServeOptions(options, port)))


@main.command()
@click.argument("name")
def new(name: str) -> int:
    """Make a folder with a course to begin with: specs, a homework sheet, pages, and the files that publish it.

    \b
    derivgen new demo
    cd demo
    derivgen build
    """  # noqa: D301  # the backslash is click's mark for lines that stay as they are
    from pathlib import Path

    from derivgen.project.scaffold import created

    return give(created(Path(name)))


@main.command()
def playground() -> int:
    """Compile derivgen for the page on which readers derive, so that it is ready sooner.

    Once after `npm install pyodide`, and again after an update of either; it needs Node.js. Builds take the result, and
    run nothing of it.
    """
    from pathlib import Path

    from derivgen.project.compiling import compiled

    return give(compiled(Path()))


@main.command()
@click.option("--dry-run", is_flag=True, help="Only list what would be published.")
@click.option("--remote", default="origin", show_default=True, help="The remote of git to push to.")
@click.option(
    "--branch", default="gh-pages", show_default=True, help="The branch that holds the site and nothing else."
)
@click.option("-o", "--output", default="build", show_default=True, help="The folder that was built into.")
def publish(dry_run: bool, remote: str, branch: str, output: str) -> int:
    """Push the built site to a branch for the web.

    The branch is one that a web server shows, such as that of GitHub Pages. Only OUTPUT/site is
    published, and only if the last build was clean and nothing has changed since.
    """
    from pathlib import Path

    from derivgen.project.publish import PublishOptions, published

    return give(published(PublishOptions(Path(output), remote, branch, dry_run)))


@main.command()
def schema() -> int:
    """Print the JSON Schema of specs, for editors.

    An editor that knows it completes keys and marks slips while you type.
    """
    from derivgen.spec.schema import spec_schema

    click.echo(spec_schema())
    return 0


@main.command()
@click.argument("rule", required=False, metavar="[ID]")
def rules(rule: str | None) -> int:
    """List the rules, or tell all about one."""
    from derivgen.project.rules import catalogue, one_rule

    return give(catalogue() if rule is None else one_rule(rule))


main.add_command(homework)
