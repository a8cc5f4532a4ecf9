"""Headings of more than one line: words stay whole on the screen, and lines of a step's name stand below each other."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from derivgen.document.blocks import Document
from derivgen.render.formats import render
from derivgen.render.html import finished
from derivgen.render.pdf.typst import typeset
from tests.measured import measured, needs_chromium, page_of
from tests.render.samples import df, dx, line, step

# How many lines the word stands on in the first heading that has it, in each of many widths, with room for a button.
LINES = """(() => {
  const heading = [...doc.querySelectorAll('h3, h4, h5')].find(one => /lement-.?wise/.test(one.textContent));
  const walker = doc.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const found = /\\w*lement-.?wise/.exec(walker.currentNode.data);
    if (!found) continue;
    const word = doc.createRange();
    word.setStart(walker.currentNode, found.index);
    word.setEnd(walker.currentNode, found.index + found[0].length);
    return Array.from({length: 30}, (_, k) => {
      heading.style.width = `${240 + 8 * k}px`;
      return new Set([...word.getClientRects()].filter(one => one.width).map(one => one.top)).size;
    });
  }
})()"""


@pytest.mark.browser
@needs_chromium
def test_a_heading_does_not_break_within_a_word_with_a_hyphen(tmp_path: Path) -> None:
    page = page_of("12-machine-learning/softmax-cross-entropy", tmp_path)
    assert set(measured(page, LINES, width=390)) == {1.0}


def test_hyphens_of_attributes_and_of_other_words_stay() -> None:
    page = '<h2 id="part-a">A <math alttext="element-wise"></math> well-known 1-2</h2><p>element-wise</p>'
    assert finished(page) == page.replace("well-known", "well-\u2060known")


def test_in_typst_a_long_name_of_a_step_hangs_beside_its_number() -> None:
    made = step("2", " ".join(["Alpha"] * 30), "rule", line(df, dx), ("A reason.",), "1 x 1")
    blocks = (made, replace(made, number="a1b", anchor="other"))
    pdf = typeset(render(Document(("Title",), "title", "en", "", blocks), "typ")).pdf
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    places = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)".*>(?:Alpha)</word>', done.stdout.decode())
    assert len(places) == 60
    rows = {y: min(float(x) for x, other in places if other == y) for _, y in places}
    assert len(rows) > 4
    # The number a1b is wider than the margin of the other one.
    first, second = sorted({round(left) for left in rows.values()})
    assert first < second
