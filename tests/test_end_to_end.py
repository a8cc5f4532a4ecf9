"""From a spec to a page on paper and back: the boxed answer is read again and tested by number."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from derivgen.cli import main
from derivgen.problem.problem import Problem
from tests.calculus.judge import assignments, central, differ, drawn, numbers_in, problem_of, size_names, wholly

# (variables, functions, request): answers of sums and products, which a page of plain letters can hold.
PAGES = {
    "least-squares": ("x: vector(n); A: matrix(m, n); b: vector(m)", "r = A @ x - b; f = norm(r)**2", "f wrt x"),
    "quadratic-form": ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x"),
    "linear-map": ("x: vector(n); A: matrix(m, n)", "y = A @ x", "y wrt x"),
    "neuron": ("w: vector(n); x: vector(n); b: scalar", "z = w.T @ x + b", "z wrt w"),
    "bilinear": ("x: vector(n); y: vector(m); A: matrix(n, m)", "f = 3*x.T @ A @ y", "f wrt y"),
}
EACH = pytest.mark.parametrize("name", PAGES)
TOKEN = re.compile(r"\d+|[A-Za-z]|⊤|[()+−-]")


def spec(name: str) -> str:
    variables, functions, request = PAGES[name]
    declared = "".join(f"  {line.strip()}\n" for line in variables.split(";"))
    defined = "".join(f"  {line.strip().replace(' =', ':', 1)}\n" for line in functions.split(";"))
    return f"variables:\n{declared}functions:\n{defined}derivatives:\n  - {request}\n"


@dataclass(frozen=True)
class Built:
    """What `derivgen build` left for one spec."""

    tex: str
    pdf: Path | None


def built(name: str, folder: Path, *formats: str) -> Built:
    (folder / f"{name}.yaml").write_text(spec(name), encoding="utf-8")
    arguments = ["build", f"{name}.yaml", "-o", "out", "--format", ",".join(formats), "--jobs", "1"]
    outcome = CliRunner().invoke(main, [*arguments, "--pdf", "latex" if "pdf" in formats else "none"])
    assert outcome.exit_code == 0, outcome.output
    site = folder / "out" / "site"
    pdf = site / f"{name}.pdf"
    return Built((site / f"{name}.tex").read_text(encoding="utf-8"), pdf if pdf.exists() else None)


def in_our_language(formula: str) -> str:
    """Juxtaposed letters as they are read: `2A⊤r` is 2*A.T @ r."""
    # Paper gives bold letters as letters of their own.
    formula = unicodedata.normalize("NFKC", formula)
    tokens = TOKEN.findall(formula)
    assert "".join(tokens) == re.sub(r"\s", "", formula), f"{formula} holds what this reader does not know"
    written = ""
    for before, here in zip(["", *tokens], tokens, strict=False):
        sign = here.replace("⊤", ".T").replace("−", "-")
        # Two factors side by side are multiplied.
        if before and before not in "(+−-" and here not in ")+−-⊤":
            sign = (" * " if before.isdigit() else " @ ") + sign
        written += sign
    return written


def letters(tex: str) -> str:
    """The LaTeX of a formula as plain letters."""
    tex = re.sub(r"\\(?:mathbf|boldsymbol|mathrm)\{(\w)\}", r"\1", tex)
    for sign, letter in ((r"^{\top}", "⊤"), (r"^\top", "⊤"), (r"\left", ""), (r"\right", ""), (r"\,", "")):
        tex = tex.replace(sign, letter)
    return tex


def holds(answer: str, problem: Problem, *, turned: bool) -> None:
    """The answer, read back, is the derivative by finite differences of the function as it was typed."""
    request = problem.requests[0]
    found = wholly(in_our_language(answer), problem)
    for sizes in assignments(size_names(problem)):
        point = drawn(problem.variables, sizes, np.random.default_rng(3), positive=False)
        wanted = central(request.of, request.wrt, point, sizes)
        assert differ(numbers_in(found, point, sizes), wanted.T if turned else wanted) < 1e-6


BOXED = re.compile(
    r"\\answered\{\\\(\\displaystyle (?P<formula>(?:(?!\\\)).)+)\\\)\} \\shape\{\\\(\{(?P<shape>.+?)\}\\\)\}"
)


@EACH
def test_the_boxed_answer_of_the_tex_file_is_the_derivative_in_both_layouts(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tex = built(name, tmp_path, "tex").tex
    box = tex.partition(r"\begin{answerbox}")[2].partition(r"\end{answerbox}")[0]
    found = [match.groupdict() for match in BOXED.finditer(box)]
    assert len(found) == 2, box
    problem = problem_of(*PAGES[name])
    for answer, turned in zip(found, (False, True), strict=True):
        holds(letters(answer["formula"]), problem, turned=turned)
    first, second = (answer["shape"].split(r" \times ") for answer in found)
    assert first == second[::-1]


@pytest.mark.latex
@EACH
def test_the_answer_on_paper_is_the_derivative(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The PDF's own text: of the line with the answers, both formulas with their shapes."""
    monkeypatch.chdir(tmp_path)
    pdf = built(name, tmp_path, "tex", "pdf").pdf
    assert pdf is not None
    paper = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    answer = paper.partition("Answer")[2].partition("Given")[0]
    line = next(line for line in answer.splitlines() if "×" in line)
    formulas = re.findall(r"(\S[^=×]*?)\s+(\w+)\s*×\s*(\w+)", line.partition("=")[2])
    assert len(formulas) == 2, answer
    problem = problem_of(*PAGES[name])
    for (formula, _, _), turned in zip(formulas, (False, True), strict=True):
        holds(formula, problem, turned=turned)
    assert formulas[0][1:] == formulas[1][:0:-1]


@EACH
def test_two_builds_write_the_same_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for folder in ("one", "two"):
        place = tmp_path / folder
        place.mkdir()
        monkeypatch.chdir(place)
        made.append(built(name, place, "tex").tex)
    assert made[0] == made[1]
