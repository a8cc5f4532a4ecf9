"""The check of a page: numbers at one small point, or on both sides of a kink."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from derivgen.calculus.illustration import Illustration, are_too_large
from derivgen.calculus.records import Derivation
from derivgen.document.asking import layout_words
from derivgen.document.blocks import Block, Code, Folded, Heading, Paragraph, Table, Text
from derivgen.document.checkprogram import check_program
from derivgen.document.wording.labels import LABELS
from derivgen.document.wording.telling import joined, listed, said
from derivgen.expr.build import apply
from derivgen.expr.counted import Counted, made_of
from derivgen.expr.nodes import Apply, Constant, Expr, Reference, Stack, Unspecified
from derivgen.expr.walk import inlined, leaves, nodes_within, parts
from derivgen.problem.problem import Problem

# The columns of a table of one point, and of both sides of a kink, where an array is wider than so many digits.
WIDTHS = {1: (34, 66), 2: (26, 37, 37)}
WIDE = {1: 30, 2: 18}


def check(
    found: tuple[Illustration, ...],
    problem: Problem,
    derivation: Derivation,
    level: int,
    suffix: str,
    *,
    told: str = "",
) -> Iterator[Block]:
    """The numbers at one small point, or on both sides of a kink; `told` is the part of the page that has them."""
    if not found:
        yield from _without_numbers(problem, derivation, level, suffix)
        return
    yield Heading(level, (LABELS.check,), f"check{suffix}")  # type: ignore[arg-type]  # 2 or 3
    yield check_table(found, derivation, told=told)
    if derivation.cross_check is not None and derivation.cross_check.agrees:
        yield Paragraph((LABELS.second_engine,))


def _without_numbers(problem: Problem, derivation: Derivation, level: int, suffix: str) -> Iterator[Block]:
    """Why there is no table of numbers; a function of which nothing is known has none."""
    if any(isinstance(leaf, Unspecified) for leaf in leaves(derivation.request.of)):
        return
    yield Heading(level, (LABELS.check,), f"check{suffix}")  # type: ignore[arg-type]  # 2 or 3
    yield Paragraph((LABELS.too_large if are_too_large(problem, derivation) else LABELS.no_short_numbers,))


def check_source(found: tuple[Illustration, ...], derivation: Derivation) -> Iterator[Folded]:
    """The same check as a program to copy."""
    if found:
        yield Folded((LABELS.check_program,), (Code(check_program(found, derivation), "python"),), "program")


def _stations(of: Expr) -> list[Reference]:
    """The functions that the function uses by name, each after those it uses: what everybody computes first."""
    entries = parts(of.body) if isinstance(of, Reference) and isinstance(of.body, Stack) else ()
    used = [part for part in nodes_within(of) if isinstance(part, Reference) and part not in (of, *entries)]
    return sorted(used, key=lambda part: (_depth(part), part.name))


def _depth(function: Reference) -> int:
    inner = [part for part in nodes_within(function.body) if isinstance(part, Reference)]
    return 1 + max(map(_depth, inner), default=0)


def _given(found: tuple[Illustration, ...], stations: list[Reference]) -> Iterator[tuple[Text, ...]]:
    for k, (variable, _) in enumerate(found[0].given):
        yield ((variable,), *((one.given[k][1],) for one in found))
    for station in stations:
        values = tuple((value,) for one in found if (value := one.value_of(station)) is not None)
        if len(values) == len(found):
            yield ((station,), *values)


def _of_logarithms(one: Illustration) -> Iterator[Text]:
    """What logarithms among the given numbers are for."""
    cells = (cell for _, value in one.given if isinstance(value, Stack) for row in value.rows for cell in row)
    for log in islice((cell for cell in cells if isinstance(cell, Apply)), 1):
        (number,) = log.arguments
        yield said("The logarithms are natural: {power} = {number}.", power=apply("exp", log), number=number)


def _of_large_sizes(one: Illustration, derivation: Derivation) -> Iterator[Text]:
    """What is said where a size is too large for its arrays to be shown, and what becomes of numbers made of it."""
    sentence = "Here {number} stands in the place of {size}."
    stands = {name: number for name, number in one.sizes if name.isdecimal()}
    for name, number in stands.items():
        yield said(sentence, number=str(number), size=name)
    nodes = nodes_within(inlined(derivation.result(one.layout)))
    made = dict.fromkeys(n for n in nodes if isinstance(n, Constant) and isinstance(n.value, Counted))
    for node in made:
        if str(node.value) not in stands:
            yield said(sentence, number=Constant(made_of(node.value, stands)), size=node)


def check_sentences(found: tuple[Illustration, ...], derivation: Derivation) -> Text:
    """What the table has, as sentences: one for each point."""
    whole = [_check_sentence(one, derivation) for one in found]
    notes = [*_of_logarithms(found[0]), *_of_large_sizes(found[0], derivation)]
    return joined([*whole, *notes, *_of_rounding(found, derivation, [derivation.request.of])], " ")


def _of_rounding(found: tuple[Illustration, ...], derivation: Derivation, functions: Sequence[Expr]) -> Iterator[Text]:
    """Which of the numbers shown are rounded: some functions alone, or the derivative too."""
    long = [one for one in functions if not all(point.shows_exactly(one) for point in found)]
    if not all(point.shows_exactly(derivation.result(point.layout)) for point in found):
        yield said("Numbers are rounded to four places.")
    elif len(long) == 1:
        yield said("The value of {function} is rounded to four places.", function=long[0])
    elif long:
        yield said("The values of {functions} are rounded to four places.", functions=listed(long))


def _check_sentence(one: Illustration, derivation: Derivation) -> Text:
    point = listed([(variable, " = ", value) for variable, value in one.given])
    is_scalar = derivation.result("numerator").shape.is_scalar
    slots = {
        "point": point,
        "function": (derivation.request.of, " = ", one.function),
        "formula": (one.formula,)
        if is_scalar
        else said(LABELS.in_layout, value=one.formula, layout=layout_words(one.layout)),
        "difference": one.difference,
    }
    if one.formula == one.difference:
        return said("At {point} we have {function}; the formula and finite differences both give {formula}.", **slots)
    return said("At {point} we have {function}; the formula gives {formula}, finite differences {difference}.", **slots)


def check_table(found: tuple[Illustration, ...], derivation: Derivation, *, told: str = "") -> Table:
    """A row for each given value, each function on the way, the function, the formula and finite differences.

    What the part called `told` has shown is not shown again.
    """
    request = derivation.request
    stations = _stations(request.of)
    rows: list[tuple[Text, ...]] = [] if told else [*_given(found, stations)]
    rows += [] if told else [((request.of,), *((one.function,) for one in found))]
    rows.append((said(LABELS.formula, layout=layout_words(found[0].layout)), *((one.formula,) for one in found)))
    rows.append(((LABELS.difference,), *((one.difference,) for one in found)))
    heads: tuple[Text, ...] = (
        (said("value"),) if len(found) == 1 else (said("one side of the kink"), said("the other side"))
    )
    notes = [said("The point is the same as in part {part}.", part=told)] if told else [*_of_logarithms(found[0])]
    notes += _of_large_sizes(found[0], derivation)
    notes += _of_rounding(found, derivation, [*stations, request.of])
    return Table(
        (said("quantity"), *heads),
        tuple(rows),
        joined(notes, " "),
        row_heads=True,
        widths=WIDTHS[len(found)] if any(one.width > WIDE[len(found)] for one in found) else (),
    )
