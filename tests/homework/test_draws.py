"""Drawing variants: from the seed alone, the same everywhere, never twice and never degenerate."""

from __future__ import annotations

import hashlib
import re
from functools import partial
from pathlib import Path

import pytest

from derivgen.errors import DerivgenError
from derivgen.homework.drawing import Composition, compositions, frozen_lines
from derivgen.homework.frozen import read_frozen
from derivgen.homework.sampler import Stream, seed_of
from derivgen.homework.trials import tried
from derivgen.project.workers import in_order
from derivgen.spec.homework.sheet import Sheet
from derivgen.spec.homework.templates import Template

from .sheets import loaded

QUAD = """\
  - id: quad
    title: "A form with $c = {c}$"
    parameters:
      c: {integer: [2, 9]}
      s: {sign: true}
      d: {integer: [-4, "{c}-1"]}
    require: [c + d != 0]
    variables: {x: vector(n), A: "matrix(n, n)", b: vector(n)}
    functions:
      f: "{s}*{c} * x.T @ A @ x + {d}*b.T @ x"
    ask: f wrt x
"""
NEURON = """\
  - id: neuron
    parameters:
      g: {function: [sigmoid, tanh]}
      M: {matrix: [2, 2], entries: [-3, 3], require: [invertible, not symmetric]}
    variables: {x: vector(2)}
    functions:
      f: "{g}({M} @ x)"
    ask: f wrt x
"""
HEAD = "homework: Drawn\nseed: 2026-03\nexercises:\n"


def sheet_of(text: str, folder: Path) -> Sheet:
    """The sheet that the text is, without any fault."""
    found = loaded(text, folder)
    assert found.faults == ()
    assert found.sheet is not None
    return found.sheet


def parameters(made: tuple[Composition, ...]) -> dict[str, dict[str, tuple[tuple[str, str], ...]]]:
    """What was drawn, by identity and exercise."""
    return {one.identity: {v.exercise.id: v.parameters for v in one.variants} for one in made}


def functions(one: Composition) -> list[str]:
    """The functions of a composition, as texts."""
    return [text.value for variant in one.variants for _, text in variant.exercise.functions]


def test_a_seed_is_the_first_64_bits_of_sha_256_over_the_texts_with_zero_bytes_between() -> None:
    assert seed_of("2026-03", "quad", "s01") == int(hashlib.sha256(b"2026-03\0quad\0s01").hexdigest()[:16], 16)
    # The first eight bytes of the digest of "abc", from the examples to FIPS 180-2.
    assert seed_of("abc") == 0xBA7816BF8F01CFEA


def test_numbers_come_from_sha_256_over_seed_and_counter_without_a_bias() -> None:
    digests = b"".join(hashlib.sha256((7).to_bytes(8, "big") + k.to_bytes(8, "big")).digest() for k in range(4))
    words = [int.from_bytes(digests[k : k + 8], "big") for k in range(0, len(digests), 8)]
    stream = Stream(7)
    assert [stream.below(10) for _ in words] == [word % 10 for word in words]
    # Of 2**63 + 1 numbers nearly every second word would make some twice as likely; those are passed over.
    count = 2**63 + 1
    kept = [word for word in words if word < count]
    again = Stream(7)
    assert [again.below(count) for _ in kept] == kept


def test_a_number_below_a_bound_that_takes_more_than_one_word() -> None:
    digest = hashlib.sha256((3).to_bytes(8, "big") + bytes(8)).digest()
    assert Stream(3).below(2**128) == int.from_bytes(digest[:16], "big")
    assert Stream(3).below(1) == 0


def test_exercises_may_change_places_and_nobody_gets_other_values(tmp_path: Path) -> None:
    names = [f"s{k:02}" for k in range(12)]
    first = compositions(sheet_of(HEAD + QUAD + NEURON, tmp_path), names)
    second = compositions(sheet_of(HEAD + NEURON + QUAD, tmp_path), names[::-1])
    assert parameters(first) == parameters(second)


def test_a_new_student_changes_nobody_else(tmp_path: Path) -> None:
    sheet = sheet_of(HEAD + NEURON, tmp_path)
    few = parameters(compositions(sheet, ["ada", "emmy"]))
    more = parameters(compositions(sheet, ["zoe", "ada", "carl", "emmy", "bea"]))
    assert few.items() <= more.items()


def test_another_seed_gives_other_values(tmp_path: Path) -> None:
    first = compositions(sheet_of(HEAD + NEURON, tmp_path), ["ada"])
    second = compositions(sheet_of(HEAD.replace("2026-03", "2026-04") + NEURON, tmp_path), ["ada"])
    assert parameters(first) != parameters(second)


def test_a_class_has_no_variant_twice_and_each_sheet_its_code(tmp_path: Path) -> None:
    made = compositions(sheet_of(HEAD + QUAD, tmp_path), [str(k) for k in range(40)])
    assert len({functions(one)[0] for one in made}) == 40
    assert len({one.code for one in made}) == 40
    assert all(re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{2}", one.code) for one in made)
    assert all(re.fullmatch(r"quad~[0-9a-f]{6}", one.variants[0].name) for one in made)


def test_filled_functions_read_as_a_lecturer_writes_them(tmp_path: Path) -> None:
    for one in compositions(sheet_of(HEAD + QUAD, tmp_path), [str(k) for k in range(40)]):
        (function,) = functions(one)
        found = re.fullmatch(r"(-?[2-9])\*x\.T @ A @ x ([+-]) (?:([2-8])\*)?b\.T @ x", function)
        assert found is not None, function
        values = dict(one.variants[0].parameters)
        assert int(found[1]) == int(values["s"]) * int(values["c"])
        assert int(f"{found[2]}{found[3] or 1}") == int(values["d"])
        assert one.variants[0].exercise.title.value == f"A form with $c = {values['c']}$"


def test_required_properties_of_matrices_hold_for_every_draw(tmp_path: Path) -> None:
    for one in compositions(sheet_of(HEAD + NEURON, tmp_path), [str(k) for k in range(12)]):
        a, b, c, d = map(int, re.findall(r"-?\d+", dict(one.variants[0].parameters)["M"]))
        assert a * d != b * c
        assert b != c


NONE_LEFT = QUAD.replace("[2, 9]", "[2, 3]").replace('[-4, "{c}-1"]', "[1, 2]")


def test_fewer_variants_than_students_are_refused_with_their_number(tmp_path: Path) -> None:
    sheet = sheet_of(HEAD + NONE_LEFT, tmp_path)
    with pytest.raises(DerivgenError) as told:
        compositions(sheet, [str(k) for k in range(9)])
    (fault,) = told.value.faults
    assert "no more than 8 variants, and 9 are wanted" in fault.message
    assert "--allow-repeats" in fault.hint
    made = compositions(sheet, [str(k) for k in range(9)], allow_repeats=True)
    assert len({functions(one)[0] for one in made}) == 8


REFUSED = {
    "a term that always vanishes": (
        "{integer: [2, 9]}",
        "{integer: [0, 0]}",
        "takes a part of the function away (200)",
    ),
    "constraint that cannot hold": ("c + d != 0", "c < 2", "a constraint does not hold (200)"),
}


@pytest.mark.parametrize(("old", "new", "told"), REFUSED.values(), ids=REFUSED)
def test_what_rejects_every_draw_is_told_with_its_count(old: str, new: str, told: str, tmp_path: Path) -> None:
    assert old in QUAD
    with pytest.raises(DerivgenError, match=re.escape(told)):
        compositions(sheet_of(HEAD + QUAD.replace(old, new), tmp_path), ["1"])


SLIPS = {
    "braces without a parameter": ("{d}*b", "{dd}*b", "did you mean {d}?"),
    "no kind": ("c: {integer: [2, 9]}", "c: {intger: [2, 9]}", "did you mean integer?"),
    "one bound": ("integer: [2, 9]", "integer: [2]", "both included"),
    "bounds the wrong way round": ("integer: [2, 9]", "integer: [9, 2]", "the lesser bound first"),
    "a bound that is no number": ("integer: [2, 9]", "integer: [2, x]", "declared above"),
    "a fraction as a bound": ("integer: [2, 9]", "integer: [2, 9/2]", "a whole number"),
    "a constraint that is none": ("c + d != 0", "c + d", "EXPR > EXPR"),
    "an unknown name in a constraint": ("c + d != 0", "c + q != 0", "declared above"),
    "a slip in the function": ("x.T @ A @ x", "x.T @ A @", ""),
    "a parameter of no use": ("s: {sign: true}", "s: {sign: true}\n      t: {sign: true}", "write {t} into a function"),
    "a parameter that is a variable": ("variables: {x", "variables: {c: scalar, x", ""),
}


@pytest.mark.parametrize(("old", "new", "hint"), SLIPS.values(), ids=SLIPS)
def test_a_slip_in_parameters_is_told_at_its_line(old: str, new: str, hint: str, tmp_path: Path) -> None:
    assert old in QUAD
    text = HEAD + QUAD.replace(old, new, 1)
    faults = loaded(text, tmp_path).faults
    changed = next(
        k
        for k, pair in enumerate(zip(text.splitlines(), (HEAD + QUAD).splitlines(), strict=False), 1)
        if pair[0] != pair[1]
    )
    assert [fault for fault in faults if fault.span and fault.span.line == changed and hint in fault.hint], faults


IDLE = {
    "a constant that the derivative drops": "x.T @ A @ x + {c}",
    "a term that cancels": "{c}*norm(x) + x.T @ x - {c}*norm(x)",
}


@pytest.mark.parametrize("function", IDLE.values(), ids=IDLE)
def test_a_parameter_on_which_no_answer_depends_is_refused_at_its_place(function: str, tmp_path: Path) -> None:
    text = (
        f"{HEAD}  - id: a\n    parameters:\n      c: {{integer: [2, 9]}}\n"
        f'    variables: {{x: vector(n), A: "matrix(n, n)"}}\n    functions:\n      f: "{function}"\n    ask: f wrt x\n'
    )
    with pytest.raises(DerivgenError) as told:
        compositions(sheet_of(text, tmp_path), ["1"])
    (fault,) = told.value.faults
    assert fault.message == "no answer depends on c"
    assert fault.span is not None
    assert fault.span.line == 6


def exercise(parameters: str, variables: str, function: str, ask: str = "f wrt x") -> str:
    """A sheet of one exercise."""
    return (
        f"{HEAD}  - id: a\n    parameters: {parameters}\n    variables: {variables}\n"
        f'    functions:\n      f: "{function}"\n    ask: {ask}\n'
    )


def test_a_factor_zero_is_never_drawn(tmp_path: Path) -> None:
    text = exercise("{c: {integer: [-1, 1]}}", "{x: vector(n), A: symmetric(n)}", "{c}*x.T @ A @ x + x.T @ x")
    made = compositions(sheet_of(text, tmp_path), ["1", "2"])
    assert sorted(functions(one)[0] for one in made) == ["-x.T @ A @ x + x.T @ x", "x.T @ A @ x + x.T @ x"]


def test_a_function_that_is_its_own_derivative_is_refused(tmp_path: Path) -> None:
    text = exercise("{c: {integer: [2, 9]}}", "{x: scalar}", "{c}*exp(x)")
    with pytest.raises(DerivgenError, match=r"the answer is the function itself \(200\)"):
        compositions(sheet_of(text, tmp_path), ["1"])


def test_a_symmetric_matrix_that_hides_the_layout_is_not_drawn(tmp_path: Path) -> None:
    text = exercise("{M: {matrix: [2, 2], entries: [0, 1]}}", "{x: vector(2)}", "{M} @ x")
    for one in compositions(sheet_of(text, tmp_path), [str(k) for k in range(4)]):
        (_, b), (c, _) = re.findall(r"\[([01]), ([01])\]", dict(one.variants[0].parameters)["M"])
        assert b != c


def test_a_diagonal_matrix_needs_no_zeros_among_its_entries(tmp_path: Path) -> None:
    text = exercise("{D: {matrix: [2, 2], entries: [2, 5], require: [diagonal]}}", "{x: vector(2)}", "x.T @ {D} @ x")
    drawn = [dict(one.variants[0].parameters)["D"] for one in compositions(sheet_of(text, tmp_path), list("abcdefgh"))]
    assert all(re.fullmatch(r"\[\[[2-5], 0\], \[0, [2-5]\]\]", matrix) for matrix in drawn)
    assert len(set(drawn)) == 8


def test_equal_layouts_of_a_hessian_are_meant(tmp_path: Path) -> None:
    text = exercise("{c: {integer: [2, 9]}}", "{x: vector(n), A: symmetric(n)}", "{c}*x.T @ A @ x", "f wrt x twice")
    assert len(compositions(sheet_of(text, tmp_path), ["1", "2", "3"])) == 3


def test_a_constant_gradient_is_meant_where_the_function_is_linear(tmp_path: Path) -> None:
    text = exercise("{c: {integer: [2, 9]}}", "{x: vector(n), a: vector(n)}", "{c}*a.T @ x")
    assert len(compositions(sheet_of(text, tmp_path), ["1", "2", "3"])) == 3


EDGES = {
    "a vector of one entry": ("{x: vector(1)}", "{c}*x**3", "f wrt x"),
    "a matrix by a matrix": ("{X: 'matrix(m, n)', A: 'matrix(m, m)'}", "{c}*A @ X + X", "f wrt X"),
    "a matrix of one entry": ("{X: 'matrix(1, 1)'}", "{c}*X**2", "f wrt X"),
}


@pytest.mark.parametrize(("variables", "function", "ask"), EDGES.values(), ids=EDGES)
def test_shapes_at_the_edge_are_drawn(variables: str, function: str, ask: str, tmp_path: Path) -> None:
    text = exercise("{c: {integer: [2, 9]}}", variables, function, ask)
    assert len({one.code for one in compositions(sheet_of(text, tmp_path), ["1", "2", "3"])}) == 3


def test_every_variant_is_found_before_one_is_given_twice(tmp_path: Path) -> None:
    text = exercise("{c: {integer: [2, 60]}}", "{x: vector(n)}", "{c}*x.T @ x")
    made = compositions(sheet_of(text, tmp_path), [str(k) for k in range(59)])
    assert sorted(int(dict(one.variants[0].parameters)["c"]) for one in made) == list(range(2, 61))


def test_variants_that_are_frozen_stay_and_others_are_drawn_around_them(tmp_path: Path) -> None:
    sheet = sheet_of(HEAD + QUAD, tmp_path)
    first = compositions(sheet, ["ada", "bea"])
    frozen = read_frozen(frozen_lines(first), "variants.jsonl")
    other = sheet_of((HEAD + QUAD).replace("2026-03", "another seed"), tmp_path)
    again = compositions(other, ["ada", "emmy", "bea"], frozen=frozen)
    assert [one.code for one in again if one.identity != "emmy"] == [one.code for one in first]
    assert parameters(first).items() <= parameters(again).items()
    assert functions(again[1])[0] not in [functions(one)[0] for one in first]


def test_a_frozen_variant_that_the_parameters_no_longer_admit_is_told(tmp_path: Path) -> None:
    first = compositions(sheet_of(HEAD + QUAD, tmp_path), ["ada"])
    frozen = read_frozen(frozen_lines(first), "variants.jsonl")
    other = sheet_of((HEAD + QUAD).replace("[2, 9]", "[30, 40]"), tmp_path)
    with pytest.raises(DerivgenError, match="can no longer be drawn") as told:
        compositions(other, ["ada"], frozen=frozen)
    assert "--redraw" in told.value.faults[0].hint


def test_a_line_of_frozen_variants_that_is_none_is_told_with_its_number() -> None:
    with pytest.raises(DerivgenError) as told:
        read_frozen('\n{"id": "ada"}\n', "variants.jsonl")
    assert told.value.faults[0].span is not None
    assert told.value.faults[0].span.line == 2


def test_a_number_in_an_earlier_function_makes_another_variant(tmp_path: Path) -> None:
    text = exercise("{c: {integer: [2, 9]}}", "{x: vector(n), w: vector(n)}", "tanh(z)").replace(
        "      f:", '      z: "w.T @ x + {c}"\n      f:'
    )
    made = compositions(sheet_of(text, tmp_path), [str(k) for k in range(8)])
    assert len({functions(one)[0] for one in made}) == 8


def test_several_processes_draw_what_one_draws(tmp_path: Path) -> None:
    text = exercise("{c: {integer: [2, 150]}}", "{x: vector(n)}", "{c}*x.T @ x")
    names = [f"s{k}" for k in range(110)]
    one = compositions(sheet_of(text, tmp_path), names)
    several = compositions(sheet_of(text, tmp_path), names, trying=partial(in_order, tried, jobs=2))
    assert parameters(one) == parameters(several)


def test_a_draw_on_symbols_gives_the_functions_and_answers_that_reading_the_filled_text_gives(tmp_path: Path) -> None:
    sheet = sheet_of(HEAD + QUAD + NEURON, tmp_path)
    for one in compositions(sheet, ["1", "2", "3", "4"]):
        for variant, template in zip(one.variants, sheet.items, strict=True):
            assert isinstance(template, Template)
            read = template.exercise(dict(variant.parameters))
            assert [text.value for _, text in read.functions] == [text.value for _, text in variant.exercise.functions]


def test_a_formula_in_the_text_is_printed_like_the_function(tmp_path: Path) -> None:
    text = QUAD.replace("    variables", '    text: "Let $`{s}*{c} * x.T @ A @ x`$ be a form."\n    variables', 1)
    for one in compositions(sheet_of(HEAD + text, tmp_path), ["1", "2", "3", "4"]):
        values = dict(one.variants[0].parameters)
        number = int(values["s"]) * int(values["c"])
        said = one.variants[0].exercise.text
        assert said is not None
        assert said.value == f"Let $`{number}*x.T @ A @ x`$ be a form."


def test_a_layout_that_is_drawn_makes_another_variant(tmp_path: Path) -> None:
    text = exercise(
        "{w: {choice: [numerator, denominator]}}", "{x: vector(n)}", "x.T @ x", "[{derivative: f wrt x, layout: '{w}'}]"
    )
    made = compositions(sheet_of(text, tmp_path), ["1", "2"])
    assert {one.variants[0].exercise.requests[0].layout for one in made} == {"numerator", "denominator"}
