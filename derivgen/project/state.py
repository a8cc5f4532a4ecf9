"""The mark that a build leaves: whether it ended well, and from what it was made."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from derivgen import __version__
from derivgen.project.keys import digest_of
from derivgen.project.places import from_here
from derivgen.record import record

STATE = "state.json"


@record
class State:
    """What is known of the last builds into a folder; all paths are relative to that folder.

    `status` is the exit status of the last one, or None while it runs and where it was
    interrupted. `failed` are specs whose page is missing or lacks an answer, `roots` the
    folders that specs were looked for in, `inputs` the files that were read with the hash of
    each, `shared` the files of the site that belong to no single page.
    """

    version: str = __version__
    status: int | None = None
    failed: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    shared: tuple[str, ...] = ()


def read(data: bytes | None) -> State | None:
    """The state that was written; None where there is none, or where a person has changed the file."""
    try:
        found = json.loads(data or b"null")
        lists = {key: tuple(found[key]) for key in ("failed", "roots", "shared")}
        inputs = tuple((path, digest) for path, digest in found["inputs"])
        return State(found["version"], found["status"], lists["failed"], lists["roots"], inputs, lists["shared"])
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def written(state: State) -> bytes:
    """The state as bytes."""
    return (json.dumps(asdict(state), ensure_ascii=False, indent=1) + "\n").encode()


def after(old: State, new: State, output: Path) -> State:
    """The state after a build of `new`: what `old` says of files that were not part of it stays, if they exist."""
    there = {path: digest for path, digest in old.inputs if (output / path).exists()}
    inputs = {**there, **dict(new.inputs)}
    failed = {path for path in old.failed if path in there and path not in dict(new.inputs)} | set(new.failed)
    roots = {path for path in old.roots if (output / path).is_dir()} | set(new.roots)
    return State(
        new.version,
        new.status,
        tuple(sorted(failed)),
        tuple(sorted(roots)),
        tuple(sorted(inputs.items())),
        tuple(sorted(new.shared)),
    )


def changes(state: State, output: Path) -> Iterator[str]:
    """What has changed since the build, each in a few words with the path from the current folder."""
    if state.version != __version__:
        yield f"derivgen is {__version__} now, and the build is of {state.version}"
    for path, digest in state.inputs:
        here = output / path
        if not here.exists():
            yield f"{shown(here)} is gone"
        elif digest_of(here) != digest:
            yield f"{shown(here)} has changed"
    # Here, so that a build with nothing to make need not know how specs are read.
    from derivgen.spec.files import find_specs

    known = {path for path, _ in state.inputs}
    roots = [output / root for root in state.roots if (output / root).is_dir()]
    for spec in find_specs(roots):
        if from_here(spec, output) not in known:
            yield f"{shown(spec)} is new"


def shown(path: Path) -> str:
    """The path as a person in the current folder would write it."""
    return os.path.relpath(path)
