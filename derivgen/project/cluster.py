"""Work on a Dask cluster, its results in the order of the tasks.

The workers have the same derivgen and see the folder of the build at the same path; both are asked first.
Source: https://distributed.dask.org/en/stable/api.html, Client.get_executor
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from derivgen.errors import DerivgenError, Fault
from derivgen.project.keys import program

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
R = TypeVar("R")

# Seconds in which a scheduler answers.
PATIENCE = 10
# A worker may have several threads; a page needs a process for itself.
_ALONE = threading.Lock()


def trouble(scheduler: str) -> Fault | None:
    """What keeps the cluster of the scheduler at that address from making pages; None where nothing does."""
    try:
        with _workers(scheduler):
            return None
    except DerivgenError as error:
        return error.faults[0]


def in_order_on(scheduler: str, work: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
    """`work` of each task, on the cluster of the scheduler at that address, in the order of the tasks.

    Raises: DerivgenError where no cluster can do it.
    """
    with _workers(scheduler) as client:
        executor: Executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call, unused-ignore]
        there = partial(_there, str(Path.cwd()), work)
        futures = [executor.submit(there, task) for task in tasks]
        try:
            for future in futures:
                yield future.result()
        finally:
            executor.shutdown(wait=False)  # what waits is cancelled


@contextmanager
def _workers(scheduler: str) -> Iterator[Client]:
    """A client whose workers can make pages."""
    with _client(scheduler) as client:
        answers = client.run(_about, str(Path.cwd()))
        if not answers:
            raise _refused(f"the cluster at {scheduler} has no workers", f"dask worker {scheduler} --nthreads 1")
        for address, answer in sorted(answers.items()):
            _compare(address, answer)
        yield client


def _client(scheduler: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise _refused("the library distributed is not installed", "pip install 'derivgen[cluster]'") from None
    try:
        made: Client = Client(scheduler, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call, unused-ignore]
        return made
    except (OSError, ValueError) as error:
        hint = "start one with `dask scheduler` and `dask worker tcp://HOST:8786 --nthreads 1`"
        raise _refused(f"no Dask scheduler answers at {scheduler} ({error})", hint) from None


def _compare(worker: str, answer: tuple[str, Any]) -> None:
    folder = str(Path.cwd())
    made_by, seen = answer
    if made_by != program():
        raise _refused(f"the worker {worker} has another derivgen", "install the same version on all machines")
    if seen != _about(folder)[1]:
        raise _refused(f"the worker {worker} does not see {folder} as it is here", "build in a folder they share")


def _about(folder: str) -> tuple[str, Any]:
    """What a worker has: its derivgen, and the folder as it sees it."""
    try:
        return program(), sorted(path.name for path in Path(folder).iterdir())
    except OSError:
        return program(), None


def _there(folder: str, work: Callable[[T], R], task: T) -> R:
    """`work` on a machine of the cluster; paths are meant from the folder of the build."""
    with _ALONE:
        os.chdir(folder)
        return work(task)


def _refused(message: str, hint: str) -> DerivgenError:
    return DerivgenError(Fault("cluster", message, hint))
