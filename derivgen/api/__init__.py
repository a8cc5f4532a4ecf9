"""derivgen for people who program: ask for a derivative in Python, and get its forms, its steps and its values."""

from __future__ import annotations

from derivgen.api.asking import derive, load_spec
from derivgen.api.derivation import Answer, Derivation, Derivations, Step
from derivgen.api.objects import to_sympy
from derivgen.api.reading import from_sympy
from derivgen.errors import DerivgenError

__all__ = [
    "Answer",
    "Derivation",
    "Derivations",
    "DerivgenError",
    "Step",
    "derive",
    "from_sympy",
    "load_spec",
    "to_sympy",
]
