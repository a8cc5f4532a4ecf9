"""Everything that is wrong with a spec is told in one run, and no slip is a bug."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derivgen.errors import Fault
from derivgen.project.check import checked
from derivgen.project.told import InWords

ROWS = (Path(__file__).parents[1] / "spec/slips.jsonl").read_text(encoding="utf-8").splitlines()
SLIPS = [json.loads(row) for row in ROWS]

SPEC = """\
title: A $\\foo{x}$ title
variables:
  x: vektor(n)
  y: vector(n)
functions:
  f: y @ y
  g: sum(y)^2
derivatives:
  - h wrt y
  - f wrt z
remarks: "See [here](javascript:a) and $\\\\input{b}$."
roles: {q: targets}
layuot: both
"""


def faults_of(path: Path, content: str) -> tuple[list[Fault], list[str], int]:
    path.write_text(content, encoding="utf-8")
    told = list(checked([str(path)], 1, cross_check=False))
    messages = [message for one in told[:-1] for message in one.messages]
    faults = [message.fault for message in messages if isinstance(message, InWords)]
    others = [message for message in messages if not isinstance(message, InWords)]
    return faults, others, max(one.status for one in told)


def test_slips_of_yaml_expressions_requests_and_texts_are_told_together(tmp_path: Path) -> None:
    faults, others, status = faults_of(tmp_path / "a.yaml", SPEC)
    assert (others, status) == ([], 1)
    found = [(fault.span.line if fault.span else 0, fault.number) for fault in faults]
    assert found == [
        (1, "DG-E111"),
        (3, "DG-E055"),
        (6, "DG-E081"),
        (7, "DG-E064"),
        (9, "DG-E051"),
        (11, "DG-E112"),
        (11, "DG-E111"),
        (12, "DG-E038"),
        (13, "DG-E031"),
    ]


def test_a_fault_that_only_follows_from_another_is_not_told(tmp_path: Path) -> None:
    content = (
        'variables:\n  x: vektor(n)\nfunctions:\n  f: x.T @ x\nintroduction: "See $`x.T @ x`$."\nderivatives: f wrt x\n'
    )
    faults, _, _ = faults_of(tmp_path / "a.yaml", content)
    assert [fault.number for fault in faults] == ["DG-E055"]


def test_of_thirty_faults_twenty_are_told_and_the_rest_is_counted(tmp_path: Path) -> None:
    slips = "".join(f"  f{number}: s^{number}\n" for number in range(30))
    content = f"variables: {{s: scalar}}\nfunctions:\n{slips}derivatives: f0 wrt s\nremarks: $\\foo{{x}}$\n"
    faults, _, _ = faults_of(tmp_path / "a.yaml", content)
    assert len(faults) == 21
    assert faults[-1].message == "and 11 more faults from here on"


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: ascii(slip["slip"]))
def test_a_slip_is_never_a_bug(slip: dict[str, str], tmp_path: Path) -> None:
    faults, others, status = faults_of(tmp_path / "a.yaml", slip["spec"])
    assert (others, status) == ([], 1)
    assert slip["code"] in [fault.number for fault in faults]
