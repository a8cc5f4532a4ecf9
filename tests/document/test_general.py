"""Where everything is shown: rules in general with the letters of the step, constants apart, numbers at each line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from derivgen.calculus.arrangement import named_within
from derivgen.calculus.catalogue import RULES
from derivgen.calculus.checks import Checker
from derivgen.calculus.derive import derive
from derivgen.calculus.points import Ground
from derivgen.calculus.records import Derivation, Step
from derivgen.document.blocks import Block, Document, StepBlock, Table
from derivgen.document.general import in_general, instance
from derivgen.document.practice import practice
from derivgen.document.within import every_block
from derivgen.expr.nodes import Expr, SizeNumber, Unspecified, Variable
from derivgen.expr.walk import nodes_within, replaced
from derivgen.printing.notation import DEFAULT
from derivgen.printing.text import text
from derivgen.problem.blanks import Blank
from derivgen.problem.text import typed
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, worked
from derivgen.render.formats import render
from derivgen.render.plain import plain, words
from derivgen.render.rubric import judged
from tests.calculus.judge import problem_of

QUADRATIC = ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x")
SUMMED = ("x: vector(n); A: matrix(m, n); b: vector(m)", "r = A @ x + b; f = sum(exp(r))", "f wrt x")
SCALARS = ("x: scalar; y: scalar", "f = 3*x**2*y + log(x**2)", "f wrt x")
TRACE = ("X: matrix(n, n); A: matrix(n, n)", "f = tr(X.T @ A @ X) + tr(inv(X))", "f wrt X")
QUOTIENT = ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x/norm(x)", "f wrt x")
PRODUCT = ("x: scalar; y: scalar", "f = x**2*sin(x) - y*x", "f wrt x")
ALL = [QUADRATIC, SUMMED, SCALARS, TRACE, QUOTIENT, PRODUCT]

# A derivative by an expression has no value of its own, and an identification is read off a line.
NO_LINE = ("chain", "vector-chain", "identify")

SPEC = """\
title: Neuron
variables: {w: vector(n), x: vector(n), b: scalar}
functions:
  z: w.T @ x + b
  a: max(0, z)
derivatives: [a wrt w]
"""


def found(question: tuple[str, str, str]) -> Derivation:
    problem = replace(problem_of(*question), detail="detailed")
    return derive(problem, problem.requests[0])


def every(derivation: Derivation) -> list[Step]:
    return [one for step in derivation.steps for one in (step, *step.parts)]


def page(folder: Path, source: str) -> Document:
    path = folder / "page.yaml"
    path.write_text(source, encoding="utf-8")
    done = worked(path, path, Wishes())
    document, faults = document_of(done, "page", path)
    assert not (*done.faults, *faults)
    return document


def steps(blocks: tuple[Block, ...]) -> list[StepBlock]:
    return [block for block in every_block(blocks) if isinstance(block, StepBlock)]


@pytest.mark.parametrize(
    ("question", "rule", "said"),
    [
        # Each read off the line by hand.
        (QUADRATIC, "d-product", "In general d(X @ Y) = dX @ Y + X @ dY; here X = x.T, Y = A @ x."),
        (QUADRATIC, "scalar-transpose", "In general a.T @ B @ c = c.T @ B.T @ a; here a = dx, B = A, c = x."),
        (SCALARS, "constant-multiple", "In general d(c*p)/dx = c*derivative(p, x); here c = 3*y, p = x**2."),
        (SCALARS, "chain", "In general dp/dx = derivative(p, u)*derivative(u, x); here p = log(x**2), u = x**2."),
        (PRODUCT, "product", "In general d(p*g)/dx = derivative(p, x)*g + p*derivative(g, x); "
                             "here p = x**2, g = sin(x)."),
        (SUMMED, "vector-chain", "In general dy/dx = derivative(y, u) @ derivative(u, x); here y = f, u = r."),
        (TRACE, "d-inverse", "In general d(inv(X)) = -inv(X) @ dX @ inv(X)."),
        (QUADRATIC, "collect", ""),
    ],
)  # fmt: skip
def test_a_rule_is_stated_with_what_its_letters_stand_for(question: tuple[str, str, str], rule: str, said: str) -> None:
    told = [words(text) for step in every(found(question)) if step.rule == rule for text in in_general(step)]
    assert said in told if said else not told


def test_a_rule_beside_the_first_one_is_stated_too_and_replaces_an_example() -> None:
    # The chain rule and the table entry of the logarithm; the element-wise rule has the sine as its example.
    chain = next(step for step in every(found(SCALARS)) if step.rule == "chain")
    assert [words(text) for text in in_general(chain)] == [
        "In general dp/dx = derivative(p, u)*derivative(u, x); here p = log(x**2), u = x**2.",
        "In general d(log(p))/dp = 1/p; here p = x**2.",
    ]
    entries = next(step for step in every(found(SUMMED)) if step.rule == "d-elementwise")
    assert [words(text) for text in in_general(entries)] == ["In general d(exp(x))/dx = exp(x)."]


def test_a_table_entry_is_not_taken_at_a_power_of_the_place() -> None:
    # Here 5 x**2 is differentiated in one step; a reader must not see (x**2)**2.
    derivation = found(("x: vector(2)", "y = [x[1]**2*x[2], x[2]]", "y wrt x"))
    told = [words(text) for step in every(derivation) for text in in_general(step)]
    assert not [text for text in told if "= x[1]**2, k = 2" in text]


def test_no_letter_of_a_statement_means_two_things() -> None:
    # The second identification reads 2*A: a statement with the letter A would say A = 2*A.
    derivation = found(("x: vector(n); A: symmetric(n)", "f = x.T @ A @ x", "f wrt x twice"))
    for step in every(derivation):
        told = " ".join(map(words, in_general(step)))
        _, _, here = told.partition("; here ")
        for pair in filter(None, here.removesuffix(".").split(", ")):
            letter, _, value = pair.partition(" = ")
            assert letter not in value.replace(".T", ""), told


@pytest.mark.parametrize("question", ALL, ids=["quadratic", "summed", "scalars", "trace", "quotient", "product"])
def test_a_statement_with_the_letters_of_a_step_is_true_by_number(question: tuple[str, str, str]) -> None:
    derivation = found(question)
    request = derivation.request
    ground = Ground((request.of, *request.wrt), derivation.conditions, tuple(one.name for one in request.wrt))
    checker = Checker.drawn(ground, seed=request.text).naming(named_within(request.of))
    compared = 0
    for step in every(derivation):
        read = instance(RULES[step.rule], step)
        if read is None:
            continue
        (left, right), letters = read
        nodes = {n for side in (left, right) for n in nodes_within(side) if isinstance(n, Variable | Unspecified)}
        has_sizes = any(isinstance(n, SizeNumber) for n in nodes_within(right))
        is_whole = bool(letters) and {node.name for node in nodes} <= letters.keys()
        if has_sizes or not is_whole or step.rule.startswith(NO_LINE):
            continue
        table: dict[Expr, Expr] = {node: letters[node.name] for node in nodes}
        checker.check(replaced(left, table), replaced(right, table))
        compared += 1
    assert compared


def test_what_is_constant_has_a_line_of_its_own() -> None:
    standard = problem_of(*QUADRATIC)
    assert [step.number for step in every(derive(standard, standard.requests[0]))] == ["1", "2", "3", "4"]
    first, second = every(found(QUADRATIC))[1:3]
    assert (first.number, first.rule, second.number, second.rule) == ("1a", "d-product", "1b", "d-constant")
    assert text(first.after) == "dx.T @ A @ x + x.T @ dA @ x + x.T @ A @ dx"
    assert text(second.after) == "dx.T @ A @ x + x.T @ A @ dx"
    assert first.check.points > 0 < second.check.points


def test_a_finer_step_that_is_split_keeps_its_number_and_the_others_theirs() -> None:
    # z = w.T x + b within the chain: its parts are those of the standard page, and the split adds 1a.1.
    chain = ("w: vector(n); x: vector(n); b: scalar", "z = w.T @ x + b; a = max(0, z)", "a wrt w")
    standard = problem_of(*chain)
    plain_numbers = {one.number: one.rule for one in every(derive(standard, standard.requests[0]))}
    detailed = {one.number: one.rule for one in every(found(chain))}
    assert plain_numbers.items() <= detailed.items()
    assert {number: detailed[number] for number in detailed.keys() - plain_numbers.keys()} == {"1a.1": "d-constant"}


def test_only_a_detailed_page_has_statements_and_numbers_at_its_steps(tmp_path: Path) -> None:
    standard, detailed = page(tmp_path, SPEC), page(tmp_path, SPEC + "detail: detailed\n")
    assert not any(step.notes for step in (*steps(standard.blocks), *steps(standard.on_screen)))
    assert all(step.notes for step in steps(detailed.blocks) if not step.anchor.endswith("R"))
    for kind in ("html", "tex", "typ"):
        assert "In general" in render(detailed, kind)
        assert "In general" not in render(standard, kind)
    assert judged(detailed, DEFAULT, "detailed") == ()


def test_the_number_of_the_last_line_is_that_of_the_check(tmp_path: Path) -> None:
    source = "title: Form\nvariables: {x: vector(n), A: 'matrix(n, n)'}\nfunctions: {f: x.T @ A @ x}\n"
    document = page(tmp_path, source + "derivatives: [f wrt x]\ndetail: detailed\n")
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    values = {words(row[0]): words(row[1]) for row in table.rows}
    notes = [words(note) for step in steps(document.blocks) for note in step.notes if "numbers" in words(note)]
    assert notes[-1] == f"With the numbers of the check: {values['formula, numerator layout']}."
    # Every line of df has one value, the first entry of the gradient.
    first = values["formula, numerator layout"].strip("[]").split(", ")[0]
    assert set(notes[:-1]) == {f"With the numbers of the check, when the first entry of x grows by 1: {first}."}


def test_a_practice_copy_states_no_rule_at_a_step_that_is_asked_for(tmp_path: Path) -> None:
    document = page(tmp_path, SPEC + "detail: detailed\n")
    copy = practice(document, (Blank("rule", "inner-product", typed("inner-product", "test")),), DEFAULT).copy
    asked = [step for step in steps(document.blocks) if step.rule == "inner-product"]
    left = {step.anchor: step for step in steps(copy.blocks)}
    assert asked
    assert not any(left[step.anchor].notes for step in asked)


def test_a_german_page_states_rules_in_german(tmp_path: Path) -> None:
    told = plain(page(tmp_path, SPEC + "detail: detailed\nlanguage: de\n"))
    assert "Allgemein gilt" in told
    assert "Mit den Zahlen der Probe" in told
    assert "In general" not in told
