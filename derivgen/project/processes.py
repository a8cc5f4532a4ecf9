"""Processes that share the tasks of a build, and that end when it is stopped."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import TypeVar

from derivgen.expr.memory import unhurried
from derivgen.project.threads import uninterrupted

T = TypeVar("T")
R = TypeVar("R")

# Tasks that are handed out before their results are asked for, for each process: more would fill the memory.
AHEAD = 8
# What all processes need, imported once for them all; and what only the cross-check needs, which takes longest.
IMPORTED, CROSS_CHECK = "derivgen.project.warm", "sympy"
# Seconds that workers have to clean up when they are ended.
PATIENCE = 2.0


def begin(*, cross_check: bool) -> None:
    """Start the process that the others are copies of, if it has not started: it imports by itself."""
    _context(cross_check=cross_check)


def shared_out(work: Callable[[T], R], tasks: Sequence[T], processes: int) -> Iterator[R]:
    """`work` of each task, in the order of the tasks, by so many processes."""
    others = set(multiprocessing.active_children())
    executor = ProcessPoolExecutor(processes, mp_context=_context(), initializer=_quiet)
    finished = False
    try:
        yield from _in_turn(executor, partial(_guarded, work), tasks, processes * AHEAD)
        finished = True
    finally:
        if not finished:
            _end([process for process in multiprocessing.active_children() if process not in others])
        executor.shutdown(wait=True, cancel_futures=True)


def _context(*, cross_check: bool = True) -> BaseContext:
    # A forked copy of this process would inherit locks of threads that it does not have: Typst's, if it has run here.
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([IMPORTED, *[CROSS_CHECK] * cross_check])
    resource_tracker.ensure_running()  # it would let signals through again
    with uninterrupted():
        forkserver.ensure_running()
    return context


def _in_turn(executor: Executor, work: Callable[[T], R], tasks: Sequence[T], ahead: int) -> Iterator[R]:
    """The results in the order of the tasks; a result that has been taken is kept no longer."""
    waiting: deque[Future[R]] = deque()
    for task in tasks:
        if len(waiting) == ahead:
            yield waiting.popleft().result()
        with uninterrupted():  # this may start a process, which is to be known before it can be ended
            future = executor.submit(work, task)
        waiting.append(future)
    while waiting:
        yield waiting.popleft().result()


def _end(processes: Sequence[BaseProcess]) -> None:
    """End the workers: whoever stops us does not want to wait for pages that nobody will write."""
    for process in processes:
        process.terminate()
    end = time.monotonic() + PATIENCE
    for process in processes:
        process.join(max(end - time.monotonic(), 0))
        process.kill()


def _guarded(work: Callable[[T], R], task: T) -> R:
    """`work` in a worker that can be ended: the executor would take our leaving for a result and go on."""
    try:
        return work(task)
    except SystemExit:
        os._exit(1)


def _quiet() -> None:
    """Ctrl-C is for the first process, which ends the others; they clean up behind them, and seldom look for cycles."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    unhurried()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    # The executor ends its processes a second time; that must not stop the cleaning up.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(1)
