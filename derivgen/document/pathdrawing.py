"""Small graphs beside the steps of a derivation, with the arrows marked that a step is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from derivgen.calculus.records import Derivation, Step
from derivgen.document.blocks import Figure, Text
from derivgen.document.graph import Edge, Graph, paths
from derivgen.document.graphdrawing import BETWEEN, Places, arrow, placed
from derivgen.document.graphmarks import Term, branches, passed, paths_of, terms
from derivgen.document.numbering import step_number
from derivgen.document.scene import HEAD, Label, Line, Part, bounds, drawing, extent, table, words_box
from derivgen.document.wording.paths import (
    NUMBERS,
    TERMS,
    arrows_of_term,
    numbered_arrows,
    numbered_path,
    path_of_term,
)
from derivgen.document.wording.telling import joined
from derivgen.expr.nodes import Expr

WIDEST = 27.0  # em: what a phone shows in letters that can be read
APART = 2.2  # between graphs side by side
FREE = 0.3  # of an arrow between its number and its head
ABOVE = 0.65  # from a level arrow to the middle of its number


def marked_graphs(
    derivation: Derivation, shown: Sequence[Sequence[Step]], letter: str, *, has_graph: bool = False
) -> dict[str, tuple[Figure, ...]]:
    """The pictures after steps, by the number of the step.

    `shown` are the steps as the page has them: each last one with those that are folded into it. After the last step
    that finds the derivative of an arrow stands the graph with the numbers of all of them; after one that adds up
    paths, the graph once for each of its terms. `has_graph` tells that an earlier part of the page has the numbers.
    """
    graph, target = paths_of(derivation), derivation.request.of.name
    if not branches(graph, target):
        return {}
    found: dict[str, tuple[Figure, ...]] = {}
    numbers = _numbers(shown, graph, letter)
    if len(set(numbers.values())) > 1 and not has_graph:
        last = [steps[-1].number for steps in shown if step_number(letter, steps[-1].number) in numbers.values()][-1]
        found[last] = _fitting(numbered_graph(graph, numbers))
    for *_, step in shown:
        if added := terms(step, graph):
            found[step.number] = (*found.get(step.number, ()), *_fitting(graphs_of_terms(graph, added)))
    return found


def _numbers(shown: Sequence[Sequence[Step]], graph: Graph, letter: str) -> dict[Edge, str]:
    """The number of the step that each arrow belongs to, in the order of the graph."""
    every = [step for steps in shown for step in steps]
    names = [step_number(letter, steps[-1].number) for steps in shown for _ in steps]
    numbers = {
        edge: name for edges, name in reversed(list(zip(passed(every, graph), names, strict=True))) for edge in edges
    }
    return {edge: numbers[edge] for edge in graph.edges if edge in numbers}


def _fitting(figure: Figure) -> tuple[Figure, ...]:
    return (figure,) if figure.drawing.width <= WIDEST else ()


def numbered_graph(graph: Graph, numbers: Mapping[Edge, str]) -> Figure:
    """The graph with the number of a step on each arrow that belongs to one."""
    whole = _path_through(graph, tuple(numbers))
    if whole:
        told = numbered_path([graph.nodes[name] for name in whole], [numbers[edge] for edge in pairwise(whole)])
    else:
        told = numbered_arrows([(_ends(graph, edge), number) for edge, number in numbers.items()])
    return Figure(drawing(_parts(graph, numbers)), NUMBERS, told, is_small=True)


def graphs_of_terms(graph: Graph, added: Sequence[Term]) -> Figure:
    """The graph once for each term, with the arrows of the term marked and the term below it."""
    cells = [_of_term(graph, term) for term in added]
    wide = max(right - left for left, _, right, _ in map(bounds, cells)) + APART
    across = max(int((WIDEST + APART) // wide), 1)
    rows = [cells[k : k + across] for k in range(0, len(cells), across)]
    rows[-1] += [()] * (len(rows[0]) - len(rows[-1]))
    told = joined([_told(graph, term) for term in added], " ")
    return Figure(drawing(table(rows, APART, 1.0)), TERMS, told, is_small=True)


def _of_term(graph: Graph, term: Term) -> tuple[Part, ...]:
    parts = _parts(graph, dict.fromkeys(term.edges, ""))
    left, _, right, bottom = bounds(parts)
    return (*parts, Label((left + right) / 2, bottom + 0.5 + extent(term.formula)[1] / 2, term.formula))


def _told(graph: Graph, term: Term) -> Text:
    edges = tuple(edge for edge in graph.edges if edge in term.edges)
    if whole := _path_through(graph, edges):
        return path_of_term([graph.nodes[name] for name in whole], term.formula)
    return arrows_of_term([_ends(graph, edge) for edge in edges], term.formula)


def _ends(graph: Graph, edge: Edge) -> tuple[Expr, Expr]:
    return graph.nodes[edge[0]], graph.nodes[edge[1]]


def _path_through(graph: Graph, edges: tuple[Edge, ...]) -> tuple[str, ...]:
    """The one path of which these arrows are all; nothing where they are none."""
    ends = {target for _, target in edges}
    starts = [source for source, _ in edges if source not in ends]
    own = Graph(graph.nodes, edges)
    last = [target for _, target in edges if not own.after(target)]
    found = paths(own, starts[0], last[0]) if len(starts) == len(last) == 1 else ()
    return found[0] if len(found) == 1 and len(found[0]) == len(edges) + 1 else ()


def _parts(graph: Graph, marks: Mapping[Edge, str]) -> tuple[Part, ...]:
    """The graph with names alone; what is marked is heavier and coloured, with a label on it where it has one."""
    places = placed(graph, graph.nodes)
    lines = _arrows(graph, places, marks)
    if room := max((_room(mark) for edge, mark in marks.items() if mark and not _is_level(lines[edge])), default=0.0):
        places = placed(graph, graph.nodes, between=max(BETWEEN, room))
        lines = _arrows(graph, places, marks)
    reached = {name for edge in marks for name in edge}
    parts: list[Part] = [*lines.values()]
    for name, node in places.nodes.items():
        parts += [replace(node, weight="marked" if name in reached else "thin"), Label(*node.middle, graph.nodes[name])]
    return (*parts, *(_number(lines[edge], mark) for edge, mark in marks.items() if mark))


def _arrows(graph: Graph, places: Places, marks: Mapping[Edge, str]) -> dict[Edge, Line]:
    return {edge: arrow(edge, graph, places, "marked" if edge in marks else "thin") for edge in graph.edges}


def _is_level(line: Line) -> bool:
    return line.points[0][1] == line.points[-1][1]


def _room(mark: str) -> float:
    """How far apart layers stand for a number on a bent arrow: its head and as much of its beginning stay free."""
    return extent(words_box(mark), is_small=True)[0] + 2 * (HEAD + FREE)


def _number(line: Line, mark: str) -> Label:
    """The number of an arrow: above one that is level, and on one that is bent, which it hides there."""
    x, y = line.middle
    if _is_level(line):
        return Label(x, y - ABOVE, words_box(mark), is_small=True)
    return Label(x, y, words_box(mark), is_small=True, hides=True)
