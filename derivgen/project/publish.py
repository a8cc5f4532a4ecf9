"""`derivgen publish`: the built site as a branch of a git repository, and never anything else."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from derivgen.homework.leaks import leaks
from derivgen.project import state
from derivgen.project.files import Folder
from derivgen.project.told import INPUT, TOOL, Told
from derivgen.record import record

INSTALL = 'install it: pip install "derivgen[publish]", or pip install ghp-import'
MOST = 10


@record
class PublishOptions:
    """What `derivgen publish` was asked for."""

    output: Path
    remote: str = "origin"
    branch: str = "gh-pages"
    dry_run: bool = False


class Stopped(Exception):
    """Why the site is not published: what is wrong, how to mend it, and the exit status."""

    def __init__(self, message: str, mend: str, status: int = INPUT) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend
        self.status = status


def published(options: PublishOptions) -> Iterator[Told]:
    """Publish the site of a build, or say why not; a dry run changes nothing."""
    try:
        files = _files(options.output)
        _refuse_unclean(options.output)
        _refuse_leaks(options.output)
        lacking = _lacking(options)
        if lacking is not None and not options.dry_run:
            raise lacking
        yield Told(result=_listing(options, files, lacking))
        if options.dry_run:
            return
        _import(options)
    except Stopped as why:
        yield Told(messages=(f"nothing is published: {why.message}\n  mend: {why.mend}",), status=why.status)
        return
    yield Told(messages=(f"published {len(files)} files to the branch {options.branch} of {options.remote}",))


def _files(output: Path) -> tuple[Path, ...]:
    """All files of the site."""
    site = output / "site"
    found = sorted(site.rglob("*")) if site.is_dir() else []
    if not (site / "index.html").is_file():
        raise Stopped(f"there is no site in {site}", "run `derivgen build` first")
    for path in (site, *found):
        # A link could lead anywhere, and what it leads to would be published under our name.
        if path.is_symlink():
            raise Stopped(f"{path} is a link, and only plain files are published", "remove it, and build again")
    return tuple(path for path in found if path.is_file() and not path.name.endswith(".part"))


def _refuse_unclean(output: Path) -> None:
    """Stop where the build failed, did not end, or is older than what it was made from."""
    build = "mend what `derivgen build` tells, and build again"
    found = state.read(Folder(output / "cache").read(state.STATE))
    if found is None:
        raise Stopped(f"nothing in {output} says how the build ended", "run `derivgen build` once more")
    if found.status is None:
        raise Stopped("the last build did not end", "run `derivgen build` once more")
    if found.failed:
        specs = ", ".join(state.shown(output / path) for path in found.failed[:MOST])
        raise Stopped(f"the build failed for {specs}", build)
    if found.status:
        raise Stopped("the last build failed", build)
    changes = list(state.changes(found, output))
    if changes:
        more = f", and {len(changes) - MOST} more" if len(changes) > MOST else ""
        raise Stopped(f"the site is out of date: {'; '.join(changes[:MOST])}{more}", "run `derivgen build` again")


def _refuse_leaks(output: Path) -> None:
    """Stop where an answer of a homework key is found in the site."""
    keys = sorted((output / "homework").glob("*/key.json"))
    if not keys:
        return
    try:
        found = leaks(output / "site", keys)
    except ValueError as error:
        listed = ", ".join(map(str, keys))
        raise Stopped(f"{listed}: {error}", "make the keys again: `derivgen homework build`") from None
    if found:
        where = "; ".join(map(str, found[:MOST]))
        raise Stopped(
            f"the site holds answers of homework: {where}", "take the page out of the site, or change the question"
        )


def _lacking(options: PublishOptions) -> Stopped | None:
    """What the repository lacks for it to be published; a dry run shows the files all the same."""
    try:
        _refuse_repository(options)
    except Stopped as why:
        return why
    if find_spec("ghp_import") is None:
        return Stopped("publishing needs ghp-import, which is not installed", INSTALL, TOOL)
    return None


def _refuse_repository(options: PublishOptions) -> None:
    """Stop where there is no repository, no such remote, or where the branch is the one that is worked on."""
    try:
        inside = _git("rev-parse", "--is-inside-work-tree")
    except FileNotFoundError:
        raise Stopped("publishing needs git, which is not installed", "install git", TOOL) from None
    if inside.returncode or inside.stdout.strip() != "true":
        raise Stopped(
            "the current folder is in no git repository",
            "go to the repository of the course, or make one: git init, then git remote add origin ADDRESS",
        )
    if _git("check-ref-format", "--branch", options.branch).returncode or options.branch.startswith("-"):
        raise Stopped(f"{options.branch} cannot be the name of a branch", "use --branch gh-pages")
    if _git("symbolic-ref", "--short", "-q", "HEAD").stdout.strip() == options.branch:
        raise Stopped(
            f"{options.branch} is the branch that you work on, and the site would take its place",
            "use --branch gh-pages, or another branch that holds nothing but the site",
        )
    remotes = _git("remote").stdout.split()
    if options.remote not in remotes:
        known = f"the remotes are {', '.join(remotes)}" if remotes else "add one: git remote add origin ADDRESS"
        raise Stopped(f"this repository has no remote {options.remote}", known)


def _import(options: PublishOptions) -> None:
    """Make the branch anew from the site, on top of what the remote has, and push it."""
    from ghp_import import GhpError, ghp_import

    Folder(options.output / "site").sweep()
    # Without what others have published in the meantime the push would be refused; the first time there is no branch.
    refs = f"refs/heads/{options.branch}:refs/remotes/{options.remote}/{options.branch}"
    _git("fetch", "--quiet", options.remote, f"+{refs}")
    try:
        ghp_import(
            str(options.output / "site"),
            remote=options.remote,
            branch=options.branch,
            mesg="Publish the site",
            nojekyll=True,
        )
    except GhpError as error:
        raise Stopped(f"ghp-import says: {error.message}", "see the message of git") from None
    pushed = _git("push", "--quiet", options.remote, options.branch)
    if pushed.returncode:
        said = pushed.stderr.strip().splitlines()
        raise Stopped(
            f"git cannot push to {options.remote}: {said[-1] if said else 'no reason given'}",
            f"try `git push {options.remote} {options.branch}` and mend what it tells",
        )


def _git(*arguments: str) -> subprocess.CompletedProcess[str]:
    # No shell, and the user's own git, whose settings say how to reach the remote.
    return subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)  # noqa: S603, S607


def _listing(options: PublishOptions, files: tuple[Path, ...], lacking: Stopped | None) -> str:
    site = options.output / "site"
    sizes = [path.stat().st_size for path in files]
    rows = [f"{size:>10,}  {path.relative_to(site).as_posix()}" for path, size in zip(files, sizes, strict=True)]
    verb = "would be published" if options.dry_run else "to publish"
    what = f"{len(files)} files, {sum(sizes):,} bytes, {verb} to the branch {options.branch} of {options.remote}"
    still = "" if lacking is None else f"before that can be: {lacking.message}; {lacking.mend}"
    end = "nothing was changed: this was a dry run" if options.dry_run else ""
    return "\n".join(line for line in (*rows, "         0  .nojekyll", what, still, end) if line)
