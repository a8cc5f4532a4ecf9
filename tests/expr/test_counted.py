"""A number that sizes have a share in keeps it through arithmetic, and loses it where it cancels."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from fractions import Fraction

import pytest

from derivgen.expr.counted import Counted, counted, made_of
from derivgen.expr.nodes import Constant

SIZES = {"784": 3, "10": 2}
N, M = counted(784), counted(10)

MADE: list[tuple[Callable[[], Fraction], Fraction, Fraction]] = [
    (lambda: 2 / N, Fraction(1, 392), Fraction(2, 3)),
    (lambda: Fraction(1, 5) * N, Fraction(784, 5), Fraction(3, 5)),
    (lambda: N * M, Fraction(7840), Fraction(6)),
    (lambda: counted(7840), Fraction(7840), Fraction(6)),
    (lambda: 1 - 1 / N, Fraction(783, 784), Fraction(2, 3)),
    (lambda: -(N - 4), Fraction(-780), Fraction(1)),
    (lambda: abs(-N) + N, Fraction(1568), Fraction(6)),
    (lambda: (2 * N) ** -2, Fraction(1, 1568**2), Fraction(1, 36)),
    (lambda: N**0 / M**2, Fraction(1, 100), Fraction(1, 4)),
]


@pytest.mark.parametrize(("number", "value", "small"), MADE)
def test_a_number_follows_its_sizes(number: Callable[[], Fraction], value: Fraction, small: Fraction) -> None:
    found = number()
    assert (found, made_of(found, SIZES), made_of(found, {})) == (value, small, value)


@pytest.mark.parametrize("number", [N / N, N - N, (N + 1) / (1 + N), 5 * M / M, M**0, N * 0, counted(3)])
def test_what_no_size_has_a_share_in_is_plain(number: Fraction) -> None:
    assert type(number) is Fraction


def test_equal_numbers_that_are_made_otherwise_are_other_constants() -> None:
    assert Constant(2 / N) == Constant(1 / (N / 2))
    assert Constant(2 / N) != Constant(Fraction(1, 392))
    assert Constant(counted(20)) != Constant(2 * M)
    assert hash(Constant(2 / N)) == hash(Constant(Fraction(1, 392)))


def test_a_number_is_the_same_in_another_process() -> None:
    kept = pickle.loads(pickle.dumps(Constant(3 / (N + M))))  # noqa: S301  # what was just written
    assert kept == Constant(3 / (N + M))
    for one in (kept.value, copy.copy(kept.value), copy.deepcopy(kept.value)):
        assert isinstance(one, Counted)
        assert one.at(SIZES) == Fraction(3, 5)


def test_with_numbers_of_other_kinds_it_is_one_of_these() -> None:
    assert (N * 0.5, N + 1j, float(N), N > 783.5) == (392.0, 784 + 1j, 784.0, True)
