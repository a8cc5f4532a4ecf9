"""Threads: for reading many files at once, as Python lets others run while a file is read and while it is hashed.

Whoever starts a thread sees to it that Ctrl-C is never delivered to it, or the first one could not wait with it.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# More threads wait for each other.
MOST = 4


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C waits meanwhile, and what is started never hears of it: the first process ends the others."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def at_once(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """`work` of each item, in the order of the items; what one raises is raised when all have ended."""
    rest = iter(enumerate(items))
    found: dict[int, R] = {}
    errors: list[BaseException] = []

    def share() -> None:
        try:
            # One iterator for all: each takes the next item when it is ready for one.
            for number, item in rest:
                found[number] = work(item)
        except BaseException as error:
            errors.append(error)

    others = [
        threading.Thread(target=share, daemon=True) for _ in range(min(os.cpu_count() or 1, MOST, len(items)) - 1)
    ]
    with uninterrupted():
        for thread in others:
            thread.start()
    share()
    for thread in others:
        thread.join()
    if errors:
        raise errors[0]
    return [found[number] for number in range(len(items))]
