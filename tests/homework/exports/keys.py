"""Keys for the tests of exports: written by hand in the form that the manual of homework describes."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any

Key = dict[str, Any]

# What has a meaning in one format or another, and letters that are written from right to left.
HOSTILE = r"]]> & < > { } ~ = # : \ \( \[ $$ % * _ ` [[input:x]] {@y@} // -> שלום \n"


def quadratic(factor: int = 3) -> dict[str, Any]:
    """A question for the gradient of c x.T A x as multiple choice.

    Source of answer and layouts: Petersen and Pedersen, eq. 81.
    """
    bracket = r"(\mathbf{A} + \mathbf{A}^{\top})"
    return {
        "id": "quad.a",
        "variant": f"quad~{factor:06x}",
        "exercise": "quad",
        "title": "A quadratic form",
        "number": "1a",
        "request": "f wrt x",
        "answer": "choice",
        "layout": "denominator",
        "points": 2,
        "shape": ["n", "1"],
        "text": f"{factor}*(A + A.T) @ x",
        "latex": rf"{factor}{bracket}\mathbf{{x}}",
        "layouts": {
            "numerator": {
                "shape": ["1", "n"],
                "text": f"{factor}*x.T @ (A + A.T)",
                "latex": rf"{factor}\mathbf{{x}}^{{\top}}{bracket}",
            },
            "denominator": {
                "shape": ["n", "1"],
                "text": f"{factor}*(A + A.T) @ x",
                "latex": rf"{factor}{bracket}\mathbf{{x}}",
            },
        },
        "value": None,
        "parameters": {"c": str(factor)},
        "variables": {"x": "vector(n)", "A": "matrix(n, n)"},
        "functions": {"f": f"{factor}*x.T @ A @ x"},
        "assume": [],
        "options": [
            option("a", f"{2 * factor}*A @ x", rf"{2 * factor}\mathbf{{A}}\mathbf{{x}}", "assumed_symmetric"),
            option("b", f"{factor}*(A + A.T) @ x", rf"{factor}{bracket}\mathbf{{x}}", None),
            option("c", f"{factor}*x.T @ (A + A.T)", rf"{factor}\mathbf{{x}}^{{\top}}{bracket}", "other_layout"),
            option("d", f"{factor}*A @ x", rf"{factor}\mathbf{{A}}\mathbf{{x}}", "dropped_product_term"),
        ],
        "form": None,
        "prompt": [
            [{"text": "Let "}, {"latex": r"\mathbf{x}", "spoken": "x"}, {"text": " vary & < stay."}],
            [{"latex": r"\begin{bmatrix}1 & 2 \\ 3 & 4\end{bmatrix}", "spoken": "a matrix", "display": True}],
            [{"text": "Find the gradient."}],
        ],
        "solution": [[{"text": "Product rule: both places."}], [{"latex": r"\mathrm{d}f", "spoken": "d f"}]],
        "rubric": [{"points": 2, "text": "Both terms"}],
        "hints": ["Write df first."],
    }


def option(letter: str, text: str, latex: str, mistake: str | None) -> dict[str, Any]:
    """An option; the one without a mistake is right."""
    said = f"About {mistake}." if mistake else "Both terms are there."
    return {
        "id": letter,
        "text": text,
        "latex": latex,
        "right": mistake is None,
        "mistake": mistake,
        "feedback": said,
    }


def without_options(letter: str, kind: str, **changes: Any) -> dict[str, Any]:
    """The same question with a free answer of a kind."""
    return quadratic() | {"id": f"quad.{letter}", "answer": kind, "options": [], **changes}


def at_a_point(text: str, *, exact: bool = True) -> dict[str, Any]:
    """The value of a derivative at a point, one number in both layouts."""
    number = {"text": text, "latex": text}
    return {"at": {"x": "[1, 2]"}, "exact": exact, "layouts": {"numerator": number, "denominator": number}}


def key_of(*questions: Mapping[str, Any]) -> Key:
    """The key of a class with two students who have these questions."""
    variants = list(dict.fromkeys(question["variant"] for question in questions))
    return {
        "key": 2,
        "homework": "Matrix calculus, sheet 3",
        "name": "sheet3",
        "seed": "2026-03",
        "language": "en",
        "points": 8,
        "credit": {"other_layout": 0.5, "dropped_product_term": 0.25},
        "feedback": "full",
        "questions": [copy.deepcopy(dict(question)) for question in questions],
        "sheets": [{"code": f"7F3A-2{letter}", "variants": [one]} for letter, one in zip("KM", variants, strict=False)],
        "students": [{"id": "ada.lovelace", "code": "7F3A-2K"}, {"id": "s02-personal", "code": "7F3A-2K"}],
    }


def every_kind() -> Key:
    """A key with a question of each kind, and two variants of the first."""
    return key_of(
        quadratic(3),
        without_options("b", "expression"),
        without_options("c", "number", value=at_a_point("-2.5"), points=0.5),
        without_options("d", "shape", layout="numerator", points=1),
        without_options("e", "derivation", points=3),
        without_options("f", "number", value=at_a_point("[84, 147]")),
        quadratic(5),
    )


def hostile() -> Key:
    """A key whose words are full of signs that formats give a meaning."""
    question = quadratic()
    question |= {"title": HOSTILE, "hints": [HOSTILE]}
    question["prompt"] = [[{"text": HOSTILE}, {"latex": r"x < y \& \#", "spoken": "x"}]]
    question["solution"] = [[{"text": HOSTILE}]]
    for k, one in enumerate(question["options"]):
        one["feedback"] = f"{k} {HOSTILE}"
    question["options"][3] |= {"text": HOSTILE, "latex": ""}
    return key_of(question) | {"homework": f"A/{HOSTILE}"}


def words_of(paragraphs: Iterable[Iterable[Mapping[str, Any]]]) -> str:
    """The words and formulas of paragraphs, blanks aside."""
    return "".join("".join(piece.get("text", piece.get("latex", "")) for p in paragraphs for piece in p).split())


def shown(html: str) -> str:
    """What a page of HTML shows once MathJax has taken the borders of formulas away, blanks aside."""
    from html import unescape

    outside = re.sub(r'<span class="mathjax_ignore tex2jax_ignore">(.*?)</span>', _kept, html, flags=re.DOTALL)
    bare = re.sub(r"\\[()\[\]]", "", re.sub(r"<[^>]*>", "", outside))
    return "".join(unescape(bare.replace("\x00", "\\")).split())


def _kept(found: re.Match[str]) -> str:
    return found[1].replace("\\", "\x00")
