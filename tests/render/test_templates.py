"""A user's templates stand before the packaged ones of the same name, whole or macro by macro."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment

from derivgen.render import formats
from derivgen.render.environment import macro
from derivgen.render.formats import FORMATS, FormatName, render
from derivgen.render.packaged import templates_dir
from derivgen.render.pdf import latex, typst
from tests.render.samples import QUADRATIC

NAMES: tuple[FormatName, ...] = tuple(FORMATS)
MANUAL = Path(__file__).parents[2] / "docs" / "manual" / "templates.md"
MACRO = re.compile(r"^[<{]% macro (\w+)\(block, level, label\)", re.MULTILINE)

OWN_STEP = {
    "html": "{% macro step(block, level, label) %}<section>Mine: {{ block.why | text }}</section>{% endmacro %}",
    "tex": r"<% macro step(block, level, label) %>\mine{<< block.why | text >>}<% endmacro %>",
    "typ": "<% macro step(block, level, label) %>#strong[Mine: << block.why | text >>]<% endmacro %>",
}
MARK = {"html": "<section>Mine: ", "tex": r"\mine{", "typ": "#strong[Mine: "}


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_one_macro_of_the_users_own_changes_that_block_and_no_other(tmp_path: Path, name: FormatName) -> None:
    theirs = render(QUADRATIC, name, templates=written(tmp_path, f"worked/macros.{name}.j2", OWN_STEP[name]))
    ours = render(QUADRATIC, name)
    steps = sum(type(block).__name__ == "StepBlock" for block in QUADRATIC.blocks)
    assert theirs.count(MARK[name]) == steps > 0
    assert MARK[name] not in ours
    for line in re.split(r"\n|(?<=>)(?=<)", ours):
        if "Given" in line or "Answer" in line:
            assert line in theirs


@pytest.mark.parametrize("name", NAMES)
def test_macros_are_looked_up_once_a_page_and_anew_for_the_next(
    tmp_path: Path, name: FormatName, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(environment: Environment, template: str, wanted: str) -> Callable[..., str]:
        asked.append(wanted)
        return macro(environment, template, wanted)

    monkeypatch.setattr(formats, "macro", counted)
    file = f"worked/macros.{name}.j2"
    first = render(QUADRATIC, name, templates=written(tmp_path, file, OWN_STEP[name]))
    assert len(asked) == len(set(asked))
    changed = OWN_STEP[name].replace("Mine: ", "Ours: ").replace("mine", "ours")
    os.utime(written(tmp_path, file, changed) / file, (0, 0))
    assert render(QUADRATIC, name, templates=tmp_path) == first.replace("Mine: ", "Ours: ").replace("mine", "ours")


@pytest.mark.parametrize("name", ["tex", "typ"])
def test_a_style_of_the_users_own_adds_to_the_packaged_one(tmp_path: Path, name: FormatName) -> None:
    own = f'<% include "packaged/worked/style.{name}.j2" %>\n% of my own\n'
    page = render(QUADRATIC, name, templates=written(tmp_path, f"worked/style.{name}.j2", own))
    assert "% of my own" in page
    assert (templates_dir() / "worked" / f"style.{name}.j2").read_text(encoding="utf-8").strip() in page


def test_a_base_of_the_users_own_extends_the_packaged_one(tmp_path: Path) -> None:
    own = '{% extends "packaged/site/base.html.j2" %}{% block footer %}<footer>My university</footer>{% endblock %}'
    page = render(QUADRATIC, "html", templates=written(tmp_path, "site/base.html.j2", own))
    assert page.startswith("<!DOCTYPE html>")
    assert "</html>" in page


def test_a_restyled_page_is_still_a_page_for_typst(tmp_path: Path) -> None:
    own = '<% include "packaged/worked/style.typ.j2" %>\n#set page(paper: "us-letter")\n'
    page = render(QUADRATIC, "typ", templates=written(tmp_path, "worked/style.typ.j2", own))
    assert typst.typeset(page).pdf.startswith(b"%PDF")


ENGINE = latex.find_engine()


@pytest.mark.latex
@pytest.mark.skipif(ENGINE is None, reason="pdflatex is not installed")
def test_the_style_that_the_manual_shows_is_one_for_latex(tmp_path: Path) -> None:
    assert ENGINE is not None
    own = MANUAL.read_text(encoding="utf-8").partition("```tex\n")[2].partition("```")[0]
    page = render(QUADRATIC, "tex", templates=written(tmp_path, "worked/style.tex.j2", own))
    assert r"\scshape #1" in page
    assert latex.typeset(page, ENGINE).faults == ()


def macros(name: str) -> set[str]:
    return set(MACRO.findall((templates_dir() / "worked" / f"macros.{name}.j2").read_text(encoding="utf-8")))


def test_every_format_has_the_same_macros() -> None:
    assert macros("html") == macros("tex") == macros("typ")


def test_the_manual_names_every_macro() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(macros("html"))
