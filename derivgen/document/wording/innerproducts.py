"""Why an inner product with a constant has that constant as its derivative."""

from __future__ import annotations

from derivgen.calculus.records import Step
from derivgen.document.blocks import Text
from derivgen.document.wording.facts import Facts, has
from derivgen.document.wording.linearity import added_terms, without_variable
from derivgen.document.wording.telling import said
from derivgen.expr.build import apply
from derivgen.expr.nodes import Apply, Differential, Expr, Product, Reference, Transpose, Unresolved
from derivgen.expr.walk import nodes_within


def inner_product(facts: Facts, step: Step) -> Text:
    """That each entry of the variable has one of the constant as its factor; where no sum is seen, what is added up."""
    if not has(facts, "constant", "inner"):
        return ()
    inner, constant = _upright(facts["inner"]), _upright(facts["constant"])
    product = _product(constant, inner, step)
    slots = {"inner": inner, "constant": constant} | ({} if product is None else {"product": product})
    if added := added_terms(facts):
        words = _TERMS if product is None else _TERMS_OF_PRODUCT
        return said(words, terms=without_variable(added, inner), **slots)
    return said(_ALONE if product is None else _ALONE_OF_PRODUCT, **slots)


_ALONE = (
    "Each entry of {inner} stands in the sum once, with the matching entry of the constant {constant} as its factor."
)
_TERMS = "Each entry of {inner} stands in the sum once, with the matching entry of the constant {constant} as its factor; {terms}."
_ALONE_OF_PRODUCT = "{product} adds up the products of matching entries, so each entry of {inner} has the matching entry of the constant {constant} as its factor."
_TERMS_OF_PRODUCT = "{product} adds up products of matching entries, so each entry of {inner} has that of {constant} as its factor; {terms}."


def _product(constant: Expr, inner: Expr, step: Step) -> Expr | None:
    """The product of a row and a column that is differentiated; None where the line has a sum of entries."""
    of = step.before.of if isinstance(step.before, Differential | Unresolved) else step.before
    seen = tuple(nodes_within(of.body if isinstance(of, Reference) else of))
    if constant.shape != inner.shape or any(isinstance(one, Apply) and one.function == "sum" for one in seen):
        return None
    after = constant.factors if isinstance(constant, Product) else (constant,)
    is_first = apply("dot", inner, constant) in seen or any(_arrays(one) == (Transpose(inner), *after) for one in seen)
    left, right = (inner, constant) if is_first else (constant, inner)
    return Product((Transpose(left), right))


def _arrays(expr: Expr) -> tuple[Expr, ...]:
    return tuple(part for part in expr.factors if not part.is_scalar) if isinstance(expr, Product) else ()


def _upright(expr: Expr) -> Expr:
    return expr.argument if isinstance(expr, Transpose) else expr
