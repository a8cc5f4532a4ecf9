"""The search for answers finds a planted one in every form and every kind of file, and nothing else."""

from __future__ import annotations

import html
import json
import zipfile
import zlib
from pathlib import Path

import pytest

from derivgen.homework.key import key_json
from derivgen.homework.leaks import is_telling, leaks
from derivgen.project.handing import composition_of
from derivgen.project.homework import worked_sheet
from derivgen.project.projects import project_of

from .sheets import SHEET, written


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The key of the small sheet."""
    path = written(SHEET, tmp_path, "one.yaml")
    project_of.cache_clear()
    done = worked_sheet(path, path, cross_check=False)
    assert done.made is not None
    assert done.loaded.sheet is not None
    return written(
        key_json(done.loaded.sheet, [(composition_of(done.loaded.sheet, done.made), done.made)], done.notation),
        tmp_path,
        "key.json",
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with nothing of the key."""
    written("<p>Find the gradient of x.T @ A @ x.</p>", tmp_path, "site/index.html")
    return tmp_path / "site"


def answer(key: Path, layout: str, form: str) -> str:
    found: str = json.loads(key.read_text(encoding="utf-8"))["questions"][0]["layouts"][layout][form]
    return found


def test_a_site_without_answers_has_no_leaks(site: Path, key: Path) -> None:
    assert leaks(site, [key]) == ()
    assert leaks(site, []) == ()


@pytest.mark.parametrize("layout", ["numerator", "denominator"])
@pytest.mark.parametrize("form", ["text", "latex", "python", "mathml"])
def test_a_planted_answer_is_found_in_every_form(layout: str, form: str, site: Path, key: Path) -> None:
    planted = answer(key, layout, form)
    written(planted if form == "mathml" else html.escape(planted), site, "deep/page.html")
    found = leaks(site, [key])
    assert {(leak.file, leak.question) for leak in found} == {("deep/page.html", "quad.a")}
    assert str(key) in str(found[0])


@pytest.mark.parametrize(
    "broken", ["(A+A.T)@x", "(A  +\n A.T) @ x", "<b>(A</b> + A.T) @ x", '{"t": "(A + A.T)\\n@ x"}']
)
def test_white_space_and_markup_hide_nothing(broken: str, site: Path, key: Path) -> None:
    written(broken, site, "page.html")
    assert leaks(site, [key])


def test_an_answer_packed_into_a_pdf_or_an_archive_is_found(site: Path, key: Path) -> None:
    planted = answer(key, "numerator", "text").encode()
    stream = zlib.compress(b"/Alt (" + planted + b")")
    (site / "a.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\nstream\n" + stream + b"\nendstream\nendobj\n")
    (site / "b.pdf").write_bytes(
        b"%PDF-1.7\n<< /Title <feff" + planted.decode().encode("utf-16-be").hex().encode() + b"> >>"
    )
    with zipfile.ZipFile(site / "c.zip", "w") as archive:
        archive.writestr("inner.txt", planted)
    assert {leak.file for leak in leaks(site, [key])} == {"a.pdf", "b.pdf", "c.zip"}


def test_the_words_of_a_key_are_found_even_where_no_answer_is_telling(site: Path, key: Path) -> None:
    written("<p><strong>Not for students.</strong></p>", site, "copy.html")
    assert [leak.question for leak in leaks(site, [key])] == [""]


def test_the_words_of_a_german_key_are_found(site: Path, key: Path) -> None:
    written("<p><strong>Nicht für Studierende.</strong></p>", site, "copy.html")
    assert [leak.question for leak in leaks(site, [key])] == [""]


def test_short_answers_and_those_that_the_question_shows_are_not_telling() -> None:
    assert not is_telling("2*x", [])
    assert not is_telling("x.T @ A @ x", ["x.T @ A @ x + b"])
    assert is_telling("(A + A.T) @ x", ["x.T @ A @ x"])


def test_a_file_that_is_no_key_is_refused(site: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a key"):
        leaks(site, [written("{}", tmp_path, "other.json")])
