"""Records: dataclasses that nothing changes, made in half of the time that the standard library takes.

`dataclasses` compiles six functions for each frozen class. The program has some three hundred records, and a tenth of
what a short command took was that. Here three of the six are made without compiling: they get their parts by names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

C = TypeVar("C")


@overload
def record(cls: type[C], /) -> type[C]: ...
@overload
def record(*, eq: bool = True) -> Callable[[type[C]], type[C]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[C] | None = None, /, *, eq: bool = True) -> type[C] | Callable[[type[C]], type[C]]:
    """The class as a frozen dataclass with slots; without `eq` each is equal to itself alone.

    What a class defines itself stays: `__eq__`, `__hash__`, `__repr__`.
    """
    return _made(cls, eq=eq) if cls is not None else lambda one: _made(one, eq=eq)


def _made(cls: type[C], *, eq: bool) -> type[C]:
    own = {name for name, value in vars(cls).items() if value is not None}
    made: Any = dataclass(cls, repr=False, eq=False, frozen=True, slots=True)
    methods = {"__repr__": _repr, **(_comparing(made) if eq else {})}
    for name, function in methods.items():
        if name not in own:
            setattr(made, name, function)
    remade: type[C] = made
    return remade


def _comparing(cls: Any) -> dict[str, Callable[..., Any]]:
    """How two are compared: by their class, and by those parts that count."""
    parts = fields(cls)
    compared = _getter(part.name for part in parts if part.compare)
    hashed = _getter(part.name for part in parts if (part.compare if part.hash is None else part.hash))

    def equal(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def hashing(self: object) -> int:
        return hash(hashed(self))

    return {"__eq__": equal, "__hash__": hashing}


def _getter(names: Iterable[str]) -> Callable[[object], tuple[object, ...]]:
    """What gives the parts with these names, as a tuple."""
    listed = tuple(names)
    found: Callable[[object], Any] = attrgetter(*listed) if listed else lambda _: ()
    return (lambda one: (found(one),)) if len(listed) == 1 else found


def _repr(self: Any) -> str:
    shown = ", ".join(f"{part.name}={getattr(self, part.name)!r}" for part in fields(self) if part.repr)
    return f"{type(self).__qualname__}({shown})"
