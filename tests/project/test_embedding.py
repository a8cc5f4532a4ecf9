"""A spec within a page of others: its faults are told with the places of that page, its derivation is a whole one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from derivgen.cli import main
from derivgen.project.embedding import Fence, derivation_in
from tests.sites import SiteFile

SPEC = """\
variables:
  x: vector(n)
  A: matrix(n, n)
functions:
  f: x.T @ A @ x
derivatives:
  - f wrt x
"""


def test_a_fault_is_told_with_its_place_on_the_page() -> None:
    (message,) = derivation_in(Fence(SPEC.replace("x.T @", "x @"), "docs/page.md", line=12, indent=4)).messages
    place, line, caret, mend = message.splitlines()
    assert place.startswith("docs/page.md:16:10: cannot multiply x (n x 1) by A (n x n)")
    assert line.strip() == "f: x @ A @ x"
    assert line.index("x @ A") == caret.index("^")
    assert mend == "  mend: the inner sizes 1 and n differ; did you mean x.T @ A?"


@pytest.mark.parametrize(("text", "line"), [("", 12), ("title: Nothing", 12), ("\nfunctions: [", 13), ("x: &a", 12)])
def test_a_fault_of_the_whole_spec_is_told_within_the_fence(text: str, line: int) -> None:
    made = derivation_in(Fence(text, "docs/page.md", line=12))
    assert made.document is None
    assert made.messages
    assert all(message.startswith(f"docs/page.md:{line}:") for message in made.messages)


def test_one_request_that_is_lost_loses_no_other() -> None:
    made = derivation_in(Fence(f"{SPEC}  - f wrt y\n", "page.md"))
    (message,) = made.messages
    assert message.startswith("page.md:8:11: ")
    assert "f wrt y" in made.html(2)


@pytest.mark.parametrize(
    ("keys", "names"),
    [
        ("title: Größe, $x$ and more\n", ["groe-x-and-more", "groe-x-and-more-2"]),
        ("slug: mine\ntitle: Another\n", ["mine", "mine-2"]),
        ("", ["page", "page-2", "page-3"]),
    ],
    ids=["title", "slug", "file"],
)
def test_a_derivation_is_called_by_its_slug_its_title_or_its_page(keys: str, names: list[str]) -> None:
    made = derivation_in(Fence(keys + SPEC, "docs/page.md"))
    assert not made.messages
    taken: set[str] = set()
    assert [made.called(taken).name for _ in names] == names


def test_the_project_of_the_page_says_what_specs_leave_open(tmp_path: Path) -> None:
    (tmp_path / "derivgen.yaml").write_text("layout: denominator\nlanguage: de\n")
    made = derivation_in(Fence(SPEC, str(tmp_path / "docs" / "page.md")))
    html = made.html(2)
    assert 'lang="de"' in html
    assert "Nenner-Layout" in html


def test_an_embedded_derivation_is_cross_checked() -> None:
    assert "SymPy" in derivation_in(Fence(SPEC, "page.md")).html(2)


def test_derive_prints_a_fragment_of_the_level(tmp_path: Path) -> None:
    spec = tmp_path / "quadratic.yaml"
    spec.write_text(SPEC)
    done = CliRunner().invoke(main, ["derive", str(spec), "--format", "fragment", "--level", "4"])
    assert done.exit_code == 0
    page = tmp_path / "page.html"
    page.write_text(done.stdout, encoding="utf-8")
    found = SiteFile(page)
    assert found.anchors[0] == "derivgen-quadratic"
    assert found.levels[0] == 4
    assert done.stdout.startswith('<div class="derivgen"')


def test_build_writes_fragments_and_what_pages_need_for_them(tmp_path: Path) -> None:
    (tmp_path / "specs" / "one").mkdir(parents=True)
    (tmp_path / "specs" / "one" / "quadratic.yaml").write_text(SPEC)
    arguments = ["build", str(tmp_path / "specs"), "-o", str(tmp_path / "build"), "--format", "fragment", "--jobs", "1"]
    for _ in range(2):
        assert CliRunner().invoke(main, arguments).exit_code == 0
    site = tmp_path / "build" / "site"
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    faces = ("-greek", "-more", "")
    fonts = ["assets/fonts/OFL.txt", *(f"assets/fonts/derivgen-math{face}.woff2" for face in faces)]
    assert files == ["assets/derivgen.css", *fonts, "one/quadratic.fragment.html"]
    assert 'id="derivgen-one-quadratic--given"' in (site / files[-1]).read_text(encoding="utf-8")
