"""Whatever stands in a text of a spec is shown as it was typed, and is nothing but text, on every way out."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from derivgen.project.build import BuildOptions, built
from derivgen.project.projects import project_of
from derivgen.spec.devices import is_device
from tests.render.pages import Page, read_page

# Signs that mean something to HTML, LaTeX, Typst, Jinja, a shell, a spreadsheet or a PDF.
HOSTILE = (
    '<script>alert(1)</script> "><img src=x onerror=alert(2)> \\input{/etc/passwd} \\end{document} {{7*7}} {% x %} '
    '<<7>> <%7%> #read("/etc/passwd") ^^5cinput ]]> --> %0a $(id) =1+1 & < > # % ~ @ |'
)
HARMLESS = "harmless words"

SPEC = """\
title: {text}
summary: {text}
introduction: {text}
remarks: {text}
tags: [{text}, b]
references: [{text}]
course: {{chapter: 1}}
variables:
  x: vector(n)
  A: matrix(n, n)
functions:
  f: x.T @ A @ x
roles:
  x: {text}
derivatives:
  - {{of: f, wrt: x, title: {text}}}
"""


def site_of(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The site of a spec that has the text in every field, and of a page of prose with it."""
    quoted = "'" + text.replace("'", "''") + "'"
    (folder / "specs").mkdir(parents=True)
    (folder / "derivgen.yaml").write_text(f"title: {quoted}\nauthor: {quoted}\nchapters: {{1: {quoted}}}\n", "utf-8")
    (folder / "specs/a.yaml").write_text(SPEC.format(text=quoted), "utf-8")
    (folder / "specs/b.yaml").write_text(f"title: {quoted}\npage: {quoted}\n", "utf-8")
    monkeypatch.chdir(folder)
    project_of.cache_clear()
    options = BuildOptions(Path("build"), ("html", "pdf", "tex", "json"), "typst", 1, cross_check=False)
    told = list(built((), options))
    assert max(one.status for one in told) == 0, [one.messages for one in told]
    project_of.cache_clear()
    return folder / "build/site"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The site with hostile words, and its twin with harmless ones."""
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        return tuple(site_of(folder / name, text, patch) for name, text in (("h", HOSTILE), ("t", HARMLESS)))  # type: ignore[return-value]


def pages(site: Path) -> dict[str, Page]:
    return {
        path.relative_to(site).as_posix(): read_page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")
    }


def forms(page: Page) -> Counter[tuple[str, tuple[str, ...]]]:
    """The elements of a page with the names of their attributes."""
    return Counter((name, tuple(sorted(attributes))) for name, attributes in page.elements)


def test_a_page_has_no_element_and_no_attribute_that_its_template_did_not_write(sites: tuple[Path, Path]) -> None:
    hostile, harmless = map(pages, sites)
    assert sorted(hostile) == sorted(harmless)
    for name, page in hostile.items():
        assert forms(page) == forms(harmless[name]), name
        assert page.unclosed == []


def test_addresses_are_those_of_the_twin(sites: tuple[Path, Path]) -> None:
    hostile, harmless = map(pages, sites)
    for name, page in hostile.items():
        for key in ("href", "src", "style", "id"):
            own = [attributes[key] for _, attributes in page.elements if key in attributes]
            assert len(own) == len([1 for _, attributes in harmless[name].elements if key in attributes])
            assert not [value for value in own if re.search(r"[<>\"\s{}]|script:", value) and key != "style"]


@pytest.mark.parametrize("name", ["a.html", "b.html"])
def test_each_text_is_read_back_from_the_page_as_it_was_typed(sites: tuple[Path, Path], name: str) -> None:
    hostile, harmless = (pages(site)[name].words for site in sites)
    shown = " ".join(hostile.split())
    assert shown.count(HOSTILE) == " ".join(harmless.split()).count(HARMLESS) >= 2
    assert HARMLESS not in shown


def test_the_machine_output_has_the_texts_as_they_were_typed(sites: tuple[Path, Path]) -> None:
    read = json.loads((sites[0] / "a.json").read_text(encoding="utf-8"))
    assert read["title"] == HOSTILE


def test_the_latex_file_has_no_command_that_its_twin_has_not(sites: tuple[Path, Path]) -> None:
    # In a listing (the check as a program) nothing of the texts stands.
    hostile, harmless = (
        (site / "a.tex").read_text(encoding="utf-8").partition(r"\begin{document}")[2] for site in sites
    )
    commands = r"\\[A-Za-z]+"
    escapes = {r"\textbackslash", r"\textasciicircum", r"\textasciitilde", r"\textquotedbl"}
    assert set(re.findall(commands, hostile)) - set(re.findall(commands, harmless)) <= escapes
    for sign in "%#&$":
        assert len(re.findall(rf"(?<!\\){re.escape(sign)}", hostile)) == len(
            re.findall(rf"(?<!\\){re.escape(sign)}", harmless)
        )


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no poppler here")
@pytest.mark.parametrize("name", ["a.pdf", "b.pdf"])
def test_a_pdf_shows_the_texts_as_they_were_typed(sites: tuple[Path, Path], name: str) -> None:
    done = subprocess.run(["pdftotext", "-layout", sites[0] / name, "-"], capture_output=True, check=True)
    text = re.sub(r"\s+", "", done.stdout.decode())
    assert "root:" not in text
    assert text.count(re.sub(r"\s+", "", HOSTILE)) >= 1


def test_a_name_of_any_script_is_shown_and_harmless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = {"שלום": "Hebrew", "عدد": "Arabic", "長さ": "Japanese", "длина": "Cyrillic", "größe": "German"}
    Path("specs").mkdir()
    for number, name in enumerate(names):
        spec = f"variables: {{{name}: scalar}}\nfunctions: {{f: {name}**2}}\nderivatives: f wrt {name}\n"
        Path(f"specs/{number}.yaml").write_text(spec, encoding="utf-8")
    told = list(built((), BuildOptions(Path("build"), ("html",), "none", 1, cross_check=False)))
    assert max(one.status for one in told) == 0, [one.messages for one in told]
    for number, name in enumerate(names):
        assert name in Path(f"build/site/{number}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["a b.yaml", "a'b.yaml", 'a"b.yaml', "😀.yaml", "a;id.yaml", "$(id).yaml", "é.yaml", "-x.yaml", "nul.yaml"]
)
def test_a_file_of_any_name_makes_a_page_of_a_plain_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("specs").mkdir()
    Path("specs", name).write_text(
        "variables: {s: scalar}\nfunctions: {f: s**2}\nderivatives: f wrt s\n", encoding="utf-8"
    )
    told = list(built((), BuildOptions(Path("build"), ("html",), "none", 1, cross_check=False)))
    assert max(one.status for one in told) == 0, [one.messages for one in told]
    made = [path.name for path in Path("build/site").glob("*.html") if path.name != "index.html"]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+\.html", one) and not is_device(one) for one in made)
    assert made


def test_a_link_out_of_the_folder_of_specs_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("specs").mkdir()
    Path("secret.yaml").write_text("title: top secret\npage: top secret\n", encoding="utf-8")
    Path("specs/a.yaml").write_text("title: A\npage: a\n", encoding="utf-8")
    Path("specs/b.yaml").symlink_to("../secret.yaml")
    list(built((), BuildOptions(Path("build"), ("html",), "none", 1, cross_check=False)))
    assert not [path for path in Path("build").rglob("*") if path.is_file() and b"top secret" in path.read_bytes()]


@pytest.mark.parametrize("name", ["a.pdf", "b.pdf"])
def test_a_pdf_carries_no_script_no_action_and_no_file(sites: tuple[Path, Path], name: str) -> None:
    import pikepdf

    forbidden = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/AA", "/RichMedia", "/SubmitForm"}
    with pikepdf.open(sites[0] / name) as pdf:
        for made in pdf.objects:
            if isinstance(made, pikepdf.Dictionary):
                assert not forbidden & set(made.keys())
                assert str(made.get("/S", "")) not in forbidden
                assert not str(made.get("/URI", "")).lower().startswith(("javascript:", "file:", "data:"))
