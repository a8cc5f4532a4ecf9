"""`derivgen homework build --roster`: what each student gets, and what nobody but the instructor does."""

from __future__ import annotations

import csv
import io
import json
import pickle
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from derivgen.cli import main
from derivgen.homework.leaks import leaks
from derivgen.project import classes
from derivgen.project.copies import Chunk, Made
from derivgen.project.projects import project_of
from derivgen.project.workers import in_order
from derivgen.render.pdf import typst
from derivgen.render.pdf.tagged import EDGE
from derivgen.render.pdf.typeset import Typeset
from derivgen.render.pdf.typst import typeset
from tests.test_tagged import QUESTIONS, faults

from .sheets import SHEET, written

ENGINES = [pytest.param("latex", marks=pytest.mark.latex), "typst"]
ROSTER = 'id,name\ns1,Ada Lovelace\ns2,"O\'Neil, ""Max"" \\input{x} %"\n=1+1,Zoë\n'
STUDENTS = ("s1", "s2", "_3d_1_2b_1")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program in a folder with a sheet and a class list."""
    monkeypatch.chdir(tmp_path)
    written(SHEET, tmp_path)
    written(ROSTER, tmp_path, "class.csv")

    def invoke(*arguments: str, output: str = "build") -> Result:
        project_of.cache_clear()
        command = ["homework", "build", "sheet.yaml", "--roster", "class.csv", "--cross-check", "none", "-o", output]
        return CliRunner().invoke(main, [*command, *arguments])

    return invoke


def made(folder: str = "build") -> dict[str, bytes]:
    root = Path(folder) / "homework/sheet"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def pages(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_student_has_a_sheet_and_solutions(run: Run, engine: str) -> None:
    result = run("--pdf", engine)
    assert result.exit_code == 0, result.stderr
    files = made()
    names = {name for name in files if not name.startswith("assets/")}
    kinds = {f"{kind}/{student}.{end}" for kind in ("students", "solutions") for student in STUDENTS
             for end in ("html", "pdf", "tex")}  # fmt: skip
    staff = {f"{name}.{end}" for name in ("key", "instructor") for end in ("html", "pdf", "tex")}
    assert names == {*kinds, *staff, "all-students.pdf", "key.json", "manifest.csv"}
    assert "Ada Lovelace" in files["students/s1.html"].decode()
    assert "Ada" not in files["students/s2.html"].decode()
    assert "\\textbackslash{}input\\{x\\} \\%" in files["students/s2.tex"].decode()


@pytest.mark.parametrize("engine", ENGINES)
def test_all_sheets_are_printed_each_on_paper_of_its_own(run: Run, engine: str) -> None:
    run("--pdf", engine)
    files = made()
    each = [pages(files[f"students/{student}.pdf"]) for student in STUDENTS]
    assert pages(files["all-students.pdf"]) == sum(count + count % 2 for count in each)


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_that_a_student_gets_holds_an_answer(run: Run, engine: str, tmp_path: Path) -> None:
    run("--pdf", engine)
    shown = tmp_path / "shown"
    shutil.copytree("build/homework/sheet/students", shown)
    shutil.copy("build/homework/sheet/all-students.pdf", shown)
    key = Path("build/homework/sheet/key.json")
    assert leaks(shown, [key]) == ()
    shutil.copy("build/homework/sheet/solutions/s1.html", shown)
    assert leaks(shown, [key]) != ()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_solutions_on_paper_have_one_title_above_all_exercises(run: Run, engine: str) -> None:
    run("--pdf", engine)
    command = ["pdftotext", "build/homework/sheet/solutions/s1.pdf", "-"]
    words = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert words.count(": solutions") == 1


@pytest.mark.latex
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_solutions_on_paper_are_of_this_student_and_their_links_lead_somewhere(run: Run) -> None:
    run("--pdf", "latex")
    path = "build/homework/sheet/solutions/s1.pdf"
    words = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Ada Lovelace" in words
    assert "Quadratic form" in words or "product" in words.lower()
    with pikepdf.open(path) as pdf:
        found: list[object] = list(pdf.Root.Names.Dests.Names) if "/Names" in pdf.Root.Names.Dests else []
        places = {str(found[k]) for k in range(0, len(found), 2)}
        wanted = {str(note.A.D) for page in pdf.pages for note in page.get("/Annots", []) if "/D" in note.get("/A", {})}
        assert wanted <= places


def test_the_list_of_what_was_made_is_safe_in_a_spreadsheet(run: Run) -> None:
    run("--pdf", "none", "--format", "html")
    rows = list(csv.DictReader(io.StringIO(made()["manifest.csv"].decode())))
    assert [row["student"] for row in rows] == ["s1", "s2", "'=1+1"]
    assert [row["file"] for row in rows] == [f"students/{student}.html" for student in STUDENTS]
    assert {row["points"] for row in rows} == {"3.5"}


@pytest.mark.parametrize("engine", ENGINES)
def test_two_builds_are_equal_byte_for_byte(run: Run, engine: str) -> None:
    run("--pdf", engine)
    run("--pdf", engine, "--jobs", "1", output="again")
    assert made() == made("again")


def test_who_has_left_the_class_has_no_files(run: Run, tmp_path: Path) -> None:
    run("--pdf", "none")
    written("id,name\ns1,Ada Lovelace\n", tmp_path, "class.csv")
    run("--pdf", "none")
    assert {name for name in made() if name.startswith(("students/", "solutions/"))} == {
        f"{kind}/s1.{end}" for kind in ("students", "solutions") for end in ("html", "tex")
    }


@pytest.mark.latex
def test_a_name_in_letters_that_latex_lacks_is_set_by_typst(run: Run, tmp_path: Path) -> None:
    written("id,name\ns1,Ada\ns2,Ωmega Жук\n", tmp_path, "class.csv")
    result = run("--pdf", "latex")
    assert result.exit_code == 0, result.stderr
    with pikepdf.open("build/homework/sheet/students/s1.pdf") as one, pikepdf.open(
        "build/homework/sheet/students/s2.pdf"
    ) as other:  # fmt: skip
        assert "pdfTeX" in str(one.docinfo.get("/Producer", ""))
        assert "pdfTeX" not in str(other.docinfo.get("/Producer", ""))


@pytest.mark.latex
def test_everybody_may_have_a_pdf_that_screen_readers_can_walk(run: Run) -> None:
    assert run("--pdf", "latex", "--accessible").exit_code == 0
    names = {f"{name}.accessible.pdf" for name in ("students/s1", "solutions/s1", "key", "instructor")}
    assert names <= set(made())
    for name in names:
        with pikepdf.open(f"build/homework/sheet/{name}") as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert "/StructTreeRoot" in pdf.Root
    assert run("--pdf", "latex").exit_code == 0
    assert names.isdisjoint(made())


def test_solutions_that_are_put_together_can_be_read_aloud(run: Run) -> None:
    assert run("--pdf", "typst").exit_code == 0
    paths = sorted(Path("build").rglob("solutions/*.pdf"))
    assert len(paths) == len(STUDENTS)
    assert [fault for path in paths for question in QUESTIONS for fault in faults(path, question)] == []


def test_the_solution_of_an_exercise_is_set_once_for_all_who_have_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    sources: list[str] = []

    def recorded(source: str, *, is_one_of_many: bool = False) -> Typeset:
        sources.append(source)
        return typeset(source, is_one_of_many=is_one_of_many)

    monkeypatch.setattr(typst, "typeset", recorded)
    assert run("--pdf", "typst", "--jobs", "1").exit_code == 0
    exercises = {question["exercise"] for question in json.loads(made()["key.json"])["questions"]}
    assert sum(source.count(EDGE) for source in sources) == len(exercises)


def test_a_list_with_faults_writes_nothing(run: Run, tmp_path: Path) -> None:
    written("id,name\ns1,A\ns1,B\n", tmp_path, "class.csv")
    result = run("--pdf", "none")
    assert result.exit_code == 1
    assert "class.csv:3:1" in result.stderr
    assert not Path("build").exists()


DRAWN = """\
homework: Drawn
seed: 2026-03
layout: denominator
variants: per-student
exercises:
  - id: quad
    parameters:
      c: {integer: [2, 9]}
    variables: {x: vector(n), A: "matrix(n, n)"}
    functions:
      f: "{c} * x.T @ A @ x"
    ask: f wrt x
"""


def test_the_key_says_which_student_has_which_variant(run: Run, tmp_path: Path) -> None:
    written(DRAWN, tmp_path)
    assert run("--pdf", "none").exit_code == 0
    key = json.loads(made()["key.json"])
    sheets = {one["code"]: one["variants"] for one in key["sheets"]}
    questions = {one["variant"]: one for one in key["questions"]}
    assert [one["id"] for one in key["students"]] == ["s1", "s2", "=1+1"]
    for student, name in zip(key["students"], STUDENTS, strict=True):
        (variant,) = sheets[student["code"]]
        question = questions[variant]
        # Petersen and Pedersen, eq. 81, times the drawn number.
        assert question["text"] == f"{question['parameters']['c']}*(A + A.T) @ x"
        assert student["code"] in made()[f"students/{name}.html"].decode()


def test_the_key_and_the_instructors_copy_name_the_students(run: Run, tmp_path: Path) -> None:
    """Both by name, letters with accents where the bare ones are; the copy says whose variant it works out."""
    written(DRAWN, tmp_path)
    written("id,name\ns1,Zoë Ada\ns2,Örsted\ns3,Petrov\n", tmp_path, "class.csv")
    assert run("--pdf", "none").exit_code == 0
    codes = {one["id"]: one["code"] for one in json.loads(made()["key.json"])["students"]}
    key, copy = (made()[f"{name}.html"].decode() for name in ("key", "instructor"))
    listed = re.findall(r'<th scope="row">([^<]*)</th><td>(s\d)</td><td><a href="#sheet-([^"]*)">', key)
    assert listed == [(name, id_, codes[id_]) for name, id_ in (("Örsted", "s2"), ("Petrov", "s3"), ("Zoë Ada", "s1"))]
    assert re.findall(r'<h2 id="sheet-([^"]*)">', key) == [codes[id_] for _, id_, _ in listed]
    assert re.search(rf'<h2 id="sheet-{codes["s2"]}">[^<]*{codes["s2"]} · Örsted \(s2\)', key)
    assert "Petrov (s3)" in copy
    assert re.search(r"c = \d · <code>[0-9a-f]{6}</code>", copy)
    (worked_out,) = re.findall(r"Worked out below:</strong> (c = \d) · <code>\w{6}</code>, [^<]* \((s\d)\)</p>", copy)
    key_json = json.loads(made()["key.json"])
    (variant,) = next(one["variants"] for one in key_json["sheets"] if one["code"] == codes[worked_out[1]])
    question = next(one for one in key_json["questions"] if one["variant"] == variant)
    assert worked_out[0] == f"c = {question['parameters']['c']}"
    assert f"{question['parameters']['c']}*(A + A.T) @ x" in copy.partition("Worked out below")[2]


def test_a_table_of_the_instructors_copy_has_a_dozen_variants_however_long_their_answers_are(
    run: Run, tmp_path: Path
) -> None:
    """A page may part it: short ones, each kept whole, left a third of a page empty."""
    long = DRAWN.replace("[2, 9]", "[2, 90]").replace("x.T @ A @ x", "exp(x.T @ A @ x)*log(1 + (x.T @ A @ x)**2)")
    assert (long.count("90"), long.count("log(1")) == (1, 1)
    written(long, tmp_path)
    written("id,name\n" + "".join(f"s{k},Name {k}\n" for k in range(10)), tmp_path, "class.csv")
    assert run("--pdf", "none").exit_code == 0
    assert made()["instructor.html"].decode().count("Variant</th>") == 1


def test_a_new_student_changes_nobodys_sheet(run: Run, tmp_path: Path) -> None:
    written(DRAWN, tmp_path)
    run("--pdf", "none")
    before = made()
    written("id,name\n" + "s0,New\n" + ROSTER.partition("\n")[2], tmp_path, "class.csv")
    run("--pdf", "none")
    after = made()
    codes = [{row["student"]: row["code"] for row in csv.DictReader(io.StringIO(files["manifest.csv"].decode()))}
             for files in (before, after)]  # fmt: skip
    assert codes[0].items() <= codes[1].items()


@pytest.mark.usefixtures("run")
def test_versions_are_made_without_a_class(tmp_path: Path) -> None:
    written(DRAWN.replace("per-student", "3"), tmp_path)
    project_of.cache_clear()
    command = ["homework", "build", "sheet.yaml", "--cross-check", "none", "--pdf", "none"]
    assert CliRunner().invoke(main, command).exit_code == 0
    codes = [one["code"] for one in json.loads(made()["key.json"])["sheets"]]
    assert len(set(codes)) == 3
    assert {name for name in made() if name.startswith("students/")} == {
        f"students/{code}.{end}" for code in codes for end in ("html", "tex")
    }


@pytest.mark.usefixtures("run")
def test_sheets_of_their_own_need_a_class(tmp_path: Path) -> None:
    written(DRAWN, tmp_path)
    project_of.cache_clear()
    result = CliRunner().invoke(main, ["homework", "build", "sheet.yaml", "--cross-check", "none", "--pdf", "none"])
    assert result.exit_code == 1
    assert "--roster class.csv" in result.stderr


@pytest.mark.latex
def test_what_processes_send_back_of_a_class_holds_no_files(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []

    def recorded(work: Callable[[Chunk], Made], tasks: Sequence[Chunk], jobs: int | None) -> Iterator[Made]:
        for one in in_order(work, tasks, jobs):
            if isinstance(one, Made):
                sent.append(len(pickle.dumps(one)))
            yield one

    monkeypatch.setattr(classes, "in_order", recorded)
    assert run("--pdf", "latex").exit_code == 0
    written = sum(len(data) for name, data in made().items() if name.startswith(("students/", "solutions/")))
    assert sent
    assert sum(sent) < 5000 < written
