"""Finer steps stand once on a page; where they would stand again, the page leads to them."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from derivgen.document.blocks import Block, Code, Document, Folded, Link, StepBlock
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, worked
from derivgen.render.formats import render

CHAIN = """\
title: A page
variables: {X: "matrix(N, d)", w: vector(d), b: scalar, y: vector(N)}
functions:
  z: X @ w + b
  v: y - z
  C: mean(v**2)
derivatives:
  - C wrt w
  - C wrt %s
"""
DOT = """\
title: A page
variables: {w: vector(n), x: vector(%s)}
functions:
  u: %s
  y: sum(u)
derivatives:
  - y wrt w
  - y wrt x
"""


def page(folder: Path, source: str) -> Document:
    path = folder / "page.yaml"
    path.write_text(source, encoding="utf-8")
    return document_of(worked(path, path, Wishes()), "page", path)[0]


def led(document: Document) -> dict[str, tuple[object, bool]]:
    """The steps that lead to earlier ones: which, and whether with other letters."""
    found: dict[str, tuple[object, bool]] = {}
    for block in document.on_screen:
        if isinstance(block, StepBlock) and block.finer_in:
            (link,) = block.finer_in
            assert isinstance(link, Link)
            found[block.number] = (link.text[0], block.is_renamed)
    return found


def test_finer_steps_of_a_line_that_an_earlier_part_has_stand_there_only(tmp_path: Path) -> None:
    # dC/dv and dv/dz are the same for both; dz/dw and dz/db are not.
    assert led(page(tmp_path, CHAIN % "b")) == {"2.2": ("1.2", False), "2.3": ("1.3", False)}


def test_finer_steps_with_two_letters_exchanged_stand_once(tmp_path: Path) -> None:
    # u = w * x is what it was once w and x are exchanged.
    assert led(page(tmp_path, DOT % ("n", "w * x")))["2.1"] == ("1.1", True)


@pytest.mark.parametrize("body", ["w - x", "w / x"])
def test_finer_steps_stay_where_the_letters_do_not_play_the_same_part(tmp_path: Path, body: str) -> None:
    assert "2.1" not in led(page(tmp_path, DOT % ("n", body)))


def test_the_link_leads_to_what_is_folded_and_stands_on_the_page_once(tmp_path: Path) -> None:
    made = render(page(tmp_path, CHAIN % "b"), "html")
    targets = re.findall(r'<p class="finer">Finer steps: <a href="#([^"]+)">', made)
    assert len(targets) == 2
    for target in targets:
        assert made.count(f'id="{target}"') == 1
        before = made[: made.index(f'id="{target}"')]
        assert before.rindex('<details class="finer">') > before.rfind("</details>")


@pytest.mark.parametrize("more", ["detail: detailed\n", "focus: [d-linear, hadamard-move]\n"])
def test_what_an_author_has_opened_stays_where_it_is(tmp_path: Path, more: str) -> None:
    document = page(tmp_path, CHAIN % "b" + more)
    opened = {block.number for block in document.on_screen if isinstance(block, StepBlock) and block.is_open}
    assert opened
    assert not opened & led(document).keys()


def test_paper_has_every_finer_step(tmp_path: Path) -> None:
    numbers = [
        block.number
        for block in page(tmp_path, CHAIN % "b" + "detail: detailed\n").blocks
        if isinstance(block, StepBlock)
    ]
    assert {"1.2a", "2.2a"} <= set(numbers)


def test_a_further_way_with_two_letters_exchanged_stands_once(tmp_path: Path) -> None:
    made = render(page(tmp_path, "methods: [chain, differentials]\n" + DOT % ("n", "w * x")), "html")
    assert made.count("<summary>Another way: by differentials</summary>") == 1
    assert (
        'Another way: by differentials: the lines are those of <a href="#step-ax1">1.x1</a>, with other letters.'
        in made
    )


def printed(blocks: Iterable[Block]) -> str:
    """What the programs of a page print, one run after the other in one session."""
    said, names = io.StringIO(), {"__name__": "__main__"}
    for block in blocks:
        match block:
            case Folded(kind="program", blocks=(Code(code=code),)):
                with contextlib.redirect_stdout(said):
                    exec(compile(code, "check", "exec"), names)  # noqa: S102  # a program that derivgen wrote
    return said.getvalue()


def test_a_program_without_the_functions_of_an_earlier_one_prints_what_it_did(tmp_path: Path) -> None:
    document = page(tmp_path, CHAIN % "b")
    # Both parts are checked at one point: the calls are the same, and still there are two.
    assert printed(document.on_screen) == printed(document.blocks)
    assert printed(document.blocks).count("C = ") == 2


def test_a_source_that_the_program_above_holds_stands_there_only(tmp_path: Path) -> None:
    document = page(tmp_path, CHAIN % "b")
    made = render(document, "html")
    said = "NumPy source, in numerator layout: it is the function <code>derivative</code> of the program above."
    assert said in made
    (first, *_) = (block for block in document.on_screen if isinstance(block, Folded) and block.kind == "program")
    (program,) = first.blocks
    (source, *_) = (
        block for block in document.blocks if isinstance(block, Folded) and "NumPy source" in str(block.summary)
    )
    (function,) = source.blocks
    assert isinstance(program, Code)
    assert isinstance(function, Code)
    assert function.code.strip() in program.code
