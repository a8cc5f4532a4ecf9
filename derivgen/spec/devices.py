"""Names of files that Windows keeps for devices: a course that is built on one machine is read on others."""

from __future__ import annotations

import re

_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def is_device(name: str) -> bool:
    """Whether Windows keeps this name, with whatever ending, for a device, so that no file can have it."""
    return _DEVICE.fullmatch(name) is not None


def without_device(name: str) -> str:
    """The name, with - behind what Windows would take for a device."""
    stem, dot, ending = name.partition(".")
    return f"{stem}-{dot}{ending}" if is_device(name) else name
