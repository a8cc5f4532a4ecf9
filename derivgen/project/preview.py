"""The pages of a built site on this machine alone, each with a script that reloads it after the next build."""

from __future__ import annotations

import html
import json
import mimetypes
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

from derivgen.project.files import SUFFIX, Folder
from derivgen.render.packaged import templates_dir

ADDRESS = "127.0.0.1"
EVENTS = "/-/events"
OWN = ("preview.js", "preview.css")
ADDED = b'<link rel="stylesheet" href="/-/preview.css"><script src="/-/preview.js" defer></script>\n</head>'
# What a page may load, as its own head says, and the one thing more that the script needs.
POLICY, WIDER = b"default-src 'none';", b"default-src 'none'; connect-src 'self';"
STYLE = b'href="assets/style.css"'
# Seconds after which an open page is written to, so that one that was closed is noticed.
SIGN_OF_LIFE = 15.0
# Ports that are tried one after the other.
PORTS = 20


@dataclass(slots=True)
class Preview:
    """The site that is shown, which build it is of, and what is wrong; pages that are open wait for the next build.

    `pages` are those that were looked at, as they were when they were good.
    """

    site: Folder
    build: str = ""
    faults: tuple[str, ...] = ()
    ended: bool = False
    pages: dict[str, bytes] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def show(self, faults: tuple[str, ...]) -> None:
        """Tell all open pages that there was a build."""
        with self.changed:
            self.build, self.faults = str(time.time_ns()), faults
            self.changed.notify_all()

    def end(self) -> None:
        """Let go of all open pages."""
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def wait(self, known: str) -> str:
        """The build after the one that is known, or the same after a while."""
        with self.changed:
            self.changed.wait_for(lambda: self.ended or self.build != known, SIGN_OF_LIFE)
            return self.build

    def read(self, name: str) -> bytes | None:
        """A file of the site; while something is wrong, a page that is gone is shown as it was."""
        try:
            data = None if name.endswith(SUFFIX) else self.site.read(name)
        except (ValueError, OSError):  # a name that leads elsewhere, or that no file can have
            return None
        if data is None:
            return self.pages.get(name) if self.faults else None
        if name.endswith(".html"):
            self.pages[name] = data
        return data

    @property
    def told(self) -> bytes:
        """What a page is told, as an event of the stream that it listens to."""
        return f"data: {json.dumps({'build': self.build, 'faults': self.faults})}\n\n".encode()


class Server(ThreadingHTTPServer):
    """Serves one preview; a page that stays open does not keep the program from ending."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, preview: Preview, port: int) -> None:
        """Listen on the loopback address.

        Raises: OSError where the port is taken.
        """
        self.preview = preview
        super().__init__((ADDRESS, port), Handler)


def server(preview: Preview, port: int) -> Server:
    """A server on this port, or on the next one that is free.

    Raises: OSError where none is.
    """
    for tried in range(port, port + PORTS - 1):
        with suppress(OSError):
            return Server(preview, tried)
    return Server(preview, port + PORTS - 1)


class Handler(BaseHTTPRequestHandler):
    """Answers with files of the site."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "derivgen"
    sys_version = ""

    def do_GET(self) -> None:  # the name that http.server calls
        """A file of the site, or the stream that tells of builds."""
        if not self._is_asked_for_here():
            # Another site could have a name of its own lead here, and read what is not published yet.
            self._send(HTTPStatus.MISDIRECTED_REQUEST, b"derivgen serves this machine alone.\n", "text/plain")
            return
        path = unquote(urlsplit(self.path).path)
        if path == EVENTS:
            self._tell()
        elif path.startswith("/-/"):
            self._own(path.removeprefix("/-/"))
        else:
            self._page(path)

    do_HEAD = do_GET  # noqa: N815

    def _is_asked_for_here(self) -> bool:
        port = self.server.server_address[1]
        return self.headers.get("Host", "") in {f"{ADDRESS}:{port}", f"localhost:{port}"}

    def _page(self, path: str) -> None:
        name = path.lstrip("/")
        name = f"{name}index.html" if not name or name.endswith("/") else name
        data = self.server.preview.read(name)
        if data is None:
            self._send(HTTPStatus.NOT_FOUND, self._missing(path), "text/html")
            return
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self._send(HTTPStatus.OK, with_script(data) if kind == "text/html" else data, kind)

    def _own(self, name: str) -> None:
        if name not in OWN:
            self._send(HTTPStatus.NOT_FOUND, self._missing(self.path), "text/html")
            return
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        self._send(HTTPStatus.OK, (templates_dir() / "preview" / name).read_bytes(), kind)

    def _missing(self, path: str) -> bytes:
        """The page of the site for a page that is missing, where its addresses hold: those of the web do not."""
        own = self.server.preview.read("404.html") if path.count("/") == 1 else None
        return _nothing(path) if own is None or STYLE not in own else with_script(own)

    def _send(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        self.send_response(status)
        self.send_header("Content-Type", kind + charset)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _tell(self) -> None:
        """Tell a page of each build until it is closed."""
        preview = self.server.preview
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        known = ""
        with suppress(OSError):  # the page was closed
            while not preview.ended:
                found = preview.wait(known)
                self.wfile.write(preview.told if found != known else b": still here\n\n")
                self.wfile.flush()
                known = found

    def log_message(self, format: str, *arguments: object) -> None:  # the signature of http.server
        """Nothing: what is asked for is no news."""


def with_script(page: bytes) -> bytes:
    """The page with the script that reloads it, and leave for it to listen."""
    allowed = page if b"connect-src" in page else page.replace(POLICY, WIDER, 1)
    return allowed.replace(b"</head>", ADDED, 1)


def _nothing(path: str) -> bytes:
    words = f"There is no page {html.escape(path)}"
    page = f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{words}</title></head>\n'
    page += f'<body><h1>{words}</h1><p><a href="/">To the first page</a></p></body></html>\n'
    return with_script(page.encode())
