"""Sphinx with MyST: directives become derivations in every builder, faults are warnings, and -W fails."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from tests.embed.hosts import ASSETS, FAULTY, NEURON, QUADRATIC, fenced, needs, run
from tests.sites import SiteFile

CONFIGURATION = """\
project = "Course"
author = "The course"
version = "1"
extensions = ["myst_parser", "derivgen.sphinx"]
"""
INDEX = "Course\n======\n\n.. toctree::\n\n   one\n"


def directive(spec: str, *options: str) -> str:
    """A directive of reStructuredText."""
    inner = "".join(f"{option}\n" for option in options) + ("\n" if options else "") + spec
    return ".. derivgen::\n" + ("" if options else "\n") + textwrap.indent(inner, "   ")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of Sphinx with an index."""
    needs("sphinx")
    needs("myst_parser")
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "conf.py").write_text(CONFIGURATION)
    (folder / "index.rst").write_text(INDEX)
    return folder


def sphinx(project: Path, *options: str, builder: str = "html") -> tuple[int, str]:
    """The exit status of a build, and what it says."""
    return run("sphinx", "-q", "-b", builder, *options, ".", f"_build/{builder}", folder=project)


def page(project: Path, name: str, text: str) -> SiteFile:
    """A page as Sphinx makes it, without a warning."""
    (project / name).write_text(text, encoding="utf-8")
    status, told = sphinx(project, "-W")
    assert (status, told) == (0, "")
    return SiteFile(project / "_build" / "html" / f"{Path(name).stem}.html")


@pytest.mark.parametrize("name", ["one.rst", "one.md"])
def test_two_directives_are_two_derivations_of_one_page(project: Path, name: str) -> None:
    if name == "one.md":
        own = {"name": "{derivgen}"}
        text = f"# One\n\n## Two\n\n{fenced(QUADRATIC, **own)}\nWords.\n\n{fenced(NEURON, **own)}"
    else:
        text = f"One\n===\n\nTwo\n---\n\n{directive(QUADRATIC)}\nWords.\n\n{directive(NEURON)}"
    made = page(project, name, text)
    html = made.path.read_text(encoding="utf-8")
    assert html.count('<div class="derivgen"') == 2
    assert "partial derivative of f with respect to vector x" in html
    assert "derivgen-gradient-of-a-quadratic-form--steps" in made.anchors
    assert "derivgen-one--steps" in made.anchors
    assert len(made.anchors) == len(set(made.anchors))
    # The first heading of a derivation is one below the section that it stands in.
    assert '<h3 class="h1">Gradient of a quadratic form</h3>' in html


def test_style_and_font_are_copied_and_linked_where_they_are_needed(project: Path) -> None:
    made = page(project, "one.rst", f"One\n===\n\n{directive(QUADRATIC)}")
    (style,) = (name.partition("?")[0] for name in made.loads if "derivgen" in name)
    assert style == "_static/derivgen/derivgen.css"
    for name in ASSETS:
        assert (project / "_build" / "html" / "_static" / "derivgen" / name).stat().st_size > 10_000
    other = SiteFile(project / "_build" / "html" / "index.html")
    assert not [name for name in (*other.loads, *made.loads) if "mathjax" in name.lower()]
    assert not [name for name in other.loads if "derivgen" in name]


def test_the_words_of_a_derivation_are_in_the_search(project: Path) -> None:
    page(project, "one.rst", f"One\n===\n\n{directive(QUADRATIC)}")
    assert "differenti" in (project / "_build" / "html" / "searchindex.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("one.rst", f"One\n===\n\nWords.\n\n- item\n\n{textwrap.indent(directive(FAULTY), '  ')}"),
        ("one.md", f"---\ntags: a\n---\n\n# One\n\n- item\n\n{fenced(FAULTY, name='{derivgen}', indent='  ')}"),
    ],
    ids=["rst", "myst"],
)
def test_a_fault_is_a_warning_with_its_place_and_stands_on_the_page(project: Path, name: str, text: str) -> None:
    (project / name).write_text(text, encoding="utf-8")
    status, told = sphinx(project)
    assert status == 0
    line = next(number for number, one in enumerate(text.splitlines(), 1) if one.endswith("f: x @ A @ x"))
    assert re.search(rf"{name}:{line}: WARNING: cannot multiply x \(n x 1\) by A \(n x n\)", told)
    html = (project / "_build" / "html" / "one.html").read_text(encoding="utf-8")
    assert "This derivation is not shown" in html
    assert f"{name}:{line}:" in html
    assert "^^^^^" in html
    assert "mend: the inner sizes 1 and n differ" in html
    assert sphinx(project, "-W", "-E")[0] == 1


def test_a_directive_may_name_a_file_and_is_made_again_with_it(project: Path) -> None:
    (project / "spec.yaml").write_text(NEURON)
    made = page(project, "one.rst", "One\n===\n\n.. derivgen::\n   :file: spec.yaml\n   :level: 4\n")
    assert "derivgen-spec--steps" in made.anchors
    assert 4 in made.levels
    (project / "spec.yaml").write_text(NEURON.replace("z: w.T @ x + b", "z: exp(w.T @ x + b)"))
    again = page(project, "one.rst", "One\n===\n\n.. derivgen::\n   :file: spec.yaml\n   :level: 4\n")
    assert "exp" in again.path.read_text(encoding="utf-8")


def test_pages_are_read_in_parallel(project: Path) -> None:
    names = [f"page{k}" for k in range(6)]
    (project / "index.rst").write_text(INDEX.replace("one", "\n   ".join(names)))
    for name in names:
        (project / f"{name}.rst").write_text(f"{name}\n=====\n\n{directive(NEURON)}")
    assert sphinx(project, "-W", "-j", "2") == (0, "")
    for name in names:
        assert f"derivgen-{name}--steps" in SiteFile(project / "_build" / "html" / f"{name}.html").anchors


def test_signs_of_mathematics_among_words_are_formulas_in_latex(project: Path) -> None:
    # pdfLaTeX stops at a minus sign of Unicode; the table of symbols has one where it tells what a sigmoid is.
    spec = NEURON.replace("w.T @ x + b", "sigmoid(w.T @ x + b)")
    (project / "one.rst").write_text(f"One\n===\n\n{directive(spec)}")
    assert sphinx(project, "-W", builder="latex") == (0, "")
    made = (project / "_build" / "latex" / "course.tex").read_text(encoding="utf-8")
    assert r"1/(1 + exp(\(-\)z))" in made
    assert "\u2212" not in made


@pytest.mark.parametrize(
    ("builder", "file", "pieces"),
    [
        ("latex", "course.tex", (r"\sphinxstylestrong{numerator layout}", r"\mathbf{x}^{\top}(\mathbf{A} +")),
        ("text", "one.txt", ("**numerator layout**, 1 x n", "x occurs twice", "**Holds** everywhere.")),
        ("man", "course.1", ("numerator layout",)),
        ("epub", "one.xhtml", ("numerator layout",)),
    ],
)
def test_other_builders_get_words_and_formulas(project: Path, builder: str, file: str, pieces: tuple[str, ...]) -> None:
    with (project / "conf.py").open("a") as configuration:
        configuration.write('copyright = "The course"\nman_pages = [("index", "course", "Course", [], 1)]\n')
    (project / "one.rst").write_text(f"One\n===\n\n{directive(QUADRATIC)}")
    status, told = sphinx(project, "-d", "_build/doctrees", builder=builder)
    assert status == 0, told
    made = (project / "_build" / builder / file).read_text(encoding="utf-8")
    for piece in pieces:
        assert piece in made.replace(r"\mathbf{x} occurs", "x occurs")
    assert "derivgen-gradient" not in made
