"""Worked derivations of gradients, Jacobians and Hessians, every step checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derivgen.api import Derivation, DerivgenError, derive, from_sympy, load_spec, to_sympy

__version__ = "0.1.0"

__all__ = ["Derivation", "DerivgenError", "derive", "from_sympy", "load_spec", "to_sympy"]


def __getattr__(name: str) -> object:
    # Only what is used is imported: the command line starts without the Python interface.
    if name not in __all__:
        raise AttributeError(f"module 'derivgen' has no attribute {name!r}")
    from derivgen import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
