"""Work in threads gives what work in order gives."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from derivgen.project.ahead import Ahead
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


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="masks of signals are those of POSIX")
def test_ctrl_c_is_delivered_to_no_other_thread() -> None:
    def deaf(_item: int) -> bool:
        time.sleep(0.01)
        is_other = threading.current_thread() is not threading.main_thread()
        return is_other and signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())

    with Ahead() as ahead:
        ahead.begin("kind", "own", lambda: deaf(0))
        assert ahead.result("kind", "own", lambda: False)
    if (os.cpu_count() or 1) > 1:
        assert any(at_once(deaf, range(50)))
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_what_is_begun_is_stopped_only_where_an_error_leaves_it() -> None:
    stops: list[str] = []
    with Ahead() as ahead:
        ahead.begin("kind", "one", dict, stop=lambda: stops.append("well"))

    def interrupted() -> None:
        with Ahead() as ahead:
            ahead.begin("kind", "one", dict, stop=lambda: stops.append("interrupted"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert stops == ["interrupted"]
