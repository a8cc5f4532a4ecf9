"""What a page says where it shows several methods: which leads, when to prefer another, and what it was written for."""

from __future__ import annotations

from collections.abc import Mapping

from derivgen.calculus.records import Step
from derivgen.calculus.smallsizes import SIZE
from derivgen.document.blocks import CodeSpan, Phrase, Text
from derivgen.document.wording.facts import Facts
from derivgen.document.wording.telling import joined, said
from derivgen.expr.nodes import SizeNumber
from derivgen.expr.sizes import Size
from derivgen.problem.problem import MethodName

BY: Mapping[MethodName, Phrase] = {
    "components": Phrase("by components"),
    "differentials": Phrase("by differentials"),
    "chain": Phrase("by the chain rule"),
    "indices": Phrase("with indices"),
}
WHEN: Mapping[MethodName, Phrase] = {
    "components": Phrase("Prefer it on a first meeting, for small sizes: nothing is hidden."),
    "differentials": Phrase("Prefer it for vectors of any size: the steps do not depend on the size."),
    "chain": Phrase("Prefer it to see how a change runs through the functions that have names."),
    "indices": Phrase("Prefer it for a proof for all sizes, and when no matrix rule is at hand."),
}


def default_way(method: MethodName) -> Text:
    """Which method the steps follow that the page leads with, and when to prefer it."""
    return said(
        "These steps go {way}, the default here. {when} The other ways, below, end in the same line.",
        way=BY[method],
        when=WHEN[method],
    )


def default_recap(method: MethodName) -> Text:
    """The heading of the lines of the first way where they stand beside the others."""
    return said("The default way: {way}", way=BY[method])


def other_way(method: MethodName) -> Text:
    """The heading of a further method."""
    return said("Another way: {way}", way=BY[method])


def same_way(way: Text, first: Text) -> Text:
    """A further method whose lines are those of an earlier part of the page, with letters exchanged."""
    return said("{way}: the lines are those of {first}, with other letters.", way=way, first=first)


def in_program(source: Text) -> Text:
    """The source of a formula that is a function of the program that stands before it."""
    return said("{source}: it is the function {name} of the program above.", source=source, name=CodeSpan("derivative"))


def when_to_prefer(method: MethodName, last: Step) -> Text:
    """When to prefer a further method, and for which sizes it is written out if they are letters elsewhere."""
    chosen = sizes_in(last.facts)
    if not chosen:
        return (WHEN[method],)
    return said("{when} Here it is written out for {sizes}.", when=WHEN[method], sizes=chosen)


def sizes_in(facts: Facts) -> Text:
    """The sizes that were chosen for components: n = 3, m = 2."""
    chosen = {key.removeprefix(SIZE): number for key, number in facts.items() if key.startswith(SIZE)}
    return joined([(SizeNumber(Size.named(name)), " = ", number) for name, number in chosen.items()], ", ")


def matrix_form(facts: Facts, step: Step) -> Text:
    """Why entries are a matrix expression; at chosen sizes the general answer was compared with them."""
    chosen = sizes_in(facts)
    return (
        said("Written out for {sizes}, the general answer has exactly these entries.", sizes=chosen) if chosen else ()
    )
