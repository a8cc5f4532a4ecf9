"""Amounts in a sheet: points, shares of points, and lengths on paper."""

from __future__ import annotations

import re
from fractions import Fraction

from derivgen.errors import DerivgenError, Fault
from derivgen.problem.text import Text

MOST_POINTS = 1000
LONGEST = 250  # millimetres: what still stands on one page of paper
MILLIMETRES = {"cm": Fraction(10), "mm": Fraction(1), "in": Fraction(254, 10)}


def points_of(text: Text) -> Fraction:
    """Points: a whole number or a decimal, such as 2 or 1.5.

    Raises: DerivgenError for anything else.
    """
    points = _decimal(text.value)
    if points is None or points > MOST_POINTS:
        message = f"points cannot be {text.value}"
        raise DerivgenError(Fault("value", message, "write a number such as 2 or 1.5", text.span))
    return points


def share_of(text: Text) -> Fraction:
    """A share of the points, from 0 to 1.

    Raises: DerivgenError for anything else.
    """
    share = _decimal(text.value)
    if share is None or share > 1:
        message = f"a share of the points cannot be {text.value}"
        raise DerivgenError(Fault("value", message, "write a number from 0 to 1, such as 0.5", text.span))
    return share


def length_of(text: Text) -> int:
    """A length in millimetres.

    Raises: DerivgenError for what is no length, or does not fit on a page.
    """
    found = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*(cm|mm|in)", text.value.strip())
    length = round(Fraction(found[1]) * MILLIMETRES[found[2]]) if found else 0
    if found is None or length > LONGEST:
        message = f"the space for an answer cannot be {text.value}"
        hint = f"write a length up to {LONGEST // 10}cm, such as 6cm"
        raise DerivgenError(Fault("value", message, hint, text.span))
    return length


def shown(points: Fraction) -> str:
    """Points as a person writes them: 2, 1.5."""
    return str(points.numerator) if points.denominator == 1 else f"{float(points):.2f}".rstrip("0")


def _decimal(source: str) -> Fraction | None:
    return Fraction(source.strip()) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,2})?", source.strip()) else None
