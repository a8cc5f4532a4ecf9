"""The text of whole pages, kept as files: a change that a reader would see shows in a diff.

`pytest tests/test_golden.py --update-golden` writes them anew; the commit says why the pages changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from derivgen.cli import main

GOLDEN = Path(__file__).parent / "golden"
NEURON = "w: vector(n)\nx: vector(n)\nb: scalar"
PAIR = "x: scalar\ny: scalar"

# name: (variables, functions, derivatives, further lines)
SPECS = {
    "line": ("x: scalar\nm: scalar\nc: scalar", "y: m*x + c", "y wrt x", ""),
    "neuron-weights": (NEURON, "z: w.T @ x + b", "z wrt w", ""),
    "neuron-relu": (NEURON, "z: dot(w, x) + b\na: max(0, z)", "a wrt w", ""),
    "squared-error": ("t: scalar\na: scalar", "C: (t - a)**2", "C wrt a", ""),
    "two-variables": (PAIR, "f: 10*x**2*y**2", "f wrt x, y", ""),
    "two-functions": (PAIR, "f: 10*x**2*y**2\ng: 2*x + y**8\nF: '[f, g]'", "F wrt x, y", ""),
    "three-by-three": ("x: vector(3)", "y: '[x[1]*x[2], x[2]*x[3], x[3]*x[1]]'", "y wrt x", ""),
    "product-unmerged": ("x: scalar", "f: x**2*x", "f wrt x", "detail: detailed\n"),
    "quadratic-form": ("x: vector(n)\nA: matrix(n, n)", "f: x.T @ A @ x", "f wrt x\n  - f wrt x twice", ""),
    "least-squares": ("A: matrix(m, n)\nx: vector(n)\nb: vector(m)", "r: A @ x - b\nf: norm(r)**2", "f wrt x",
                      "layout: denominator\n"),
    "softmax": ("x: vector(n)", "p: softmax(x)", "p wrt x", ""),
    "general-jacobian": ("x: vector(n)", "y: vector(m) of x\nf: sum(y)", "f wrt x", ""),
}  # fmt: skip


def indented(lines: str) -> str:
    return "".join(f"  {line}\n" for line in lines.split("\n"))


def spec(name: str) -> str:
    variables, functions, derivatives, more = SPECS[name]
    return (
        f"title: {name.replace('-', ' ').capitalize()}\nvariables:\n{indented(variables)}functions:\n"
        f"{indented(functions)}derivatives:\n  - {derivatives}\n{more}"
    )


@pytest.mark.parametrize("name", SPECS)
def test_the_page_reads_as_it_did(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(f"{name}.yaml").write_text(spec(name), encoding="utf-8")
    outcome = CliRunner().invoke(main, ["derive", f"{name}.yaml", "--format", "text"])
    assert outcome.exit_code == 0, outcome.output
    kept = GOLDEN / f"{name}.txt"
    if update_golden:
        GOLDEN.mkdir(exist_ok=True)
        kept.write_text(outcome.stdout, encoding="utf-8")
    assert kept.exists(), "this page is not kept yet: run pytest with --update-golden and read what it wrote"
    assert outcome.stdout == kept.read_text(encoding="utf-8")


def test_no_page_is_kept_that_nothing_makes() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.txt")) == sorted(SPECS)


@pytest.mark.parametrize("name", SPECS)
def test_a_kept_page_shows_nothing_internal(name: str) -> None:
    shown = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    for sign in ("Apply(", "Variable(", "Size(", "None", "Traceback", "Fraction(", "{", "}"):
        assert sign not in shown
