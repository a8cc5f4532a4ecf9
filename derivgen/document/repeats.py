"""Finer steps and further ways that a page has already: it leads there and does not show them again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import combinations
from typing import TypeAlias

from derivgen.document.blocks import Block, Code, Folded, Link, Paragraph, StepBlock
from derivgen.document.wording.ways import in_program, same_way
from derivgen.expr.nodes import Hadamard, Product, Sum, Variable

AFTER = "# After the program above:"
Steps: TypeAlias = tuple[StepBlock, ...]
Seen: TypeAlias = dict[Hashable, Link]


def without_repeats(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks; what is closed stands at the first place that has its lines, be it with two letters exchanged.

    The functions of programs stand once too.
    """
    seen: Seen = {}
    functions: set[str] = set()
    above: tuple[str, ...] = ()
    made: list[Block] = []
    for block in blocks:
        match block:
            case Folded(kind="program", blocks=(Code() as code,)):
                above = _functions(code)
                made.append(replace(block, blocks=(_new_functions(code, functions),)))
            case Folded(blocks=(Code(code=code),), summary=summary) if code.strip("\n") in above:
                made.append(Paragraph(in_program(summary)))
            case _:
                made.append(_led(block, seen))
    return tuple(made)


def _functions(program: Code) -> tuple[str, ...]:
    return tuple(program.code.strip("\n").split("\n\n\n"))


def _new_functions(program: Code, seen: set[str]) -> Code:
    *functions, calls = _functions(program)
    new = [function for function in functions if function not in seen]
    seen.update(functions)
    # The calls stay where they are those of an earlier program: the functions are called anew.
    return program if new == functions else replace(program, code="\n\n\n".join((AFTER, *new, calls)) + "\n")


def _led(block: Block, seen: Seen) -> Block:
    match block:
        case StepBlock(finer=finer, is_open=False) if finer:
            first = _first(finer, block.number, seen)
            if first is not None:
                return replace(block, finer=(), finer_in=(first[0],), is_renamed=first[1])
        case Folded(kind="closed", blocks=inner, summary=summary):
            steps = tuple(one for one in inner if isinstance(one, StepBlock))
            first = _first(steps, steps[0].number, seen) if steps else None
            if first is not None:
                return Paragraph(same_way(summary, (first[0],)))
    return block


def _first(steps: Steps, name: str, seen: Seen) -> tuple[Link, bool] | None:
    """Where the page has these steps before, and whether with other letters; a new place is noted by its name."""
    own = tuple(replace(step, number="", anchor="") for step in steps)
    for is_renamed, form in _forms(own):
        if form in seen:
            return seen[form], is_renamed
    # A browser opens what is folded around the place that a link leads to.
    seen[_Forms({}).of(own)] = Link((name,), f"#{steps[0].anchor}")
    return None


def _forms(steps: Steps) -> Iterator[tuple[bool, Hashable]]:
    """The steps as they are, then with each two variables of one shape exchanged."""
    plain = _Forms({})
    yield False, plain.of(steps)
    for one, other in combinations(plain.variables, 2):
        if replace(one, name=other.name) == other:
            yield True, _Forms({one: other, other: one}).of(steps)


class _Forms:
    """What lines and reasons say, with variables exchanged; terms and factors that commute have no order."""

    def __init__(self, exchanged: Mapping[Variable, Variable]) -> None:
        self.exchanged = exchanged
        self.variables: dict[Variable, None] = {}
        self.known: dict[int, Hashable] = {}

    def of(self, value: object) -> Hashable:
        """The form of a value; a part that occurs in several places is walked once."""
        if id(value) not in self.known:
            self.known[id(value)] = self._form(value)
        return self.known[id(value)]

    def _form(self, value: object) -> Hashable:
        match value:
            case Variable():
                self.variables[value] = None
                return self.exchanged.get(value, value)
            case Sum(terms=parts) | Hadamard(factors=parts):
                return (type(value), frozenset(Counter(map(self.of, parts)).items()))
            case Product(factors=parts) if all(part.is_scalar for part in parts):
                return (type(value), frozenset(Counter(map(self.of, parts)).items()))
            case tuple():
                return tuple(map(self.of, value))
            case _ if is_dataclass(value):
                return (type(value), *(self.of(getattr(value, field.name)) for field in fields(value) if field.compare))
            case Hashable():
                return value
        raise TypeError(f"{type(value).__name__} has no form")
