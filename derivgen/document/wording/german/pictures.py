"""What pictures say, in German."""

from __future__ import annotations

PICTURES: dict[str, str] = {}
