"""The commands below `derivgen homework`."""

from __future__ import annotations

import click

from derivgen.console import COUNT, JOBS, PDF, PDF_HELP, SECOND_ENGINES, Choices, give

BANKS = (
    "moodle", "gift", "stack", "qti12", "qti21", "qti3", "cc", "text2qti", "prairielearn", "gradescope", "notebook",
)  # fmt: skip
REPEATS = "Let several students have one variant where there are too few."


@click.group()
def homework() -> None:
    """Exercise sheets with their answer keys and solutions."""


@homework.command("build")
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET ...")
@click.option("-o", "--output", default="build", show_default=True, help="The folder to build into.")
@click.option(
    "--format",
    "formats",
    type=Choices("html", "pdf", "tex", *BANKS, many=True),
    default="html,pdf,tex",
    show_default=True,
    help="What to make for each sheet; the others are question banks for learning platforms, and autograders.",
)
@click.option(
    "--pdf",
    type=PDF,
    default="auto",
    show_default=True,
    help=PDF_HELP,
)
@click.option("--roster", metavar="CSV", help="The class list: a sheet, and its solutions, for each student.")
@click.option("--allow-repeats", is_flag=True, help=REPEATS)
@click.option("--redraw", is_flag=True, help="Draw anew what variants.jsonl says that an earlier build has handed out.")
@click.option("--accessible", is_flag=True, help="With each student's PDF by LaTeX one that screen readers can walk.")
@click.option("--jobs", type=COUNT, help=JOBS)
@click.option("--cross-check", type=SECOND_ENGINES, default="sympy", show_default=True, help="The second engine.")
def homework_build(
    sheets: tuple[str, ...],
    output: str,
    formats: tuple[str, ...],
    pdf: str,
    roster: str | None,
    allow_repeats: bool,
    redraw: bool,
    accessible: bool,
    jobs: int | None,
    cross_check: str,
) -> int:
    """Make the students' sheet, the answer key and the solutions, in OUTPUT/homework.

    SHEET is a file that begins with the key `homework`, or a folder of such files.
    Nothing of it goes into the site.
    """
    from pathlib import Path

    from derivgen.project.homework import SheetOptions, built_sheets

    path = None if roster is None else Path(roster)
    options = SheetOptions(
        Path(output), formats, pdf, cross_check == "sympy", path, jobs, allow_repeats, redraw, accessible
    )
    return give(built_sheets(sheets, options))


@homework.command("check")
@click.argument("sheets", nargs=-1, required=True, metavar="SHEET ...")
@click.option("--roster", metavar="CSV", help="The class list: whether every student can have a variant of their own.")
@click.option("--allow-repeats", is_flag=True, help=REPEATS)
@click.option("--cross-check", type=SECOND_ENGINES, default="sympy", show_default=True, help="The second engine.")
def homework_check(sheets: tuple[str, ...], roster: str | None, allow_repeats: bool, cross_check: str) -> int:
    """Read, derive and verify sheets, and count their variants; write nothing."""
    from pathlib import Path

    from derivgen.project.drawn import checked_sheets
    from derivgen.project.homework import SheetOptions

    path = None if roster is None else Path(roster)
    options = SheetOptions(Path(), cross_check=cross_check == "sympy", roster=path, allow_repeats=allow_repeats)
    return give(checked_sheets(sheets, options))


@homework.command("show")
@click.argument("sheet")
@click.option("--code", default="", help="The code that is printed on the sheet, such as 7F3A-2K.")
@click.option("--student", default="", metavar="ID", help="Whose sheet to show; a number is that version.")
@click.option("--roster", metavar="CSV", help="The class list, if the sheet was never built.")
@click.option("-o", "--output", default="build", show_default=True, help="The folder that sheets were built into.")
@click.option("--allow-repeats", is_flag=True, help=REPEATS)
def homework_show(sheet: str, code: str, student: str, roster: str | None, output: str, allow_repeats: bool) -> int:
    """Show the questions and answers of one student or version, as text."""
    from pathlib import Path

    from derivgen.project.drawn import shown
    from derivgen.project.homework import SheetOptions

    path = None if roster is None else Path(roster)
    options = SheetOptions(Path(output), roster=path, allow_repeats=allow_repeats)
    return give(shown(Path(sheet), options, code=code, student=student))


@homework.command("stats")
@click.argument("sheet")
@click.option("--draws", type=COUNT, default=1000, show_default=True, help="How many draws of each exercise.")
def homework_stats(sheet: str, draws: int) -> int:
    """Draw many variants of each exercise: what is kept and rejected, repeats, shapes and lengths of answers."""
    from pathlib import Path

    from derivgen.project.drawn import statistics

    return give(statistics(Path(sheet), draws))
