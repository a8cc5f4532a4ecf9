"""Bytes with a hash in front, for files that are read back: what broke off or was changed is told."""

from __future__ import annotations

import hashlib

SEAL = hashlib.sha256().digest_size


def packed(data: bytes) -> bytes:
    """Bytes with a seal in front."""
    return hashlib.sha256(data).digest() + data


def unpacked(data: bytes | None) -> bytes | None:
    """What was packed; None where nothing was, or where it is not whole."""
    if data is None or hashlib.sha256(data[SEAL:]).digest() != data[:SEAL]:
        return None
    return data[SEAL:]
