"""Noise and half-sense find nothing; what a fuzzer once found stays found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "finds"


@pytest.mark.parametrize("name", TARGETS)
def test_noise_finds_nothing(name: str) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.binary(max_size=60))
    def tried(data: bytes) -> None:
        TARGETS[name](data)

    tried()


@pytest.mark.parametrize("find", sorted(CORPUS.glob("*/*")), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_find_is_none_any_more(find: Path) -> None:
    target: Callable[[bytes], None] = TARGETS[find.parent.name]
    target(find.read_bytes())
