"""On the first visit of a page nothing moves, though its font, its style and its script come one after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.browser import Browser, browser
from tests.measured import needs_chromium, page_of

pytestmark = [pytest.mark.browser, needs_chromium]
# Seconds that a file takes: a font that is asked for by the style alone would come after the first sight of the page.
WAITS = {".css": 1.0, ".woff2": 0.2, ".js": 1.3}
SHIFTS = """new Promise(done => {
  let moved = 0;
  const add = list => { for (const one of list.getEntries()) moved += one.value; };
  new PerformanceObserver(add).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done([moved, [...document.fonts].filter(one => one.status === 'loaded').length]), 1000);
})"""


class Slow(SimpleHTTPRequestHandler):
    """A server of files, each of which takes its time."""

    def do_GET(self) -> None:
        time.sleep(WAITS.get(Path(self.path).suffix, 0.0))
        super().do_GET()

    def log_message(self, *told: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a page of formulas and controls."""
    page = page_of("10-the-loss/mean-squared-loss", tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Slow, directory=str(page.parent))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{page.name}"
        server.shutdown()


def visited(chromium: Browser, address: str) -> tuple[float, int]:
    """How much moves on a visit, and how many fonts are loaded in the end."""
    chromium.ask("Page.navigate", url=address)
    chromium.awaited(lambda message: message.get("method") == "Page.loadEventFired")
    moved, fonts = chromium.run(SHIFTS)
    return moved, fonts


WIDTHS = pytest.mark.parametrize("width", [1280, 390])


@WIDTHS
def test_nothing_moves_on_the_first_visit(served: str, width: int, tmp_path: Path) -> None:
    with browser(tmp_path / "profile") as chromium:
        chromium.ask("Emulation.setDeviceMetricsOverride", width=width, height=844, deviceScaleFactor=1, mobile=False)
        moved, fonts = visited(chromium, served)
        asked = chromium.run("document.querySelectorAll('link[rel=preload]').length")
        assert (moved, fonts) == (0, asked)
        assert asked == 1  # its formulas have no Greek letter, though a d in italics stands among those


@WIDTHS
@pytest.mark.parametrize("detail", ["brief", "detailed"])
def test_nothing_moves_for_a_reader_who_has_chosen_before(served: str, width: int, detail: str, tmp_path: Path) -> None:
    choice = {"layout": "denominator", "detail": detail, "theme": "dark"}
    with browser(tmp_path / "profile") as chromium:
        chromium.ask("Emulation.setDeviceMetricsOverride", width=width, height=844, deviceScaleFactor=1, mobile=False)
        visited(chromium, served)
        for key, value in choice.items():
            chromium.run(f"localStorage.setItem('derivgen-{key}', '{value}')")
        assert visited(chromium, served)[0] == 0
        assert chromium.run("({...document.documentElement.dataset})") == choice
