"""LaTeX documents that are set together look as if each had been set alone."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest

from derivgen.errors import Fault
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, worked
from derivgen.render.formats import render
from derivgen.render.pdf.bucket import BEGIN, END, Source, dumped, inflated, preamble_of, set_together
from derivgen.render.pdf.latex import Ended, Engines, run, typeset
from derivgen.render.pdf.typeset import Typeset

pytestmark = [
    pytest.mark.latex,
    pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex"),
    pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs poppler"),
]

GALLERY = Path(__file__).parents[2] / "specs"
PATHS = sorted(GALLERY.rglob("*.yaml"))[6:60:9]
HEAD = "\\documentclass{article}\n\\usepackage{hyperref}\n\\hypersetup{pdftitle={Own}}\n"


@pytest.fixture(scope="module")
def engine() -> str:
    return shutil.which("pdflatex") or ""


def document(body: str) -> Source:
    return Source(f"{HEAD}{BEGIN}{body}\n{END}\n", "Own", "en")


def gallery() -> list[Source]:
    found: dict[str, list[Source]] = {}
    for path in PATHS:
        done = worked(path, GALLERY, Wishes())
        tex = render(document_of(done, path.stem, GALLERY)[0], "tex", notation=done.notation)
        found.setdefault(preamble_of(tex), []).append(Source(tex, f"Über {path.stem}", "de"))
    return max(found.values(), key=len)


def sheets(pdf: bytes, folder: Path) -> list[bytes]:
    """The pages as pictures: positions in a PDF are rounded along a whole run, and differ by less than anyone sees."""
    (folder / "page.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "60", "-png", "page.pdf", "page"], cwd=folder, check=True)
    pictures = sorted(folder.glob("page-*.png"))
    found = [picture.read_bytes() for picture in pictures]
    for picture in pictures:
        picture.unlink()
    return found


def pdf_of(result: Typeset | Fault) -> bytes:
    assert isinstance(result, Typeset)
    return result.pdf


@pytest.mark.parametrize("kept", [bytes, inflated, None], ids=["preamble dumped", "inflated", "preamble read"])
def test_pages_are_those_of_a_document_set_alone(
    engine: str, tmp_path: Path, kept: Callable[[bytes], bytes] | None
) -> None:
    sources = gallery()
    assert len(sources) > 2
    preamble = None
    if kept is not None:
        preamble = tmp_path / "preamble.fmt"
        preamble.write_bytes(kept(dumped(preamble_of(sources[0].tex), engine)))
    results = set_together(sources, engine, preamble)
    assert results == set_together(sources, engine, preamble)
    for source, result in zip(sources, results, strict=True):
        assert sheets(pdf_of(result), tmp_path) == sheets(typeset(source.tex, engine).pdf, tmp_path)


def test_a_pdf_tells_its_own_title_and_language(engine: str) -> None:
    pdfs = [
        pdf_of(one) for one in set_together([document("a"), Source(document("b").tex, "Größe", "de")], engine, None)
    ]
    with pikepdf.open(io.BytesIO(pdfs[1])) as found:
        assert (str(found.docinfo.Title), str(found.Root.Lang), str(found.docinfo.Creator)) == (
            "Größe",
            "de",
            "derivgen",
        )
        assert found.Root.ViewerPreferences.DisplayDocTitle
    with pikepdf.open(io.BytesIO(pdfs[0])) as found:
        assert str(found.docinfo.Title) == "Own"


def test_links_lead_to_anchors_of_their_own_document(engine: str) -> None:
    body = "\\hyperlink{there}{go}\\newpage {} \\hypertarget{there}{here} %s"
    pdfs = [pdf_of(one) for one in set_together([document(body % "a"), document(body % "b")], engine, None)]
    for pdf in pdfs:
        with pikepdf.open(io.BytesIO(pdf)) as found:
            (link,) = found.pages[0].Annots
            anchors = dict(pikepdf.NameTree(found.Root.Names.Dests))
            assert str(link.A.D) == "there"
            assert anchors["there"][0].objgen == found.pages[1].obj.objgen


def test_counters_begin_anew(engine: str, tmp_path: Path) -> None:
    sources = [document("\\section{One}\\begin{equation}x\\end{equation}\\newpage Two")] * 2
    first, second = (sheets(pdf_of(one), tmp_path) for one in set_together(sources, engine, None))
    assert first == second


def test_one_that_cannot_be_set_takes_no_other_with_it(engine: str, tmp_path: Path) -> None:
    good = [document(f"Words {number}") for number in range(5)]
    results = set_together([*good[:3], document("\\nosuchcommand"), *good[3:]], engine, None)
    fault = results[3]
    assert isinstance(fault, Fault)
    assert "Undefined control sequence., at line 5 of the .tex: \\nosuchcommand" in fault.message
    for source, result in zip(good, (*results[:3], *results[4:]), strict=True):
        assert sheets(pdf_of(result), tmp_path) == sheets(typeset(source.tex, engine).pdf, tmp_path)


def test_a_line_that_sticks_out_is_told_of_its_own_document_with_its_own_line(engine: str) -> None:
    wide = document("\n\nA line\n\n\\noindent\\mbox{" + "wide " * 60 + "}\n")
    fine, told = set_together([document("fine"), wide], engine, None)
    assert isinstance(fine, Typeset)
    assert isinstance(told, Typeset)
    assert fine.faults == ()
    assert [fault.message for fault in told.faults] == [fault.message for fault in typeset(wide.tex, engine).faults]
    assert told.faults


def test_the_id_of_a_pdf_tells_what_it_was_made_of_and_not_where(engine: str) -> None:
    sources = [document("one"), document("two")]
    first, again = (list(map(pdf_of, set_together(sources, engine, None))) for _ in range(2))
    assert first == again
    ids: list[bytes] = []
    for pdf in first:
        with pikepdf.open(io.BytesIO(pdf)) as made:
            ids += map(bytes, made.trailer.ID)
    assert len(ids) == 4
    assert len(set(ids)) == 2
    other = pdf_of(set_together([document("one"), document("three")], engine, None)[0])
    assert other != first[0]


@pytest.mark.skipif(os.name != "posix", reason="the engine here is a script of a shell")
def test_what_cuts_pdfs_is_imported_while_the_engine_works(tmp_path: Path) -> None:
    engine, go = tmp_path / "engine", tmp_path / "go"
    waiting = f"for turn in $(seq 200); do [ -e '{go}' ] && exit 0; sleep 0.1; done; exit 1"
    engine.write_text(f"#!/bin/sh\n{waiting}\n", encoding="utf-8")
    engine.chmod(0o755)
    (tmp_path / "page.pdf").touch()
    run(str(engine), tmp_path, (), 60, meanwhile=go.touch)
    assert (tmp_path / "page.pdf").exists(), "the engine has not ended well: it saw nothing"
    program = (
        "import sys\nfrom derivgen.render.pdf import bucket\nfound = []\n"
        "def run(*_, meanwhile):\n"
        "    found.append('pikepdf' in sys.modules); meanwhile(); found.append('pikepdf' in sys.modules)\n"
        "    return ''\n"
        "bucket.run = run\nbucket.set_together([bucket.Source('', '', 'en')], '', None)\nprint(found)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told == "[False, True]\n"


def script(folder: Path, lines: str) -> str:
    """An engine that is a script of a shell."""
    engine = folder / "engine"
    engine.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    engine.chmod(0o755)
    return str(engine)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell of the end of a process")
def test_the_end_of_the_engine_is_told_and_not_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, found = subprocess.Popen.wait, []

    def noted(process: subprocess.Popen[bytes], timeout: float | None = None) -> int:
        has_ended = os.WEXITED | os.WNOHANG | os.WNOWAIT
        found.append(os.waitid(os.P_PID, process.pid, has_ended) is not None if process.returncode is None else True)
        return own(process, timeout)

    monkeypatch.setattr(subprocess.Popen, "wait", noted)
    run(script(tmp_path, "sleep 0.3"), tmp_path, (), 60)
    assert found == [True, True]


@pytest.mark.skipif(os.name != "posix", reason="the engine here is a script of a shell")
def test_an_engine_that_works_in_a_thread_is_ended_and_none_begins_after_it(tmp_path: Path) -> None:
    engine, engines = script(tmp_path, f"echo >> '{tmp_path}/begun'; sleep 30"), Engines()

    def worked() -> None:
        with engines:
            set_together([Source("", "", "en"), Source("", "", "en")], engine, None)

    with ThreadPoolExecutor(1) as threads:
        begun = threads.submit(worked)
        while not (tmp_path / "begun").exists():
            assert not begun.done()
        engines.end()
        with pytest.raises(Ended):
            begun.result(20)
    assert (tmp_path / "begun").read_text() == "\n"
