"""Every slip of a spec is told with its place and how to mend it, and costs nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derivgen.errors import Fault
from derivgen.spec.model import Loaded, from_expression, load_spec
from derivgen.spec.project import Project

Load = Callable[[str | bytes], Loaded]

START = "variables:\n  x: vector(n)\n  A: matrix(n, n)\n  s: scalar\n  t: scalar\n"  # five lines
END = "derivatives:\n  - f wrt x\n"
GOOD = START + "functions:\n  f: x.T @ A @ x\n" + END  # f on line 7, derivatives on line 8, the request on line 9


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def loaded(content: str | bytes) -> Loaded:
        path = tmp_path / "quadratic-form.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_spec(path, Project(tmp_path))

    return loaded


def told(fault: Fault) -> tuple[int, int, str, str]:
    assert fault.span is not None
    return fault.span.line, fault.span.column, fault.message, fault.hint


# (source, line, column, words of the message, words of the hint): each of these has one fault.
BAD = {
    "misspelt key": (GOOD + "titel: T\n", 10, 1, "no key titel", "did you mean title?"),
    "key in capitals": (GOOD + "Title: T\n", 10, 1, "no key Title", "did you mean title?"),
    "other word for a key": (
        GOOD.replace("derivatives", "requests"),
        8,
        1,
        "no key requests",
        "did you mean derivatives?",
    ),
    "strange key": (GOOD + "zzzz: T\n", 10, 1, "no key zzzz", "the keys are title"),
    "key of the project": (GOOD + "chapters: {1: A}\n", 10, 1, "no key chapters", "derivgen.yaml"),
    "nothing asked": ("page: p\nderivatives: []\nfunctions:\n  f: 1\n", 2, 1, "asks for nothing", "- f wrt x"),
    "no functions": (START + "derivatives: f wrt x\n", 1, 1, "no functions", "f: x.T @ x"),
    "misspelt variables": (GOOD.replace("variables", "variabels"), 1, 1, "no key variabels", "did you mean variables?"),
    "variable that is a mapping": (GOOD.replace("vector(n)", "{vector: n}"), 2, 6, "x must be a text", "quote"),
    "variable without a kind": (GOOD.replace(" vector(n)", ""), 2, 5, "x has no value", "write"),
    "function without an expression": (GOOD.replace(" x.T @ A @ x", ""), 7, 5, "f has no value", "write"),
    "no derivatives": (START + "functions:\n  f: x.T @ x\n", 1, 1, "no derivatives", "add `derivatives:`"),
    "title is a list": ("title: [a, b]\n" + GOOD, 1, 8, "title must be a text", 'title: "[a, b]"'),
    "title is empty": ("title:\n" + GOOD, 1, 7, "title has no value", "remove the key"),
    "variables is a list": ("variables: [x, y]\nfunctions:\n  f: x\n" + END, 1, 12, "mapping", "without a dash"),
    "variables cut at a comma": (
        "variables: {x: vector(n), A: matrix(m, n)}\nfunctions:\n  f: x\n" + END,
        1,
        30,
        "cut off: A: matrix(m",
        "line of its own",
    ),
    "functions is a text": (
        START + "functions: x.T @ x\n" + "derivatives: f wrt x\n",
        6,
        12,
        "functions must be",
        "f: x.T @ x",
    ),
    "function is a mapping": (START + "functions:\n  f: {x}\n" + END, 7, 6, "f must be a text", 'quote it: f: "{x}"'),
    "misspelt name": (GOOD.replace("A @ x", "A @ xx"), 7, 16, "name xx is not declared", "did you mean x?"),
    "shapes": (GOOD.replace("x.T @ A @ x", "x @ A"), 7, 6, "cannot multiply x (n x 1) by A (n x n)", "x.T @ A"),
    "misspelt name in a block": (
        GOOD.replace("x.T @ A @ x", "|\n    x.T @\n    xx"),
        9,
        5,
        "name xx",
        "did you mean x?",
    ),
    "misspelt name in a stack": (GOOD.replace("x.T @ A @ x", "[s, AA]"), 7, 10, "name AA", "did you mean A?"),
    "misspelt name in quotes": (GOOD.replace("x.T @ A @ x", '"[s, AA]"'), 7, 11, "name AA", "did you mean A?"),
    "expression not quoted": (GOOD.replace("x.T @ A @ x", "[x[1], s]"), 7, 6, "list", 'quote it: f: "[x[1], s]"'),
    "index in braces": (
        START + "functions: {f: abs(x - x[1])}\n" + END,
        6,
        12,
        "mapping",
        "on a line of its own, without the braces",
    ),
    "expression that is an alias": (GOOD.replace("x.T @ A @ x", "*x"), 7, 6, "alias", 'quote it: f: "*x"'),
    "misspelt kind": (GOOD.replace("s: scalar", "s: scaler"), 4, 6, "scaler", "did you mean scalar?"),
    "size below one": (GOOD.replace("s: scalar", "s: vector(0)"), 4, 13, "0", "from 1 up"),
    "name of a function": (GOOD.replace("s: scalar", "sin: scalar"), 4, 3, "sin cannot be declared", "another name"),
    "name of a function to come": (
        GOOD.replace("s: scalar", "tr: scalar"),
        4,
        3,
        "tr cannot be declared",
        "another name",
    ),
    "name that begins with a digit": (
        GOOD.replace("s: scalar", "2s: scalar"),
        4,
        3,
        "2s cannot be a name",
        "begins with a letter",
    ),
    "name with a hyphen": (GOOD.replace("s: scalar", "x-y: scalar"), 4, 3, "x-y cannot be a name", "letters, digits"),
    "name of two scripts": (GOOD.replace("s: scalar", "x\u0430: scalar"), 4, 4, "U+0430", "Latin letter a"),
    "size and variable": (GOOD.replace("s: scalar", "n: scalar"), 4, 3, "n is both a size", "rename"),
    "size and function": (GOOD.replace("  f:", "  n: 1\n  f:"), 7, 3, "n is both a size", "rename"),
    "variable and function": (GOOD.replace("  f:", "  s: 1\n  f:"), 7, 3, "s is declared twice", "line 4"),
    "variable that is a function": (
        GOOD.replace("s: scalar", "s: scalar of t"),
        4,
        6,
        "s is a function",
        "move it to functions",
    ),
    "later function": (
        GOOD.replace("  f: x.T @ A @ x", "  f: g + s\n  g: s"),
        7,
        6,
        "g is defined only after f",
        "move the line of g",
    ),
    "function of itself": (GOOD.replace("x.T @ A @ x", "f + s"), 7, 6, "f cannot use itself", "write out"),
    "unspecified of an unknown": (GOOD.replace("x.T @ A @ x", "scalar of xx"), 7, 16, "name xx", "did you mean x?"),
    "request of an unknown": (GOOD.replace("f wrt x", "ff wrt x"), 9, 5, "no function ff", "did you mean f?"),
    "request of a variable": (GOOD.replace("f wrt x", "s wrt x"), 9, 5, "s is a variable", "the functions are f"),
    "request by an unknown": (GOOD.replace("f wrt x", "f wrt xx"), 9, 11, "name xx", "did you mean x?"),
    "request by a size": (GOOD.replace("f wrt x", "f wrt n"), 9, 11, "n is a size", "a variable"),
    "request by itself": (GOOD.replace("f wrt x", "f wrt f"), 9, 11, "both sides of wrt", "a variable"),
    "request without wrt": (GOOD.replace("f wrt x", "f by x"), 9, 7, "wrt", "f wrt x"),
    "request by arrays twice": (GOOD.replace("f wrt x", "f wrt s, x twice"), 9, 14, "x is not", "f wrt x twice"),
    "request cut at a comma": (
        GOOD.replace("\n  - f wrt x", " [f wrt s, t]"),
        8,
        24,
        "comma ends a request",
        "- f wrt x, y",
    ),
    "request that is a list": (GOOD.replace("f wrt x", "[f, x]"), 9, 5, "is a list", "- f wrt x"),
    "empty request": (GOOD.replace("- f wrt x", "-"), 9, 4, "missing after this dash", "- f wrt x"),
    "request with a misspelt key": (
        GOOD.replace("- f wrt x", "- {of: f, wrt: x, ordr: 2}"),
        9,
        21,
        "no key ordr",
        "did you mean order?",
    ),
    "request without of": (GOOD.replace("- f wrt x", "- {wrt: x}"), 9, 5, "not have the key of", "of: f"),
    "request of third order": (
        GOOD.replace("- f wrt x", "- {of: f, wrt: x, order: 3}"),
        9,
        28,
        "order cannot be 3",
        "1 or 2",
    ),
    "name in a mapped request": (
        GOOD.replace("- f wrt x", "- {of: f, wrt: [s, tt]}"),
        9,
        22,
        "name tt",
        "did you mean t?",
    ),
    "misspelt method in a request": (
        GOOD.replace("- f wrt x", "- {of: f, wrt: x, method: indexes}"),
        9,
        29,
        "cannot be indexes",
        "did you mean indices?",
    ),
    "misspelt method": (GOOD + "methods: component\n", 10, 10, "cannot be component", "did you mean components?"),
    "misspelt layout": (GOOD + "layout: numeratr\n", 10, 9, "numeratr", "did you mean numerator?"),
    "layout no": (GOOD + "layout: no\n", 10, 9, "layout cannot be no", "numerator, denominator or both"),
    "misspelt view": (GOOD + "view: shap\n", 10, 7, "view cannot be shap", "did you mean shape?"),
    "blank of no kind": (GOOD + "blank: lats 2\n", 10, 8, "blank cannot be lats 2", "did you mean last 2?"),
    "blank by no rule": (GOOD + "blank: {rule: collekt}\n", 10, 15, "no rule collekt", "did you mean collect?"),
    "blank by no key": (GOOD + "blank: {rules: collect}\n", 10, 9, "rules", "did you mean rule?"),
    "unknown language": (GOOD + "language: fr\n", 10, 11, "language cannot be fr", "en or de"),
    "misspelt detail": (GOOD + "detail: breif\n", 10, 9, "breif", "did you mean brief?"),
    "rule id": (GOOD + "known: [d-product, D_sum]\n", 10, 20, "D_sum", "did you mean d-sum?"),
    "no rule": (GOOD + "focus: [bottle]\n", 10, 9, "no rule bottle", "derivgen rules"),
    "notation option": (GOOD + "notation:\n  transposed: T\n", 11, 3, "transposed", "transpose"),
    "notation value": (GOOD + "notation:\n  transpose: Tt\n", 11, 14, "Tt", "top"),
    "date": (GOOD + "date: 20 November\n", 10, 7, "not a date", "2026-11-20"),
    "chapter": (GOOD + "course: {chapter: one}\n", 10, 19, "whole number", "digits"),
    "course key": (GOOD + "course: {chaptr: 1}\n", 10, 10, "chaptr", "did you mean chapter?"),
    "slug": (GOOD + "slug: a/b\n", 10, 7, "a/b", "letters"),
    "slug of a device": (GOOD + "slug: Nul\n", 10, 7, "Nul", "Windows"),
    "assumption": (GOOD + "assume:\n  - xx > 0\n", 11, 5, "name xx", "did you mean x?"),
    "assumption without relation": (GOOD + "assume:\n  - s\n", 11, 5, "no condition", ""),
    "empty file": ("", 1, 1, "empty", "the keys variables"),
    "comments only": ("# nothing\n", 1, 1, "empty", "the keys variables"),
    "list at top level": ("- f wrt x\n", 1, 1, "this is a list", "variables, functions and derivatives"),
    "text at top level": ("f wrt x\n", 1, 1, "this is a text", "variables, functions and derivatives"),
    "sheet": ("homework: H1\n", 1, 1, "homework sheet", "derivgen homework"),
    "not UTF-8": (b"title: a\nsummary: \xff\n", 2, 10, "0xff is not UTF-8", "save the file as UTF-8"),
    "UTF-16": ("title: a".encode("utf-16"), 1, 1, "not UTF-8", "UTF-16"),
    "bad byte after a byte order mark": (b"\xef\xbb\xbfa: \xe9\n", 1, 4, "0xe9", "UTF-8"),
    "too large": (b"#" * 1_000_001, 1, 1, "1,000,000", "split"),
    "deep nesting": ("a: " + "[" * 5000, 1, 23, "20 levels", ""),
}


@pytest.mark.parametrize(("source", "line", "column", "message", "hint"), BAD.values(), ids=BAD)
def test_a_slip_is_told_once_with_its_place_and_remedy(
    load: Load, source: str | bytes, line: int, column: int, message: str, hint: str
) -> None:
    faults = load(source).faults
    assert [told(fault)[:2] for fault in faults] == [(line, column)]
    assert message in faults[0].message
    assert hint in faults[0].hint


def test_all_faults_are_gathered_in_the_order_of_the_file(load: Load) -> None:
    faults = load(
        "titel: T\nvariables:\n  x: vektor(n)\n  s: scalar\n"
        "functions:\n  f: ss\n  g: s +\nderivatives:\n  - h wrt s\nlayout: bth\n"
    ).faults
    assert [told(fault)[0] for fault in faults] == [1, 3, 6, 7, 9, 10]


def test_a_function_of_a_broken_function_gets_no_fault_of_its_own(load: Load) -> None:
    loaded = load(START + "functions:\n  f: x @ A\n  g: f + s\n  h: g + s\nderivatives: h wrt x\n")
    assert [told(fault)[0] for fault in loaded.faults] == [7]
    assert loaded.request_faults == (("h wrt x", loaded.faults),)


def test_a_broken_variable_makes_no_unknown_names(load: Load) -> None:
    loaded = load(GOOD.replace("vector(n)", "vectr(n)"))
    assert [told(fault)[0] for fault in loaded.faults] == [2]
    assert loaded.request_faults == (("f wrt x", loaded.faults),)


def test_one_bad_request_loses_nothing_else(load: Load) -> None:
    loaded = load(GOOD + "  - g wrt x\n  - f wrt A\n  - f  wrt  y\n")
    assert loaded.problem is not None
    assert [request.text for request in loaded.problem.requests] == ["f wrt x", "f wrt A"]
    assert [text for text, _ in loaded.request_faults] == ["g wrt x", "f wrt y"]
    assert [told(fault)[0] for fault in loaded.faults] == [10, 12]


def test_of_several_names_only_the_unknown_one_is_lost(load: Load) -> None:
    loaded = load(GOOD.replace("f wrt x", "f wrt x, B"))
    assert loaded.problem is not None
    assert [request.text for request in loaded.problem.requests] == ["f wrt x"]
    assert [text for text, _ in loaded.request_faults] == ["f wrt B"]


def test_a_bad_function_loses_only_what_needs_it(load: Load) -> None:
    loaded = load(START + "functions:\n  f: x @ A\n  g: sum(x)\nderivatives:\n  - f wrt x\n  - g wrt x\n")
    assert loaded.problem is not None
    assert [request.text for request in loaded.problem.requests] == ["g wrt x"]
    assert [text for text, _ in loaded.request_faults] == ["f wrt x"]


def test_after_twenty_faults_one_line_says_how_many_more(load: Load) -> None:
    faults = load(GOOD + "".join(f"key_{number}: 1\n" for number in range(30))).faults
    assert len(faults) == 21
    assert "and 10 more faults" in faults[-1].message


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    faults = load_spec(tmp_path / "none.yaml", Project(tmp_path)).faults
    assert [fault.code for fault in faults] == ["no-file"]
    assert "none.yaml:1:1: there is no such file" in str(faults[0])


def test_a_folder_is_not_a_spec(tmp_path: Path) -> None:
    assert "folder" in load_spec(tmp_path, Project(tmp_path)).faults[0].message


def test_a_message_about_a_very_long_line_stays_short(load: Load) -> None:
    faults = load(GOOD.replace("x.T @ A @ x", "s + " * 2000 + "y" * 1500)).faults
    assert len(str(faults[0])) < 8000
    assert "^" in str(faults[0])


@pytest.mark.parametrize(
    ("expression", "wrt", "declarations", "place", "message"),
    [
        ("x.T @ B", "x", ["x: vector(n)"], ("<expression>", 7), "name B"),
        ("x.T @ x", "y", ["x: vector(n)"], ("<--wrt>", 1), "name y"),
        ("x.T @ x", "x", ["x: vectr(n)"], ("<--var>", 4), "vectr"),
        ("1", "x", ["x scalar"], ("<--var>", 1), "x scalar"),
        ("1", "x", [""], ("<--var>", 1), "nothing is declared"),
        ("", "x", ["x: scalar"], ("<expression>", 1), "no expression"),
        ("x", "", ["x: scalar"], ("<--wrt>", 1), "no variable is named"),
        ("x", "  ", ["x: scalar"], ("<--wrt>", 1), "no variable is named"),
    ],
)
def test_a_slip_on_the_command_line_has_its_place_too(
    expression: str, wrt: str, declarations: list[str], place: tuple[str, int], message: str
) -> None:
    fault = from_expression(expression, wrt, declarations).faults[0]
    assert fault.span is not None
    assert (fault.span.file, fault.span.column) == place
    assert message in fault.message


PIECES = st.sampled_from(
    [
        *GOOD.split("\n"),
        "  f: ",
        "    - ",
        "page: a",
        "- f wrt x, y twice",
        "{",
        "[",
        "x",
        ": ",
        "\t",
        "'",
        '"',
        "*",
        "&a",
        "é",
        "  s: f",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.lists(PIECES, max_size=14).map("\n".join) | st.lists(PIECES, max_size=14).map("".join))
def test_noise_is_a_spec_or_has_faults(load: Load, text: str) -> None:
    loaded = load(text.encode("utf-8", "surrogatepass"))
    assert loaded.faults or loaded.spec is not None
    for fault in loaded.faults:
        assert fault.span is not None
        assert str(fault)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_noise_of_bytes_has_faults(load: Load, data: bytes) -> None:
    loaded = load(data)
    assert loaded.faults or loaded.spec is not None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20), st.text(max_size=10), st.lists(st.text(max_size=15), max_size=3))
def test_noise_on_the_command_line_has_faults(expression: str, wrt: str, declarations: list[str]) -> None:
    loaded = from_expression(expression, wrt, declarations)
    assert loaded.faults or (loaded.problem is not None and loaded.problem.requests)
