"""`derivgen serve`: the site on this machine, built anew whenever a file that it is made from is saved."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from derivgen.project import documents
from derivgen.project.build import SPECS, BuildOptions, built
from derivgen.project.files import Folder
from derivgen.project.preview import ADDRESS, PORTS, Preview, Server, server
from derivgen.project.projects import project_of
from derivgen.project.told import MACHINE, Told
from derivgen.record import record
from derivgen.spec.places import PROJECT_FILE, project_root, yaml_files

# Seconds between two looks at the files; hundreds of them take a few milliseconds.
PAUSE = 0.2
# What stands for the state of a file: when it was written, and its size.
Stamps = dict[Path, tuple[int, int]]


@record
class ServeOptions:
    """What `derivgen serve` was asked for."""

    build: BuildOptions
    port: int = 8000


class PortsTaken(Exception):
    """Nothing can be served: other programs listen everywhere."""


def served(arguments: Sequence[str], options: ServeOptions) -> Iterator[Told]:
    """Build, serve, and build again after each change, until Ctrl-C."""
    paths = [Path(argument) for argument in arguments] or [SPECS]
    preview = Preview(Folder(options.build.output / "site"))
    try:
        if not any(map(has_specs, paths)):
            yield from built(arguments, options.build)
            return
        with _serving(preview, options.port) as running:
            yield from _followed(arguments, paths, options, running)
    except KeyboardInterrupt:
        yield Told(messages=("the preview has ended",))
    except PortsTaken as error:
        yield Told(messages=(str(error),), status=MACHINE)


def _followed(
    arguments: Sequence[str], paths: Sequence[Path], options: ServeOptions, running: Server
) -> Iterator[Told]:
    """What each build says; faults are not the end of it, and no reason to end badly."""
    seen: Stamps = {}
    told_where = False
    while True:
        now = stamps(paths, options.build.output)
        if now == seen:
            time.sleep(PAUSE)
            continue
        seen = now
        yield from (replace(told, status=0) for told in _built(arguments, options.build, running.preview))
        if not told_where:
            yield Told(messages=tuple(_where(running.server_address[1], options.port)))
            told_where = True
            get_ready(cross_check=options.build.cross_check)


def get_ready(*, cross_check: bool) -> None:
    """Import all that makes a page: where the first build has made none, the first save would wait for it."""
    for name in ("derivgen.project.warm", *(("sympy",) if cross_check else ())):
        import_module(name)


def has_specs(path: Path) -> bool:
    """Whether there is a file that may be a spec."""
    return path.is_file() or (path.is_dir() and any(True for _ in yaml_files(path)))


def stamps(paths: Sequence[Path], output: Path) -> Stamps:
    """The state of each file that a build of these paths may read; what is built is none of them."""
    found: Stamps = {}
    for path in _looked_at(paths, output.resolve()):
        try:
            state = path.stat()
        except OSError:
            continue  # gone meanwhile
        found[path] = (state.st_mtime_ns, state.st_size)
    return found


def _looked_at(paths: Sequence[Path], output: Path) -> Iterator[Path]:
    for path in paths:
        root = project_root(path) or Path.cwd()
        manual = project_of(path).manual
        yield root / PROJECT_FILE
        for place in (path, root / "templates", *(() if manual is None else (manual,))):
            yield from _files(place, output)


def _files(place: Path, output: Path) -> Iterator[Path]:
    if not place.is_dir():
        yield place
        return
    for folder, inner, names in os.walk(place):
        here = Path(folder)
        inner[:] = [name for name in inner if not name.startswith(".") and (here / name).resolve() != output]
        yield from (here / name for name in names if not name.startswith("."))


def _built(arguments: Sequence[str], options: BuildOptions, preview: Preview) -> Iterator[Told]:
    """Build, then show what came out of it, with what is wrong."""
    # What was read of files stands no more.
    project_of.cache_clear()
    documents.forget()
    faults: list[str] = []
    for told in built(arguments, options):
        if told.status:
            faults += told.messages
        yield told
    preview.show(tuple(dict.fromkeys(faults)))


@contextmanager
def _serving(preview: Preview, port: int) -> Iterator[Server]:
    try:
        running = server(preview, port)
    except OSError:
        raise PortsTaken(f"no port from {port} to {port + PORTS - 1} is free; name another one: --port 9000") from None
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        preview.end()
        running.shutdown()
        running.server_close()
        thread.join()


def _where(port: int, asked: int) -> Iterator[str]:
    if port != asked:
        yield f"port {asked} is taken: another program listens there"
    yield f"look at http://{ADDRESS}:{port}/ ; the pages follow each save. Ctrl-C ends it."
