"""Typical slips, each with the sentence that mends it: ^, 2x, x', =, ln, a misspelt name."""

from __future__ import annotations

from collections.abc import Iterable

from derivgen.errors import DerivgenError
from derivgen.expr.functions import FUNCTIONS
from derivgen.expr.nodes import Expr, Variable
from derivgen.syntax.characters import code_point, latin_form
from derivgen.syntax.scope import Scope
from derivgen.syntax.source import Source
from derivgen.syntax.tokens import Token

OPENING = {"(": ")", "[": "]"}
CLOSING = {")": "(", "]": "["}

# Names that other books and tools use, and what they are called here.
OTHER_NAMES = {
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "tg": "tan", "sgn": "sign", "sig": "sigmoid",
    "logistic": "sigmoid", "heaviside": "step", "average": "mean", "avg": "mean", "product": "prod",
    "maximum": "max", "minimum": "min", "inner": "dot", "total": "sum",
    "trace": "tr", "inverse": "inv", "determinant": "det", "l1": "norm1",
    "identity": "eye", "square_root": "sqrt", "root": "sqrt", "exponential": "exp", "lse": "logsumexp",
    "log_sum_exp": "logsumexp",
    "norm2": "norm", "nrm": "norm", "logarithm": "log", "fabs": "abs", "relu_": "relu", "soft_max": "softmax",
}  # fmt: skip

WORDS = {
    "inf": "numbers are finite here", "infinity": "numbers are finite here", "nan": "numbers are finite here",
    "e": "write exp(x) for the exponential function, exp(1) for the number", "π": "write pi",
    "I": "write eye(n) for the identity matrix of size n", "True": "write 1", "False": "write 0",
}  # fmt: skip

# Words of Python's grammar, refused only where they stand beside an operand: they may be names.
PYTHON_WORDS = {
    "if": "choose with where(a > b, c, d)", "else": "choose with where(a > b, c, d)",
    "for": "there are no loops, use sum(...)",
    "and": "write one comparison in each where(...)", "or": "write one comparison in each where(...)",
    "not": "turn the comparison around", "of": "write f(x) or f*x", "times": "write *",
}  # fmt: skip

# Operators of Python that this language does not have.
FOREIGN = {
    "//": "write / for a quotient", "%": "there is no remainder here", "<<": "compare with < inside where(...)",
    ">>": "compare with > inside where(...)", ":=": "write one expression", "->": "write one expression",
    "&": "write one expression", "|": "write abs(x) for an absolute value, norm(x) for a norm",
    "~": "write one expression",
    "!": "there is no factorial here",
    "!=": "compare inside where(...), with > < >= <=", ":": "give one index, there are no slices",
    ";": "write one expression", "{": "group with round brackets ( )", "}": "group with round brackets ( )",
    "\\": "write names without a backslash: theta, not \\theta", "$": "write the expression without $",
    "?": "write one expression",
    "`": "write the expression without `",
}  # fmt: skip


def refuse_slips(source: Source, tokens: tuple[Token, ...]) -> None:
    """Check the words of an expression for what Python's grammar would only call a syntax error.

    Raises: DerivgenError with the place and the way to write it.
    """
    refuse_unbalanced(source, tokens)
    for number, token in enumerate(tokens):
        before = tokens[number - 1] if number else None
        after = tokens[number + 1] if number + 1 < len(tokens) else None
        if token.kind == "operator":
            _refuse_operator(source, token, before, after)
        if before and _ends_operand(before) and _starts_operand(token):
            _refuse_neighbours(source, before, token)


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
                    "syntax",
                    token.start,
                    token.end,
                    f"this {token.text} closes nothing",
                    "delete it or open the bracket",
                )
            opened = stack.pop()
            if opened.text != CLOSING[token.text]:
                raise source.fault(
                    "syntax", token.start, token.end,
                    f"this {token.text} does not match the {opened.text} before it",
                    f"close with {OPENING[opened.text]}",
                )  # fmt: skip
    if stack:
        last = stack[-1]
        raise source.fault(
            "syntax", last.start, last.end, f"this {last.text} is not closed", f"add a {OPENING[last.text]}"
        )


def unknown_name(source: Source, token: Token, scope: Scope) -> DerivgenError:
    """The fault of a name that nothing declares, with near misses."""
    name = token.text
    message = f"the name {name} is not declared"
    if name in FUNCTIONS:
        record = FUNCTIONS[name]
        return source.fault(
            "name", token.start, token.end, f"{name} is a function", f"write {name}({', '.join(record.parameters)})"
        )
    base = name[:-1].rstrip("_")
    if name[-1] == "T" and base in scope.names:
        return source.fault("name", token.start, token.end, message, f"write {base}.T for the transpose of {base}")
    twin = latin_form(name)
    if twin != name and (twin in scope.names or twin in FUNCTIONS or twin in scope.sizes):
        odd = next(a for a, b in zip(name, twin, strict=False) if a != b)
        hint = f"its letter {odd} is {code_point(odd)}; type the plain {twin}"
        return source.fault("name", token.start, token.end, message, hint)
    return source.fault("name", token.start, token.end, message, _name_hint(name, scope))


def unknown_function(source: Source, token: Token, scope: Scope) -> DerivgenError:
    """The fault of a call of something that is not a function, with near misses."""
    name = token.text
    if name in scope.names or name in scope.sizes:
        hint = (
            f"write {name}*(...) for a product"
            if name in scope.sizes or _is_variable(scope.names[name])
            else f"write {name} alone"
        )
        what = (
            "a size"
            if name not in scope.names
            else "a variable"
            if _is_variable(scope.names[name])
            else "already a function of its variables"
        )
        return source.fault("function", token.start, token.end, f"{name} is {what} and cannot be called", hint)
    near = OTHER_NAMES.get(name.lower()) or (name.lower() if name.lower() in FUNCTIONS else "")
    if near in FUNCTIONS:
        hint = f"it is called {near} here"
    elif name in {"transpose", "T"}:
        hint = "write x.T for the transpose of x"
    else:
        close = near_misses(name, [*FUNCTIONS, "where"])
        hint = f"did you mean {close}?" if close else f"the functions are {', '.join(FUNCTIONS)}, where"
    return source.fault("function", token.start, token.end, f"there is no function {name}", hint)


def near_misses(name: str, known: Iterable[str]) -> str:
    """The known names that are close to `name`, as words; empty if there are none."""
    import difflib  # only when something is wrong

    known = list(known)
    same = [other for other in known if other.lower() == name.lower()]
    close = same or difflib.get_close_matches(name, known, n=2, cutoff=0.6)
    return " or ".join(close)


def _name_hint(name: str, scope: Scope) -> str:
    if name in WORDS:
        return WORDS[name]
    letters = [letter for letter in name if letter in scope.names]
    close = near_misses(name, [*scope.names, *sorted(scope.sizes), "pi"])
    if 1 < len(name) < 4 and len(letters) == len(name):
        product = f"for a product write {'*'.join(letters)}"
        return f"did you mean {close}? {product}" if close else product
    if close:
        return f"did you mean {close}?"
    if OTHER_NAMES.get(name, name) in FUNCTIONS:
        return f"the function is {OTHER_NAMES.get(name, name)}(...)"
    declared = ", ".join(scope.names)
    return f"declare it, or use one of {declared}" if declared else "declare it under variables"


def _is_variable(expr: Expr) -> bool:
    return isinstance(expr, Variable)


def _refuse_operator(source: Source, token: Token, before: Token | None, after: Token | None) -> None:
    if token.text == "^":
        if after and after.text == "T":
            raise source.fault(
                "syntax", token.start, after.end, "^T is not a transpose here", f"write {_typed(before)}.T"
            )
        raise source.fault(
            "syntax", token.start, token.end, "^ is not a power here", f"write {_typed(before)}**{_typed(after)}"
        )
    if token.text == "'":
        if before and _ends_operand(before) and before.end == token.start:
            raise source.fault(
                "syntax", token.start, token.end, "' is not a transpose here", f"write {_typed(before)}.T"
            )
        raise source.fault(
            "syntax",
            token.start,
            token.end,
            "quoted text has no place in an expression",
            "leave the quotation marks out",
        )
    if token.text == '"':
        raise source.fault(
            "syntax",
            token.start,
            token.end,
            "quoted text has no place in an expression",
            "leave the quotation marks out",
        )
    if token.text in {"=", "=="}:
        raise _equals(source, token)
    if token.text == "#":
        raise source.fault(
            "syntax", token.start, len(source.text), "there are no comments in an expression", "delete from # on"
        )
    if token.text in FOREIGN:
        raise source.fault("syntax", token.start, token.end, f"{token.text} has no meaning here", FOREIGN[token.text])


def _equals(source: Source, token: Token) -> DerivgenError:
    before = source.text[: token.start]
    is_within = before.count("(") > before.count(")")
    hint = "compare inside where(...), with > < >= <="
    if token.text == "=":
        hint = "arguments have no names, and comparisons are > < >= <=" if is_within else "write the right side alone"
    return source.fault("syntax", token.start, token.end, f"{token.text} has no place in an expression", hint)


def _refuse_neighbours(source: Source, before: Token, token: Token) -> None:
    if before.kind == "number" and token.kind == "name" and before.end == token.start:
        if token.text.startswith("_") and token.text.strip("_").isdigit():
            raise source.fault(
                "number",
                before.start,
                token.end,
                "numbers have no _ here",
                f"write {before.text}{token.text.replace('_', '')}",
            )
        if before.text == "0" and token.text[0] in "xXbBoO" and len(token.text) > 1 and token.text[1].isdigit():
            raise source.fault(
                "number",
                before.start,
                token.end,
                "numbers are decimal here",
                "write the number with the digits 0 to 9 alone",
            )
        if token.text in {"j", "J"}:
            raise source.fault(
                "number",
                before.start,
                token.end,
                "numbers are real here",
                "for a product with j write " + before.text + "*" + token.text,
            )
    if before.kind == "number" and token.kind == "number":
        raise source.fault(
            "syntax",
            before.start,
            token.end,
            "two numbers stand side by side",
            "a decimal point is a dot; put an operator between them",
        )
    for word in (before, token):
        if word.text in PYTHON_WORDS:
            raise source.fault(
                "syntax", word.start, word.end, f"{word.text} has no meaning here", PYTHON_WORDS[word.text]
            )
    hint = f"write {_typed(before)}*{_typed(token)}"
    if before.kind != "number" and token.kind != "number":
        hint += f" or {_typed(before)} @ {_typed(token)}"
    raise source.fault(
        "syntax", before.start, token.end, f"an operator is missing between {before.text} and {token.text}", hint
    )


def _typed(token: Token | None) -> str:
    if token is None:
        return "x"
    return {"(": "(...)", ")": "(...)", "]": "[...]", "[": "[...]", "-": "(-...)"}.get(token.text, token.text)


def _ends_operand(token: Token) -> bool:
    return token.kind != "operator" or token.text in CLOSING


def _starts_operand(token: Token) -> bool:
    return token.kind != "operator"


def foreign_attribute(source: Source, token: Token, owner: str, called: str = "") -> DerivgenError:
    """The fault of a name after a dot that is not T: methods and modules of other tools."""
    if called and owner in {"np", "numpy", "math", "jnp", "torch", "sp", "sympy"}:
        return source.fault(
            "syntax",
            token.start,
            token.end,
            f"{owner}.{token.text} is not of this language",
            f"write {called.rpartition(owner + '.')[2]}",
        )
    if token.text.lower() in {"t", "transpose", "mt"}:
        return source.fault(
            "syntax", token.start, token.end, f".{token.text} is not a transpose here", f"write {owner}.T"
        )
    if token.text in FUNCTIONS:
        hint = (
            f"write {token.text}({owner}, ...)"
            if len(FUNCTIONS[token.text].parameters) > 1
            else f"write {token.text}({owner})"
        )
    else:
        hint = "the only one is .T, the transpose"
    return source.fault("syntax", token.start, token.end, f"there is no .{token.text} here", hint)
