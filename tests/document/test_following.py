"""What a reader of a page can follow: one idea a step, and a reason in every place where it is asked for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from derivgen.document.blocks import Document, Folded, StepBlock
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, worked
from derivgen.render.plain import words
from derivgen.spec.files import find_specs

GALLERY = Path(__file__).parents[2] / "specs"
EVERY_PAGE = pytest.mark.parametrize("path", find_specs([GALLERY]), ids=lambda path: path.stem)
# The entries of an array have a rule each, and are read side by side.
ARRAYS = ("Jacobian; ", "Gradient; ")


@cache
def page(path: Path) -> Document:
    return document_of(worked(path, GALLERY, Wishes()), path.stem, GALLERY)[0]


def steps(path: Path) -> tuple[StepBlock, ...]:
    return tuple(block for block in page(path).blocks if isinstance(block, StepBlock))


@EVERY_PAGE
def test_a_step_has_two_rules_at_most(path: Path) -> None:
    names = [words(step.name) for step in steps(path)]
    assert [name for name in names if name.count("; ") > 1 and not name.startswith(ARRAYS)] == []


@EVERY_PAGE
def test_a_reason_is_more_than_where_it_stands(path: Path) -> None:
    reasons = [words(step.why) for step in steps(path)]
    assert [reason for reason in reasons if re.fullmatch(r"As in (step )?[\d.]+[a-z]?\.?", reason)] == []


SOFTMAX = """\
title: A page
variables: {z: vector(n), t: vector(n)}
functions:
  p: softmax(z)
  L: -dot(t, log(p))
derivatives:
  - L wrt z
%s
"""


def shown(folder: Path, more: str) -> list[tuple[str, str]]:
    source = folder / "page.yaml"
    source.write_text(SOFTMAX % more, encoding="utf-8")
    return [(step.number, words(step.name)) for step in steps(source)]


def test_a_step_of_three_rules_is_shown_in_its_finer_steps(tmp_path: Path) -> None:
    assert shown(tmp_path, "")[1:5] == [
        ("2a", "Inner product with a constant"),
        ("2b", "Element-wise function; derivative of the logarithm"),
        ("2c", "Move an element-wise factor"),
        ("2d", "Identification, scalar by vector"),
    ]


def test_a_brief_page_stays_brief_where_a_step_has_three_rules(tmp_path: Path) -> None:
    assert [number for number, _ in shown(tmp_path, "detail: brief")] == ["1", "3", "7"]


def test_partial_derivatives_stay_one_step(tmp_path: Path) -> None:
    source = tmp_path / "page.yaml"
    source.write_text(
        "title: A page\nvariables: {w: vector(3), x: vector(3)}\nfunctions:\n  u: w * x\n  y: sum(u)\n"
        "derivatives:\n  - y wrt w\nmethods: [chain, components]\n",
        encoding="utf-8",
    )
    folded = [block for block in page(source).blocks if isinstance(block, Folded)]
    names = [words(step.name) for block in folded for step in block.blocks if isinstance(step, StepBlock)]
    assert names.count("Partial derivative") == 3
    assert "Sum rule" not in names
