"""What an answer may be: no derivative left to take, and no more work than a key deserves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from derivgen.expr.nodes import Apply, Expr, Product, Reference, Summation, Unresolved, Unspecified, Variable
from derivgen.expr.walk import nodes_outside_sums, nodes_within, parts

# Multiplications at one point. The largest keys need some thousands; sum(ones(10**6, 10**6)) is refused unseen.
MOST_WORK = 100_000


def work(expr: Expr, sizes: Mapping[str, int]) -> int:
    """About how many multiplications one value takes; more than it is, never much less."""
    return sum(_own_work(node, sizes) for node in nodes_outside_sums(expr))


def _own_work(node: Expr, sizes: Mapping[str, int]) -> int:
    entries = node.shape.entries.at(sizes)
    match node:
        case Product(factors=factors) if sum(not factor.is_scalar for factor in factors) < 2:
            return entries * len(factors)  # a number in front meets each entry once
        case Product(factors=factors):
            longest = max(max(factor.shape.rows.at(sizes), factor.shape.columns.at(sizes)) for factor in factors)
            largest = max(factor.shape.entries.at(sizes) for factor in factors)
            return max(entries, largest) * longest * len(factors)
        case Apply(arguments=arguments):
            return entries + sum(argument.shape.entries.at(sizes) for argument in arguments) * node.shape.rows.at(sizes)
        case Summation(index=index, body=body):
            return index.size.at(sizes) * work(body, sizes)
        case Unresolved(of=of, wrt=wrt):
            return 1000 * of.shape.entries.at(sizes) * sum(part.shape.entries.at(sizes) for part in wrt)
        case _:
            return entries


def derivative_left(expr: Expr) -> Unresolved | None:
    """A derivative(...) that the answer leaves to be taken; that of an unspecified function is an answer."""
    for node in nodes_in_sight(expr):
        match node:
            case Unresolved(of=Unspecified() | Unresolved(of=Unspecified()), wrt=wrt) if all(
                isinstance(part, Variable | Reference | Unspecified) for part in wrt
            ):
                continue
            case Unresolved():
                return node
    return None


def nodes_in_sight(expr: Expr) -> Iterator[Expr]:
    """The nodes that the reader typed; functions used by name are not opened."""
    yield expr
    for part in parts(expr):
        yield from nodes_in_sight(part)


def variables_of(expr: Expr) -> frozenset[str]:
    """The names of the variables that the value depends on."""
    found: set[str] = set()
    for node in nodes_within(expr):
        match node:
            case Variable(name=name):
                found.add(name)
            case Unspecified(of=of):
                found.update(variable.name for variable in of if isinstance(variable, Variable))
    return frozenset(found)
