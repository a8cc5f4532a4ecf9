"""The style of pages below one class, so that a derivation can stand on a page of somebody else's.

It is made of the one style of pages: each selector is put below the class, with a weight that no host's rule for its
elements has; a unit of the page becomes one of the derivation; what depends on the width of the screen depends on that
of the derivation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from derivgen.render.packaged import templates_dir

if TYPE_CHECKING:
    from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

# An identifier that no page has gives the class the weight of one, twice.
SCOPE = ":is(.derivgen,#_#_)"
LAYERS = ("embedded/reset.css", "assets/style.css", "embedded/host.css")
# Their look is that of whole pages, and a host has its own.
OF_PAGES = ("html", "body", "footer", "button", "dialog", "output")
FONT = re.compile(r"(?:(?P<weight>\d+) )?(?P<size>calc\(.*\))/(?P<height>\S+) (?P<family>var\(--[a-z]+\))")
WIDTH = re.compile(r"\((?:min|max)-width:")
LENGTH = re.compile(r"([\d.]+)rem")
# rem: what a page of ours keeps free beside its text, and how wide the text is at most.
BESIDE, TEXT = 3.0, 46.0


def stylesheet(users: Path | None = None) -> str:
    """The style of embedded derivations; a style of the user's own templates stands in for ours."""
    import tinycss2  # inside: only what is embedded needs it

    texts = (_text(name, users) for name in LAYERS)
    rules = [rule for text in texts for rule in tinycss2.parse_stylesheet(text, skip_comments=True)]
    return "\n".join(_scoped(rules)) + "\n"


def _text(name: str, users: Path | None) -> str:
    own = None if users is None else users / name
    path = own if own is not None and own.is_file() else templates_dir() / name
    return path.read_text(encoding="utf-8")


def _scoped(rules: Iterable[Node]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            yield from _rule(rule)
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("font-face", "property"):
            yield rule.serialize()
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "container"):
            yield from _conditional(rule)


def _conditional(rule: AtRule) -> Iterator[str]:
    """The rules of a condition."""
    condition = _written(rule.prelude).strip()
    made = "\n".join(_scoped(_rules_in(rule)))
    if not made:
        return
    if rule.lower_at_keyword == "media" and "," not in condition:
        parts = condition.split(" and ")
        widths = " and ".join(LENGTH.sub(_of_text, part) for part in parts if WIDTH.search(part))
        condition = " and ".join(part for part in parts if not WIDTH.search(part))
        made = f"@container derivgen {widths} {{\n{made}\n}}" if widths else made
    yield f"@{rule.lower_at_keyword} {condition} {{\n{made}\n}}" if condition else made


def _of_text(length: re.Match[str]) -> str:
    """The width of the text, in its own letters, on a screen of a width."""
    return f"{min(float(length[1]) - BESIDE, TEXT):g}em"


def _rule(rule: QualifiedRule) -> Iterator[str]:
    selectors = [made for one in _split(rule.prelude) if (made := _below(one))]
    lines = [line for one in _declarations(rule) for line in _lines(one)]
    if selectors and lines:
        yield f"{', '.join(selectors)} {{ {' '.join(lines)} }}"


def _below(selector: Sequence[Node]) -> str:
    """A selector below the class; nothing for one of whole pages.

    A heading is known by its level on a page of ours, whatever it is on the host's, and the page has a `main` of its
    own: their classes have no weight, as their names had little.
    """
    written = _written(_mapped(selector, _element)).strip()
    if written == ":root":
        return SCOPE
    first = re.split(r"[\s>+~:.\[]", written, maxsplit=1)[0]
    return "" if written.startswith(":root") or first in OF_PAGES else f"{SCOPE} {written}"


def _lines(declaration: Declaration) -> Iterator[str]:
    name, value = declaration.name, _value(declaration)
    end = " !important;" if declaration.important else ";"
    font = FONT.fullmatch(value) if name == "font" else None
    if font is not None:
        # In one value a font family of the host's could not be inherited.
        yield f"font-weight: {font['weight'] or 400}{end}"
        yield f"font-size: {font['size']}{end}"
        yield f"font-family: {font['family']}{end}"
        yield f"line-height: {font['height']}{end}"
    elif name != "color-scheme":  # that is the host's
        yield f"{name}: {value}{end}"


def _value(declaration: Declaration) -> str:
    return _written(_mapped(declaration.value, _length)).strip()


def _length(token: Node) -> str | None:
    if token.type == "dimension" and token.lower_unit == "rem":
        return f"calc({token.representation} * var(--derivgen-rem))"
    return None


def _element(token: Node) -> str | None:
    return f":where(.{token.value})" if token.type == "ident" and re.fullmatch("h[1-6]|main", token.value) else None


def _mapped(tokens: Iterable[Node], turned: Callable[[Node], str | None]) -> list[Node]:
    """The tokens with some of them, at any depth, turned into others."""
    import tinycss2

    made: list[Node] = []
    for token in tokens:
        new = turned(token)
        if new is not None:
            made += tinycss2.parse_component_value_list(new)
            continue
        for inside in ("arguments", "content"):
            if token.type not in ("qualified-rule", "at-rule") and isinstance(getattr(token, inside, None), list):
                setattr(token, inside, _mapped(getattr(token, inside), turned))
        made.append(token)
    return made


def _split(prelude: Iterable[Node]) -> list[list[Node]]:
    """The selectors between the commas."""
    found: list[list[Node]] = [[]]
    for each in prelude:
        if each == ",":
            found.append([])
        else:
            found[-1].append(each)
    return found


def _declarations(rule: QualifiedRule) -> Iterator[Declaration]:
    import tinycss2

    listed = tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
    return (one for one in listed if one.type == "declaration")


def _rules_in(rule: AtRule) -> list[Node]:
    import tinycss2

    return list(tinycss2.parse_rule_list(rule.content or [], skip_comments=True, skip_whitespace=True))


def _written(tokens: Iterable[Node]) -> str:
    import tinycss2

    return str(tinycss2.serialize(list(tokens)))
