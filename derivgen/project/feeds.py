"""What a site with an address tells machines: the list of its pages for search engines, and a feed of what is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from derivgen.project.site import Stop, address_of, in_a_window
from derivgen.record import record
from derivgen.spec.project import Project

SITEMAP, FEED = "sitemap.xml", "feed.xml"
SITEMAPS, ATOM = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.w3.org/2005/Atom"
MOST = 50


@record
class Dated:
    """A page of the site by its name, with its day, if it has one."""

    name: str
    date: str = ""


def sitemap(project: Project, pages: Iterable[Dated]) -> bytes:
    """The addresses of all pages, each with its day."""
    root = ElementTree.Element("urlset", xmlns=SITEMAPS)
    for page in pages:
        url = ElementTree.SubElement(root, "url")
        _put(url, "loc", address_of(project, page.name))
        if page.date:
            _put(url, "lastmod", page.date)
    return _written(root)


def has_feed(project: Project, stops: Iterable[Stop]) -> bool:
    """Whether there is anything to tell: an address, and a page with a day."""
    return bool(project.base_url) and any(stop.date for stop in stops)


def feed(project: Project, stops: Sequence[Stop]) -> bytes:
    """The pages that have a day as an Atom feed, the newest first; its own day is that of the newest."""
    dated = sorted((stop for stop in stops if stop.date), key=lambda stop: stop.date, reverse=True)[:MOST]
    # An attribute of that name is one of XML's own, which ElementTree writes without a declaration.
    language = {"{http://www.w3.org/XML/1998/namespace}lang": project.settings.language}
    root = ElementTree.Element("feed", {"xmlns": ATOM, **language})
    _put(root, "title", project.title)
    _put(root, "id", project.base_url)
    ElementTree.SubElement(root, "link", href=project.base_url)
    ElementTree.SubElement(root, "link", rel="self", type="application/atom+xml", href=f"{project.base_url}{FEED}")
    _put(root, "updated", _time(dated[0]))
    _put(ElementTree.SubElement(root, "author"), "name", project.author or project.title)
    for stop in dated:
        root.append(_entry(project, stop))
    return _written(root)


def _entry(project: Project, stop: Stop) -> ElementTree.Element:
    entry = ElementTree.Element("entry")
    address = address_of(project, stop.name)
    words = project.settings.notation, project.settings.language
    _put(entry, "title", in_a_window(stop.title, *words))
    _put(entry, "id", address)
    ElementTree.SubElement(entry, "link", href=address)
    _put(entry, "updated", _time(stop))
    if stop.chapter:
        ElementTree.SubElement(entry, "category", term=stop.chapter)
    if stop.summary:
        _put(entry, "summary", in_a_window(stop.summary, *words))
    return entry


def _time(stop: Stop) -> str:
    # A spec has a day and no hour.
    return f"{stop.date}T00:00:00Z"


def _put(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _written(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
