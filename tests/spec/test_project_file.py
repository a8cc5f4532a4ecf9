"""The project's file: found upwards, its values the defaults of every spec."""

from pathlib import Path

import pytest

from derivgen.spec.files import find_specs, is_sheet
from derivgen.spec.model import load_spec
from derivgen.spec.project import load_project


def write(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_the_nearest_folder_upwards_is_the_project(tmp_path: Path) -> None:
    write(tmp_path / "derivgen.yaml", "title: Outer\n")
    write(
        tmp_path / "course" / "derivgen.yaml",
        "title: Inner\nauthor: A. Teacher\nchapters: {1: Scalar rules, 2: Vectors}\n",
    )
    spec = write(tmp_path / "course" / "specs" / "a" / "s.yaml", "page: p\n")
    project = load_project(spec)
    assert project.root == tmp_path / "course"
    assert (project.title, project.author, project.chapters) == (
        "Inner",
        "A. Teacher",
        {1: "Scalar rules", 2: "Vectors"},
    )
    assert load_project(tmp_path / "course") == project


def test_without_a_file_the_current_folder_is_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_project(Path("specs/s.yaml")).root == tmp_path


def test_a_spec_overrides_the_project_key_by_key(tmp_path: Path) -> None:
    write(tmp_path / "derivgen.yaml", "layout: numerator\ndetail: brief\nnotation: {transpose: T, log: ln}\n")
    path = write(tmp_path / "s.yaml", "page: p\nlayout: both\nnotation: {transpose: prime}\n")
    spec = load_spec(path, load_project(path)).spec
    assert spec is not None
    assert (spec.settings.layout, spec.settings.detail) == ("both", "brief")
    assert (spec.settings.notation.transpose, spec.settings.notation.log) == ("prime", "ln")


@pytest.mark.parametrize(
    ("source", "line", "column", "message", "hint"),
    [
        ("titel: T\n", 1, 1, "no key titel", "did you mean title?"),
        ("a: 1\n", 1, 1, "no key a", "the keys are title"),
        ("slug: s\n", 1, 1, "slug has no default", "into the specs"),
        ("layout: bot\n", 1, 9, "bot", "did you mean both?"),
        ("chapters: {one: A}\n", 1, 12, "whole number", "digits"),
        ("chapters: [A, B]\n", 1, 11, "mapping", "1: Scalar rules"),
        ("- a\n", 1, 1, "mapping of keys", "title"),
        ("title: a: b\n", 1, 8, "colon", 'title: "a: b"'),
        ("title: a\ntitle: b\n", 2, 1, "twice", "line 1"),
    ],
)
def test_a_slip_in_the_project_s_file_is_a_fault(
    tmp_path: Path, source: str, line: int, column: int, message: str, hint: str
) -> None:
    write(tmp_path / "derivgen.yaml", source)
    (fault,) = load_project(tmp_path).faults
    assert fault.span is not None
    assert (fault.span.line, fault.span.column) == (line, column)
    assert message in fault.message
    assert hint in fault.hint


def test_an_empty_project_file_gives_the_defaults(tmp_path: Path) -> None:
    write(tmp_path / "derivgen.yaml", "# nothing yet\n")
    project = load_project(tmp_path)
    assert (project.root, project.faults, project.settings.layout) == (tmp_path, (), "both")


def test_specs_are_found_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in (
        "b.yaml",
        "a/z.yml",
        "a/b.yaml",
        "notes.txt",
        ".hidden.yaml",
        ".git/x.yaml",
        "derivgen.yaml",
        "a/derivgen.yaml",
    ):
        write(tmp_path / name, "page: p\n")
    write(tmp_path / "templates" / "t.yaml", "page: p\n")
    write(tmp_path / "build" / "t.yaml", "page: p\n")
    write(tmp_path / "sheet.yaml", "# H1\nhomework: H1\n")
    found = [path.relative_to(tmp_path).as_posix() for path in find_specs([tmp_path])]
    assert found == ["a/b.yaml", "a/z.yml", "b.yaml"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.yaml", "page: p\n")
    inside = write(tmp_path / "specs" / "a.yaml", "page: p\n")
    (tmp_path / "specs" / "link.yaml").symlink_to(outside)
    (tmp_path / "specs" / "folder").symlink_to(outside.parent, target_is_directory=True)
    (tmp_path / "specs" / "loop").symlink_to(tmp_path / "specs", target_is_directory=True)
    assert find_specs([tmp_path / "specs"]) == (inside,)


def test_a_file_and_a_missing_path_stay_as_they_are(tmp_path: Path) -> None:
    spec = write(tmp_path / "s.yaml", "page: p\n")
    paths = (spec, tmp_path / "none.yaml", spec)
    assert find_specs(paths) == paths[:2]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("homework: H1\n", True),
        ("---\n# c\nhomework: H1\n", True),
        ("title: a\nhomework: b\n", False),
        ("- homework\n", False),
        ("", False),
        ("'", False),
    ],
)
def test_a_sheet_is_known_by_its_first_key(tmp_path: Path, content: str, expected: bool) -> None:
    assert is_sheet(write(tmp_path / "s.yaml", content)) is expected


def test_a_slip_in_the_notation_of_a_project_is_told_with_its_place(tmp_path: Path) -> None:
    write(tmp_path / "derivgen.yaml", "title: A\nnotation: {hadamart: circ, vector: bolt}\n")
    first, second = load_project(tmp_path).faults
    assert first.span is not None
    assert second.span is not None
    assert (first.span.line, first.span.column, second.span.column) == (2, 12, 36)
    assert "did you mean hadamard?" in first.hint
    assert "did you mean bold?" in second.hint
