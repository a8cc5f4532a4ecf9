"""Whatever a spec asks for comes to an end: worked, or refused with a place and a remedy."""

from __future__ import annotations

import gc
import json
import math
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from derivgen import derive
from derivgen.project import work
from derivgen.project.budget import MEMORY, OverBudget, bounded
from derivgen.project.build import BuildOptions, built
from derivgen.project.check import checked

Told = tuple[int, str]

# Each function uses the one before twice: written out, the last one has two to the power of forty parts.
DOUBLING = [f"f{k}: sin(f{k - 1})*cos(f{k - 1})" for k in range(1, 41)]


def spec(*functions: str, requests: str = "f wrt s") -> str:
    lines = "\n".join(f"  {line}" for line in functions)
    return f"variables:\n  s: scalar\n  A: matrix(n, n)\nfunctions:\n{lines}\nderivatives:\n  - {requests}\n"


FOR_EVER = spec("f0: s*s", *DOUBLING, "f: f40 + 1", "g: s**2", requests="f wrt s\n  - g wrt s")


@pytest.fixture
def check(tmp_path: Path) -> Callable[[str], Told]:
    def told(content: str) -> Told:
        path = tmp_path / "hostile.yaml"
        path.write_text(content, encoding="utf-8")
        said = list(checked([str(path)], 1, cross_check=False))
        return max(one.status for one in said), "\n".join(message for one in said for message in one.messages)

    return told


def count_for_ever() -> None:
    number = 0
    while True:
        number += 1


def test_work_that_never_ends_is_ended() -> None:
    began = time.process_time()
    with pytest.raises(OverBudget), bounded(0.2):
        count_for_ever()
    assert time.process_time() - began < 2


def test_a_budget_within_a_budget_ends_first_and_leaves_the_rest() -> None:
    def outer() -> None:
        with pytest.raises(OverBudget), bounded(0.1):
            count_for_ever()
        count_for_ever()

    with pytest.raises(OverBudget), bounded(0.6):
        outer()


class Slow:
    """It counts for a while when it is thrown away."""

    def __del__(self) -> None:
        count_until(time.process_time() + 0.3)


def count_until(end: float) -> None:
    while time.process_time() < end:
        pass


def collected_slowly() -> None:
    gc.collect()
    count_for_ever()


def thrown_away_slowly() -> None:
    Slow()
    count_for_ever()


@pytest.mark.parametrize("work", [collected_slowly, thrown_away_slowly])
@pytest.mark.parametrize("threaded", [False, True])
def test_a_budget_is_not_lost_where_python_ignores_what_is_raised(
    work: Callable[[], None], threaded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def callback(_phase: str, _info: dict[str, int]) -> None:
        count_until(time.process_time() + 0.15)

    lost: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lost.append)
    gc.callbacks.append(callback)
    try:
        ended = in_a_thread(work) if threaded else is_ended(work)
    finally:
        gc.callbacks.remove(callback)
    assert ended
    assert not lost


def is_ended(work: Callable[[], None]) -> bool:
    with suppress(OverBudget), bounded(0.1):
        work()
    return True


def in_a_thread(work: Callable[[], None]) -> bool:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(is_ended, work).result(timeout=60)


def test_an_endless_budget_changes_nothing_of_the_process() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGPROF)
    with bounded(math.inf):
        assert (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGPROF)) == before


def test_who_asks_from_python_is_not_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "DERIVING", 1e-3)
    found = derive("x.T @ A @ x", wrt="x", variables={"x": "vector(n)", "A": "matrix(n, n)"})
    assert str(found.denominator) == "(A + A.T) @ x"


def test_no_budget_is_left_behind() -> None:
    with bounded(0.1):
        pass
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_work_that_eats_memory_is_ended_and_memory_is_free_again() -> None:
    with pytest.raises(MemoryError), bounded(30):
        bytearray(MEMORY + (50 << 20))
    assert len(bytearray(MEMORY + (50 << 20))) > MEMORY


def test_a_request_that_takes_for_ever_is_told_and_costs_no_other(
    check: Callable[[str], Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "DERIVING", 0.5)
    status, told = check(FOR_EVER)
    assert status == 1
    assert "hostile.yaml:49:5: f wrt s takes more work than a spec may take" in told
    assert "    - f wrt s\n      ^^^^^^^\n  mend: give parts of it names" in told
    assert "g wrt s" not in told


@pytest.mark.parametrize(
    ("function", "message"),
    {
        "tower of powers": ("9**9**9*s", "no point was found"),
        "power of a number": ("(1/3)**(10**8)*s", "no rule for writing out of a number to the power 100000000"),
        "power of a variable": ("s**999999999999", "no point was found"),
        "power of more digits than there are": ("s**(1e300)", "no point was found"),
        "matrix power": ("tr(matpow(A, 100000000))*s", "the exponent of matpow is at most 100"),
        "digits": (f"s*{'9' * 9000}", "a number of more than 4,000 digits"),
        "factorial": ("s*" + "*".join(map(str, range(1, 1500))), "no point was found"),
        "large array": ("s*sum(ones(100000, 100000))", "arrays of 10000000000 entries"),
        "brackets": (f"{'(' * 3000}s{')' * 3000}", "nested deeper than 60 levels"),
        "signs": (f"{'-' * 4000}s", "nested deeper than 60 levels"),
        "parts": ("+".join(["s"] * 2600), "more than 5000 parts"),
        "letters": ("s + " * 2500 + "s", "the limit is 10000"),
    }.values(),
    ids=lambda value: value[:20],
)
def test_a_hostile_expression_is_refused_at_once(check: Callable[[str], Told], function: str, message: str) -> None:
    began = time.process_time()
    status, told = check(spec(f"f: {function}"))
    assert status == 1
    assert message in told
    assert "hostile.yaml:" in told
    assert time.process_time() - began < 5


def test_numbers_that_grow_beyond_all_bounds_are_told(check: Callable[[str], Told]) -> None:
    status, told = check(spec("f: " + "(" * 40 + "s" + ")**2" * 40))
    assert status == 1
    assert "no rule for the check by number of numbers so large" in told


def test_a_chain_that_is_too_long_is_told(check: Callable[[str], Told]) -> None:
    chain = [f"f{k}: f{k - 1}*f{k - 1} + f{k - 1}" for k in range(1, 400)]
    status, told = check(spec("f0: s*s", *chain, "f: f399"))
    assert status == 1
    assert "too long a chain" in told


def test_one_spec_without_end_costs_the_others_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(work, "DERIVING", 0.5)
    Path("specs").mkdir()
    Path("specs/a.yaml").write_text(spec("f: s**2"), encoding="utf-8")
    Path("specs/b.yaml").write_text(spec("f0: s*s", *DOUBLING, "f: f40 + 1"), encoding="utf-8")
    Path("specs/c.yaml").write_text(spec("f: s**3"), encoding="utf-8")
    told = list(built((), BuildOptions(Path("build"), ("html",), "none", 1, cross_check=False)))
    assert max(one.status for one in told) == 1
    assert [page.stem for page in sorted(Path("build/site").glob("?.html"))] == ["a", "c"]
    assert told[-1].messages == ("2 pages built, 1 failed",)


# What takes its time without being refused at once.
LONG = {
    "each function uses the last one twice": FOR_EVER,
    "sum of 2,000 terms": spec("f: " + " + ".join(["s"] * 2000)),
    "product of 2,000 factors": spec("f: " + "*".join(["s"] * 2000)),
    "a thousand squares": spec("f: (s + 1)**1000", requests="f wrt s twice"),
    "nested sines": spec("f: " + "sin(" * 50 + "s" + ")" * 50, requests="f wrt s twice"),
    "nested squares": spec("f: " + "(" * 40 + "s" + ")**2" * 40),
    "nested choices": spec("f: " + "where(s > 1, " * 40 + "s" + ", s)" * 40),
    "product of 500 matrices": spec("f: tr(" + "A @ " * 500 + "A)", requests="f wrt A"),
    "nested kron": spec("f: sum(kron(kron(kron(kron(A, A), A), A), A))", requests="f wrt A"),
    "power of a matrix": spec("f: tr(matpow(A, 90))", requests="f wrt A"),
    "long stack": spec('f: "[' + ", ".join(f"s**{k}" for k in range(1000)) + ']"'),
    "inverse of 8 x 8": spec("f: tr(inv(B))", requests="f wrt B").replace("  s:", "  B: matrix(8, 8)\n  s:"),
    "determinant of 8 x 8": spec("f: det(B)", requests="f wrt B").replace("  s:", "  B: matrix(8, 8)\n  s:"),
}


MEASURED = """
import json, resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([status, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the memory of a process")
@pytest.mark.parametrize("content", LONG.values(), ids=LONG)
def test_any_spec_ends_within_20_seconds_of_work_and_800_megabytes(tmp_path: Path, content: str) -> None:
    path = tmp_path / "long.yaml"
    path.write_text(content, encoding="utf-8")
    program = Path(sys.executable).with_name("derivgen")
    # A process counts the memory of the one that it was forked from; so a small one stands between.
    command = [sys.executable, "-c", MEASURED, str(program), "check", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    status, seconds, kilobytes = json.loads(done.stdout.splitlines()[-1])
    told = done.stderr
    assert status in (0, 1), told
    assert seconds < 20
    assert kilobytes < 800_000
    assert told.count("long.yaml:") <= 21
