"""Keys as `derivgen homework build` writes them, for tests that grade against one."""

from __future__ import annotations

from typing import Any


def question(identifier: str, **changed: Any) -> dict[str, Any]:
    """A question on x.T A x, as `derivgen homework build` writes it."""
    return {
        "id": identifier,
        "number": "1" + identifier[-1],
        "request": "f wrt x",
        "answer": "expression",
        "layout": "denominator",
        "points": 2,
        "layouts": {"numerator": {"text": "x.T @ (A + A.T)"}, "denominator": {"text": "(A + A.T) @ x"}},
        "value": None,
        "variables": {"x": "vector(n)", "A": "matrix(n, n)"},
        "functions": {"f": "x.T @ A @ x"},
        "assume": [],
        **changed,
    }


def key(*questions: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {"key": 1, "homework": "Sheet", "name": "sheet", "credit": {}, "questions": list(questions), **changed}
