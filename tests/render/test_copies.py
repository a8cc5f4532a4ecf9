"""What may be copied from a page is what the page shows."""

from __future__ import annotations

import ast
import json
import re
from html import unescape
from pathlib import Path

import pytest

from tests.measured import page_of

BOXES = re.compile(r'<button data-text="([^"]*)">(\w+)</button>')
LISTING = re.compile(r'<pre><code class="language-python">(.*?)</code></pre>', re.DOTALL)
PANEL = pytest.mark.parametrize(
    "spec",
    [
        "10-the-loss/mean-squared-loss",
        # Its second function reads its names in another order than the table of symbols.
        "11-matrix-calculus/functions-of-the-inverse",
        "12-machine-learning/two-layer-network-weights",
    ],
)


def data_of(page: Path) -> dict[str, str]:
    """The file of copies beside a page."""
    script = page.with_name(f"{page.stem}.copy.js").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(script.removeprefix("copies = ").removesuffix(";\n"))
    return found


def without_docstring(source: str) -> str:
    """The function of a program, without what it says of itself."""
    (function,) = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    assert ast.get_docstring(function)
    del function.body[0]
    return ast.unparse(function)


@PANEL
def test_each_program_is_one_that_the_page_lists(spec: str, tmp_path: Path) -> None:
    page = page_of(spec, tmp_path)
    listed = [unescape(one) for one in LISTING.findall(page.read_text(encoding="utf-8"))]
    texts = [(unescape(text), form) for text, form in BOXES.findall(data_of(page)["0"])]
    copied = [without_docstring(text) for text, form in texts if form == "NumPy"]
    assert copied
    assert [program for program in copied if not any(program in one for one in listed)] == []


@PANEL
def test_every_step_of_the_page_can_be_copied(spec: str, tmp_path: Path) -> None:
    page = page_of(spec, tmp_path)
    anchors = set(re.findall(r'class="step[^"]*" id="([^"]+)"', page.read_text(encoding="utf-8")))
    assert anchors
    assert anchors <= set(data_of(page))
