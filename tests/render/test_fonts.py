"""A page asks at once for the faces that its formulas need, and for no other."""

from __future__ import annotations

import re

import pytest

from derivgen.render.fonts import CODES, FACES, OTHER, codes_of, faces_of
from derivgen.render.packaged import templates_dir


@pytest.mark.parametrize(
    ("formula", "faces"),
    [
        ("<mi>𝐱</mi><mo>+</mo><mn>1</mn>", ["derivgen-math"]),
        ("<mi>σ</mi><mo>(</mo><mi>z</mi>\n<mo>)</mo>", ["derivgen-math", "derivgen-math-greek"]),
        ("<mi>𝚺</mi>", ["derivgen-math-more"]),
        ("<mi>x</mi><mo>∈</mo><mi>ℝ</mi>", ["derivgen-math", "derivgen-math-more"]),
    ],
)
def test_letters_call_for_their_faces(formula: str, faces: list[str]) -> None:
    assert list(faces_of(f"<p>Σ words ℝ</p><math>{formula}</math>")) == faces


def test_words_call_for_none() -> None:
    assert faces_of("<p>Größe, ℝ and σ</p>") == {}


def test_the_style_has_the_same_ranges() -> None:
    style = (templates_dir() / "assets" / "style.css").read_text(encoding="utf-8")
    faces = re.findall(r'url\("fonts/([\w-]+)\.woff2"\)[^}]*?(?:unicode-range: ([^;]*);\s*)?}', style)
    ranges = dict(faces)
    # A script asks for the faces of some letters, so that no face may claim those of another.
    assert set(codes_of(ranges.pop(OTHER))) == set(range(0x110000)).difference(*CODES.values())
    assert ranges == FACES


def test_faces_share_no_letter() -> None:
    first, second = CODES.values()
    assert not first & second
    assert set(codes_of("U+20-22, U+1D400")) == {0x20, 0x21, 0x22, 0x1D400}
