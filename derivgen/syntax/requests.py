"""What a derivative is asked of: f wrt x; F wrt x, y; f wrt x twice; f wrt x, then y."""

from __future__ import annotations

from dataclasses import dataclass

from derivgen.errors import DerivgenError, Span
from derivgen.syntax.declarations import PlacedName, placed
from derivgen.syntax.reading import words_of
from derivgen.syntax.slips import near_misses
from derivgen.syntax.source import Source, source_of
from derivgen.syntax.tokens import Token

FORM = "write f wrt x; f wrt x, y; f wrt x twice; or f wrt x, then y"


@dataclass(frozen=True, slots=True)
class RequestText:
    """A request as it was written: names only, with their places."""

    of: PlacedName
    wrt: tuple[PlacedName, ...]
    twice: bool = False
    then: PlacedName | None = None

    @property
    def text(self) -> str:
        """The canonical form: f wrt x, y twice."""
        end = " twice" if self.twice else f", then {self.then.name}" if self.then else ""
        return f"{self.of.name} wrt {', '.join(name.name for name in self.wrt)}{end}"


def parse_request(text: str, span: Span | None = None) -> RequestText:
    """The request that `text` stands for; whoever calls resolves its names.

    Raises: DerivgenError with the exact place.
    """
    source = source_of(text, span)
    tokens = words_of(source)
    if not tokens:
        raise source.fault("request", 0, 1, "no derivative is asked for here", FORM)
    _refuse_other_words(source, tokens)
    wrt = next((number for number, token in enumerate(tokens) if token.text == "wrt" and number > 0), 0)
    if wrt != 1 or tokens[0].kind != "name":
        raise source.fault(
            "request",
            tokens[0].start,
            tokens[max(wrt - 1, 0)].end,
            _what_is_wrong(source, tokens, wrt),
            _hint(tokens, wrt),
        )
    if len(tokens) == 2:
        raise source.fault("request", tokens[1].start, tokens[1].end, "no variable is named after wrt", FORM)
    return _request(source, tokens[0], tokens[2:])


def _request(source: Source, of: Token, tokens: tuple[Token, ...]) -> RequestText:
    twice = len(tokens) > 1 and tokens[-1].text == "twice" and tokens[-2].text != ","
    tokens = tokens[:-1] if twice else tokens
    then = len(tokens) > 2 and tokens[-2].text == "then" and tokens[-1].kind == "name" and tokens[-3].text == ","
    names = _names(source, tokens[:-3] if then else tokens)
    if then and twice:
        raise source.fault("request", tokens[-2].start, tokens[-1].end, "then and twice do not go together", FORM)
    return RequestText(placed(source, of), names, twice, placed(source, tokens[-1]) if then else None)


def _names(source: Source, tokens: tuple[Token, ...]) -> tuple[PlacedName, ...]:
    names: list[PlacedName] = []
    for number, token in enumerate(tokens):
        if number % 2 == 0 and token.kind == "name":
            if token.text in {earlier.name for earlier in names}:
                raise source.fault(
                    "request",
                    token.start,
                    token.end,
                    f"{token.text} stands twice",
                    f"for a second derivative write wrt {token.text} twice",
                )
            names.append(placed(source, token))
        elif number % 2 == 0 or token.text != ",":
            raise _odd_word(source, token, number)
    if len(tokens) % 2 == 0:
        raise source.fault("request", tokens[-1].start, tokens[-1].end, "nothing follows this comma", FORM)
    return tuple(names)


def _odd_word(source: Source, token: Token, number: int) -> DerivgenError:
    if token.text == "[":
        hint = "differentiate by the whole variable; its components are the entries of the result"
    elif token.text in {"and", "&", ";", "+"}:
        hint = "separate the variables by commas"
    elif token.text == "then":
        hint = "write a comma before it: f wrt x, then y"
    elif token.text == ".":
        hint = (
            "differentiate by the variable itself; a derivative by its transpose has the same entries in another order"
        )
    elif number % 2 and near_misses(token.text, ["twice", "then"]):
        hint = f"did you mean {near_misses(token.text, ['twice', 'then'])}?"
    else:
        hint = FORM
    return source.fault("request", token.start, token.end, f"{token.text} cannot stand here", hint)


def _refuse_other_words(source: Source, tokens: tuple[Token, ...]) -> None:
    words = [token.text.lower() for token in tokens]
    if "wrt" in [token.text for token in tokens[1:]]:
        return
    for number in range(1, len(tokens)):
        length = next((len(form) for form in OTHER_WORDS if tuple(words[number : number + len(form)]) == form), 0)
        if length:
            start, end = tokens[number].start, tokens[number + length - 1].end
            raise source.fault(
                "request", start, end, f"{source.between(start, end)} is written wrt here", "write f wrt x"
            )
    for token in tokens[1:2]:
        if token.kind == "name":
            close = near_misses(token.text, ["wrt"]) or set(token.text) == set("wrt")
            hint = "did you mean wrt?" if close else FORM
            raise source.fault("request", token.start, token.end, f"{token.text} cannot stand here", hint)


OTHER_WORDS = (
    ("with", "respect", "to"), ("w", ".", "r", ".", "t", "."), ("w", ".", "r", ".", "t"), ("w", ".", "r", ".", "to"),
    ("respect", "to"), ("wrt",), ("by",), ("over",), ("for",),
)  # fmt: skip


def _what_is_wrong(source: Source, tokens: tuple[Token, ...], wrt: int) -> str:
    before = source.between(tokens[0].start, tokens[max(wrt - 1, 0)].end)
    return f"{before} is not the name of a function" if wrt else "this does not say with respect to what"


def _hint(tokens: tuple[Token, ...], wrt: int) -> str:
    if wrt > 1:
        return "give the expression a name under functions and ask for that"
    return f"write {tokens[0].text} wrt x" if tokens[0].kind == "name" else FORM
