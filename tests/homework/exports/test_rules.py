"""Rules that every bank keeps, whatever the format: what no platform tells of a file before students see it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from derivgen.homework.exports import FORMATS
from derivgen.homework.readable import texts_of
from tests.homework.sheets import written

from .keys import every_kind, hostile
from .made import made_key

SHEET = """\
homework: Many kinds of formulas
layout: denominator
exercises:
  - id: quad
    variables: {x: vector(n), A: "matrix(m, n)", b: vector(m)}
    functions:
      f: sum((A @ x - b)**2)
      g: norm(A @ x - b)
    ask: [{derivative: f wrt x, points: 2, rubric: auto}, {derivative: g wrt x}, {derivative: f wrt x twice}]
  - id: traces
    variables: {X: "matrix(n, n)", A: "matrix(n, n)"}
    functions:
      f: tr(A @ X.T @ X)
      g: logdet(X)
      h: tr(inv(X) @ A)
    ask: [{derivative: f wrt X}, {derivative: g wrt X}, {derivative: h wrt X}]
  - id: elements
    variables: {x: vector(n), w: vector(n)}
    functions:
      f: softmax(x)
      g: relu(x)*w
      h: logsumexp(x)
      k: exp(x)/sqrt(w)
    ask: [{derivative: f wrt x}, {derivative: g wrt x}, {derivative: h wrt x}, {derivative: k wrt w}]
"""

# Commands of MathJax 2.7 and 3 with their packages base and ams, as far as derivgen prints them.
# Source: docs.mathjax.org, "The TeX/LaTeX commands supported by MathJax".
MATHJAX = set(
    re.findall(
        r"\S+",
        r"""\Leftrightarrow \Longleftrightarrow \Longrightarrow \Rightarrow \Vert \approx \ast \bar \begin \big \Big
        \bigl \bigr \Bigl \Bigr \boldsymbol \cap \cdot \cdots \circ \cong \cup \dagger \ddots \dfrac \displaystyle \ell
        \emptyset \end \equiv \exists \forall \frac \ge \gg \hat \hspace \in \infty \int \lVert \langle \lceil \ldots
        \le \left \lfloor \limits \ll \lvert \mapsto \mathbb \mathbf \mathcal \mathrm \mathsf \mid \mp \nabla \ne \neg
        \notin \odot \operatorname \oplus \oslash \otimes \overline \partial \perp \phantom \pm \prime \prod \propto
        \qquad \quad \rVert \rangle \rceil \rfloor \right \rvert \sim \simeq \sqrt \subset \subseteq \sum \text \textbf
        \textit \tfrac \tilde \times \to \top \underbrace \underline \vdots \vee \vphantom \wedge \exp \log \ln \sin
        \cos \tan \sinh \cosh \tanh \arcsin \arccos \arctan \det \max \min \dim \ker \sigma \alpha \beta \gamma \delta
        \epsilon \lambda \mu \theta \rho \tau \phi \psi \omega \Sigma \Lambda \Delta""",
    )
)


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return made_key(written(SHEET, tmp_path_factory.mktemp("rules")))


every_format = pytest.mark.parametrize("name", sorted(FORMATS))
in_text = pytest.mark.parametrize("name", ["gift", "moodle", "notebook", "stack", "text2qti"])


def texts(files: dict[str, bytes]) -> Iterator[str]:
    """All that can be read in the files, in archives too."""
    return (text for name, data in files.items() for text in texts_of(name, data))


def formulas(value: object) -> Iterator[str]:
    """The LaTeX in a key: of prompts, solutions, options and answers."""
    if isinstance(value, dict):
        if isinstance(value.get("latex"), str):
            yield value["latex"]
        for one in value.values():
            yield from formulas(one)
    elif isinstance(value, list):
        for one in value:
            yield from formulas(one)


def test_formulas_use_commands_that_mathjax_has(sheet: dict[str, Any]) -> None:
    found = {command for formula in formulas(sheet) for command in re.findall(r"\\[a-zA-Z]+", formula)}
    assert len(found) > 10
    assert found <= MATHJAX


def test_formulas_are_balanced(sheet: dict[str, Any]) -> None:
    for formula in formulas(sheet):
        bare = re.sub(r"\\[{}]", "", formula)
        depth = 0
        for sign in bare:
            depth += (sign == "{") - (sign == "}")
            assert depth >= 0, formula
        assert depth == 0, formula
        assert sorted(re.findall(r"\\begin\{(\w+)\}", formula)) == sorted(re.findall(r"\\end\{(\w+)\}", formula))
        assert len(re.findall(r"\\left\b", formula)) == len(re.findall(r"\\right\b", formula)), formula
        assert "$" not in formula


@every_format
def test_files_are_utf_8_and_the_same_each_time(name: str, sheet: dict[str, Any]) -> None:
    for key in (sheet, every_kind(), hostile()):
        first = FORMATS[name](key)
        assert first
        assert first == FORMATS[name](json.loads(json.dumps(key)))
        for data in first.values():
            assert data.startswith(b"PK") or data.decode("utf-8")


@every_format
def test_names_of_files_lead_nowhere_else(name: str, sheet: dict[str, Any]) -> None:
    for file in FORMATS[name](sheet):
        assert not file.startswith(("/", "\\"))
        assert ".." not in file.split("/")
        assert re.fullmatch(r"[\w./~-]+", file, re.ASCII), file


@every_format
def test_no_bank_names_a_student_or_the_seed(name: str) -> None:
    for text in texts(FORMATS[name](every_kind())):
        assert not re.search(r"lovelace|s02-personal|2026-03", text)


@in_text
def test_every_question_is_in_the_bank_or_told(name: str, sheet: dict[str, Any]) -> None:
    files = FORMATS[name](sheet)
    told = files.pop("left-out.txt", b"").decode()
    held = "".join(texts(files))
    for question in sheet["questions"]:
        identifier = f"{question['variant']}.{question['id'][-1]}"
        spelled = (identifier, identifier.replace("~", r"\~"), identifier.replace(".", "_"))
        assert any(one in held for one in spelled) or f"{identifier}: " in told, identifier


@in_text
def test_words_of_authors_come_through(name: str) -> None:
    key = hostile()
    key["questions"][0]["answer"] = "expression"
    files = FORMATS[name](key)
    assert any("שלום" in data.decode() for file, data in files.items() if file != "left-out.txt")
