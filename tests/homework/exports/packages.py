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


# What the schemas import from the network: of it they need these names alone.
STUBS = {
    "xml.xsd": """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
<xs:attribute name="lang" type="xs:string"/><xs:attribute name="base" type="xs:anyURI"/>
<xs:attribute name="space" type="xs:string"/></xs:schema>""",
    "XInclude.xsd": """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/2001/XInclude">
<xs:element name="include"/></xs:schema>""",
    "mathml2.xsd": """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1998/Math/MathML">
<xs:element name="math"/></xs:schema>""",
    "imslip_v1p0.xsd": """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
targetNamespace="http://www.imsglobal.org/xsd/imslip_v1p0"><xs:element name="identification"/></xs:schema>""",
}


class Stubs(etree.Resolver):  # type: ignore[misc]  # lxml tells no types
    """Gives what is imported from the network from here."""

    def resolve(self, url: str, public_id: str, context: object) -> object:  # noqa: ARG002  # lxml's own signature
        text = STUBS.get(url.rpartition("/")[2])
        return None if text is None else self.resolve_string(text, context)


def xsd(name: str) -> etree.XMLSchema:
    """A schema, read without the network."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Stubs())
    return etree.XMLSchema(etree.parse(str(schema(name)), parser))
