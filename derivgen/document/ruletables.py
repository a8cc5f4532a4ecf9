"""The rule catalogue as a table: all of it, or one group of rules."""

from __future__ import annotations

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.records import Rule
from derivgen.document.blocks import Table

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


def rules_table(group: str = "") -> Table:
    """Name, reason, condition and source of each rule, or of those of one group."""
    rows = tuple(
        ((rule.name,), (rule.explanation,), (rule.condition or "none",), (rule.source,))
        for rule in RULES.values()
        if not group or group_of(rule) == group
    )
    return Table((("rule",), ("why",), ("condition",), ("source",)), rows, row_heads=True)
