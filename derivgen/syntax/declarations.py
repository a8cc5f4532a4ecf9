"""What a spec says of a name: scalar, vector(n), matrix(m, n), symmetric(n), and vector(m) of x."""

from __future__ import annotations

from typing import Literal, get_args

from derivgen.errors import DerivgenError, Span
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.record import record
from derivgen.syntax.numbers import number_of
from derivgen.syntax.reading import words_of
from derivgen.syntax.slips import near_misses, refuse_unbalanced
from derivgen.syntax.source import Source, source_of
from derivgen.syntax.tokens import Token

KindName = Literal["scalar", "vector", "matrix", "symmetric"]

FORMS: dict[str, tuple[int, str]] = {
    "scalar": (0, "scalar"),
    "vector": (1, "vector(n)"),
    "matrix": (2, "matrix(m, n)"),
    "symmetric": (1, "symmetric(n)"),
}
COMPARISONS = (">", "<", ">=", "<=", "!=", "=", "==")
# What other books and tools call a variable.
OTHER_KINDS = {
    **dict.fromkeys(("number", "real", "float", "double", "int", "integer", "const", "constant"), "write scalar"),
    **dict.fromkeys(("array", "list", "tuple", "column", "columnvector", "ndarray", "vec", "v"), "write vector(n)"),
    **dict.fromkeys(("row", "rowvector", "row_vector"), "a row is a matrix of one row: write matrix(1, n)"),
    **dict.fromkeys(("mat", "m", "square"), "write matrix(m, n), or matrix(n, n) for a square one"),
    **dict.fromkeys(("sym", "hermitian"), "write symmetric(n)"),
    **dict.fromkeys(("psd", "spd", "pd"), "write symmetric(n), and under `assume` as in `- S positive definite`"),
    "r": "write scalar for a number of R, vector(n) for R^n",
    "diagonal": "declare its diagonal as vector(n), and write diag(d) in the expression",
    "tensor": "arrays have at most two axes: write matrix(m, n)",
    "identity": "the identity matrix is not declared: write eye(n) in the expression",
}
KINDS = "a variable is a scalar, vector(n), matrix(m, n) or symmetric(n)"


@record
class PlacedName:
    """A name and where it stands."""

    name: str
    span: Span


@record
class Declaration:
    """The kind and sizes of a name; `of` are the variables of an unspecified function."""

    kind: KindName
    sizes: tuple[Size, ...] = ()
    of: tuple[PlacedName, ...] = ()

    @property
    def shape(self) -> Shape:
        """Rows and columns."""
        match self.kind, self.sizes:
            case "vector", (rows,):
                return Shape(rows, ONE)
            case "symmetric", (rows,):
                return Shape(rows, rows)
            case "matrix", (rows, columns):
                return Shape(rows, columns)
            case _:
                return SCALAR

    @property
    def is_symmetric(self) -> bool:
        """Whether it is a symmetric matrix."""
        return self.kind == "symmetric"

    @property
    def is_one_entry(self) -> bool:
        """Whether it is an array of one entry: vector(1), matrix(1, 1)."""
        return self.kind != "scalar" and self.shape.is_scalar


def declares_function(text: str) -> bool:
    """Whether the text is meant as an unspecified function: vector(m) of x."""
    kind, found, _ = text.partition(" of ")
    return bool(found) and kind.strip()[:1].isalpha()


def parse_declaration(text: str, span: Span | None = None) -> Declaration:
    """The declaration of a variable, such as vector(n), or of an unspecified function, vector(m) of x.

    Raises: DerivgenError with the exact place.
    """
    source = source_of(text, span)
    tokens = words_of(source)
    if not tokens:
        raise source.fault("declaration", 0, 1, "nothing is declared here", KINDS)
    refuse_unbalanced(source, tokens)
    kind = _kind(source, tokens[0])
    end = next((number for number, token in enumerate(tokens) if token.text == "of"), len(tokens))
    sizes = _sizes(source, tokens[0], tokens[1:end])
    return Declaration(kind, sizes, _names(source, tokens[end], tokens[end + 1 :]) if end < len(tokens) else ())


def _kind(source: Source, token: Token) -> KindName:
    for kind in get_args(KindName):
        if token.text == kind:
            return kind  # type: ignore[no-any-return]  # get_args has no types
    near = OTHER_KINDS.get(token.text.lower(), "")
    close = near_misses(token.text, FORMS)
    hint = near or (f"did you mean {close}?" if close else KINDS)
    raise source.fault("declaration", token.start, token.end, f"{token.text} is not a kind of variable", hint)


def _sizes(source: Source, kind: Token, tokens: tuple[Token, ...]) -> tuple[Size, ...]:
    wanted, form = FORMS[kind.text]
    if not tokens:
        if wanted:
            raise source.fault(
                "declaration", kind.start, kind.end, f"the size of this {_noun(kind)} is missing", f"write {form}"
            )
        return ()
    beyond = next((token for token in tokens if token.text in COMPARISONS), None)
    if beyond is not None:
        hint = "write the condition under `assume`, as in `- x > 0`"
        raise source.fault("declaration", beyond.start, beyond.end, "a condition cannot stand here", hint)
    if tokens[0].text != "(" or tokens[-1].text != ")":
        odd = tokens[0] if tokens[0].text != "(" else tokens[-1]
        raise source.fault("declaration", odd.start, odd.end, f"{odd.text} cannot stand here", f"write {form}")
    entries = _separated(source, tokens[0], tokens[1:-1], form)
    if len(entries) != wanted:
        plural = "" if wanted == 1 else "s"
        hint = f"write {form}"
        if kind.text == "vector" and len(entries) == 2:
            hint = "a vector is a column; for a matrix write matrix(m, n)"
        elif kind.text == "matrix" and len(entries) == 1:
            hint = f"write matrix({entries[0].text}, {entries[0].text}) for a square one, or matrix(m, n)"
        message = f"a {_noun(kind)} has {wanted or 'no'} size{plural}, not {len(entries)}"
        raise source.fault("declaration", kind.start, tokens[-1].end, message, hint)
    return tuple(_size(source, entry) for entry in entries)


def _noun(kind: Token) -> str:
    return "symmetric matrix" if kind.text == "symmetric" else kind.text


def _size(source: Source, token: Token) -> Size:
    if token.kind == "name":
        return Size.named(token.text)
    value = number_of(source, token)
    if value.denominator != 1 or value < 1:
        message = f"the size {token.text} is not a whole number from 1 up"
        raise source.fault("size", token.start, token.end, message, "a size is a name or a whole number from 1 up")
    return Size.whole(value.numerator)


def _names(source: Source, of: Token, tokens: tuple[Token, ...]) -> tuple[PlacedName, ...]:
    entries = _separated(source, of, tokens, "vector(m) of x, or scalar of x, y")
    for number, entry in enumerate(entries):
        if entry.kind != "name":
            raise source.fault(
                "declaration",
                entry.start,
                entry.end,
                f"{entry.text} is not a variable",
                "name the variables, as in scalar of x, y",
            )
        if entry.text in {earlier.text for earlier in entries[:number]}:
            raise source.fault(
                "declaration", entry.start, entry.end, f"{entry.text} stands twice", "name each variable once"
            )
    if not entries:
        raise source.fault(
            "declaration", of.start, of.end, "no variable is named after of", "write vector(m) of x, or scalar of x, y"
        )
    return tuple(placed(source, entry) for entry in entries)


def placed(source: Source, token: Token) -> PlacedName:
    """The name with its place."""
    return PlacedName(token.text, source.span.within(token.start, token.end))


def _separated(source: Source, opener: Token, tokens: tuple[Token, ...], form: str) -> tuple[Token, ...]:
    """The words between commas, one word each."""
    last = opener
    for number, token in enumerate(tokens):
        if (token.kind == "operator") is (number % 2 == 0) or (number % 2 and token.text != ","):
            raise _odd_word(source, last, token, form)
        last = token
    if tokens and len(tokens) % 2 == 0:
        raise source.fault("declaration", last.start, last.end, "nothing follows this comma", f"write {form}")
    return tokens[::2]


def _odd_word(source: Source, last: Token, token: Token, form: str) -> DerivgenError:
    if token.text == "-":
        return source.fault(
            "size", token.start, token.end, "a size is a name or a whole number from 1 up", f"write {form}"
        )
    if token.text in {"+", "*", "/", "**", "^"} or (last.kind == "number" and token.kind == "name"):
        return source.fault(
            "size",
            token.start,
            token.end,
            "a declared size is one name or one number",
            f"give the size a name of its own: {form}",
        )
    return source.fault(
        "declaration", token.start, token.end, f"{token.text} cannot stand after {last.text}", f"write {form}"
    )
