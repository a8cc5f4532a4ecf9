"""Pages as a browser lays them out: what a script finds in a page of a window's width."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from derivgen.project.build import BuildOptions, built
from derivgen.project.projects import project_of

ROOT = Path(__file__).parents[1]
needs_chromium = pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")


def page_of(spec: str, output: Path) -> Path:
    """The page of a spec of the gallery."""
    return page_at(ROOT / "specs" / f"{spec}.yaml", output)


def page_at(spec: Path, output: Path) -> Path:
    """The page of a spec."""
    project_of.cache_clear()
    options = BuildOptions(output, ("html",), "typst", 1, cross_check=False)
    assert max(told.status for told in built((str(spec),), options)) == 0
    project_of.cache_clear()
    return output / "site" / f"{spec.stem}.html"


def measured(page: Path, script: str, *, width: int) -> list[float]:
    """The numbers that the expression `script` finds in the page, in CSS pixels."""
    source = re.sub(r"<meta http-equiv[^>]*>", "", page.read_text(encoding="utf-8"))
    # A window of the browser has a least width of its own; a frame has none.
    inner = page.with_name("measured.html")
    inner.write_text(source, encoding="utf-8")
    outer = page.with_name("frame.html")
    outer.write_text(
        f'<body style="margin:0"><iframe src="{inner.name}" style="border:0;width:{width}px;height:844px"></iframe>'
        "<script>onload = async () => { const frame = document.querySelector('iframe');"
        " const doc = frame.contentDocument; await doc.fonts.ready;"
        f" document.body.dataset.found = JSON.stringify({script}); }}</script>",
        encoding="utf-8",
    )
    options = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
        "--dump-dom",
    )
    command = ("chromium", *options, f"--user-data-dir={page.parent / 'browser'}", "--virtual-time-budget=4000")
    made = subprocess.run((*command, outer.as_uri()), check=True, capture_output=True, text=True).stdout
    found = re.search(r'data-found="([^"]*)"', made)
    assert found is not None, made[-500:]
    return [float(one) for one in json.loads(unescape(found[1]))]
