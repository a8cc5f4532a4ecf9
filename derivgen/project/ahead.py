"""Work that is begun before it is known to be wanted, in threads: while programs and other processes are at work."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, TypeVar, cast

from derivgen.project.threads import uninterrupted

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class Ahead(AbstractContextManager["Ahead"]):
    """Pieces of work, each under the key of what it is made of; those of one kind are done one after the other.

    What turns out to be made of something else is never asked for, and nothing else is lost by it.
    """

    def __init__(self) -> None:
        self._threads: dict[str, ThreadPoolExecutor] = {}
        self._begun: dict[tuple[str, str], Future[Any]] = {}

    def __exit__(self, *_: object) -> None:
        """Wait for what is begun: its folders go when it has ended."""
        for kind in self._threads:
            self._wait(kind)

    def _wait(self, kind: str) -> None:
        if kind in self._threads:
            self._threads[kind].shutdown(wait=True, cancel_futures=True)

    def begin(self, kind: str, own: str, work: Callable[[], object]) -> None:
        """Begin a piece of work, once."""
        if (kind, own) in self._begun:
            return
        # Here, so that a build with nothing to make does without.
        from concurrent.futures import ThreadPoolExecutor

        if kind not in self._threads:
            self._threads[kind] = ThreadPoolExecutor(1)
        # This may start a thread, to which Ctrl-C would be delivered while the first one has it wait.
        with uninterrupted():
            self._begun[kind, own] = self._threads[kind].submit(work)

    def result(self, kind: str, own: str, work: Callable[[], T]) -> T:
        """What the piece under this key gives; one that was not begun is done now, when all of its kind have ended.

        Raises: what the work raises.
        """
        begun = self._begun.get((kind, own))
        if begun is not None:
            return cast(T, begun.result())
        self._wait(kind)
        return work()
