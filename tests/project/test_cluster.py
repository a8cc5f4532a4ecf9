"""A build on a Dask cluster of two workers gives what a build here gives."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from derivgen.project import cluster
from derivgen.project.budget import OverBudget, bounded
from derivgen.project.build import BuildOptions, built
from derivgen.project.keys import program
from tests.project.torn import everything

NAMES = ("a", "b", "c", "d", "e", "f")
SPEC = """\
title: Sheet {k}
variables: {{x: vector(n), A: "matrix(n, n)"}}
functions:
  f: {k}*x.T @ A @ x
derivatives:
  - f wrt x
"""
FOR_EVER = "\n".join(["  f0: s*s", *(f"  f{k}: sin(f{k - 1})*cos(f{k - 1})" for k in range(1, 41))])


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as here:
        yield here.scheduler_address


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    specs = tmp_path / "specs"
    specs.mkdir()
    for k, name in enumerate(NAMES, 2):
        (specs / f"{name}.yaml").write_text(SPEC.format(k=k), encoding="utf-8")
    return specs


def build(output: str, scheduler: str = "", pdf: str = "typst") -> tuple[int, str]:
    told = list(built(["specs"], BuildOptions(Path(output), ("html", "pdf", "tex"), pdf, 1, False, scheduler)))
    return max(one.status for one in told), "\n".join(message for one in told for message in one.messages)


def test_two_workers_make_the_same_files(course: Path, scheduler: str) -> None:
    (course / "bad.yaml").write_text(SPEC.format(k=1).replace("x.T @", "x @"), encoding="utf-8")
    assert build("here") == build("there", scheduler)
    assert everything(Path("there/site")) == everything(Path("here/site"))
    assert build("there", scheduler)[1].endswith("6 pages built, 1 failed, all as they were")


@pytest.mark.slow
def test_a_spec_that_takes_for_ever_is_ended_on_a_cluster_too(course: Path, scheduler: str) -> None:
    hostile = f"variables: {{s: scalar}}\nfunctions:\n{FOR_EVER}\nderivatives:\n  - f40 wrt s\n"
    (course / "hostile.yaml").write_text(hostile, encoding="utf-8")
    status, told = build("there", scheduler, pdf="none")
    assert status == 1
    assert "hostile.yaml" in told
    assert "6 pages built" in told


def test_work_in_a_thread_is_ended() -> None:
    ended: list[bool] = []

    def work() -> None:
        try:
            with bounded(0.2):
                while True:
                    pass
        except OverBudget:
            ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)
    assert ended == [True]


@pytest.mark.usefixtures("course")
def test_where_nobody_answers_it_says_so_and_builds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    status, told = build("there", "tcp://127.0.0.1:9")
    assert status == 3
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in told
    assert "dask worker" in told
    assert not Path("there").exists()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda _: ("another", []), "has another derivgen"),
        (lambda _: (program(), None), "does not see"),
    ],
    ids=["version", "folder"],
)
def test_a_worker_that_is_not_like_this_machine_is_refused(
    scheduler: str, monkeypatch: pytest.MonkeyPatch, answer: Callable[[str], object], words: str
) -> None:
    class Client:
        def run(self, *_: object) -> dict[str, object]:
            return {"tcp://worker": answer("")}

    monkeypatch.setattr(cluster, "_client", lambda _: nullcontext(Client()))
    fault = cluster.trouble(scheduler)
    assert fault is not None
    assert words in fault.message
