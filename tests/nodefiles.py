"""Files of Node's packages that tests use, where they are installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def node_file(package: str, name: str) -> Path | None:
    """A file of a package by its name, in a folder of Node's packages."""
    named = filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep))
    folders = (*map(Path, named), ROOT / "node_modules", Path(sys.prefix) / "node_modules")
    return next((file for folder in folders for file in sorted((folder / package).rglob(name))), None)


# axe-core, which finds what keeps people out of a page.
AXE = node_file("axe-core", "axe.min.js")
VIOLATIONS = """axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'],
}).then(found => found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`))"""
