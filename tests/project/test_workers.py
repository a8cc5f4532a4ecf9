from __future__ import annotations

import os
import time

import pytest

from derivgen.project.workers import FEW, in_order


def slow_square(number: int) -> int:
    time.sleep(0.02 if number == 0 else 0)
    return number * number


def own_process(_task: int) -> int:
    return os.getpid()


def refusing(number: int) -> int:
    if number == 2:
        raise OSError(28, "No space left on device")
    return number


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    assert list(in_order(slow_square, range(20), jobs)) == [number * number for number in range(20)]


def test_few_tasks_start_no_process() -> None:
    assert set(in_order(own_process, range(FEW), 2)) == {os.getpid()}


def test_many_tasks_are_done_elsewhere() -> None:
    assert os.getpid() not in set(in_order(own_process, range(FEW + 1), 2))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_machine_refuses_comes_through(jobs: int) -> None:
    with pytest.raises(OSError, match="No space left"):
        list(in_order(refusing, range(8), jobs))
