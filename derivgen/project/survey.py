"""What a build starts from, told by hashes: only a file that no record knows is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from functools import partial
from pathlib import Path

from derivgen.project.keys import digest_of, key, program, tree
from derivgen.project.places import from_here, markdown_files
from derivgen.project.records import Card, Cards, ProjectCard
from derivgen.record import record
from derivgen.spec.places import PROJECT_FILE, project_root, yaml_files


@record
class Found:
    """A file that a build starts from, the path that it was found by, and the hash of what it holds.

    `source` is its path from the output folder, which is the same wherever both stand.
    """

    path: Path
    found_by: Path
    source: str
    digest: str
    key: str

    @property
    def is_as_found(self) -> bool:
        """Whether it still holds what it held when the build began: else nothing that is made of it is kept."""
        return digest_of(self.path) == self.digest

    @property
    def is_named(self) -> bool:
        """Whether it was asked for by itself, and not found in a folder."""
        return self.path == self.found_by


@record
class Survey:
    """The specs and sheets of a build with what is known of them, and the files beside them."""

    output: Path
    specs: tuple[tuple[Found, Card], ...]
    sheets: tuple[tuple[Found, Card], ...]
    projects: Mapping[Path, ProjectCard]
    roots: Mapping[Path, Path]
    # The hash of all YAML files below a folder, worked out where a page needs it.
    neighbourhoods: dict[Path, str] = field(default_factory=dict)

    @property
    def first(self) -> Path:
        """The path whose project the whole site takes its look from."""
        return self.specs[0][0].found_by

    @property
    def templates(self) -> Path | None:
        """The user's own templates."""
        folder = self.roots[self.first] / "templates"
        return folder if folder.is_dir() else None

    def manual(self, found_by: Path) -> Path | None:
        """The folder of the manual."""
        named = self.projects[found_by].manual
        return None if named is None else self.roots[found_by] / named

    def neighbourhood(self, found: Found) -> tuple[str, str]:
        """The place of a spec among those that its texts can show answers of, and the hash of them all."""
        root = found.path.parent if found.is_named else found.found_by
        if root not in self.neighbourhoods:
            files = [(path.relative_to(root).as_posix(), digest_of(path)) for path in yaml_files(root)]
            self.neighbourhoods[root] = key(files)
        return found.path.relative_to(root).as_posix(), self.neighbourhoods[root]

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """Every file that the build reads, with its hash."""
        read = [(found.source, found.digest) for found, _ in (*self.specs, *self.sheets)]
        for found_by, root in self.roots.items():
            beside = [root / PROJECT_FILE, *markdown_files(self.manual(found_by))]
            read += [(from_here(file, self.output), digest_of(file)) for file in beside if file.is_file()]
        templates = self.templates
        if templates is not None:
            own = from_here(templates, self.output)
            read += [(f"{own}/{name}", one) for name, one in tree(templates)]
        return tuple(dict(read).items())


# How files that no record knows are read: it imports all that reading needs.
Reader = Callable[[Sequence[Found]], Sequence[Card]]
ProjectReader = Callable[[Path, str], ProjectCard]


def surveyed(
    paths: Sequence[Path], output: Path, known: Cards, *, cards: Reader, project: ProjectReader
) -> Survey | None:
    """What a build of these paths starts from; None where there is no spec."""
    roots = {path: project_root(path) or Path.cwd() for path in paths}
    beside = {path: digest_of(root / PROJECT_FILE) for path, root in roots.items()}
    files = _found(paths, output, beside)
    carded = list(zip(files, _carded(files, known.specs, cards), strict=True))
    specs = tuple((file, card) for file, card in carded if card.kind == "spec" or file.is_named)
    if not specs:
        return None
    sheets = tuple((file, card) for file, card in carded if card.kind != "spec" and not file.is_named)
    projects = {path: _project(path, roots[path], beside[path], known.projects, output, project) for path in paths}
    return Survey(output, specs, sheets, projects, roots)


def _found(paths: Sequence[Path], output: Path, beside: Mapping[Path, str]) -> tuple[Found, ...]:
    found = {file: path for path in reversed(paths) for file in (yaml_files(path) if path.is_dir() else (path,))}
    return tuple(map(partial(_file, output=output, beside=beside), found, found.values()))


def _file(path: Path, found_by: Path, *, output: Path, beside: Mapping[Path, str]) -> Found:
    own = digest_of(path)
    # A file that cannot be read has no key: it is looked at again each time.
    made_of = key(program(), beside[found_by], path.name, own) if own else ""
    return Found(path, found_by, from_here(path, output), own, made_of)


def _carded(files: Sequence[Found], known: Mapping[str, Card], read: Reader) -> Iterable[Card]:
    there = {file: known.get(file.source) for file in files}
    new = [file for file, card in there.items() if card is None or not file.key or card.key != file.key]
    made = {**there, **dict(zip(new, read(new) if new else (), strict=True))}
    return [card for file in files if (card := made[file]) is not None]


def _project(
    path: Path, root: Path, beside: str, known: Mapping[str, ProjectCard], output: Path, read: ProjectReader
) -> ProjectCard:
    made_of = key(program(), beside)
    card = known.get(from_here(root, output))
    is_known = card is not None and card.key == made_of and not card.faults
    if card is None or not is_known or (card.manual is not None and not (root / card.manual).is_dir()):
        return read(path, made_of)
    return card
