"""What a reader may choose on a page of steps, in Chromium: it is shown, kept and given on by links; paper has all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import CHROMIUM, Browser, browser
from tests.measured import page_of

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")]


def seen(selector: str, what: str) -> str:
    """A script that finds something of each element that is seen."""
    return f"[...document.querySelectorAll('{selector}')].filter(one => one.checkVisibility()).map(one => one.{what})"


HEADS = seen(".answer .layout strong", "innerText")
PRESSED = seen(".controls [aria-pressed=true]", "value")
ASIDE = seen(".aside", "innerText")
STEPS = seen("main > .step", "id")
BOTH = ["numerator layout", "denominator layout"]


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def quadratic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradient that differs from layout to layout, and a Hessian that does not."""
    return page_of("11-matrix-calculus/quadratic-form", tmp_path_factory.mktemp("quadratic"))


@pytest.fixture(scope="module")
def scalar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A derivative that is the same in both layouts."""
    return page_of("01-scalar-rules/power-rule", tmp_path_factory.mktemp("scalar"))


def shown(chromium: Browser, page: Path, script: str, *, choice: str = "", scheme: str = "light") -> Any:
    """What a script finds on a page whose reader has chosen nothing before."""
    chromium.open(page, width=1000, scheme=scheme)
    chromium.run("localStorage.clear()")
    return again(chromium, page, script, choice=choice, scheme=scheme)


def again(chromium: Browser, page: Path, script: str, *, choice: str = "", scheme: str = "light") -> Any:
    """What a script finds on a page, with all that its reader has chosen before."""
    chromium.open(page, width=1000, scheme=scheme, fragment=choice)
    return chromium.run(script)


def pressed(value: str, key: str = "layout") -> str:
    """A script that presses the button of a choice."""
    return f"document.querySelector('[data-key={key}] [value={value}]').click()"


def test_at_first_a_page_shows_what_its_spec_asks_for(chromium: Browser, quadratic: Path) -> None:
    assert shown(chromium, quadratic, f"[{HEADS}, {PRESSED}, {ASIDE}]") == [
        [*BOTH, "both layouts"],
        ["both", "standard"],
        [],
    ]


@pytest.mark.parametrize(("layout", "other"), [BOTH, BOTH[::-1]], ids=["numerator", "denominator"])
def test_one_layout_is_shown_alone_and_kept_for_the_next_page(
    chromium: Browser, quadratic: Path, layout: str, other: str
) -> None:
    shown(chromium, quadratic, pressed(layout.split()[0]))
    assert chromium.run(HEADS) == [layout, "both layouts"]
    assert again(chromium, quadratic, HEADS) == [layout, "both layouts"]
    assert not any(other in told for told in chromium.run(seen("summary", "innerText")))


def test_an_answer_in_the_other_layout_says_what_the_steps_are_in(chromium: Browser, quadratic: Path) -> None:
    told = "The steps below are in numerator layout; what stands here is the transpose of their result."
    assert shown(chromium, quadratic, ASIDE, choice="layout=denominator") == [told]
    assert "Steps, in numerator layout" in chromium.run("document.body.innerText")
    assert shown(chromium, quadratic, ASIDE, choice="layout=numerator") == []


def test_a_link_chooses_for_this_time_alone(chromium: Browser, quadratic: Path) -> None:
    shown(chromium, quadratic, "null", choice="layout=denominator&detail=brief")
    assert chromium.run(PRESSED) == ["denominator", "brief"]
    assert again(chromium, quadratic, PRESSED) == ["both", "standard"]


def test_a_word_that_is_no_choice_changes_nothing(chromium: Browser, quadratic: Path) -> None:
    assert shown(chromium, quadratic, PRESSED, choice="layout=rows&detail=all") == ["both", "standard"]


def test_an_answer_that_is_the_same_in_both_layouts_has_no_switch(chromium: Browser, scalar: Path) -> None:
    found = "[document.querySelectorAll('[data-key=layout]').length, document.documentElement.dataset.layout ?? null]"
    assert shown(chromium, scalar, found, choice="layout=denominator") == [0, None]
    assert chromium.run(HEADS) == ["both layouts"]


def test_detail_is_chosen_and_kept(chromium: Browser, quadratic: Path) -> None:
    standard = shown(chromium, quadratic, STEPS)
    chromium.run(pressed("brief", "detail"))
    brief = chromium.run(STEPS)
    assert set(brief) < set(standard)
    assert again(chromium, quadratic, STEPS) == brief
    chromium.run(pressed("detailed", "detail"))
    opened = "[...document.querySelectorAll('details.finer')].every(one => one.open)"
    assert chromium.run(opened) is True
    assert again(chromium, quadratic, opened) is True


def test_one_step_at_a_time(chromium: Browser, quadratic: Path) -> None:
    everything = shown(chromium, quadratic, STEPS)
    chromium.run("document.querySelector('.one-by-one').click()")
    assert chromium.run(STEPS) == everything[:1]
    chromium.run("document.querySelector('.next button').click()")
    assert chromium.run(STEPS) == everything[:2]
    assert f"Step 2 of {len(everything)}" in chromium.run("document.querySelector('.next').innerText")


def test_paper_has_all_steps_and_both_layouts_and_no_controls(chromium: Browser, quadratic: Path) -> None:
    everything = shown(chromium, quadratic, STEPS, choice="detail=detailed")
    again(chromium, quadratic, "null", choice="layout=denominator&detail=brief&step=1")
    assert len(chromium.run(STEPS)) == 1
    chromium.ask("Emulation.setEmulatedMedia", media="print")
    assert chromium.run(STEPS) == everything
    assert chromium.run(HEADS) == [*BOTH, "both layouts"]
    assert chromium.run(ASIDE) == []
    assert chromium.run(seen(".controls, .next", "className")) == []
    chromium.ask("Emulation.setEmulatedMedia", media="")


def test_without_scripts_both_layouts_stand_and_no_control(chromium: Browser, quadratic: Path) -> None:
    chromium.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        assert shown(chromium, quadratic, HEADS, choice="layout=denominator") == [*BOTH, "both layouts"]
        assert chromium.run("document.querySelector('.controls').checkVisibility()") is False
        assert len(chromium.run(STEPS)) > 5
    finally:
        chromium.ask("Emulation.setScriptExecutionDisabled", value=False)


PAPER = "getComputedStyle(document.documentElement).backgroundColor"


def test_a_theme_that_was_chosen_is_kept_on_every_page(chromium: Browser, quadratic: Path) -> None:
    light = shown(chromium, quadratic, PAPER)
    dark = shown(chromium, quadratic, PAPER, scheme="dark")
    assert light != dark
    chromium.run("localStorage.setItem('derivgen-theme', 'light')")
    assert again(chromium, quadratic, PAPER, scheme="dark") == light
    chromium.run("localStorage.setItem('derivgen-theme', 'dark')")
    assert again(chromium, quadratic.with_name("index.html"), PAPER) == dark
