"""The decimal arithmetic of close calls, beside mpmath and beside identities."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import mpmath
import pytest

from derivgen.answers.digits import many_digits

NAMES = ("exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin", "acos", "atan")
POINTS = ("0.001", "0.3", "0.9999", "1", "1.5", "40.25", "1000.5")


@pytest.mark.parametrize("name", NAMES)
def test_functions_agree_with_mpmath_to_a_hundred_digits(name: str) -> None:
    points = [text for text in POINTS if name not in ("asin", "acos") or Decimal(text) <= 1]
    with many_digits() as m, mpmath.workdps(130):
        for text in (*points, *(f"-{text}" for text in points if name not in ("log", "sqrt"))):
            found: Any = getattr(m, name)(Decimal(text))
            wanted = getattr(mpmath, name)(mpmath.mpf(text))
            assert abs(mpmath.mpf(str(found)) - wanted) <= mpmath.mpf(10) ** -100 * max(1, abs(wanted)), text


def test_pi_is_that_of_mpmath() -> None:
    with many_digits() as m, mpmath.workdps(130):
        assert abs(mpmath.mpf(str(m.pi)) - mpmath.pi) < mpmath.mpf(10) ** -115


@pytest.mark.parametrize("name", ["log", "sqrt"])
def test_negative_numbers_have_no_logarithm_and_no_root(name: str) -> None:
    with many_digits() as m, pytest.raises((ValueError, ArithmeticError)):
        getattr(m, name)(Decimal(-1))
