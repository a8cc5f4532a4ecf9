"""Question banks for learning platforms, made from a key: each format is one function from the key to files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from derivgen.homework.exports.cartridge import cartridge
from derivgen.homework.exports.gift import gift
from derivgen.homework.exports.gradescope import gradescope
from derivgen.homework.exports.moodle import moodle
from derivgen.homework.exports.notebook import notebook
from derivgen.homework.exports.prairielearn import prairielearn
from derivgen.homework.exports.qti3 import qti3
from derivgen.homework.exports.qti12 import qti12
from derivgen.homework.exports.qti21 import qti21
from derivgen.homework.exports.stack import stack
from derivgen.homework.exports.text2qti import text2qti

FORMATS: dict[str, Callable[[Mapping[str, Any]], dict[str, bytes]]] = {
    "cc": cartridge,
    "gift": gift,
    "gradescope": gradescope,
    "moodle": moodle,
    "notebook": notebook,
    "prairielearn": prairielearn,
    "qti12": qti12,
    "qti21": qti21,
    "qti3": qti3,
    "stack": stack,
    "text2qti": text2qti,
}
