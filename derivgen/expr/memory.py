"""What derivations remember: the last many results of functions, and what Python need not look for meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

MOST = 20_000


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """The function with its last results kept; all arguments are hashable."""
    return cast(Callable[P, R], lru_cache(maxsize=MOST)(function))


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
