"""MathML as a page of HTML holds it: what every browser knows of a sign goes without saying."""

from __future__ import annotations

import re
from functools import lru_cache

from derivgen.printing.mathml import NAMESPACE

_RELATION = r'<mo form="infix"((?: lspace="[\d.]+(?:em)?" rspace="[\d.]+(?:em)?")?) stretchy="false">'
_BINARY = r'<mo form="infix"((?: lspace="[\d.]+(?:em)?" rspace="[\d.]+(?:em)?")?) largeop="false">'
_BRACKET = r'<mo fence="true" form="(?:prefix|postfix)"( stretchy="false")?>'
_PREFIX = '<mo form="prefix" lspace="0" rspace="0">'
_LETTER = '<mo form="prefix" lspace="0" rspace="0" stretchy="false">'
_FIRST = "(<(?:mrow|math|mtd|msqrt)(?: [^<>]*)?>)"
_NEXT = "(?=<[^/])(?!<mspace)"
# What is written, and what is left to say of it; of a pattern before it what is part of all that it fits, since looking
# for that takes a tenth of the time. The order matters.
# Source: MathML Core (2023), section 3.2.4, the form of an operator, and appendix B, the operator dictionary.
KNOWN: tuple[tuple[str, ...], ...] = (
    (NAMESPACE, ""),
    # The spaces that the dictionary has, or what comes as close to TeX's as an eye can see.
    (' lspace="0.2778em" rspace="0.2778em" stretchy', " stretchy"),
    (' lspace="0.2222em" rspace="0.2222em" largeop', " largeop"),
    ('<mo form="infix"', f"{_RELATION}(=|&lt;|&gt;|[≤≥≠≈≡∈→⟹])<", r"<mo\1>\2<"),
    ('<mo form="infix"', f"{_BINARY}([⊙⊘⊗])<", r"<mo\1>\2<"),
    ('<mo form="infix"', f"{_BINARY}×<", r"<mo>×<"),
    ('<mo form="infix" largeop', '<mo form="infix" largeop="false">([+−])<', r'<mo form="infix">\1<'),
    ('<mo separator="true" lspace="0" rspace="0.1667em">,<', "<mo>,<"),
    ('<mo separator="true" ', "<mo "),
    ('<mo fence="true"', rf"{_BRACKET}([()[\]])<", r"<mo\1>\2<"),
    (_PREFIX, f"{_PREFIX}([+−])<", r'<mo form="prefix">\1<'),
    # A sign that neither stretches nor keeps a distance is set as a letter is.
    (_LETTER, f"{_LETTER}([^<&|])</mo>", r"<mi>\1</mi>"),
    # A sign between two others is infix; one that is only followed by others is prefix.
    ('<mo form="infix">', rf'(</\w+>)(?<!</mspace>)<mo form="infix">([+−])</mo>{_NEXT}', r"\1<mo>\2</mo>"),
    ('<mo form="prefix">', rf'{_FIRST}<mo form="prefix">([+−])</mo>{_NEXT}', r"\1<mo>\2</mo>"),
    ('<mo stretchy="true">', "<mo>"),
    ("</mo><mspace", '<mo>([\u2061\u2062])</mo><mspace width=("[^"]*")></mspace>', r"<mo rspace=\2>\1</mo>"),
    ("></mspace>", "/>"),
    ('="0.1667em"', '=".17em"'),
    ('="0.2778em"', '=".28em"'),
    # Text is upright, as the d of a differential is.
    ('<mi mathvariant="normal">d</mi>', "<mtext>d</mtext>"),
    # The style aligns these columns.
    (' columnalign="right left"', ""),
    ('<mtable class="matrix">', "<mtable>"),
    ('<mtable class="equations w', '<mtable class="w'),
    # The names of arguments are ours.
    (' arg="b', r' arg="b(?:ase|ody)\b', ' arg="b'),
    ("$b", r"\$b(?:ase|ody)\b", "$b"),
)
_KNOWN = tuple((sign, re.compile(pattern[0]) if pattern else None, left) for sign, *pattern, left in KNOWN)
# A formula without an operator has nothing of which these speak.
_OTHERS = tuple(rule for rule in _KNOWN if "mo" not in rule[0] and not rule[0].startswith(" lspace"))


@lru_cache(maxsize=1000)
def in_page(element: str) -> str:
    """A <math> element without its namespace and without what browsers know of signs; a page has many of them twice."""
    for sign, pattern, left in _KNOWN if "<mo" in element else _OTHERS:
        if sign in element:
            element = element.replace(sign, left) if pattern is None else pattern.sub(left, element)
    return element
