"""A program to copy stands on the screen; on paper it would only take room."""

from __future__ import annotations

import pytest

from derivgen.document.blocks import Code, Document, Folded
from derivgen.render.formats import FormatName, render

PAGE = Document(("Title",), "name", "en", "", (Folded(("A program",), (Code("import numpy", "python"),), "program"),))


@pytest.mark.parametrize(("name", "stands"), [("html", True), ("tex", False), ("typ", False)])
def test_a_program_to_copy_stands_on_the_screen_alone(name: FormatName, stands: bool) -> None:
    assert ("import numpy" in render(PAGE, name)) == stands
