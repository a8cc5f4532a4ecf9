"""The way in: `derivgen` and `python -m derivgen`."""

from __future__ import annotations

import gc
import sys

from derivgen import __version__


def main() -> None:
    """Answer `--version` at once, and leave all else to the command line."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"derivgen {__version__}\n")
        return
    # What is imported stays: Python need not look through it for cycles.
    gc.disable()
    # Here and not above: the version has to come without the command line's library.
    from derivgen.cli import main as command_line
    from derivgen.expr.memory import unhurried

    unhurried()
    gc.enable()
    command_line()


if __name__ == "__main__":
    main()
