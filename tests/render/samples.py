"""Documents made by hand: what the engine is expected to hand to the formats."""

from __future__ import annotations

from derivgen.document.blocks import (
    Answer,
    AnswerRow,
    Block,
    Callout,
    Cell,
    Code,
    CodeSpan,
    Document,
    Emphasis,
    Equation,
    Folded,
    Given,
    Givens,
    Heading,
    Line,
    Link,
    Listing,
    Paragraph,
    StepBlock,
    Strong,
    Table,
    Text,
)
from derivgen.expr.build import column, number
from derivgen.expr.nodes import (
    Differential,
    Expr,
    Power,
    Product,
    Reference,
    Stack,
    Sum,
    Transpose,
    Unresolved,
    Variable,
)
from derivgen.expr.sizes import ONE, SCALAR, Shape, Size

N = Size.named("n")
x = Variable("x", Shape(N, ONE))
A = Variable("A", Shape(N, N))
dx = Differential(x)
f = Reference("f", Product((Transpose(x), A, x)))
df = Differential(f)
f_x = Unresolved(f, (x,))
both = Sum((A, Transpose(A)))


COLLECTED = Product((Product((Transpose(x), Sum((Transpose(A), A)))), dx))


def line(left: Expr, *rights: Expr, braced: Expr | None = None, implies: Line | None = None) -> Equation:
    return Equation(Line(left, rights, braced, implies))


def step(number: str, name: str, rule: str, equation: Equation, why: Text, shape: str) -> StepBlock:
    return StepBlock(number, f"step-{number}", (name,), rule, equation, why, shape)


def entries(*rows: tuple[int, ...]) -> Stack:
    return Stack(tuple(tuple(number(entry) for entry in entries) for entries in rows))


QUADRATIC = Document(
    title=("Gradient of the quadratic form ", Product((Transpose(x), A, x))),
    slug="course/quadratic",
    language="en",
    summary="The derivative of a quadratic form by its vector.",
    blocks=(
        Answer(
            (("numerator layout",), ("denominator layout",)),
            (AnswerRow(f_x, (Cell(Product((Transpose(x), both)), "1 x n"), Cell(Product((both, x)), "n x 1"))),),
        ),
        Heading(2, ("Given",), "given"),
        Givens(
            ("symbol", "shape", "role"),
            (
                Given(x, "n x 1", ("the variable",)),
                Given(A, "n x n", ("constant, not assumed symmetric",)),
                Given(f, "1 x 1", ("the function",), f.body),
            ),
        ),
        Paragraph(
            ("Write the change ", df, "; gather everything in front of ", dx, "; read the derivative off."), "Plan."
        ),
        Heading(2, ("Steps, in numerator layout",), "steps"),
        Heading(3, ("Write the change",), "write"),
        step(
            "1",
            "Product rule for differentials",
            "d-product",
            line(df, Sum((Product((Transpose(dx), A, x)), Product((Transpose(x), A, dx))))),
            (x, " occurs twice, so it changes in two places, one at a time; ", A, " does not change."),
            "1 x 1",
        ),
        Heading(3, ("Gather in front of ", dx), "gather"),
        step(
            "2",
            "A scalar equals its transpose",
            "scalar-transpose",
            line(Product((Transpose(dx), A, x)), Product((Transpose(x), Transpose(A), dx))),
            ("The first term is ", "1 × 1", ", so transposing it changes nothing but moves ", dx, " to the right end."),
            "1 x 1",
        ),
        step(
            "3",
            "Collect",
            "collect",
            line(df, COLLECTED, braced=COLLECTED),
            ("Both terms now end in ", dx, "."),
            "1 x 1",
        ),
        Heading(3, ("Read off",), "read"),
        step(
            "4",
            "Identification",
            "identify",
            line(df, Product((f_x, dx)), implies=Line(f_x, (Product((Transpose(x), both)),))),
            ("The derivative is whatever multiplies ", dx, " from the left."),
            "1 x n",
        ),
        Heading(2, ("Layouts",), "layouts"),
        Paragraph(
            ("Numerator layout keeps the row that multiplies ", dx, "; denominator layout is its transpose, a column "
             "shaped like ", x, ": ", Product((both, x)), ".")
        ),
        Callout(
            "conditions", "Holds everywhere.", ("If ", A, " is symmetric it becomes ", Product((number(2), A, x)), ".")
        ),
        Heading(2, ("Check",), "check"),
        Paragraph(("With ", entries((1, 2), (3, 4)), " for ", A, " and ", entries((1,), (2,)), " for ", x, ":")),
        line(Product((both, x)), Product((entries((2, 5), (5, 8)), entries((1,), (2,)))), entries((12,), (21,))),
        Paragraph(("A finite difference gives ", CodeSpan("(12.0, 21.0)"), ".")),
        Callout("remark", "Remark.", ("Only the symmetric part of ", A, " matters.")),
        Callout(
            "mistake",
            "Common mistake.",
            (Product((number(2), A, x)), " for a matrix that is ", Strong(("not",)), " symmetric; here it would give ",
             Emphasis(("(10, 22)",)), "."),
        ),
        Folded(
            ("Other ways",),
            (
                Paragraph(("By components, for small ", Link(("sizes",), "https://example.org/a?b=1&c=%20"), ".")),
                Listing(((Paragraph(("one",)),), (Paragraph(("two",)),)), numbered=True),
                Code("G = (A + A.T) @ x  # 100%", "python"),
            ),
        ),
    ),
)  # fmt: skip

a, b = Variable("x", SCALAR), Variable("y", SCALAR)
g1 = Reference("f", Product((number(10), Power(a, number(2)), Power(b, number(2)))))
g2 = Reference("g", Sum((Product((number(2), a)), Power(b, number(8)))))
F = Reference("F", column(g1, g2))
F_xy = Unresolved(F, (a, b))
g_x, g_y = Unresolved(g2, (a,)), Unresolved(g2, (b,))
fx = Product((number(20), a, Power(b, number(2))))
fy = Product((number(20), Power(a, number(2)), b))
gy = Product((number(8), Power(b, number(7))))
JACOBIAN_ROWS = Stack(((fx, fy), (number(2), gy)))
JACOBIAN = Document(
    title=("Jacobian of two scalar functions",),
    slug="jacobian",
    language="en",
    summary="",
    blocks=(
        Answer(
            (("numerator layout",), ("denominator layout",)),
            (AnswerRow(F_xy, (Cell(JACOBIAN_ROWS, "2 x 2"), Cell(Stack(((fx, number(2)), (fy, gy))), "2 x 2"))),),
            ("A square Jacobian has the same shape in both layouts: always say which one you mean.",),
        ),
        Givens(
            ("symbol", "shape", "role"),
            (
                Given(a, "scalar", ("variable",)),
                Given(b, "scalar", ("variable",)),
                Given(g1, "scalar", ("first function",), g1.body),
                Given(g2, "scalar", ("second function",), g2.body),
                Given(F, "2 x 1", ("both, stacked",), F.body),
            ),
        ),
        Paragraph(("Gradient of ", g1, "; gradient of ", g2, "; put one per row."), "Plan."),
        Heading(2, ("Steps, in numerator layout",), "steps"),
        Heading(3, ("Gradient of ", g2), "of-g"),
        step(
            "2",
            "Sum rule",
            "sum",
            line(
                g_x,
                Sum((Unresolved(Product((number(2), a)), (a,)), Unresolved(Power(b, number(8)), (a,)))),
                Sum((number(2), number(0))),
                number(2),
            ),
            (Power(b, number(8)), " has no ", a, " in it, so its derivative is zero."),
            "1 x 1",
        ),
        step(
            "3", "Power rule", "power", line(g_y, gy), ("Now ", Product((number(2), a)), " is the constant."), "1 x 1"
        ),
        Heading(3, ("Stack",), "stack"),
        step(
            "4",
            "Jacobian: one gradient per row",
            "jacobian",
            line(F_xy, Unresolved(F, (a, b), written_out=True), JACOBIAN_ROWS),
            (
                "Row ",
                "i belongs to function i, column j to variable j.",
            ),
            "2 x 2",
        ),
        Table(
            (("",), ("scalar ", a), ("vector ", x)),
            ((("scalar",), ("1 × 1",), ("1 × n",)),),
            ("The four cases",),
            row_heads=True,
        ),
        line(
            g1,
            Sum(tuple(Product((number(k), Power(a, number(k)), Power(b, number(11 - k)))) for k in range(2, 10))),
            fx,
        ),
    ),
)

HOSTILE = (
    "<script>alert(1)</script> \\input{/etc/passwd} #eval(1) $x$ costs $5 & 100% {a} _b_ ^c ~d \" ' ` -- << >> ```"
)


def hostile(words: str = HOSTILE) -> Document:
    """A document with these words wherever words may stand."""
    text: Text = (
        words,
        Strong((words,)),
        Emphasis((words,)),
        CodeSpan(words),
        Link((words,), "https://example.org/%}\\#_$"),
    )
    blocks: tuple[Block, ...] = (
        Answer((text, text), (AnswerRow(f_x, (Cell(dx, words), Cell(dx, words))),), text),
        Heading(2, text, "a"),
        Givens((words, words, words), (Given(x, words, text),)),
        Paragraph(text, words),
        StepBlock("1", "step-1", text, "r", line(df, dx), text, words, text),
        Callout("mistake", words, text),
        Listing(((Paragraph(text),),)),
        Table((text, text), ((text, text),), text),
        Code(words, "python"),
        Folded(text, (Paragraph(text),)),
    )
    return Document((words,), "hostile", "en", words, blocks)


DOCUMENTS = {"quadratic": QUADRATIC, "jacobian": JACOBIAN, "hostile": hostile()}
