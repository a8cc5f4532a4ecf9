"""The house keeps its shape: imports go downwards, packages have one place, files stay short."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "derivgen"

RANKS = {
    "codes": -1,
    "record": -1,
    "errors": 0,
    "expr": 1,
    "syntax": 2,
    "printing": 2,
    "problem": 3,
    "calculus": 4,
    "answers": 5,
    "spec": 6,
    "document": 7,
    "render": 8,
    "homework": 9,
    "browser": 9,
    "project": 10,
    "api": 11,
    "embed": 11,
    "sphinx": 12,
    "console": 12,
    "homeworkcommands": 13,
    "cli": 14,
    "__main__": 15,
}

# What is not in the standard library, and the parts of derivgen that may know it: one, but for SymPy,
# which is the second engine and also what a caller of the Python interface hands over and gets back.
PLACES = {
    "click": {"cli", "console", "homeworkcommands"},
    "yaml": {"spec"},
    "markdown_it": {"document", "embed"},
    "markdown": {"embed"},
    "mkdocs": {"embed"},
    "docutils": {"embed", "sphinx"},
    "sphinx": {"sphinx"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "pylatex": {"render"},
    "typst": {"render"},
    "pikepdf": {"render"},
    "tinycss2": {"render"},
    "sympy": {"calculus", "api"},
    "numpy": {"api"},
    "mpmath": {"calculus"},
    "ghp_import": {"project"},
    "distributed": {"project"},
    "pagefind_bin": {"project"},
}
# Slow to import, or not needed by those who do not use them: only inside the functions that do.
INSIDE_FUNCTIONS = {"sympy", "mpmath", "numpy"}

# These read text as a program; SymPy's too. Where one is given numbers and no text, the file is named.
EVALUATORS = {"eval", "exec", "compile", "__import__", "sympify", "parse_expr", "lambdify"}

NUMBERS_ONLY = {"calculus/crosscheck.py": {"sympify"}}

# What marks a text as safe for a page is made in these modules alone, of what they have made themselves.
SAFE = {
    "NoEscape": {"render/latex.py", "render/preamble.py", "render/latexdrawing.py"},
    "Markup": {"render/html.py", "render/svg.py", "render/notebook.py"},
}

FILES = sorted(PACKAGE.rglob("*.py"))
IDS = [path.relative_to(PACKAGE).as_posix() for path in FILES]
every_file = pytest.mark.parametrize("path", FILES, ids=IDS)


def part(path: Path) -> str:
    """The part of derivgen that a file belongs to: `calculus`, `cli`, ..."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of each module that is imported in `node`."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            yield from ((inner.lineno, alias.name) for alias in inner.names)
        elif isinstance(inner, ast.ImportFrom):
            assert inner.level == 0, f"line {inner.lineno}: imports are absolute"
            assert inner.module is not None
            if inner.module == "derivgen":
                yield from ((inner.lineno, f"derivgen.{alias.name}") for alias in inner.names)
            else:
                yield inner.lineno, inner.module


def at_top_level(module: ast.Module) -> Iterator[tuple[int, str]]:
    """The imports that run when the module is imported."""
    for node in module.body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from imported(node)


def test_every_part_has_a_rank() -> None:
    assert {part(path) for path in FILES} - {"__init__"} <= set(RANKS)


@every_file
def test_imports_go_downwards(path: Path) -> None:
    if part(path) == "__init__":
        assert not [name for _, name in at_top_level(tree(path)) if name.startswith("derivgen.")]
        return
    own = part(path)
    upward = [
        f"line {line}: {own} imports {name}"
        for line, name in imported(tree(path))
        if name.startswith("derivgen.")
        and (other := name.split(".")[1]) in RANKS
        and other != own
        and RANKS[other] >= RANKS[own]
    ]
    assert not upward


@every_file
def test_installed_packages_stay_in_their_place(path: Path) -> None:
    strangers = [
        f"line {line}: {name}"
        for line, name in imported(tree(path))
        if (root := name.split(".")[0]) not in sys.stdlib_module_names
        and root != "derivgen"
        and part(path) not in PLACES.get(root, set())
    ]
    assert not strangers


@every_file
def test_slow_packages_are_imported_inside_functions(path: Path) -> None:
    assert not [name for _, name in at_top_level(tree(path)) if name.split(".")[0] in INSIDE_FUNCTIONS]


@every_file
def test_files_have_at_most_400_lines(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 400, f"{lines} lines: split it"


@every_file
def test_modules_are_named_for_what_they_do(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "helper", "misc", "common", "tools"}


@every_file
def test_no_text_is_ever_evaluated(path: Path) -> None:
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    # Python's `compile` is a plain name, `re.compile` is not it; SymPy's evaluators are refused in both forms.
    plain = {node.func.id for node in calls if isinstance(node.func, ast.Name)}
    dotted = {node.func.attr for node in calls if isinstance(node.func, ast.Attribute)}
    refused = EVALUATORS - NUMBERS_ONLY.get(path.relative_to(PACKAGE).as_posix(), set())
    assert not plain & refused
    assert not dotted & (refused - {"compile"})
    assert not [keyword for node in calls for keyword in node.keywords if keyword.arg == "shell"]
    assert not {name.split(".")[0] for _, name in imported(tree(path))} & {"pickle", "marshal", "shelve"}


def test_few_modules_say_that_a_text_needs_no_escape() -> None:
    makers: dict[str, set[str]] = {name: set() for name in SAFE}
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers:
                makers[node.func.id].add(path.relative_to(PACKAGE).as_posix())
    assert makers["NoEscape"] == SAFE["NoEscape"]
    assert makers["Markup"] <= SAFE["Markup"]


def test_no_template_switches_escaping_off() -> None:
    templates = sorted((PACKAGE.parent / "templates").rglob("*.j2"))
    assert templates
    for path in templates:
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text(encoding="utf-8")), path
