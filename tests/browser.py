"""Chromium, spoken to over a pipe: pages at a width and in a colour scheme, and what a script finds on them."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# What the protocol of the developer tools answers is JSON of any form.
Message = dict[str, Any]

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SECONDS = 120.0
HEIGHT = 900
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking",
    "--no-first-run", "--remote-debugging-pipe",
)  # fmt: skip
CODES = {"Tab": 9, "Enter": 13, "Escape": 27}
TYPED = {"Enter": "\r"}
# Chromium reads commands from descriptor 3 and answers on descriptor 4.
PIPED = 'exec "$@" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null'


@dataclass
class Browser:
    """One tab; a message is JSON and ends with a zero byte."""

    process: subprocess.Popen[bytes]
    tab: str = ""
    asked: int = 0
    unread: bytes = b""
    waiting: list[Message] = field(default_factory=list)

    def ask(self, method: str, **parameters: object) -> Message:
        """What Chromium answers to a command."""
        self.asked += 1
        number = self.asked
        message = {"id": number, "method": method, "params": parameters} | ({"sessionId": self.tab} if self.tab else {})
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message).encode() + b"\0")
        self.process.stdin.flush()
        answer = self.awaited(lambda one: one.get("id") == number)
        assert "error" not in answer, (method, answer["error"])
        result: Message = answer["result"]
        return result

    def awaited(self, is_wanted: Callable[[Message], bool]) -> Message:
        """The next message that is wanted; the others wait until they are."""
        while True:
            for message in self.waiting:
                if is_wanted(message):
                    self.waiting.remove(message)
                    return message
            self.waiting.append(self.read())

    def read(self) -> Message:
        """The next message."""
        assert self.process.stdout is not None
        pipe = self.process.stdout.fileno()
        while b"\0" not in self.unread:
            assert select.select([pipe], [], [], SECONDS)[0], "Chromium is silent"
            piece = os.read(pipe, 1 << 16)
            assert piece, "Chromium has ended"
            self.unread += piece
        message, _, self.unread = self.unread.partition(b"\0")
        read: Message = json.loads(message)
        return read

    def open(self, page: Path | str, *, width: int, scheme: str = "light", fragment: str = "") -> None:
        """Load a page anew, from the disk or from an address."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=HEIGHT, deviceScaleFactor=1, mobile=False)
        # What scrolls is there at once, so that its place can be measured.
        wishes = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        features = [{"name": name, "value": value} for name, value in wishes.items()]
        self.ask("Emulation.setEmulatedMedia", features=features)
        # From one place of a page to another a browser loads nothing, so the way leads over an empty page.
        place = page if isinstance(page, str) else page.as_uri()
        for address in ("about:blank", place + (f"#{fragment}" if fragment else "")):
            self.waiting.clear()
            opened = self.ask("Page.navigate", url=address)
            assert "errorText" not in opened, (page, opened["errorText"])
            self.awaited(lambda message: message.get("method") == "Page.loadEventFired")

    def run(self, script: str) -> Any:
        """The value of a script, which may be a promise."""
        done = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def press(self, *keys: str, modifiers: int = 0) -> None:
        """Press keys one after the other, as a hand does; `modifiers` are 1 for Alt, 2 for Control, 4 for Meta."""
        for key in keys:
            # A letter that is held with Control types nothing.
            typed = TYPED.get(key, key if len(key) == 1 and not modifiers else "")
            what = {"key": key, "code": key, "windowsVirtualKeyCode": CODES.get(key, 0), "modifiers": modifiers}
            self.ask("Input.dispatchKeyEvent", type="keyDown", **what, **({"text": typed} if typed else {}))
            self.ask("Input.dispatchKeyEvent", type="keyUp", **what)

    def let_copy(self) -> None:
        """Let pages use the clipboard, as if their window had the focus."""
        self.ask("Emulation.setFocusEmulationEnabled", enabled=True)
        self.ask("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A Chromium of one's own, which is gone in the end."""
    command = [CHROMIUM or "chromium", *OPTIONS, f"--user-data-dir={profile}", "about:blank"]
    with subprocess.Popen(
        ["sh", "-c", PIPED, "sh", *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            opened = Browser(process)
            target = opened.ask("Target.createTarget", url="about:blank")["targetId"]
            opened.tab = opened.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            opened.ask("Page.enable")
            yield opened
        finally:
            process.terminate()
