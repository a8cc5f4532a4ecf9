"""Signs and words that other languages have and this one has not, each with what to write instead."""

from __future__ import annotations

import re

from derivgen.errors import DerivgenError
from derivgen.expr.functions import FUNCTIONS
from derivgen.syntax.latexsigns import latex_hint
from derivgen.syntax.operands import Words, ends_operand, unbraced
from derivgen.syntax.othernames import OTHER_NAMES, WRITTEN
from derivgen.syntax.source import Source
from derivgen.syntax.tokens import Token

# Words of Python's grammar, refused only where they stand beside an operand: they may be names.
PYTHON_WORDS = {
    "if": "choose with where(a > b, c, d)", "else": "choose with where(a > b, c, d)",
    "for": "there are no loops, use sum(...)",
    "and": "write one comparison in each where(...)", "or": "write one comparison in each where(...)",
    "not": "turn the comparison around", "of": "write f(x) or f*x", "times": "write *",
    "import": "there is nothing to import, write the expression alone", "return": "write the expression alone",
    "lambda": "write the expression alone", "def": "write the expression alone",
}  # fmt: skip

# Operators of Python that this language does not have.
FOREIGN = {
    "//": "write / for a quotient", "%": "there is no remainder here", "<<": "compare with < inside where(...)",
    ">>": "compare with > inside where(...)", ":=": "write one expression", "->": "write one expression",
    "&": "write one expression", "|": "write abs(x) for an absolute value, norm(x) for a norm",
    "~": "write one expression",
    "!": "there is no factorial here",
    "!=": "compare inside where(...), with > < >= <=", ":": "give one index, there are no slices",
    ";": "write one expression, with a comma between arguments", "{": "group with round brackets ( )",
    "}": "group with round brackets ( )", "$": "write the expression without $",
    "?": "choose with where(a > b, c, d)",
    "`": "write the expression without `",
}  # fmt: skip

EULER = ("e", "E", "exp")
# Signs of sums and products that are typed as letters.
SUMS = {"Σ": "sum", "Π": "prod"}


def refuse_foreign_signs(source: Source, tokens: tuple[Token, ...]) -> None:
    """Check the words of an expression for what Python's grammar would only call a syntax error.

    Raises: DerivgenError with the place and the way to write it.
    """
    words = Words(source, tokens)
    depth = 0
    for number, token in enumerate(tokens):
        depth += (token.text in "([") - (token.text in ")]")
        if token.kind == "operator":
            _refuse_operator(words, number, is_within=depth > 0)
        if number and ends_operand(tokens[number - 1]) and token.kind != "operator":
            _refuse_neighbours(words, number)


def _refuse_operator(words: Words, number: int, *, is_within: bool) -> None:
    token = words.tokens[number]
    match token.text:
        case "^":
            raise _power(words, number)
        case "'" | '"':
            raise _quoted(words, number)
        case "=" if _next(words, number).text in ("<", ">") and _next(words, number).start == token.end:
            sign = f"={_next(words, number).text}"
            hint = f"write {sign[1]}= inside where(...)"
            raise words.source.fault("comparison", token.start, token.end + 1, f"{sign} is no sign here", hint)
        case "<" if _next(words, number).text == ">" and _next(words, number).start == token.end:
            hint = "compare inside where(...), with > < >= <="
            raise words.source.fault("comparison", token.start, token.end + 1, "<> is no sign here", hint)
        case "=" | "==":
            raise _equals(words.source, token)
        case "." if _next(words, number).text in ("*", "/", "^", "**"):
            raise _dotted(words, number)
        case "\\":
            raise _backslash(words, number)
        case "," if not is_within:
            _refuse_decimal_comma(words, number)
        case "{" if number and words.tokens[number - 1].text in FUNCTIONS:
            name, argument = words.tokens[number - 1].text, words.after(number - 1).removeprefix("{").removesuffix("}")
            message = f"the arguments of {name} stand in round brackets"
            raise words.source.fault("bracket", token.start, token.end, message, f"write {name}({argument.strip()})")
        case "{" if number and words.tokens[number - 1].text.endswith("_"):
            name = words.tokens[number - 1].text.rstrip("_")
            hint = f"write {name}[1] for a component, {name}_1 for a name of its own"
            message = "braces make no subscript here"
            raise words.source.fault("latex-sign", words.tokens[number - 1].start, token.end, message, hint)
        case "#":
            message = "there are no comments in an expression"
            raise words.source.fault("comment", token.start, len(words.source.text), message, "delete from # on")
        case other if other in FOREIGN:
            message = f"{other} has no meaning here"
            raise words.source.fault("foreign-sign", token.start, token.end, message, FOREIGN[other])


def _next(words: Words, number: int) -> Token:
    return words.tokens[min(number + 1, len(words.tokens) - 1)]


def _power(words: Words, number: int) -> DerivgenError:
    source, token, base = words.source, words.tokens[number], words.before(number)
    exponent = unbraced(words.after(number))
    glued = re.fullmatch(r"T((?:[^\W\d_]|\().*)", exponent)
    if glued is not None:
        hint = f"write {base}.T @ {glued[1]}"
        return source.fault("transpose-sign", token.start, token.end + 1, "^T is not a transpose here", hint)
    if exponent in ("T", "top", "t") or words.after(number).startswith("\\"):
        end = _next(words, number).end
        return source.fault("transpose-sign", token.start, end, "^T is not a transpose here", f"write {base}.T")
    hint = f"write {base}**{exponent}"
    if exponent in ("-1", "(-1)"):
        hint = f"write inv({base}) for the inverse of a matrix, {base}**(-1) for one divided by each entry"
    elif exponent in ("+", "dagger"):
        hint = f"for the pseudo-inverse of a tall matrix write inv({base}.T @ {base}) @ {base}.T"
    elif exponent in ("*", "H"):
        hint = f"numbers are real here, write {base}.T"
    elif base in EULER:
        hint = f"write exp{exponent}" if exponent.startswith("(") else f"write exp({exponent})"
    elif base in FUNCTIONS:
        hint = _power_of_function(words, number, base)
    return source.fault("power-sign", token.start, token.end, "^ is not a power here", hint)


def _power_of_function(words: Words, number: int, name: str) -> str:
    """sin^2(x) is sin(x)**2."""
    after = words.after(number)
    exponent, opened, argument = after.partition("(")
    if not exponent or not opened:
        following = number + 1 + (words.tokens[number + 1].text in "+-") if number + 1 < len(words.tokens) else number
        rest = words.after(following) if following + 1 < len(words.tokens) else "x"
        return f"write {name}({rest.removeprefix('(').removesuffix(')')})**{unbraced(after)}"
    return f"write {name}({argument}**{exponent}"


def _quoted(words: Words, number: int) -> DerivgenError:
    token = words.tokens[number]
    before = words.tokens[number - 1]
    if token.text == "'" and number and ends_operand(before) and before.end == token.start:
        hint = f"write {words.before(number)}.T"
        return words.source.fault("transpose-sign", token.start, token.end, "' is not a transpose here", hint)
    message = "quoted text has no place in an expression"
    return words.source.fault("quoted-text", token.start, token.end, message, "leave the quotation marks out")


def _dotted(words: Words, number: int) -> DerivgenError:
    token, sign = words.tokens[number], _next(words, number)
    plain = "**" if sign.text == "^" else sign.text
    hint = f"write {words.before(number)}{plain}{words.after(number + 1)}: {plain} is entry by entry here"
    message = f"{token.text}{sign.text} is not an operator here"
    return words.source.fault("foreign-sign", token.start, sign.end, message, hint)


def _backslash(words: Words, number: int) -> DerivgenError:
    token, name = words.tokens[number], _next(words, number)
    is_division = number > 0 and ends_operand(words.tokens[number - 1]) and name.text not in FUNCTIONS
    if is_division and words.tokens[number - 1].end == token.start and latex_hint(words, number) == "":
        hint = f"for the solution of a linear system write inv({words.before(number)}) @ {words.after(number)}"
        return words.source.fault("foreign-sign", token.start, token.end, "\\ does not divide here", hint)
    plain = f"write names without a backslash: {name.text}, not \\{name.text}" if name.kind == "name" else "delete it"
    hint = latex_hint(words, number) or plain
    return words.source.fault("latex-sign", token.start, name.end, "expressions are not written in LaTeX", hint)


def _refuse_decimal_comma(words: Words, number: int) -> None:
    before, after = words.tokens[number - 1], _next(words, number)
    if number and before.kind == after.kind == "number" and before.end + 1 == after.start:
        message = "a decimal comma separates two numbers here"
        hint = f"write a decimal point: {before.text}.{after.text}"
        raise words.source.fault("number", before.start, after.end, message, hint)


def _equals(source: Source, token: Token) -> DerivgenError:
    before = source.text[: token.start]
    is_within = before.count("(") > before.count(")")
    hint = "compare inside where(...), with > < >= <="
    if token.text == "=":
        hint = "arguments have no names, and comparisons are > < >= <=" if is_within else "write the right side alone"
    return source.fault("equals", token.start, token.end, f"{token.text} has no place in an expression", hint)


def _refuse_neighbours(words: Words, number: int) -> None:
    source, before, token = words.source, words.tokens[number - 1], words.tokens[number]
    if before.kind == "number" and token.kind == "name" and before.end == token.start:
        _refuse_forms_of_numbers(source, before, token)
    if before.kind == "number" and token.kind == "number":
        hint = "a decimal point is a dot; put an operator between them"
        raise source.fault("number", before.start, token.end, "two numbers stand side by side", hint)
    for word in (before, token):
        if word.text in PYTHON_WORDS:
            message = f"{word.text} has no meaning here"
            raise source.fault("foreign-word", word.start, word.end, message, PYTHON_WORDS[word.text])
    left, right = words.before(number), words.after(number - 1)
    hint = f"write {left}*{right}"
    infix = OTHER_NAMES.get(token.text, token.text)
    if _is_called(before.text):
        hint = _call_of(words, number)
    elif infix in FUNCTIONS and len(FUNCTIONS[infix].parameters) == 2 and number + 1 < len(words.tokens):
        hint = f"write {infix}({left}, {words.after(number)})"
    elif _is_within_a_stack(words, number):
        hint = f"separate the entries by commas: {left}, {right}"
    elif left.endswith(".T"):
        hint = f"write {left} @ {right}"
    elif before.kind != "number" and token.kind != "number":
        hint += f" or {left} @ {right}"
    message = f"an operator is missing between {before.text} and {token.text}"
    raise source.fault("missing-operator", before.start, token.end, message, hint)


def _is_called(name: str) -> bool:
    here = OTHER_NAMES.get(name, name)
    return name in SUMS or name in WRITTEN or (here in FUNCTIONS and len(FUNCTIONS[here].parameters) > 0)


def _call_of(words: Words, number: int) -> str:
    """How to call the function whose name stands in front of its argument without brackets."""
    name, argument = words.tokens[number - 1].text, words.after(number - 1)
    if name in ("transpose", "trans"):
        return f"write {argument}.T"
    if name in SUMS:
        return f"write {SUMS[name]}({argument})"
    if name in WRITTEN and name not in OTHER_NAMES:
        return f"write {WRITTEN[name]}"
    here = OTHER_NAMES.get(name, name)
    has_more = len(FUNCTIONS[here].parameters) > 1
    following = number + 1 < len(words.tokens) and words.tokens[number + 1].kind != "operator"
    others = f", {words.after(number)}" if has_more and following else ", ..." if has_more else ""
    return f"write {here}({argument}{others})"


def _is_within_a_stack(words: Words, number: int) -> bool:
    opened: list[str] = []
    for token in words.tokens[:number]:
        if token.text in ("(", "["):
            opened.append(token.text)
        elif token.text in (")", "]") and opened:
            opened.pop()
    return opened[-1:] == ["["]


def _refuse_forms_of_numbers(source: Source, before: Token, token: Token) -> None:
    """Forms of numbers that Python has: 1_000, 0x10, 2j."""
    if token.text.startswith("_") and token.text.strip("_").isdigit():
        hint = f"write {before.text}{token.text.replace('_', '')}"
        raise source.fault("number", before.start, token.end, "numbers have no _ here", hint)
    if before.text == "0" and token.text[0] in "xXbBoO" and len(token.text) > 1 and token.text[1].isdigit():
        hint = "write the number with the digits 0 to 9 alone"
        raise source.fault("number", before.start, token.end, "numbers are decimal here", hint)
    if token.text in {"j", "J"}:
        hint = f"for a product with j write {before.text}*{token.text}"
        raise source.fault("number", before.start, token.end, "numbers are real here", hint)
