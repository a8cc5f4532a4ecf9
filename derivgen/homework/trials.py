"""What students begin with is tried before they draw, in several processes; a draw of many students is tried once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from derivgen.homework.draws import Candidate, Drawer, Drawn
from derivgen.record import record
from derivgen.spec.homework.templates import Template

# For fewer students, and fewer draws, other processes cost more than they save.
MANY = 50
# So many draws are tried together: they share the general derivative.
TOGETHER = 10

Found = Mapping[Drawn, Candidate | str]


@record
class Trial:
    """Some draws of an exercise, to be tried apart from others."""

    template: Template
    seed: str
    draws: tuple[Drawn, ...]


Trying = Callable[[Sequence[Trial]], Iterable[Found]]


def tried(trial: Trial) -> Found:
    """What becomes of these draws."""
    drawer = Drawer(trial.template, trial.seed)
    return {drawn: drawer.candidate(drawn) for drawn in trial.draws}


def one_by_one(trials: Sequence[Trial]) -> Iterable[Found]:
    """Each trial after the other, in this process."""
    return map(tried, trials)


def try_beginnings(drawers: Mapping[str, Drawer], picked: Mapping[str, Sequence[str]], trying: Trying) -> None:
    """Let each drawer know what becomes of the draws that its students begin with, where there are many."""
    due: dict[str, dict[Drawn, None]] = {}
    walks = []
    for name, drawer in drawers.items():
        mine = [who for who, names in picked.items() if name in names]
        if drawer.template.parameters and len(mine) > MANY:
            due[name] = dict.fromkeys(drawer.needed(len(mine)))
            walks += [(name, drawer.begin(who)) for who in mine]
    # Those whose draw was rejected draw again, all of them together, until so few are left that each may do it alone.
    while sum(map(len, due.values())):
        _try(drawers, due, trying)
        steps = [(name, walk, drawn) for name, walk in walks if (drawn := next(walk, None)) is not None]
        walks = [(name, walk) for name, walk, _ in steps]
        due = {name: dict.fromkeys(drawn for other, _, drawn in steps if other == name) for name in drawers}
        if sum(map(len, due.values())) < MANY:
            return


def _try(drawers: Mapping[str, Drawer], due: Mapping[str, Iterable[Drawn]], trying: Trying) -> None:
    trials = []
    for name, draws in due.items():
        listed, drawer = list(draws), drawers[name]
        parts = [tuple(listed[start : start + TOGETHER]) for start in range(0, len(listed), TOGETHER)]
        trials += [Trial(drawer.template, drawer.seed, part) for part in parts]
    for trial, found in zip(trials, trying(trials), strict=True):
        drawers[trial.template.id].tried.update(found)
