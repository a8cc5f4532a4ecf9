"""From names and texts to a Problem: declarations, functions in their order, assumptions, requests."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.expr.nodes import Expr, Reference, Unspecified, Variable
from derivgen.expr.walk import leaves, shapes_within
from derivgen.printing.notation import DEFAULT, Notation
from derivgen.problem.asked import Asked, Given, Pairs
from derivgen.problem.findings import Findings
from derivgen.problem.names import FUNCTION_NAMES, declared_name, meant_names
from derivgen.problem.problem import (
    Condition,
    DetailName,
    LayoutChoice,
    LayoutName,
    MethodName,
    Problem,
    Request,
    ViewName,
)
from derivgen.problem.requests import Known, requests_of
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.syntax.conditions import parse_condition
from derivgen.syntax.declarations import Declaration, declares_function, parse_declaration
from derivgen.syntax.parse import parse
from derivgen.syntax.scope import Scope
from derivgen.syntax.slips import near_misses


@record
class Made:
    """A Problem and what was wrong with its texts.

    `faults` holds every fault once; `request_faults` tells, for each request that is lost,
    what it was lost by, be it a fault of the request or of a function that it needs.
    """

    problem: Problem
    faults: tuple[Fault, ...]
    request_faults: tuple[tuple[str, tuple[Fault, ...]], ...]


def make_problem(
    given: Given,
    *,
    layout: LayoutChoice = "both",
    methods: tuple[MethodName, ...] = (),
    detail: DetailName = "standard",
    first: LayoutName = "numerator",
    view: ViewName | None = None,
    notation: Notation = DEFAULT,
    known: tuple[str, ...] = (),
    focus: tuple[str, ...] = (),
) -> Made:
    """The Problem that the texts stand for; what is faulty is left out of it and told."""
    names = _Names()
    for name, what in given.variables:
        names.declare(name, what)
    functions = names.announced(given.functions)
    names.refuse_shared_sizes()
    for position, (key, expression) in enumerate(functions):
        names.define(key, expression, later=tuple(other for other, _ in functions[position + 1 :]))
    assumptions = tuple(condition for text in given.assume if (condition := names.condition(text)) is not None)
    requests, lost = names.requests(given.requests)
    problem = Problem(
        names.variables,
        names.functions,
        requests,
        tuple(names.sizes),
        assumptions,
        layout,
        methods,
        detail,
        names.spans,
        first,
        view,
        notation,
        known,
        focus,
    )
    return Made(problem, tuple(names.findings.faults), lost)


@dataclass(slots=True)
class _Names:
    """What the names of a problem mean so far; lives for one call of `make_problem`.

    `broken` are names that are declared but of no use, each with its faults: to call them
    unknown where they are used would hide the slip that the reader must mend.
    """

    findings: Findings = field(default_factory=Findings)
    variables: dict[str, Variable] = field(default_factory=dict)
    functions: dict[str, Reference | Unspecified] = field(default_factory=dict)
    declarations: dict[str, Declaration] = field(default_factory=dict)
    sizes: dict[str, None] = field(default_factory=dict)
    broken: dict[str, tuple[Fault, ...]] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        return Scope({**self.variables, **self.functions}, frozenset(self.sizes))

    def declare(self, name: Text, what: Text) -> None:
        """Declare a variable."""
        if self.findings.are_enough:
            return
        key = self._new(name)
        if key is None:
            return
        try:
            declaration = _declaration(what)
            if declaration.of:
                message = f"{key} is a function of other names, not a variable"
                raise DerivgenError(Fault("declaration", message, "move it to functions", what.span))
        except DerivgenError as error:
            self._break(key, error.faults)
            return
        self._note_sizes(declaration)
        self.variables[key] = Variable(key, declaration.shape, declaration.is_symmetric, declaration.is_one_entry)

    def announced(self, functions: Pairs) -> tuple[tuple[str, Text], ...]:
        """The functions that have a name of their own; shapes of unspecified ones are read, as they may bring sizes."""
        named = tuple((key, text) for name, text in functions if (key := self._new(name)) is not None)
        for key, text in named:
            if declares_function(text.line_of_code):
                try:
                    self.declarations[key] = _declaration(text)
                except DerivgenError as error:
                    self._break(key, error.faults)
                else:
                    self._note_sizes(self.declarations[key])
        return named

    def refuse_shared_sizes(self) -> None:
        """Note the names that are both a size and a variable or function."""
        for size in self.sizes:
            if size in self.spans:
                hint = "rename one of the two; n and m are usual names of sizes"
                self._break(
                    size,
                    (Fault("declared-twice", f"{size} is both a size and a name of its own", hint, self.spans[size]),),
                )
                self.variables.pop(size, None)

    def define(self, key: str, text: Text, *, later: tuple[str, ...]) -> None:
        """Define a function by its expression, or as a function of which only the shape is known."""
        if key in self.broken or self.findings.are_enough:
            return
        try:
            if key in self.declarations:
                self.functions[key] = self._unspecified(key)
            else:
                self.functions[key] = Reference(key, self._parsed(text))
        except DerivgenError as error:
            self._break(key, self._explained(error, text, key=key, later=later), self._causes(error))

    def _parsed(self, text: Text) -> Expr:
        """The expression. A name that fits as a size of ones(k) and the like is one, though no variable has it."""
        tried: dict[str, None] = {}
        first: DerivgenError | None = None
        while True:
            scope = replace(self.scope, sizes=frozenset((*self.sizes, *tried)))
            try:
                made = parse(text.line_of_code, scope, text.flat_span)
            except DerivgenError as error:
                first = first or error
                size = self._new_size(error, scope)
                if size is None:
                    raise first from None
                tried[size] = None
                continue
            # A function of sizes alone, eye(k), is more likely a slip.
            if first is not None and not (leaves(made) and set(tried) <= _sizes_of(made)):
                raise first
            self.sizes.update(tried)
            return made

    def _new_size(self, error: DerivgenError, scope: Scope) -> str | None:
        """The name that is wrong only because nothing has it as a size, and that is no slip for one that exists."""
        fault = error.faults[0]
        word = _word(fault)
        taken = {*scope.names, *scope.sizes, *self.spans, *self.broken, *FUNCTION_NAMES, "pi"}
        is_new = fault.code in ("size", "name") and word.isidentifier() and word not in taken
        return word if is_new and not near_misses(word, scope.sizes) else None

    def condition(self, text: Text) -> Condition | None:
        """The condition that a text states, or None if it is faulty."""
        try:
            left, relation, right = parse_condition(text.line_of_code, self.scope, text.flat_span)
        except DerivgenError as error:
            self.findings.add(*self._explained(error, text))
            return None
        return Condition(left, relation, right)

    def requests(
        self, asked: tuple[Asked, ...]
    ) -> tuple[tuple[Request, ...], tuple[tuple[str, tuple[Fault, ...]], ...]]:
        """The requests, and those that are lost with what they are lost by."""
        known = Known(self.variables, self.functions, self.broken, tuple(self.sizes))
        made: list[Request] = []
        lost: list[tuple[str, tuple[Fault, ...]]] = []
        for request in asked:
            for outcome in () if self.findings.are_enough else requests_of(request, known):
                match outcome:
                    case Request():
                        made.append(outcome)
                    case (_, faults):
                        lost.append(outcome)
                        self.findings.add(*faults)
        return tuple(made), tuple(lost)

    def _new(self, name: Text) -> str | None:
        try:
            key = declared_name(name)
        except DerivgenError as error:
            for meant in meant_names(name.value):
                self._break(meant, error.faults)
            return None
        if key in self.spans:
            hint = f"the first time on line {self.spans[key].line}; rename one of the two"
            self.findings.add(Fault("declared-twice", f"{key} is declared twice", hint, name.span))
            return None
        self.spans[key] = name.span
        return key

    def _note_sizes(self, declaration: Declaration) -> None:
        self.sizes.update(dict.fromkeys(name for size in declaration.sizes for name in size.names))

    def _break(self, key: str, faults: tuple[Fault, ...], causes: tuple[Fault, ...] = ()) -> None:
        self.findings.add(*faults)
        self.broken[key] = (*faults, *causes)

    def _unspecified(self, key: str) -> Unspecified:
        declaration = self.declarations[key]
        known = {**self.variables, **self.functions}
        for word in declaration.of:
            if word.name not in known:
                raise DerivgenError(self._unknown(word.name, word.span))
        return Unspecified(key, declaration.shape, tuple(known[word.name] for word in declaration.of))

    def _unknown(self, name: str, place: Span) -> Fault:
        near = near_misses(name, [*self.variables, *self.functions])
        hint = f"did you mean {near}?" if near else "declare it under variables"
        return Fault("name", f"the name {name} is not declared", hint, place)

    def _causes(self, error: DerivgenError) -> tuple[Fault, ...]:
        return tuple(cause for fault in error.faults for cause in self.broken.get(_word(fault), ()))

    def _explained(
        self, error: DerivgenError, text: Text, key: str = "", later: tuple[str, ...] = ()
    ) -> tuple[Fault, ...]:
        """The faults with their places in the file, without those that only follow from a broken name."""
        faults = []
        for fault in error.faults:
            word = _word(fault)
            if fault.code in ("name", "function") and word in self.broken:
                continue
            if fault.code in ("name", "function") and word == key:
                fault = replace(
                    fault, code="order", message=f"{key} cannot use itself", hint="write out what it stands for"
                )
            elif fault.code in ("name", "function") and word in later:
                hint = f"move the line of {word} above this one"
                fault = replace(fault, code="order", message=f"{word} is defined only after {key}", hint=hint)
            faults.append(text.placed(fault))
        return tuple(faults)


def _sizes_of(expr: Expr) -> set[str]:
    """The names in the shapes of what occurs."""
    return {name for shape in shapes_within(expr) for size in shape for name in size.names}


def _declaration(text: Text) -> Declaration:
    try:
        return parse_declaration(text.line_of_code, text.flat_span)
    except DerivgenError as error:
        raise DerivgenError(*(text.placed(fault) for fault in error.faults)) from None


def _word(fault: Fault) -> str:
    """What stands at the place of a fault in a flat text, as names are compared."""
    if fault.span is None:
        return ""
    return unicodedata.normalize("NFC", fault.span.source[fault.span.column - 1 : fault.span.end_column - 1])
