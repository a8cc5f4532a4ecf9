"""Options and profiles of the whole suite."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from derivgen.project.build import BuildOptions, built
from derivgen.project.projects import project_of

ROOT = Path(__file__).parents[1]
SLOW = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example)

settings.register_profile(
    "ci", max_examples=200, derandomize=True, deadline=None, suppress_health_check=SLOW, database=None
)
settings.register_profile("night", max_examples=20_000, deadline=None, suppress_health_check=SLOW, print_blob=True)
settings.load_profile(os.environ.get("DERIVGEN_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden with what derivgen prints today"
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def gallery_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gallery, built as a reader would; the pages have tagged PDFs."""
    project_of.cache_clear()
    output = tmp_path_factory.mktemp("build")
    # One process: Typst's threads, once started in this process by another test, do not outlive a fork.
    options = BuildOptions(output, ("html", "pdf", "tex"), "typst", 1, cross_check=False)
    assert max(told.status for told in built((str(ROOT / "specs"),), options)) == 0
    project_of.cache_clear()
    return output / "site"
