"""Several methods on one page: each ends in the same line, one is the default, and it is said when to prefer which."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from derivgen.calculus.checks import WrongStep
from derivgen.calculus.derive import derive
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.numbers import value
from derivgen.calculus.points import Ground, draw
from derivgen.calculus.records import Derivation
from derivgen.calculus.smallsizes import small
from derivgen.document.blocks import Block, Equation, Folded, Heading, Line, Paragraph, StepBlock
from derivgen.document.worked import worked as blocks_of
from derivgen.expr.build import number
from derivgen.expr.nodes import Component, Product
from derivgen.printing.text import text
from derivgen.problem.problem import Problem
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, Worked, worked
from derivgen.render.formats import render
from derivgen.render.plain import plain, words
from derivgen.render.rubric import judged
from tests.calculus.judge import problem_of

QUADRATIC = ("x: vector(n); A: matrix(n, n)", "f = x.T @ A @ x", "f wrt x")
SUM = ("w: vector(n); x: vector(n)", "u = w*x; y = sum(u)", "y wrt w")
MAP = ("x: vector(n); A: matrix(m, n)", "y = A @ x", "y wrt x")
LOSS = ("x: vector(n); A: matrix(m, n); b: vector(m)", "r = A @ x - b; f = r.T @ r", "f wrt x")
ALL = ("differentials", "components", "indices", "chain")

SPEC = """\
title: Quadratic form
methods: [differentials, components, indices]
variables: {x: vector(n), A: "matrix(n, n)"}
functions: {f: x.T @ A @ x}
derivatives: [f wrt x]
"""


def found(question: tuple[str, str, str], *methods: str, layout: str = "both") -> Derivation:
    problem: Problem = replace(problem_of(*question, methods=methods), layout=layout)  # type: ignore[arg-type]
    return derive(problem, problem.requests[0])


def page(folder: Path, source: str) -> Worked:
    path = folder / "page.yaml"
    path.write_text(source, encoding="utf-8")
    done = worked(path, path, Wishes())
    assert done.faults == ()
    return done


def blocks(folder: Path, source: str) -> tuple[Block, ...]:
    done = page(folder, source)
    assert done.problem is not None
    return blocks_of(done.problem, done.derivations)


@pytest.mark.parametrize("layout", ["both", "denominator"])
@pytest.mark.parametrize("question", [QUADRATIC, SUM, MAP, LOSS], ids=["quadratic", "sum", "map", "loss"])
def test_each_way_ends_in_the_line_of_the_default(question: tuple[str, str, str], layout: str) -> None:
    made = found(question, *ALL, layout=layout)
    assert len(made.others) + len(made.lacking) == len(ALL) - 1
    assert "components" in dict(made.others)
    last = made.steps[-1]
    for _, steps in made.others:
        assert (steps[-1].left, text(steps[-1].after)) == (last.left, text(last.after))


def test_components_at_chosen_sizes_are_the_entries_that_a_book_has() -> None:
    # Written out by hand for n = 3: the coefficient of x1 x2 is a12 + a21.
    steps = dict(found(QUADRATIC, "differentials", "components").others)["components"]
    first = next(step for step in steps if isinstance(step.left, type(steps[1].left)))
    assert text(steps[0].after).startswith(
        "A[1, 1]*x[1]**2 + (A[1, 2] + A[2, 1])*x[1]*x[2] + (A[1, 3] + A[3, 1])*x[1]*x[3]"
    )
    assert text(first.after) == "2*A[1, 1]*x[1] + x[2]*(A[1, 2] + A[2, 1]) + x[3]*(A[1, 3] + A[3, 1])"


def test_a_partial_derivative_of_a_weighted_sum_is_one_line() -> None:
    steps = dict(found(SUM, "chain", "components").others)["components"]
    assert [text(step.after) for step in steps[1:4]] == ["x[1]", "x[2]", "x[3]"]


def test_several_sizes_are_chosen_apart_so_that_a_wrong_transpose_shows() -> None:
    problem = problem_of(*MAP)
    chosen = small(problem.requests[0], ())
    assert chosen is not None
    assert len(set(chosen.sizes.values())) == 2


def test_chosen_sizes_meet_the_conditions_on_sizes() -> None:
    problem = problem_of(*MAP, assume=("m >= n",))
    chosen = small(problem.requests[0], problem.assumptions)
    assert chosen is not None
    assert chosen.sizes["m"] >= chosen.sizes["n"]


def test_written_out_entries_have_the_value_of_the_function() -> None:
    problem = problem_of(*LOSS)
    chosen = small(problem.requests[0], ())
    assert chosen is not None
    steps = dict(found(LOSS, "differentials", "components").others)["components"]
    request = chosen.request
    ground = Ground((request.of, *request.wrt), (), tuple(variable.name for variable in request.wrt))
    for point in draw(ground, "entries"):
        A, x, b = (np.array(point.values[name], dtype=complex) for name in ("A", "x", "b"))
        np.testing.assert_allclose(value(steps[0].after, point, FLOATS), (A @ x - b).T @ (A @ x - b))


def test_a_general_answer_that_the_entries_do_not_have_is_never_printed() -> None:
    made = found(QUADRATIC, "differentials", "components")
    problem = problem_of(*QUADRATIC)
    chosen = small(problem.requests[0], ())
    assert chosen is not None
    last = made.steps[-1]
    with pytest.raises(WrongStep):
        chosen.checker.check(last.left, Product((number(2), last.after)))


def test_the_build_refuses_a_page_whose_other_way_ends_in_another_line(tmp_path: Path) -> None:
    done = page(tmp_path, SPEC)
    document, _ = document_of(done, "page", tmp_path)
    assert judged(document, done.notation, "standard") == ()
    broken = replace(document, blocks=tuple(map(_with_another_end, document.blocks)))
    assert any("not the printed answer" in str(one) for one in judged(broken, done.notation, "standard"))


def _with_another_end(block: Block) -> Block:
    if not isinstance(block, Folded) or not isinstance(block.blocks[-1], StepBlock):
        return block
    last = block.blocks[-1]
    line = last.equation.line
    assert isinstance(line, Line)
    other = Equation(Line(line.left, (Product((number(2), line.rights[-1])),)))
    return replace(block, blocks=(*block.blocks[:-1], replace(last, equation=other)))


def test_the_default_is_marked_and_each_way_says_when_to_prefer_it(tmp_path: Path) -> None:
    made = blocks(tmp_path, SPEC)
    after = next(k for k, block in enumerate(made) if isinstance(block, Heading) and block.anchor == "steps")
    marked = made[after + 1]
    assert isinstance(marked, Paragraph)
    assert words(marked.text).startswith("These steps go by differentials, the default here. Prefer it for vectors")
    ways = [block for block in made if isinstance(block, Folded) and words(block.summary).startswith("Another way")]
    assert [block.kind for block in ways] == ["closed", "closed"]
    for way in ways:
        assert isinstance(way.blocks[0], Paragraph)
        assert words(way.blocks[0].text).startswith("Prefer it")
    assert words(ways[0].blocks[0].text).endswith("Here it is written out for n = 3.")  # type: ignore[union-attr]


def test_detailed_pages_open_the_ways_beside_the_lines_of_the_default(tmp_path: Path) -> None:
    made = blocks(tmp_path, SPEC + "detail: detailed\n")
    assert [b.kind for b in made if isinstance(b, Folded) and b.kind not in ("closed", "program")] == [
        "recap",
        "open",
        "open",
    ]


def test_the_lines_of_the_default_are_repeated_on_the_page_alone(tmp_path: Path) -> None:
    done = page(tmp_path, SPEC + "detail: detailed\n")
    document, _ = document_of(done, "page", tmp_path)
    assert "The default way" in render(document, "html")
    assert not any(
        "The default way" in made for made in (plain(document), render(document, "tex"), render(document, "typ"))
    )


def test_brief_pages_show_one_way(tmp_path: Path) -> None:
    made = blocks(tmp_path, SPEC + "detail: brief\n")
    assert not any(isinstance(b, Folded) and words(b.summary).startswith("Another way") for b in made)


def test_entries_too_long_to_help_are_left_out_with_a_word() -> None:
    question = ("z: vector(n); t: vector(n)", "p = softmax(z); L = -t.T @ log(1 + p)", "L wrt z")
    made = found(question, "chain", "components")
    assert dict(made.lacking)["components"] == "the partial derivatives of entries so long"


def test_entries_of_the_variable_stay_entries_of_the_chosen_size() -> None:
    problem = problem_of(*MAP)
    chosen = small(problem.requests[0], ())
    assert chosen is not None
    (x,) = chosen.request.wrt
    assert Component(x, chosen.sizes["n"]).shape.is_scalar


def test_a_method_that_knows_no_rule_gives_way_to_the_next_one_listed() -> None:
    # r uses no function by name, so there is no chain to follow.
    made = found((LOSS[0], LOSS[1], "r wrt x"), "chain", "differentials")
    assert made.method == "differentials"
    assert [method for method, _ in made.lacking] == ["chain"]
    assert text(made.result("numerator")) == "A"


def test_the_names_of_rules_are_words_beside_two_lines_as_elsewhere(tmp_path: Path) -> None:
    done = page(tmp_path, SPEC + "detail: detailed\n")
    document, _ = document_of(done, "page", tmp_path)
    for made in (render(document, "html"), render(document, "tex"), render(document, "typ")):
        assert "('" not in made.split("NumPy")[0]
        assert "Phrase" not in made


def test_lines_in_both_layouts_are_code_and_not_words_in_typst(tmp_path: Path) -> None:
    done = page(tmp_path, SPEC + "detail: detailed\n")
    document, _ = document_of(done, "page", tmp_path)
    assert "#stepbody(none, twolayouts(" in render(document, "typ")
    assert "stepbody(none, twolayouts(" not in render(document, "typ").replace("#stepbody(none, twolayouts(", "")


def test_an_answer_without_sizes_ends_a_way_at_chosen_sizes_like_any_other() -> None:
    made = found(("w: vector(n); x: vector(n); b: scalar", "z = w.T @ x + b", "z wrt b"), "differentials", "components")
    steps = dict(made.others)["components"]
    assert (steps[-1].left, text(steps[-1].after)) == (made.steps[-1].left, "1")


def test_the_chain_rule_by_a_matrix_is_left_out_with_a_word() -> None:
    question = ("x: vector(n); W: matrix(m, n); t: vector(m)", "z = W @ x; L = norm(z - t)**2/2", "L wrt W")
    made = found(question, "differentials", "chain")
    assert [method for method, _ in made.lacking] == ["chain"]


def test_a_second_derivative_is_not_written_out_at_chosen_sizes() -> None:
    made = found((*QUADRATIC[:2], "f wrt x twice"), "differentials", "components")
    assert [method for method, _ in made.lacking] == ["components"]


def ways(folder: Path, source: str) -> list[list[StepBlock]]:
    """The steps of each further way of a page."""
    folded = [block for block in blocks(folder, source) if isinstance(block, Folded)]
    kinds = [[inner for inner in block.blocks if isinstance(inner, StepBlock)] for block in folded]
    return [inner for inner in kinds if inner]


def test_a_known_rule_is_folded_in_every_way_that_uses_it(tmp_path: Path) -> None:
    plain_ways, folded_ways = ways(tmp_path, SPEC), ways(tmp_path, SPEC + "known: [derivative-inside-sum]\n")
    of_indices = plain_ways[1]
    gone = [step.number for step in of_indices if {step.rule, *step.also} <= {"derivative-inside-sum"}]
    assert gone
    assert [step.number for step in folded_ways[1]] == [s.number for s in of_indices if s.number not in gone]
    assert [part.number for step in folded_ways[1] for part in step.finer if part.least == "folded"] == gone
    assert folded_ways[1][-1].equation.lines[-1].rights == of_indices[-1].equation.lines[-1].rights


def test_a_rule_in_focus_is_opened_in_a_further_way_and_no_other_is(tmp_path: Path) -> None:
    source = SPEC.replace("[differentials, components, indices]", "[indices, differentials, components]")
    assert not [step for way in ways(tmp_path, source) for step in way if step.is_open or step.finer]
    (open_ones,) = ([step for way in ways(tmp_path, source + "focus: [power]\n") for step in way if step.is_open],)
    assert open_ones
    assert all(step.finer for step in open_ones)


def test_a_page_with_known_rules_and_further_ways_passes_the_questions(tmp_path: Path) -> None:
    done = page(tmp_path, SPEC + "known: [derivative-inside-sum, scalar-transpose]\nfocus: [power]\ndetail: detailed\n")
    document, faults = document_of(done, "page", tmp_path)
    assert not faults
    assert judged(document, done.notation, "detailed") == ()
