"""How long sheets for a class take: by LaTeX, by Typst, and as pages for the screen alone.

    python benchmarks/sheets.py [--students 2000] [--sheet specs/homework/matrices.yaml] [--ways latex typst none]

Each way makes for every student a sheet and solutions, all sheets in one PDF, the key and the instructor's copy.
Students share variants where an exercise has fewer than there are students. Times are those of the whole command.
The floor is pdfTeX alone on the bodies of all sheets that the LaTeX build has made, in one run of one process.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from derivgen.render.pdf.bucket import Source, dumped, inflated, preamble_of, set_whole

SAMPLE = 100
ADOPT = 36  # PR_SET_CHILD_SUBREAPER of <linux/prctl.h>


def tell(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201  # a benchmark prints


def adopt() -> None:
    """On Linux take in the processes whose parent ends, so that the time of workers is counted, too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(ADOPT, 1, 0, 0, 0)


def reap() -> None:
    """Wait for all that the command has started."""
    with suppress(ChildProcessError):
        while True:
            os.wait()


def class_list(folder: Path, count: int) -> Path:
    """A class list of so many students."""
    path = folder / "class.csv"
    rows = "".join(f"s{number:05},Student {number}\n" for number in range(count))
    path.write_text(f"id,name\n{rows}", encoding="utf-8")
    return path


def built(sheet: Path, roster: Path, output: Path, way: str) -> None:
    """Build by one way, and tell how long it took."""
    command = [sys.executable, "-m", "derivgen", "homework", "build", str(sheet), "--roster", str(roster)]
    formats = ["--format", "html" if way == "none" else "html,pdf", "--pdf", way, "--allow-repeats", "-o", str(output)]
    before, began = os.times(), time.perf_counter()
    made = subprocess.run([*command, *formats], capture_output=True, text=True, check=False)  # noqa: S603  # ours
    took = time.perf_counter() - began
    reap()
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    size = sum(path.stat().st_size for path in output.rglob("*") if path.is_file()) / 2**20
    last = made.stderr.strip().splitlines()[-1]
    tell(f"{way:6} {took:8.1f} s, {spent:8.1f} s of the processor, {size:6.0f} MB   status {made.returncode}: {last}")


def floor(folder: Path, count: int) -> None:
    """TeX alone on some of the sheets."""
    engine = shutil.which("pdflatex")
    sheets = sorted(folder.rglob("students/*.tex"))[:SAMPLE]
    if engine is None or not sheets:
        return
    texts = [path.read_text(encoding="utf-8") for path in sheets]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "preamble.fmt"
        path.write_bytes(inflated(dumped(preamble_of(texts[0]), engine)))
        began = time.perf_counter()
        set_whole([Source(text, "Sheet", "en") for text in texts], engine, path)
        took = (time.perf_counter() - began) * count / len(texts)
    tell(f"pdfTeX alone on {count} sheets, one process, without solutions: {took:.1f} s")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=2000)
    parser.add_argument("--sheet", type=Path, default=Path("specs/homework/matrices.yaml"))
    parser.add_argument("--ways", nargs="+", default=["latex", "typst", "none"])
    arguments = parser.parse_args()
    adopt()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        roster = class_list(folder, arguments.students)
        for way in arguments.ways:
            built(arguments.sheet, roster, folder / way, way)
        few = class_list(folder, SAMPLE)
        command = [sys.executable, "-m", "derivgen", "homework", "build", str(arguments.sheet), "--roster", str(few)]
        more = ["--format", "tex", "--pdf", "none", "--allow-repeats", "-o", str(folder / "tex")]
        subprocess.run([*command, *more], capture_output=True, check=False)  # noqa: S603  # ours
        floor(folder / "tex", arguments.students)


if __name__ == "__main__":
    main()
