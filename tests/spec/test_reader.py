"""YAML to texts with places."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivgen.errors import DerivgenError
from derivgen.problem.text import Text
from derivgen.spec.reader import Mapping, Node, Sequence, read


def value(text: str, key: str = "f") -> Node:
    root = read(text, "s.yaml").root
    assert isinstance(root, Mapping)
    return {name.value: node for name, node in root.entries}[key]


def text_value(text: str, key: str = "f") -> Text:
    found = value(text, key)
    assert isinstance(found, Text)
    return found


def only_fault(text: str) -> tuple[int, int, str, str]:
    try:
        faults = read(text, "s.yaml").faults
    except DerivgenError as error:
        faults = error.faults
    assert len(faults) == 1
    place = faults[0].span
    assert place is not None
    return place.line, place.column, faults[0].message, faults[0].hint


@pytest.mark.parametrize(
    "word", ["no", "on", "y", "Yes", "1e3", "12:30", "010", "null", "~", "0x1F", "2026-11-20", "3.0", ".inf"]
)
def test_a_value_is_the_text_that_was_typed(word: str) -> None:
    assert text_value(f"f: {word}\n").value == word


@pytest.mark.parametrize("key", ["y", "n", "no", "1", "on", "~", "é"])
def test_a_key_is_the_text_that_was_typed(key: str) -> None:
    assert text_value(f"{key}: 1\n", key).value == "1"


# (source, the part of the value, line, column, end column)
PLACES = {
    "plain": ("f: x.T @ A\n", "A", 1, 10, 11),
    "indented": ("a:\n  f: 1\nf:   x + y\n", "y", 3, 10, 11),
    "single quotes": ("f: 'x + y'\n", "y", 1, 9, 10),
    "doubled single quote": ("f: 'it''s y'\n", "y", 1, 11, 12),
    "double quotes": ('f: "[x, y]"\n', "y", 1, 9, 10),
    "after an escape": ('f: "\\u00e9 + y"\n', "y", 1, 14, 15),
    "after an escaped quote": ('f: "\\" y"\n', "y", 1, 8, 9),
    "after an escaped newline": ('f: "x \\\n   y"\n', "y", 2, 4, 5),
    "literal block": ("f: |\n  x +\n    y\n", "y", 3, 5, 6),
    "folded block": ("f: >-\n  x +\n  y\n", "y", 3, 3, 4),
    "block with a chosen indent": ("f: |2\n    x\n  y\n", "y", 3, 3, 4),
    "plain over two lines": ("f: x +\n  y\n", "y", 2, 3, 4),
    "in brackets": ("f: [x, max(a, y)]\n", "y", 1, 15, 16),
    "byte order mark": ("\ufefff: x + y\n", "y", 1, 8, 9),
    "carriage returns": ("a: 1\r\nf: |\r\n  x\r\n  y\r\n", "y", 4, 3, 4),
    "old carriage returns": ("a: 1\rf: y\r", "y", 2, 4, 5),
    "astral letters": ("f: 𝑥𝑥 + y\n", "y", 1, 9, 10),
    "comment before": ("# c\n\nf: y # y\n", "y", 3, 4, 5),
}


@pytest.mark.parametrize(("source", "part", "line", "column", "end"), PLACES.values(), ids=PLACES)
def test_a_part_of_a_value_has_its_place_in_the_file(source: str, part: str, line: int, column: int, end: int) -> None:
    found = value(source)
    text = found.text if isinstance(found, Sequence) else found
    assert isinstance(text, Text)
    start = text.value.rindex(part)
    place = text.at(start, start + len(part))
    assert (place.line, place.column, place.end_column) == (line, column, end)


def test_the_place_of_a_quoted_value_begins_inside_the_quotes() -> None:
    place = text_value("title: 'x'\nf: 'abc'\n").span
    assert (place.line, place.column, place.end_column, place.source) == (2, 5, 8, "f: 'abc'")


def test_a_caret_never_leaves_the_first_line_of_a_value() -> None:
    place = text_value("f: |\n  abc\n  defghi\n").span
    assert (place.line, place.column, place.end_column) == (2, 3, 6)


def test_an_empty_value_has_a_place_after_its_colon() -> None:
    place = text_value("f:\ng: 1\n").span
    assert (place.line, place.column) == (1, 3)


def test_a_list_in_brackets_keeps_the_text_that_it_looks_like() -> None:
    found = value("f: [x + 1, max(a, b)]\n")
    assert isinstance(found, Sequence)
    assert found.text is not None
    assert found.text.value == "[x + 1, max(a, b)]"


def test_a_comment_is_not_part_of_a_value() -> None:
    assert text_value("f: x # y\n").value == "x"


@pytest.mark.parametrize("text", ["", "\n\n", "# only this\n", "---\n", "\ufeff"])
def test_a_file_without_values_has_no_root(text: str) -> None:
    assert read(text, "s.yaml").root is None


# (source, line, column, words of the message, words of the hint)
SLIPS = {
    "list of components": ("y: [x[1], y]\n", 1, 4, "list", 'quote it: y: "[x[1], y]"'),
    "text after a list": ("F: [f, g].T @ x\n", 1, 4, "list", 'quote it: F: "[f, g].T @ x"'),
    "brace": ("f: {a} x\n", 1, 4, "mapping", 'f: "{a} x"'),
    "names in braces": ("f: {a: 1} x\n", 1, 4, "mapping", "a line of its own"),
    "alias": ("f: *x\n", 1, 4, "alias", 'quote it: f: "*x"'),
    "anchor": ("f: &x y\n", 1, 4, "anchor", 'quote it: f: "&x y"'),
    "tag": ("f: !x y\n", 1, 4, "tag", 'quote it: f: "!x y"'),
    "python tag": ("f: !!python/object:os.system x\n", 1, 4, "tag", "quote it"),
    "percent": ("f: %a\n", 1, 4, "%", 'quote it: f: "%a"'),
    "at sign": ("f: @x\n", 1, 4, "@", 'quote it: f: "@x"'),
    "backtick": ("f: `x`\n", 1, 4, "`", 'quote it: f: "`x`"'),
    "bars": ("f: |x|\n", 1, 4, "| has no meaning", "write abs(x)"),
    "two bars": ("f: ||x||**2\n", 1, 4, "|| has no meaning", "write norm(x)**2"),
    "comparison": ("f: >= 3\n", 1, 4, ">", 'quote it: f: ">= 3"'),
    "dash": ("f: - x\n", 1, 4, "-", 'quote it: f: "- x"'),
    "colon": ("title: Case 1: scalars\n", 1, 8, "colon", 'quote it: title: "Case 1: scalars"'),
    "colon with quotes": ('title: The "a": b\n', 1, 8, "colon", "title: 'The \"a\": b'"),
    "list item": ("a:\n  - [x[1], y]\n", 2, 5, "list", 'quote it: - "[x[1], y]"'),
    "tab as indent": ("a:\n\tb: 1\n", 2, 1, "indented by a tab", "spaces"),
    "tab after the colon": ("f:\tx\n", 1, 3, "tab", "space"),
    "open quotation": ("f: 'abc\ng: 1\n", 1, 4, "never closed", "close it with '"),
    "text after a quotation": ('f: "a" b\n', 1, 8, "closing quote", "whole value in quotes"),
    "unknown escape": ('f: "\\alpha\\q"\n', 1, 11, "escape", "single quotes"),
    "no space after the colon": ("a: 1\ntitle:foo\nb: 2\n", 2, 6, "space is missing", "title: foo"),
    "no space in the first line": ("title:foo\nb: 2\n", 1, 6, "space is missing", "title: foo"),
    "open bracket": ("f: [a, b\ng: 1\n", 1, 4, "bracket [", "close it with ]"),
    "too little indent": ("a:\n  b: 1\n c: 2\n", 3, 2, "indentation", "one column"),
    "too much indent": ("a:\n  b: 1\n   c: 2\n", 3, 4, "indentation", "one column"),
    "line without a colon": ("a: 1\nwords\nb: 2\n", 2, 1, "no colon", "name: value"),
    "second document": ("a: 1\n---\nb: 2\n", 2, 1, "second document", "file of its own"),
    "duplicate key": ("a: 1\nb: 2\na: 3\n", 3, 1, "a stands here twice", "line 1"),
    "duplicate in another form": ("é: 1\ne\u0301: 3\n", 2, 1, "twice", "line 1"),
    "complex key": ("? [a]\n: b\n", 1, 3, "key must be a name", "name: value"),
    "control character": ("a: 1\nb: x\x07\n", 2, 5, "U+0007", "remove"),
    "half a character": ('a: "\\ud800"\n', 1, 5, "U+D800", "remove"),
    "no character": ('a: "\\UFFFFFFFF"\n', 1, 1, "cannot read", "escape"),
    "deep": ("a: " + "[" * 5000 + "\n", 1, 23, "20 levels", "three or four"),
    "other version": ("%YAML 9.1\n---\na: 1\n", 1, 1, "YAML cannot read", ""),
}


@pytest.mark.parametrize(("source", "line", "column", "message", "hint"), SLIPS.values(), ids=SLIPS)
def test_a_slip_of_yaml_is_told_in_words(source: str, line: int, column: int, message: str, hint: str) -> None:
    found = only_fault(source)
    assert found[:2] == (line, column)
    assert message in found[2]
    assert hint in found[3]


def test_of_two_equal_keys_the_first_one_counts() -> None:
    assert text_value("f: 1\nf: 2\n").value == "1"


def test_twenty_levels_are_allowed() -> None:
    assert read("f: " + "[" * 18 + "x" + "]" * 18, "s.yaml").faults == ()


def test_a_hostile_file_is_refused_quickly() -> None:
    start = time.perf_counter()
    assert "more than" in only_fault("f:\n" + "- a\n" * 200_000)[2]
    assert time.perf_counter() - start < 5


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80) | st.text(alphabet="f: x[]{}-&*!|>'\"%@`#,?\n\t\\1", max_size=60))
def test_noise_gives_a_tree_or_faults_with_places(text: str) -> None:
    try:
        faults = read(text, "s.yaml").faults
    except DerivgenError as error:
        faults = error.faults
        assert faults
    for fault in faults:
        assert fault.span is not None
        assert fault.span.line >= 1
        assert fault.span.column >= 1
        assert str(fault)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab '\"\\é\n:#[]𝑥", min_size=1, max_size=30), st.sampled_from(["'", '"']))
def test_every_visible_character_of_a_quoted_value_is_at_its_place(typed: str, mark: str) -> None:
    inner = typed.replace("'", "''") if mark == "'" else typed.replace("\\", "\\\\").replace('"', '\\"')
    source = f"f: {mark}{inner}{mark}\n"
    text = text_value(source.replace("\n", "\n  ").rstrip(" "))
    lines = source.replace("\n", "\n  ").split("\n")
    for position, character in enumerate(text.value):
        if character not in ' \n\\"':
            place = text.at(position, position + 1)
            assert lines[place.line - 1][place.column - 1] == character
