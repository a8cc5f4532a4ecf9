"""Where the templates of this installation are."""

from __future__ import annotations

from pathlib import Path

PACKAGED = Path(__file__).resolve().parent.parent / "templates"
CHECKOUT = PACKAGED.parent.parent / "templates"


def templates_dir() -> Path:
    """The templates of this installation: those of the package, or of the checkout it runs from."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT
