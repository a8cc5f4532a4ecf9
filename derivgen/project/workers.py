"""Work in several processes, its results in the order of the tasks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Below this many tasks, starting processes costs more than it saves.
FEW = 3
# Processes are renewed after so many tasks each, so that what they remember does not grow for ever.
RENEWED = 250


def expect(effort: int, jobs: int | None, *, cross_check: bool) -> None:
    """Begin what processes start from, where there will be so much to do: it imports while this one does."""
    if _processes(effort, jobs) > 1:
        from derivgen.project.processes import begin

        begin(cross_check=cross_check)


def is_alone(effort: int, jobs: int | None) -> bool:
    """Whether this process does so much by itself."""
    return _processes(effort, jobs) <= 1


def _processes(effort: int, jobs: int | None) -> int:
    """How many processes share the effort of so many tasks; one where there is little to do."""
    return 1 if effort <= FEW else min(jobs or os.cpu_count() or 1, effort)


def in_order(work: Callable[[T], R], tasks: Sequence[T], jobs: int | None, *, effort: int | None = None) -> Iterator[R]:
    """`work` of each task, in the order of the tasks; one process where there is little to do.

    `effort` is for tasks that take much less than to derive something does: how many of these they are worth.
    """
    processes = _processes(len(tasks) if effort is None else effort, jobs)
    if processes <= 1:
        yield from map(work, tasks)
        return
    # Here, since little work is done without what starts processes.
    from derivgen.project.processes import shared_out

    share = processes * RENEWED
    for start in range(0, len(tasks), share):
        yield from shared_out(work, tasks[start : start + share], processes)
