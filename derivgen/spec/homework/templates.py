"""An exercise with parameters: what it gives for drawn values, and whether it can be read at all."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as ByName
from dataclasses import replace

from derivgen.errors import DerivgenError, Fault, Span
from derivgen.expr.nodes import Expr, Reference
from derivgen.expr.sizes import Shape
from derivgen.printing.text import text as code
from derivgen.problem.findings import Findings
from derivgen.problem.problem import Problem
from derivgen.problem.text import Text
from derivgen.record import record
from derivgen.spec.homework.exact import holds, without_braces
from derivgen.spec.homework.exercises import Exercise, Surroundings, exercise_of
from derivgen.spec.homework.filling import filled, used_names
from derivgen.spec.homework.neat import Vanishes, neat
from derivgen.spec.homework.parameters import Drawn, Parameter, known, parameters_of
from derivgen.spec.reader import Mapping, Node
from derivgen.spec.values import texts_of
from derivgen.syntax.scope import Scope

OWN = ("parameters", "require")


@record
class Ready:
    """The functions of an exercise with values put in, and the names that its formulas may use."""

    bodies: ByName[str, Expr]
    scope: Scope


@record
class Template:
    """An exercise before its parameters have values; `item` is all of it but the parameters."""

    id: str
    item: Mapping
    around: Surroundings
    parameters: tuple[Parameter, ...] = ()
    require: tuple[Text, ...] = ()

    @property
    def places(self) -> dict[str, Span]:
        """Where each parameter is declared."""
        return {parameter.name: parameter.place for parameter in self.parameters}

    def general(self, texts: Drawn, shapes: ByName[str, Shape]) -> Exercise:
        """The exercise with a symbol in the place of every number, declared as a variable of its name and shape.

        Raises: DerivgenError where a symbol cannot stand for a number, such as that of a size.
        """
        symbols = {name: name for name in shapes}
        item = filled(self.item, {**symbols, **texts})
        return _read(_with_variables(item, shapes), self.around)

    def names_in_code(self) -> Iterator[str]:
        """The parameters that stand where an answer may depend on them: everywhere but in prose."""
        yield from used_names(self.item, in_code_only=True)

    def admits(self, drawn: Drawn) -> bool:
        """Whether the constraints between the parameters hold."""
        values = known(drawn)
        return all(holds(text, values) for text in self.require)

    def exercise(self, drawn: Drawn, ready: Ready | None = None) -> Exercise:
        """The exercise with these values, its functions as a lecturer writes them.

        `ready` has the functions with the values put in, where somebody has worked them out already.

        Raises: DerivgenError where something is wrong with it; Vanishes where a value takes a part of a function away.
        """
        if not drawn:
            return _read(self.item, self.around)
        with_numbers = {name for name, used in _functions(self.item) if any(used_names(used))}
        if ready is None or not with_numbers <= ready.bodies.keys():
            ready = _ready(_read(filled(self.item, drawn), self.around).problem)
        item = filled(self.item, drawn, scope=ready.scope)
        neatly = {name: code(neat(ready.bodies[name])) for name in with_numbers if name in ready.bodies}
        return _read(_with_functions(item, neatly), self.around)


def _ready(problem: Problem) -> Ready:
    bodies = {name: one.body for name, one in problem.functions.items() if isinstance(one, Reference)}
    return Ready(bodies, scope_of(problem))


def scope_of(problem: Problem) -> Scope:
    """The names that formulas about a problem may use."""
    return Scope({**problem.variables, **problem.functions}, frozenset(problem.sizes))


def template_of(item: Node, around: Surroundings, findings: Findings) -> Template | None:
    """The exercise with its parameters; None where it cannot be read."""
    if not isinstance(item, Mapping) or not any(key.value in OWN for key, _ in item.entries):
        if isinstance(item, Mapping):
            _refuse_braces(item)
        exercise = exercise_of(item, around, findings)
        return None if exercise is None or not isinstance(item, Mapping) else Template(exercise.id, item, around)
    before = len(findings.faults)
    rest = replace(item, entries=tuple(entry for entry in item.entries if entry[0].value not in OWN))
    own = {key.value: (key, node) for key, node in item.entries if key.value in OWN}
    parameters = findings.attempt(parameters_of, *own["parameters"], findings) if "parameters" in own else ()
    require = findings.attempt(texts_of, *own["require"]) if "require" in own else ()
    identifier = next((node.value for key, node in rest.entries if key.value == "id" and isinstance(node, Text)), "")
    if len(findings.faults) > before or parameters is None or require is None:
        return None
    made = Template(identifier, rest, around, parameters, require)
    _check(made, findings)
    return made if len(findings.faults) == before else None


def _refuse_braces(item: Mapping) -> None:
    """Check that no parameter is meant where none is declared.

    Raises: DerivgenError.
    """
    for _, function in _functions(item):
        filled(function, {}, is_code=True)


def _check(made: Template, findings: Findings) -> None:
    """Note what is wrong for any values: slips in the exercise, in its constraints, and parameters of no use."""
    for drawn in samples(made):
        before = len(findings.faults)
        findings.attempt(made.admits, drawn)
        try:
            findings.attempt(made.exercise, drawn)
        except Vanishes:
            continue
        if len(findings.faults) > before:
            # A name that is misspelt would be told of twice, here and where nothing uses it.
            return
    findings.attempt(_check_use, made)


def samples(made: Template) -> Iterator[dict[str, str]]:
    """Values to read the exercise with: the last of each parameter, and every other text of those that are texts."""
    drawn: dict[str, str] = {}
    for parameter in made.parameters:
        count = parameter.count(drawn)
        if not count:
            return
        drawn[parameter.name] = parameter.value(count - 1, drawn)
    yield drawn
    for parameter in made.parameters:
        if not parameter.is_number and parameter.count(drawn) <= MOST_TEXTS:
            for number in range(parameter.count(drawn) - 1):
                yield {**drawn, parameter.name: parameter.value(number, drawn)}


MOST_TEXTS = 20
RENAME = "rename one of the two"


def _check_use(made: Template) -> None:
    """Check that every parameter is used, and declared once.

    Raises: DerivgenError.
    """
    inner = (name for parameter in made.parameters for text in parameter.texts() for name in used_names(text))
    used = {*used_names(made.item), *inner}
    faults = []
    for parameter in made.parameters:
        if parameter.name not in used and not _is_named(parameter.name, made.require):
            hint = f"write {{{parameter.name}}} into a function, or remove the parameter"
            faults.append(Fault("parameter", f"nothing uses {parameter.name}", hint, parameter.place))
    for key, node in made.item.entries:
        if key.value in ("variables", "functions") and isinstance(node, Mapping):
            twice = (name for name, _ in node.entries if name.value in made.places)
            faults += [Fault("declared-twice", f"{name.value} is a parameter too", RENAME, name.span) for name in twice]
    if faults:
        raise DerivgenError(*faults)


def _is_named(name: str, texts: tuple[Text, ...]) -> bool:
    return any(name in without_braces(text.value).replace("(", " ").replace(")", " ").split() for text in texts)


def _functions(item: Mapping) -> Iterator[tuple[str, Node]]:
    for key, node in item.entries:
        if key.value == "functions" and isinstance(node, Mapping):
            yield from ((name.value, function) for name, function in node.entries)


def _with_functions(item: Mapping | Node, neatly: dict[str, str]) -> Mapping:
    if not isinstance(item, Mapping):
        raise TypeError("an exercise is a mapping")
    entries = tuple((key, _neat(node, neatly) if key.value == "functions" else node) for key, node in item.entries)
    return replace(item, entries=entries)


def _neat(functions: Node, neatly: dict[str, str]) -> Node:
    if not isinstance(functions, Mapping):
        return functions
    entries = tuple((name, _in_place(node, neatly.get(name.value))) for name, node in functions.entries)
    return replace(functions, entries=entries)


def _with_variables(item: Node, shapes: ByName[str, Shape]) -> Mapping:
    if not isinstance(item, Mapping):
        raise TypeError("an exercise is a mapping")
    at = ((0, item.span),)
    declared: tuple[tuple[Text, Node], ...] = tuple(
        (Text(name, at), Text("scalar" if shape.is_scalar else f"matrix({shape.rows}, {shape.columns})", at))
        for name, shape in shapes.items()
    )
    own = {key.value: node for key, node in item.entries}.get("variables", Mapping((), item.span))
    if not isinstance(own, Mapping):
        return item
    variables = replace(own, entries=(*own.entries, *declared))
    others = tuple(entry for entry in item.entries if entry[0].value != "variables")
    return replace(item, entries=(*others, (Text("variables", at), variables)))


def _in_place(node: Node, neatly: str | None) -> Node:
    if neatly is None:
        return node
    place = node.span
    return Text(neatly, ((0, place),))


def _read(item: Node, around: Surroundings) -> Exercise:
    findings = Findings()
    exercise = exercise_of(item, around, findings)
    if exercise is None or findings.faults:
        raise DerivgenError(*findings.faults)
    return exercise
