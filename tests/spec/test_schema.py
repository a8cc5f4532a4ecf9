"""The schema that editors read accepts what the reader reads, and marks slips of keys and values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from derivgen.spec.files import is_sheet
from derivgen.spec.keys import KEYS
from derivgen.spec.schema import spec_schema

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).parents[2]
GALLERY = [path for path in sorted((ROOT / "specs").rglob("*.yaml")) if not is_sheet(path)]
SLIPS = [json.loads(row) for row in (ROOT / "tests/spec/slips.jsonl").read_text(encoding="utf-8").splitlines()]
# Kinds of slips that are seen from keys and values alone: those of keys, of their values, and of shapes.
SEEN = ("DG-E031", "DG-E032", "DG-E033", "DG-E034", "DG-E035", "DG-E036", "DG-E055")
# What only a reader can know: words of the catalogue in another sense, dates of the calendar, commas within braces.
UNSEEN = {"date2", "blank", "variables in braces"}
MARKED = [slip for slip in SLIPS if slip["code"] in SEEN and slip["slip"] not in UNSEEN]


@pytest.fixture(scope="module")
def editor() -> Any:
    schema = json.loads(spec_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def loaded(source: str) -> Any:
    """A spec as an editor reads it: numbers and truth values have their types."""
    return yaml.safe_load(source)


@pytest.mark.parametrize("path", GALLERY, ids=lambda path: path.stem)
def test_every_spec_of_the_gallery_is_right_for_an_editor(editor: Any, path: Path) -> None:
    source = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # texts only
    assert [error.message for error in editor.iter_errors(source)] == []


def test_values_that_yaml_gives_a_type_are_texts(editor: Any) -> None:
    source = "title: 12\ntags: [1, true, no]\nvariables: {s: scalar}\nfunctions: {f: 2, g: '[s, s]', h: [f, s]}\n"
    assert editor.is_valid(loaded(source + "derivatives: [f wrt s, {of: g, wrt: [s], order: 2}]\n"))


def test_a_page_of_prose_is_right(editor: Any) -> None:
    assert editor.is_valid({"title": "Shapes", "page": "{{shapes}}"})


@pytest.mark.parametrize(
    "slip",
    [slip for slip in SLIPS if slip["code"] in SEEN and slip["slip"] not in UNSEEN],
    ids=lambda slip: slip["slip"],
)
def test_an_editor_marks_slips_of_keys_values_and_shapes(editor: Any, slip: dict[str, Any]) -> None:
    assert not editor.is_valid(loaded(slip["spec"]))


def test_every_key_of_the_schema_says_what_it_is_for(editor: Any) -> None:
    properties = editor.schema["properties"]
    assert list(properties) == list(KEYS)
    assert all(one["description"].endswith(".") for one in properties.values())
