"""Gathering faults, so that one slip does not hide the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from derivgen.errors import DerivgenError, Fault

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")


# Nobody mends more at once, and looking for near misses of thousands of names takes its time.
ENOUGH = 50


@dataclass(slots=True)
class Findings:
    """The faults that were found so far, each once."""

    faults: list[Fault] = field(default_factory=list)

    @property
    def are_enough(self) -> bool:
        """Whether it is better to stop here and tell."""
        return len(self.faults) >= ENOUGH

    def add(self, *faults: Fault) -> None:
        """Note faults; one that is known already is not told twice."""
        self.faults.extend(fault for fault in dict.fromkeys(faults) if fault not in self.faults)

    def attempt(self, make: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T | None:
        """What `make` returns, or None if it finds a fault, which is noted."""
        try:
            return make(*arguments, **named)
        except DerivgenError as error:
            self.add(*error.faults)
            return None

    def each(self, make: Callable[[S], T], items: Iterable[S]) -> tuple[T, ...]:
        """What `make` returns for each of the items that have no fault."""
        made = []
        for item in items:
            if self.are_enough:
                break
            try:
                made.append(make(item))
            except DerivgenError as error:
                self.add(*error.faults)
        return tuple(made)
