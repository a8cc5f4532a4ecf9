"""The commonest slips of newcomers, each with its code, its place, what the caret stands under, and the right hint.

`slips.jsonl` is the table: a spec a line, with what has to be told. The slips are those of people who
know LaTeX, MATLAB, NumPy or a textbook, of hasty fingers, and of editors that type for them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from derivgen.errors import Fault
from derivgen.spec.model import load_spec
from derivgen.spec.project import Project


@dataclass(frozen=True)
class Slip:
    slip: str
    spec: str
    code: str
    line: int
    column: int
    caret: str
    hint: str


TABLE = [
    Slip(**json.loads(line))
    for line in Path(__file__).with_name("slips.jsonl").read_text(encoding="utf-8").splitlines()
]

Faults = Callable[[str | bytes], tuple[Fault, ...]]


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    def told(content: str | bytes) -> tuple[Fault, ...]:
        path = tmp_path / "spec.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_spec(path, Project(tmp_path)).faults

    return told


def test_the_table_has_more_than_the_hundred_commonest_slips() -> None:
    assert len({slip.spec for slip in TABLE}) >= 500


@pytest.mark.parametrize("slip", TABLE, ids=lambda slip: ascii(slip.slip))
def test_a_slip_is_told_once_with_its_code_its_place_and_the_right_hint(slip: Slip, faults: Faults) -> None:
    (fault,) = faults(slip.spec)
    place = fault.span
    assert place is not None
    assert (fault.number, place.line, place.column) == (slip.code, slip.line, slip.column)
    assert place.source[place.column - 1 : place.end_column - 1] == slip.caret
    assert fault.hint == slip.hint


@pytest.mark.parametrize("slip", TABLE, ids=lambda slip: ascii(slip.slip))
def test_a_message_has_the_line_a_caret_and_a_remedy_in_a_few_words(slip: Slip, faults: Faults) -> None:
    lines = str(*faults(slip.spec)).split("\n")
    assert lines[0].endswith(f"[{slip.code}]")
    assert f"spec.yaml:{slip.line}:{slip.column}: " in lines[0]
    assert lines[-1] == f"  mend: {slip.hint}"
    assert sum(map(len, lines)) < 1500
    if slip.caret.strip():
        _, line, caret, _ = lines
        under = line[caret.index("^") : caret.rindex("^") + 1]
        assert under == slip.caret


@pytest.mark.parametrize(
    ("content", "code", "hint"),
    [
        ("titel: x\n".encode("utf-16"), "DG-E004", "the file looks like UTF-16; save it as UTF-8"),
        ("title: Flächen\n".encode("latin-1"), "DG-E004", "save the file as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "DG-E004", "this is not a text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0", "DG-E004", "this is not a text"),
    ],
    ids=["UTF-16", "Latin-1", "a picture", "a PDF"],
)
def test_a_file_of_another_kind_is_told(content: bytes, code: str, hint: str, faults: Faults) -> None:
    (fault,) = faults(content)
    assert fault.number == code
    assert hint in fault.hint


@pytest.mark.parametrize("name", ["missing.yaml", "folder"])
def test_a_file_that_is_not_there_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (fault,) = load_spec(tmp_path / name, Project(tmp_path)).faults
    assert fault.number == "DG-E001"
    assert fault.hint


def test_the_places_of_a_line_after_a_tab_are_under_their_letters(faults: Faults) -> None:
    (fault,) = faults('variables: {s: scalar}\nfunctions:\n  f: "s +\ts^2"\nderivatives: f wrt s\n')
    _, line, caret, _ = str(fault).split("\n")
    assert line[caret.index("^")] == "^"
