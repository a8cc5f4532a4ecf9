"""Archives and XML files whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from xml.etree.ElementTree import Element, tostring

from derivgen.homework.exports.paragraphs import clean

# The first moment that an archive can tell.
EPOCH = (1980, 1, 1, 0, 0, 0)
PLAIN, EXECUTABLE = 0o644, 0o755


def packed(files: Mapping[str, bytes], executable: Collection[str] = ()) -> bytes:
    """An archive of files by their names, in the order of the names; some of them may be run.

    Raises: ValueError for a name that leads out of the archive, which no caller makes.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            if name.startswith("/") or ".." in name.split("/"):
                raise ValueError(f"{name!r} is not a name within the archive")
            about = zipfile.ZipInfo(name, EPOCH)
            about.create_system = 3  # the modes below are those of Unix, wherever this runs
            about.external_attr = (EXECUTABLE if name in executable else PLAIN) << 16
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, data)
    return stream.getvalue()


def xml(tag: str, attributes: Mapping[str, str] | None = None, *inside: Element | str) -> Element:
    """An element with elements, or with words that hold no character which XML lacks."""
    made = Element(tag, dict(attributes or {}))
    for one in inside:
        if isinstance(one, str):
            made.text = clean(one)
        else:
            made.append(one)
    return made


def xml_file(root: Element) -> bytes:
    """A file that holds an element."""
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def identifier(name: str) -> str:
    """A name as an identifier of XML."""
    return re.sub(r"[^A-Za-z0-9._-]", lambda found: f"_{ord(found[0]):x}_", name.replace(" ", "_"))
