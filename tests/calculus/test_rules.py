"""The catalogue of rules: every statement is true by number, and every id that the code uses has a record."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.checks import difference
from derivgen.calculus.equations import equations, scope_of
from derivgen.calculus.floats import FLOATS
from derivgen.calculus.indexform import summed
from derivgen.calculus.numbers import Values
from derivgen.calculus.points import Ground, draw
from derivgen.calculus.records import Rule
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import Expr, Variable
from derivgen.expr.walk import free_indices
from derivgen.problem.problem import Condition
from derivgen.syntax.parse import parse_condition

CALCULUS = Path(__file__).parents[2] / "derivgen" / "calculus"
STATEMENTS = [
    pytest.param(rule, sides, id=f"{rule.id}-{k}") for rule in RULES.values() for k, sides in enumerate(equations(rule))
]


def conditions_of(rule: Rule) -> tuple[Condition, ...]:
    """Those conditions of a rule that are written in the language; the others are words."""
    if not rule.condition or any(word in rule.condition for word in ("constant", "contain", "path", "component ")):
        return ()
    try:
        return (Condition(*parse_condition(rule.condition.rpartition(": ")[2], scope_of(rule))),)
    except Exception:  # words, such as "numerator layout"
        return ()


@pytest.mark.parametrize(("rule", "sides"), STATEMENTS)
def test_both_sides_of_a_statement_have_one_shape(rule: Rule, sides: tuple[Expr, Expr]) -> None:
    left, right = sides
    assert left.shape == right.shape, rule.id


@pytest.mark.parametrize(("rule", "sides"), STATEMENTS)
def test_both_sides_of_a_statement_agree_at_random_points(rule: Rule, sides: tuple[Expr, Expr]) -> None:
    left, right = sides
    names = tuple(name.name for name in scope_of(rule).names.values() if isinstance(name, Variable))
    letters = tuple(dict.fromkeys(index for side in (left, right) for index in free_indices(side)))
    # A side with free letters has a value for each of their numbers; their sum has one.
    closed = tuple(summed(letters, side) for side in (left, right))
    ground = Ground(closed, conditions_of(rule), names)
    points = draw(ground, f"{rule.id}: {left}")
    if ground.size_names:
        assert len({tuple(point.sizes.values()) for point in points}) >= 2, "one assignment of sizes hides a transpose"
    places = tuple(Values(point, FLOATS) for point in points)
    for letter in letters:
        places = tuple(one for values in places for one in values.counting(letter))
    for values in places:
        assert difference(values.of(left), values.of(right)) < 1e-10


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_has_a_name_a_short_explanation_and_a_source(rule: Rule) -> None:
    assert rule.name
    assert rule.source
    assert 1 <= len(rule.explanation.split()) <= 25


def literals(node: ast.expr) -> list[str]:
    """The strings that an expression may come to."""
    match node:
        case ast.Constant(value=str(value)):
            return [value] if value else []
        case ast.IfExp(body=body, orelse=orelse):
            return literals(body) + literals(orelse)
        case ast.Tuple(elts=elements):
            return [text for element in elements for text in literals(element)]
        case ast.Starred(value=value):
            return literals(value)
        case ast.Call(func=ast.Name(id="_named"), args=[_, *names]):
            return [text for name in names for text in literals(name)]
        case _:
            return []


# Where a rule's id stands among the arguments of the calls that name one, counted from 0.
PLACES = {"Rewrite": (1, 2), "Move": (1,), "line": (0,), "_through": (4,)}


def emitted() -> dict[str, str]:
    """Every rule id that stands as a literal in the calculus, with the place."""
    found: dict[str, str] = {}
    for path in sorted(CALCULUS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            places: list[ast.expr] = []
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                places += [node.args[k] for k in PLACES.get(called, ()) if k < len(node.args)]
                places += [word.value for word in node.keywords if word.arg in ("also", "rule") and called in PLACES]
            if isinstance(node, ast.FunctionDef) and node.name == "_identification":
                places += [r.value for r in ast.walk(node) if isinstance(r, ast.Return) and r.value is not None]
            if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "used":
                places.append(node.slice)
            found |= {text: f"{path.name}:{node.lineno}" for place in places for text in literals(place)}  # type: ignore[attr-defined]  # places come from nodes with lines
    return found


def test_the_scan_for_rule_ids_sees_them() -> None:
    assert {"product", "d-product", "sum-reduction", "gradient", "identify-scalar-vector", "variable"} <= set(emitted())


def test_every_rule_id_that_the_calculus_names_is_in_the_catalogue() -> None:
    assert {name: place for name, place in emitted().items() if name not in RULES} == {}


def test_every_function_goes_by_a_rule_of_the_catalogue() -> None:
    assert {record.name: record.rule for record in FUNCTIONS.values() if record.rule not in RULES} == {}
