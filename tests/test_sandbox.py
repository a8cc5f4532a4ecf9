"""A build reads specs, templates and the project, writes into its output, and speaks to nobody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Python itself tells of every file that is opened, every process and every connection.
WATCHED = """
import json, os, sys, tempfile
from pathlib import Path
from derivgen.project import keys
seen = []
# Pagefind, an extra, is a program of its own: it is started on copies of our own pages, in a folder of its own.
keys.search_engine = str
def watch(event, arguments):
    if event == "open":
        path, _, flags = arguments
        if isinstance(path, (str, bytes)):
            seen.append(["write" if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) else "read", os.fsdecode(path)])
    elif event.startswith(("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "urllib.", "ftplib.",
                           "http.", "smtplib.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.startfile",
                           "subprocess.Popen", "pickle.find_class")):
        seen.append([event, repr(arguments)[:200]])
from derivgen.cli import main
import derivgen.render.pdf.typst
sys.addaudithook(watch)
try:
    main(sys.argv[1:], standalone_mode=False)
except SystemExit:
    pass
print(json.dumps(seen))
"""

TRAPS = {
    "derivgen.yaml": "title: T\n",
    "secret.txt": "top secret",
    "specs/square.yaml": "variables: {s: scalar}\nfunctions: {f: s**2}\nderivatives: f wrt s\n",
    "specs/include.yaml": "title: !include ../secret.txt\npage: a\n",
    "specs/latex.yaml": "title: '\\input{../secret.txt}'\npage: '\\input{secret.txt} [a](../secret.txt)'\n",
    "specs/typst.yaml": "title: '#read(\"/secret.txt\")'\npage: '#include \"../secret.txt\"'\n",
    "specs/jinja.yaml": "title: '{% include \"secret.txt\" %}'\npage: '{{ open(\"secret.txt\").read() }} a'\n",
    "specs/python.yaml": "variables: {s: scalar}\nfunctions:\n  f: open(s).read()\nderivatives: f wrt s\n",
    "specs/slug.yaml": "slug: ../../escaped\npage: a\n",
    "specs/picture.yaml": "page: '![a](../secret.txt)'\n",
}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[str, str]]]:
    """The folder of a build of traps, and what was opened, started and called meanwhile."""
    folder = tmp_path_factory.mktemp("traps")
    for name, content in TRAPS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    command = [sys.executable, "-c", WATCHED, "build", "--pdf", "typst", "--jobs", "1", "--cross-check", "none"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return folder, [(event, what) for event, what in json.loads(done.stdout.splitlines()[-1])]


def inside(folder: Path, path: str) -> Path | None:
    """A path from the folder of the project, or None for one elsewhere."""
    whole = (folder / path).resolve()
    return whole.relative_to(folder.resolve()) if whole.is_relative_to(folder.resolve()) else None


def test_nothing_is_started_and_nobody_is_called(watched: tuple[Path, list[tuple[str, str]]]) -> None:
    assert [one for one in watched[1] if one[0] not in ("read", "write")] == []


def test_of_the_project_only_specs_and_what_is_the_projects_own_are_read(
    watched: tuple[Path, list[tuple[str, str]]],
) -> None:
    folder, events = watched
    read = {path for event, what in events if event == "read" and (path := inside(folder, what)) is not None}
    own = {path for path in read if path.parts[:1] != ("build",)}
    assert {path.as_posix() for path in own} <= {name for name in TRAPS if name != "secret.txt"}
    assert Path("specs/square.yaml") in own


def test_only_the_output_is_written(watched: tuple[Path, list[tuple[str, str]]]) -> None:
    folder, events = watched
    written = [what for event, what in events if event == "write" and what != os.devnull]
    assert written
    strangers = [what for what in written if (path := inside(folder, what)) is None or path.parts[:1] != ("build",)]
    assert strangers == []
    assert sorted(path.name for path in folder.iterdir()) == ["build", "derivgen.yaml", "secret.txt", "specs"]


def test_no_secret_is_on_any_page(watched: tuple[Path, list[tuple[str, str]]]) -> None:
    made = [path for path in (watched[0] / "build").rglob("*") if path.is_file()]
    assert made
    assert not [path for path in made if b"top secret" in path.read_bytes()]
