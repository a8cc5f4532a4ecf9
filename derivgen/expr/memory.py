"""What derivations remember: the last many results of functions, and what Python need not look for meanwhile."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from derivgen.record import record

F = TypeVar("F")
P = ParamSpec("P")
R = TypeVar("R")

MOST = 20_000


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """The function with its last results kept; all arguments are hashable."""
    return cast(Callable[P, R], lru_cache(maxsize=MOST)(function))


@record(eq=False)
class Itself:
    """A value that is equal to itself alone; it lives as long as this does."""

    value: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


def remembered_of(function: Callable[Concatenate[F, P], R]) -> Callable[Concatenate[F, P], R]:
    """The function with its last results kept by what its first argument is, not by what it is equal to.

    Expressions and formulas that are equal may look and sound different: what is left open in a
    choice, or what a letter stands for, makes no difference to what they mean.
    """
    known: dict[tuple[int, tuple[Hashable, ...]], tuple[F, R]] = {}

    def asked(first: F, *others: Hashable) -> R:
        key = (id(first), others)
        found = known.get(key)
        if found is None:
            # What is kept holds the argument, so that nothing else gets its number meanwhile.
            found = (first, cast(Callable[..., R], function)(first, *others))
            if len(known) >= MOST // 4:
                known.clear()
            known[key] = found
        return found[1]

    return cast(Callable[Concatenate[F, P], R], wraps(function)(asked))


def are_equal(one: object, other: object) -> bool:
    """Whether two values that nothing changes are equal, asked once for each pair."""
    return one is other or _are_equal(Itself(one), Itself(other))


@lru_cache(maxsize=MOST)
def _are_equal(one: Itself, other: Itself) -> bool:
    return one.value == other.value


@contextmanager
def acyclic() -> Iterator[None]:
    """Python looks for no cycles meanwhile: expressions are trees, and the few cycles of a derivation go afterwards.

    Looking through all that lives, again and again, takes a sixth of a long derivation.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def unhurried() -> None:
    """Python looks for cycles less often, and never in what is imported by now: for a process that makes pages.

    Takes an eighth off the time of a page, and costs some twenty megabytes. What a build of fifty pages imports and
    makes is not enough for a first look, which would take a twentieth of its time. Nor does it look when it ends, for
    all memory goes with the process: that would take a seventh of a second of every command.
    """
    gc.freeze()
    gc.set_threshold(400_000, 20, 50)
    atexit.register(gc.freeze)
