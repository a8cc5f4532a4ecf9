"""The sentence of why of a step: a template for each rule, filled with this page's symbols.

A reason has at most 25 words and says what the line itself does not.
"""

from __future__ import annotations

from derivgen.calculus.catalogue import RULES
from derivgen.calculus.layouts import in_denominator
from derivgen.calculus.records import Step
from derivgen.document.blocks import Text
from derivgen.document.wording.chainreasons import CHAIN_REASONS, along_paths, held_fixed
from derivgen.document.wording.denominatorreasons import DENOMINATOR_REASONS
from derivgen.document.wording.facts import INDEX, OTHER, Facts, Sentence, has
from derivgen.document.wording.indexreasons import INDEX_REASONS, every_entry
from derivgen.document.wording.length import MOST_WORDS, words_in
from derivgen.document.wording.matrixreasons import MATRIX_REASONS, change_in
from derivgen.document.wording.names import in_a_sentence
from derivgen.expr.build import ZERO_NUMBER, apply
from derivgen.expr.nodes import (
    Apply,
    Component,
    Constant,
    Differential,
    Expr,
    Product,
    SizeNumber,
    Stack,
    Sum,
    Transpose,
    Unresolved,
)


def why(step: Step) -> Text:
    """The sentence of why, with this step's symbols where the rule has a template; two where two rules were merged, if they are short."""
    if len(step.parts) > 1 and step.rule == step.parts[0].rule and step.parts[-1].identifies is None:
        first, last = step.parts[0], step.parts[-1]
        both = why(first) if first.rule == last.rule else (*why(first), " ", *why(last))
        return both if words_in(both) <= MOST_WORDS else why(first)
    templates = (table.get(step.rule) for table in _tables(step))
    made = next((words for template in templates if template and (words := template(step.facts, step))), None)
    return (*(made or (RULES[step.rule].explanation,)), *held_fixed(step))


def _tables(step: Step) -> tuple[dict[str, Sentence], ...]:
    """Where the sentence is sought: in denominator layout first among those that speak of it."""
    return (DENOMINATOR_REASONS, _REASONS) if in_denominator(step.left) else (_REASONS,)


def _constant_multiple(facts: Facts, step: Step) -> Text:
    if not has(facts, "constant", "variable"):
        return ()
    if "variable" in step.also and step.rule == "constant-multiple":
        return ("The factor ", facts["constant"], " does not contain ", facts["variable"], ", and ", facts["variable"],
                " changes at the same rate as itself.")  # fmt: skip
    return ("The factor ", facts["constant"], " does not contain ", facts["variable"], ", so it moves in front of the derivative.")  # fmt: skip


def _power(facts: Facts, step: Step) -> Text:
    return (
        ("The exponent ", facts["exponent"], " comes down as a factor and drops by one.")
        if has(facts, "exponent")
        else ()
    )


def _sum(facts: Facts, step: Step) -> Text:
    if has(facts, "constant", "variable"):
        return (
            "Differentiate term by term; ",
            facts["constant"],
            " does not contain ",
            facts["variable"],
            ", so it contributes 0.",
        )
    return ("The derivative of a sum is the sum of the derivatives, one for each term.",)


def _constant(facts: Facts, step: Step) -> Text:
    if not has(facts, "variable"):
        return ()
    named = facts.get("of", facts.get("constant"))
    return (
        (named, " does not contain ", facts["variable"], ", so it does not change with it.")
        if named is not None
        else ()
    )


def _variable(facts: Facts, step: Step) -> Text:
    return (facts["variable"], " changes at the same rate as itself.") if "variable" in facts else ()


def _chain(facts: Facts, step: Step) -> Text:
    if not has(facts, "inner"):
        return ()
    return (
        "First the outer function at ",
        facts["inner"],
        ", then the change of ",
        facts["inner"],
        " itself; rates multiply.",
    )


def _product(facts: Facts, step: Step) -> Text:
    if not has(facts, "first", "second"):
        return ()
    return ("First ", facts["first"], " changes while ", facts["second"], " stays, then the other way round.")


def _quotient(facts: Facts, step: Step) -> Text:
    return (
        ("Both may change: ", facts["first"], " above and ", facts["second"], " below the stroke.")
        if has(facts, "first")
        else ()
    )


def _linear(facts: Facts, step: Step) -> Text:
    if step.subgoal == "gather":
        return ("Stacking columns is linear: vec of a sum is the sum of the vecs.",)
    if "constant" in facts and "d-constant" in step.also:
        return ("Each term changes by itself; ", *_constant_terms(facts["constant"]), ".")
    if isinstance(facts.get("constant"), Constant | SizeNumber):
        return ("A constant factor stays in front of d, and the change of a sum is the sum of the changes.",)
    if "constant" in facts:
        return (facts["constant"], " is constant, so it stays in its place and only the other factor changes.")
    return ("Each term changes by itself, and the changes add up.",)


def _constant_terms(*constants: Expr) -> Text:
    """What is constant in a sum and drops out: without the sign in front of a single term."""
    words: Text = ()
    for k, constant in enumerate(constants):
        words = (*words, *([" and " if k == len(constants) - 1 else ", "] if k else []), _unsigned(constant))
    return (*words, " is constant and drops out" if len(constants) == 1 else " are constant and drop out")


def _unsigned(term: Expr) -> Expr:
    match term:
        case Product(factors=(Constant(value=value), *rest)) if value == -1 and rest:
            return rest[0] if len(rest) == 1 else Product(tuple(rest))
        case _:
            return term


def _linear_map(facts: Facts, step: Step) -> Text:
    if not has(facts, "constant", "inner"):
        return ()
    if step.subgoal == "local":
        return (facts["inner"], " enters linearly, with the constant ", facts["constant"], " as its factor.")
    if added := [term for key, term in facts.items() if key.startswith("added")]:
        return (*_constant_terms(*added), "; ", facts["constant"], " multiplies the change of ", facts["inner"], ".")
    return (facts["constant"], " is constant: a change ", Differential(facts["inner"]), " of ", facts["inner"],
            " is multiplied by it.")  # fmt: skip


def _inner_product(facts: Facts, step: Step) -> Text:
    if not has(facts, "constant", "inner"):
        return ()
    inner = facts["inner"].argument if isinstance(facts["inner"], Transpose) else facts["inner"]
    constant = facts["constant"].argument if isinstance(facts["constant"], Transpose) else facts["constant"]
    return (
        "Each entry of ",
        inner,
        " enters the sum with the matching entry of the constant ",
        constant,
        " as its weight.",
    )


def _d_product(facts: Facts, step: Step) -> Text:
    if not has(facts, "first", "second"):
        return ()
    first, second = (_without_transpose(facts[key]) for key in ("first", "second"))
    stays: Text = ("; ", facts["constant"], " does not change") if "constant" in facts else ()
    if first == second:
        return (first, " occurs twice, so it changes in two places, one at a time", *stays, ".")
    return ("One factor changes at a time, each in its place", *stays, ".")


def _without_transpose(expr: Expr) -> Expr:
    return expr.argument if isinstance(expr, Transpose) else expr


def _hadamard(facts: Facts, step: Step) -> Text:
    if "constant" in facts:
        return ("In every entry the constant entry of ", facts["constant"], " is a factor of the change.")
    return ("The product rule holds in every entry.",)


def _elementwise(facts: Facts, step: Step) -> Text:
    if "inner" not in facts:
        return ()
    return (
        "Entry ",
        INDEX,
        " of the result sees entry ",
        INDEX,
        " of ",
        facts["inner"],
        " only, so the scalar rule holds in every entry.",
    )


def _spread(facts: Facts, step: Step) -> Text:
    return ("The scalar is added to every entry, so it stands for a vector of copies.",)


def _scalar_transpose(facts: Facts, step: Step) -> Text:
    inner = facts.get("inner")
    if inner is None:
        return ()
    return (
        "The term is a number, so transposing it changes nothing but moves ",
        change_in(inner),
        " to the right end.",
    )


def _collect(facts: Facts, step: Step) -> Text:
    if "variable" in facts:
        end: Expr = Differential(facts["variable"])
        if isinstance(step.left, Apply) and step.left.function == "vec" and not end.shape.is_column:
            end = apply("vec", end)
        if isinstance(step.before, Sum) or not step.after.is_scalar:
            return ("Every term now ends in ", end, ", so what stands before it can be added up.")
        return (
            "What stands before ",
            end,
            " is written as one factor.",
        )
    return ("What stands before the change is gathered in one bracket.",)


def _hadamard_move(facts: Facts, step: Step) -> Text:
    if "constant" not in facts:
        return ()
    return ("Both sides add up the same products, entry by entry; ", facts["constant"], " may stand with the row.")


def _difference(facts: Facts, step: Step) -> Text:
    if "added" in facts and not facts["inner"].is_scalar:
        return (facts["added"], " is constant; ", facts["inner"], " enters with its sign, each entry by itself.")
    return _sum(facts, step)


def _single_chain(facts: Facts, step: Step) -> Text:
    return along_paths(facts, step) if step.subgoal == "combine" else _chain(facts, step)


def _diag(facts: Facts, step: Step) -> Text:
    if step.subgoal == "combine" and "constant" in facts:
        return ("A row times a diagonal matrix is an entry-by-entry product with ", facts["constant"], ".")
    return (
        ("Multiplying entry by entry with ", facts["constant"], " is what this diagonal matrix does.")
        if "constant" in facts
        else ()
    )


def _identify(facts: Facts, step: Step) -> Text:
    if "variable" not in facts:
        return ()
    variable = facts["variable"]
    if variable.is_scalar:
        return ("The derivative is the factor of ", Differential(variable), ".")
    return ("The derivative is whatever multiplies ", Differential(variable), " from the left.")


def _hold(facts: Facts, step: Step) -> Text:
    names = [RULES[rule].name for rule in step.also if RULES[rule].weight != "trivial"]
    held = "For each entry the other variables are held constant"
    if not names:
        return (f"{held}.",)
    names = [in_a_sentence(name) for name in names]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return (f"{held}; then: {listed}.",)


def _gradient(facts: Facts, step: Step) -> Text:
    if "form" in facts and isinstance(facts.get("variable"), Component):
        return ("This holds for every ", facts["variable"], "; numerator layout arranges the partial derivatives as ",
                str(step.after.shape).replace("x", "×"), ".")  # fmt: skip
    return (
        ("The gradient lists the partial derivatives of ", facts["of"], " in the order of the variables.")
        if "of" in facts
        else ()
    )


def _jacobian(facts: Facts, step: Step) -> Text:
    if "form" in facts:
        return every_entry(facts)
    if isinstance(step.after, Unresolved):
        return (
            "Row ",
            INDEX,
            " belongs to function ",
            INDEX,
            " and column ",
            OTHER,
            " to variable ",
            OTHER,
            "; each entry is one partial derivative.",
        )
    if not has(facts, "of", "last", "variable", "end"):
        return ()
    if facts["variable"] == facts["end"]:
        return (
            "One row for each function from ",
            facts["of"],
            " to ",
            facts["last"],
            "; one column, for ",
            facts["variable"],
            ".",
        )
    if step.subgoal == "array" or step.between:
        return ("One row for each function, from ", facts["of"], " to ", facts["last"], "; one column for each variable, from ",
                facts["variable"], " to ", facts["end"], ".")  # fmt: skip
    if isinstance(step.after, Stack) and any(entry == ZERO_NUMBER for row in step.after.rows for entry in row):
        return (
            "Each row is the gradient of one function; a zero says that the function does not contain the variable.",
        )
    return ("Each row is the gradient of one function, each column belongs to one variable.",)


def _table_entry(facts: Facts, step: Step) -> Text:
    if "function" not in facts or "inner" not in facts:
        return ()
    return (RULES[step.rule].explanation[:-1], ", here at ", facts["inner"], ".")


def _relu(facts: Facts, step: Step) -> Text:
    if "inner" not in facts:
        return ()
    return (
        "Where ",
        facts["inner"],
        " is below 0 the output is the constant 0; above 0 it is ",
        facts["inner"],
        " itself.",
    )


def _intermediate(facts: Facts, step: Step) -> Text:
    if "of" in facts and not facts["of"].is_scalar:
        return (
            "The second derivative is the Jacobian of the first one in numerator layout, here called ",
            step.left,
            ".",
        )
    return ("The Hessian is the Jacobian of the gradient written as a column, here called ", step.left, ".")


def _identity(facts: Facts, step: Step) -> Text:
    return ("The function is its variable, so both change alike.",)


def _d_sum(facts: Facts, step: Step) -> Text:
    return ("The change of a sum is the sum of the changes of ", facts["inner"], ".") if "inner" in facts else ()


def _delta(facts: Facts, step: Step) -> Text:
    if "array" in facts:
        return ("An entry of ", facts["array"], " changes with ", facts["variable"],
                " only where the indices agree: the delta is 1 there, else 0.")  # fmt: skip
    return ("The unit vector picks the one component that this entry is.",)


def _components(facts: Facts, step: Step) -> Text:
    return ("An array is its entries; written out, each is an ordinary scalar expression.",)


def _d_chain(facts: Facts, step: Step) -> Text:
    return ("Only through its variables does ", facts["inner"], " change.") if "inner" in facts else ()


_TABLE_RULES = ("elementary-exp-log", "elementary-sqrt", "elementary-trig", "elementary-hyp", "elementary-inverse-trig",
                "elementary-sigmoid", "elementary-softplus", "abs", "sign")  # fmt: skip


_REASONS: dict[str, Sentence] = {
    "constant": _constant, "variable": _variable, "constant-multiple": _constant_multiple, "sum": _sum, "difference": _difference,
    "product": _product, "quotient": _quotient, "power": _power, "chain": _single_chain, "relu": _relu, "hold-constant": _hold,
    "gradient": _gradient, "jacobian": _jacobian, "identity": _identity, "linear-map": _linear_map,
    "inner-product": _inner_product, "scalar-expansion": _spread, "d-constant": _constant, "d-linear": _linear,
    "d-product": _d_product, "d-hadamard": _hadamard, "d-elementwise": _elementwise, "scalar-transpose": _scalar_transpose,
    "collect": _collect, "hadamard-move": _hadamard_move, "diag-vector": _diag, "identify-scalar": _identify,
    "identify-scalar-vector": _identify, "identify-vector-vector": _identify, "introduce-intermediate": _intermediate,
    "d-sum": _d_sum, "kronecker-delta": _delta, "components": _components, "d-chain": _d_chain,
    **CHAIN_REASONS, **INDEX_REASONS, **MATRIX_REASONS,
    **dict.fromkeys(_TABLE_RULES, _table_entry),
}  # fmt: skip
