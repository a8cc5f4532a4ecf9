"""Every page can be had by every method and in every detail, or is refused: none breaks off."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivgen.problem.problem import DetailName, MethodName
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, worked
from derivgen.render.rubric import judged

SPECS = Path(__file__).parents[2] / "specs"
METHODS: tuple[MethodName, ...] = ("differentials", "chain", "components", "indices")
DETAILS: tuple[DetailName, ...] = ("brief", "detailed")
SOME = ("quadratic-form", "mean-squared-loss", "vector-chain-rule", "bilinear-form", "diagonal-of-a-matrix")


def amiss(spec: Path, method: MethodName, detail: DetailName) -> list[str]:
    """What we would have to mend in a page that is asked for in this way."""
    done = worked(spec, spec, Wishes(method=method, detail=detail, seconds=20.0))
    if not done.derivations:
        return list(done.bugs)
    made, _ = document_of(done, spec.stem, spec)
    found = judged(made, done.notation, detail)
    return [*done.bugs, *(str(one) for one in found if one.question.outcome != "of the spec")]


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", SOME)
def test_a_page_can_be_had_in_every_way(name: str, method: MethodName, detail: DetailName) -> None:
    (spec,) = SPECS.glob(f"*/{name}.yaml")
    assert amiss(spec, method, detail) == []


@pytest.mark.night
@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("spec", [pytest.param(path, id=path.stem) for path in sorted(SPECS.glob("[0-9]*/*.yaml"))])
def test_all_pages_can_be_had_in_every_way(spec: Path, method: MethodName, detail: DetailName) -> None:
    assert amiss(spec, method, detail) == []
