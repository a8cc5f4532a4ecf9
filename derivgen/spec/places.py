"""Where specs are: the files that may be specs or sheets, and the folder of their project. Reads no file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

PROJECT_FILE = "derivgen.yaml"
SUFFIXES = (".yaml", ".yml")

# Folders beside derivgen.yaml that hold no specs.
PROJECT_FOLDERS = ("templates", "fonts", "build")


def project_root(start: Path) -> Path | None:
    """The nearest folder upwards of a spec or a folder that holds derivgen.yaml."""
    folder = start.absolute() if start.is_dir() else start.absolute().parent
    return next((root for root in (folder, *folder.parents) if (root / PROJECT_FILE).is_file()), None)


def yaml_files(folder: Path) -> Iterator[Path]:
    """The YAML files below a folder that are specs or sheets, in the order of their names.

    Hidden files and links that lead out of the folder are left out.
    """
    skipped = PROJECT_FOLDERS if (folder / PROJECT_FILE).is_file() else ()
    yield from _walk(folder, folder.resolve(), skipped)


def _walk(folder: Path, root: Path, skipped: tuple[str, ...]) -> Iterator[Path]:
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.startswith(".") or path.name == PROJECT_FILE or not path.resolve().is_relative_to(root):
            continue
        if path.is_dir():
            # A linked folder is below this one by another path too; walking it twice could also never end.
            if not path.is_symlink() and path.name not in skipped:
                yield from _walk(path, root, ())
        elif path.suffix.lower() in SUFFIXES and path.is_file():
            yield path
