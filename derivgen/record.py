"""Records: dataclasses that nothing changes, made in a tenth of the time that the standard library takes.

`dataclasses` compiles six functions for each frozen class. The program has some three hundred records, and a tenth of
what a short command took was that. Here none of the six is compiled: those that compare, hash and show get their parts
by names, and what sets the parts is one of a few functions, with the names of the parts put into its code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

C = TypeVar("C")
Inits = tuple[Callable[..., Any], ...]

# What sets so many parts: a part is set by what its slot gives for that, which takes less than asking for it by name
# and returns nothing, so that `or` goes on.
# fmt: off
PLAIN: Inits = (
    lambda: lambda self: None,  # noqa: ARG005  # the names count
    lambda a: lambda self, m: a(self, m),
    lambda a, b: lambda self, m, n: a(self, m) or b(self, n),
    lambda a, b, c: lambda self, m, n, o: a(self, m) or b(self, n) or c(self, o),
    lambda a, b, c, d: lambda self, m, n, o, p: a(self, m) or b(self, n) or c(self, o) or d(self, p),
    lambda a, b, c, d, e: lambda self, m, n, o, p, q: (
        a(self, m) or b(self, n) or c(self, o) or d(self, p) or e(self, q)
    ),
    lambda a, b, c, d, e, f: lambda self, m, n, o, p, q, r: (
        a(self, m) or b(self, n) or c(self, o) or d(self, p) or e(self, q) or f(self, r)
    ),
    lambda a, b, c, d, e, f, g: lambda self, m, n, o, p, q, r, s: (
        a(self, m) or b(self, n) or c(self, o) or d(self, p) or e(self, q) or f(self, r) or g(self, s)
    ),
    lambda a, b, c, d, e, f, g, h: lambda self, m, n, o, p, q, r, s, t: (
        a(self, m) or b(self, n) or c(self, o) or d(self, p) or e(self, q) or f(self, r)
        or g(self, s) or h(self, t)
    ),
    lambda a, b, c, d, e, f, g, h, i: lambda self, m, n, o, p, q, r, s, t, u: (
        a(self, m) or b(self, n) or c(self, o) or d(self, p) or e(self, q) or f(self, r)
        or g(self, s) or h(self, t) or i(self, u)
    ),
    lambda a, b, c, d, e, f, g, h, i, j: lambda self, m, n, o, p, q, r, s, t, u, v: (
        a(self, m) or b(self, n) or c(self, o) or d(self, p) or e(self, q) or f(self, r)
        or g(self, s) or h(self, t) or i(self, u) or j(self, v)
    ),
    lambda a, b, c, d, e, f, g, h, i, j, k: lambda self, m, n, o, p, q, r, s, t, u, v, w: (
        a(self, m) or b(self, n) or c(self, o) or d(self, p) or e(self, q) or f(self, r)
        or g(self, s) or h(self, t) or i(self, u) or j(self, v) or k(self, w)
    ),
    lambda a, b, c, d, e, f, g, h, i, j, k, y: lambda self, m, n, o, p, q, r, s, t, u, v, w, x: (
        a(self, m) or b(self, n) or c(self, o) or d(self, p) or e(self, q) or f(self, r)
        or g(self, s) or h(self, t) or i(self, u) or j(self, v) or k(self, w) or y(self, x)
    ),
)
# The same for classes that look at their parts then.
LOOKING: Inits = (
    lambda: lambda self: self.__post_init__(),
    lambda a: lambda self, m: a(self, m) or self.__post_init__(),
    lambda a, b: lambda self, m, n: a(self, m) or b(self, n) or self.__post_init__(),
    lambda a, b, c: lambda self, m, n, o: a(self, m) or b(self, n) or c(self, o) or self.__post_init__(),
    lambda a, b, c, d: lambda self, m, n, o, p: (
        a(self, m) or b(self, n) or c(self, o) or d(self, p)
        or self.__post_init__()
    ),
    lambda a, b, c, d, e: lambda self, m, n, o, p, q: (
        a(self, m) or b(self, n) or c(self, o) or d(self, p) or e(self, q)
        or self.__post_init__()
    ),
)
# fmt: on


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
    made: Any = dataclass(cls, init=False, repr=False, eq=False, slots=True)
    methods: dict[str, Callable[..., Any]] = {
        **FROZEN,
        "__init__": _init(made),
        "__repr__": _repr,
        **(_comparing(made) if eq else {}),
    }
    for name, function in methods.items():
        if name not in own:
            setattr(made, name, function)
    remade: type[C] = made
    return remade


def _init(cls: Any) -> Callable[..., None]:
    """What sets the parts of a record."""
    parts = fields(cls)
    given = [part for part in parts if part.init]
    inits = LOOKING if hasattr(cls, "__post_init__") else PLAIN
    if len(given) >= len(inits) or not all(map(_is_simple, parts)):
        return _compiled(cls, parts)
    made: Any = inits[len(given)](*(_setter(cls, part) for part in given))
    values = [value for part in given if (value := _value(part)) is not MISSING]
    if any(_value(part) is MISSING for part in given[len(given) - len(values) :]):
        raise TypeError(f"a part of {cls.__name__} without a value of its own follows one that has one")
    names, whole = [part.name for part in given], f"{cls.__qualname__}.__init__"
    made.__code__ = made.__code__.replace(co_name="__init__", co_qualname=whole, co_varnames=("self", *names))
    made.__name__, made.__qualname__, made.__module__ = "__init__", whole, cls.__module__
    made.__defaults__, made.__annotations__ = tuple(values), {part.name: part.type for part in given}
    init: Callable[..., None] = made
    return init


def _is_simple(part: Field[Any]) -> bool:
    """Whether a part is given by its place, or set by the class itself."""
    return part.name != "self" and (not part.kw_only if part.init else _value(part) is MISSING)


def _value(part: Field[Any]) -> Any:
    """What stands for a part that is not given; one that must be made each time stands for itself."""
    return part.default if part.default_factory is MISSING else part


def _setter(cls: Any, part: Field[Any]) -> Callable[[Any, Any], None]:
    """What sets a part of a record."""
    setter: Callable[[Any, Any], None] = getattr(cls, part.name).__set__
    make: Any = part.default_factory
    return setter if make is MISSING else lambda self, given: setter(self, make() if given is part else given)


def _compiled(cls: Any, parts: Sequence[Field[Any]]) -> Callable[..., None]:
    """What sets the parts of a record by the standard library, for the few that have many, or that make some."""
    likewise: dict[str, Any] = {part.name: _again(part) for part in parts}
    likewise["__annotations__"] = {part.name: part.type for part in parts}
    if hasattr(cls, "__post_init__"):
        likewise["__post_init__"] = None
    bare = type(cls.__name__, (), {"__module__": cls.__module__, "__doc__": cls.__doc__ or cls.__name__, **likewise})
    made: Callable[..., None] = vars(dataclass(bare, repr=False, eq=False, frozen=True, slots=True))["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _again(part: Field[Any]) -> Any:
    """A part of the same kind."""
    how: dict[str, Any] = {"init": part.init, "kw_only": part.kw_only}
    if part.default_factory is not MISSING:
        how["default_factory"] = part.default_factory
    return field(default=part.default, **how)


def _refused(self: object, name: str, *_: object) -> None:  # noqa: ARG001  # as Python calls it
    raise FrozenInstanceError(f"cannot change the part {name!r} of a record")


def _state(self: Any) -> list[Any]:
    return [getattr(self, part.name) for part in fields(self)]


def _stated(self: Any, state: Iterable[Any]) -> None:
    for part, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, part.name, value)


FROZEN: dict[str, Callable[..., Any]] = {
    "__setattr__": _refused,
    "__delattr__": _refused,
    "__getstate__": _state,
    "__setstate__": _stated,
}


def _comparing(cls: Any) -> dict[str, Callable[..., Any]]:
    """How two are compared: by their class, and by those parts that count."""
    parts = fields(cls)
    compared = parts_of(part.name for part in parts if part.compare)
    hashed = parts_of(part.name for part in parts if (part.compare if part.hash is None else part.hash))

    def equal(self: object, other: object) -> bool:
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def hashing(self: object) -> int:
        return hash(hashed(self))

    return {"__eq__": equal, "__hash__": hashing}


def parts_of(names: Iterable[str]) -> Callable[[object], tuple[object, ...]]:
    """What gives the parts with these names of a record, as a tuple."""
    listed = tuple(names)
    found: Callable[[object], Any] = attrgetter(*listed) if listed else lambda _: ()
    return (lambda one: (found(one),)) if len(listed) == 1 else found


def _repr(self: Any) -> str:
    shown = ", ".join(f"{part.name}={getattr(self, part.name)!r}" for part in fields(self) if part.repr)
    return f"{type(self).__qualname__}({shown})"
