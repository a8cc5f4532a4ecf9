"""What a variable or a function may be called."""

from __future__ import annotations

import re
import unicodedata

from derivgen.errors import DerivgenError, Fault
from derivgen.expr.functions import FUNCTIONS
from derivgen.problem.text import Text
from derivgen.syntax.reading import words_of
from derivgen.syntax.source import source_of

# The functions of the language, also those that the table does not hold yet: a name that is
# free today must still be free tomorrow. `pi` is a constant, and a declared name wins over it.
FUNCTION_NAMES = frozenset(FUNCTIONS) - {"pi"} | frozenset(
    ("where", "tr", "det", "logdet", "outer", "inv", "matpow", "kron", "vec", "commutation")
)


def declared_name(name: Text) -> str:
    """The name in NFC.

    Raises: DerivgenError if it is not a name, or one that cannot be declared.
    """
    try:
        words = words_of(source_of(name.value, name.flat_span))
    except DerivgenError as error:
        raise DerivgenError(*(name.placed(fault) for fault in error.faults)) from None
    if len(words) != 1 or words[0].kind != "name" or words[0].typed != name.value:
        raise DerivgenError(Fault("bad-name", _not_a_name(name.value), _name_hint(name.value), name.span))
    if words[0].text in FUNCTION_NAMES:
        hint = f"{words[0].text} is a function of the language; choose another name"
        raise DerivgenError(Fault("bad-name", f"{words[0].text} cannot be declared", hint, name.span))
    return words[0].text


def meant_names(value: str) -> tuple[str, ...]:
    """The names that a text which is no name was most likely to declare: of `f(x)` f, of `x, y` both."""
    whole = unicodedata.normalize("NFC", value)
    return tuple(dict.fromkeys((whole, *re.findall(r"\w+", whole.partition("(")[0]))))


def _name_hint(value: str) -> str:
    """How to write what was most likely meant."""
    plain = value.strip()
    if re.fullmatch(r"\w+\(.*\)", plain):
        return f"write {plain.partition('(')[0]} alone; its variables are seen from the expression"
    if "," in plain:
        return "declare each name on a line of its own"
    if plain.startswith("\\"):
        return f"write {plain[1:]} without the backslash"
    if plain.endswith("'"):
        return f"write {plain[:-1]}_prime, or another name"
    if "{" in plain:
        return f"write {plain.replace('{', '').replace('}', '')}"
    return "a name has letters, digits and _, and begins with a letter"


def _not_a_name(value: str) -> str:
    if not value.strip():
        return "a name is missing here"
    if value[0].isdigit():
        return f"{value} cannot be a name: it begins with a digit"
    return f"{value} cannot be a name"
