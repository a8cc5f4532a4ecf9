"""The gallery in Chromium: on a phone nothing is cut off or scrolls without a mark; axe finds no violation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import CHROMIUM, Browser, browser
from tests.nodefiles import AXE, VIOLATIONS

# A page of each kind and the heaviest ones; the night tier takes all.
PANEL = (
    "index", "index-by-rule", "index-by-shape", "search", "404", "manual/python",
    "01-scalar-rules/neuron-and-training",
    "05-element-wise-operators/maximum-of-two-vectors", "10-the-loss/mean-squared-loss",
    "11-matrix-calculus/gaussian-by-the-covariance", "11-matrix-calculus/quadratic-form",
    "12-machine-learning/softmax-cross-entropy", "12-machine-learning/two-layer-network-weights",
    "13-reference/cheat-sheet", "13-reference/rules", "homework/first-sheet", "homework/neuron-and-loss",
)  # fmt: skip
PAGES = pytest.mark.parametrize("panel", [PANEL, pytest.param((), marks=[pytest.mark.night])], ids=["panel", "all"])

PHONE, DESKTOP = 320, 1280

# All that a reader can bring to light.
OPEN = """
document.querySelectorAll('details').forEach(one => { one.open = true; });
document.querySelectorAll('[data-detail]').forEach(one => { one.dataset.detail = 'detailed'; });
"""
# What is read aloud only has a clip path, and is no part of the picture.
REFLOW = """(() => {
  const faults = [], page = document.scrollingElement;
  if (page.scrollWidth > innerWidth) faults.push(`the page is ${page.scrollWidth} px wide`);
  for (const one of document.querySelectorAll('body *')) {
    const style = getComputedStyle(one), scrolls = /auto|scroll/;
    if (!one.getClientRects().length || style.overflowX === 'visible' || style.clipPath !== 'none') continue;
    const wide = one.scrollWidth > one.clientWidth + 1, high = one.scrollHeight > one.clientHeight + 1;
    const name = `<${one.localName} class="${one.className}">`;
    const isMarked = one.tabIndex >= 0 && one.getAttribute('role') && one.getAttribute('aria-label');
    if (wide && !scrolls.test(style.overflowX)) faults.push(`${name} is cut off at its right`);
    else if (wide && !isMarked) faults.push(`${name} scrolls and is not marked`);
    if (high && !scrolls.test(style.overflowY)) faults.push(`${name} is cut off at its foot`);
  }
  return faults;
})()"""

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")]
needs_axe = pytest.mark.skipif(AXE is None, reason="needs axe-core: npm install axe-core")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def chosen(site: Path, panel: tuple[str, ...]) -> list[Path]:
    """The pages of the panel, or all."""
    return [site / f"{name}.html" for name in panel] or sorted(site.rglob("*.html"))


def reflow(chromium: Browser, page: Path) -> list[str]:
    """What a phone cuts off or scrolls without a mark, at first and when all is open."""
    chromium.open(page, width=PHONE)
    first: list[str] = chromium.run(REFLOW)
    chromium.run(OPEN)
    opened: list[str] = chromium.run(REFLOW)
    return [f"{page.stem}: {fault}" for fault in dict.fromkeys((*first, *opened))]


def violations(chromium: Browser, page: Path) -> list[str]:
    """What axe finds in both colour schemes on both widths, when all is open."""
    assert AXE is not None
    script = AXE.read_text(encoding="utf-8")
    found = []
    for scheme in ("light", "dark"):
        for width in (DESKTOP, PHONE):
            chromium.open(page, width=width, scheme=scheme)
            chromium.run(script + "; null")
            chromium.run(OPEN)
            found += [f"{page.stem}, {scheme}, {width} px: {fault}" for fault in chromium.run(VIOLATIONS)]
    return found


@PAGES
def test_at_320_pixels_nothing_but_marked_regions_scrolls(
    chromium: Browser, gallery_site: Path, panel: tuple[str, ...]
) -> None:
    pages = chosen(gallery_site, panel)
    assert [fault for page in pages for fault in reflow(chromium, page)] == []


@needs_axe
@pytest.mark.slow
@PAGES
def test_axe_finds_no_violation_in_two_schemes_and_two_widths(
    chromium: Browser, gallery_site: Path, panel: tuple[str, ...]
) -> None:
    pages = chosen(gallery_site, panel)
    assert [fault for page in pages for fault in violations(chromium, page)] == []


# Of each line that a phone breaks: whether it is joined, how many rows one sees, and how much of it is hidden.
LINES = """[...document.querySelectorAll('.joins')].filter(one => one.checkVisibility()).map(one => {
  const table = one.querySelector('[class^=w]'), filled = '[class^=w] > mtr > mtd:not(:empty)';
  const places = [...one.querySelectorAll(filled)].map(cell => cell.getBoundingClientRect());
  const rows = places.filter((place, k) => !k || place.left < places[k - 1].right - 1);
  return [getComputedStyle(table).display.includes('table'), rows.length, one.scrollWidth - one.clientWidth];
})"""


@pytest.mark.parametrize(("width", "is_joined"), [(DESKTOP, True), (PHONE, False)])
def test_a_line_that_a_phone_breaks_is_whole_on_a_wide_page(
    chromium: Browser, gallery_site: Path, width: int, is_joined: bool
) -> None:
    chromium.open(gallery_site / "11-matrix-calculus/quadratic-form.html", width=width)
    chromium.run("document.fonts.ready.then(() => 0)")
    lines = chromium.run(LINES)
    assert lines
    for is_table, rows, hidden in lines:
        assert is_table is not is_joined
        assert (rows == 1) is is_joined
        assert hidden <= 0


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A page with a fault of each kind."""
    wide = '<p style="width: 500px">wide</p>'
    bodies = (
        f'<div style="overflow: auto">{wide}</div>',
        f'<div style="overflow: hidden" class="cut">{wide}</div>',
        f'<details><summary>More</summary><div style="overflow: auto" tabindex="0">{wide}</div></details>',
        '<div style="height: 1em; overflow: auto hidden" class="low"><p style="height: 3em">high</p></div>',
        '<p style="color: #999; background: #fff">pale</p>',
        '<pre style="width: 330px">beyond</pre>',
    )
    page = tmp_path / "spoilt.html"
    page.write_text(f'<!DOCTYPE html><html lang="en"><title>A page</title>{"".join(bodies)}', encoding="utf-8")
    return page


def test_each_fault_of_reflow_is_noticed(chromium: Browser, spoilt: Path) -> None:
    faults = [fault.removeprefix("spoilt: ") for fault in reflow(chromium, spoilt)]
    assert faults == [
        "the page is 338 px wide",
        '<div class=""> scrolls and is not marked',
        '<div class="cut"> is cut off at its right',
        '<div class="low"> is cut off at its foot',
    ]


@needs_axe
def test_a_violation_is_noticed(chromium: Browser, spoilt: Path) -> None:
    assert any("color-contrast" in fault and "pale" in fault for fault in violations(chromium, spoilt))


def test_a_page_that_is_missing_is_no_clean_page(chromium: Browser, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="ERR_FILE_NOT_FOUND"):
        chromium.open(tmp_path / "missing.html", width=PHONE)
