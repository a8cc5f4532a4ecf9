"""Question banks for learning platforms, made from a key: each format is one function from the key to files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from derivgen.homework.exports.gift import gift
from derivgen.homework.exports.moodle import moodle
from derivgen.homework.exports.notebook import notebook
from derivgen.homework.exports.stack import stack
from derivgen.homework.exports.text2qti import text2qti

FORMATS: dict[str, Callable[[Mapping[str, Any]], dict[str, bytes]]] = {
    "gift": gift,
    "moodle": moodle,
    "notebook": notebook,
    "stack": stack,
    "text2qti": text2qti,
}
