"""What a reader may choose on a page of steps, in Chromium: it is shown, kept and given on by links; paper has all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.browser import CHROMIUM, Browser, browser
from tests.measured import page_at, page_of
from tests.nodefiles import AXE, VIOLATIONS
from tests.test_browser import REFLOW, needs_axe

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
def loss(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Steps with finer steps within them; some of them are not in the shortest preset."""
    return page_of("10-the-loss/mean-squared-loss", tmp_path_factory.mktemp("loss"))


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


LINES = seen("main > .step > .beside .layout strong", "innerText")
DETAILED = """
detail: detailed
variables: {x: "vector(n)", A: "matrix(m, n)"}
functions:
  u: A @ x
  f: u.T @ u
derivatives: f wrt x
"""


def test_lines_in_the_other_layout_are_shown_when_it_is_chosen_and_never_alone(
    chromium: Browser, tmp_path: Path
) -> None:
    (tmp_path / "lines.yaml").write_text(DETAILED, encoding="utf-8")
    page = page_at(tmp_path / "lines.yaml", tmp_path / "build")
    both = shown(chromium, page, LINES)
    assert both == BOTH * (len(both) // 2) != []
    alone = BOTH[:1] * (len(both) // 2)
    assert shown(chromium, page, LINES, choice="layout=numerator") == alone
    assert shown(chromium, page, LINES, choice="layout=denominator") == both
    assert shown(chromium, page, LINES, choice="detail=standard") == alone
    assert shown(chromium, page, LINES, choice="detail=standard&layout=denominator") == both


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


def test_detail_is_chosen_and_kept(chromium: Browser, loss: Path) -> None:
    standard = shown(chromium, loss, STEPS)
    chromium.run(pressed("brief", "detail"))
    brief = chromium.run(STEPS)
    assert set(brief) < set(standard)
    assert again(chromium, loss, STEPS) == brief
    opened = "[...document.querySelectorAll('details.finer')].map(one => one.open)"
    assert set(chromium.run(opened)) == {False}
    chromium.run(pressed("detailed", "detail"))
    assert set(chromium.run(opened)) == {True}
    assert set(again(chromium, loss, opened)) == {True}


def test_one_step_at_a_time(chromium: Browser, quadratic: Path) -> None:
    everything = shown(chromium, quadratic, STEPS)
    goals = seen("main > .subgoal", "id")
    assert len(chromium.run(goals)) > 1
    chromium.run("document.querySelector('.one-by-one').click()")
    assert chromium.run(STEPS) == everything[:1]
    assert chromium.run(goals) == ["goal-a1"]
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


COPIED = "navigator.clipboard.readText()"
TITLES = "[...document.querySelectorAll('dialog > div')].filter(one => one.checkVisibility()).map(one => one.ariaLabel)"
# What a page tells when it has copied; it loads a file before.
TELLS = """new Promise((done, failed) => {
  const end = Date.now() + 5000;
  const look = () => {
    const told = document.querySelector('output').textContent;
    if (told || document.querySelector('dialog textarea')) done(told);
    else if (Date.now() > end) failed('nothing was told');
    else setTimeout(look, 20);
  };
  look();
})"""
OPENS = """new Promise((done, failed) => {
  const end = Date.now() + 5000;
  const look = () => {
    const { open, ariaLabel } = document.querySelector('dialog');
    if (open) done(ariaLabel); else if (Date.now() > end) failed('no dialog'); else setTimeout(look, 20);
  };
  look();
})"""


def copied(chromium: Browser, script: str) -> str:
    """What the clipboard has after a script."""
    chromium.let_copy()
    chromium.run(f"navigator.clipboard.writeText('nothing').then(() => {{ {script} }})")
    chromium.run(TELLS)
    found: str = chromium.run(COPIED)
    return found


def test_the_latex_of_a_step_is_copied(chromium: Browser, quadratic: Path) -> None:
    shown(chromium, quadratic, "null")
    found = copied(chromium, "document.querySelector('#step-a1 > button').click()")
    assert found.count(r"\mathrm{d}") >= 2
    assert r"\mathbf{A}" in found
    assert chromium.run(TELLS) == "Copied: LaTeX"


@pytest.mark.parametrize(("layout", "shape"), [("numerator", (1, 3)), ("denominator", (3, 1))])
def test_a_result_is_copied_as_a_program_that_computes_it(
    chromium: Browser, quadratic: Path, layout: str, shape: tuple[int, int]
) -> None:
    shown(chromium, quadratic, "null", choice=f"layout={layout}")
    chromium.run("document.querySelector('.answer > button').click()")
    assert chromium.run(OPENS) == "Copy a result"
    assert chromium.run(TITLES) == [f"df/dx, {layout} layout", "d(df/dx)/dx, both layouts"]
    source = copied(chromium, f"document.querySelectorAll('dialog .{layout} button')[1].click()")
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102  # what the page offers is what is tested
    point, matrix = np.array([[1.0], [2.0], [-1.0]]), np.array([[1.0, 2, 0], [0, 3, 1], [5, 0, 1]])
    gradient = (matrix + matrix.T) @ point
    assert names["derivative"](point, matrix).shape == shape
    assert np.allclose(names["derivative"](point, matrix).ravel(), gradient.ravel())
    assert f"{layout} layout, {shape[0] if shape[0] == 1 else 'n'} x " in source


def test_the_forms_of_a_result(chromium: Browser, quadratic: Path) -> None:
    shown(chromium, quadratic, "null")
    chromium.run("document.querySelector('.answer > button').click()")
    chromium.run(OPENS)
    forms = "[...document.querySelectorAll('dialog > div')].map(one => [...one.children].map(one => one.textContent))"
    assert chromium.run(forms) == [["LaTeX", "NumPy", "JAX", "PyTorch"]] * 3
    assert copied(chromium, "document.querySelectorAll('dialog button')[0].click()").startswith(r"\frac{\partial f}")


def test_where_a_browser_forbids_copying_the_text_is_shown(chromium: Browser, quadratic: Path) -> None:
    shown(chromium, quadratic, "null")
    chromium.run("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    chromium.run("document.querySelector('#step-a1 > button').click()")
    assert chromium.run(OPENS) == "Copy"
    assert r"\mathrm{d}f" in chromium.run("document.querySelector('dialog textarea').value")


def test_a_general_derivative_is_no_program(chromium: Browser, tmp_path: Path) -> None:
    page = page_of("03-the-jacobian-and-two-layouts/general-jacobian", tmp_path)
    shown(chromium, page, "null")
    chromium.run("document.querySelector('.answer > button').click()")
    chromium.run(OPENS)
    forms = "[...document.querySelectorAll('dialog > div button')].map(one => one.textContent)"
    assert set(chromium.run(forms)) == {"LaTeX"}


def test_the_number_of_a_step_is_a_link_to_it(chromium: Browser, quadratic: Path) -> None:
    shown(chromium, quadratic, "null")
    address = copied(chromium, "document.querySelector('#step-a2 b > a').click()")
    assert address == f"{quadratic.as_uri()}#step-a2"
    assert chromium.run("location.hash") == "#step-a2"


HIDDEN = """(() => {
  const finer = document.querySelector('main > .standard > details.finer > .step');
  return [finer.id, finer.closest('main > .step').id];
})()"""


@pytest.mark.parametrize("before", ["detail=brief", "step=1", "detail=brief&step=1"])
def test_a_link_to_a_step_opens_what_is_folded(chromium: Browser, loss: Path, before: str) -> None:
    finer, outer = shown(chromium, loss, HIDDEN, choice=before)
    is_seen = f"document.getElementById('{finer}').checkVisibility()"
    assert chromium.run(is_seen) is False
    chromium.run(f"location.hash = '{finer}'; new Promise(done => setTimeout(done, 200))")
    assert chromium.run(is_seen) is True
    assert outer in chromium.run(STEPS)
    top = chromium.run(f"document.getElementById('{finer}').getBoundingClientRect().top")
    assert 0 <= top < 900


def test_a_link_from_elsewhere_shows_its_step_to_a_reader_of_brief_pages(chromium: Browser, loss: Path) -> None:
    finer, outer = shown(chromium, loss, HIDDEN, choice="detail=brief")
    chromium.run(pressed("brief", "detail"))
    again(chromium, loss, "null", choice=finer)
    assert outer in chromium.run(STEPS)
    assert chromium.run(f"document.getElementById('{finer}').checkVisibility()") is True


FOCUS = "document.activeElement.closest('.step')?.id ?? null"


def test_keys_lead_from_step_to_step(chromium: Browser, quadratic: Path) -> None:
    steps = shown(chromium, quadratic, STEPS)
    chromium.press("j")
    assert chromium.run(FOCUS) == steps[0]
    chromium.press("j", "j", "k")
    assert chromium.run(FOCUS) == steps[1]
    chromium.press("k", "k", "k")
    assert chromium.run(FOCUS) == steps[0]


def test_a_key_shows_the_next_step_where_they_come_one_by_one(chromium: Browser, quadratic: Path) -> None:
    steps = shown(chromium, quadratic, STEPS)
    again(chromium, quadratic, "null", choice="step=1")
    chromium.press("j", "j")
    assert chromium.run(STEPS) == steps[:2]
    assert chromium.run(FOCUS) == steps[1]


def test_keys_change_layout_and_detail(chromium: Browser, quadratic: Path) -> None:
    shown(chromium, quadratic, "null")
    chromium.press("l", "d")
    assert chromium.run(PRESSED) == ["numerator", "detailed"]
    assert chromium.run("document.querySelector('output').textContent") == "detailed"
    chromium.press("l", "d")
    assert chromium.run(PRESSED) == ["denominator", "brief"]
    assert again(chromium, quadratic, PRESSED) == ["denominator", "brief"]


def test_keys_do_nothing_with_control_or_in_a_field_or_when_they_are_off(chromium: Browser, quadratic: Path) -> None:
    shown(chromium, quadratic, "null")
    for modifier in (1, 2, 4):
        chromium.press("l", modifiers=modifier)
    chromium.run("document.body.prepend(document.createElement('input')); document.querySelector('input').focus()")
    chromium.press("l", "j", "?")
    assert chromium.run("document.querySelector('input').value") == "lj?"
    assert chromium.run(PRESSED) == ["both", "standard"]
    again(chromium, quadratic, "null")
    chromium.press("?")
    chromium.run(OPENS)
    chromium.run(pressed("off", "keys"))
    again(chromium, quadratic, "null")
    chromium.press("l", "d", "j", "?")
    assert chromium.run(PRESSED) == ["both", "standard"]
    assert chromium.run("document.querySelector('dialog').open") is False


def test_the_list_of_keys_has_those_that_the_page_has(chromium: Browser, quadratic: Path, scalar: Path) -> None:
    listed = seen("dialog kbd", "textContent")
    shown(chromium, quadratic, "null")
    chromium.press("?")
    assert chromium.run(OPENS) == "Keys and colours"
    assert chromium.run(listed) == ["j", "k", "l", "d", "/", "?"]
    chromium.press("Escape")
    assert chromium.run("document.querySelector('dialog').open") is False
    shown(chromium, scalar, "null")
    chromium.press("?")
    chromium.run(OPENS)
    assert chromium.run(listed) == ["j", "k", "d", "/", "?"]
    chromium.run("document.querySelector('dialog form button').click()")
    assert chromium.run("document.querySelector('dialog').open") is False


def test_a_key_leads_to_the_search_where_the_site_has_one(chromium: Browser, quadratic: Path) -> None:
    shown(chromium, quadratic, "null")
    assert chromium.run("document.querySelector('.site [href$=\"search.html\"]') !== null") is True
    chromium.waiting.clear()
    chromium.press("/")
    chromium.awaited(lambda message: message.get("method") == "Page.loadEventFired")
    assert chromium.run("location.pathname.split('/').at(-1)") == "search.html"


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_no_violation_in_dialogs(chromium: Browser, quadratic: Path, scheme: str, width: int) -> None:
    assert AXE is not None
    script = AXE.read_text(encoding="utf-8")
    for opener in ("[data-opens=help]", ".answer > button"):
        chromium.open(quadratic, width=width, scheme=scheme)
        chromium.run(script + "; null")
        chromium.run(f"document.querySelector('{opener}').click()")
        chromium.run(OPENS)
        assert chromium.run(VIOLATIONS) == []
        assert chromium.run(REFLOW) == []


def test_colours_are_chosen_in_the_dialog(chromium: Browser, quadratic: Path) -> None:
    light = shown(chromium, quadratic, PAPER)
    chromium.press("?")
    chromium.run(OPENS)
    chromium.run(pressed("dark", "theme"))
    dark = chromium.run(PAPER)
    assert dark != light
    assert again(chromium, quadratic, PAPER) == dark
    chromium.press("?")
    chromium.run(OPENS)
    chromium.run(pressed("auto", "theme"))
    assert again(chromium, quadratic, PAPER) == light
    assert again(chromium, quadratic, PAPER, scheme="dark") == dark


def test_a_hand_on_the_keyboard_alone_reaches_every_control(chromium: Browser, quadratic: Path) -> None:
    shown(chromium, quadratic, "null")
    wanted = """(() => {
      const all = [...document.querySelectorAll('a[href], button, summary, [tabindex="0"]')];
      return all.filter(one => one.checkVisibility()).length;
    })()"""
    count = chromium.run(wanted)
    place = """(() => {
      const one = document.activeElement, style = getComputedStyle(one);
      if (one === document.body) return null;
      one.dataset.reached ??= document.querySelectorAll('[data-reached]').length;
      return [style.outlineStyle !== 'none', one.getBoundingClientRect().bottom > 0];
    })()"""
    reached = []
    for _ in range(count):
        chromium.press("Tab")
        reached.append(chromium.run(place))
    assert all(one == [True, True] for one in reached)
    assert chromium.run("document.querySelectorAll('[data-reached]').length") == count
    # Layout, detail and the dialog by Enter alone.
    chromium.run("document.querySelector('[value=denominator]').focus()")
    chromium.press("Enter")
    assert chromium.run(HEADS)[0] == "denominator layout"
    chromium.run("document.querySelector('[data-opens=help]').focus()")
    chromium.press("Enter")
    assert chromium.run(OPENS) == "Keys and colours"
    chromium.press("Escape")
    assert chromium.run("document.activeElement.dataset.opens") == "help"
