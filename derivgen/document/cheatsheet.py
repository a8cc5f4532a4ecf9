"""A cheat sheet: derivatives, rules and shapes on one sheet of paper, none of them typed in."""

from __future__ import annotations

from dataclasses import replace

from derivgen.calculus.catalogue import RULES
from derivgen.document.blocks import Block, Columns, Heading, Phrase, Table
from derivgen.document.derivatives import derivatives_table
from derivgen.document.ruletables import rules_table
from derivgen.document.shapetables import shapes_table
from derivgen.printing.notation import Notation

CHOSEN = (
    "product", "quotient", "chain", "total-derivative", "vector-chain", "hadamard-rule", "d-product", "d-hadamard",
    "d-transpose", "d-trace", "d-inverse", "d-det", "d-logdet", "scalar-transpose", "trace-cyclic", "vec-product",
    "identify-scalar-vector", "identify-vector-vector", "identify-scalar-matrix",
)  # fmt: skip


def cheat_sheet(notation: Notation) -> Columns:
    """Two columns: derivatives by scalars and vectors, and shapes; derivatives by matrices, and rules."""
    return Columns(
        (
            (*_titled(Phrase("Functions of a scalar"), "scalars", _plain("scalar")),
             *_titled(Phrase("Functions of a vector"), "vectors", _plain("vector")),
             *_titled(Phrase("Shapes"), "shapes", shapes_table())),
            (*_titled(Phrase("Functions of a matrix"), "matrices", _plain("matrix")),
             *_titled(Phrase("Rules"), "rules", rules_table((RULES[name] for name in CHOSEN), notation))),
        )
    )  # fmt: skip


def _plain(group: str) -> Table:
    """A table whose heading says already what it would have above it."""
    return replace(derivatives_table(group), caption=())


def _titled(title: Phrase, anchor: str, table: Table) -> tuple[Block, ...]:
    return Heading(2, (title,), anchor), table
