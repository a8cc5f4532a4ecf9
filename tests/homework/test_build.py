"""`derivgen homework` and the sample in the site: what is written, where, and what never is."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from derivgen.cli import main
from derivgen.homework.leaks import leaks
from derivgen.project.projects import project_of

from .sheets import SHEET, written

SPEC = "title: Square\nvariables: {x: scalar}\nfunctions:\n  f: x**2\nderivatives:\n  - f wrt x\n"
SAMPLE = SHEET.replace("layout: denominator", "layout: denominator\npublish: sample")
GALLERY = Path(__file__).parents[2] / "specs"
COURSE_SHEET = GALLERY / "homework/first-sheet.yaml"
ENGINES = [pytest.param("latex", marks=pytest.mark.latex), "typst"]


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str) -> Result:
        project_of.cache_clear()
        return CliRunner().invoke(main, [*arguments, "--cross-check", "none"])

    return invoke


def files(folder: str) -> set[str]:
    root = Path(folder)
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def pdf_words(path: Path) -> str:
    """All that a PDF holds, unpacked: its metadata, its strings and its streams."""
    with pikepdf.open(path) as pdf:
        out = io.BytesIO()
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    return out.getvalue().decode("latin-1")


def test_a_sheet_becomes_three_documents_and_a_key_outside_the_site(run: Run, tmp_path: Path) -> None:
    written(SHEET, tmp_path, "specs/one.yaml")
    result = run("homework", "build", "specs/one.yaml", "--pdf", "none")
    assert result.exit_code == 0, result.stderr
    made = {name for name in files("build/homework/one") if "/" not in name}
    assert made == {f"{kind}.{end}" for kind in ("sheet", "key", "solutions") for end in ("html", "tex")} | {"key.json"}
    assert "assets/style.css" in files("build/homework/one")
    assert not Path("build/site").exists()


@pytest.mark.parametrize("engine", ENGINES)
def test_the_course_sheet_builds_in_both_engines_and_gives_nothing_away(engine: str, run: Run) -> None:
    if engine == "latex" and shutil.which("pdflatex") is None:
        pytest.skip("needs LaTeX")
    result = run("homework", "build", str(COURSE_SHEET), "--pdf", engine)
    assert result.exit_code == 0, result.stderr
    assert "gives away" not in result.stderr
    folder = Path("build/homework/first-sheet")
    for name in ("sheet.pdf", "key.pdf", "solutions.pdf"):
        assert (folder / name).read_bytes().startswith(b"%PDF")
    given_out = Path("given-out")
    given_out.mkdir()
    for path in folder.glob("sheet.*"):
        shutil.copy(path, given_out)
    shutil.copytree(folder / "assets", given_out / "assets")
    (given_out / "unpacked.txt").write_text(pdf_words(folder / "sheet.pdf"), encoding="utf-8")
    assert leaks(given_out, [folder / "key.json"]) == ()
    # The search finds what is there: the same in the key's own files.
    held = {leak.file for leak in leaks(folder, [folder / "key.json"])}
    assert {"key.html", "key.tex", "key.json", "solutions.html", "solutions.tex"} <= held
    assert not {name for name in held if name.startswith(("sheet.", "assets/"))}


def test_the_key_pdf_of_typst_is_found_by_its_words(run: Run) -> None:
    run("homework", "build", str(COURSE_SHEET), "--pdf", "typst", "--format", "pdf")
    folder = Path("build/homework/first-sheet")
    forms = {leak.form for leak in leaks(folder, [folder / "key.json"]) if leak.file == "key.pdf"}
    assert forms


def test_a_sample_in_the_site_is_the_students_sheet_alone(run: Run, tmp_path: Path) -> None:
    written(SPEC, tmp_path, "specs/square.yaml")
    written(SAMPLE, tmp_path, "specs/homework/one.yaml")
    written(SHEET, tmp_path, "specs/homework/secret.yaml")
    assert run("build", "specs", "--pdf", "none").exit_code == 0
    assert {name for name in files("build/site") if name.startswith("homework")} == {
        "homework/one.html",
        "homework/one.tex",
    }
    index = Path("build/site/index.html").read_text(encoding="utf-8")
    assert 'href="homework/one.html"' in index
    assert "Homework" in index
    assert "secret" not in index
    assert not Path("build/homework").exists()
    run("homework", "build", "specs/homework/one.yaml", "--pdf", "none")
    assert leaks(Path("build/site"), [Path("build/homework/one/key.json")]) == ()


def test_a_second_build_writes_the_same_site(run: Run, tmp_path: Path) -> None:
    written(SPEC, tmp_path, "specs/square.yaml")
    written(SAMPLE, tmp_path, "specs/homework/one.yaml")
    run("build", "specs", "--pdf", "none")
    first = {name: Path("build/site", name).read_bytes() for name in files("build/site")}
    run("build", "specs", "--pdf", "none")
    assert {name: Path("build/site", name).read_bytes() for name in files("build/site")} == first


def test_a_sample_leaves_the_site_with_its_word(run: Run, tmp_path: Path) -> None:
    written(SPEC, tmp_path, "specs/square.yaml")
    written(SAMPLE, tmp_path, "specs/homework/one.yaml")
    run("build", "specs", "--pdf", "none")
    written(SHEET, tmp_path, "specs/homework/one.yaml")
    run("build", "specs", "--pdf", "none")
    assert not Path("build/site/homework").exists()
    assert "homework/one" not in Path("build/site/index.html").read_text(encoding="utf-8")


def test_a_faulty_sheet_among_specs_does_not_stop_the_site(run: Run, tmp_path: Path) -> None:
    written(SPEC, tmp_path, "specs/square.yaml")
    written(SHEET.replace("x.T @ A", "x @ A"), tmp_path, "specs/one.yaml")
    assert run("build", "specs", "--pdf", "none").exit_code == 0
    assert Path("build/site/square.html").exists()


def test_files_of_a_form_no_longer_asked_for_are_removed(run: Run, tmp_path: Path) -> None:
    written(SHEET, tmp_path, "one.yaml")
    run("homework", "build", "one.yaml", "--pdf", "none")
    run("homework", "build", "one.yaml", "--pdf", "none", "--format", "html")
    assert not [name for name in files("build/homework/one") if name.endswith(".tex")]


EXITS = {
    "a fault": (("homework", "build", "bad.yaml"), 1, "bad.yaml:9:"),
    "no sheet there": (("homework", "build", "nowhere.yaml"), 1, "no such file"),
    "a folder without sheets": (("homework", "build", "empty"), 1, "no homework sheet"),
    "a spec": (("homework", "check", "square.yaml"), 1, "first key is title"),
    "a slip of the pen": (("homework", "build", "one.yaml", "--format", "hmtl"), 2, "html"),
    "no sheet named": (("homework", "build"), 2, "SHEET"),
    "all well": (("homework", "check", "one.yaml"), 0, "1 of 1 sheet well"),
}


@pytest.mark.parametrize(("arguments", "status", "words"), EXITS.values(), ids=EXITS)
def test_exit_status_and_message(arguments: tuple[str, ...], status: int, words: str, run: Run, tmp_path: Path) -> None:
    written(SHEET, tmp_path, "one.yaml")
    written(SHEET.replace("x.T @ A", "x @ A"), tmp_path, "bad.yaml")
    written(SPEC, tmp_path, "square.yaml")
    Path("empty").mkdir()
    result = run(*arguments)
    assert result.exit_code == status
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert not Path("build").exists()


def test_a_missing_latex_is_told_and_the_rest_is_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(SHEET, tmp_path, "one.yaml")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run("homework", "build", "one.yaml", "--pdf", "latex").exit_code == 3
    assert Path("build/homework/one/sheet.html").exists()


def test_an_answer_in_the_authors_own_text_is_told(run: Run, tmp_path: Path) -> None:
    written(SHEET.replace("vary.", "vary; do not write `(A + A.T) @ x` at once."), tmp_path, "one.yaml")
    result = run("homework", "build", "one.yaml", "--pdf", "none")
    assert "gives away the answer to quad.a" in result.stderr


def test_the_key_of_a_german_sheet_says_its_formulas_in_german(run: Run, tmp_path: Path) -> None:
    written(SHEET.replace("layout: denominator", "layout: denominator\nlanguage: de"), tmp_path, "specs/one.yaml")
    assert run("homework", "build", "specs/one.yaml", "--pdf", "none").exit_code == 0
    key = Path("build/homework/one/key.json").read_text(encoding="utf-8")
    assert "transponiert" in key
    assert "transpose times" not in key
