"""`derivgen derive --format numpy, jax, torch, sympy`: files that run, with names that tell what they are."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from derivgen.cli import main

QUADRATIC = ["x.T @ A @ x", "--wrt", "x", "--var", "x: vector(n)", "--var", "A: matrix(n, n)"]
TWO = """\
title: Two of them
variables:
  x: vector(n)
  s: scalar
  A: matrix(n, n)
functions:
  z: A @ x
  f: s*z.T @ z
  derivative: s**2
derivatives:
  - f wrt x
  - f wrt s
  - derivative wrt s twice
"""
A, X = np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([[2.0], [3.0]])


def derive(*arguments: str) -> str:
    done = CliRunner().invoke(main, ["derive", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def run(source: str) -> dict[str, Any]:
    scope: dict[str, Any] = {}
    exec(source, scope)  # noqa: S102  # our own source
    return scope


def test_the_file_for_numpy_runs_with_the_function_and_both_layouts() -> None:
    made = run(derive(*QUADRATIC, "--format", "numpy"))
    assert made["f"](x=X, A=A) == float((X.T @ A @ X)[0, 0])
    np.testing.assert_allclose(made["derivative"](x=X, A=A), X.T @ (A + A.T))
    np.testing.assert_allclose(made["derivative_denominator"](x=X, A=A), (A + A.T) @ X)


def test_all_functions_of_a_file_take_their_arguments_in_one_order() -> None:
    made = run(derive(*QUADRATIC, "--format", "numpy"))
    np.testing.assert_allclose(made["derivative"](X, A), made["derivative_denominator"](X, A).T)


def test_one_layout_is_the_derivative_and_equal_layouts_stand_once() -> None:
    made = run(derive(*QUADRATIC, "--format", "numpy", "--layout", "denominator"))
    assert made["derivative"](X, A).shape == (2, 1)
    twice = run(derive("s**3", "--wrt", "s twice", "--var", "s: scalar", "--format", "numpy"))
    assert twice["derivative"](2.0).tolist() == [[12.0]]
    assert "derivative_denominator" not in twice


@pytest.mark.parametrize("form", ["numpy", "jax", "torch", "sympy"])
def test_several_derivatives_have_names_of_their_own(form: str, tmp_path: Path) -> None:
    spec = tmp_path / "two.yaml"
    spec.write_text(TWO)
    body = ast.parse(derive(str(spec), "--format", form)).body
    functions = [node.name for node in body if isinstance(node, ast.FunctionDef)]
    assigned = [
        node.targets[0].id for node in body if isinstance(node, ast.Assign) if isinstance(node.targets[0], ast.Name)
    ]
    wanted = {"f", "df_dx", "df_dx_denominator", "df_ds", "dderivative_ds_twice"}
    assert wanted <= set(assigned if form == "sympy" else functions)


def test_each_of_several_derivatives_has_its_value(tmp_path: Path) -> None:
    spec = tmp_path / "two.yaml"
    spec.write_text(TWO)
    made = run(derive(str(spec), "--format", "numpy"))
    np.testing.assert_allclose(made["df_dx_denominator"](A=A, x=X, s=2.0), 4 * A.T @ A @ X)
    np.testing.assert_allclose(made["df_ds"](A=A, x=X), X.T @ A.T @ A @ X)


def test_a_function_that_is_called_derivative_gives_way() -> None:
    spec = ["derivative**2*s", "--wrt", "s", "--var", "s: scalar", "--var", "derivative: scalar"]
    made = run(derive(*spec, "--format", "numpy"))
    assert made["derivative"](derivative_=3.0).tolist() == [[9.0]]


def test_names_that_a_library_needs_are_moved_aside() -> None:
    for form, name in (("numpy", "np"), ("jax", "jnp"), ("torch", "torch"), ("sympy", "sp")):
        source = derive(f"{name}**2", "--wrt", name, "--var", f"{name}: scalar", "--format", form)
        assert f"{name}_" in source
        ast.parse(source)


def test_the_file_for_jax_agrees_with_its_own_differentiation() -> None:
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    made = run(derive("logsumexp(A @ x) + sum(relu(x - 1))", *QUADRATIC[1:], "--format", "jax"))
    by_jax = jax.grad(made["f"], argnums=1)(A, X)
    np.testing.assert_allclose(made["derivative_denominator"](A, X), by_jax, rtol=1e-12)
    np.testing.assert_allclose(jax.jit(made["derivative"])(A, X).T, by_jax, rtol=1e-12)


def test_the_file_for_torch_agrees_with_its_own_differentiation() -> None:
    torch = pytest.importorskip("torch")
    made = run(derive("logsumexp(A @ x) + sum(relu(x - 1))", *QUADRATIC[1:], "--format", "torch"))
    x = torch.tensor(X, requires_grad=True)
    made["f"](torch.tensor(A), x).backward()
    np.testing.assert_allclose(made["derivative_denominator"](torch.tensor(A), x.detach()), x.grad, rtol=1e-12)


def test_the_file_for_sympy_agrees_with_sympys_own_derivative() -> None:
    made = run(derive(*QUADRATIC, "--format", "sympy"))
    difference = made["f"].diff(made["x"]) - made["derivative_denominator"]
    assert difference.doit().expand().doit() == 0 * made["x"]


def test_what_sympy_cannot_hold_is_told_and_the_rest_is_done(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "variables: {x: vector(n)}\nfunctions: {u: vector(m) of x}\nderivatives: [u wrt x]\n"
    )
    (tmp_path / "b.yaml").write_text("variables: {x: scalar}\nfunctions: {f: x**2}\nderivatives: [f wrt x]\n")
    done = CliRunner().invoke(main, ["derive", str(tmp_path), "--format", "sympy"])
    assert done.exit_code == 1
    assert "SymPy cannot hold" in done.stderr
    assert "derivative = sp.Mul(2, x)" in done.stdout


def test_words_of_a_spec_cannot_leave_the_docstring(tmp_path: Path) -> None:
    spec = tmp_path / "a.yaml"
    spec.write_text(
        'title: \'a """ + print(1) \\ b\'\nvariables: {x: scalar}\nfunctions: {f: x**2}\nderivatives: [f wrt x]\n'
    )
    for form in ("numpy", "sympy"):
        source = derive(str(spec), "--format", form)
        assert (ast.get_docstring(ast.parse(source)) or "").startswith('a """ + print(1) \\ b')
