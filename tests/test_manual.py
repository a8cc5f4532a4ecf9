"""The manual says the truth: its specs are derived and its commands are run, each page in a folder of its own."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

MANUAL = Path(__file__).parents[1] / "docs" / "manual"
# The page on grading is tested beside the grader, with the files that its commands read.
PAGES = [page for page in sorted(MANUAL.glob("*.md")) if page.stem != "grading"]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# (\S+\.yaml)")


def blocks(page: Path, *languages: str) -> list[tuple[str, str]]:
    return [found for found in FENCE.findall(page.read_text(encoding="utf-8")) if found[0] in languages]


def run(command: str, folder: Path) -> str:
    """What the command says, on both ways out."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S602
        command,
        shell=True,  # the commands of our own manual, as a reader would type them
        cwd=folder,
        env={**os.environ, "PATH": path, "GIT_CONFIG_GLOBAL": os.devnull},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout


def commands(console: str) -> list[tuple[str, str]]:
    """Each command of a console block with what it should say."""
    parts = re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


def pattern(said: str) -> str:
    """A line of three dots stands for any lines, and how many files a site has is no promise."""
    parts = (re.escape(part) for part in re.split(r"^\.\.\.\n", said, flags=re.MULTILINE))
    return re.sub(r"\d+\\ files", r"\\d+\\ files", r"(?:.*\n)*?".join(parts))


def repository(folder: Path) -> None:
    """What a reader has who wants to publish."""
    run("git init -q --bare ../remote.git && git init -q . && git remote add origin ../remote.git", folder)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_manual_shows_what_its_commands_say(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    (folder / "notes").mkdir(parents=True)
    if page.stem == "site-and-publishing":
        repository(folder)
    for language, text in blocks(page, "yaml", "md", "console"):
        if language == "console":
            for command, said in commands(text):
                assert re.fullmatch(pattern(said), run(command, folder).rstrip() + "\n"), command
        else:
            named = NAMED.match(text)
            file = folder / (named[1] if named else "notes/index.md")
            file.parent.mkdir(exist_ok=True, parents=True)
            file.write_text(text, encoding="utf-8")
            if language == "yaml" and "slip" not in text and file.parent.name == "specs":
                told = run(f"derivgen check {file.relative_to(folder)}", folder)
                assert told == "1 of 1 specs are well\n"


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=lambda page: page.stem)
def test_the_manual_shows_what_python_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _, text in blocks(page, "yaml"):
        named = NAMED.match(text)
        file = tmp_path / (named[1] if named else "spec.yaml")
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    # A blank line ends what an example prints; the end of a block does too.
    session = "\n".join(text for _, text in blocks(page, "python"))
    examples = doctest.DocTestParser().get_doctest(session, {}, page.stem, str(page), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    told: list[str] = []
    runner.run(examples, out=told.append)
    assert examples.examples
    assert not told, "".join(told)


def test_every_spec_of_the_manual_names_its_file() -> None:
    assert all(NAMED.match(text) for page in PAGES for _, text in blocks(page, "yaml"))
    assert sum(len(commands(text)) for page in PAGES for _, text in blocks(page, "console")) >= 8
