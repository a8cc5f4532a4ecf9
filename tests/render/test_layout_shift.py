"""On the first visit of a page nothing moves, though its font, its style and its script come one after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

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

    waits: ClassVar = WAITS

    def do_GET(self) -> None:
        time.sleep(self.waits.get(Path(self.path).suffix, 0.0))
        super().do_GET()

    def log_message(self, *told: object) -> None:
        """Say nothing."""


class Late(Slow):
    """One whose fonts come after all else, and long before they are given up."""

    waits: ClassVar = {".woff2": 0.8}


class Never(Slow):
    """One that gives no answer about fonts, as long as the browser asks."""

    waits: ClassVar = {".woff2": 20.0}


class Without(Slow):
    """One that has no fonts."""

    def do_GET(self) -> None:
        if self.path.endswith(".woff2"):
            self.send_error(404)
        else:
            super().do_GET()


@pytest.fixture(params=[Slow])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a page of formulas and controls."""
    page = page_of("10-the-loss/mean-squared-loss", tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(request.param, directory=str(page.parent))) as server:
        server.daemon_threads = True
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


def from_server(server: type[Slow]) -> pytest.MarkDecorator:
    """A test of the page as a server sends it."""
    return pytest.mark.parametrize("served", [server], indirect=True)


PAINTED = """new Promise(done => {
  const first = performance.getEntriesByName('first-contentful-paint')[0].startTime;
  const font = performance.getEntriesByType('resource').find(one => one.name.endsWith('.woff2')).responseEnd;
  done([first < font, document.querySelector('main .answer').checkVisibility()]);
})"""


@from_server(Late)
@WIDTHS
def test_the_first_sight_of_a_page_waits_for_no_font(served: str, width: int, tmp_path: Path) -> None:
    with browser(tmp_path / "profile") as chromium:
        chromium.ask("Emulation.setDeviceMetricsOverride", width=width, height=844, deviceScaleFactor=1, mobile=False)
        assert visited(chromium, served) == (0, 1)
        assert chromium.run(PAINTED) == [True, True]


SEEN = """new Promise(done => {
  const look = () => {
    const one = document.querySelector('main .answer'), controls = document.querySelector('.controls');
    if (one?.checkVisibility() && !controls.hidden) done([...document.fonts].map(face => face.status));
    else setTimeout(look, 50);
  };
  look();
})"""


@pytest.mark.parametrize("served", [Never, Without], indirect=True)
def test_a_page_whose_font_does_not_come_is_shown_without(served: str, tmp_path: Path) -> None:
    with browser(tmp_path / "profile") as chromium:
        chromium.ask("Page.navigate", url=served)
        chromium.awaited(lambda message: message.get("method") == "Page.domContentEventFired")
        assert "loaded" not in chromium.run(SEEN)


@from_server(Late)
def test_a_link_to_a_step_leads_there_though_the_font_comes_late(served: str, tmp_path: Path) -> None:
    with browser(tmp_path / "profile") as chromium:
        visited(chromium, f"{served}#step-a2")
        assert 0 <= chromium.run("document.getElementById('step-a2').getBoundingClientRect().top") < 60


@from_server(Late)
def test_a_page_that_is_loaded_anew_stays_where_it_was(served: str, tmp_path: Path) -> None:
    with browser(tmp_path / "profile") as chromium:
        chromium.ask("Network.enable")
        chromium.ask("Network.setCacheDisabled", cacheDisabled=True)
        visited(chromium, served)
        chromium.run("new Promise(done => { onscrollend = () => done(); scrollTo({top: 900, behavior: 'instant'}); })")
        chromium.waiting.clear()
        chromium.ask("Page.reload")
        chromium.awaited(lambda message: message.get("method") == "Page.loadEventFired")
        chromium.run(SHIFTS)
        assert chromium.run("scrollY") == 900
