"""What lies in an output, and what of it is torn: files that end in the middle."""

from __future__ import annotations

import json
from pathlib import Path


def everything(output: Path) -> dict[str, bytes]:
    """The files of a folder by their names."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()
    }


def torn(output: Path) -> list[str]:
    """The names of files that are not whole."""
    return [path.name for path in sorted(output.rglob("*")) if path.is_file() and not _is_whole(path)]


def _is_whole(path: Path) -> bool:
    data = path.read_bytes()
    match path.suffix:
        case ".html":
            return b"</html>" in data[-300:]
        case ".json":
            return _is_json(data)
        case ".pdf":
            return data[:4] == b"%PDF" and b"%%EOF" in data[-2048:]
        case ".tex":
            return rb"\end{document}" in data[-300:]
        case ".part":
            return False
    return True


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except ValueError:
        return False
    return True
