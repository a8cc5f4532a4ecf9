"""PDFs by LaTeX are set in buckets that are always the same, and remain where nothing of their bucket has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pikepdf
import pytest

from derivgen.document.blocks import Document
from derivgen.errors import Fault
from derivgen.printing.notation import Notation
from derivgen.project import due, paper, setting
from derivgen.project.build import BuildOptions, built
from derivgen.project.files import Folder
from derivgen.project.plan import is_intact
from derivgen.project.setting import Setting
from derivgen.project.tasks import Task
from derivgen.project.together import parts_of
from derivgen.project.workers import in_order
from derivgen.render.pdf.bucket import Source, set_together
from derivgen.render.pdf.typeset import Typeset
from tests.project.later import pdfs_after

T = TypeVar("T")

pytestmark = [pytest.mark.latex, pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex")]

LINE = (
    "title: A line {n}\nvariables: {{w: vector(n), x: vector(n)}}\n"
    "functions:\n  z: {n}*w.T @ x\nderivatives:\n  - z wrt w\n"
)
PAGE = (
    '<< preamble >>\n<% include "worked/style.tex.j2" %>\n\n\\begin{document}\n'
    "<< document.title | text >>\n{more}\\end{document}\n"
)
FAILS = '<% if document.slug == "line-3" %>\\nosuchcommand\n<% endif %>'


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four specs, whose pages on paper are short."""
    monkeypatch.chdir(tmp_path)
    write("derivgen.yaml", "title: A course\n")
    write("templates/worked/page.tex.j2", PAGE.replace("{more}", ""))
    for number in range(2, 6):
        write(f"specs/line-{number}.yaml", LINE.format(n=number))


def build(output: str = "build", *more: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "derivgen", "build", "specs", "-o", output, "--cross-check", "none", *more]
    made = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": str(len(output))}
    )
    return made.returncode, made.stderr


def whole(folder: str = "build") -> dict[str, bytes]:
    root = Path(folder)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def by_latex() -> set[str]:
    """The PDFs of the site that LaTeX has made."""
    found = set()
    for path in Path("build/site").glob("*.pdf"):
        with pikepdf.open(path) as pdf:
            if str(pdf.docinfo.get("/Producer", "")).startswith("pdfTeX"):
                found.add(path.name)
    return found


def test_a_change_sets_the_bucket_again_and_ends_where_a_clean_build_would() -> None:
    status, told = build()
    assert (status, "PDFs by LaTeX: 1 of 1" in told) == (0, True)
    status, told = build()
    assert (status, "PDFs by LaTeX: 1 of 1" in told) == (0, False)
    write("specs/line-3.yaml", LINE.format(n=7))
    status, told = build()
    assert (status, "PDFs by LaTeX: 1 of 1" in told) == (0, True)
    Path("build/site/line-2.pdf").write_bytes(b"mine")
    Path("build/cache/tex/line-4.tex").unlink()
    assert build()[0] == 0
    assert build("clean", "--jobs", "4")[0] == 0
    assert whole() == whole("clean")


def test_buckets_are_neither_small_nor_large_and_seldom_become_more() -> None:
    numbers = [parts_of(count) for count in range(1, 3000)]
    assert all(12 <= count / number < 24 for count, number in enumerate(numbers, 1) if count >= 12)
    assert sorted(set(numbers)) == [1, 2, 4, 8, 16, 32, 64, 128]
    assert numbers == sorted(numbers)


def built_here() -> None:
    options = BuildOptions(Path("build"), ("pdf",), "latex", 1, cross_check=False, search=False)
    assert max(told.status for told in built((), options)) == 0


def test_a_preamble_that_many_share_is_dumped_while_pages_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str] = []
    monkeypatch.setattr(setting, "begin_format", lambda _run, paper: found.append(paper.preamble))
    monkeypatch.setattr(due, "pdfs", pdfs_after(found, 1))
    built_here()
    assert len(found) == 2
    assert found[1] == "PDFs"


def test_latex_sets_a_changed_page_before_what_else_there_is_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    built_here()
    write("specs/line-3.yaml", LINE.format(n=7))
    begun, found, own = threading.Event(), [], paper._by_typst

    def setting_them(sources: Sequence[Source], engine: str, preamble: Path | None) -> tuple[Typeset | Fault, ...]:
        begun.set()
        return set_together(sources, engine, preamble)

    def reading(files: Iterable[tuple[str, str]], folder: Folder) -> bool:
        found.append(begun.wait(5))
        return is_intact(files, folder)

    def by_typst(document: Document, task: Task, notation: Notation) -> Typeset:
        found.append(begun.wait(5))
        return own(document, task, notation)

    monkeypatch.setattr(paper, "_by_typst", by_typst)
    monkeypatch.setattr(setting, "set_together", setting_them)
    monkeypatch.setattr(due, "is_intact", reading)
    built_here()
    assert found == [True] * 5


def test_what_somebody_has_done_to_the_latex_of_others_does_not_come_into_a_bucket_that_is_begun() -> None:
    assert build("build", "--pdf", "latex")[0] == 0
    write("specs/line-3.yaml", LINE.format(n=7))
    path = Path("build/cache/tex/line-4.tex")
    path.write_text(path.read_text("utf-8").replace("A line", "Another line"), encoding="utf-8")
    assert build("build", "--pdf", "latex")[0] == 0
    assert build("clean", "--pdf", "latex")[0] == 0
    assert whole() == whole("clean")


def test_the_longest_buckets_are_set_first(monkeypatch: pytest.MonkeyPatch) -> None:
    more = '<% if document.slug == "line-4" %>A longer text by far, whose preamble no other has.<% endif %>'
    own = '<% if document.slug == "line-4" %>\n\\newcommand{\\own}{}<% endif %>\n\\begin{document}'
    write("templates/worked/page.tex.j2", PAGE.replace("{more}", more * 1000).replace("\n\\begin{document}", own))
    found: list[list[str]] = []

    def noted(work: Callable[[Setting], T], tasks: Sequence[Setting], jobs: int | None) -> Iterator[T]:
        found.append([path.name for task in tasks for path, *_ in task.sources])
        return in_order(work, tasks, jobs)

    monkeypatch.setattr(setting, "in_order", noted)
    built_here()
    [names] = found
    lengths = [(Path("build/cache/tex") / name).stat().st_size for name in names]
    assert len(names) == 4
    assert lengths[0] > sum(lengths[1:])


def test_a_preamble_is_dumped_once_for_all_builds_and_again_where_what_is_kept_is_broken() -> None:
    build()
    [kept] = Path("build/cache/formats").iterdir()
    first, time = kept.read_bytes(), kept.stat().st_mtime_ns
    write("specs/line-3.yaml", LINE.format(n=7))
    build()
    assert kept.stat().st_mtime_ns == time
    kept.write_bytes(first[:-1] + b"x")
    write("specs/line-3.yaml", LINE.format(n=8))
    assert build()[0] == 0
    assert kept.read_bytes() == first
    write("derivgen.yaml", "title: A course\nlanguage: de\n")
    assert build()[0] == 0
    assert [path.name for path in Path("build/cache/formats").iterdir()] != [kept.name]
    assert not kept.exists()


def test_a_page_that_latex_cannot_set_comes_from_typst_and_the_others_from_latex() -> None:
    write("templates/worked/page.tex.j2", PAGE.replace("{more}", FAILS))
    status, told = build()
    assert status == 0
    assert "specs/line-3.yaml: the PDF comes from Typst: LaTeX cannot set this page: Undefined control sequence" in told
    assert by_latex() == {"line-2.pdf", "line-4.pdf", "line-5.pdf"}
    assert Path("build/site/line-3.pdf").is_file()
    assert not Path("build/site/line-3.accessible.pdf").exists()
    assert 'href="line-3.accessible.pdf"' not in whole()["site/line-3.html"].decode()


def test_asked_for_latex_a_page_that_it_cannot_set_lacks_its_pdf_alone() -> None:
    write(
        "templates/worked/page.tex.j2",
        PAGE.replace("{more}", FAILS),
    )
    status, told = build("build", "--pdf", "latex")
    assert status == 3
    assert "specs/line-3.yaml:1:1: LaTeX cannot set this page: Undefined control sequence" in told
    assert told.endswith("4 pages built, 1 of them without something that was asked for\n")
    assert by_latex() == {"line-2.pdf", "line-4.pdf", "line-5.pdf"}
    assert 'href="line-3.pdf"' not in whole()["site/line-3.html"].decode()


def test_a_line_that_sticks_out_is_told_each_time_with_its_spec() -> None:
    wide = '<% if document.slug == "line-3" %>\\noindent\\rule{30cm}{1pt}\n<% endif %>'
    write("templates/worked/page.tex.j2", PAGE.replace("{more}", wide))
    first, second = build(), build()
    assert first[0] == second[0] == 1
    for _, told in (first, second):
        assert "specs/line-3.yaml:1:1: a line of the PDF sticks out of the page by" in told
        assert "4 pages built, 1 of them without something that was asked for" in told
