"""Capital letters of the names of rules."""

from __future__ import annotations


def in_a_sentence(name: str) -> str:
    """A rule's English name where it does not begin a sentence."""
    return name if name[:2].isupper() or name.startswith("ReLU") else name[:1].lower() + name[1:]
