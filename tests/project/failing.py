"""One build after another of which the machine refuses one call each: the first, the second, and so on.

    python -m tests.project.failing SPECS OUTPUT ERRNO EVERY

Opening a file for writing, fsync, renaming and making a folder are counted, wherever they are asked for. Each build is
a forked copy of a process that has built nothing yet. Prints a line of JSON for each: the number of the call, the exit
status, what was told, what is torn in the output, and whether a build after it makes all that an undisturbed one makes;
ends with the first build in which no call was refused.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.project.torn import everything, torn

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
COUNTED = frozenset({"os.rename", "os.mkdir"})
MOST = 2_000


class Machine:
    """Counts what it is asked for, and refuses the one of that number."""

    def __init__(self, refused: int, code: int) -> None:
        self.refused = refused
        self.code = code
        self.asked = 0
        self.is_watching = False

    def ask(self) -> None:
        """One more call; raises OSError for the one that is refused."""
        if self.is_watching:
            self.asked += 1
            if self.asked == self.refused:
                raise OSError(self.code, os.strerror(self.code))

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """What Python tells of itself before it calls the system."""
        if event in COUNTED or (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING):
            self.ask()


def _failing(function: Callable[..., Any], machine: Machine) -> Callable[..., Any]:
    def called(*arguments: Any, **named: Any) -> Any:
        machine.ask()
        return function(*arguments, **named)

    return called


def attempt(build: Callable[[], int], refused: int, code: int, told: Path) -> tuple[int, bool]:
    """The exit status of a build in a copy of this process, and whether the call was refused."""
    child = os.fork()
    if child == 0:
        output = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        machine = Machine(refused, code)
        os.fsync = _failing(os.fsync, machine)
        sys.addaudithook(machine.hook)
        machine.is_watching = True
        status = build()
        machine.is_watching = False
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status + (100 if machine.asked < refused else 0))
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status % 100, status < 100


def main() -> None:
    """Refuse one call after another until a build meets none."""
    specs, output, name, every = sys.argv[1:]
    from derivgen.cli import main as command_line  # the copies have read it already

    sys.argv = [
        "derivgen",
        "build",
        specs,
        "--output",
        output,
        "--jobs",
        "1",
        "--format",
        "html",
        "--cross-check",
        "none",
    ]

    def build() -> int:
        try:
            command_line()
        except SystemExit as ended:
            return int(ended.code or 0)
        return 0

    with tempfile.NamedTemporaryFile(suffix=".txt") as told:
        attempt(build, 0, 0, Path(told.name))
        whole = everything(Path(output))
        for refused in range(1, MOST, int(every)):
            shutil.rmtree(output)
            status, is_refused = attempt(build, refused, getattr(errno, name), Path(told.name))
            words = Path(told.name).read_text("utf-8", "replace")
            row = {"refused": refused, "met": is_refused, "status": status, "told": words, "torn": torn(Path(output))}
            attempt(build, 0, 0, Path(told.name))
            sys.stdout.write(json.dumps({**row, "mended": everything(Path(output)) == whole}) + "\n")
            if not is_refused:
                return
    raise SystemExit("a build makes more calls than that")


if __name__ == "__main__":
    main()
