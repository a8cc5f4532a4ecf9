"""`derivgen build` into a folder: what is made, what stays, what goes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from derivgen.project.build import BuildOptions, built
from derivgen.project.projects import project_of
from tests.project.torn import everything

NEURON = (
    "title: One neuron\nvariables: {w: vector(n), x: vector(n)}\nfunctions:\n  z: w.T @ x\nderivatives:\n  - z wrt w\n"
)
SQUARE = "title: The square $x^2$\nvariables: {x: scalar}\nfunctions:\n  f: x**2\nderivatives:\n  - f wrt x\n"
BAD = NEURON.replace("w.T @ x", "w @ x")
COURSE = "title: A course\nchapters:\n  1: Scalars\n  2: Neurons\n"

Build = Callable[..., tuple[int, str]]


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Builds the folder specs/, as far as HTML goes unless told otherwise; gives the status and the messages."""
    monkeypatch.chdir(tmp_path)

    def run(*paths: str, formats: tuple[str, ...] = ("html",), pdf: str = "none", jobs: int = 1) -> tuple[int, str]:
        project_of.cache_clear()
        options = BuildOptions(Path("build"), formats, pdf, jobs, cross_check=False)
        told = list(built(paths, options))
        return max(one.status for one in told), "\n".join(message for one in told for message in one.messages)

    return run


def spec(name: str, text: str) -> None:
    path = Path("specs", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def site() -> dict[str, bytes]:
    root = Path("build/site")
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and not {"assets", "pagefind"}.intersection(path.parts)
        and not path.name.startswith(("index-by-", "404", "search"))
    }


def maker(pdf: str) -> str:
    with pikepdf.open(pdf) as found:
        return str(found.docinfo.Producer)


def whole() -> dict[str, bytes]:
    return everything(Path("build"))


def test_outputs_mirror_the_folders_below_the_path(build: Build) -> None:
    spec("1/neuron.yaml", NEURON)
    spec("square.yaml", SQUARE)
    assert build("specs") == (0, "2 pages built")
    assert list(site()) == ["1/neuron.copy.js", "1/neuron.html", "index.html", "square.copy.js", "square.html"]


def test_every_link_of_the_site_leads_to_a_file_of_it(build: Build) -> None:
    spec("1/neuron.yaml", NEURON)
    spec("1/square.yaml", SQUARE)
    spec("note.yaml", "title: A note\npage: |\n  See this:\n\n  {{derivation neuron}}\n")
    assert build("specs", formats=("html", "tex"))[0] == 0
    for name, data in site().items():
        if name.endswith(".html"):
            for address in re.findall(r'(?:href|src)="(?!data:)([^"#]+)', data.decode()):
                assert (Path("build/site", name).parent / address).is_file(), f"{name} links to {address}"
    assert 'href="1/neuron.html"' in site()["note.html"].decode()


def test_a_fault_in_one_spec_stops_no_other(build: Build) -> None:
    spec("a.yaml", NEURON)
    spec("b.yaml", BAD)
    spec("c.yaml", SQUARE)
    status, messages = build("specs")
    assert status == 1
    assert "specs/b.yaml:4:6: " in messages
    assert messages.endswith("2 pages built, 1 failed")
    assert list(site()) == ["a.copy.js", "a.html", "c.copy.js", "c.html", "index.html"]
    assert not [name for name, page in site().items() if b"b.html" in page]


def test_the_index_has_the_chapters_in_the_order_of_the_course(build: Build) -> None:
    spec("derivgen.yaml", COURSE)
    spec("a.yaml", NEURON + "course: {chapter: 2, order: 1}\n")
    spec("z.yaml", SQUARE + "course: {chapter: 1, order: 7}\n")
    spec("b.yaml", NEURON.replace("One", "Another") + "course: {chapter: 2, order: 0}\n")
    assert build("specs")[0] == 0
    index = site()["index.html"].decode()
    places = [index.index(part) for part in ("A course", "Scalars", "z.html", "Neurons", "b.html", "a.html")]
    assert places == sorted(places)


def test_a_removed_spec_takes_its_pages_with_it(build: Build) -> None:
    spec("a.yaml", NEURON)
    spec("old/b.yaml", SQUARE)
    build("specs", formats=("html", "tex"))
    shutil.rmtree("specs/old")
    assert "removed 3 files" in build("specs", formats=("html", "tex"))[1]
    assert list(site()) == ["a.copy.js", "a.html", "a.tex", "index.html"]
    assert not Path("build/site/old").exists()


def test_a_spec_that_has_a_fault_now_loses_its_page(build: Build) -> None:
    spec("a.yaml", NEURON)
    spec("b.yaml", SQUARE)
    build("specs")
    spec("b.yaml", BAD)
    build("specs")
    assert list(site()) == ["a.copy.js", "a.html", "index.html"]


def test_a_page_made_again_by_itself_stays_in_its_place_and_the_others_stay(build: Build) -> None:
    spec("1/a.yaml", NEURON)
    spec("b.yaml", SQUARE)
    build("specs")
    before = site()
    assert build("specs/1/a.yaml") == (0, "1 page built, as it was")
    assert list(site()) == list(before)
    assert b"The square" in site()["index.html"]


def test_two_specs_of_one_output_name_are_a_fault(build: Build) -> None:
    spec("a.yaml", NEURON)
    spec("b.yaml", SQUARE + "slug: A\n")
    spec("index.yaml", SQUARE)
    status, messages = build("specs")
    assert status == 1
    assert "specs/b.yaml:1:1: the page cannot be called A: specs/a.yaml makes a page of that name too" in messages
    assert "specs/index.yaml:1:1: the page cannot be called index" in messages
    assert list(site()) == ["a.copy.js", "a.html", "index.html"]


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_number_of_processes_does_not_reach_the_bytes(build: Build, jobs: int) -> None:
    for number in range(8):
        spec(f"{number}.yaml", NEURON if number % 2 else SQUARE)
    build("specs", formats=("html", "tex", "json"))
    alone = whole()
    shutil.rmtree("build")
    build("specs", formats=("html", "tex", "json"), jobs=jobs)
    assert whole() == alone


def test_a_build_after_changes_equals_a_clean_one(build: Build) -> None:
    spec("a.yaml", NEURON)
    spec("b.yaml", SQUARE)
    build("specs")
    spec("a.yaml", NEURON.replace("One", "Each"))
    spec("c.yaml", BAD)
    build("specs")
    after = whole()
    shutil.rmtree("build")
    build("specs")
    assert whole() == after


def test_pdfs_come_from_typst_without_any_tex(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    spec("a.yaml", NEURON)
    status, messages = build("specs", formats=("html", "pdf", "tex"), pdf="auto")
    assert status == 0
    assert messages.startswith("PDFs by the embedded Typst: pdflatex is not on the PATH")
    assert list(site()) == ["a.copy.js", "a.html", "a.pdf", "a.tex", "index.html"]
    assert site()["a.pdf"].startswith(b"%PDF")


def test_latex_that_is_missing_is_3_and_the_rest_is_built(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    spec("a.yaml", NEURON)
    status, messages = build("specs", formats=("html", "pdf", "tex"), pdf="latex")
    assert status == 3
    assert "no PDFs: pdflatex is not on the PATH" in messages
    assert list(site()) == ["a.copy.js", "a.html", "a.tex", "index.html"]


BROKEN = {
    "fails": "exit 1",
    "makes nothing": "exit 0",
    "makes half a PDF": "printf '%%PDF-1.5 half' > page.pdf",
}


@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN)
def test_a_broken_latex_is_told_in_one_line_and_typst_takes_over(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    engine = tmp_path / "bin/pdflatex"
    engine.parent.mkdir()
    engine.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    engine.chmod(0o755)
    monkeypatch.setenv("PATH", f"{engine.parent}:/bin")
    spec("a.yaml", NEURON)
    status, messages = build("specs", formats=("pdf",), pdf="auto")
    assert status == 0
    assert "PDFs by the embedded Typst" in messages.splitlines()[0]
    assert site()["a.pdf"].rstrip().endswith(b"%%EOF")


@pytest.mark.latex
def test_pdfs_come_from_latex_where_it_works(build: Build) -> None:
    spec("a.yaml", NEURON)
    status, messages = build("specs", formats=("pdf", "tex"), pdf="latex")
    assert status == 0
    assert "PDFs by LaTeX: " in messages
    assert maker("build/site/a.pdf").startswith("pdfTeX")


def test_a_file_of_the_user_in_the_site_stays(build: Build) -> None:
    spec("a.yaml", NEURON)
    build("specs")
    Path("build/site/mine.html").write_text("mine", encoding="utf-8")
    build("specs")
    assert "mine.html" in site()


THREE = (
    "variables: {x: vector(n)}\n"
    "functions:\n  f: sum(exp(x))\n  g: x @ x\n  h: x.T @ x\nderivatives:\n  - f wrt x\n  - g wrt x\n  - h wrt x\n"
)


def test_one_bad_request_of_three_leaves_a_page_of_the_other_two(build: Build) -> None:
    spec("three.yaml", THREE)
    status, messages = build("specs", formats=("html", "tex"))
    assert status == 1
    assert "specs/three.yaml:4:6: cannot multiply x (n x 1) by x (n x 1)" in messages
    assert messages.endswith("1 page built, 1 of them without something that was asked for")
    page = site()["three.html"].decode()
    assert "<code>g wrt x</code></span> could not be answered: cannot multiply" in page
    assert len(re.findall(r'class="row[ "]', page)) == 2
    assert b"could not be answered" in site()["three.tex"]


def test_a_fault_that_may_bear_on_every_answer_leaves_no_page(build: Build) -> None:
    spec("square.yaml", SQUARE + "assume: [x >]\n")
    assert build("specs")[0] == 1
    assert "square.html" not in site()


@pytest.mark.latex
def test_beside_the_pdf_of_latex_stands_one_for_screen_readers(build: Build) -> None:
    spec("a.yaml", NEURON)
    assert build("specs", formats=("html", "pdf"), pdf="latex")[0] == 0
    assert list(site()) == ["a.accessible.pdf", "a.copy.js", "a.html", "a.pdf", "index.html"]
    assert b"pdfuaid" in site()["a.accessible.pdf"]
    assert 'href="a.accessible.pdf">PDF for screen readers</a>' in site()["a.html"].decode()


def test_where_there_is_nothing_to_build_it_shows_a_first_spec(build: Build) -> None:
    status, messages = build()
    assert status == 1
    assert "specs/neuron.yaml" in messages
    assert messages.count("\n") == 6
    assert not Path("build").exists()


def test_a_number_times_a_stack_has_its_steps_under_few_headings(build: Build) -> None:
    stack = '"2*([x[1]*x[2]*x[3], x[1] + x[2]**2])"'
    spec("a.yaml", f"variables: {{x: vector(3)}}\nfunctions:\n  y: {stack}\nderivatives:\n  - y wrt x\n")
    status, messages = build("specs")
    assert (status, messages) == (0, "1 page built")
