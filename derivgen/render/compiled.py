"""Templates of the package, compiled once: kept beside our modules as Python keeps these, and by the same rules."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from derivgen.render.packaged import templates_dir
from derivgen.render.seals import packed, unpacked


class Compiled(BytecodeCache):
    """Keeps what the templates of an environment compile to; a user's own are compiled each time.

    They go where code goes, never into the folder that is built: whoever may write there may write code.
    """

    def __init__(self, made_with: str) -> None:
        """`made_with` tells environments apart."""
        self._made_with = f"{jinja2.__version__} {made_with}"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Where the template is kept; empty for one that is not the package's."""
        if filename is None or templates_dir() not in Path(filename).parents:
            return ""
        return cache_from_source(str(Path(__file__).with_name(name.replace("/", "."))))

    def get_source_checksum(self, source: str) -> str:
        """What tells whether it is still right."""
        return hashlib.sha256(f"{self._made_with}\n{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take it from where it is kept, if it is there and whole."""
        data = None
        if bucket.key:
            with suppress(OSError):
                # Python runs what lies there as it is; a file that broke off is compiled again.
                data = unpacked(Path(bucket.key).read_bytes())
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, where that is allowed."""
        if not bucket.key or sys.dont_write_bytecode:
            return
        part = Path(f"{bucket.key}.{os.getpid()}")
        with suppress(OSError):
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(packed(bucket.bytecode_to_string()))
            part.replace(bucket.key)
