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
        self._stops: list[Callable[[], None]] = []

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        """Wait for what is begun: its folders go when it has ended; where nobody wants it any longer it is stopped."""
        for stop in self._stops if error is not None else ():
            stop()
        for kind in self._threads:
            self._wait(kind)

    def _wait(self, kind: str) -> None:
        if kind in self._threads:
            self._threads[kind].shutdown(wait=True, cancel_futures=True)

    def begin(self, kind: str, own: str, work: Callable[[], object], *, stop: Callable[[], None] | None = None) -> None:
        """Begin a piece of work, once; `stop` makes it end soon."""
        if (kind, own) in self._begun:
            return
        # Here, so that a build with nothing to make does without.
        from concurrent.futures import ThreadPoolExecutor

        if kind not in self._threads:
            self._threads[kind] = ThreadPoolExecutor(1)
        # This may start a thread, to which Ctrl-C would be delivered while the first one has it wait.
        with uninterrupted():
            self._begun[kind, own] = self._threads[kind].submit(work)
        if stop is not None:
            self._stops.append(stop)

    def has_begun(self, kind: str, own: str) -> bool:
        """Whether a piece of work is begun."""
        return (kind, own) in self._begun

    def begun(self, kind: str, own: str) -> Any:
        """What a piece of work gives that is begun.

        Raises: what the work raises.
        """
        return self._begun[kind, own].result()

    def result(self, kind: str, own: str, work: Callable[[], T]) -> T:
        """What the piece under this key gives; one that was not begun is done now, when all of its kind have ended.

        Raises: what the work raises.
        """
        if self.has_begun(kind, own):
            return cast(T, self.begun(kind, own))
        self._wait(kind)
        return work()
