"""Names that Python can have."""

from __future__ import annotations

import keyword
import unicodedata


def python_names(names: tuple[str, ...], reserved: frozenset[str]) -> dict[str, str]:
    """A Python name for each name; those that Python cannot bear, or would merge, get an underscore."""
    bearable = {name for name in names if is_bearable(name) and name not in reserved}
    taken = {unicodedata.normalize("NFKC", name) for name in bearable}
    table: dict[str, str] = {}
    for name in names:
        if name in bearable:
            table[name] = name
            continue
        new = unicodedata.normalize("NFKC", name) + "_"
        while new in taken:
            new += "_"
        taken.add(new)
        table[name] = new
    return table


def is_bearable(name: str) -> bool:
    """Whether Python can have a variable of this very name."""
    return not keyword.iskeyword(name) and unicodedata.normalize("NFKC", name) == name
