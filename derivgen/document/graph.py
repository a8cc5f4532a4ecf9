"""The computation graph of functions: what is used by what, and where each node stands.

Nodes stand in layers from left to right by the longest path that leads to them; within a
layer their order is that of the mean of their neighbours, which keeps crossings few.
Source: Sugiyama, Tagawa and Toda (1981), IEEE Transactions on Systems, Man and Cybernetics 11(2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from derivgen.expr.memory import remembered
from derivgen.expr.nodes import Expr, Reference, Unspecified, Variable
from derivgen.expr.walk import parts
from derivgen.record import record

Named = Variable | Reference | Unspecified
Edge = tuple[str, str]
# A node of a layer, or the place (source, target) where a longer edge crosses it.
Stop = str | Edge

SWEEPS = 4


@record
class Graph:
    """Named things in the order of the spec, and an edge from each to what uses it."""

    nodes: dict[str, Named]
    edges: tuple[Edge, ...]

    def before(self, name: str) -> tuple[str, ...]:
        """What the node uses itself."""
        return tuple(source for source, target in self.edges if target == name)

    def after(self, name: str) -> tuple[str, ...]:
        """What uses the node itself."""
        return tuple(target for source, target in self.edges if source == name)


def graph_of(functions: Iterable[Reference | Unspecified]) -> Graph:
    """The graph of these functions and of the variables and functions that they use."""
    nodes: dict[str, Named] = {}
    edges: dict[Edge, None] = {}

    def add(node: Named) -> None:
        if node.name in nodes:
            return
        for used in uses(node):
            add(used)
            edges[used.name, node.name] = None
        nodes[node.name] = node

    for function in functions:
        add(function)
    return Graph(nodes, tuple(edges))


def uses(node: Named) -> tuple[Named, ...]:
    """The variables and functions that the definition of `node` names."""
    match node:
        case Variable():
            return ()
        case Reference(body=body):
            return named_within(body)
        case Unspecified(of=of):
            return of


@remembered
def named_within(expr: Expr) -> tuple[Named, ...]:
    """The variables and functions that an expression names itself."""
    match expr:
        case Variable() | Reference() | Unspecified():
            return (expr,)
        case _:
            return tuple(dict.fromkeys(used for part in parts(expr) for used in named_within(part)))


def on_paths(graph: Graph, sources: Iterable[str], targets: Iterable[str]) -> frozenset[Edge]:
    """The edges of all paths from one of the sources to one of the targets."""
    reached, reaching = _closure(sources, graph.after), _closure(targets, graph.before)
    return frozenset(edge for edge in graph.edges if edge[0] in reached and edge[1] in reaching)


def _closure(names: Iterable[str], steps: Callable[[str], tuple[str, ...]]) -> frozenset[str]:
    found: dict[str, None] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += steps(name)
    return frozenset(found)


def paths(graph: Graph, source: str, target: str) -> tuple[tuple[str, ...], ...]:
    """Every path from one node to another, each as the names along it."""
    if source == target:
        return ((target,),)
    return tuple((source, *rest) for step in graph.after(source) for rest in paths(graph, step, target))


def layers(graph: Graph) -> dict[str, int]:
    """The layer of each node: one above all that it uses; what uses nothing stands just before its first user."""
    depth: dict[str, int] = {}
    for name in graph.nodes:  # each stands after all that it uses
        depth[name] = 1 + max((depth[used] for used in graph.before(name)), default=-1)
    for name in graph.nodes:
        if not graph.before(name) and graph.after(name):
            depth[name] = min(depth[user] for user in graph.after(name)) - 1
    return depth


def ordered(graph: Graph) -> tuple[tuple[Stop, ...], ...]:
    """The stops of each layer from top to bottom, in an order with few crossings."""
    depth = layers(graph)
    rows: list[list[Stop]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name in graph.nodes:
        rows[depth[name]].append(name)
    for edge in graph.edges:
        for layer in range(depth[edge[0]] + 1, depth[edge[1]]):
            rows[layer].append(edge)
    hops = chained(graph, depth)
    best = tuple(map(tuple, rows))
    for sweep in range(SWEEPS):
        rows = _swept(rows, hops, forward=sweep % 2 == 0)
        if crossings(rows, hops) < crossings(best, hops):
            best = tuple(map(tuple, rows))
    return best


def chained(graph: Graph, depth: Mapping[str, int]) -> tuple[tuple[Stop, Stop], ...]:
    """The edges cut into hops from one layer to the next."""
    hops: list[tuple[Stop, Stop]] = []
    for edge in graph.edges:
        between = depth[edge[1]] - depth[edge[0]] - 1
        # An edge that crosses several layers is one stop in each of them.
        own: list[Stop] = [edge[0], *[edge] * min(between, 2), edge[1]]
        hops += pairwise(own)
    return tuple(hops)


def crossings(rows: Sequence[Sequence[Stop]], hops: Sequence[tuple[Stop, Stop]]) -> int:
    """How many pairs of hops between neighbouring layers cross."""
    total = 0
    for left, right in pairwise(rows):
        here = [(left.index(a), right.index(b)) for a, b in hops if a in left and b in right]
        total += sum((a - c) * (b - d) < 0 for k, (a, b) in enumerate(here) for c, d in here[k + 1 :])
    return total


def _swept(rows: Sequence[Sequence[Stop]], hops: Sequence[tuple[Stop, Stop]], *, forward: bool) -> list[list[Stop]]:
    """The layers, each put in the order of the mean place of its neighbours in the layer before it."""
    new = [list(row) for row in rows]
    for at in range(1, len(new)) if forward else range(len(new) - 2, -1, -1):
        fixed = new[at - 1] if forward else new[at + 1]
        place = {stop: fixed.index(stop) for stop in fixed}
        mean: dict[Stop, float] = {}
        for number, stop in enumerate(new[at]):
            beside = (b if a == stop else a for a, b in hops if stop in (a, b))
            near = [place[other] for other in beside if other in place]
            mean[stop] = sum(near) / len(near) if near else float(number)
        new[at].sort(key=mean.__getitem__)
    return new
