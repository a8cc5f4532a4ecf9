"""What a step changes, as expressions: the parts of lines that a page marks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from derivgen.cli import main
from derivgen.document.blocks import Line
from derivgen.document.changed import changed
from derivgen.expr.nodes import Product, Transpose
from derivgen.printing.text import text
from derivgen.syntax.parse import Scope, parse
from tests.printing.formulas import A, X, s, t, x, y

SCOPE = Scope({"s": s, "t": t, "x": x, "y": y, "A": A, "X": X}, differentials=True)
SPECS = Path(__file__).parents[2] / "specs"

# Read off the two lines by eye.
CASES = {
    "a term of a sum": (
        "d(x.T) @ A @ x + x.T @ A @ y",
        "x.T @ A.T @ y + x.T @ A @ y",
        ["d(x.T) @ A @ x"],
        ["x.T @ A.T @ y"],
    ),
    "neighbours of a product": ("2*d(x.T @ A) @ y", "2*x.T @ A @ y", ["d(x.T @ A)"], ["x.T @ A"]),
    "one term turned to two": ("s + d(s*t)", "s + t*s + s*t", ["d(s*t)"], ["t*s + s*t"]),
    "within brackets": ("s*(t + exp(s))", "s*(t + s**2)", ["exp(s)"], ["s**2"]),
    "a sign, told by the sum around it": ("x.T @ A - x.T", "x.T @ A + x.T", ["x.T @ A - x.T"], ["x.T"]),
    "the whole line": ("d(s*t)", "exp(s)", [], []),
}


@pytest.mark.parametrize(("before", "after", "goes", "comes"), CASES.values(), ids=CASES)
def test_changed_parts_are_expressions_of_the_language(
    before: str, after: str, goes: list[str], comes: list[str]
) -> None:
    one, other = parse(before, SCOPE), parse(after, SCOPE)
    assert [text(part) for part in changed(Line(s, (one,), becomes=other)).due] == goes
    assert [text(part) for part in changed(Line(s, (other,), was=one)).made] == comes


def test_neighbours_that_have_no_product_are_passed_over() -> None:
    # x.T x is a number and scales what follows; x A alone has no product.
    one, other = (Product((Transpose(x), x, middle, y)) for middle in (A, X))
    assert changed(Line(s, (other,), was=one)).made == (X,)


def test_json_tells_for_each_step_what_it_made_and_what_is_due() -> None:
    spec = str(SPECS / "12-machine-learning" / "two-layer-network-weights.yaml")
    answer = json.loads(CliRunner().invoke(main, ["derive", spec, "--format", "json"]).stdout)
    steps = answer["derivatives"][0]["steps"]
    # The network from its loss back: z2 = W2 a1 + b2 takes the place of dz2, then a1 = max(0, z1), then z1 = W1 x + b1.
    assert [step["changed"] for step in steps[:3]] == [
        {"made": [], "due": ["d(z2 - t)"]},
        {"made": ["W2 @ da1"], "due": ["da1"]},
        {"made": ["step(z1)*dz1"], "due": ["dz1"]},
    ]
    assert steps[-1]["changed"] == {"made": [], "due": []}
