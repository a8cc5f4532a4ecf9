"""Fences of Markdown by Python-Markdown and markdown-it-py alone, without a tool for sites."""

from __future__ import annotations

import logging

import pytest
from markdown_it import MarkdownIt

from derivgen.embed.fences import fences, options_of
from derivgen.embed.markdown_it import derivgen_plugin
from tests.embed.hosts import FAULTY, NEURON, QUADRATIC, fenced, needs


def line_of_fault(text: str) -> int:
    return text.splitlines().index("  f: x @ A @ x") + 1


@pytest.mark.parametrize(
    ("info", "options"),
    [
        ("derivgen", {}),
        ("{derivgen}", {}),
        ("{.derivgen level=3}", {"level": "3"}),
        ('derivgen level="3" file=a.yaml', {"level": "3", "file": "a.yaml"}),
        ("derivgenerator", None),
        ("yaml derivgen", None),
        ("", None),
    ],
)
def test_the_first_line_of_a_fence_says_whether_it_is_ours(info: str, options: dict[str, str] | None) -> None:
    assert options_of(info) == options


def test_a_fence_that_nothing_closes_is_left_alone() -> None:
    assert not list(fences(["```derivgen", "title: One"]))


@pytest.mark.parametrize(
    ("above", "below"),
    [("## Two ##", 2), ("One\n===", 1), ("Two\n---", 2), ("", 0), ("```\n# comment\n```", 0), ("---", 0)],
    ids=["marked", "underlined", "second", "none", "in a fence", "rule"],
)
def test_a_fence_knows_the_heading_above_it(above: str, below: int) -> None:
    (found,) = fences(f"{above}\n\n{fenced(NEURON)}".splitlines())
    assert found.below == below
    assert found.text == NEURON.rstrip("\n")


def test_markdown_it_makes_derivations_of_fences(caplog: pytest.LogCaptureFixture) -> None:
    md = MarkdownIt().use(derivgen_plugin, file="page.md")
    text = f"# One\n\n{fenced(QUADRATIC)}\n{fenced(QUADRATIC)}\n```python\nx\n```\n\n{fenced(FAULTY)}"
    html = md.render(text)
    assert html.count('<div class="derivgen"') == 2
    assert '<h2 class="h1">Gradient of a quadratic form</h2>' in html
    assert 'id="derivgen-gradient-of-a-quadratic-form-2"' in html
    assert '<code class="language-python">' in html
    assert [record.message.splitlines()[0] for record in caplog.records] == [
        f"page.md:{line_of_fault(text)}:6: cannot multiply x (n x 1) by A (n x n) [DG-E081]"
    ]


def test_python_markdown_knows_the_extension(caplog: pytest.LogCaptureFixture) -> None:
    needs("markdown")
    import markdown

    from derivgen.embed.python_markdown import DerivgenExtension

    text = f"# One\n\n{fenced(QUADRATIC)}\n\t\n{fenced(FAULTY)}"
    with caplog.at_level(logging.WARNING, logger="derivgen"):
        html = markdown.markdown(text, extensions=[DerivgenExtension(file="page.md"), "fenced_code"])
    assert html.count('<div class="derivgen"') == 1
    assert f"page.md:{line_of_fault(text)}:6: " in caplog.text
    assert f"page.md:{line_of_fault(text)}:6: " in html


def test_superfences_may_call_us(caplog: pytest.LogCaptureFixture) -> None:
    needs("pymdownx")
    import markdown

    from derivgen.embed.python_markdown import superfence

    custom = {"custom_fences": [{"name": "derivgen", "class": "derivgen", "format": superfence}]}
    made = markdown.Markdown(extensions=["pymdownx.superfences"], extension_configs={"pymdownx.superfences": custom})
    html = made.convert(f"{fenced(NEURON)}\n{fenced(NEURON)}\n{fenced(FAULTY)}")
    assert html.count('<div class="derivgen"') == 2
    assert 'id="derivgen-page-2"' in html
    assert f"<page>:{line_of_fault(FAULTY)}:6: cannot multiply" in caplog.text


@pytest.mark.parametrize(
    ("fence", "message"),
    [
        ("```derivgen lvel=3\n```", "page.md:1:1: a fence of derivgen has no option lvel"),
        ("```derivgen level=7\n```", "page.md:1:1: level=7 is no level of headings"),
        ("```derivgen file=none.yaml\n```", "page.md:1:1: none.yaml: there is no such file or folder"),
        ("```derivgen file=a.yaml\ntitle: x\n```", "page.md:1:1: this fence names a file and holds a spec as well"),
    ],
)
def test_what_a_fence_cannot_ask_for_is_told(fence: str, message: str) -> None:
    assert message in MarkdownIt().use(derivgen_plugin, file="page.md").render(fence)
