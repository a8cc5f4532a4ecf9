"""Every page of the gallery is valid HTML, by the checker of the HTML standard's own people (vnu)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.nodefiles import node_file

# Of MathML 4, which tells screen readers what a formula means; the checker knows MathML 3.
NEWER = re.compile(r"Attribute “(?:intent|arg)” not allowed on element “m\w+” at this point\.")


@pytest.mark.slow
def test_every_page_is_valid(gallery_site: Path) -> None:
    checker = node_file("vnu-jar", "vnu.jar")
    if checker is None or shutil.which("java") is None:
        pytest.skip("needs Java and npm's vnu-jar")
    command = ["java", "-jar", str(checker), "--errors-only", "--skip-non-html", "--format", "json", str(gallery_site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(done.stderr)["messages"]
    # It has looked: it cannot know of these attributes.
    assert any(NEWER.fullmatch(one["message"]) for one in told)
    faults = {f"{one['url']}: {one['message']}" for one in told if not NEWER.fullmatch(one["message"])}
    assert faults == set()
