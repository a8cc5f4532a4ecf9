from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from derivgen.project.files import Folder


def everything(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    Folder(tmp_path / "site").write("a/b.html", b"page")
    assert (tmp_path / "site/a/b.html").read_bytes() == b"page"
    assert everything(tmp_path / "site") == ["a", "a/b.html"]


def test_the_same_content_keeps_its_time_stamp(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("a.html", b"page")
    os.utime(tmp_path / "a.html", (1_000_000_000, 1_000_000_000))
    folder.write("a.html", b"page")
    assert (tmp_path / "a.html").stat().st_mtime == 1_000_000_000


def test_a_link_in_the_output_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_bytes(b"precious")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a.html").symlink_to(tmp_path / "precious.txt")
    (tmp_path / "site/b").symlink_to(tmp_path / "elsewhere")
    folder = Folder(tmp_path / "site")
    folder.write("a.html", b"page")
    folder.write("b/c.html", b"page")
    assert (tmp_path / "precious.txt").read_bytes() == b"precious"
    assert everything(tmp_path / "elsewhere") == []
    assert not (tmp_path / "site/a.html").is_symlink()


def test_nothing_is_read_or_removed_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.html").write_bytes(b"precious")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/b").symlink_to(tmp_path / "elsewhere")
    folder = Folder(tmp_path / "site")
    assert folder.read("b/a.html") is None
    folder.remove("b/a.html")
    assert everything(tmp_path / "elsewhere") == ["a.html"]


def test_a_write_that_fails_leaves_the_old_file_and_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(tmp_path)
    folder.write("a.html", b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as refused:
        folder.write("a.html", b"new")
    assert refused.value.filename == str(tmp_path / "a.html")
    assert (tmp_path / "a.html").read_bytes() == b"old"
    assert everything(tmp_path) == ["a.html"]


@pytest.mark.parametrize("name", ["../a", "/a", "", "a/../../b"])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name within"):
        Folder(tmp_path).write(name, b"")


def test_removing_the_last_file_removes_its_folders_but_not_the_root(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "site")
    folder.write("a/b/c.html", b"page")
    folder.write("a/d.html", b"page")
    folder.remove("a/b/c.html")
    assert everything(tmp_path / "site") == ["a", "a/d.html"]
    folder.remove("a/d.html")
    assert everything(tmp_path) == ["site"]


def test_parts_of_dead_runs_are_swept_and_those_of_living_ones_stay(tmp_path: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    (tmp_path / f".a.html.{dead.stdout.strip()}.part").write_bytes(b"half")
    (tmp_path / f".b.html.{os.getppid()}.part").write_bytes(b"half")
    (tmp_path / "c.part").write_bytes(b"a file of the user")
    Folder(tmp_path).sweep()
    assert everything(tmp_path) == [f".b.html.{os.getppid()}.part", "c.part"]
