"""How much of a derivation is shown: the presets hide or open steps, and never renumber them."""

from __future__ import annotations

from derivgen.calculus.records import Derivation, Step
from derivgen.problem.problem import DetailName


def shown(derivation: Derivation, detail: DetailName) -> tuple[Step, ...]:
    """The steps that a reader of this preset sees.

    `brief` keeps the key steps, the line before an identification and the last line;
    `detailed` opens what was merged.
    """
    return shown_steps(derivation.steps, detail)


def shown_steps(steps: tuple[Step, ...], detail: DetailName) -> tuple[Step, ...]:
    """The same for any list of steps."""
    match detail:
        case "brief":
            return tuple(step for k, step in enumerate(steps) if _is_key(steps, k))
        case "standard":
            return steps
        case "detailed":
            return tuple(part for step in steps for part in (*step.parts, *((step,) if _adds(step) else ())))


def _is_key(steps: tuple[Step, ...], k: int) -> bool:
    is_last = k == len(steps) - 1
    before_identification = not is_last and steps[k + 1].identifies is not None
    return is_last or before_identification or steps[k].weight == "key"


def _adds(step: Step) -> bool:
    """Whether a step says more than its finer steps: a row does, a single partial derivative does not."""
    return not step.parts or step.parts[-1].left != step.left or step.parts[-1].after != step.after
