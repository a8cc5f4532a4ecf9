"""What can be read in a file: its text, and what PDFs and archives hold inside."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f\s]{8,})>")
LITERAL = re.compile(rb"\(\xfe\xff((?:\\.|[^\\)])*)\)", re.DOTALL)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
SECONDS = 60


def texts_of(name: str, data: bytes) -> Iterator[str]:
    """The texts of a file: as it is, without its markup, and what is packed inside."""
    if data.startswith(b"%PDF"):
        yield from _pdf(data)
    elif data.startswith(b"PK\x03\x04"):
        yield from _archive(data)
    else:
        text = data.decode("utf-8", "replace")
        yield text
        yield text.replace("\\\\", "\\").replace('\\"', '"').replace("\\n", "\n")  # strings of JSON and of scripts
        if name.endswith((".html", ".htm", ".xml", ".svg")):
            yield html.unescape(text)
            yield html.unescape(re.sub(r"<[^>]*>", "", text))


def _archive(data: bytes) -> Iterator[str]:
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            yield member.filename
            yield from texts_of(member.filename, archive.read(member))


def _pdf(data: bytes) -> Iterator[str]:
    """The objects and streams of a PDF, its strings, and the text of its pages where pdftotext is installed."""
    parts = [data]
    for stream in STREAM.finditer(data):
        with suppress(zlib.error):
            parts.append(zlib.decompressobj().decompress(stream[1]))
    for part in parts:
        yield part.decode("latin-1")
        yield from _strings(part)
    yield from _pages(data)


def _strings(part: bytes) -> Iterator[str]:
    """The strings in UTF-16: titles, and the formulas in words."""
    for found in HEXADECIMAL.finditer(part):
        digits = b"".join(found[1].split())
        packed = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
        yield packed.removeprefix(b"\xfe\xff").decode("utf-16-be", "replace")
        yield packed.decode("latin-1")
    for found in LITERAL.finditer(part):
        yield ESCAPE.sub(_unescaped, found[1]).decode("utf-16-be", "replace")


def _unescaped(found: re.Match[bytes]) -> bytes:
    inside = found[1]
    if inside.isdigit():
        return bytes([int(inside, 8) & 255])
    return CONTROLS.get(inside, inside)


def _pages(data: bytes) -> Iterator[str]:
    reader = shutil.which("pdftotext")
    if reader is None:
        return
    with tempfile.TemporaryDirectory(prefix="derivgen-") as folder:
        path = Path(folder, "page.pdf")
        path.write_bytes(data)
        for order in ("-raw", "-layout"):
            command = [reader, order, "-enc", "UTF-8", str(path), "-"]
            made = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  # found on the PATH, our own file
            yield made.stdout.decode("utf-8", "replace")
