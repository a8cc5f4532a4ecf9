"""A problem: what a spec asks for, with names resolved and expressions parsed; no YAML here."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from derivgen.errors import Span
from derivgen.expr.nodes import Expr, Reference, Unresolved, Unspecified, Variable
from derivgen.expr.walk import depends_on, leaves
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.record import record

LayoutName = Literal["numerator", "denominator"]
LayoutChoice = Literal["numerator", "denominator", "both"]
ViewName = Literal["shape"]
MethodName = Literal["differentials", "chain", "components", "indices"]
DetailName = Literal["brief", "standard", "detailed"]
RelationName = Literal[
    ">",
    ">=",
    "<",
    "<=",
    "!=",
    "=",
    "invertible",
    "positive definite",
    "!= elsewhere",
    "!= off the diagonal",
    "!= unless alike nearby",
]


def counterpart(layout: LayoutName) -> LayoutName:
    """The other layout."""
    return "denominator" if layout == "numerator" else "numerator"


@record
class Condition:
    """left relation right, entry by entry; `right` is None for `invertible` and `positive definite`.

    `!= elsewhere` compares an array with one of its own entries, at all others: x != x[2] but for the second.
    `!= off the diagonal` compares square arrays that are the same on the diagonal: X and X.T.
    `!= unless alike nearby` compares what may be one all around a point: r and max(r, 1).
    """

    left: Expr
    relation: RelationName
    right: Expr | None = None


@record
class Request:
    """One derivative that is asked for.

    `text` is the canonical form (`f wrt x`). `wrt` holds one variable, or several scalars
    that are stacked; `then` is the second variable of a mixed second derivative. `independent`
    are the functions that stand among them as variables.
    """

    text: str
    of: Reference | Unspecified
    wrt: tuple[Variable, ...]
    order: Literal[1, 2] = 1
    then: tuple[Variable, ...] = ()
    layout: LayoutChoice | None = None
    method: MethodName | None = None
    title: str = ""
    span: Span | None = None
    independent: tuple[Reference | Unspecified, ...] = ()

    @property
    def is_second(self) -> bool:
        """Whether a second derivative is asked for."""
        return self.order == 2 or bool(self.then)

    @property
    def derivative(self) -> Unresolved:
        """What is asked for, as a symbol."""
        first = Unresolved(self.of, self.wrt)
        return Unresolved(first, self.then or self.wrt) if self.is_second else first

    @property
    def body(self) -> Expr:
        """What the function stands for; one of which nothing is known stands for itself."""
        return self.of.body if isinstance(self.of, Reference) else self.of

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what is given, in the order in which the function is read: that of the arguments of programs."""
        return tuple(leaf.name for leaf in leaves(self.of) if isinstance(leaf, Variable | Unspecified))

    def moves(self, expr: Expr) -> bool:
        """Whether an expression changes with a variable that the first derivative is taken by."""
        return any(depends_on(expr, variable.name) for variable in self.wrt)


@record
class Problem:
    """What is given and what is asked.

    `functions` are in the order of the spec; each is a Reference whose body may hold
    earlier References, or an Unspecified function. `known` are the ids of rules whose steps
    are folded away, `focus` of those whose steps are opened.
    """

    variables: dict[str, Variable]
    functions: dict[str, Reference | Unspecified]
    requests: tuple[Request, ...]
    sizes: tuple[str, ...] = ()
    assumptions: tuple[Condition, ...] = ()
    layout: LayoutChoice = "both"
    methods: tuple[MethodName, ...] = ()
    detail: DetailName = "standard"
    spans: dict[str, Span] = field(default_factory=dict)
    first: LayoutName = "numerator"
    view: ViewName | None = None
    notation: Notation = DEFAULT
    known: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()

    @property
    def both(self) -> tuple[LayoutName, LayoutName]:
        """Both layouts, in the order in which pages show them."""
        return ("numerator", "denominator") if self.first == "numerator" else ("denominator", "numerator")

    def layouts(self, request: Request) -> tuple[LayoutName, ...]:
        """The layouts that a request asks for, the first one first."""
        chosen = request.layout or self.layout
        return self.both if chosen == "both" else (chosen,)
