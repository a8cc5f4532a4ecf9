"""What Chromium paints of a page, dot by dot: the whole of every brace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser, browser
from tests.measured import needs_chromium, page_of

pytestmark = [pytest.mark.browser, needs_chromium]

# For each brace the share of its columns that have ink, from the left end of what stands above it to the right end.
INKED = """(async picture => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + picture;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const isInked = (x, top, bottom) => {
    const dots = context.getImageData(x, top, 1, bottom - top).data;
    for (let dot = 0; dot < dots.length; dot += 4) if (dots[dot] < 220) return true;
    return false;
  };
  const shares = [];
  for (const brace of document.querySelectorAll('munder > mo')) {
    const row = brace.parentElement.getBoundingClientRect(), own = brace.getBoundingClientRect();
    if (!row.width || brace.textContent !== '⏟') continue;
    const left = Math.ceil(row.left) + 1, right = Math.floor(row.right) - 1;
    let inked = 0;
    for (let x = left; x < right; x++) inked += isInked(x, Math.floor(own.top) - 1, Math.ceil(own.bottom) + 1);
    shares.push(inked / (right - left));
  }
  return shares;
})"""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


def inked(chromium: Browser, page: Path, width: int) -> list[float]:
    """The share of each brace of a page that is drawn, with the finer steps open."""
    chromium.open(page, width=width)
    script = "document.querySelectorAll('details').forEach(one => { one.open = true; });"
    high = chromium.run(f"{script} document.fonts.ready.then(() => document.scrollingElement.scrollHeight)")
    chromium.ask("Emulation.setDeviceMetricsOverride", width=width, height=high, deviceScaleFactor=1, mobile=False)
    picture = chromium.ask("Page.captureScreenshot", format="png")["data"]
    shares: list[float] = chromium.run(f"{INKED}('{picture}')")
    return shares


@pytest.mark.parametrize("width", [1000, 390])
def test_braces_are_drawn_from_end_to_end(chromium: Browser, tmp_path: Path, width: int) -> None:
    shares = inked(chromium, page_of("10-the-loss/mean-squared-loss", tmp_path), width)
    assert len(shares) > 10
    assert min(shares) > 0.9
