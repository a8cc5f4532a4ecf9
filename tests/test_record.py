"""Records behave as frozen dataclasses with slots of the standard library."""

from __future__ import annotations

import copy
import inspect
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


@record
class Long:
    """More parts than most have."""

    a: int
    b: int
    c: int
    d: int
    e: int
    f: int
    g: int
    h: int
    i: int
    j: int
    k: int
    m: int
    n: int = 13
    o: tuple[int, ...] = field(default_factory=lambda: (14,))


@record
class Made:
    """A part that is made each time, and one that the class sets itself."""

    name: str
    seen: list[int] = field(default_factory=list)
    length: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.name))


def test_records_have_as_many_parts_as_they_need() -> None:
    one = Long(*range(1, 13))
    assert (one.a, one.m, one.n, one.o) == (1, 12, 13, (14,))
    assert replace(one, o=(15,)).o == (15,)
    for many in range(13):
        names = [f"part{number}" for number in range(many)]
        made: Any = record(type("Some", (), {"__annotations__": dict.fromkeys(names, "int"), "__doc__": "Parts."}))
        assert [getattr(made(*range(many)), name) for name in names] == list(range(many))
        assert made(**dict(zip(names, range(many), strict=True))) == made(*range(many))


def test_parts_that_are_made_each_time_are_no_part_of_others() -> None:
    one = Made("abc")
    assert (one.seen, one.length, Made("ab", [1]).seen, replace(one, name="a").length) == ([], 3, [1], 1)
    assert one.seen is not Made("abc").seen


def test_records_are_called_as_they_are_written() -> None:
    assert list(inspect.signature(Plain).parameters.values()) == list(inspect.signature(Standard).parameters.values())
    with pytest.raises(TypeError, match=r"Plain.__init__\(\) missing 1 required positional argument: 'name'"):
        Plain()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'other'"):
        Plain("a", other=1)  # type: ignore[call-arg]


def test_making_a_record_compiles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def compiled(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("dataclasses._create_fn", compiled, raising=False)
    monkeypatch.setattr("builtins.exec", compiled)
    made: Any = record(type("New", (), {"__annotations__": {"name": "str"}, "__doc__": "New."}))
    assert made("a").name == "a"


def test_a_part_with_a_value_of_its_own_comes_last() -> None:
    with pytest.raises(TypeError, match="without a value of its own"):
        record(type("Wrong", (), {"__annotations__": {"a": "int", "b": "int"}, "a": 1, "__doc__": "Wrong."}))


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
