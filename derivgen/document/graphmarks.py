"""Which arrows of the computation graph a step is about.

A local derivative belongs to one arrow, a line of differentials to the arrows along which it goes back, and each
term of a total derivative to the arrows of its factors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivgen.calculus.chain import COMBINE
from derivgen.calculus.localsteps import LOCAL
from derivgen.calculus.records import Derivation, Step
from derivgen.document.graph import Edge, Graph, graph_of, named_within, on_paths, paths
from derivgen.expr.nodes import Differential, Expr, Product, Sum, Transpose, Unresolved
from derivgen.expr.walk import parts
from derivgen.record import record


@record
class Term:
    """One term of a total derivative, and the arrows along which it goes."""

    formula: Expr
    edges: frozenset[Edge]


def paths_of(derivation: Derivation) -> Graph:
    """The graph of what lies on the paths from the variables to the function that is asked for."""
    target, variables = derivation.request.of, tuple(variable.name for variable in derivation.request.wrt)
    whole = graph_of((target,))
    edges = on_paths(whole, variables, (target.name,))
    kept = {name for edge in edges for name in edge}
    return Graph(
        {name: node for name, node in whole.nodes.items() if name in kept},
        tuple(edge for edge in whole.edges if edge in edges),
    )


def branches(graph: Graph, target: str) -> bool:
    """Whether there is something to find one's way in: two functions between, or two paths from one variable."""
    sources = [name for name in graph.nodes if not graph.before(name)]
    between = len(graph.nodes) - len(sources) - 1
    return between > 1 or any(len(paths(graph, source, target)) > 1 for source in sources)


def passed(steps: Sequence[Step], graph: Graph) -> tuple[frozenset[Edge], ...]:
    """For each step the arrows whose derivative it finds, or along which its differentials go back; often none."""
    return tuple(_passed(steps, graph))


def _passed(steps: Sequence[Step], graph: Graph) -> Iterator[frozenset[Edge]]:
    reached: dict[Expr, frozenset[str]] = {}
    for step in steps:
        match step:
            case Step(subgoal=subgoal, left=Unresolved() | Transpose() as left) if subgoal == LOCAL:
                yield _along(left, graph)
            case Step(subgoal=subgoal) if subgoal == LOCAL:
                # Lines that lead to a local derivative: the arrow is that of the line that reads it off.
                yield frozenset()
            case Step(left=Differential() as left, after=after):
                before = reached.get(left, _moving(left, graph))
                reached[left] = _moving(after, graph)
                yield _back(graph, before - reached[left], reached[left])
            case _:
                yield frozenset()


def terms(step: Step, graph: Graph) -> tuple[Term, ...]:
    """The terms of a step that adds up products of local derivatives, each with its arrows; none of another step."""
    match step:
        case Step(subgoal=subgoal, between=(Sum(terms=added) | Transpose(argument=Sum(terms=added)), *_)) if (
            subgoal == COMBINE
        ):
            found = tuple(Term(term, _of_product(term, graph)) for term in added)
            return found if all(term.edges for term in found) else ()
        case _:
            return ()


def _of_product(term: Expr, graph: Graph) -> frozenset[Edge]:
    factors = term.factors if isinstance(term, Product) else (term,)
    found = [_along(factor, graph) for factor in factors]
    return frozenset[Edge]().union(*found) if all(found) else frozenset()


def _along(derivative: Expr, graph: Graph) -> frozenset[Edge]:
    """The arrows of a derivative: one for a local derivative, all between its ends for a total one."""
    match derivative:
        case Transpose(argument=inside):
            return _along(inside, graph)
        case Unresolved(of=of, wrt=wrt, held=held):
            targets = tuple(node.name for node in named_within(of))
            sources = tuple(node.name for one in wrt for node in named_within(one))
            if held:
                return frozenset(edge for edge in graph.edges if edge[0] in sources and edge[1] in targets)
            return on_paths(graph, sources, targets)
        case _:
            return frozenset()


def _moving(expr: Expr, graph: Graph) -> frozenset[str]:
    """The names of the graph that stand within a differential."""
    if isinstance(expr, Differential):
        return frozenset(node.name for node in named_within(expr.of) if node.name in graph.nodes)
    return frozenset[str]().union(*(_moving(part, graph) for part in parts(expr)))


def _back(graph: Graph, starts: frozenset[str], ends: frozenset[str]) -> frozenset[Edge]:
    """The arrows from the ends to the starts, without what lies before an end."""
    found: dict[Edge, None] = {}
    waiting = sorted(starts)
    while waiting:
        target = waiting.pop()
        for source in graph.before(target):
            found[source, target] = None
            waiting += () if source in ends else (source,)
    return on_paths(Graph(graph.nodes, tuple(found)), ends, starts)
