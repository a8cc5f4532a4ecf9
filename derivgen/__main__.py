"""The way in: `derivgen` and `python -m derivgen`."""

from __future__ import annotations

import gc
import os
import sys

from derivgen import __version__


def main() -> None:
    """Answer `--version` at once, and leave all else to the command line."""
    _open_closed()
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"derivgen {__version__}\n")
        return
    try:
        _command_line()
    except KeyboardInterrupt:  # while it was still being imported; what runs ends in its own way
        sys.exit(130)


def _command_line() -> None:
    # What is imported stays: Python need not look through it for cycles.
    gc.disable()
    # Here and not above: the version has to come without the command line's library.
    from derivgen.cli import main as command_line
    from derivgen.expr.memory import unhurried

    unhurried()
    gc.enable()
    command_line()


def _open_closed() -> None:
    """Let what is closed of standard input, output and errors lead nowhere, before a file of ours gets its number."""
    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    sys.stdin = sys.stdin or open(0, encoding="utf-8")  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8")  # noqa: SIM115


if __name__ == "__main__":
    main()
