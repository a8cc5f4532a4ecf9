"""Pictures in the three formats: well formed, told in words, and within the page."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pikepdf
import pytest

from derivgen.document.blocks import Block, Document, Figure, Folded, Paragraph
from derivgen.document.drawings import FIGURES, draw
from derivgen.document.graphdrawing import graph_picture
from derivgen.document.scene import Curve, Dot, drawing
from derivgen.document.shapeboxes import identification_picture
from derivgen.expr.build import apply
from derivgen.expr.nodes import Differential, Reference, Sum, Unresolved, Unspecified, Variable
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size
from derivgen.printing.notation import Notation
from derivgen.render import svg
from derivgen.render.formats import render
from derivgen.render.markdown import block_text as in_markdown
from derivgen.render.pdf import typst
from derivgen.render.pdf.latex import find_engine, typeset
from derivgen.render.plain import block_text
from derivgen.render.writer import plain
from tests.render.pages import read_page
from tests.render.samples import QUADRATIC

ENGINE = find_engine()
needs_latex = pytest.mark.skipif(ENGINE is None, reason="no pdflatex here")
x = Variable("x", SCALAR)
X = Variable("x", Shape(Size.named("n"), ONE))


def small() -> Figure:
    y = Unspecified("y", Shape(Size.named("m"), ONE), (X,))
    figure = identification_picture(Differential(y), Unresolved(y, (X,)), Differential(X))
    assert figure is not None
    return figure


def graph(functions: int) -> Figure:
    made = [Reference("u1", apply("sin", x))]
    for k in range(2, functions + 1):
        made.append(Reference(f"u{k}", Sum((x, made[-1]))))
    return graph_picture(made, ("x",), (made[-1].name,))


def plot() -> Figure:
    return Figure(
        drawing((Curve(((0.0, 0.0), (1.0, 2.0), (3.0, 2.5)), "strong"), Dot(1.0, 2.0), Dot(3.0, 2.5, is_open=True))),
        ("A curve.",),
        ("A curve with two points on it.",),
    )


def boxes() -> Figure:
    made = draw("boxes", "m x k, k x n")
    assert isinstance(made, tuple)
    (figure,) = made
    assert isinstance(figure, Figure)
    return figure


PICTURES = {name: make() for name, make in FIGURES.items()} | {
    "small": small(), "graph": graph(2), "long graph": graph(14), "boxes": boxes(), "plot": plot(),
}  # fmt: skip
EVERY = pytest.mark.parametrize("figure", PICTURES.values(), ids=PICTURES.keys())


def page(*blocks: Block) -> Document:
    return Document(("Pictures",), "pictures", "en", "", blocks)


ALL = page(*PICTURES.values())


@EVERY
def test_the_svg_is_xml_and_scales_with_its_frame(figure: Figure) -> None:
    root = ElementTree.fromstring(str(svg.svg(figure.drawing)))  # noqa: S314  # our own text
    _, _, wide, high = map(float, root.attrib["viewBox"].split())
    assert (wide, high) == pytest.approx((figure.drawing.width, figure.drawing.height), abs=0.005)
    assert {"width", "height"}.isdisjoint(root.attrib)
    shapes = [element.tag for element in root]
    assert shapes.count("rect") == len(figure.drawing.rectangles)
    # Lines of one weight are one path with a start for each; so are their heads.
    paths = [element for element in root if element.tag == "path"]
    heads = [path for path in paths if "head" in path.attrib.get("class", "")]
    assert sum(path.attrib["d"].count("M") for path in paths if path not in heads) == len(figure.drawing.lines)
    assert sum(path.attrib["d"].count("Z") for path in heads) == sum(line.is_arrow for line in figure.drawing.lines)


@EVERY
def test_on_a_page_a_picture_is_one_image_with_its_words(figure: Figure) -> None:
    source = render(page(figure), "html")
    made = read_page(source)
    assert made.unclosed == []
    images = [attributes for _, attributes in made.elements if attributes.get("role") == "img"]
    assert [image["aria-label"] for image in images] == [plain(figure.words, Notation()).strip()]
    (image,) = re.findall(r'<div role="img".*?</div>', source, flags=re.DOTALL)
    assert "alttext" not in image
    assert len(made.named("figure")) == 1


@EVERY
def test_only_what_would_be_too_small_to_read_scrolls_and_then_by_keyboard(figure: Figure) -> None:
    made = read_page(render(page(figure), "html"))
    (image,) = (attributes for _, attributes in made.elements if attributes.get("role") == "img")
    # 27 em at the least size is what a screen of 320 pixels holds.
    assert ("tabindex" in image) == (figure.drawing.width > 27)
    assert ("formula" in image.get("class", "")) == (figure.drawing.width > 27)


def test_the_style_never_lets_a_picture_be_wider_than_the_page() -> None:
    from derivgen.render.packaged import templates_dir

    style = (templates_dir() / "assets" / "style.css").read_text(encoding="utf-8")
    assert re.search(r"\.drawing \{[^}]*width: clamp\([^;]*, 100%, [^;]*\);", style)


@needs_latex
@pytest.mark.latex
def test_latex_sets_every_picture_within_the_text() -> None:
    assert ENGINE is not None
    assert typeset(render(ALL, "tex"), ENGINE).warnings == ()


@EVERY
def test_a_picture_in_latex_leaves_as_much_room_as_its_drawing_takes(figure: Figure) -> None:
    (begins,) = re.findall(r"\\begin\{scene\}\{([\d.]+)em\}\(([\d.]+),([\d.]+)\)", render(page(figure), "tex"))
    scale, wide, high = map(float, begins)
    assert (wide, high) == pytest.approx((figure.drawing.width, figure.drawing.height), abs=0.001)
    assert scale * wide <= 37.1


def test_pict2e_is_loaded_only_where_there_is_a_picture() -> None:
    assert "pict2e" not in render(QUADRATIC, "tex").partition(r"\hypersetup")[0]
    assert r"\usepackage{pict2e}" in render(ALL, "tex")
    assert r"\usepackage{pict2e}" in render(page(Folded(("More",), (small(),))), "tex")


def test_typst_sets_every_picture_as_a_figure_with_words() -> None:
    made = typst.typeset(render(ALL, "typ"))
    assert made.warnings == ()
    told = alternatives(made.pdf)
    for figure in PICTURES.values():
        assert plain(figure.words, Notation()).strip() in told


def alternatives(pdf: bytes) -> list[str]:
    """The words of all figures in the tags of a PDF."""
    opened = pikepdf.open(io.BytesIO(pdf))
    found, waiting = [], [opened.Root.StructTreeRoot]
    while waiting:
        tag = waiting.pop()
        if isinstance(tag, pikepdf.Array):
            waiting += list(tag)
        elif isinstance(tag, pikepdf.Dictionary):
            if tag.get("/S") == "/Figure" and "/Alt" in tag:
                found.append(str(tag["/Alt"]))
            if "/K" in tag:
                waiting.append(tag["/K"])
    return found


@pytest.mark.parametrize("name", ["html", "tex", "typ"])
def test_a_picture_is_written_alike_twice(name: str) -> None:
    assert render(ALL, name) == render(ALL, name)  # type: ignore[arg-type]  # one of the three


def test_words_of_a_spec_stay_words_in_a_picture() -> None:
    figure = Figure(boxes().drawing, ("<b> & #x $y$",), ('"]; #eval("1") <script> \\input',))
    assert "<script>" not in render(page(figure), "html")
    assert "\\input" not in render(page(figure), "tex").partition(r"\begin{document}")[2]
    assert typst.typeset(render(page(figure), "typ")).pdf.startswith(b"%PDF")


def test_plain_text_tells_a_picture_and_leaves_a_small_one_out() -> None:
    assert "Picture: Boxes side by side" in block_text(boxes())
    assert block_text(small()) == ""
    assert "x is used by u1" in block_text(graph(2))
    assert in_markdown(boxes(), str).startswith("*Picture.* Inner sizes match")
    assert in_markdown(small(), str) == ""


def test_a_picture_between_paragraphs_leaves_the_text_as_it_is() -> None:
    source = render(page(Paragraph(("before",)), boxes(), Paragraph(("after",))), "html")
    assert source.index("before") < source.index("<svg") < source.index("after")
