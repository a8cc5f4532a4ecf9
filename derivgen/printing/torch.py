"""NumPy programs as PyTorch programs.

The formulas are those of the table of functions; here stands only what PyTorch calls by another
name or asks for in another way. Arguments are tensors, scalars among them of no dimension; numbers
that a function of PyTorch needs as a tensor get the type and the device of the first argument.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from derivgen.printing.numpy import RESERVED, Program

IMPORTS = "import torch"
NAMES = RESERVED - {"np"} | {"torch"}

# What is called otherwise; every other function has one name in both, below `linalg` too.
OTHER_NAMES = {"float_power": "pow", "transpose": "t", "array": "stack"}
# Functions that make an array of numbers, and so have to be told their type.
MAKERS = frozenset({"eye", "ones", "zeros"})
# Functions whose arguments are whole numbers or shapes beside the first one.
WITH_OPTIONS = frozenset({"reshape", "matrix_power"})
WHOLE = frozenset({"arange"})


def in_torch(program: Program) -> ast.FunctionDef:
    """The function with torch for np."""
    tensors = [name for name in program.names if name not in program.sizes]
    made: ast.FunctionDef = _Turned(tensors, program.sizes).visit(program.function)
    return made


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _attribute(of: ast.expr, *names: str) -> ast.expr:
    for name in names:
        of = ast.Attribute(of, name, ast.Load())
    return of


def _torch(function: str, *arguments: ast.expr, keywords: list[ast.keyword] | None = None) -> ast.expr:
    return ast.Call(_attribute(_name("torch"), *function.split(".")), list(arguments), keywords or [])


class _Turned(ast.NodeTransformer):
    def __init__(self, tensors: list[str], sizes: tuple[str, ...]) -> None:
        self.tensors = tensors
        self.sizes = set(sizes)

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:  # ast's own naming
        # A name for a number is a number from there on: the n of n = x.shape[0] is one already.
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if self._is_number(value):
                self.sizes.add(name)
        return ast.Assign(node.targets, self.visit(node.value), lineno=0)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        match node:
            case ast.Attribute(value=ast.Name(id="np"), attr="newaxis"):
                return ast.Constant(None)
            case ast.Attribute(value=ast.Name(id="np"), attr=attr):
                return _attribute(_name("torch"), attr)
        inner: ast.expr = self.visit(node.value)
        return _attribute(inner, node.attr)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        name = _called(node)
        if name in SPECIAL:
            return SPECIAL[name](self, node)
        if not name:
            return ast.Call(node.func, [self.visit(argument) for argument in node.args], [])
        if name in WHOLE:
            return _torch(name, *(self.visit(argument) for argument in node.args))
        if name in MAKERS:
            return _torch(name, *(self.visit(argument) for argument in node.args), keywords=self._like())
        head, *rest = node.args
        short = name.split(".")[-1]
        others = [self.visit(one) for one in rest] if short in WITH_OPTIONS else [self._tensor(one) for one in rest]
        return _torch(OTHER_NAMES.get(name, name), self._tensor(head), *others)

    def stacked(self, node: ast.Call) -> ast.expr:
        """np.array of rows of numbers: they are stacked, so that gradients pass, and put in rows."""
        (table,) = node.args
        assert isinstance(table, ast.List)  # noqa: S101  # the writer makes lists of lists
        rows = [row.elts for row in table.elts if isinstance(row, ast.List)]
        entries = ast.List([self._tensor(entry) for row in rows for entry in row], ast.Load())
        shape = ast.Tuple([ast.Constant(len(rows)), ast.Constant(len(rows[0]))], ast.Load())
        return _torch("reshape", _torch("stack", entries), shape)

    def reshaped(self, node: ast.Call) -> ast.expr:
        """A reshape in Fortran's order is that of the transpose to a column."""
        array, shape = node.args
        is_by_columns = any(keyword.arg == "order" for keyword in node.keywords)
        inner = self.visit(array)
        return _torch("reshape", _attribute(inner, "T") if is_by_columns else inner, self.visit(shape))

    def chosen(self, node: ast.Call) -> ast.expr:
        """A choice; a test of numbers is made one of tensors, and both values keep their type."""
        test, then, otherwise = node.args
        if isinstance(test, ast.Compare):
            sides = ast.Compare(self._tensor(test.left), test.ops, [self.visit(one) for one in test.comparators])
        else:
            sides = self.visit(test)
        return _torch("where", sides, self._tensor(then), self._tensor(otherwise))

    def _tensor(self, node: ast.expr) -> ast.expr:
        """The value as a tensor: plain numbers are made one."""
        made: ast.expr = self.visit(node)
        return _torch("tensor", made, keywords=self._like()) if self._is_number(node) else made

    def _is_number(self, node: ast.expr) -> bool:
        """Whether the value is a number of Python and not a tensor."""
        match node:
            case ast.Constant():
                return True
            case ast.Name(id=name):
                return name in self.sizes
            case ast.BinOp(left=left, right=right):
                return self._is_number(left) and self._is_number(right)
            case ast.UnaryOp(operand=operand):
                return self._is_number(operand)
            case ast.Attribute(value=ast.Name(id="np"), attr="pi"):
                return True
            case ast.Subscript(value=ast.Attribute(attr="shape")):
                return True
        return False

    def _like(self) -> list[ast.keyword]:
        if not self.tensors:
            return [ast.keyword("dtype", _attribute(_name("torch"), "float64"))]
        first = _name(self.tensors[0])
        return [ast.keyword(word, _attribute(first, word)) for word in ("dtype", "device")]


def _called(node: ast.Call) -> str:
    """The name of the function of NumPy that is called: `linalg.det`; nothing for another one."""
    match node.func:
        case ast.Attribute(value=ast.Name(id="np"), attr=name):
            return name
        case ast.Attribute(value=ast.Attribute(value=ast.Name(id="np"), attr=package), attr=name):
            return f"{package}.{name}"
    return ""


SPECIAL: dict[str, Callable[[_Turned, ast.Call], ast.expr]] = {
    "array": _Turned.stacked,
    "reshape": _Turned.reshaped,
    "where": _Turned.chosen,
}
