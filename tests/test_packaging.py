"""What is installed: the wheel and the source archive hold all that a build needs, and no tests."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*") if path.is_file())


def built(kind: str, folder: Path) -> Path:
    # The build backend is called as pip calls it, in a process of its own, so that nothing is fetched.
    call = f"import hatchling.build as b, sys; print(b.build_{kind}(sys.argv[1]))"
    run = subprocess.run([sys.executable, "-c", call, str(folder)], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return folder / run.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    pytest.importorskip("hatchling", reason="the build backend is not installed beside the tests")
    with zipfile.ZipFile(built("wheel", tmp_path_factory.mktemp("wheel"))) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    pytest.importorskip("hatchling", reason="the build backend is not installed beside the tests")
    with tarfile.open(built("sdist", tmp_path_factory.mktemp("sdist"))) as archive:
        return [name.partition("/")[2] for name in archive.getnames()]


def test_the_wheel_holds_every_template_and_the_font(wheel: list[str]) -> None:
    assert {f"derivgen/{name}" for name in TEMPLATES} <= set(wheel)
    assert [name for name in wheel if name.endswith(".woff2")]
    assert {name.partition("licenses/")[2] for name in wheel} >= {"LICENSE", "templates/assets/fonts/OFL.txt"}


def test_the_wheel_holds_every_module_and_nothing_but_the_package(wheel: list[str]) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "derivgen").rglob("*.py")}
    assert modules <= set(wheel)
    assert {name.split("/")[0].split("-")[0] for name in wheel} == {"derivgen"}


def test_the_source_archive_can_be_built_and_tested(sdist: list[str]) -> None:
    needed = {
        *TEMPLATES,
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "SECURITY.md",
        "tests/run",
        "derivgen/cli.py",
    }
    assert needed <= set(sdist)


def test_one_version_is_written_down() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" not in project
    assert project["dynamic"] == ["version"]


def test_what_the_tests_run_with_is_named_by_version_and_hash() -> None:
    packaging = pytest.importorskip("packaging.requirements")
    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [packaging.Requirement(one) for one in (*known["dependencies"], *known["optional-dependencies"]["test"])]
    lines = (ROOT / "tests" / "locked.txt").read_text(encoding="utf-8").splitlines()
    starts = [k for k, line in enumerate(lines) if "==" in line and not line.startswith((" ", "#"))]
    locked: dict[str, list[str]] = {}
    for k, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        name, version = re.match(r"([\w.-]+)==([\w.]+)", lines[k]).groups()  # type: ignore[union-attr]
        assert any("--hash=sha256:" in line for line in lines[k:end]), name
        locked.setdefault(name.lower(), []).append(version)
    own = {"derivgen"}
    for one in wanted:
        name = re.sub(r"[-_.]+", "-", one.name).lower()
        if name not in own:
            assert any(one.specifier.contains(version) for version in locked[name]), name
