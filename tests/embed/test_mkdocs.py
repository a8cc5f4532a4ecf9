"""MkDocs with Material: fences become derivations, faults are warnings, and a strict build fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.embed.hosts import ASSETS, FAULTY, NEURON, QUADRATIC, fenced, needs, run
from tests.sites import SiteFile, dead_links, pages_of

CONFIGURATION = """\
site_name: Course
use_directory_urls: false
theme: {name: material, font: false}
plugins: [search, derivgen]
markdown_extensions: [admonition, tables, toc, pymdownx.superfences, pymdownx.tabbed: {alternate_style: true}]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of MkDocs without pages."""
    needs("material")
    folder = tmp_path / "course"
    (folder / "docs" / "week").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIGURATION)
    (folder / "docs" / "index.md").write_text("# Course\n\nWords.\n")
    return folder


def page(project: Path, text: str, *, strict: bool = True) -> tuple[SiteFile, str]:
    """A page below a folder as MkDocs makes it, and what it says."""
    (project / "docs" / "week" / "one.md").write_text(text, encoding="utf-8")
    status, told = run("mkdocs", "build", *(["--strict"] if strict else []), folder=project)
    assert status == 0, told
    return SiteFile(project / "site" / "week" / "one.html"), told


def test_two_fences_are_two_derivations_of_one_page(project: Path) -> None:
    made, told = page(project, f"# One\n\n## Two\n\n{fenced(QUADRATIC)}\nWords.\n\n{fenced(NEURON)}")
    assert "WARNING" not in told
    html = made.path.read_text(encoding="utf-8")
    assert html.count('<div class="derivgen"') == 2
    assert "partial derivative of f with respect to vector x" in html
    assert "derivgen-gradient-of-a-quadratic-form--steps" in made.anchors
    assert "derivgen-one--steps" in made.anchors
    assert len(made.anchors) == len(set(made.anchors))
    # The first heading of a derivation is one below that of the host above it.
    assert '<h3 class="h1">Gradient of a quadratic form</h3>' in html


def test_style_and_font_are_copied_and_linked(project: Path) -> None:
    made, _ = page(project, fenced(QUADRATIC))
    assert "../assets/derivgen.css" in made.loads
    for name in ASSETS:
        assert (project / "site" / "assets" / name).stat().st_size > 10_000
    assert not [one for one in dead_links(pages_of(project / "site")) if one.startswith("one.html")]


def test_fences_stand_in_lists_admonitions_and_tabs(project: Path) -> None:
    inner = fenced(NEURON, indent="    ")
    made, told = page(project, f'# One\n\n- item\n\n{inner}\n!!! note\n\n{inner}\n=== "Tab"\n\n{inner}\nEnd.\n')
    assert "WARNING" not in told
    html = made.path.read_text(encoding="utf-8")
    assert html.count('<div class="derivgen"') == 3
    assert "htmlstash" not in html.lower()


def test_a_fence_within_another_one_is_shown_as_it_is(project: Path) -> None:
    made, _ = page(project, f"# One\n\n````markdown\n{fenced(QUADRATIC)}````\n")
    html = made.path.read_text(encoding="utf-8")
    assert '<div class="derivgen"' not in html
    assert "derivatives:" in html


def test_a_fault_is_a_warning_with_its_place_and_stands_on_the_page(project: Path) -> None:
    made, told = page(project, f"---\ntags: [a]\n---\n# One\n\n{fenced(FAULTY)}", strict=False)
    # Three lines of front matter, the heading, an empty one, the fence, and five of the spec.
    place = f"{Path('docs', 'week', 'one.md')}:12:6: cannot multiply x (n x 1) by A (n x n)"
    assert f"WARNING -  derivgen: {place}" in told
    html = made.path.read_text(encoding="utf-8")
    assert '<div class="admonition failure"><p class="admonition-title">This derivation is not shown' in html
    assert place in html
    assert "    f: x @ A @ x\n       ^^^^^\n  mend: " in html
    assert '<div class="derivgen"' not in html


def test_a_strict_build_fails_by_a_fault(project: Path) -> None:
    (project / "docs" / "index.md").write_text(fenced(FAULTY))
    status, told = run("mkdocs", "build", "--strict", folder=project)
    assert status == 1
    assert "Aborted with 1 warnings in strict mode" in told


def test_a_fence_may_name_a_file(project: Path) -> None:
    (project / "docs" / "week" / "neuron.yaml").write_text(NEURON)
    made, _ = page(project, '# One\n\n```derivgen file="neuron.yaml" level=4\n```\n')
    assert "derivgen-neuron--steps" in made.anchors
    assert 4 in made.levels


def test_the_derivgen_yaml_beside_mkdocs_yml_holds(project: Path) -> None:
    (project / "derivgen.yaml").write_text("language: de\n")
    made, _ = page(project, fenced(NEURON))
    assert 'lang="de"><div' in made.path.read_text(encoding="utf-8")
