"""The picture of a computation graph: round nodes are variables, square ones functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from derivgen.document.blocks import Figure, Phrase, Text
from derivgen.document.graph import Edge, Graph, Named, Stop, graph_of, layers, on_paths, ordered, paths
from derivgen.document.scene import Label, Line, Part, Point, Rectangle, Weight, drawing, extent, words_box
from derivgen.document.wording.paths import path_in_words
from derivgen.document.wording.telling import joined, said
from derivgen.expr.nodes import Expr, Reference, Unspecified, Variable
from derivgen.printing.boxes import Box, Operator, beside, is_tall
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.printing.present import present
from derivgen.record import record

HEIGHT = 1.9
GAP = 1.15  # between nodes of a layer
TAGGED = 0.6  # more below a node that is called a variable
PASSING = 0.5  # the height that an edge takes where it crosses a layer
BETWEEN = 2.0  # between layers
WIDEST = 31.0  # em: a wider graph shows names instead of definitions
LONGEST = 9.0
PORT = 0.5  # between the heads of arrows that end at one node
MOST_PATHS = 6
CROWDED = 8  # nodes in a layer; in one with more the constants that lead to the same functions stand together
TOGETHER = 5


@record
class Places:
    """Where the nodes stand and where longer edges cross layers, as rectangles."""

    nodes: dict[str, Rectangle]
    crossed: dict[tuple[Edge, int], Rectangle]
    depth: dict[str, int]


def graph_picture(
    functions: Iterable[Reference | Unspecified],
    wrt: Iterable[str] = (),
    asked: Iterable[str] = (),
    *,
    notation: Notation = DEFAULT,
) -> Figure:
    """The graph of functions; the variables of the derivative and their paths to what is asked for stand out."""
    graph = graph_of(functions)
    variables = tuple(name for name in dict.fromkeys(wrt) if name in graph.nodes)
    strong = on_paths(graph, variables, tuple(asked))
    groups = _groups(graph, variables)
    drawn = _gathered(graph, groups)
    labels = {name: _label(node, notation) for name, node in graph.nodes.items()}
    names = {name: present(node, notation) for name, node in graph.nodes.items()}
    together = {group[0]: _listed([names[name] for name in group]) for group in groups}
    made = _parts(drawn, labels | together, variables, strong)
    if drawing(made).width > WIDEST:
        made = _parts(drawn, names | together, variables, strong)
    return Figure(drawing(made), _caption(variables, has_paths=bool(strong)), _words(graph, variables, tuple(asked)))


def _groups(graph: Graph, variables: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The constants of crowded layers that the same functions use, a few at a time."""
    depth = layers(graph)
    crowds = Counter(depth.values())
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, node in graph.nodes.items():
        if isinstance(node, Variable) and name not in variables and crowds[depth[name]] > CROWDED:
            alike.setdefault(graph.after(name), []).append(name)
    return [group for several in alike.values() for group in _batches(several) if len(group) > 1]


def _batches(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    rest = iter(names)
    while group := tuple(islice(rest, TOGETHER)):
        yield group


def _gathered(graph: Graph, groups: Iterable[tuple[str, ...]]) -> Graph:
    """The graph with one node for each group, under its first name."""
    others = {name for group in groups for name in group[1:]}
    nodes = {name: node for name, node in graph.nodes.items() if name not in others}
    return Graph(nodes, tuple(edge for edge in graph.edges if edge[0] not in others))


def _listed(names: Sequence[Box]) -> Box:
    comma = Operator(",", "punctuation")
    return beside(*(part for k, name in enumerate(names) for part in ((comma, name) if k else (name,))))


def _label(node: Named, notation: Notation) -> Box:
    """The name with its definition, as far as that is short and flat."""
    name = present(node, notation)
    if not isinstance(node, Reference):
        return name
    whole = beside(name, Operator("=", "relation"), present(node.body, notation))
    return name if is_tall(whole) or extent(whole)[0] > LONGEST else whole


def _parts(
    graph: Graph, labels: Mapping[str, Box], variables: tuple[str, ...], strong: frozenset[Edge]
) -> tuple[Part, ...]:
    places = placed(graph, labels, variables)
    parts: list[Part] = [arrow(edge, graph, places, "strong" if edge in strong else "thin") for edge in graph.edges]
    parts += places.nodes.values()
    for name, node in places.nodes.items():
        x, y = node.middle
        parts.append(Label(x, y, labels[name]))
        if name in variables:
            parts.append(Label(x, y + HEIGHT / 2 + 0.55, words_box(Phrase("variable")), is_small=True))
    return tuple(parts)


def placed(
    graph: Graph, labels: Mapping[str, Expr | Box], variables: tuple[str, ...] = (), *, between: float = BETWEEN
) -> Places:
    """Where nodes of the size of their labels stand; variables are strong, with room for that word below them."""
    nodes: dict[str, Rectangle] = {}
    crossed: dict[tuple[Edge, int], Rectangle] = {}
    x = 0.0
    for layer, row in enumerate(ordered(graph)):
        wide = max(_width(stop, labels) for stop in row)
        # One gap for the whole layer keeps its middle node level with the next layer.
        gap = GAP + (TAGGED if any(stop in variables for stop in row) else 0.0)
        y = -(sum(map(_high, row)) + gap * (len(row) - 1)) / 2
        for stop in row:
            high = _high(stop)
            if isinstance(stop, str):
                own = _width(stop, labels)
                radius = HEIGHT / 2 if isinstance(graph.nodes[stop], Variable) else 0.2
                weight = "strong" if stop in variables else "thin"
                nodes[stop] = Rectangle(x + (wide - own) / 2, y, own, high, weight, radius)  # type: ignore[arg-type]  # one of two weights
            else:
                crossed[stop, layer] = Rectangle(x, y, wide, high)
            y += high + gap
        x += wide + between
    return Places(nodes, crossed, layers(graph))


def _width(stop: Stop, labels: Mapping[str, Expr | Box]) -> float:
    return max(HEIGHT, extent(labels[stop])[0] + 0.8) if isinstance(stop, str) else 0.6


def _high(stop: Stop) -> float:
    return HEIGHT if isinstance(stop, str) else PASSING


def arrow(edge: Edge, graph: Graph, places: Places, weight: Weight) -> Line:
    """The arrow of an edge: level where it leaves, where it crosses a layer and where it arrives."""
    source, target = (places.nodes[name] for name in edge)
    between = range(places.depth[edge[0]] + 1, places.depth[edge[1]])
    stations: list[Point] = [(source.x + source.width, source.middle[1])]
    for layer in between:
        passed = places.crossed[edge, layer]
        stations += [(passed.x, passed.middle[1]), (passed.x + passed.width, passed.middle[1])]
    stations.append((target.x, target.middle[1] + _port(edge, graph, places)))
    if not between and stations[0][1] == stations[1][1]:
        return Line(tuple(stations), weight, is_arrow=True)
    points = [stations[0]]
    for (x, y), (far_x, far_y) in pairwise(stations):
        bend = (far_x - x) / 2
        points += [(x + bend, y), (far_x - bend, far_y), (far_x, far_y)]
    return Line(tuple(points), weight, is_arrow=True)


def _port(edge: Edge, graph: Graph, places: Places) -> float:
    """How far above or below its middle the target is met: arrows that end there do so in the order they come."""
    arriving = sorted(graph.before(edge[1]), key=lambda name: _height_before(name, edge[1], places))
    step = min(PORT, (HEIGHT - 0.6) / max(len(arriving) - 1, 1))
    return step * (arriving.index(edge[0]) - (len(arriving) - 1) / 2)


def _height_before(source: str, target: str, places: Places) -> float:
    last = places.crossed.get(((source, target), places.depth[target] - 1), places.nodes[source])
    return last.middle[1]


def _caption(variables: tuple[str, ...], *, has_paths: bool) -> Text:
    nodes = said("What is given is round, functions are square; an arrow leads from each to the functions that use it.")
    if not has_paths:
        return nodes
    if len(variables) == 1:
        return (*nodes, " ", *said("Thick arrows are the paths along which the variable acts."))
    return (*nodes, " ", *said("Thick arrows are the paths along which the variables act."))


def _words(graph: Graph, variables: tuple[str, ...], asked: tuple[str, ...]) -> Text:
    words: Text = said("A graph.")
    for name, node in graph.nodes.items():
        users = [graph.nodes[user] for user in graph.after(name)]
        if users:
            told = _users(users)
            words = (*words, " ", *said("{node} is used by {users}.", node=node, users=told))
    for source in variables:
        for target in asked:
            words = (*words, *_path_words(graph, source, target))
    return words


def _users(nodes: Sequence[Expr]) -> Text:
    words: Text = (nodes[0],)
    for node in nodes[1:]:
        words = said("{all} and by {next}", all=words, next=node)
    return words


def _path_words(graph: Graph, source: str, target: str) -> Text:
    found = paths(graph, source, target)
    if not found or source == target:
        return ()
    ends = {"source": graph.nodes[source], "target": graph.nodes[target]}
    count = str(len(found))
    if len(found) > MOST_PATHS:
        return (" ", *said("There are {count} paths from {source} to {target}.", count=count, **ends))
    told = joined([path_in_words([graph.nodes[name] for name in path]) for path in found], "; ")
    if len(found) == 1:
        return (" ", *said("There is one path from {source} to {target}: {paths}.", paths=told, **ends))
    return (" ", *said("There are {count} paths from {source} to {target}: {paths}.", count=count, paths=told, **ends))
