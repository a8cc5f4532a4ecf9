"""Typical slips of requests, each with the way to write it: df/dx, gradient of f, f by x, f wrt x y."""

from __future__ import annotations

import re

from derivgen.errors import DerivgenError
from derivgen.syntax.slips import near_misses
from derivgen.syntax.source import Source
from derivgen.syntax.tokens import Token

FORM = "write f wrt x; f wrt x, y; f wrt x twice; or f wrt x, then y"

OTHER_WORDS = (
    ("with", "respect", "to"), ("with", "regard", "to"), ("with", "regards", "to"), ("to",), ("at",), ("as", "to"),
    ("w", ".", "r", ".", "t", "."), ("w", ".", "r", ".", "t"), ("w", ".", "r", ".", "to"),
    ("wrt", "."), ("respect", "to"), ("wrt",), ("by",), ("over",), ("for",), ("in",), ("->",),
)  # fmt: skip

# Words of other notations for a derivative; the first name that is none of them is the function.
DERIVATIVES = {
    "d", "of", "the", "grad", "gradient", "derivative", "derivatives", "derive", "diff", "jacobian", "hessian", "nabla",
    "partial", "differentiate", "twice", "second", "first", "total",
}  # fmt: skip


def refuse_other_words(source: Source, tokens: tuple[Token, ...]) -> None:
    """Check the words of a request for those that other books and tools have.

    Raises: DerivgenError with the place and the way to write it.
    """
    if "wrt" in [token.text for token in tokens[1:]] and tokens[-1].text != "." and "." not in _after_wrt(tokens)[:1]:
        return
    if tokens[0].text == "wrt":
        message = "this does not say what to differentiate"
        raise source.fault("request", tokens[0].start, tokens[0].end, message, "write the function before it: f wrt x")
    meant = _meant(tokens)
    if meant:
        start, end = tokens[0].start, tokens[-1].end
        raise source.fault("request", start, end, "a derivative is asked for in another form here", meant)
    if tokens[-1].text == "." and len(tokens) > 3:
        last = tokens[-1]
        raise source.fault("request", last.start, last.end, "a request ends without a stop", "leave it out")
    words = [token.text.lower() for token in tokens]
    for number in range(1, len(tokens)):
        length = next((len(form) for form in OTHER_WORDS if tuple(words[number : number + len(form)]) == form), 0)
        if length:
            start, end = tokens[number].start, tokens[number + length - 1].end
            hint = f"write {tokens[0].text} wrt {_last_name(tokens)}"
            raise source.fault("request", start, end, f"{source.between(start, end)} is written wrt here", hint)
    _refuse_near_word(source, tokens)


def _refuse_near_word(source: Source, tokens: tuple[Token, ...]) -> None:
    if tokens[0].text.endswith("wrt") and len(tokens) > 1:
        hint = f"put a space before wrt: {tokens[0].text[:-3]} wrt {tokens[1].text}"
        raise source.fault("request", tokens[0].start, tokens[0].end, "a space is missing before wrt", hint)
    for token in tokens[1:2]:
        if token.kind == "name":
            is_glued = token.text.startswith("wrt")
            close = near_misses(token.text, ["wrt"]) or set(token.text) == set("wrt")
            hint = (
                f"put a space after wrt: wrt {token.text[3:]}" if is_glued else "did you mean wrt?" if close else FORM
            )
            raise source.fault("request", token.start, token.end, f"{token.text} cannot stand here", hint)


def _after_wrt(tokens: tuple[Token, ...]) -> list[str]:
    texts = [token.text for token in tokens]
    return texts[texts.index("wrt", 1) + 1 :] if "wrt" in texts[1:] else []


def _last_name(tokens: tuple[Token, ...]) -> str:
    return tokens[-1].text if tokens[-1].kind == "name" and len(tokens) > 2 else "x"


def _meant(tokens: tuple[Token, ...]) -> str:
    """The request that a derivative in another notation stands for: df/dx, grad f, jacobian(f, x)."""
    texts = [token.text for token in tokens]
    twice = " twice" if texts[0].lower() in ("hessian", "second") or texts[1:2] == ["twice"] else ""
    if texts[1:2] in (["'"], ["twice"]):
        return f"write {texts[0]} wrt x{twice}"
    ratio = re.fullmatch(r"d\^?2?(\w)/d(\w)\^?2?", "".join(texts))
    if ratio is not None:
        twice = " twice" if "2" in "".join(texts) else ""
        return f"write {ratio[1]} wrt {ratio[2]}{twice}"
    subscript = re.fullmatch(r"(?:grad|nabla|D|d)_(\w+)|D", texts[0])
    if subscript is not None and len(texts) > 1 and "wrt" not in texts:
        return f"write {texts[1]} wrt {subscript[1] or 'x'}"
    names = [token.text for token in tokens if token.kind == "name" and token.text.lower() not in DERIVATIVES]
    if "/" in texts and texts[0].startswith("d"):
        upper = [name.removeprefix("d") or name for name in names]
        below = [token.text.removeprefix("d") for token in tokens[texts.index("/") + 1 :] if token.kind == "name"]
        variable = next((name for name in below if name), "x")
        function = next((name for name in upper if name and name != variable), "f")
        return f"write {function} wrt {variable}"
    if texts[0].lower() in DERIVATIVES - {"d", "the", "of"} and len(names) > 0 and "wrt" not in texts:
        variable = names[1] if len(names) > 1 and names[1] not in ("by", "to") else "x"
        return f"write {names[0]} wrt {variable}{twice}"
    return ""


def odd_word(source: Source, token: Token, number: int) -> DerivgenError:
    """The fault of a word that cannot stand among the variables of a request."""
    return source.fault(
        "request", token.start, token.end, f"{token.text} cannot stand here", _odd_hint(source, token, number)
    )


def _odd_hint(source: Source, token: Token, number: int) -> str:
    if token.text in "[(" and number == 0:
        return "write the variables without brackets: f wrt x, y"
    if token.text == "wrt":
        return "for a second derivative write f wrt x, then y"
    if token.text == "[":
        return "differentiate by the whole variable; its components are the entries of the result"
    if token.text == ";" and token.end == len(source.text.rstrip()):
        return "leave it out"
    if token.text in {"and", "&", ";", "+"}:
        return "separate the variables by commas"
    if token.text in "'\"":
        return "write the name without quotation marks"
    if token.text == "=":
        return "the derivative is found for every value: f wrt x"
    if token.text == "then":
        return "write a comma before it: f wrt x, then y"
    if token.text == ".":
        return "differentiate by the variable itself; by its transpose the entries are the same in another order"
    if token.text in {"(", "^", "**", "*", "/", "@"}:
        return "differentiate by a variable itself, not by an expression"
    if token.text == "twice":
        return "a derivative is of second order at most: write f wrt x twice, or f wrt x, then y"
    if number % 2 and near_misses(token.text, ["twice", "then"]) and token.text != "three":
        return f"did you mean {near_misses(token.text, ['twice', 'then'])}?"
    if token.kind == "number" or token.text in {"three", "two", "times", "second", "order"}:
        return "a second derivative is written f wrt x twice; there are no higher ones"
    if number % 2 and token.kind == "name":
        return f"separate the variables by commas: ..., {token.text}"
    return FORM


def hint_for(tokens: tuple[Token, ...], wrt: int) -> str:
    """How to write a request that does not begin with the name of a function and wrt."""
    texts = [token.text for token in tokens]
    if wrt > 1:
        names = [token.text for token in tokens[:wrt] if token.kind == "name"]
        others = [name for name in names if name.lower() not in DERIVATIVES]
        variable = texts[wrt + 1] if len(texts) > wrt + 1 else "x"
        if texts[:1] == ["-"]:
            return f"put a space after the dash: - {' '.join(texts[1:])}"
        if len(others) > 1 and set(texts[:wrt]) & {",", "and", "&"} and len(names) <= 3:
            return "ask for each on a line of its own: " + ", ".join(
                f"{name} wrt {variable}" for name in others if name != "and"
            )
        if others and (texts[1] == "(" or (len(others) == 1 and len(others) < len(names))):
            twice = " twice" if {"hessian", "twice", "second"} & {name.lower() for name in names} else ""
            return f"write {others[0]} wrt {variable}{twice}"
        return "give the expression a name under functions and ask for that"
    return f"write {tokens[0].text} wrt x" if tokens[0].kind == "name" else FORM
