"""`derivgen serve` as a program: pages, reloads, faults on the page, and who may ask."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from derivgen.project import preview, serve
from derivgen.project.build import BuildOptions
from derivgen.project.files import Folder
from tests.browser import browser

SPEC = "title: The square\nvariables: {x: scalar}\nfunctions:\n  f: x**2\nderivatives:\n  - f wrt x\n"
BROKEN = SPEC.replace("x**2", "x**2 + z")
PATIENCE = 60.0
# Who runs the tests in the background may have told all children to ignore Ctrl-C; a program started anew heeds it.
HEEDING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


class Served:
    """A running preview of a course with one spec, and what it has told."""

    def __init__(self, folder: Path) -> None:
        self.spec = folder / "specs/square.yaml"
        self.spec.parent.mkdir(parents=True)
        self.spec.write_text(SPEC, "utf-8")
        (folder / "derivgen.yaml").write_text("title: Course\n", "utf-8")
        command = [sys.executable, "-c", HEEDING, "-m", "derivgen", "serve", "--port", str(free_port())]
        self.process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
        self.lines: list[str] = []
        self.listening: threading.Thread | None = None
        self.reading = threading.Thread(target=self._read, daemon=True)
        self.reading.start()
        self.port = int(self.wait(lambda: re.search(r"http://127\.0\.0\.1:(\d+)/", "".join(self.lines)))[1])

    def _read(self) -> None:
        assert self.process.stderr is not None
        self.lines.extend(self.process.stderr)  # one after the other as they come

    def wait(self, found: Callable[[], Any]) -> Any:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if result := found():
                return result
            assert self.process.poll() is None, self.lines
            time.sleep(0.05)
        raise AssertionError(self.lines)

    def get(self, path: str, host: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{self.port}"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def events(self) -> Queue[dict[str, Any]]:
        """What an open page is told."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", "/-/events")
        answer = connection.getresponse()
        told: Queue[dict[str, Any]] = Queue()

        def listen() -> None:
            while line := answer.readline():
                if line.startswith(b"data: "):
                    told.put(json.loads(line.removeprefix(b"data: ")))
            answer.close()
            connection.close()

        self.listening = threading.Thread(target=listen, daemon=True)
        self.listening.start()
        return told

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.reading.join()
        if self.listening is not None:
            self.listening.join()
        assert self.process.stderr is not None
        self.process.stderr.close()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    running = Served(tmp_path)
    yield running
    running.end()


@pytest.mark.slow
def test_a_page_follows_each_save_and_shows_what_is_wrong(served: Served) -> None:
    status, page = served.get("/square.html")
    assert status == 200
    assert '<script src="/-/preview.js" defer></script>' in page
    assert "connect-src 'self'" in page
    assert served.get("/")[0] == served.get("/-/preview.js")[0] == served.get("/-/preview.css")[0] == 200
    told = served.events()
    first = told.get(timeout=PATIENCE)
    assert first["faults"] == []

    served.spec.write_text(BROKEN, "utf-8")
    (fault,) = told.get(timeout=PATIENCE)["faults"]
    assert "square.yaml:4:13" in fault
    assert "^" in fault
    assert "The square" in served.get("/square.html")[1]  # the last page that was good

    served.spec.write_text(SPEC.replace("The square", "Another title"), "utf-8")
    mended = told.get(timeout=PATIENCE)
    assert mended["faults"] == []
    assert mended["build"] != first["build"]
    assert "Another title" in served.get("/square.html")[1]
    # The built file itself has nothing of the preview.
    built = (served.spec.parents[1] / "build/preview/site/square.html").read_text("utf-8")
    assert "/-/" not in built

    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(PATIENCE) == 0
    served_lines = "".join(served.lines)
    assert "the preview has ended" in served_lines
    assert "Traceback" not in served_lines


@pytest.mark.slow
def test_only_this_machine_is_served_and_only_the_site(served: Served) -> None:
    assert served.get("/square.html", "evil.example")[0] == 421
    assert served.get("/square.html", f"localhost:{served.port}")[0] == 200
    for path in ("/../state.json", "/..%2f..%2f..%2fderivgen.yaml", "/%00", "/assets", "/missing<script>.html", "/-/x"):
        status, text = served.get(path)
        assert status == 404, path
        assert "<script>.html" not in text
    link = served.spec.parents[1] / "build/preview/site/out.html"
    link.symlink_to(served.spec)
    assert served.get("/out.html")[0] == 404
    addresses = {connection.laddr.ip for connection in listening(served.process.pid)}
    assert addresses == {"127.0.0.1"}


@pytest.mark.browser
def test_an_open_page_shows_the_fault_and_reloads_when_it_is_mended(served: Served, tmp_path: Path) -> None:
    def asked(script: str) -> Any:
        try:
            return chromium.run(script)
        except AssertionError:
            return None  # The page went away meanwhile: it was reloading.

    def until(script: str) -> None:
        served.wait(lambda: asked(script))

    with browser(tmp_path / "profile") as chromium:
        chromium.ask("Page.navigate", url=f"http://127.0.0.1:{served.port}/square.html")
        until("document.title.includes('square')")
        served.spec.write_text(BROKEN, "utf-8")
        until("document.querySelector('#derivgen-faults pre')?.textContent.includes('square.yaml:4:13')")
        served.spec.write_text(SPEC.replace("The square", "Mended"), "utf-8")
        until("document.title.includes('Mended') && !document.querySelector('#derivgen-faults')")


def listening(process: int) -> list[Any]:
    psutil = pytest.importorskip("psutil")
    return [one for one in psutil.Process(process).net_connections() if one.status == psutil.CONN_LISTEN]


@pytest.mark.parametrize(
    ("path", "assets", "is_own"),
    [("/gone.html", "", True), ("/deep/gone.html", "", False), ("/gone.html", "https://example.org/", False)],
)
def test_a_page_that_is_missing_is_told_on_the_page_of_the_site(
    tmp_path: Path, path: str, assets: str, *, is_own: bool
) -> None:
    """It has the looks of the site and leads on; where its addresses would lead nowhere, a plain one has to do."""
    page = f'<html><head><link rel="stylesheet" href="{assets}assets/style.css"></head><body>Nothing here</body></html>'
    (tmp_path / "404.html").write_text(page, "utf-8")
    with preview.server(preview.Preview(Folder(tmp_path)), free_port()) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        asked = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=PATIENCE)
        asked.request("GET", path)
        answer = asked.getresponse()
        text = answer.read().decode()
        asked.close()
        server.shutdown()
    assert answer.status == 404
    assert ("Nothing here" in text) is is_own
    assert "/-/preview.js" in text


def test_without_specs_there_is_nothing_to_serve(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "derivgen", "serve"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert ended.returncode == 1
    assert "there is no spec in specs" in ended.stderr


def test_what_makes_pages_is_imported_before_the_first_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = """
import sys
from derivgen.project.serve import get_ready
get_ready(cross_check=True)
print([name for name in ("derivgen.project.pages", "derivgen.render.html", "sympy") if name not in sys.modules])
"""
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "square.yaml").write_text(SPEC, "utf-8")
    ready: list[bool] = []

    def noted(*, cross_check: bool) -> None:
        ready.append(cross_check)
        raise KeyboardInterrupt

    monkeypatch.setattr(serve, "get_ready", noted)
    build = BuildOptions(Path("build"), ("html",), "none", 1, search=False)
    told = list(serve.served(["square.yaml"], serve.ServeOptions(build, free_port())))
    assert ready == [True]
    assert told[-1].messages == ("the preview has ended",)
