"""A spec becomes the Problem that it says."""

from datetime import date
from pathlib import Path

import pytest

from derivgen.expr.nodes import Reference, Unspecified, Variable
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.printing.text import text
from derivgen.problem.conditions import condition_text
from derivgen.problem.problem import Problem
from derivgen.spec.model import Loaded, from_expression, load_spec
from derivgen.spec.project import Project, load_project

N = Size.named("n")


def loaded(folder: Path, content: str, name: str = "s.yaml") -> Loaded:
    path = folder / name
    path.write_text(content, encoding="utf-8", newline="")
    return load_spec(path, load_project(path))


def problem(folder: Path, content: str) -> Problem:
    found = loaded(folder, content)
    assert found.faults == ()
    assert found.problem is not None
    return found.problem


def requests(folder: Path, wrt: str, variables: str = "x: vector(n)\n  s: scalar\n  t: scalar") -> list[str]:
    source = f"variables:\n  {variables}\nfunctions:\n  f: sum(x)*s*t\nderivatives:\n  - f wrt {wrt}\n"
    return [request.text for request in problem(folder, source).requests]


def test_the_contract_s_example_is_read(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        "title: Gradient of a quadratic form\nvariables:\n  x: vector(n)\n  A: matrix(n, n)\n"
        "functions:\n  f: x.T @ A @ x\nderivatives:\n  - f wrt x\n",
    )
    assert found.faults == ()
    assert found.spec is not None
    assert found.spec.title.value == "Gradient of a quadratic form"
    assert found.problem is not None
    assert found.problem.variables == {"x": Variable("x", Shape(N, ONE)), "A": Variable("A", Shape(N, N))}
    assert found.problem.sizes == ("n",)
    (request,) = found.problem.requests
    assert (request.text, request.order, request.wrt) == ("f wrt x", 1, (Variable("x", Shape(N, ONE)),))
    assert isinstance(request.of, Reference)
    assert text(request.of.body) == "x.T @ A @ x"


@pytest.mark.parametrize(
    ("wrt", "expected"),
    [
        ("s, t", ["f wrt s, t"]),
        ("x, s", ["f wrt x", "f wrt s"]),
        ("x twice", ["f wrt x twice"]),
        ("s, t twice", ["f wrt s, t twice"]),
        ("x, then s", ["f wrt x, then s"]),
        ("  s ,t", ["f wrt s, t"]),
    ],
)
def test_names_after_wrt_are_stacked_only_if_all_are_scalars(tmp_path: Path, wrt: str, expected: list[str]) -> None:
    assert requests(tmp_path, wrt) == expected


def test_a_vector_of_one_entry_is_stacked_like_a_scalar(tmp_path: Path) -> None:
    assert requests(tmp_path, "x, s", "x: vector(1)\n  s: scalar\n  t: scalar") == ["f wrt x, s"]


def test_a_mixed_second_derivative_has_its_second_variable(tmp_path: Path) -> None:
    source = "variables:\n  x: vector(n)\n  s: scalar\nfunctions:\n  f: sum(x)*s\nderivatives:\n  - f wrt x, then s\n"
    (request,) = problem(tmp_path, source).requests
    assert [part.name for part in (*request.wrt, *request.then)] == ["x", "s"]
    assert request.order == 2


def test_a_request_may_be_a_mapping(tmp_path: Path) -> None:
    (request,) = problem(
        tmp_path,
        "variables:\n  s: scalar\n  t: scalar\nfunctions:\n  f: s*t\nderivatives:\n"
        "  - {of: f, wrt: [s, t], order: 2, layout: denominator, method: components, title: Curvature}\n",
    ).requests
    assert request.text == "f wrt s, t twice"
    assert (request.layout, request.method, request.title) == ("denominator", "components", "Curvature")


@pytest.mark.parametrize(
    "derivatives", ["derivatives: f wrt s", "derivatives:\n  of: f\n  wrt: s", 'derivatives: ["f wrt s"]']
)
def test_a_single_request_need_not_be_a_list(tmp_path: Path, derivatives: str) -> None:
    found = problem(tmp_path, f"variables:\n  s: scalar\nfunctions:\n  f: s**2\n{derivatives}\n")
    assert [request.text for request in found.requests] == ["f wrt s"]


@pytest.mark.parametrize(
    "name", ["y", "n", "no", "on", "lambda", "in", "I", "E", "beta", "pi", "θ", "x_hat", "W1", "d", "T"]
)
def test_an_ordinary_name_may_be_declared(tmp_path: Path, name: str) -> None:
    found = problem(
        tmp_path, f"variables:\n  {name}: scalar\nfunctions:\n  f: {name}**2\nderivatives:\n  - f wrt {name}\n"
    )
    assert found.requests[0].wrt == (Variable(name, SCALAR),)


def test_names_are_compared_in_one_unicode_form(tmp_path: Path) -> None:
    found = problem(
        tmp_path, "variables:\n  e\u0301: scalar\nfunctions:\n  f: \u00e9**2\nderivatives:\n  - f wrt e\u0301\n"
    )
    assert list(found.variables) == ["\u00e9"]
    assert found.requests[0].text == "f wrt \u00e9"


@pytest.mark.parametrize("expression", ["[s, t]", '"[s, t]"', "'[s, t]'", "|\n    [s,\n     t]", ">-\n    [s, t]"])
def test_every_way_to_write_a_stack_is_the_stack(tmp_path: Path, expression: str) -> None:
    found = problem(
        tmp_path, f"variables:\n  s: scalar\n  t: scalar\nfunctions:\n  F: {expression}\nderivatives: F wrt s\n"
    )
    assert found.functions["F"].shape == Shape(Size.whole(2), ONE)


def test_byte_order_mark_and_carriage_returns_change_nothing(tmp_path: Path) -> None:
    source = "variables:\n  s: scalar\nfunctions:\n  f: |\n    s**2 +\n    s\nderivatives: f wrt s\n"
    plain = problem(tmp_path, source)
    marked = problem(tmp_path, "\ufeff" + source.replace("\n", "\r\n"))
    assert (marked.functions, marked.variables) == (plain.functions, plain.variables)


def test_an_earlier_function_is_a_reference(tmp_path: Path) -> None:
    found = problem(tmp_path, "variables:\n  s: scalar\nfunctions:\n  z: s + 1\n  f: z**2\nderivatives: f wrt s\n")
    body = found.functions["f"]
    assert isinstance(body, Reference)
    assert text(body.body) == "z**2"


def test_an_unspecified_function_brings_its_size(tmp_path: Path) -> None:
    found = problem(tmp_path, "variables:\n  x: vector(n)\nfunctions:\n  y: vector(m) of x\nderivatives: y wrt x\n")
    shape = Shape(Size.named("m"), ONE)
    assert found.functions["y"] == Unspecified("y", shape, (Variable("x", Shape(N, ONE)),))
    assert found.sizes == ("n", "m")


def test_assumptions_are_conditions(tmp_path: Path) -> None:
    found = problem(
        tmp_path,
        "variables:\n  x: vector(n)\n  A: symmetric(n)\nfunctions:\n  f: x.T @ A @ x\nderivatives: f wrt x\n"
        "assume:\n  - x > 0\n  - A positive definite\n  - x[3] != 1\n  - n >= 3\n",
    )
    conditions = [condition_text(condition) for condition in found.assumptions]
    assert conditions == ["x > 0", "A positive definite", "x[3] != 1", "n >= 3"]
    assert found.variables["A"].symmetric


def test_a_page_of_prose_needs_no_functions(tmp_path: Path) -> None:
    found = loaded(tmp_path, "title: on\npage: |\n  # Layouts\n\n  {{shapes}}\ncourse: {chapter: 3, order: 2}\n")
    assert found.faults == ()
    assert found.problem is None
    assert found.spec is not None
    assert found.spec.page is not None
    assert found.spec.page.value == "# Layouts\n\n{{shapes}}\n"
    assert (found.spec.settings.course.chapter, found.spec.settings.course.order) == (3, 2)


def test_the_settings_of_a_spec_are_read(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        "page: p\nslug: My_page-1\nlayout: denominator\nmethods: [components, differentials]\ndetail: brief\n"
        "known: [d-product]\nfocus: chain\nnotation: {transpose: T}\nlanguage: en\ntags: [a, no]\n"
        "references:\n  - Magnus and Neudecker\ndate: 2026-11-20\nsummary: 12:30\n",
    )
    assert found.faults == ()
    assert found.spec is not None
    values = found.spec.settings
    assert (found.spec.slug, values.layout, values.detail) == ("My_page-1", "denominator", "brief")
    assert values.methods == ("components", "differentials")
    assert [rule.value for rule in (*values.known, *values.focus)] == ["d-product", "chain"]
    assert values.notation.transpose == "T"
    assert [tag.value for tag in values.tags] == ["a", "no"]
    assert values.date == date(2026, 11, 20)
    assert values.summary is not None
    assert values.summary.value == "12:30"


@pytest.mark.parametrize(
    ("name", "slug", "title"),
    [
        ("quadratic-form.yaml", "quadratic-form", "Quadratic form"),
        ("01_straight line.yml", "01_straight-line", "Straight line"),
        ("a.b (c).yaml", "a-b--c-", "A.b (c)"),
        ("größe.yaml", "gr--e", "Größe"),
        ("1.yaml", "1", "1"),
        ("CON.yaml", "CON-", "CON"),
        ("lpt1.yaml", "lpt1-", "Lpt1"),
        ("cone.yaml", "cone", "Cone"),
    ],
)
def test_title_and_slug_come_from_the_file_name(tmp_path: Path, name: str, slug: str, title: str) -> None:
    spec = loaded(tmp_path, "page: p\n", name).spec
    assert spec is not None
    assert (spec.slug, spec.title.value) == (slug, title)


def test_an_expression_on_the_command_line_is_a_problem() -> None:
    found = from_expression("x.T @ A @ x", "x", ["x: vector(n)", "A : matrix(n, n)"])
    assert found.faults == ()
    assert found.problem is not None
    assert [request.text for request in found.problem.requests] == ["f wrt x"]


def test_the_function_of_the_command_line_gets_a_free_name() -> None:
    found = from_expression("f*g", "f, g", ["f: scalar", "g: scalar"])
    assert found.problem is not None
    assert [request.text for request in found.problem.requests] == ["h wrt f, g"]


def test_a_spec_without_a_project_has_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("page: p\n", encoding="utf-8")
    spec = load_spec(path, Project(tmp_path)).spec
    assert spec is not None
    assert (spec.settings.layout, spec.settings.detail, spec.settings.language) == ("both", "standard", "en")
