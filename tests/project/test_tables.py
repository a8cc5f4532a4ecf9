"""Tables that are made from other specs, rules by groups, and the author's remarks in place of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivgen.calculus.catalogue import RULES
from derivgen.document.answertables import SUMMARIES
from derivgen.document.blocks import Block, Callout, Heading, Link, Table
from derivgen.document.drawings import draw
from derivgen.document.ruletables import GROUPS, group_of
from derivgen.errors import Fault
from derivgen.project.documents import document_of
from derivgen.project.work import Wishes, worked
from derivgen.render.plain import words

SUM = """\
title: A sum
variables: {w: vector(n), x: vector(n)}
functions:
  y: w + x
derivatives:
  - y wrt w
  - {of: y, wrt: x, title: By the second}
"""
SQUARE = """\
title: A square
variables: {x: vector(n)}
functions:
  u: x**2
  y: sum(u)
derivatives:
  - y wrt x
"""


def page(folder: Path, text: str) -> tuple[tuple[Block, ...], tuple[Fault, ...]]:
    """The blocks of a page of prose beside two specs."""
    (folder / "a").mkdir()
    (folder / "a/sum.yaml").write_text(SUM, encoding="utf-8")
    (folder / "square.yaml").write_text(SQUARE, encoding="utf-8")
    (folder / "page.yaml").write_text(f"page: |\n  {text}\n", encoding="utf-8")
    made, faults = document_of(worked(folder / "page.yaml", folder, Wishes()), "page", folder)
    return made.blocks, faults


def rows(table: Block) -> list[list[str]]:
    """The cells in words."""
    assert isinstance(table, Table)
    return [[words(cell) for cell in row] for row in table.rows]


def test_answers_stand_in_a_table_for_each_variable_and_lead_to_their_pages(tmp_path: Path) -> None:
    (by_w, by_x), faults = page(tmp_path, "{{answers sum, square}}")
    assert faults == ()
    assert [row[0] for row in rows(by_w)] == ["A sum"]
    assert [row[0] for row in rows(by_x)] == ["By the second", "A square"]
    assert isinstance(by_x, Table)
    assert isinstance(by_w, Table)
    assert [link.address for row in by_x.rows for link in row[0] if isinstance(link, Link)] == [
        "a/sum.html",
        "square.html",
    ]
    assert [words(table.caption) for table in (by_w, by_x)] == [f"Derivatives with respect to {name}" for name in "wx"]
    # Both layouts of the identity agree; those of a gradient do not.
    assert [len(by_w.head), len(by_x.head)] == [3, 4]


def test_a_table_defines_the_intermediates_of_its_functions(tmp_path: Path) -> None:
    (table,), _ = page(tmp_path, "{{answers square}}")
    assert isinstance(table, Table)
    function, between, intermediate = table.rows[0][1]
    assert between == " with "
    assert function != intermediate


def test_wide_answers_take_room_from_the_titles_beside_them(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "wide.yaml").write_text(SUM.replace("w + x", "exp(w*x + 3*sin(x))*cos(w)"), encoding="utf-8")
    narrow, _ = page(tmp_path, "{{answers square}}")
    wide, _ = page(other, "{{answers wide}}")
    assert {block.widths for block in narrow if isinstance(block, Table)} == {()}
    assert all(block.widths[0] < block.widths[-1] for block in wide if isinstance(block, Table))


@pytest.mark.parametrize(
    ("asked", "said", "hint"),
    [
        ("{{answers squares}}", "no other spec with the slug squares", "did you mean square?"),
        ("{{table T1}}", "no other spec with the slug constant-and-multiple", "name the slug"),
        ("{{table T9}}", "no table `T9`", "{{answers SLUG, SLUG}}"),
        ("{{rules scalars}}", "no group of rules `scalars`", "did you mean scalar?"),
    ],
)
def test_a_table_that_cannot_be_made_is_told_with_the_remedy(tmp_path: Path, asked: str, said: str, hint: str) -> None:
    made, (fault,) = page(tmp_path, asked)
    assert made == ()
    assert said in fault.message
    assert hint in fault.hint


def test_a_spec_without_answers_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").write_text("page: Nothing.\n", encoding="utf-8")
    _, (fault,) = page(tmp_path, "{{answers empty}}")
    assert "empty has no answers" in fault.message


def test_the_groups_of_rules_part_the_catalogue() -> None:
    drawn = [draw("rules", group) for group in GROUPS]
    titles = [block for made in drawn if not isinstance(made, Fault) for block in made if isinstance(block, Heading)]
    names = [words(title.text) for title in titles]
    assert sorted(names) == sorted(rule.name for rule in RULES.values())
    assert {group_of(RULES[rule]) for rule in ("d-product", "identify-vec", "trace-cyclic", "power")} == {
        "differential", "identification", "algebra", "scalar",
    }  # fmt: skip


def test_the_signs_have_two_names() -> None:
    assert draw("table", "T7") == draw("notation", "")


def test_no_summary_of_the_course_names_a_spec_twice() -> None:
    assert all(len(set(slugs)) == len(slugs) for slugs in SUMMARIES.values())


def test_a_remark_of_the_author_stands_in_place_of_ours(tmp_path: Path) -> None:
    kinds = []
    for name, remarks in (
        ("ours", ""),
        ("own", "remarks: |\n  > **Remark.** It grows.\n\n  > **Common mistake.** None.\n"),
    ):
        path = tmp_path / f"{name}.yaml"
        path.write_text(SQUARE.replace("sum(u)", "u.T @ x") + remarks, encoding="utf-8")
        made, faults = document_of(worked(path, tmp_path, Wishes()), name, tmp_path)
        assert faults == ()
        kinds.append([(one.kind, words(one.text)) for one in made.blocks if isinstance(one, Callout)])
    ours, own = kinds
    assert [kind for kind, _ in ours] == ["conditions", "remark", "mistake"]
    assert own[1:] == [("remark", "It grows."), ("mistake", "None.")]
