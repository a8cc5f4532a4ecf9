"""Characters that look like others: refused with their code point and what to type instead."""

from __future__ import annotations

import unicodedata

from derivgen.errors import DerivgenError
from derivgen.syntax.source import Source
from derivgen.syntax.tokens import Token, is_letter

SUBSTITUTES = {
    "×": "*", "·": "*", "⋅": "*", "∙": "*", "∗": "*", "•": "*", "⊙": "*", "∘": "*", "÷": "/", "∕": "/", "⁄": "/",
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "≥": ">=", "≤": "<=", "≠": "!=", "⩾": ">=", "⩽": "<=",
    "⊤": ".T", "ᵀ": ".T", "′": ".T", "’": ".T", "√": "sqrt(...)", "²": "**2", "³": "**3", "¹": "**1",
    "½": "1/2", "¼": "1/4", "¾": "3/4", "∑": "sum(...)", "∏": "prod(...)", "“": "", "”": "",
    "‘": "", "«": "", "»": "", "„": "",
}  # fmt: skip

# Signs of mathematics that are written in another way, and not sign by sign.
OTHERWISE = {
    "∂": "ask for a derivative under `derivatives`: `- f wrt x`",
    "∇": "ask for a derivative under `derivatives`: `- f wrt x`",
    "‖": "write norm(x)", "∥": "write norm(x)", "∈": "say what it is under `variables`: `x: vector(n)`",
    "⁻": "write **(-1) for one divided by it, inv(A) for the inverse of a matrix", "∫": "there are no integrals here",
    "∞": "numbers are finite here", "⊗": "write kron(A, B)", "…": "write every term, or sum(...)",
    "←": "write the right side alone", "→": "write the right side alone", "⟨": "write dot(x, y)",
}  # fmt: skip

# Cyrillic and Greek letters that cannot be told from Latin ones on the screen.
LOOK_ALIKES = dict(
    zip(
        "асеорхуіјѕԁһАВЕКМНОРСТХІЈЅαοινρυκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aceopxyijsdhABEKMHOPCTXIJSaoivpukABEZHIKMNOPTYX",
        strict=True,
    )
)

SCRIPTS = {"LATIN": "Latin", "CYRILLIC": "Cyrillic", "GREEK": "Greek", "MICRO": "Greek", "OHM": "Greek"}


def code_point(character: str) -> str:
    """The code point as it is written: U+00D7."""
    return f"U+{ord(character):04X}"


def latin_form(name: str) -> str:
    """The name with every look-alike letter replaced by the plain one."""
    plain = unicodedata.normalize("NFKC", name)
    return "".join(LOOK_ALIKES.get(letter, letter) for letter in plain)


def spelled_out(name: str) -> str:
    """The name with Greek letters in words, as in theta; empty for a name of other letters."""
    words = [unicodedata.name(letter, "").split() for letter in name if not letter.isascii()]
    if not words or not all(word[:1] == ["GREEK"] and len(word) == 4 for word in words):
        return ""
    spelled = {"LAMDA": "lambda"}
    return "".join(
        letter
        if letter.isascii()
        else (spelled.get(last := unicodedata.name(letter).split()[-1]) or last.lower())
        if letter.islower()
        else (spelled.get(last := unicodedata.name(letter).split()[-1]) or last).capitalize()
        for letter in name
    )


def refuse_strange_characters(source: Source) -> None:
    """Check that every character can be typed on a keyboard or is a letter.

    Raises: DerivgenError with the code point and the plain substitute.
    """
    for place, character in enumerate(source.text):
        if not character.isascii() and not _is_part_of_name(source.text, place):
            raise _strange(source, place)
        if character.isascii() and not character.isprintable():
            raise source.fault(
                "character",
                place,
                place + 1,
                f"an invisible character stands here ({code_point(character)})",
                "delete it",
            )


def refuse_mixed_scripts(source: Source, tokens: tuple[Token, ...]) -> None:
    """Check that no name mixes Latin letters with Cyrillic or Greek ones.

    Raises: DerivgenError with the code point of the odd letter.
    """
    for token in tokens:
        if token.kind == "name":
            scripts = {_script(letter): letter for letter in reversed(token.text) if _script(letter)}
            if len(scripts) > 1:
                raise _mixed(source, token, scripts)


def _is_part_of_name(text: str, place: int) -> bool:
    character = text[place]
    if character in SUBSTITUTES:
        return False
    if unicodedata.category(character) in {"Mn", "Mc"}:
        return place > 0 and (is_letter(text[place - 1]) or unicodedata.combining(text[place - 1]) > 0)
    return is_letter(character)


def _strange(source: Source, place: int) -> DerivgenError:
    character = source.text[place]
    code = code_point(character)
    category = unicodedata.category(character)
    plain = unicodedata.normalize("NFKC", character)
    if category == "Zs":
        return source.fault("character", place, place + 1, f"this is not a plain space ({code})", "type a plain space")
    if category.startswith("C") or category.startswith("Z"):
        return source.fault("character", place, place + 1, f"an invisible character stands here ({code})", "delete it")
    if character in OTHERWISE:
        hint = OTHERWISE[character]
    elif character in SUBSTITUTES:
        hint = f"write {SUBSTITUTES[character]}" if SUBSTITUTES[character] else "leave the quotation marks out"
    elif "SUBSCRIPT" in unicodedata.name(character, ""):
        hint = f"write x[{plain}] for a component, x_{plain} for a name of its own"
    elif category == "Nd":
        hint = f"write {unicodedata.digit(character)}"
    elif plain.isascii() and plain.strip():
        hint = f"write {plain}"
    else:
        hint = "write it with letters, digits, + - * / ** @ and brackets"
    return source.fault("character", place, place + 1, f"the character {character} ({code}) has no meaning here", hint)


def _script(letter: str) -> str:
    return SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "") if letter.isalpha() else ""


def _mixed(source: Source, token: Token, scripts: dict[str, str]) -> DerivgenError:
    odd_script = "Cyrillic" if "Cyrillic" in scripts else "Greek"
    others = " and ".join(script for script in ("Latin", "Greek") if script in scripts and script != odd_script)
    odd = scripts[odd_script]
    place = token.start + max(token.typed.find(odd), 0)
    twin = LOOK_ALIKES.get(odd)
    hint = f"type the Latin letter {twin} instead" if twin else "use letters of one script, for instance Delta_x"
    return source.fault(
        "character", place, place + 1,
        f"the name {token.text} mixes {others} letters with the {odd_script} letter {odd} ({code_point(odd)})", hint,
    )  # fmt: skip
