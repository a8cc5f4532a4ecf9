"""Values that a caller gives, as the arguments of a program: their kinds and shapes are looked at first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from derivgen.errors import DerivgenError, Fault
from derivgen.expr.sizes import Shape
from derivgen.printing.numpy import Program
from derivgen.problem.problem import Problem


def arguments_of(program: Program, problem: Problem, values: Mapping[str, Any], np: Any) -> dict[str, Any]:
    """The arguments of the program, by their names in Python.

    Raises: DerivgenError that names what is missing, unknown, or of another shape.
    """
    known = {**problem.variables, **problem.functions}
    allowed = (*known, *problem.sizes, *program.arguments)
    for name in values:
        if name not in allowed:
            raise DerivgenError(_fault(f"there is no variable {name}", f"the variables are {', '.join(known)}"))
    missing = [name for name in program.arguments if name not in values]
    if missing:
        message = f"a value is missing for {', '.join(missing)}"
        raise DerivgenError(_fault(message, f"give {', '.join(f'{name}=...' for name in missing)}"))
    arrays = {
        name: _array(name, value, known[name].shape if name in known else None, np)
        for name, value in values.items()
        if name in known or name not in problem.sizes
    }
    sizes = _sizes({name: known[name].shape for name in arrays if name in known}, arrays)
    for name in problem.sizes:
        if name in values and sizes.setdefault(name, int(values[name])) != values[name]:
            raise DerivgenError(_fault(f"{name} is given as {values[name]}, and the arrays have {sizes[name]}", ""))
    return {
        python: arrays[name] if name in arrays else int(values[name])
        for name, python in zip(program.arguments, program.names, strict=True)
    }


def _fault(message: str, hint: str) -> Fault:
    return Fault("value", message, hint)


def _array(name: str, value: Any, shape: Shape | None, np: Any) -> Any:
    """A float for a scalar, else an array with two axes."""
    try:
        made = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise DerivgenError(_fault(f"the value of {name} is not made of numbers", "give a NumPy array")) from None
    if shape is None:
        return made
    if shape.is_scalar:
        if made.size != 1:
            raise DerivgenError(_fault(f"{name} is a scalar, and this value has {made.size} entries", ""))
        return float(made.reshape(()))
    if made.ndim == 1 and shape.is_column:
        made = made.reshape(-1, 1)
    if made.ndim != 2:
        message = f"{name} is {shape}, and this value has {made.ndim} axes"
        raise DerivgenError(_fault(message, "give an array with two axes; a vector may have one"))
    return made


def _sizes(shapes: Mapping[str, Shape], arrays: Mapping[str, Any]) -> dict[str, int]:
    """The sizes that the arrays tell; they have to agree."""
    sizes: dict[str, int] = {}
    told: dict[str, str] = {}
    for name, shape in shapes.items():
        if shape.is_scalar:
            continue
        for size, length in zip(shape, arrays[name].shape, strict=True):
            if len(size.names) == 1 and str(size) == size.names[0]:
                (word,) = size.names
                if sizes.setdefault(word, length) != length:
                    message = f"{word} is {sizes[word]} in {told[word]}, and {length} in {name}, which is {shape}"
                    raise DerivgenError(_fault(message, "give arrays whose sizes agree"))
                told.setdefault(word, name)
            elif size.number is not None and size.number != length:
                found = " x ".join(map(str, arrays[name].shape))
                raise DerivgenError(_fault(f"{name} is {shape}, and this value is {found}", ""))
    return sizes
