"""What the reader of formulas says of a slip, told in another language.

It is below the catalogues and knows none: its words are recognised by the templates that a catalogue has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from derivgen.answers.german.reading import READING

CATALOGUES: Mapping[str, Mapping[str, str]] = {"de": READING}
_SLOT = re.compile(r"\{(\w+)\}")


class SlipWords(str):
    """English words of the reader that end up in a sentence: what is wrong, and how to mend it."""

    __slots__ = ("hint", "is_first", "what")
    what: str
    hint: str
    is_first: bool

    def __new__(cls, what: str, hint: str = "", *, is_first: bool = False, ends: bool = True) -> SlipWords:
        """The words in English; `is_first` where they begin the sentence, `ends` where they end it."""
        words = _joined(what, hint, ends=ends)
        made = super().__new__(cls, f"{words[:1].upper()}{words[1:]}" if is_first else words)
        made.what, made.hint, made.is_first = what, hint, is_first
        return made

    def told(self, language: str) -> str:
        """The same in the words of a language."""
        catalogue = CATALOGUES.get(language, {})
        ends = self.endswith((".", "?"))
        what, hint = _in_words_of(catalogue, self.what), _in_words_of(catalogue, self.hint)
        # A sentence begins with a capital, and a formula stays as it was typed.
        is_formula = what == self.what or self.what.startswith(what.split(" ", 1)[0])
        return _joined(what if is_formula else f"{what[:1].upper()}{what[1:]}", hint, ends=ends)


def _joined(what: str, hint: str, *, ends: bool) -> str:
    line = f"{what}; {hint}" if hint else what
    return line if not ends or line.endswith(("?", ".")) else f"{line}."


def _in_words_of(catalogue: Mapping[str, str], words: str) -> str:
    """The words by the template that says most of them; as they are where there is none."""
    fitting = ((template, _pattern(template).fullmatch(words)) for template in _fixed_words_first(catalogue))
    for template, found in fitting:
        if found is not None:
            slots = {name: _in_slot(catalogue, name, value) for name, value in found.groupdict().items()}
            return catalogue[template].format(**slots)
    return words


def _fixed_words_first(catalogue: Mapping[str, str]) -> list[str]:
    return sorted(catalogue, key=lambda template: -len(_SLOT.sub("", template)))


def _in_slot(catalogue: Mapping[str, str], name: str, value: str) -> str:
    """What fills a slot: what somebody typed stays, and only a reason or a hint is words again."""
    return _in_words_of(catalogue, value) if name in ("reason", "hint") else value


@cache
def _pattern(template: str) -> re.Pattern[str]:
    pieces = _SLOT.split(template)
    parts = [re.escape(piece) if k % 2 == 0 else f"(?P<{piece}>.+)" for k, piece in enumerate(pieces)]
    return re.compile("".join(parts), re.DOTALL)
