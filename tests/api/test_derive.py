"""Asking from Python: the same answers, forms and messages as on the command line."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

import derivgen
from derivgen.cli import main

QUADRATIC: dict[str, Any] = {"variables": {"x": "vector(n)", "A": "matrix(n, n)"}}
VOID = {"mspace", "br"}


def quadratic(**options: Any) -> derivgen.Derivation:
    return derivgen.derive("x.T @ A @ x", "x", **QUADRATIC, **options)


def test_both_layouts_have_all_their_forms() -> None:
    found = quadratic()
    assert found.numerator.text == "x.T @ (A + A.T)"
    assert found.numerator.shape == ("1", "n")
    assert found.denominator.shape == ("n", "1")
    assert found.denominator.latex == r"(\mathbf{A} + \mathbf{A}^{\top})\mathbf{x}"
    assert found.denominator.python.startswith("def derivative(")
    assert set(found.numerator.arguments) == {"x", "A"}
    assert found.verified
    assert found.steps[-1].text == found.numerator.text
    assert all(step.points for step in found.steps)


def test_an_answer_is_a_function_of_arrays() -> None:
    A, x = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([5.0, 6.0])
    found = quadratic()
    np.testing.assert_allclose(found.denominator(x=x, A=A), ((A + A.T) @ x)[:, np.newaxis])
    np.testing.assert_allclose(found.numerator(x=x[:, np.newaxis], A=A.tolist()), [(A + A.T) @ x])


def test_a_call_gives_what_the_source_gives() -> None:
    texts = ["sum(relu(A @ x))/n", "logsumexp(x) + norm(A)", "where(s > 1, s, x[1])*prod(x)", "x.T @ softmax(A @ x)"]
    values = {"x": np.array([[0.5], [1.5]]), "A": np.array([[2.0, 0.5], [0.25, 1.0]]), "s": 2.0}
    for text in texts:
        found = derivgen.derive(text, "x", variables={**QUADRATIC["variables"], "s": "scalar"})
        for answer in found.answers:
            scope: dict[str, Any] = {"np": np}
            exec(answer.python, scope)  # noqa: S102  # our own source
            wanted = scope["derivative"](**{name: values[name] for name in answer.arguments})
            np.testing.assert_array_equal(answer(**values), wanted)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"x": np.ones(3), "A": np.eye(2)}, "n is 3 in x, and 2 in A, which is n x n"),
        ({"x": np.ones(3)}, "a value is missing for A"),
        ({"x": np.ones((3, 1, 1)), "A": np.eye(3)}, "x is n x 1, and this value has 3 axes"),
        ({"x": np.ones((1, 3)), "A": np.eye(3)}, "x is n x 1, and this value is 1 x 3"),
        ({"x": ["a"], "A": np.eye(1)}, "the value of x is not made of numbers"),
        ({"q": 1}, "there is no variable q"),
        ({"x": np.ones(3), "A": np.eye(3), "n": 4}, "n is given as 4, and the arrays have 3"),
    ],
)
def test_values_that_do_not_fit_are_told_by_name(values: dict[str, Any], words: str) -> None:
    with pytest.raises(derivgen.DerivgenError, match=words):
        quadratic().numerator(**values)


def test_functions_are_intermediate_variables() -> None:
    given: dict[str, Any] = {"variables": {"w": "vector(n)", "x": "vector(n)", "b": "scalar"}}
    functions = {"z": "w.T @ x + b", "f": "max(0, z)"}
    assert derivgen.derive(functions=functions, wrt="w", **given).numerator.text == "step(z)*x.T"
    assert derivgen.derive(functions=functions, of="z", wrt="w", **given).numerator.text == "x.T"
    assert derivgen.derive("z**2", "b", functions=functions, **given).request == "g wrt b"


@pytest.mark.parametrize(
    ("wrt", "options", "request_text"),
    [
        ("s, t", {}, "f wrt s, t"),
        (["s", "t"], {}, "f wrt s, t"),
        ("s twice", {}, "f wrt s twice"),
        ("s", {"order": 2}, "f wrt s twice"),
        ("s, then t", {}, "f wrt s, then t"),
        ("s", {"then": "t"}, "f wrt s, then t"),
    ],
)
def test_requests_have_the_forms_of_a_spec(wrt: Any, options: dict[str, Any], request_text: str) -> None:
    found = derivgen.derive("s**2*t", wrt, variables={"s": "scalar", "t": "scalar"}, **options)
    assert found.request == request_text


def test_conditions_and_assumptions_are_told() -> None:
    variables = {"x": "vector(n)"}
    assert derivgen.derive("sum(log(x))", "x", variables=variables).conditions == ("x > 0",)
    found = derivgen.derive("norm(x)", "x", variables=variables, assume=["norm(x) > 0"], method="differentials")
    assert found.method == "differentials"


def test_layout_and_detail_choose_what_is_shown() -> None:
    found = quadratic(layout="denominator", detail="brief")
    assert [answer.layout for answer in found.answers] == ["denominator"]
    assert found.steps[-1].text == found.denominator.text
    assert len(found.steps) < len(quadratic().steps) + 1


def test_the_second_engine_can_be_asked() -> None:
    assert quadratic(cross_check=True).cross_checked
    assert not quadratic().cross_checked


@pytest.mark.parametrize(
    ("expression", "wrt", "declarations"),
    [
        ("x @ A @ x", "x", ["x: vector(n)", "A: matrix(n, n)"]),
        ("x.T @ y", "x", ["x: vector(n)"]),
        ("x.T @ (x", "x", ["x: vector(n)"]),
        ("x[0]", "x", ["x: vector(n)"]),
    ],
)
def test_faults_are_those_of_the_command_line(expression: str, wrt: str, declarations: list[str]) -> None:
    typed = [word for one in declarations for word in ("--var", one)]
    told = CliRunner().invoke(main, ["derive", expression, "--wrt", wrt, *typed]).stderr.strip()
    variables = {name: shape.strip() for name, _, shape in (one.partition(":") for one in declarations)}
    with pytest.raises(derivgen.DerivgenError) as caught:
        derivgen.derive(expression, wrt, variables=variables)
    # How a name is declared is another matter in Python.
    assert str(caught.value).partition("\n  mend: declare")[0] == told.partition("\n  mend: declare")[0]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"wrt": "x"}, "there is nothing to differentiate"),
        ({"expression": object(), "wrt": "x"}, "derivgen's language has no object"),
        ({"expression": "x", "wrt": "x", "layout": "num"}, "a layout cannot be num"),
        ({"expression": "x", "wrt": "x", "detail": "breif"}, "did you mean brief"),
        ({"expression": "x", "wrt": "x", "method": "magic"}, "a method cannot be magic"),
        ({"expression": "x", "wrt": "x", "order": 3}, "derivatives of order 1 and 2, not 3"),
        ({"expression": "x", "wrt": "x", "assume": [1]}, "a condition is a text, and this is 1"),
        ({"expression": "x", "wrt": "x", "of": "q"}, "there is no function q"),
        ({"expression": "x + y", "wrt": "x, y"}, "this asks for 2 derivatives: f wrt x, f wrt y"),
    ],
)
def test_what_cannot_be_asked_is_told(options: dict[str, Any], words: str) -> None:
    with pytest.raises(derivgen.DerivgenError, match=words):
        derivgen.derive(**options, variables={"x": "vector(n)", "y": "vector(n)"})


class Tags(HTMLParser):
    """The tags of a piece of HTML, and whether they are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not [name for name, _ in attrs if name.startswith("on") or name in {"src", "href", "id"}]
        self.seen.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def test_notebooks_get_html_that_stands_by_itself() -> None:
    parser = Tags()
    parser.feed(quadratic()._repr_html_())
    assert parser.open == []
    assert {"math", "details"} <= parser.seen
    assert not parser.seen & {"script", "style", "link", "img", "iframe"}


def test_a_german_spec_is_german_in_notebooks_and_for_programs(tmp_path: Path) -> None:
    spec = tmp_path / "a.yaml"
    spec.write_text(
        "title: Seite\nlanguage: de\nvariables: {x: vector(n)}\nfunctions: {f: x.T @ x}\nderivatives: [f wrt x]\n"
    )
    (found,) = derivgen.load_spec(spec)
    shown = found._repr_html_()
    assert "Zähler-Layout" in shown
    assert "transponiert" in shown
    assert "transpose" not in shown.replace('intent="transpose', "")
    assert "layout" not in shown
    assert "transponiert" in found.numerator.mathml
    assert "Produktregel" in found.as_dict()["steps"][0]["name"]
    assert "Produktregel" in found.steps[0].name


def test_notebooks_get_latex_between_dollars() -> None:
    assert quadratic()._repr_latex_().startswith(r"$\displaystyle \frac{\partial f}{\partial\mathbf{x}} = ")
    assert quadratic().numerator._repr_latex_() == rf"$\displaystyle {quadratic().numerator.latex}$"


def test_words_of_a_spec_are_escaped_in_html(tmp_path: Path) -> None:
    spec = tmp_path / "a.yaml"
    spec.write_text("title: <b>&\nvariables: {x: scalar}\nfunctions: {f: x**2}\nderivatives: [f wrt x]\n")
    found = derivgen.load_spec(spec)
    assert "<b>" not in found._repr_html_()
    assert found.title == "<b>&"


def test_str_is_what_the_command_line_prints() -> None:
    arguments = ["derive", "x.T @ A @ x", "--wrt", "x", "--var", "x: vector(n)", "--var", "A: matrix(n, n)"]
    assert str(quadratic()) == CliRunner().invoke(main, arguments).stdout.rstrip("\n")


def test_a_spec_gives_its_derivations_in_order_and_by_request(tmp_path: Path) -> None:
    spec = tmp_path / "two.yaml"
    spec.write_text(
        textwrap.dedent(
            """\
            variables: {x: vector(n), s: scalar}
            functions:
              f: s*x.T @ x
            derivatives:
              - f wrt x
              - f wrt s
            """
        )
    )
    found = derivgen.load_spec(str(spec))
    assert [one.request for one in found] == ["f wrt x", "f wrt s"]
    assert found["f wrt s"].numerator.text == "x.T @ x"
    assert found[0].as_dict()["layouts"]["numerator"]["text"] == found[0].numerator.text
    with pytest.raises(KeyError, match="f wrt q"):
        found["f wrt q"]


def test_faults_of_a_spec_have_their_places(tmp_path: Path) -> None:
    spec = tmp_path / "bad.yaml"
    spec.write_text("variables: {x: vector(n)}\nfunctions:\n  f: x @ x\nderivatives:\n  - f wrt x\n")
    with pytest.raises(derivgen.DerivgenError, match=r"bad\.yaml:3:6: cannot multiply x"):
        derivgen.load_spec(spec)


def test_importing_derivgen_imports_nothing_else() -> None:
    listing = "import sys, derivgen; print([name for name in sys.modules if name.startswith('derivgen.')])"
    done = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_deriving_from_texts_needs_neither_sympy_nor_numpy() -> None:
    listing = (
        "import sys, derivgen; derivgen.derive('x.T @ x', 'x', variables={'x': 'vector(n)'}).numerator.text;"
        "print([name for name in ('sympy', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_names_that_are_not_offered_are_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'derivation'"):
        derivgen.derivation  # noqa: B018
    assert "derive" in dir(derivgen)


def test_known_rules_are_left_out_and_those_in_focus_opened() -> None:
    assert [step.number for step in quadratic().steps] == ["1", "2", "3", "4"]
    folded = quadratic(known=["scalar-transpose"])
    assert [step.number for step in folded.steps] == ["1", "3", "4"]
    assert [step["number"] for step in folded.as_dict()["steps"]] == ["1", "3", "4"]
    assert folded.steps[-1].text == folded.numerator.text

    def summed(**options: Any) -> list[str]:
        variables, functions = {"x": "vector(n)"}, {"u": "x**2", "y": "sum(u)"}
        return [
            step.number
            for step in derivgen.derive(None, "x", functions=functions, variables=variables, **options).steps
        ]

    assert "2a" not in summed()
    assert "2a" in summed(focus="sum-reduction")
    assert "1a" not in summed(focus="sum-reduction")


def test_known_rules_are_left_out_of_further_ways() -> None:
    def numbers(**options: Any) -> list[str]:
        found = quadratic(methods=["differentials", "indices"], **options).as_dict()
        return [step["number"] for step in found["others"][0]["steps"]]

    assert len(numbers(known="derivative-inside-sum")) == len(numbers()) - 1


def test_a_rule_that_does_not_exist_is_told_with_the_nearest_one() -> None:
    with pytest.raises(derivgen.DerivgenError, match="there is no rule d-prodct"):
        quadratic(known=["d-prodct"])
