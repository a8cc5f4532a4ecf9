"""The sentences of why of the rules for traces, inverses, determinants, vec and Kronecker products."""

from __future__ import annotations

from derivgen.calculus.records import Step
from derivgen.document.blocks import Text
from derivgen.document.wording.facts import Facts, Sentence, changed, flat_change
from derivgen.document.wording.telling import filled, said
from derivgen.expr.build import apply, eye, zeros
from derivgen.expr.nodes import Apply, Differential, Expr, Product, Reference, Sum, Transpose, Variable
from derivgen.expr.walk import contains, parts


def change_in(expr: Expr) -> Expr:
    """The first dX that occurs, or the expression itself."""
    if isinstance(expr, Differential):
        return expr
    found = (change_in(part) for part in parts(expr))
    return next((inner for inner in found if isinstance(inner, Differential)), expr)


def _rotate(facts: Facts, step: Step) -> Text:
    d = change_in(facts.get("inner", step.after))
    return said("What stands behind {d} moves to the front; the order round the circle stays the same.", d=d)


def _turn(facts: Facts, step: Step) -> Text:
    if "twin" in facts:
        return said(
            "The trace of a sum is the sum of the traces, here of a matrix and of its transpose: both are equal."
        )
    d = change_in(facts.get("inner", step.after))
    return said("Transposing keeps the diagonal, so the product may be reversed and {d} loses its transpose.", d=d)


def _inverse(facts: Facts, step: Step) -> Text:
    inner = facts.get("inner")
    if inner is None:
        return ()
    inverse = apply("inv", inner)
    factors = inner.factors if isinstance(inner, Product) else (inner,)
    changes = Sum((Product((Differential(inner), inverse)), Product((*factors, Differential(inverse)))))
    return said(
        "The product of {inner} and its inverse stays {eye}, so {changes} = {zero}; solve for {change}.",
        inner=inner,
        eye=eye(inner.shape.rows),
        changes=changes,
        zero=zeros(inner.shape),
        change=Differential(inverse),
    )


def _determinant(facts: Facts, step: Step) -> Text:
    inner = facts.get("inner")
    return (
        ()
        if inner is None
        else said(
            "The derivative of {determinant} with respect to an entry is the cofactor of that entry; the cofactors over {determinant} are the entries of {inverse}.",
            inner=inner,
            determinant=apply("det", inner),
            inverse=Transpose(apply("inv", inner)),
        )
    )


def _log_determinant(facts: Facts, step: Step) -> Text:
    inner = facts.get("inner")
    if inner is None:
        return ()
    determinant = apply("det", inner)
    formula = Product((determinant, apply("tr", Product((apply("inv", inner), Differential(inner))))))
    return said(
        "This is Jacobi's formula, {change} = {formula}, divided by {determinant}.",
        change=Differential(determinant),
        formula=formula,
        determinant=determinant,
    )


def _power(facts: Facts, step: Step) -> Text:
    inner = facts.get("inner")
    if inner is None:
        return ()
    if "exponent" in facts:
        return filled(
            facts, "Each of the {exponent} factors changes in turn, and within a trace all these terms are equal."
        )
    return said("Each factor {inner} changes in turn, in its place; the order stays.", inner=inner)


def _norm(facts: Facts, step: Step) -> Text:
    inner = facts.get("inner")
    return (
        ()
        if inner is None
        else said(
            "The squared norm adds up the squares of all entries of {inner}; each square gives a factor 2.", inner=inner
        )
    )


def _trace(facts: Facts, step: Step) -> Text:
    if step.subgoal == "gather":
        return said("The trace of a sum is the sum of the traces.")
    if "inner" not in facts:
        return ()
    if contains(step.after, _is_to_be_found):
        return filled(facts, "The trace of {inner} is a sum of entries, so d passes through it.")
    return filled(facts, "The trace of {inner} is a sum of entries: d passes through it, past what is constant.")


def _is_to_be_found(part: Expr) -> bool:
    return isinstance(part, Differential) and not isinstance(part.of, Variable | Reference)


def _vec_product(facts: Facts, step: Step) -> Text:
    d = change_in(facts.get("inner", step.after))
    return said("The factor behind {d} mixes its columns, the factor before it mixes its rows.", d=d)


def _commutation(facts: Facts, step: Step) -> Text:
    inner = facts.get("inner")
    if inner is None:
        return ()
    slots: dict[str, Expr] = {"transposed": Transpose(inner), "inner": inner}
    if contains(step.after, lambda part: isinstance(part, Apply) and part.function == "commutation"):
        return said(
            "{transposed} has the same entries as {inner} in another order, and this matrix reorders them.", **slots
        )
    # Beside a row or a column it is no matrix of its own: the two factors of the Kronecker product change places.
    return said(
        "{transposed} has the same entries as {inner} in another order, so the factors in front of them change places.",
        **slots,
    )


def _identify_trace(facts: Facts, step: Step) -> Text:
    if "variable" not in facts:
        return ()
    return said(
        "The line holds for every {change}, so in numerator layout the derivative of {of} is the factor in front of {change} inside the trace.",
        of=changed(facts),
        change=Differential(facts["variable"]),
    )


def _identify_vec(facts: Facts, step: Step) -> Text:
    if "variable" not in facts:
        return ()
    return said(
        "Both sides are flattened; the derivative of {of} is the matrix in front of {flat}.",
        of=changed(facts),
        flat=flat_change(facts["variable"]),
    )


def _symmetric(facts: Facts, step: Step) -> Text:
    if "variable" not in facts:
        return ()
    x = facts["variable"]
    return said("{x} is symmetric, and so is its change: only the symmetric part of what stands there counts.", x=x)


def _rewrite(facts: Facts, step: Step) -> Text:
    if "total" in facts:
        return filled(
            facts,
            "The logarithm cancels the exponential; what normalises is the same for every entry, and {total} is 1.",
        )
    if "logarithm" in facts:
        return said("The logarithm cancels the exponential, and what normalises is the same for every entry.")
    return said("Both sides have the same value, and the right one has the simpler derivative.")


def _assumed(facts: Facts, step: Step) -> Text:
    match facts.get("inner"):
        case Apply(function="sum", arguments=(Variable(),)) as total:
            return said("The entries of {vector} add up to {value}.", vector=total.arguments[0], value=facts["value"])
        case _:
            return filled(facts, "{inner} is assumed to be {value}.")


MATRIX_REASONS: dict[str, Sentence] = {
    "trace-scalar": "The product {inner} is a number, and a number is its own trace.",
    "trace-cyclic": _rotate,
    "trace-transpose": _turn,
    "trace-hadamard": "Both sides add up the same products of entries; {constant} may stand, transposed, with the other factor.",
    "trace-vec": "The trace of a product adds up products of entries, and so does an inner product of columns.",
    "trace-diag": "Off the diagonal one of the two factors is zero, so only diagonal entries meet.",
    "trace-kron": "The diagonal of the Kronecker product holds every product of two diagonal entries.",
    "d-trace": _trace,
    "d-inverse": _inverse,
    "d-det": _determinant,
    "d-logdet": _log_determinant,
    "d-power": _power,
    "d-norm": _norm,
    "vec-product": _vec_product,
    "commutation": _commutation,
    "vec-hadamard": "Every entry of the change is scaled by its own factor, so the matrix is diagonal.",
    "identify-scalar-matrix": _identify_trace,
    "identify-vec": _identify_vec,
    "symmetric-variable": _symmetric,
    "assumption": _assumed,
    "rewrite": _rewrite,
}
