"""Fragments of HTML for pages of others: their style says nothing of the page, and the page says nothing of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import tinycss2

from derivgen.project.embedding import Embedded, Fence, derivation_in
from derivgen.project.site import assets_of_fragments
from derivgen.render.scoped import SCOPE, stylesheet
from tests.browser import CHROMIUM, Browser, browser
from tests.sites import SiteFile

QUADRATIC = """\
title: Gradient of a quadratic form
variables:
  x: vector(n)
  A: matrix(n, n)
functions:
  f: x.T @ A @ x
derivatives:
  - f wrt x
"""
NEURON = """\
variables: {w: vector(n), x: vector(n), b: scalar}
functions:
  z: w.T @ x + b
derivatives:
  - z wrt w
"""
# What frameworks for pages say of elements, and worse.
HOST = """
html { font-size: 10px; }
body { font: 16px/1.5 sans-serif; margin: 2rem; }
*, *::before, *::after { letter-spacing: 0.02em; }
h1, h2, h3, h4, h5, h6 { font-weight: 300; margin: 4rem 0; text-transform: uppercase; color: #c00; }
h4::after { content: "¶"; }
table { width: 100%; margin: 5rem 0; border: 3px solid red; border-collapse: separate; display: block; }
article table:not([class]) th, article table td, .table td { padding: 3rem; border: 1px solid red; }
article table tbody tr:nth-child(odd) > td { background: #fee; padding: 2rem; }
figure { margin: 0 auto; text-align: center; display: flex; }
code, pre, kbd { color: #d63384; background: #eee; padding: 1rem; font-size: 60%; }
details, summary { border: 5px solid blue; padding: 3rem; display: block; }
summary::before { content: "+"; }
p { margin: 3rem 0; line-height: 3; text-indent: 2em; }
ul, ol, li { list-style: square; margin: 2rem; }
strong, b, em { font-weight: 900; color: green; }
a { color: lime; text-decoration: none; }
div { max-width: 30rem; }
.row { display: flex; flex-wrap: wrap; margin: 0 -15px; }
.row > * { width: 100%; padding: 0 15px; }
.columns, .left, .cell, .line, .number, .step, .display, .layout, .answer, .small, .shape { float: left; width: 10px; }
"""
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Host</title>{head}</head><body>
<article><h1>Course</h1><p class="columns">Words, <code>code</code> and <a href="#x">a link</a>.</p>
<table class="answer"><caption>Table</caption><thead><tr><th>a</th></tr></thead>
<tbody><tr><td>b</td></tr></tbody></table>
<figure class="display"><figcaption>c</figcaption></figure><details class="step"><summary>d</summary>e</details>
<ol class="row"><li>f</li></ol><button>g</button><math><mi>x</mi></math><svg class="scene"><path d="M0 0"/></svg>
<h2 class="small">Two</h2><hr style="clear: both">{first}
<div class="callout">h</div>{second}</article><footer>i</footer></body></html>"""
LINK = '<link rel="stylesheet" href="assets/derivgen.css">'
# Every property of every element that is not in a fragment; our unit has a name of its own, and a value everywhere.
OUTSIDE = """JSON.stringify([...document.querySelectorAll('html, body, body *')].map(one => {
  const style = getComputedStyle(one);
  return [one.localName, ...[...style].filter(name => name !== '--derivgen-rem').map(name => [name, style[name]])];
}))"""
# Size, place from the fragment, and what could betray the host.
INSIDE = """JSON.stringify([...document.querySelectorAll('.derivgen')].flatMap(root => {
  const from = root.getBoundingClientRect();
  return [...root.querySelectorAll('*')].map(one => {
    const at = one.getClientRects().length ? one.getBoundingClientRect() : from, style = getComputedStyle(one);
    const names = ['fontSize', 'fontWeight', 'color', 'backgroundColor', 'borderTopWidth', 'listStyleType', 'float'];
    return [one.localName, one.className.toString(), ...[at.x - from.x, at.y - from.y, at.width, at.height]
      .map(Math.round), ...names.map(name => style[name]), getComputedStyle(one, '::before').content];
  });
}))"""


def shown(text: str) -> Embedded:
    made = derivation_in(Fence(text, "docs/page.md"))
    assert not made.messages
    return made


def selectors(rules: list[Any]) -> Iterator[str]:
    """The selectors of a style, those within conditions too."""
    for rule in rules:
        if rule.type == "qualified-rule":
            marked = [tinycss2.serialize([one]) if one != "," else "\0" for one in rule.prelude]
            yield from "".join(marked).split("\0")
        elif rule.type == "at-rule" and rule.content is not None:
            if rule.lower_at_keyword in ("font-face", "property"):
                continue
            yield from selectors(tinycss2.parse_rule_list(rule.content, skip_whitespace=True))


def test_every_rule_of_the_style_is_below_the_class() -> None:
    found = list(selectors(tinycss2.parse_stylesheet(stylesheet(), skip_whitespace=True, skip_comments=True)))
    assert len(found) > 200
    assert not [one for one in found if not one.strip().startswith(":is(.derivgen,")]


def test_the_style_measures_in_units_of_the_derivation() -> None:
    style = stylesheet()
    assert not re.search(r"\d(rem|vw|vh)\b", style.replace("-100vw", ""))
    assert not re.search(r"@media[^{]*width", style)
    assert "@page" not in style
    # On a page of ours 3 rem beside the text are free, and the text is at most 46 rem wide.
    assert "@container derivgen (max-width: 37em)" in style
    assert "@container derivgen (min-width: 46em)" in style
    # What else a condition says of the medium stands around that of the width.
    assert "@media screen {\n@container derivgen (min-width: 37.01em) {" in style
    # A line that is broken goes by its own room, wherever it stands.
    assert set(re.findall(r"@container (\w+) \(", style)) == {"derivgen", "formula"}


def test_the_detail_of_a_derivation_is_that_of_a_page() -> None:
    html = shown(f"detail: brief\n{QUADRATIC}").html(2)
    assert '<div data-detail="brief"><div class="main">' in html
    assert f'{SCOPE} [data-detail="brief"] :where(.main) > .step {{' in stylesheet()


def test_colours_of_dark_pages_stand_beside_those_of_light_ones() -> None:
    style = stylesheet()
    assert re.search(r"--mark: light-dark\(#\w+, #\w+\);", style)
    assert "prefers-color-scheme" not in style


def test_a_style_of_the_users_own_is_put_below_the_class(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "style.css").write_text('body { margin: 0 }\n.step, a[title="x, y{"] { top: 1rem }\n')
    style = stylesheet(tmp_path)
    assert f'{SCOPE} .step, {SCOPE} a[title="x, y{{"] {{ top: calc(1 * var(--derivgen-rem)); }}' in style
    assert "body" not in style


def test_ids_begin_with_the_name_and_links_lead_to_them(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    taken: set[str] = set()
    page.write_text("".join(shown(QUADRATIC).called(taken).html(2) for _ in range(2)), encoding="utf-8")
    found = SiteFile(page)
    assert len(found.anchors) == len(set(found.anchors)) > 10
    assert all(one.startswith("derivgen-gradient-of-a-quadratic-form") for one in found.anchors)
    assert {one.removeprefix("#") for one in found.links} <= set(found.anchors)


@pytest.mark.parametrize(("text", "level", "levels"), [(QUADRATIC, 3, {3, 4, 5, 6}), (NEURON, 3, {3, 4, 5})])
def test_headings_begin_at_the_level_and_skip_none(tmp_path: Path, text: str, level: int, levels: set[int]) -> None:
    page = tmp_path / "page.html"
    page.write_text(shown(text).html(level), encoding="utf-8")
    found = SiteFile(page).levels
    assert found[0] == level
    assert set(found) == levels
    assert all(after <= before + 1 for before, after in pairwise(found))


def host_page(folder: Path, name: str, head: str) -> Path:
    for file, data in assets_of_fragments().items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(data)
    path = folder / f"{name}.html"
    taken: set[str] = set()
    first, second = (shown(text).called(taken).html(3) for text in (QUADRATIC, NEURON))
    path.write_text(PAGE.format(head=head, first=first, second=second), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium")
    with browser(tmp_path_factory.mktemp("profile")) as one:
        yield one


def seen(opened: Browser, page: Path, script: str, width: int = 1000) -> list[list[object]]:
    opened.open(page, width=width)
    opened.run("document.fonts.ready.then(() => 1)")
    found: list[list[object]] = json.loads(opened.run(script))
    return found


@pytest.mark.browser
def test_the_style_changes_nothing_of_the_host(opened: Browser, tmp_path: Path) -> None:
    # Without the fragments, since what stands below them moves with their height.
    style = f"<style>{HOST}</style>"
    without = host_page(tmp_path, "without", style)
    having = host_page(tmp_path, "having", style + LINK)
    for page in (without, having):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r'<div class="derivgen".*?(?=<div class="callout">h|</article>)', "", text, flags=re.S))
    before, after = (seen(opened, page, OUTSIDE) for page in (without, having))
    assert len(before) > 20
    assert before == after


@pytest.mark.browser
@pytest.mark.parametrize("width", [1000, 390])
def test_rules_of_the_host_do_not_reach_a_derivation(opened: Browser, tmp_path: Path, width: int) -> None:
    letters = "body { font: 16px/1.5 sans-serif; margin: 20px; letter-spacing: normal; }"
    plain = host_page(tmp_path, "plain", f"<style>{letters}</style>{LINK}")
    harsh = host_page(tmp_path, "harsh", f"<style>{HOST}{letters}</style>{LINK}")
    calm, rough = (seen(opened, page, INSIDE, width) for page in (plain, harsh))
    assert len(calm) > 200
    assert [(one, other) for one, other in zip(calm, rough, strict=True) if one != other][:5] == []
