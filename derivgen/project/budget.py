"""Budgets of time and memory: whatever a spec asks for comes to an end, worked or refused.

The time is that of the processor, so that a busy machine refuses nothing that an idle one answers.
"""

from __future__ import annotations

import ctypes
import gc
import math
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TypeVar

from derivgen.errors import Fault, Span

T = TypeVar("T")

# Seconds of work for the derivations of a spec, and for its page with them.
DERIVING = 6.0
PAGE = 9.0
# Seconds of work for the second engine to agree with one derivation.
CHECKING = 3.0
# Bytes that the work on a spec may take beyond what derivgen itself needs.
MEMORY = 600 << 20
# What is in the way of the first signal is not in the way of the next.
AGAIN = 2.0
# Seconds of the processor until a signal that would have been lost comes again.
SOON = 0.01
# Seconds between two looks at a thread, at least.
WATCHING = 0.05

# Faults by which another machine, or this one another day, may not be stopped.
OF_THE_DAY = ("time", "memory")

HINT = "give parts of it names of their own under `functions`, ask for fewer derivatives at once, or take smaller sizes"


class OverBudget(BaseException):
    """The work has taken all the time it had; no `except Exception` on the way may hold it up."""


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Work that ends after so many seconds of the processor, and has no more than its share of memory.

    Budgets may stand within one another, and an endless one is none. A thread that is not the first one gets no
    signals: another one watches it.

    Raises: OverBudget, MemoryError
    """
    if math.isinf(seconds):
        yield
        return
    if threading.current_thread() is not threading.main_thread():
        with _watched(seconds), _little_memory():
            yield
        return
    if not hasattr(signal, "SIGPROF"):
        yield
        return
    outer, _ = signal.getitimer(signal.ITIMER_PROF)
    began = time.process_time()
    former = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, min(seconds, outer) if outer else max(seconds, 1e-3), AGAIN)
    try:
        with _little_memory():
            yield
    finally:
        left = max(outer - (time.process_time() - began), 1e-3) if outer else 0
        signal.setitimer(signal.ITIMER_PROF, left, AGAIN if left else 0)
        signal.signal(signal.SIGPROF, former)


def within_budget(work: Callable[[], T], beyond: Callable[[Fault], T], file: str) -> T:
    """What the work on a spec gives; `beyond` says what becomes of a spec that needs too much."""
    try:
        with bounded(PAGE):
            return work()
    except (OverBudget, MemoryError, RecursionError) as error:
        return beyond(too_much("the page of this spec", error, Span(file, 1, 1, 2, "")))


def too_much(what: str, error: BaseException, span: Span | None) -> Fault:
    """The fault of what needs more than it may have."""
    match error:
        case MemoryError():
            return Fault("memory", f"{what} takes more memory than a spec may have ({MEMORY >> 20} MB)", HINT, span)
        case RecursionError():
            hint = "write some of the functions out in the ones that use them, or nest less deeply"
            return Fault("limit", f"{what} needs functions or brackets in too long a chain", hint, span)
        case _:
            return Fault("time", f"{what} takes more work than a spec may take", HINT, span)


def _stop(_signal: int, frame: FrameType | None) -> None:
    if _is_lost_in(frame):
        signal.setitimer(signal.ITIMER_PROF, SOON, AGAIN)
        return
    raise OverBudget


def _is_lost_in(frame: FrameType | None) -> bool:
    """Whether Python only prints what is raised here: in a `__del__`, or in what the collector of cycles calls."""
    called = {getattr(callback, "__code__", None) for callback in gc.callbacks}
    while frame:
        if frame.f_code.co_name == "__del__" or frame.f_code in called:
            return True
        frame = frame.f_back
    return False


@contextmanager
def _watched(seconds: float) -> Iterator[None]:
    """The same for a thread, where the system tells the time that one has had."""
    if not hasattr(time, "pthread_getcpuclockid"):
        yield
        return
    thread = threading.get_ident()
    clock = time.pthread_getcpuclockid(thread)
    is_done = threading.Event()

    def watch() -> None:
        end = time.clock_gettime(clock) + seconds
        while not is_done.wait(max(end - time.clock_gettime(clock), WATCHING)):
            if time.clock_gettime(clock) < end:
                continue
            if _is_lost_in(sys._current_frames().get(thread)):
                end += SOON
                continue
            _raise_in(thread, OverBudget)
            end += AGAIN

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        is_done.set()
        watcher.join()
        _raise_in(thread, None)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Raise an exception in another thread, or take back one that has not reached it."""
    reached = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), reached)


@contextmanager
def _little_memory() -> Iterator[None]:
    """Bound the memory of this process, where the system can."""
    taken = _taken()
    if not taken:
        yield
        return
    import resource  # other systems have no such limits

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = min(bound for bound in (taken + MEMORY, soft, hard) if bound != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _taken() -> int:
    """The bytes of addresses that this process has; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    import resource  # as above

    pages = Path("/proc/self/statm").read_text(encoding="ascii").partition(" ")[0]
    return int(pages) * resource.getpagesize()
