"""A folder of Markdown becomes pages of the site; what is wrong in it is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivgen.project.build import BuildOptions, built
from derivgen.project.projects import project_of
from derivgen.spec.project import load_project

SQUARE = "title: The square\nvariables: {x: scalar}\nfunctions:\n  f: x**2\nderivatives:\n  - f wrt x\n"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "derivgen.yaml": "title: T\nmanual: notes\n",
        "specs/square.yaml": SQUARE,
        "notes/index.md": "# Start\n\nHere: [last](z.md#the-end), [first](a.md).\n",
        "notes/z.md": "# Last\n\n## The end\n\n<b>raw</b> and $x^2$.\n",
        "notes/a.md": "No title here.\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def build() -> tuple[int, str]:
    project_of.cache_clear()
    told = list(built((), BuildOptions(Path("build"), ("html",), "none", 1, cross_check=False)))
    return max(one.status for one in told), "\n".join(message for one in told for message in one.messages)


def page(name: str) -> str:
    return Path("build/site/manual", name).read_text(encoding="utf-8")


def test_links_between_files_become_links_between_pages(course: Path) -> None:
    assert build()[0] == 0
    assert 'href="z.html#the-end"' in page("index.html")
    assert 'id="the-end"' in page("z.html")
    assert 'href="manual/index.html"' in (course / "build/site/index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("course")
def test_pages_follow_in_the_order_of_the_links() -> None:
    build()
    assert 'rel="next" href="a.html"' in page("z.html")
    assert 'rel="prev" href="index.html"' in page("z.html")


@pytest.mark.usefixtures("course")
def test_raw_html_is_shown_as_typed_and_formulas_are_set() -> None:
    build()
    assert "&lt;b&gt;raw" in page("z.html")
    assert "<math" in page("z.html")
    assert "<title>A</title>" in page("a.html")


def test_a_link_to_a_file_that_is_not_there_is_a_fault_with_its_place(course: Path) -> None:
    (course / "notes/a.md").write_text("# A\n\nSee [that](b.md).\n", encoding="utf-8")
    status, told = build()
    assert status == 1
    assert "notes/a.md:3:12: there is no file b.md beside this one" in told
    assert "the manual has index.md, z.md, a.md" in told


def test_a_page_whose_file_is_gone_goes_too(course: Path) -> None:
    build()
    (course / "notes/index.md").write_text("# Start\n", encoding="utf-8")
    (course / "notes/z.md").unlink()
    assert build()[0] == 0
    assert not (course / "build/site/manual/z.html").exists()


@pytest.mark.parametrize(
    ("value", "message"), [("../other", "is not a folder of this project"), ("nothing", "there is no folder nothing")]
)
def test_a_manual_that_is_not_a_folder_of_the_project_is_a_fault(course: Path, value: str, message: str) -> None:
    (course / "derivgen.yaml").write_text(f"manual: {value}\n", encoding="utf-8")
    (fault,) = load_project(course / "specs").faults
    assert message in fault.message
    assert fault.span is not None
    assert (fault.span.line, fault.span.column) == (1, 9)


def test_a_link_that_leads_out_of_the_folder_is_not_followed(course: Path) -> None:
    (course / "secret.txt").write_text("secret", encoding="utf-8")
    (course / "notes/b.md").symlink_to(course / "secret.txt")
    assert build()[0] == 0
    assert not (course / "build/site/manual/b.html").exists()
