from __future__ import annotations

import pytest

from derivgen.project.manifest import Entry, merged, read, written


def page(name: str, source: str, *files: str) -> Entry:
    return Entry(name, source, files, shown=f"The page ${name}$")


A = page("a", "../specs/a.yaml", "a.html", "a.pdf")
B = page("1/b", "../specs/1/b.yaml", "1/b.html")


def test_what_is_written_is_read_back_whatever_the_order() -> None:
    assert read(written([B, A])) == read(written([A, B])) == (B, A)


@pytest.mark.parametrize(
    "data", [None, b"", b"{", b"[1]", b'[{"name": "a"}]', b'[{"name": "a", "files": 3}]', b'{"a": 1}', b"\xff"]
)
def test_a_manifest_that_says_nothing_is_no_manifest(data: bytes | None) -> None:
    assert read(data) == ()


def test_a_page_of_another_spec_stays_and_a_page_of_this_one_is_made_anew() -> None:
    renamed = page("c", A.source, "c.html")
    assert merged([A, B], [renamed], gone=[A.source]) == (B, renamed)


def test_a_page_whose_spec_is_gone_goes() -> None:
    assert merged([A, B], [], gone=[B.source]) == (A,)
