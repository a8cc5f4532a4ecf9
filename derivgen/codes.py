"""The stable code of each kind of fault, by which the manual tells of it. A number is never given twice."""

from __future__ import annotations

NUMBERS = {
    # The file.
    "no-file": 1, "too-large": 2, "too-deep": 3, "encoding": 4, "character": 5, "empty": 6, "documents": 7, "sheet": 8,
    "no-sheet": 9,
    # YAML.
    "yaml": 11, "unquoted": 12, "alias": 13, "anchor": 14, "tag": 15, "key": 16, "duplicate-key": 17, "quotation": 18,
    "escape": 19, "indentation": 20, "tab": 21, "no-colon": 22,
    # Keys and their values.
    "unknown-key": 31, "missing-key": 32, "kind": 33, "value": 34, "slug": 35, "notation": 36, "folder": 37, "role": 38,
    "name-taken": 39, "no-step": 40, "more-faults": 49,
    # Names and what is said of them.
    "name": 51, "function": 52, "declared-twice": 53, "order": 54, "declaration": 55, "size": 56, "bad-name": 57,
    # Expressions.
    "syntax": 61, "bracket": 62, "missing-operator": 63, "power-sign": 64, "transpose-sign": 65, "foreign-sign": 66,
    "equals": 67, "comparison": 68, "quoted-text": 69, "comment": 70, "attribute": 71, "number": 72, "index": 73,
    "stack": 74, "arguments": 75, "limit": 76, "unfinished": 77, "foreign-word": 78, "latex-sign": 79,
    "shape": 81,
    # What is asked for, and conditions.
    "request": 91, "condition": 92,
    # Derivations.
    "no-rule": 101, "no-admissible-point": 102, "time": 103, "memory": 104, "not-verified": 105,
    # Texts of authors.
    "prose-formula": 111, "prose-link": 112, "prose-picture": 113, "prose-block": 114, "drawing": 115,
    "no-derivation": 116, "no-graph": 117, "no-plot": 118, "no-chain": 119, "manual-link": 120,
    # Pages.
    "page-width": 131, "page-names": 132, "latex": 133, "latex-time": 134, "typst": 135,
    # Homework.
    "at": 141, "twice": 142, "path": 143, "points": 144, "no-functions": 145, "not-supported": 146, "duplicate-id": 147,
    "options": 148, "roster": 150,
    # Python.
    "no-form": 151, "no-sympy-form": 152, "no-numpy": 153,
    # Grading.
    "answers": 181,
    # Machines.
    "cluster": 161,
    # Draws.
    "parameter": 171, "no-draw": 172, "few-variants": 173, "extends": 174, "frozen": 175, "no-such-sheet": 176,
}  # fmt: skip


def number_of(kind: str) -> str:
    """The code of a kind of fault: DG-E081."""
    return f"DG-E{NUMBERS[kind]:03}"
