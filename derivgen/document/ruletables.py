"""The rule catalogue on a page: all of it, one group of rules, or the rules that are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.equations import equations, scope_of
from derivgen.calculus.records import Rule
from derivgen.document.blocks import Block, Equation, Heading, Line, Paragraph, Phrase, Table, Text
from derivgen.document.wording.conditions import condition_words
from derivgen.document.wording.telling import joined, said
from derivgen.errors import DerivgenError
from derivgen.expr.nodes import Expr
from derivgen.printing.boxes import Box, Operator, beside
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.printing.present import present
from derivgen.problem.problem import Condition
from derivgen.syntax.conditions import parse_condition

RULE_HEAD: Text = (Phrase("rule"),)
# The sign as a formula, which has words, with room to break the line on both sides.
EQUALS: Text = (" ", Operator("=", "relation"), " ")
STATEMENT_HEAD: Text = (Phrase("in general"),)

GROUPS = ("scalar", "partial", "vector", "differential", "algebra", "identification")
# What no name below and no beginning of an id tells apart is algebra between derivative rules.
_MEMBERS = {
    "scalar": (
        "constant variable constant-multiple sum difference product quotient power exponential-base general-power "
        "chain elementary-exp-log elementary-sqrt elementary-trig elementary-hyp elementary-inverse-trig "
        "elementary-sigmoid elementary-softplus abs sign relu max-min cases introduce-intermediate"
    ),
    "partial": (
        "hold-constant components kronecker-delta derivative-inside-sum gradient jacobian hessian total-derivative"
    ),
    "vector": (
        "identity linear-map inner-product inner-product-rule scalar-times-vector hadamard-rule elementwise-unary "
        "elementwise-binary scalar-expansion sum-reduction mean prod norm-squared norm norm1 logsumexp softmax "
        "vector-chain vector-chain-den total-vector-chain"
    ),
    "identification": "transpose-layout symmetric-variable",
}
_GROUP_OF = {rule: group for group, rules in _MEMBERS.items() for rule in rules.split()}
_BEGINNINGS = {"d-": "differential", "identify-": "identification"}


def group_of(rule: Rule) -> str:
    """The group that a rule belongs to."""
    begun = (group for beginning, group in _BEGINNINGS.items() if rule.id.startswith(beginning))
    return _GROUP_OF.get(rule.id) or next(begun, "algebra")


def rules_of(names: str) -> tuple[Rule, ...] | str:
    """The rules of a group, of a list of ids, or all of them; the first id that does not exist."""
    if not names:
        return tuple(RULES.values())
    if names in GROUPS:
        return tuple(rule for rule in RULES.values() if group_of(rule) == names)
    ids = [name.strip() for name in names.split(",")]
    unknown = next((name for name in ids if name not in RULES), None)
    return tuple(RULES[name] for name in ids) if unknown is None else unknown


def catalogue(rules: Iterable[Rule], notation: Notation = DEFAULT) -> tuple[Block, ...]:
    """Each rule under its name: its statement, why it holds, when, and where it is written."""
    return tuple(
        block for rule in rules for block in (Heading(3, (rule.name,), f"rule-{rule.id}"), *described(rule, notation))
    )


def described(rule: Rule, notation: Notation = DEFAULT) -> Iterator[Block]:
    """The statement of a rule, its reason, its condition and its source."""
    for equation in equations(rule):
        yield Equation(_box(rule, equation, notation))
    reason = said("{why} Source: {source}.", why=rule.explanation, source=rule.source)
    holds = (" ", *said("Holds when {condition}.", condition=_condition(rule))) if rule.condition else ()
    yield Paragraph((*reason, *holds))


def rules_table(rules: Iterable[Rule], notation: Notation = DEFAULT) -> Table:
    """Names and statements of rules, for a first look."""
    rows = tuple(
        ((rule.name,), joined([_sides(rule, equation, notation) for equation in equations(rule)], "; "))
        for rule in rules
    )
    return Table((RULE_HEAD, STATEMENT_HEAD), rows, row_heads=True)


def _box(rule: Rule, sides: tuple[Expr, Expr], notation: Notation) -> Line | Box:
    """An equation as it is displayed; a page that has one variable, a scalar, writes d for its derivatives."""
    left, right = sides
    if not _is_ordinary(rule):
        return Line(left, (right,))
    shown = replace(notation, ordinary=True)
    return beside(present(left, shown), Operator("=", "relation"), present(right, shown))


def _sides(rule: Rule, sides: tuple[Expr, Expr], notation: Notation) -> Text:
    """An equation within a cell, which may be broken at its sign."""
    shown = replace(notation, ordinary=_is_ordinary(rule))
    return present(sides[0], shown), *EQUALS, present(sides[1], shown)


def _is_ordinary(rule: Rule) -> bool:
    """Whether the rule is one for functions of a single scalar."""
    return group_of(rule) == "scalar"


def _condition(rule: Rule) -> Text:
    """The condition as a formula where it is written in the language, else in words."""
    which, colon, condition = rule.condition.rpartition(": ")
    try:
        words = condition_words(Condition(*parse_condition(condition, scope_of(rule))))
    except DerivgenError:
        return (rule.condition,)
    formula = tuple(each for piece in words for each in (EQUALS if piece == " = " else (piece,)))
    return (f"{which}{colon}", *formula) if which else formula
