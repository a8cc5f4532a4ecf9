"""How the tests read archives and XML files, and the schemas that they are held to where these are at hand."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

SCHEMAS = os.environ.get("DERIVGEN_SCHEMAS", "")
NAMESPACE = re.compile(rb' xmlns="[^"]*"')


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of an archive, whose names lead nowhere else and whose times say nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            assert not member.filename.startswith("/")
            assert ".." not in member.filename.split("/")
            assert member.date_time == (1980, 1, 1, 0, 0, 0)
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes) -> etree._Element:
    """A file in XML without its namespace, so that elements go by their plain names."""
    return etree.fromstring(NAMESPACE.sub(b"", data))


def schema(name: str) -> Path:
    """A schema, where the environment says in which folder it lies."""
    path = Path(SCHEMAS, name)
    if not SCHEMAS or not path.is_file():
        pytest.skip(f"DERIVGEN_SCHEMAS names no folder with {name}")
    return path
