"""Class lists as Canvas, Moodle and spreadsheets write them, and what is wrong with others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivgen.errors import DerivgenError
from derivgen.spec.homework.roster import Student, file_name, parsed, roster_of


def ids(text: str) -> list[str]:
    return [student.id for student in parsed(text, "class.csv")]


def faults(text: str) -> list[str]:
    with pytest.raises(DerivgenError) as caught:
        parsed(text, "class.csv")
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_make_no_difference(sign: str, end: str) -> None:
    text = end.join([sign.join(row) for row in (("Name", "ID", "E-Mail"), ("Ada", "7", "a@b.c"), ("Bo", "8", ""))])
    assert parsed(text, "") == (Student("7", "Ada", "a@b.c"), Student("8", "Bo", ""))


def test_canvas_writes_points_and_a_test_student() -> None:
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section,Sheet 1 (12)\n"
        "    Points Possible,,,,,10\n"
        '"Lovelace, Ada",901,s01,ada,A,\n'
        '"Student, Test",902,,abc,A,\n'
        '"Noether, Emmy",903,s02,emmy,A,\n'
    )
    assert parsed(text, "") == (Student("s01", "Lovelace, Ada"), Student("s02", "Noether, Emmy"))


def test_an_export_of_canvas_with_a_line_of_postings() -> None:
    assert ids("Student,ID,SIS User ID,Section,Quiz\n,,,,Manual Posting\n    Points Possible,,,,10\nA B,9,s1,X,\n") == [
        "s1"
    ]


def test_moodle_has_first_and_last_names_and_often_empty_id_numbers() -> None:
    text = "Vorname,Nachname,ID-Nummer,E-Mail-Adresse\nEmmy,Noether,,e@n.de\nAda,Lovelace,,a@l.uk\n"
    assert parsed(text, "") == (
        Student("e@n.de", "Emmy Noether", "e@n.de"),
        Student("a@l.uk", "Ada Lovelace", "a@l.uk"),
    )


def test_a_name_is_enough_if_there_is_nothing_else() -> None:
    assert ids("Name\nZoë\n李明\n") == ["Zoë", "李明"]


def test_composed_and_decomposed_letters_are_one_id() -> None:
    assert ids("name\nZoe\u0308\n") == ["Zo\u00eb"]


def test_cells_may_hold_anything() -> None:
    text = 'id,name\n1,"O\'Neil, ""Max"" \\input{x} %"\n2,=1+1\n3,"two\nlines"\n4,\u202eabc\n'
    assert [student.name for student in parsed(text, "")] == [
        'O\'Neil, "Max" \\input{x} %', "=1+1", "two lines", "\u202eabc",
    ]  # fmt: skip


def test_rows_after_a_cell_of_two_lines_are_told_by_their_own_line() -> None:
    found = faults('id,name\n1,"two\nlines"\n1,again\n')
    assert "class.csv:4:1" in found[0]
    assert "row 2 has it too" in found[0]


def test_all_rows_that_are_wrong_are_told() -> None:
    found = faults("id,name\n1,A\n,B\n1,C\n")
    assert [line.split(" [")[0] for line in found] == [
        "class.csv:3:1: row 3: the id of B is empty",
        "class.csv:4:1: row 4: the id 1 stands here twice",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no heading is an id"),
        ("Grade,Group\n1,2\n", "no heading is an id"),
        ("id,name\n", "no student in this list"),
        ('id\n"a"b\n', "no CSV"),
        ('id\n"a\n', "no CSV"),
        ("id\nS1\ns1\n", "stands here twice"),
        (f"id\n{'x' * 201}\n", "201 characters"),
        ("id,nam\n1,A\n", "the heading nam is not known: did you mean name?"),
        ("id,name,emial\n1,A,a\n", "the heading emial is not known: did you mean email?"),
        ("id,name\n1,Rossi, Carl\n", "row 2 has 3 cells, and the heading has 2"),
    ],
)
def test_a_list_that_is_none_is_refused(text: str, told: str) -> None:
    assert told in faults(text)[0]


def test_files_of_spreadsheets_are_read(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    for data in ("id;name\r\n1;Zoë\r\n".encode("utf-8-sig"), "id\tname\r\n1\tZoë\r\n".encode("utf-16")):
        path.write_bytes(data)
        assert roster_of(path) == (Student("1", "Zoë"),)
    path.write_bytes("id;name\r\n1;Zoë\r\n".encode("latin-1"))
    with pytest.raises(DerivgenError, match="UTF-8"):
        roster_of(path)


@given(st.lists(st.text(min_size=1, max_size=12), min_size=2, max_size=2, unique_by=str.casefold))
def test_file_names_are_safe_and_differ(pair: list[str]) -> None:
    names = [file_name(identity) for identity in pair]
    assert names[0].casefold() != names[1].casefold()
    for name in names:
        assert name.isascii()
        assert name.strip(".") == name
        assert not set(name) & set('/\\:*?"<>| \0')


@pytest.mark.parametrize(
    ("identity", "name"),
    [("s01", "s01"), ("a/b", "a_2f_b"), ("a_b", "a__b"), ("..", "_2e__2e_"), ("a@b.c", "a_40_b.c"), ("con", "_63_on")],
)
def test_a_file_name_can_be_read_back(identity: str, name: str) -> None:
    assert file_name(identity) == name


def test_headings_that_mean_nothing_here_are_left_alone() -> None:
    """Platforms export many columns, and rows that end in empty cells."""
    found = parsed("ID,Student,Section,Nickname,Group Name\n7,Carl Rossi,A,CR,red,,\n", "class.csv")
    assert [(one.id, one.name) for one in found] == [("7", "Carl Rossi")]
