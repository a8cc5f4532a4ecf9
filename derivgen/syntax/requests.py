"""What a derivative is asked of: f wrt x; F wrt x, y; f wrt x twice; f wrt x, then y."""

from __future__ import annotations

from derivgen.errors import Span
from derivgen.record import record
from derivgen.syntax.declarations import PlacedName, placed
from derivgen.syntax.reading import words_of
from derivgen.syntax.requestslips import FORM, hint_for, odd_word, refuse_other_words
from derivgen.syntax.source import Source, source_of
from derivgen.syntax.tokens import Token


@record
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
    refuse_other_words(source, tokens)
    wrt = next((number for number, token in enumerate(tokens) if token.text == "wrt" and number > 0), 0)
    if wrt != 1 or tokens[0].kind != "name":
        raise source.fault(
            "request",
            tokens[0].start,
            tokens[max(wrt - 1, 0)].end,
            _what_is_wrong(source, tokens, wrt),
            hint_for(tokens, wrt),
        )
    if len(tokens) == 2:
        # Where another text was put behind it, that one is what is empty.
        end = tokens[1].end
        start, end = (end + 1, end + 2) if len(text) > end else (tokens[1].start, end)
        raise source.fault("request", start, end, "no variable is named after wrt", FORM)
    return _request(source, tokens[0], tokens[2:])


def _request(source: Source, of: Token, tokens: tuple[Token, ...]) -> RequestText:
    twice = len(tokens) > 1 and tokens[-1].text == "twice" and tokens[-2].text != ","
    tokens = tokens[:-1] if twice else tokens
    then = len(tokens) > 3 and tokens[-2].text == "then" and tokens[-1].kind == "name" and tokens[-3].text == ","
    if len(tokens) > 2 and tokens[-1].text == "twice" and tokens[-2].text == ",":
        hint = f"write it without the comma: wrt {tokens[-3].text} twice"
        raise source.fault("request", tokens[-2].start, tokens[-1].end, "twice follows its variable directly", hint)
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
            raise odd_word(source, token, number)
    if len(tokens) % 2 == 0:
        raise source.fault("request", tokens[-1].start, tokens[-1].end, "nothing follows this comma", FORM)
    return tuple(names)


def _what_is_wrong(source: Source, tokens: tuple[Token, ...], wrt: int) -> str:
    before = source.between(tokens[0].start, tokens[max(wrt - 1, 0)].end)
    if not wrt:
        return "this does not say with respect to what"
    return f"{before} is not the name of a function"
