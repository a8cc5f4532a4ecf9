"""The site of the gallery with its manual: it hangs together, needs nothing from elsewhere, and can be heard."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tests.sites import HTML, SCRIPT, SiteFile, dead_links, derivation_pages, over_budget, pages_of, reachable

ROOT = Path(__file__).parents[1]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "style-src-attr 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)

SPOKEN = re.compile(r"\s*\w[\w ,.;-]*", re.ASCII)
# Signs of LaTeX and of derivgen's own language, and their names that are no words.
UNSPOKEN = re.compile(
    r"[\\_^{}@$*]|\.T\b|\w\(|\b(?:frac|mathbf|tr|det|inv|diag|kron|logdet|logsumexp|matpow|norm1|sqrt|abs|eye|wrt)\b"
)

Pages = dict[Path, SiteFile]


@pytest.fixture
def site(gallery_site: Path) -> Path:
    return gallery_site


@pytest.fixture(scope="module")
def pages(gallery_site: Path) -> Pages:
    return pages_of(gallery_site)


def test_no_link_and_no_anchor_is_dead(pages: Pages) -> None:
    assert len(pages) > 30
    assert dead_links(pages) == []


def test_pages_of_derivations_are_within_their_budgets(pages: Pages) -> None:
    derivations = derivation_pages(pages)
    assert len(derivations) > 60
    assert over_budget(derivations) == []


def test_a_page_that_is_too_heavy_is_named(site: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(site / "01-scalar-rules", tmp_path / "site" / "01-scalar-rules")
    shutil.copytree(site / "assets", tmp_path / "site" / "assets")
    page = folder / "power-rule.html"
    page.write_text(page.read_text(encoding="utf-8") + "x" * HTML, encoding="utf-8")
    heavy = over_budget(derivation_pages(pages_of(tmp_path / "site")))
    assert [told.split(":")[0] for told in heavy] == ["power-rule.html"]


def test_every_page_can_be_reached_from_the_first(site: Path, pages: Pages) -> None:
    # The one that servers show in place of a page is asked for by nobody.
    assert reachable(pages, site / "index.html") == set(pages) - {(site / "404.html").resolve()}


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: Pages) -> None:
    for path, page in pages.items():
        files = [address for address in page.loads if not address.startswith("data:")]
        assert files, "each page has a stylesheet"
        assert all((path.parent / address).is_file() and ":" not in address for address in files)
    for style in site.rglob("*.css"):
        addresses = re.findall(r"url\([\"']?([^\"')]+)", style.read_text(encoding="utf-8"))
        assert addresses
        assert all((style.parent / address).is_file() for address in addresses)


def test_every_page_has_its_own_title_and_says_what_it_is(pages: Pages) -> None:
    assert [title for title, count in Counter(page.title for page in pages.values()).items() if count > 1] == []
    told = Counter(page.metas["description"] for page in pages.values())
    assert [description for description, count in told.items() if count > 1] == []
    for page in pages.values():
        assert page.title
        assert page.language == "en"
        assert page.metas["description"]
        # The search page alone may run a search engine, if there is one.
        engine = {"search.html": ("", " 'wasm-unsafe-eval'; connect-src 'self'")}.get(page.path.name, ("",))
        policies = [POLICY.replace("script-src 'self'", f"script-src 'self'{more}") for more in engine]
        assert page.metas["Content-Security-Policy"] in policies


def test_no_page_has_a_script_or_a_style_of_its_own(pages: Pages) -> None:
    own = r'(choices\.js" data-letters="[^"]*"|(?:steps|search)\.js" defer)'
    shared = re.compile(rf'<script src="(?:\.\./)*assets/{own}></script>')
    for path in pages:
        text, count = shared.subn("", path.read_text(encoding="utf-8"))
        assert count <= 2
        assert not re.search(r"<script|<style|\son\w+=", text)


def test_the_script_of_a_page_is_small(site: Path) -> None:
    scripts = [site / "assets" / name for name in ("choices.js", "steps.js")]
    assert sum(path.stat().st_size for path in scripts) <= SCRIPT
    assert (site / "assets" / "search.js").stat().st_size <= SCRIPT


def test_styles_in_attributes_are_the_places_of_a_picture_only(pages: Pages) -> None:
    place = re.compile(r"(?:(?:inset:-?[0-9.]+em -?[0-9.]+em|--(?:size|wide|high):[0-9.]+);?)+")
    for path in pages:
        for style in re.findall(r"\sstyle=\"([^\"]*)\"", path.read_text(encoding="utf-8")):
            assert place.fullmatch(style)


def test_anchors_are_unique_on_every_page(pages: Pages) -> None:
    assert all(len(page.anchors) == len(set(page.anchors)) for page in pages.values())


def test_headings_are_in_order_on_every_page(pages: Pages) -> None:
    for page in pages.values():
        assert page.levels.count(1) == 1
        assert page.levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(page.levels))


def test_every_formula_of_the_site_has_words(pages: Pages) -> None:
    formulas = [words for page in pages.values() for words in page.formulas]
    assert len(formulas) > 500
    assert [words for words in formulas if not SPOKEN.fullmatch(words) or UNSPOKEN.search(words)] == []


def test_what_is_read_aloud_holds_no_program(pages: Pages) -> None:
    labels = {label for page in pages.values() for label in page.labels}
    assert len(labels) > 50
    assert [label for label in labels if not label.strip() or UNSPOKEN.search(label)] == []


def test_the_pages_follow_each_other_in_the_order_of_the_course(site: Path) -> None:
    place = site / "01-scalar-rules/neuron-and-training.html"
    course = []
    while place not in course:
        course.append(place)
        following = re.search(r'rel="next" href="([^"]+)"', place.read_text(encoding="utf-8"))
        place = (place.parent / following[1]).resolve() if following else place
    home = (site / "index.html").read_text(encoding="utf-8")
    listed = re.findall(r'<p class="entry"><a href="([^"]+)"', home)
    # The sample of a sheet stands at the end of the list and is no stop on the way.
    taught = [address for address in listed if not address.startswith("homework/")]
    assert [path.relative_to(site).as_posix() for path in course] == taught == listed[: len(taught)]
    assert len(taught) >= 24


def test_the_index_by_rule_leads_to_the_very_steps(site: Path) -> None:
    index = (site / "index-by-rule.html").read_text(encoding="utf-8")
    chain = index.partition('id="rule-chain-one"')[2] or index.partition('id="rule-chain"')[2]
    address = re.search(r'href="([^"#]+)#(step-[^"]+)"', chain)
    assert address is not None
    assert f'id="{address[2]}"' in (site / address[1]).read_text(encoding="utf-8")


def test_the_index_by_function_has_functions_and_forms(site: Path) -> None:
    index = (site / "index-by-function.html").read_text(encoding="utf-8")
    sine = index.partition("<code>sin</code></h3>")[2].partition("<h")[0]
    assert "04-the-four-cases/vector-by-vector.html" in sine
    assert 'id="forms"' in index
    assert ">linear map</a>" in index


def test_the_index_by_shape_counts_and_lists_the_pages_of_each_cell(site: Path) -> None:
    index = (site / "index-by-shape.html").read_text(encoding="utf-8")
    lists = dict(re.findall(r'<h2 id="([a-z-]+)">.*?</h2><ul>(.*?)</ul>', index))
    cells = re.findall(r'<a href="#([a-z-]+)">(\d+) pages?</a>', index)
    assert [(shape, lists[shape].count("<li>")) for shape, _ in cells] == [(shape, int(n)) for shape, n in cells]
    # By the layout conventions: a determinant is a scalar of a matrix, x of its own is a vector by a vector.
    assert "11-matrix-calculus/determinant.html" in lists["scalar-matrix"]
    assert "03-the-jacobian-and-two-layouts/identity-function.html" in lists["vector-vector"]
    assert "11-matrix-calculus/matrix-by-scalar.html" in lists["matrix-scalar"]
    assert "11-matrix-calculus/determinant.html" not in lists["vector-vector"]


def test_every_page_leads_to_the_indexes_the_reference_and_the_sheets(site: Path, pages: Pages) -> None:
    home = pages[(site / "index.html").resolve()]
    assert {"chapter-reference", "chapter-homework"} <= set(home.anchors)
    ends = ("index-by-shape.html", "index.html#chapter-reference", "index.html#chapter-homework", "manual/index.html")
    for path, page in pages.items():
        if ".practice." not in path.name and path.parent.name != "manual":
            assert all(any(link.endswith(end) for link in page.links) for end in ends), path
