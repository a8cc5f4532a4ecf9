"""QTI 3.0: the items of version 2.1 under their new names.

Source: 1EdTech Question and Test Interoperability 3.0, "Migration from QTI 2.x".
"""

from __future__ import annotations

import re

from derivgen.homework.exports.packing import identifier, packed, xml_file
from derivgen.homework.exports.qti21 import Names, item, manifest
from derivgen.homework.exports.scoring import Key, item_id

NAMESPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"


def _kebab(name: str) -> str:
    return re.sub("[A-Z]", lambda found: f"-{found[0].lower()}", name)


VERSION_3 = Names(lambda tag: f"qti-{_kebab(tag)}", _kebab, "qti-content-body")


def qti3(key: Key) -> dict[str, bytes]:
    """The package of a key."""
    items = [(f"items/{identifier(item_id(one))}.xml", one) for one in key["questions"]]
    files = {path: xml_file(item(key, question, VERSION_3, NAMESPACE)) for path, question in items}
    listed = manifest(key, [path for path, _ in items], PACKAGE, "QTI Package", "imsqti_item_xmlv3p0")
    files["imsmanifest.xml"] = xml_file(listed)
    return {"qti3.zip": packed(files)}
