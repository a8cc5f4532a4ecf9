"""Presets, known rules and rules in focus: what is shown changes, the numbers of the steps and the answer do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivgen.document.blocks import Block, Document, Givens, Heading, LeftColumn, StepBlock
from derivgen.printing.notation import DEFAULT
from derivgen.project.documents import document_of
from derivgen.project.projects import project_of
from derivgen.project.work import Wishes, worked
from derivgen.render.formats import render
from derivgen.render.plain import words
from derivgen.render.rubric import judged

QUADRATIC = "variables:\n  x: vector(n)\n  A: matrix(n, n)\nfunctions:\n  f: x.T @ A @ x\nderivatives: [f wrt x]\n"
SUM = "variables: {x: vector(n)}\nfunctions:\n  u: x**2\n  y: sum(u)\nderivatives: [y wrt x]\nlayout: numerator\n"


def page(folder: Path, spec: str, name: str = "page") -> Document:
    path = folder / f"{name}.yaml"
    path.write_text(spec, encoding="utf-8")
    project_of.cache_clear()
    done = worked(path, path, Wishes())
    document, faults = document_of(done, name, path)
    assert not (*done.faults, *faults)
    return document


def steps(blocks: tuple[Block, ...]) -> list[StepBlock]:
    return [block for block in blocks if isinstance(block, StepBlock)]


def numbers(document: Document) -> list[str]:
    return [block.number for block in steps(document.blocks)]


def test_the_three_presets_of_the_quadratic_form(tmp_path: Path) -> None:
    # The lines that a lecturer keeps: product rule, collected terms, identification.
    assert numbers(page(tmp_path, QUADRATIC + "detail: brief\n")) == ["1", "3", "4"]
    assert numbers(page(tmp_path, QUADRATIC)) == ["1", "2", "3", "4"]


def test_a_brief_page_has_lines_and_names_but_no_reasons_and_no_headings_of_subgoals(tmp_path: Path) -> None:
    document = page(tmp_path, QUADRATIC + "detail: brief\n")
    assert [(block.why, block.shape) for block in steps(document.blocks)] == [((), "")] * 3
    assert not [block for block in document.blocks if isinstance(block, Heading) and block.is_subgoal]
    assert render(document, "tex").count(r"\begin{briefstep}") == 3


def test_a_detailed_page_opens_steps_under_their_own_numbers(tmp_path: Path) -> None:
    standard, detailed = page(tmp_path, SUM), page(tmp_path, SUM + "detail: detailed\n")
    assert {number.rstrip("abcdefg") for number in numbers(detailed)} == set(numbers(standard))
    assert {"1a", "2a"} <= set(numbers(detailed))


@pytest.mark.parametrize("detail", ["brief", "standard", "detailed"])
def test_a_page_on_the_screen_holds_the_steps_of_every_preset_once(tmp_path: Path, detail: str) -> None:
    document = page(tmp_path, SUM + f"detail: {detail}\n")
    made = render(document, "html")
    everything = {*numbers(document), *numbers(page(tmp_path, SUM + "detail: detailed\n"))}
    assert {number: made.count(f'id="step-{number}"') for number in everything} == dict.fromkeys(everything, 1)
    assert f'<html lang="en" data-detail="{detail}"' in made
    is_open = detail == "detailed"
    assert made.count('<details class="finer" open>') == (made.count('<details class="finer"') if is_open else 0)


def test_a_known_rule_is_folded_into_the_next_step(tmp_path: Path) -> None:
    document = page(tmp_path, SUM + "known: [sum-reduction]\ndetail: detailed\n")
    assert "2" not in numbers(document)
    assert not any(number.startswith("2") for number in numbers(document))
    third = next(block for block in steps(document.on_screen) if block.number == "3")
    assert [(part.number, part.least) for part in third.finer] == [("2", "folded")]


def test_the_last_line_is_shown_however_well_its_rule_is_known(tmp_path: Path) -> None:
    whole, known = page(tmp_path, QUADRATIC), page(tmp_path, QUADRATIC + "known: [identify-scalar-vector, collect]\n")
    assert steps(known.blocks)[-1].equation.line == steps(whole.blocks)[-1].equation.line
    assert numbers(known) == ["1", "2", "4"]


def test_a_folded_step_leaves_its_condition_on_the_page(tmp_path: Path) -> None:
    spec = "variables: {x: vector(n)}\nfunctions:\n  u: abs(x)\n  y: sum(u)\nderivatives: [y wrt x]\n"
    whole = page(tmp_path, spec)
    folded = steps(whole.blocks)[0]
    assert folded.conditions
    known = page(tmp_path, spec + f"known: [{', '.join((folded.rule, *folded.also))}]\n")
    assert folded.number not in numbers(known)
    assert folded.conditions in [block.conditions for block in steps(known.blocks)]


def test_a_rule_in_focus_is_opened_even_on_a_brief_page(tmp_path: Path) -> None:
    assert "2a" not in numbers(page(tmp_path, SUM))
    assert "2a" in numbers(page(tmp_path, SUM + "focus: [sum-reduction]\n"))
    brief = page(tmp_path, SUM + "detail: brief\nfocus: [sum-reduction]\n")
    assert "2a" in numbers(brief)
    assert "1a" not in numbers(brief)


def test_what_is_opened_has_its_symbols_in_the_table(tmp_path: Path) -> None:
    def differentials(spec: str) -> bool:
        return r"\mathrm{d}" in render(page(tmp_path, spec), "tex").partition("Steps")[0]

    assert not differentials(SUM)
    assert differentials(SUM + "focus: [sum-reduction]\n")


def test_a_project_may_call_rules_known_for_all_its_specs(tmp_path: Path) -> None:
    assert "2" in numbers(page(tmp_path, QUADRATIC))
    (tmp_path / "derivgen.yaml").write_text("known: [scalar-transpose]\n", encoding="utf-8")
    assert numbers(page(tmp_path, QUADRATIC)) == ["1", "3", "4"]
    assert numbers(page(tmp_path, QUADRATIC + "known: [collect]\n")) == ["1", "2", "4"]


def test_a_page_on_the_screen_explains_the_symbols_of_its_finer_steps(tmp_path: Path) -> None:
    document = page(tmp_path, SUM)
    paper, screen = (
        {given.symbol for block in blocks if isinstance(block, Givens) for given in block.rows}
        for blocks in (document.blocks, document.on_screen)
    )
    assert paper < screen


def test_detailed_lines_carry_the_shape_of_every_factor(tmp_path: Path) -> None:
    spec = "variables:\n  x: vector(n)\n  A: matrix(m, n)\n  b: vector(m)\nfunctions:\n  f: b.T @ A @ x\n"
    spec += "derivatives: [f wrt x]\n"
    braces = [
        render(page(tmp_path, spec + f"detail: {one}\n"), "tex").count(r"\underbrace")
        for one in ("standard", "detailed")
    ]
    assert braces[0] < braces[1]
    sum_of_scalars = (
        "variables: {x: scalar, y: scalar}\nfunctions:\n  f: x*y + x\nderivatives: [f wrt x]\ndetail: detailed\n"
    )
    assert r"\underbrace" not in render(page(tmp_path, sum_of_scalars), "tex").partition("Steps")[2]


LEFTS = "variables: {x: vector(n), A: 'matrix(m, n)'}\nfunctions:\n  residual: A @ x\n  loss: residual.T @ residual\n"
LEFTS += "  f: exp(loss)\nderivatives: [f wrt x]\n"


def test_brief_lines_stand_below_each_other_at_their_relation_sign_on_paper(tmp_path: Path) -> None:
    document = page(tmp_path, LEFTS + "detail: brief\n")
    brief = steps(document.blocks)
    lefts = tuple(dict.fromkeys(block.equation.lines[0].left for block in brief))
    assert len(lefts) > 1
    assert [block.column for block in brief] == [LeftColumn(lefts, k == 0) for k in range(len(brief))]
    tex, typ = render(document, "tex").partition("\\begin{document}")[2], render(document, "typ")
    assert tex.count("\\leftsides{") == 1
    assert tex.count("\\uptorelation{") == len(brief)
    assert typ.count("#uptorelation((") == len(brief)


def test_lines_with_one_left_side_need_no_room_before_them(tmp_path: Path) -> None:
    tex = render(page(tmp_path, QUADRATIC + "detail: brief\n"), "tex").partition("\\begin{document}")[2]
    assert "\\uptorelation" not in tex
    assert not any(block.column for block in steps(page(tmp_path, LEFTS).blocks))


def conditions(document: Document) -> list[tuple[str, str]]:
    return [(block.number, words(block.conditions)) for block in steps(document.blocks) if block.conditions]


def test_a_step_tells_no_condition_that_an_earlier_one_implies(tmp_path: Path) -> None:
    # det X > 0 says that X is invertible, which Jacobi's formula alone would need.
    logarithm = "variables: {X: 'matrix(n, n)'}\nfunctions: {f: logdet(X)}\nderivatives: [f wrt X]\n"
    assert conditions(page(tmp_path, logarithm)) == [("1", "Condition: det(X) > 0.")]
    twice = "variables: {x: vector(n)}\nfunctions: {f: norm(x)}\nderivatives: [f wrt x twice]\n"
    assert [number for number, _ in conditions(page(tmp_path, twice))] == ["1"]


def test_a_stronger_condition_is_told_where_it_is_added(tmp_path: Path) -> None:
    both = "variables: {X: 'matrix(n, n)'}\nfunctions: {f: tr(inv(X)) + logdet(X)}\nderivatives: [f wrt X]\n"
    assert len(conditions(page(tmp_path, both))) == 2


TWINS = {
    # The same rule for two variables, two functions, or two arrays on one page.
    "power": "variables: {x: scalar, y: scalar}\nfunctions: {f: 10*x**2*y**2}\nderivatives: ['f wrt x, y']\n",
    "rows": "variables: {x: vector(2)}\nfunctions:\n  y: '[x[1]*x[2], x[2]*sin(x[1])]'\nderivatives: [y wrt x]\n",
    "sums": "variables: {x: scalar}\nfunctions:\n  f: x**2 + sin(x)\n  g: x**3 + cos(x)\n"
            "derivatives: [f wrt x, g wrt x]\n",
    "functions": "variables: {x: vector(n)}\nfunctions:\n  s: sigmoid(x)\n  h: tanh(x)\n"
                 "derivatives: [s wrt x, h wrt x]\n",
    "matrices": "variables: {X: 'matrix(m, n)', A: 'matrix(m, n)'}\nfunctions:\n  f: tr(A.T @ X)\n  g: norm(X)\n"
                "derivatives: [f wrt X, g wrt X]\n",
    "denominator": "variables: {x: vector(n), A: 'matrix(n, n)'}\nfunctions:\n  f: x.T @ x\n  g: A @ x\n"
                   "derivatives: [f wrt x, g wrt x]\nlayout: denominator\n",
    "mean": "variables: {x: vector(n)}\nfunctions: {f: mean(x)}\nderivatives: [f wrt x]\n",
}  # fmt: skip


@pytest.mark.parametrize("name", TWINS)
def test_each_reason_speaks_of_its_own_symbols(tmp_path: Path, name: str) -> None:
    reasons = [words(block.why) for block in steps(page(tmp_path, TWINS[name]).blocks)]
    assert len(reasons) > 1
    assert len(set(reasons)) == len(reasons), reasons


def test_a_norm_speaks_of_the_vector_of_the_page(tmp_path: Path) -> None:
    spec = "variables: {y: vector(n)}\nfunctions: {f: norm(y)}\nderivatives: [f wrt y]\n"
    assert words(steps(page(tmp_path, spec).blocks)[0].why).startswith("The unit vector along y:")


def test_a_reading_stands_apart_from_the_lines_of_a_brief_page(tmp_path: Path) -> None:
    spec = "variables: {z: scalar}\nfunctions: {y: 'max(0, z)'}\nderivatives: [y wrt z]\ndetail: brief\n"
    document = page(tmp_path, spec)
    assert [block.anchor for block in document.blocks if isinstance(block, Heading) and block.is_subgoal] == [
        "reading-1"
    ]
    assert judged(document, DEFAULT, "brief") == ()
