"""Records behave as frozen dataclasses with slots of the standard library."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest

from derivgen.record import record


@record
class Plain:
    """Two parts, one of them with a value of its own."""

    name: str
    number: int = 3


@record
class Rich(Plain):
    """Parts of every kind."""

    seen: list[int] = field(default_factory=list, compare=False)
    hidden: str = field(default="here", repr=False, kw_only=True)
    known: int = field(init=False, compare=False, repr=False, default=7)
    length: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.name))


@dataclass(frozen=True, slots=True)
class Standard:
    """What `Plain` is by the standard library."""

    name: str
    number: int = 3


@record
class Wrapped:
    """One part alone."""

    part: object


@record(eq=False)
class Single:
    """Equal to itself alone."""

    value: object


def test_records_are_made_and_shown_as_dataclasses_are() -> None:
    one = Rich("abc", hidden="there")
    assert (one.number, one.seen, one.hidden, one.known, one.length) == (3, [], "there", 7, 3)
    assert one.seen is not Rich("abc").seen
    assert repr(one) == "Rich(name='abc', number=3, seen=[], length=3)"
    assert [part.name for part in fields(one)] == ["name", "number", "seen", "hidden", "known", "length"]
    assert is_dataclass(one)
    assert not hasattr(one, "__dict__")
    assert replace(Plain("a"), number=4) == Plain("a", 4)
    assert repr(Plain("a")) == repr(Standard("a")).replace("Standard", "Plain")
    match Plain("a", 5):
        case Plain(name, number=number):
            assert (name, number) == ("a", 5)


def test_records_compare_by_their_parts_and_class() -> None:
    assert Plain("a") == Plain("a", 3) != Plain("a", 4)
    assert Rich("a", seen=[1]) == Rich("a", seen=[2]) != Plain("a")
    assert hash(Rich("a", seen=[1])) == hash(Rich("a"))
    assert hash(Plain("a")) == hash(Standard("a"))
    assert hash(Wrapped("a")) == hash(("a",)) != hash("a")
    assert Single(1) != Single(1)
    assert len({Single(1), Single(1), Plain("a"), Plain("a")}) == 3


@pytest.mark.parametrize("change", [lambda one: setattr(one, "name", "b"), lambda one: delattr(one, "name")])
def test_nothing_changes_a_record(change: Any) -> None:
    one = Plain("a")
    with pytest.raises(FrozenInstanceError):
        change(one)
    assert one.name == "a"


@pytest.mark.parametrize("arguments", [(), ("a", 1, 2, 3)])
def test_a_record_is_made_of_its_parts_alone(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match="__init__"):
        Plain(*arguments)


def test_records_are_copied_and_sent_to_other_processes() -> None:
    one = Rich("abc", 4, [1])
    sent = pickle.loads(pickle.dumps(one))  # noqa: S301  # made here
    for other in (copy.copy(one), copy.deepcopy(one), sent):
        assert other == one
        assert (other.seen, other.known, other.length) == ([1], 7, 3)


def test_what_a_class_defines_itself_stays() -> None:
    @record
    class Own:
        value: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own)

        def __hash__(self) -> int:
            return 1

        def __repr__(self) -> str:
            return "own"

    assert Own(1) == Own(2)
    assert hash(Own(1)) == 1
    assert repr(Own(1)) == "own"
