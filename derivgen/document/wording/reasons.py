"""The sentence of why of a step: a template for each rule, filled with this page's symbols.

A reason has at most 25 words and says what the line itself does not.
"""

from __future__ import annotations

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.layouts import in_denominator
from derivgen.calculus.records import Step
from derivgen.calculus.simplify import tidy
from derivgen.document.blocks import Phrase, Text
from derivgen.document.wording.arrayreasons import ARRAY_REASONS, before_change
from derivgen.document.wording.chainreasons import CHAIN_REASONS, along_paths, held_fixed
from derivgen.document.wording.denominatorreasons import DENOMINATOR_REASONS, SYMMETRIC_REASONS
from derivgen.document.wording.facts import INDEX, Facts, Sentence, changed, has
from derivgen.document.wording.indexreasons import INDEX_REASONS
from derivgen.document.wording.innerproducts import inner_product
from derivgen.document.wording.length import MOST_WORDS, words_in
from derivgen.document.wording.linearity import (
    added_terms,
    adds_changes,
    arrays_of,
    constant_terms,
    past_a_number,
    past_a_trace,
    unsigned,
    without_variable,
)
from derivgen.document.wording.matrixreasons import MATRIX_REASONS, change_in
from derivgen.document.wording.partialreasons import PARTIAL_REASONS
from derivgen.document.wording.telling import filled, said
from derivgen.document.wording.ways import matrix_form
from derivgen.expr.build import ONE_NUMBER, apply
from derivgen.expr.nodes import (
    Apply,
    Constant,
    Differential,
    Expr,
    Power,
    Product,
    SizeNumber,
    Transpose,
    Unresolved,
)
from derivgen.expr.walk import nodes_within
from derivgen.problem.problem import LayoutName


def why(step: Step, *, layout: LayoutName = "numerator") -> Text:
    """The sentence of why, with this step's symbols where the rule has a template; two where two rules were merged, if they are short.

    `layout` is that in which the lines stand: a line without a sign of it has a symmetric left side.
    """
    if len(step.parts) > 1 and step.rule == step.parts[0].rule and step.parts[-1].identifies is None:
        first, last = step.parts[0], step.parts[-1]
        if first.rule == last.rule:
            return why(first)
        general = [said(RULES[last.rule].explanation)] if last.rule in _TABLE_RULES else []
        both = ((*why(first), " ", *then) for then in (why(last, layout=layout), *general))
        return next((words for words in both if words_in(words) <= MOST_WORDS), why(first))
    made = next((words for table in _tables(step, layout) if (words := _sentence(table.get(step.rule, ""), step))), ())
    return (*(made or said(RULES[step.rule].explanation)), *held_fixed(step))


def _sentence(chosen: Sentence, step: Step) -> Text:
    if isinstance(chosen, str):
        return filled(step.facts, chosen) if chosen else ()
    return chosen(step.facts, step)


def _tables(step: Step, layout: LayoutName) -> tuple[dict[str, Sentence], ...]:
    """Where the sentence is sought: in denominator layout first among those that speak of it."""
    if in_denominator(step.left):
        return DENOMINATOR_REASONS, _REASONS
    return (SYMMETRIC_REASONS, _REASONS) if layout == "denominator" else (_REASONS,)


def _constant_multiple(facts: Facts, step: Step) -> Text:
    if "array" in facts:
        return filled(facts, "Of {inner} only the entry of {array} changes; the rest moves in front of the derivative.")
    if not has(facts, "constant", "variable"):
        return ()
    is_whole = "variable" in step.also and step.rule == "constant-multiple"
    if facts.get("second") == facts["constant"]:
        return filled(facts, _DIVISOR_OF_VARIABLE if is_whole else _DIVISOR)
    return filled(facts, _FACTOR_OF_VARIABLE if is_whole else _FACTOR)


_FACTOR = "The factor {constant} does not contain {variable}, so it moves in front of the derivative."
_FACTOR_OF_VARIABLE = (
    "The factor {constant} does not contain {variable}, and {variable} changes at the same rate as itself."
)
_DIVISOR = "The divisor {constant} does not contain {variable}, so the derivative of the numerator is divided by it."
_DIVISOR_OF_VARIABLE = (
    "The divisor {constant} does not contain {variable}, and {variable} changes at the same rate as itself."
)


def _sum(facts: Facts, step: Step) -> Text:
    if has(facts, "constant", "variable"):
        return filled(facts, "Differentiate term by term; {constant} does not contain {variable}, so it contributes 0.")
    if "of" in facts and step.before == step.left:
        if step.rule == "difference":
            return filled(facts, "{of} is differentiated term by term, and each term keeps its sign.")
        return filled(facts, "{of} is a sum, so its derivative is the sum of the derivatives, one for each term.")
    return said("The derivative of a sum is the sum of the derivatives, one for each term.")


def _constant(facts: Facts, step: Step) -> Text:
    if "constant" in facts and not isinstance(step.left, Unresolved):
        constant = unsigned(facts["constant"])
        return said(
            "{constant} is constant, so its change {change} is 0.", constant=constant, change=_change_of(constant)
        )
    if not has(facts, "variable"):
        return ()
    named = facts.get("of", facts.get("constant"))
    return (
        said(
            "{named} does not contain {variable}, so it does not change with it.",
            named=named,
            variable=facts["variable"],
        )
        if named is not None
        else ()
    )


def _change_of(constant: Expr) -> Expr:
    return Differential(_without_transpose(constant))


def _linear(facts: Facts, step: Step) -> Text:
    if step.subgoal == "gather":
        return said("Stacking columns is linear: vec of a sum is the sum of the vecs.")
    if isinstance(facts.get("constant"), Constant | SizeNumber) and "d-constant" not in step.also:
        return past_a_number(step)
    return (*_linear_terms(facts, step), *past_a_trace(step))


def _linear_terms(facts: Facts, step: Step) -> Text:
    if "constant" in facts and "d-constant" in step.also:
        constants = added_terms(facts) or [facts["constant"]]
        return said("Each term changes by itself; {terms}.", terms=constant_terms(*constants))
    if "constant" in facts and len(arrays_of(step.before)) > 2 and "inner" in facts:
        return filled(facts, "Only {inner} changes; the factors around it are constant and stay in their places.")
    if "constant" in facts:
        return filled(facts, "{constant} is constant, so it stays in its place and only the other factor changes.")
    return said("Each term changes by itself, and the changes add up.")


def _is_negative(expr: Expr) -> bool:
    return isinstance(expr, Product) and isinstance(expr.factors[0], Constant) and expr.factors[0].value < 0


def _linear_map(facts: Facts, step: Step) -> Text:
    if not has(facts, "constant", "inner"):
        return ()
    added = added_terms(facts)
    if step.subgoal == "local" and added:
        return said(
            "{inner} enters linearly, with the constant {constant} as its factor; {terms}.",
            inner=facts["inner"],
            constant=facts["constant"],
            terms=without_variable(added, facts["inner"]),
        )
    if step.subgoal == "local":
        return filled(facts, "{inner} enters linearly, with the constant {constant} as its factor.")
    if added:
        return said(
            "{terms}; in {product} only {inner} changes.",
            terms=constant_terms(*added),
            product=tidy(Product((facts["constant"], facts["inner"]))),
            inner=facts["inner"],
        )
    return said(
        "{constant} is constant: a change {change} of {inner} is multiplied by it.",
        constant=facts["constant"],
        change=Differential(facts["inner"]),
        inner=facts["inner"],
    )


def _d_product(facts: Facts, step: Step) -> Text:
    if not has(facts, "first", "second"):
        return ()
    first, second = (_without_transpose(facts[key]) for key in ("first", "second"))
    stays: Text = filled(facts, "; {constant} does not change") if "constant" in facts else ()
    if first == second:
        if _is_doubled(facts, step):
            return said("{first} occurs twice; both places change by the same number, hence a factor 2.", first=first)
        return said(
            "{first} occurs twice, so it changes in two places, one at a time{stays}.", first=first, stays=stays
        )
    return said("One factor changes at a time, each in its place{stays}.", stays=stays)


def _is_doubled(facts: Facts, step: Step) -> bool:
    """Whether the line has x^T dx + (dx)^T x as twice the one number."""
    rows = isinstance(facts["first"], Transpose) and facts.get("constant", ONE_NUMBER).is_scalar
    last = Differential(_without_transpose(facts["first"]))
    products = (node for node in nodes_within(step.after) if isinstance(node, Product))
    return rows and not any(node.factors[-1] == last for node in products)


def _without_transpose(expr: Expr) -> Expr:
    return expr.argument if isinstance(expr, Transpose) else expr


def _hadamard(facts: Facts, step: Step) -> Text:
    if "constant" in facts:
        return filled(facts, "In every entry the constant entry of {constant} is a factor of the change.")
    return said("The product rule holds in every entry.")


def _elementwise(facts: Facts, step: Step) -> Text:
    if "inner" not in facts:
        return filled(facts, "Entry by entry it is a fraction with an entry of {second} below the stroke.")
    return said(
        "Entry {index} of {result} sees entry {index} of {inner} only, so the scalar rule holds in every entry.",
        index=INDEX,
        result=_elementwise_result(facts, step),
        inner=facts["inner"],
    )


def _elementwise_result(facts: Facts, step: Step) -> Text:
    """What acts entry by entry: by its name, or as a call."""
    match step.left:
        case Differential(of=of) if step.before == step.left:
            return (of,)
        case _:
            return (facts["function"],) if "function" in facts else said("the result")


def _scalar_transpose(facts: Facts, step: Step) -> Text:
    inner = facts.get("inner")
    if inner is None:
        return ()
    return said(
        "The term is a number, so transposing it changes nothing but moves {change} to the right end.",
        change=change_in(inner),
    )


def _collect(facts: Facts, step: Step) -> Text:
    if step.subgoal == "combine" and "variable" not in facts:
        if not isinstance(step.after, Transpose):
            return ()
        return said("All terms are transposes: {inner} is formed first and transposed once.", inner=step.after.argument)
    if "variable" in facts:
        end: Expr = Differential(facts["variable"])
        if isinstance(step.left, Apply) and step.left.function == "vec" and not end.shape.is_column:
            end = apply("vec", end)
        if adds_changes(step.before, end) or not step.after.is_scalar:
            return said("Every term now ends in {end}, so what stands before it can be added up.", end=end)
        return before_change(end)
    return said("What stands before the change is gathered in one bracket.")


def _difference(facts: Facts, step: Step) -> Text:
    if "added" in facts and not facts["inner"].is_scalar:
        if _is_negative(step.after):
            return filled(facts, "{added} is constant; {inner} enters with a minus sign, each entry by itself.")
        return filled(facts, "{added} is constant; {inner} enters with a plus sign, each entry by itself.")
    return _sum(facts, step)


_RATES = "First the outer function at {inner}, then the change of {inner} itself; rates multiply."


def _single_chain(facts: Facts, step: Step) -> Text:
    return along_paths(facts, step) if step.subgoal == "combine" else filled(facts, _RATES)


def _identify(facts: Facts, step: Step) -> Text:
    if "variable" not in facts:
        return ()
    variable = facts["variable"]
    if variable.is_scalar:
        return said(
            "The derivative of {of} is the factor of {change}.", of=changed(facts), change=Differential(variable)
        )
    return said(
        "The derivative of {of} is whatever multiplies {change} from the left.",
        of=changed(facts),
        change=Differential(variable),
    )


def _power(facts: Facts, step: Step) -> Text:
    if not has(facts, "inner", "exponent"):
        return ()
    return said(
        "In {power} the exponent {exponent} comes down as a factor and drops by one.",
        power=Power(facts["inner"], facts["exponent"]),
        exponent=facts["exponent"],
    )


def _norm(facts: Facts, step: Step) -> Text:
    if "inner" not in facts:
        return ()
    if facts["inner"].shape.is_column:
        return filled(facts, "The unit vector along {inner}: moving outwards lengthens at rate one.")
    return filled(facts, "The matrix {inner} over its norm: growing along itself it lengthens at rate one.")


def _table_entry(facts: Facts, step: Step) -> Text:
    if "function" not in facts or "inner" not in facts:
        return ()
    if RULES[step.rule].explanation == "The derivative is an entry of the table.":
        return filled(facts, "The derivative of {function} is an entry of the table of derivatives.")
    # The general sentence without its full stop: it goes on.
    general = Phrase(RULES[step.rule].explanation.removesuffix("."))
    return said("{general}, here at {inner}.", general=general, inner=facts["inner"])


def _intermediate(facts: Facts, step: Step) -> Text:
    if "of" in facts and not facts["of"].is_scalar:
        return said(
            "The second derivative is the Jacobian of the first one in numerator layout, here called {left}.",
            left=step.left,
        )
    return said("Write the gradient as a column, here called {left}; the Hessian is its Jacobian.", left=step.left)


_TABLE_RULES = (
    "elementary-exp-log",
    "elementary-sqrt",
    "elementary-trig",
    "elementary-hyp",
    "elementary-inverse-trig",
    "elementary-sigmoid",
    "elementary-softplus",
    "abs",
    "sign",
)


_REASONS: dict[str, Sentence] = {
    "constant": _constant,
    "variable": "{variable} changes at the same rate as itself.",
    "constant-multiple": _constant_multiple,
    "sum": _sum,
    "difference": _difference,
    "product": "First {first} changes while {second} stays, then the other way round.",
    "quotient": "Both may change: {first} above and {second} below the stroke.",
    "power": _power,
    "norm": _norm,
    "chain": _single_chain,
    "relu": "Where {inner} is below 0 the output is the constant 0; above 0 it is {inner} itself.",
    "identity": "The function is its variable, so both change alike.",
    "linear-map": _linear_map,
    "inner-product": inner_product,
    "scalar-expansion": "The scalar is added to every entry, so it stands for a vector of copies.",
    "d-constant": _constant,
    "d-linear": _linear,
    "d-product": _d_product,
    "d-hadamard": _hadamard,
    "d-elementwise": _elementwise,
    "scalar-transpose": _scalar_transpose,
    "collect": _collect,
    "identify-scalar": _identify,
    "identify-scalar-vector": _identify,
    "identify-vector-vector": _identify,
    "introduce-intermediate": _intermediate,
    "d-sum": "The change of a sum is the sum of the changes of {inner}.",
    "components": "An array is its entries; written out, each is an ordinary scalar expression.",
    "d-chain": "Only through its variables does {inner} change.",
    "matrix-form": matrix_form,
    **ARRAY_REASONS,
    **CHAIN_REASONS,
    **INDEX_REASONS,
    **PARTIAL_REASONS,
    **MATRIX_REASONS,
    **dict.fromkeys(_TABLE_RULES, _table_entry),
}
