"""Writing below one folder: each file whole or not at all, and never through a link that leads elsewhere."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from derivgen.record import record

SUFFIX = ".part"


@record
class Folder:
    """A folder that we write to; names are relative to it, with `/` between their parts."""

    root: Path

    def write(self, name: str, data: bytes) -> None:
        """Put `data` there in one move: a reader sees the old file or the new one, never a part.

        Raises: OSError where the machine refuses; then the old file is untouched.
        """
        self._put(name, data, _write_through)

    def keep(self, name: str, data: bytes) -> None:
        """Put `data` there as `write` does; it is checked when it is read, and so need not outlive a power cut."""
        self._put(name, data, _write)

    def _put(self, name: str, data: bytes, write: Callable[[str, bytes], None]) -> None:
        # By hand as well: a build writes three files for each page.
        *folders, last = _parts_of(name)
        folder = self._made(folders)
        target = f"{folder}{os.sep}{last}"
        if _holds(target, data):
            return
        part = f"{folder}{os.sep}.{last}.{os.getpid()}{SUFFIX}"
        try:
            write(part, data)
            os.replace(part, target)  # noqa: PTH105  # see above
        except BaseException as error:
            with suppress(OSError):
                os.unlink(part)  # noqa: PTH108
            if isinstance(error, OSError) and error.filename is None:
                error.filename = target  # A full disk does not say of itself which file it was.
            raise

    def read(self, name: str) -> bytes | None:
        """What the file holds, or None if there is none; a link is none."""
        # By hand, since a build with nothing to make reads all files, and `Path` takes longer than the reading.
        place, mode = str(self.root), 0
        try:
            for part in _parts_of(name):
                place = f"{place}{os.sep}{part}"
                mode = os.lstat(place).st_mode
                if stat.S_ISLNK(mode):
                    return None
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not stat.S_ISREG(mode):
            return None
        with open(place, "rb") as file:  # noqa: PTH123  # see above
            return file.read()

    def remove(self, name: str) -> None:
        """Take the file away, and the folders that it leaves empty."""
        target = self.path(name)
        if not self._is_ours(target):
            return
        target.unlink(missing_ok=True)
        for parent in target.parents:
            if parent == self.root:
                return
            try:
                parent.rmdir()
            except OSError:
                return  # Not empty: others live there.

    def sweep(self) -> None:
        """Take away what interrupted runs have left; the parts of a run that is still alive stay."""
        for part in _parts(self.root):
            if not _is_alive(part.name.removesuffix(SUFFIX).rpartition(".")[2]):
                part.unlink(missing_ok=True)

    def path(self, name: str) -> Path:
        """The place of `name`.

        Raises: ValueError for a name that leads out of the folder, which no caller makes.
        """
        return self.root.joinpath(*_parts_of(name))

    def _is_ours(self, target: Path) -> bool:
        """Whether no part of the way from the root is a link."""
        places = (target, *target.parents)
        return not any(place.is_symlink() for place in places[: places.index(self.root)])

    def _made(self, folders: Sequence[str]) -> str:
        """The place of a folder, which is made; below the root a link or a file in its place gives way."""
        place = str(self.root)
        if not os.path.isdir(place):  # noqa: PTH112
            self.root.mkdir(parents=True, exist_ok=True)
        for folder in folders:
            place = f"{place}{os.sep}{folder}"
            with suppress(FileNotFoundError):
                mode = os.lstat(place).st_mode
                if stat.S_ISDIR(mode):
                    continue
                if stat.S_ISLNK(mode) or stat.S_ISREG(mode):
                    os.unlink(place)  # noqa: PTH108
            Path(place).mkdir(exist_ok=True)
        return place


def _parts_of(name: str) -> list[str]:
    """The parts of a name.

    Raises: ValueError for one that leads out of the folder.
    """
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not parts or ".." in parts or name.startswith("/"):
        raise ValueError(f"{name!r} is not a name within the folder")
    return parts


def _holds(target: str, data: bytes) -> bool:
    """Whether the file is there already; what did not change keeps its time stamp."""
    try:
        found = os.lstat(target)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == len(data) and Path(target).read_bytes() == data


def _write_through(part: str, data: bytes) -> None:
    # A full disk may tell at the very end: fsync and close are inside, so that their errors count.
    with os.fdopen(_opened(part), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _write(part: str, data: bytes) -> None:
    with os.fdopen(_opened(part), "wb") as file:
        file.write(data)


def _opened(part: str) -> int:
    return os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _parts(root: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(root):
        yield from (Path(folder, name) for name in names if name.startswith(".") and name.endswith(SUFFIX))


def files_below(root: Path) -> list[str]:
    """The names of all files below a folder, relative to it."""
    found = []
    for folder, _, names in os.walk(root):
        inner = folder[len(str(root)) + 1 :].replace(os.sep, "/")
        found += [f"{inner}/{name}" if inner else name for name in names]
    return sorted(found)


def _is_alive(process: str) -> bool:
    """Whether a process of that number runs; another machine's looks dead, which costs one page of its run."""
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
