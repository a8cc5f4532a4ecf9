"""What a site with an address has besides: its address on every page, a sitemap, a feed, and pictures."""

from __future__ import annotations

import re
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from derivgen.project.build import BuildOptions, built
from derivgen.project.projects import project_of
from tests.sites import SiteFile, over_budget, pages_of

ROOT = Path(__file__).parents[2]
BASE = "https://example.org/course/"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PROJECT = f"title: A course\nauthor: A. Teacher\nbase_url: {BASE}\nmanual: notes\nchapters: {{1: Scalars}}\n"
SQUARE = """title: The square $x^2$
summary: The slope of $x^2$ & more.
variables: {x: scalar}
functions:
  f: x**2
derivatives:
  - f wrt x
date: 2026-01-31
course: {chapter: 1}
"""
NORM = """title: The squared norm
variables: {x: vector(n)}
functions:
  f: x.T @ x
derivatives:
  - f wrt x
date: 2026-02-14
blank: [last 1]
"""
PROSE = "title: A word before\npage: Nothing is derived here.\n"

Built = Callable[[], tuple[int, str]]


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Built:
    """Builds a small course; gives the status and the messages."""
    monkeypatch.chdir(tmp_path)
    Path("specs/deep").mkdir(parents=True)
    Path("notes").mkdir()
    Path("derivgen.yaml").write_text(PROJECT, encoding="utf-8")
    Path("specs/square.yaml").write_text(SQUARE, encoding="utf-8")
    Path("specs/deep/norm.yaml").write_text(NORM, encoding="utf-8")
    Path("specs/prose.yaml").write_text(PROSE, encoding="utf-8")
    Path("notes/index.md").write_text("# About\n\nIt is short.\n", encoding="utf-8")

    def run() -> tuple[int, str]:
        project_of.cache_clear()
        told = list(built((), BuildOptions(Path("build"), ("html",), "none", 1, cross_check=False)))
        return max(one.status for one in told), "\n".join(message for one in told for message in one.messages)

    return run


def site() -> dict[str, bytes]:
    root = Path("build/site")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def address(page: str) -> str:
    return BASE + ("" if page == "index.html" else page)


def is_there(absolute: str) -> bool:
    """Whether an address of the site is that of one of its files."""
    assert absolute.startswith(BASE)
    return (Path("build/site") / (absolute.removeprefix(BASE) or "index.html")).is_file()


def heads() -> dict[str, SiteFile]:
    """The pages by their names, but for the one that stands in for all that are not there."""
    root = Path("build/site").resolve()
    found = {path.relative_to(root).as_posix(): page for path, page in pages_of(root).items()}
    return {name: page for name, page in found.items() if name != "404.html"}


def test_every_page_names_its_own_address(build: Built) -> None:
    assert build()[0] == 0
    assert len(heads()) >= 8
    for name, page in heads().items():
        named = re.findall(r'<link rel="canonical" href="([^"]+)">', page.path.read_text(encoding="utf-8"))
        assert named == [address(name)]


def test_every_page_says_what_others_show_of_it(build: Built) -> None:
    build()
    for name, page in heads().items():
        text = page.path.read_text(encoding="utf-8")
        properties = dict(re.findall(r'<meta [^>]*property="og:(\w+)" content="([^"]*)"', text))
        assert set(properties) == {"title", "description", "image"}, name
        assert f"<title>{properties['title']}</title>" in text
        assert properties["description"] == re.search(r'name="description"[^>]* content="([^"]*)"', text)[1]  # type: ignore[index]
        assert is_there(properties["image"])


def test_pictures_have_the_size_that_others_ask_for(build: Built) -> None:
    build()
    pictures = {name: data for name, data in site().items() if name.endswith(".png")}
    assert set(pictures) == {"card.png", "square.card.png", "deep/norm.card.png", "prose.card.png"}
    for data in pictures.values():
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", data[16:24]) == (1200, 630)  # the header of PNG: width, then height
    # The copy for practice leaves out what the picture of its page shows.
    assert f"{BASE}card.png" in site()["deep/norm.practice.html"].decode()


def test_a_picture_has_room_for_words_and_formulas_of_any_length(build: Built) -> None:
    Path("specs/square.yaml").write_text(
        f"title: {'A rather long title ' * 20}\nvariables: {{x: vector(5)}}\nfunctions:\n"
        f"  y: '[{', '.join(f'sin(x[{k}]*x[{6 - k}])' for k in range(1, 6))}]'\n  f: '{' + '.join(['x.T @ x'] * 30)}'\n"
        "derivatives: [y wrt x, f wrt x]\n",
        encoding="utf-8",
    )
    project = PROJECT.replace("A course", "A course with a name " * 12).replace("A. Teacher", "A. Teacher " * 40)
    Path("derivgen.yaml").write_text(f"{project}home: {'Many words of welcome. ' * 100}\n", encoding="utf-8")
    assert build()[0] == 0
    assert {struct.unpack(">II", data[16:24]) for name, data in site().items() if name.endswith(".png")} == {
        (1200, 630)
    }


def test_the_sitemap_lists_every_page_with_its_day(build: Built) -> None:
    build()
    root = ElementTree.fromstring(site()["sitemap.xml"])  # noqa: S314  # our own
    assert root.tag == f"{SITEMAPS}urlset"
    days = {url.findtext(f"{SITEMAPS}loc", ""): url.findtext(f"{SITEMAPS}lastmod") for url in root}
    assert set(days) == {address(name) for name in heads() if ".practice." not in name}
    assert days[f"{BASE}square.html"] == "2026-01-31"
    assert days[f"{BASE}prose.html"] is None


def test_the_feed_has_what_atom_requires_and_the_newest_page_first(build: Built) -> None:
    build()
    feed = ElementTree.fromstring(site()["feed.xml"])  # noqa: S314  # our own
    assert feed.tag == f"{ATOM}feed"
    # RFC 4287, section 4.1.1: one id, one title, one updated, an author, a link to itself.
    assert [feed.findtext(ATOM + name) for name in ("id", "title")] == [BASE, "A course"]
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "A. Teacher"
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}["self"] == f"{BASE}feed.xml"
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        assert all(len(entry.findall(ATOM + name)) == 1 for name in ("id", "title", "updated"))
        assert is_there(entry.find(f"{ATOM}link").get("href", ""))  # type: ignore[union-attr]
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["The squared norm", "The square x squared"]
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == ["2026-02-14T00:00:00Z", "2026-01-31T00:00:00Z"]
    assert feed.findtext(f"{ATOM}updated") == "2026-02-14T00:00:00Z"
    assert '<link rel="alternate" type="application/atom+xml" href="feed.xml">' in site()["index.html"].decode()


def test_without_a_day_there_is_no_feed(build: Built) -> None:
    for name in ("square.yaml", "deep/norm.yaml"):
        path = Path("specs", name)
        path.write_text(re.sub(r"date: .*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert build()[0] == 0
    assert "feed.xml" not in site()
    assert "atom+xml" not in site()["index.html"].decode()
    assert "sitemap.xml" in site()


def test_without_an_address_there_is_none_of_it(build: Built) -> None:
    build()
    path = Path("derivgen.yaml")
    path.write_text(PROJECT.replace(f"base_url: {BASE}\n", ""), encoding="utf-8")
    assert build()[0] == 0
    assert [name for name in site() if name.endswith((".png", ".xml"))] == []
    assert [name for name, data in site().items() if b"example.org" in data or b'"og:' in data] == []


def test_the_page_for_wrong_addresses_works_at_any_of_them(build: Built) -> None:
    build()
    page = SiteFile(Path("build/site/404.html"))
    places = [address for address in (*page.links, *page.loads) if not address.startswith(("#", "data:"))]
    assert len(places) > 5
    for place in places:
        assert place.startswith("/course/")
        assert is_there("https://example.org" + place.partition("#")[0])


def test_two_builds_give_the_same_bytes_and_a_third_makes_nothing(build: Built) -> None:
    build()
    first = site()
    shutil.rmtree("build")
    build()
    assert site() == first
    assert build()[1] == "3 pages built, all as they were"


@pytest.mark.slow
def test_the_heaviest_page_has_room_for_its_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "specs" / "10-the-loss", "specs/10-the-loss")
    shutil.copytree(ROOT / "docs" / "manual", "docs/manual")
    shutil.copy(ROOT / "specs" / "homework" / "first-sheet.yaml", "specs")
    own = (ROOT / "derivgen.yaml").read_text(encoding="utf-8").replace("navigation: [13]", "navigation: [10]")
    Path("derivgen.yaml").write_text(f"{own}base_url: https://courses.example.org/derivatives/\n", encoding="utf-8")
    project_of.cache_clear()
    assert max(told.status for told in built((), BuildOptions(Path("build"), pdf="typst", jobs=1))) == 0
    project_of.cache_clear()
    page = SiteFile(Path("build/site/10-the-loss/mean-squared-loss.html"))
    assert {"prev", "next"} <= set(re.findall(r'<a rel="(\w+)"', page.path.read_text(encoding="utf-8")))
    assert over_budget([page]) == []


@pytest.mark.parametrize(
    "wrong", ["example.org/course", "ftp://example.org/", "https://example.org/?page=1", "/course/"]
)
def test_an_address_that_is_none_is_told(build: Built, wrong: str) -> None:
    path = Path("derivgen.yaml")
    path.write_text(PROJECT.replace(BASE, wrong), encoding="utf-8")
    status, told = build()
    assert status == 1
    assert f"{wrong} is not the address of a site" in told
    assert "derivgen.yaml:3:11" in told


def test_the_pages_of_a_german_site_speak_german(build: Built) -> None:
    path = Path("derivgen.yaml")
    path.write_text(f"{PROJECT}language: de\n", encoding="utf-8")
    assert build()[0] == 0
    said = {name: data.decode() for name, data in site().items() if name.endswith(".html")}
    assert '<a href="#forms-1">Potenz</a>' in said["index-by-function.html"]
    assert "Verzeichnis der Formate" in said["index-by-shape.html"]
    assert "Skalar nach Vektor" in said["index-by-shape.html"]
    assert "<h1>Suche</h1>" in said["search.html"]
    assert "Hier gibt es keine Seite" in said["404.html"]
    assert all(f">{english}<" not in text for text in said.values() for english in ("Search", "Rules", "Shapes", "any"))
