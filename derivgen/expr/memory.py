"""Remembered results of functions of expressions: the last many, so that a long run does not fill the memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

MOST = 20_000


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """The function with its last results kept; all arguments are hashable."""
    return cast(Callable[P, R], lru_cache(maxsize=MOST)(function))
