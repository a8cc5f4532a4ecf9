"""How long builds of many specs take, clean and after changes, beside LaTeX itself; and how much memory.

    python benchmarks/builds.py [--specs 500] [--gallery specs] [--jobs N] [--pdf auto] [--memory 1000 2000]

The specs are those of the gallery again and again, without their texts: each variable gets another name and the last
function another factor. Times of derivgen are those of its command from start to end. Of LaTeX each way sets the
same documents, some of those that derivgen has just made, and the floor is one run over their bodies by a preamble
that was read before. With --memory derivgen builds so many specs, and the greatest resident memory of all its
processes is told: with what they share counted once, and counted for each.
"""

from __future__ import annotations

import argparse
import compileall
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

import derivgen
from derivgen.render.pdf.bucket import Source, dumped, inflated, preamble_of, set_together

KEPT = ("variables", "functions", "derivatives", "assume", "layout", "methods", "detail", "view")
NAME = re.compile(r"(?<![\w.])([A-Za-z_]\w*)(?![\w(])")
SAMPLE = 24


def generated(gallery: Path, folder: Path, count: int) -> None:
    """Write so many specs into a folder."""
    originals = [spec for path in sorted(gallery.rglob("*.yaml")) if (spec := _original(path)) is not None]
    folder.mkdir(parents=True)
    for number in range(count):
        spec = _varied(originals[number % len(originals)], number // len(originals) + 2)
        spec["title"] = f"Sheet {number}"
        text = yaml.safe_dump(spec, sort_keys=False, allow_unicode=True, width=1000)
        (folder / f"s{number:04}.yaml").write_text(text, encoding="utf-8")


def _original(path: Path) -> dict[str, Any] | None:
    """What a spec of the gallery derives; every word stays as it is typed."""
    found = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  # it makes nothing but text
    if not isinstance(found, dict) or "functions" not in found or not isinstance(found.get("derivatives"), list):
        return None
    spec = {key: found[key] for key in KEPT if key in found}
    # A stack that is not quoted is a list in YAML, and an expression to derivgen.
    spec["functions"] = {name: _as_typed(value) for name, value in spec["functions"].items()}
    return spec


def _as_typed(value: Any) -> str:
    return f"[{', '.join(map(_as_typed, value))}]" if isinstance(value, list) else str(value)


def _varied(spec: dict[str, Any], turn: int) -> dict[str, Any]:
    sizes = {name for shape in spec["variables"].values() for name in NAME.findall(str(shape))}
    names = {name: f"{name}_{turn}" for name in spec["variables"] if name not in sizes and "_" not in name}
    varied: dict[str, Any] = _renamed(spec, names)
    last = list(varied["functions"])[-1]
    if " of " not in varied["functions"][last]:
        varied["functions"][last] = f"{turn}*({varied['functions'][last]})"
    return varied


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {names.get(key, key): _renamed(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, names) for one in value]
    return NAME.sub(lambda hit: names.get(hit[1], hit[1]), str(value))


def built(specs: Path, output: Path, more: Sequence[str]) -> tuple[float, int, str]:
    """Seconds, exit status and last line of a build."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "derivgen", "build", str(specs), "-o", str(output), *more]
    made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own command
    lines = made.stderr.strip().splitlines()
    return time.perf_counter() - began, made.returncode, lines[-1] if lines else ""


def change_one(specs: Path) -> None:
    """Change the function of one spec."""
    path = sorted(specs.iterdir())[len(list(specs.iterdir())) // 2]
    path.write_text(re.sub(r"\b(\d+)\*\(", "17*(", path.read_text(encoding="utf-8"), count=1), encoding="utf-8")


def seconds(command: Sequence[str], folder: Path) -> float:
    """Seconds of the processor that a command takes."""
    before = os.times()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # TeX, on files of ours
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def by_latex(site: Path, engine: str) -> Iterator[tuple[str, float]]:
    """Milliseconds of the processor that each way takes for a document."""
    documents = [path.read_text(encoding="utf-8") for path in sorted(site.glob("*.tex"))]
    shared = preamble_of(documents[0])
    sample = [tex for tex in documents if preamble_of(tex) == shared][:SAMPLE]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, tex in enumerate(sample):
            (folder / f"{number}.tex").write_text(tex, encoding="utf-8")
        quiet = ["-interaction=batchmode"]
        plain = sum(seconds([engine, *quiet, f"{number}.tex"], folder) for number in range(len(sample)))
        yield "pdflatex, one pass", plain
        yield (
            "pdflatex, two passes",
            plain + sum(seconds([engine, *quiet, f"{number}.tex"], folder) for number in range(len(sample))),
        )
        if latexmk := shutil.which("latexmk"):
            for left in folder.glob("*.aux"):
                left.unlink()
            few = range(len(sample) // 4)
            spent = sum(seconds([latexmk, "-g", "-pdf", *quiet, f"{number}.tex"], folder) for number in few)
            yield "latexmk", spent * len(sample) / len(few)
        yield from _together(sample, engine, folder, shared)


def _together(sample: Sequence[str], engine: str, folder: Path, shared: str) -> Iterator[tuple[str, float]]:
    (folder / "preamble.fmt").write_bytes(inflated(dumped(shared, engine)))
    before = os.times()
    set_together([Source(tex, "Sheet", "en") for tex in sample], engine, folder / "preamble.fmt")
    after = os.times()
    tex_alone = after.children_user + after.children_system - before.children_user - before.children_system
    yield "derivgen, together and cut", tex_alone + after.user + after.system - before.user - before.system
    yield "floor: TeX on all bodies in one run", tex_alone


def greatest(specs: Path, output: Path, more: Sequence[str]) -> tuple[float, float]:
    """The greatest memory of a build in all its processes, in MB: with what they share counted once, and for each."""
    command = [sys.executable, "-m", "derivgen", "build", str(specs), "-o", str(output), *more]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)  # noqa: S603  # ours
    once, each = 0, 0
    while process.poll() is None:
        found = list(_resident(process.pid))
        once = max(once, sum(share for share, _ in found))
        each = max(each, sum(whole for _, whole in found))
        time.sleep(0.5)
    return once / 2**10, each / 2**10


def _resident(session: int) -> Iterator[tuple[int, int]]:
    """The memory of each process of a session in KB: its share of what several have, and all that it can see."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            told = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(told[3]) == session:
                lines = (folder / "smaps_rollup").read_text(encoding="utf-8").splitlines()[1:]
                sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
                yield sizes["Pss"], sizes["Rss"]
        except (OSError, KeyError):
            continue  # It has ended.


def tell(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201  # a benchmark prints


def times(arguments: argparse.Namespace, folder: Path) -> None:
    """Time the three builds, then LaTeX on some of what they made."""
    specs, output = folder / "specs", folder / "build"
    generated(arguments.gallery, specs, arguments.specs)
    more = ["--pdf", arguments.pdf, *(["--jobs", str(arguments.jobs)] if arguments.jobs else [])]
    for what in ("clean", "nothing changed", "one changed"):
        if what == "one changed":
            change_one(specs)
        took, status, line = built(specs, output, more)
        tell(f"{what:35} {took:8.2f} s   exit status {status}: {line}")
    if engine := shutil.which("pdflatex"):
        found = dict(by_latex(output / "site", engine))
        for way, spent in found.items():
            ratio = spent / found["pdflatex, one pass"]
            tell(f"{way:35} {1000 * spent / SAMPLE:8.1f} ms a document, {ratio:.3f} of one pass")


def memory(arguments: argparse.Namespace, folder: Path) -> None:
    """Measure the memory of builds of several sizes."""
    for count in arguments.memory:
        generated(arguments.gallery, folder / f"specs-{count}", count)
        once, each = greatest(folder / f"specs-{count}", folder / f"build-{count}", ["--pdf", arguments.pdf])
        tell(f"{count} specs: {once:.0f} MB at most, {each:.0f} MB where shared memory counts for each process")
        shutil.rmtree(folder / f"build-{count}")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--specs", type=int, default=500)
    parser.add_argument("--gallery", type=Path, default=Path("specs"))
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--pdf", default="auto")
    parser.add_argument("--memory", type=int, nargs="+", default=[])
    arguments = parser.parse_args()
    # As an installer leaves it: a Python that is told to write no bytecode would compile derivgen again at each start.
    compileall.compile_dir(Path(derivgen.__file__).parent, quiet=2)
    with tempfile.TemporaryDirectory() as name:
        (memory if arguments.memory else times)(arguments, Path(name))


if __name__ == "__main__":
    main()
