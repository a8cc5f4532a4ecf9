"""What is said of the arrows that are marked in a computation graph."""

from __future__ import annotations

from collections.abc import Sequence

from derivgen.document.blocks import Text
from derivgen.document.wording.telling import joined, listed, said
from derivgen.expr.nodes import Expr

NUMBERS = said("The number on an arrow is that of its step.")
TERMS = said("Each term of the sum belongs to the marked arrows above it.")


def path_in_words(nodes: Sequence[Expr]) -> Text:
    """The nodes of a path, from its start to its end."""
    words: Text = (nodes[0],)
    for node in nodes[1:]:
        words = said("{all} to {next}", all=words, next=node)
    return words


def arrows_in_words(arrows: Sequence[tuple[Expr, Expr]]) -> Text:
    """Arrows, each by its ends."""
    return listed([path_in_words(ends) for ends in arrows])


def numbered_path(nodes: Sequence[Expr], numbers: Sequence[str]) -> Text:
    """A path whose arrows carry the numbers of steps."""
    return said(
        "The path {path} is marked; its arrows belong to the steps {numbers}.",
        path=path_in_words(nodes),
        numbers=listed(numbers),
    )


def numbered_arrows(arrows: Sequence[tuple[tuple[Expr, Expr], str]]) -> Text:
    """Arrows that carry the numbers of steps."""
    told = [said("{arrow}, step {number}", arrow=path_in_words(ends), number=number) for ends, number in arrows]
    return said("These arrows are marked: {arrows}.", arrows=joined(told, "; "))


def path_of_term(nodes: Sequence[Expr], term: Expr) -> Text:
    """The path of a term."""
    return said("The path {path} is marked for {term}.", path=path_in_words(nodes), term=term)


def arrows_of_term(arrows: Sequence[tuple[Expr, Expr]], term: Expr) -> Text:
    """The arrows of a term that goes along several paths."""
    return said("The arrows {arrows} are marked for {term}.", arrows=arrows_in_words(arrows), term=term)
