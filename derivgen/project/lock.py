"""One build at a time in a folder; the system itself gives the lock back when a process ends, however it ends."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from derivgen.project.files import Folder

LOCK = "lock"
# Seconds that a second build waits for the first, and between two looks.
PATIENCE, PAUSE = 600.0, 0.1


class Busy(OSError):
    """Another build has the folder, and goes on having it."""


@contextmanager
def locked(cache: Folder, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of a folder.

    Raises: Busy where another process holds it for longer than our patience.
    """
    cache.root.mkdir(parents=True, exist_ok=True)
    # Created in place: of a file that is moved there, two builds could each lock one of their own.
    descriptor = os.open(cache.path(LOCK), os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        end = time.monotonic() + patience
        while not _taken(descriptor):
            if time.monotonic() > end:
                raise Busy(errno.EBUSY, "another derivgen builds into this folder", str(cache.root))
            time.sleep(PAUSE)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    """Whether the lock is ours now."""
    try:
        import fcntl
    except ImportError:  # Windows
        return _taken_on_windows(descriptor)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _taken_on_windows(descriptor: int) -> bool:
    import msvcrt

    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]  # not elsewhere
    except OSError:
        return False
    return True
