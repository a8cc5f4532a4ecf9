"""Work in threads gives what work in order gives."""

from __future__ import annotations

import threading

import pytest

from derivgen.project.threads import at_once


def test_results_come_in_the_order_of_the_items() -> None:
    assert at_once(lambda number: number * number, range(1000)) == [number * number for number in range(1000)]
    assert at_once(lambda number: number, ()) == []


def test_each_item_is_worked_on_once() -> None:
    seen: list[int] = []
    at_once(seen.append, range(1000))
    assert sorted(seen) == list(range(1000))


def test_what_one_raises_is_raised_and_no_thread_is_left() -> None:
    before = threading.active_count()

    def refusing(number: int) -> int:
        if number == 500:
            raise OSError(5, "Input/output error")
        return number

    with pytest.raises(OSError, match="Input/output error"):
        at_once(refusing, range(1000))
    assert threading.active_count() == before
