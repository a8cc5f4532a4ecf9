"""What stands on the left of a line of a derivation: f, f(x), df, df/dx, f', ∇f, H, or words such as gradient."""

from __future__ import annotations

import re

from derivgen.record import record

# An equals sign that is no part of a comparison.
_EQUALS = re.compile(r"(?<![<>!=])=(?!=)")
# Numbers of lines and signs between them: 1), (2), =>.
_FRONT = re.compile(r"\s*(?:\(?\d{1,2}[.)]\s+(?=[\w(∂∇])|(?:<?=+>|[-–]>|[⇒→⟹⇔⟺∴])\s*)")
_D, _NAME = r"[d∂]", r"[^\W\d]\w*"
_TWO = r"(?:\^?\s*2|²)"
_RATE = re.compile(
    rf"{_D}(?P<two>{_TWO})?\s*\(?\s*(?P<of>{_NAME})\s*\)?\s*/\s*{_D}\s*\(?\s*(?P<wrt>{_NAME}?)(?:\.T)?\s*\)?(?(two){_TWO})"
)
_CHANGE = re.compile(rf"{_D}\s*(?:\(\s*)?(?P<of>{_NAME})\s*\)?")
_FUNCTION = re.compile(rf"(?P<of>{_NAME})(?P<primes>'*)")
# f(x), f'(x), df(x): what the function is of changes nothing.
_OF = re.compile(rf"(?<=[\w'])\s*\(\s*{_NAME}(?:\s*[,;]\s*{_NAME})*\s*\)$")
_FIRST = re.compile(rf"(?:∇|(?:grad|nabla|gradient|jacobian|derivative)\b|[DGJ](?:_|\b))(?!{_TWO}).*", re.I | re.DOTALL)
_SECOND = re.compile(rf"(?:∇\s*{_TWO}|hessian\b|H(?:_|\b)).*", re.IGNORECASE | re.DOTALL)
_OPERATOR = re.compile(rf"{_D}\s*/\s*{_D}\s*{_NAME}.*|∂.*", re.DOTALL)


@record
class Left:
    """What a left side names: the function or its change (order 0), or a derivative; "" is what it leaves open."""

    of: str = ""
    wrt: str = ""
    order: int = 0


def sides_of(line: str) -> tuple[str, tuple[str, ...]]:
    """What a line names on its left, or nothing, and its right sides, one after each equals sign."""
    front = _FRONT.match(line)
    first, *rest = (part.strip() for part in _EQUALS.split(line[front.end() if front else 0 :]))
    if not rest:
        return "", (first,)
    rights = tuple(part for part in rest if part) or ("",)
    if not first:
        return "", rights
    left = _without_arguments(first)
    return (left, rights) if _is_left(left) else ("", (first, *rights))


def _without_arguments(left: str) -> str:
    """f'(x) as f', but d(x) as it is."""
    found = _OF.search(left)
    is_change = found is None or re.fullmatch(rf"{_D}(?:{_TWO})?|.*/\s*{_D}", left[: found.start()].strip(), re.DOTALL)
    return left if found is None or is_change else left[: found.start()].strip()


def _is_left(left: str) -> bool:
    return any(one.fullmatch(left) for one in (_FUNCTION, _CHANGE, _RATE, _FIRST, _SECOND, _OPERATOR))


def named(left: str) -> tuple[Left, ...]:
    """What a left side may name, likeliest first."""
    found = []
    if one := _FUNCTION.fullmatch(left):
        found.append(Left(one["of"], order=len(one["primes"])))
    if one := _CHANGE.fullmatch(left):
        found.append(Left(one["of"]))
    if one := _RATE.fullmatch(left):
        found.append(Left(one["of"], one["wrt"], 2 if one["two"] else 1))
    if _SECOND.fullmatch(left):
        found.append(Left(order=2))
    elif _FIRST.fullmatch(left):
        found.append(Left(order=1))
    return tuple(found)


def rates_of(side: str) -> tuple[Left, ...]:
    """The derivatives of a product of nothing else, such as dL/da * da/dz; none where there is anything else."""
    found = [_RATE.fullmatch(part.strip()) for part in re.split(r"[*@·⋅]", side)]
    rates = tuple(Left(one["of"], one["wrt"], 1) for one in found if one is not None and not one["two"])
    return rates if len(rates) == len(found) > 1 else ()
