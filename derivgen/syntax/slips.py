"""Typical slips, each with the sentence that mends it: ^, 2x, x', =, ln, a misspelt name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from derivgen.errors import DerivgenError
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import Expr, Variable
from derivgen.syntax.characters import code_point, latin_form, spelled_out
from derivgen.syntax.othernames import MODULES, OTHER_NAMES, WRITTEN
from derivgen.syntax.scope import Scope
from derivgen.syntax.signs import refuse_foreign_signs
from derivgen.syntax.source import Source
from derivgen.syntax.tokens import Token

OPENING = {"(": ")", "[": "]"}
CLOSING = {")": "(", "]": "["}

WORDS = {
    "inf": "numbers are finite here", "infinity": "numbers are finite here", "nan": "numbers are finite here",
    "e": "write exp(x) for the exponential function, exp(1) for the number",
    "E": "write exp(x) for the exponential function, exp(1) for the number", "π": "write pi",
    "I": "write eye(n) for the identity matrix of size n", "True": "write 1", "False": "write 0",
}  # fmt: skip


def refuse_slips(source: Source, tokens: tuple[Token, ...]) -> None:
    """Check the words of an expression for what Python's grammar would only call a syntax error.

    Raises: DerivgenError with the place and the way to write it.
    """
    refuse_unbalanced(source, tokens)
    refuse_foreign_signs(source, tokens)


def refuse_unbalanced(source: Source, tokens: tuple[Token, ...]) -> None:
    """Check that every bracket has its partner.

    Raises: DerivgenError at the bracket that has none.
    """
    stack: list[Token] = []
    for token in tokens:
        if token.text in OPENING:
            stack.append(token)
        elif token.text in CLOSING:
            if not stack:
                raise source.fault(
                    "bracket",
                    token.start,
                    token.end,
                    f"this {token.text} closes nothing",
                    "delete it or open the bracket",
                )
            opened = stack.pop()
            if opened.text != CLOSING[token.text]:
                raise source.fault(
                    "bracket", token.start, token.end,
                    f"this {token.text} does not match the {opened.text} before it",
                    f"close with {OPENING[opened.text]}",
                )  # fmt: skip
    if stack:
        last = stack[-1]
        raise source.fault(
            "bracket", last.start, last.end, f"this {last.text} is not closed", f"add a {OPENING[last.text]}"
        )


def unknown_name(source: Source, token: Token, scope: Scope) -> DerivgenError:
    """The fault of a name that nothing declares, with near misses."""
    name = token.text
    if name in FUNCTIONS:
        message = f"{name} is a function"
        return source.fault("name", token.start, token.end, message, _function_hint(source, token))
    return source.fault(
        "name", token.start, token.end, f"the name {name} is not declared", _name_hint(source, token, scope)
    )


def _function_hint(source: Source, token: Token) -> str:
    record = FUNCTIONS[token.text]
    raised = re.match(r"\s*\*\*\s*(\w+)\s*\(([^()]*)\)", source.text[token.end :])
    if raised is not None and record.parameters:
        return f"write {token.text}({raised[2]})**{raised[1]}"
    return f"write {token.text}({', '.join(record.parameters)})"


def unknown_function(source: Source, token: Token, scope: Scope) -> DerivgenError:
    """The fault of a call of something that is not a function, with near misses."""
    name = token.text
    if name in scope.names or name in scope.sizes:
        is_variable = name in scope.sizes or _is_variable(scope.names[name])
        what = (
            "a size"
            if name not in scope.names
            else "a variable"
            if is_variable
            else "already a function of its variables"
        )
        place = re.match(r"\s*\(\s*(\d+(?:\s*,\s*\d+)?)\s*\)", source.text[token.end :])
        is_array = name in scope.names and not scope.names[name].is_scalar
        if place is not None and is_array:
            hint = f"for a component write {name}[{place[1]}]"
        else:
            hint = f"write {name}*(...) for a product" if is_variable else f"write {name} alone"
        return source.fault("function", token.start, token.end, f"{name} is {what} and cannot be called", hint)
    return source.fault(
        "function", token.start, token.end, f"there is no function {name}", _meant_function(name, scope)
    )


def _meant_function(name: str, scope: Scope) -> str:
    near = OTHER_NAMES.get(name.lower()) or (name.lower() if name.lower() in FUNCTIONS else "")
    if near in FUNCTIONS:
        return f"it is called {near} here"
    if name.lower() in WRITTEN:
        return f"write {WRITTEN[name.lower()]}"
    close = near_misses(name, [*FUNCTIONS, "where"])
    if close:
        return f"did you mean {close}?"
    letters = [letter for letter in name if letter in scope.names]
    if 0 < len(letters) == len(name):
        return f"for a product write {'*'.join(letters)}*(...)"
    return f"the functions are {', '.join(FUNCTIONS)}, where"


def near_misses(name: str, known: Iterable[str]) -> str:
    """The known names that are close to `name`, as words; empty if there are none."""
    import difflib  # only when something is wrong

    known = list(known)
    same = [other for other in known if other.lower() == name.lower()]
    close = same or difflib.get_close_matches(name, known, n=2, cutoff=0.6)
    return " or ".join(close)


def _name_hint(source: Source, token: Token, scope: Scope) -> str:
    name = token.text
    base, number = _base_and_number(name)
    if name == "T" and source.text[: token.start].rstrip().endswith("**"):
        return f"write {source.text[: token.start].rstrip()[:-2].split()[-1]}.T for a transpose"
    if name[-1] == "T" and name[:-1].rstrip("_") in scope.names:
        return f"write {name[:-1].rstrip('_')}.T for the transpose of {name[:-1].rstrip('_')}"
    if number and base in scope.names and not scope.names[base].is_scalar:
        return f"for a component write {base}[{number}]; another variable is declared under variables"
    return _twin(name, scope) or _near_name(name, scope)


def _base_and_number(name: str) -> tuple[str, str]:
    base = name.rstrip("0123456789")
    return base.rstrip("_"), name[len(base) :]


def _twin(name: str, scope: Scope) -> str:
    """The hint for a name that looks or sounds like a known one and is written in other letters."""
    plain = latin_form(name)
    if plain != name and (plain in scope.names or plain in FUNCTIONS or plain in scope.sizes):
        odd = next(a for a, b in zip(name, plain, strict=False) if a != b)
        return f"its letter {odd} is {code_point(odd)}; type the plain {plain}"
    spelled = spelled_out(name)
    if spelled in scope.names:
        return f"write {spelled}"
    return next((f"write {other}" for other in scope.names if spelled_out(other) == name), "")


def _near_name(name: str, scope: Scope) -> str:
    if name in WORDS:
        return WORDS[name]
    close = near_misses(name, [*scope.names, *sorted(scope.sizes), "pi"])
    product = _product(name, scope)
    if product:
        hint = f"for a product write {product}"
        return f"did you mean {close}? {hint}" if close and len(name) < 3 else hint
    bare = re.sub(r"^inv_?|_?inv$", "", name)
    if bare != name and bare in scope.names:
        return f"write inv({bare}) for the inverse of {bare}"
    if close:
        return f"did you mean {close}?"
    if OTHER_NAMES.get(name, name) in FUNCTIONS:
        return f"the function is {OTHER_NAMES.get(name, name)}(...)"
    declared = ", ".join(scope.names)
    return f"declare it, or use one of {declared}" if declared else "declare it under variables"


def _product(name: str, scope: Scope) -> str:
    """The product that letters side by side stand for in a book: Ax, xTAx; empty where they are no such letters."""
    factors = re.findall(r"[^\W\d_](?:T(?![a-z]))?", name)
    letters = [factor if factor in scope.names else factor.removesuffix("T") for factor in factors]
    if not 1 < len(factors) <= 5 or "".join(factors) != name or not all(letter in scope.names for letter in letters):
        return ""
    written = [letter if factor == letter else f"{letter}.T" for factor, letter in zip(factors, letters, strict=True)]
    are_scalars = all(scope.names[letter].is_scalar for letter in letters)
    return ("*" if are_scalars else " @ ").join(written)


def _is_variable(expr: Expr) -> bool:
    return isinstance(expr, Variable)


def foreign_attribute(source: Source, token: Token, owner: str, called: str = "") -> DerivgenError:
    """The fault of a name after a dot that is not T, or that is called: methods and modules of other tools."""
    name = token.text
    if owner.partition(".")[0] in MODULES:
        here = OTHER_NAMES.get(name, name)
        arguments = called.partition("(")[2]
        if here in FUNCTIONS:
            hint = f"write {here}({arguments}" if called else f"write {here}"
        else:
            hint = _meant_function(name, Scope({}))
        return source.fault("attribute", token.start, token.end, f"{owner}.{name} is not of this language", hint)
    if name == "T":
        return source.fault("transpose-sign", token.start, token.end, ".T takes no brackets", f"write {owner}.T")
    if name.lower() in {"t", "transpose", "mt", "h"}:
        message = f".{name} is not a transpose here"
        return source.fault("transpose-sign", token.start, token.end, message, f"write {owner}.T")
    hint = f"write {WRITTEN[name]}" if called and name in WRITTEN else "the only one is .T, the transpose"
    here = "inv" if name == "I" else OTHER_NAMES.get(name, name)
    if here in FUNCTIONS:
        others = called.partition("(")[2].removesuffix(")").strip() if called else ""
        missing = ", ..." if len(FUNCTIONS[here].parameters) > 1 and not others else ""
        hint = f"write {here}({owner}{', ' + others if others else missing})"
    return source.fault("attribute", token.start, token.end, f"there is no .{name} here", hint)
