from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from functools import partial
from pathlib import Path

import pytest

from derivgen.project.processes import AHEAD
from derivgen.project.workers import FEW, RENEWED, in_order


def slow_square(number: int) -> int:
    time.sleep(0.02 if number == 0 else 0)
    return number * number


def own_process(_task: int) -> int:
    return os.getpid()


def imported(_task: int) -> bool:
    return "derivgen.project.pages" in sys.modules


def has_sympy(_task: int) -> bool:
    return "sympy" in sys.modules


def large(number: int) -> bytes:
    return bytes(1_000_000) + bytes([number])


def refusing(number: int) -> int:
    if number == 2:
        raise OSError(28, "No space left on device")
    return number


def busy(folder: Path, number: int) -> int:
    """Works in a temporary folder after a while, as a page does."""
    time.sleep(0.05 if number > 2 else 0)
    with tempfile.TemporaryDirectory(prefix=folder.name, dir=folder.parent):
        time.sleep(0.2 if number > 2 else 0.02)
        return refusing(number)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    assert list(in_order(slow_square, range(20), jobs)) == [number * number for number in range(20)]


def test_few_tasks_start_no_process() -> None:
    assert set(in_order(own_process, range(FEW), 2)) == {os.getpid()}


def test_many_tasks_are_done_elsewhere() -> None:
    assert os.getpid() not in set(in_order(own_process, range(FEW + 1), 2))


def test_tasks_of_little_effort_start_no_process() -> None:
    assert set(in_order(own_process, range(20), 2, effort=FEW)) == {os.getpid()}
    assert os.getpid() not in set(in_order(own_process, range(20), 2, effort=FEW + 1))


WITH_SYMPY = """
import sys
from derivgen.project.workers import expect, in_order
from tests.project.test_workers import has_sympy
if __name__ == "__main__":
    expect(9, 2, cross_check=sys.argv[1] == "sympy")
    print(set(in_order(has_sympy, range(9), 2)))
"""


@pytest.mark.parametrize(("second", "told"), [("sympy", "{True}"), ("none", "{False}")])
def test_processes_start_with_sympy_only_if_it_is_asked(tmp_path: Path, second: str, told: str) -> None:
    program = tmp_path / "program.py"
    program.write_text(WITH_SYMPY, encoding="utf-8")
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, str(program), second],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert run.stdout.strip() == told


def test_processes_start_with_what_pages_need() -> None:
    assert all(in_order(imported, range(FEW + 1), 2))


def test_results_that_have_been_taken_are_not_kept() -> None:
    tracemalloc.start()
    try:
        for number, result in enumerate(in_order(large, range(100), 2)):
            assert result[-1] == number
        assert tracemalloc.get_traced_memory()[1] < 2.5 * AHEAD * 2 * 1_000_000
    finally:
        tracemalloc.stop()


def test_workers_are_renewed_before_what_they_remember_grows() -> None:
    workers = list(in_order(own_process, range(2 * RENEWED + 1), 2))
    assert max(workers.count(worker) for worker in set(workers)) <= RENEWED * 2
    assert len(set(workers)) > 2


def test_a_worker_that_is_ended_while_it_works_ends(tmp_path: Path) -> None:
    began = time.monotonic()
    for attempt in range(4):
        with pytest.raises(OSError, match="No space left"):
            list(in_order(partial(busy, tmp_path / str(attempt)), range(12), 3))
    assert time.monotonic() - began < 30
    assert multiprocessing.active_children() == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_machine_refuses_comes_through(jobs: int) -> None:
    with pytest.raises(OSError, match="No space left"):
        list(in_order(refusing, range(8), jobs))
