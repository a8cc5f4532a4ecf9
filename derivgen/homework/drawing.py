"""From a sheet to what each student gets: one variant of every exercise, drawn from the seed, and a code.

Who a student is decides what is drawn, so that neither the order of a class nor of the exercises
matters. Where two would get the same variant, the one who comes later in the order of their seeds draws again.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from derivgen.errors import DerivgenError, Fault
from derivgen.homework.draws import Deriving, Drawer, Variant, derived
from derivgen.homework.frozen import Frozen, FrozenVariant
from derivgen.homework.sampler import seed_of
from derivgen.homework.trials import Trying, one_by_one, try_beginnings
from derivgen.record import record
from derivgen.spec.homework.banks import Item, Pool
from derivgen.spec.homework.sheet import Sheet
from derivgen.spec.homework.templates import Template

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
NOTHING: Frozen = {}


@record
class Composition:
    """What one student gets; `identity` is the id of the student or the number of the version."""

    identity: str
    code: str
    variants: tuple[Variant, ...]

    def sheet(self, sheet: Sheet) -> Sheet:
        """The sheet with these exercises."""
        return sheet.handed(tuple(variant.exercise for variant in self.variants))


def compositions(
    sheet: Sheet,
    identities: Sequence[str],
    *,
    frozen: Frozen = NOTHING,
    allow_repeats: bool = False,
    deriving: Deriving = derived,
    trying: Trying = one_by_one,
) -> tuple[Composition, ...]:
    """What each of these students or versions gets, in the order of `identities`.

    `trying` may try what they begin with in several processes. Who has a variant already, by
    `frozen`, keeps it; those who have none draw after them.

    Raises: DerivgenError where nothing can be drawn that is an exercise, not enough that differ, or
    where what somebody has already can no longer be drawn.
    """
    drawers = drawers_of(sheet, deriving)
    picked = {identity: _picked(sheet, identity, frozen) for identity in in_turn(sheet.seed, identities)}
    used = dict.fromkeys(name for names in picked.values() for name in names)
    faults = [fault for name in used for fault in drawers[name].idle_parameters()]
    if faults:
        raise DerivgenError(*faults)
    try_beginnings(drawers, picked, trying)
    made = _made(drawers, picked, frozen, allow_repeats=allow_repeats)
    codes = _codes(made, frozen)
    return tuple(Composition(identity, codes[identity], made[identity]) for identity in identities)


def _made(
    drawers: Mapping[str, Drawer], picked: Mapping[str, Sequence[str]], frozen: Frozen, *, allow_repeats: bool
) -> dict[str, tuple[Variant, ...]]:
    """The variants of each student: first those that somebody has already, then those that are drawn around them."""
    kept = {
        (identity, name): _kept(drawers[name], identity, held)
        for identity, names in picked.items()
        for name in names
        if (held := frozen.get(identity, {}).get(name)) is not None
    }
    wanted = Counter(name for names in picked.values() for name in names)
    return {
        identity: tuple(
            kept.get((identity, name)) or drawers[name].variant(identity, wanted[name], allow_repeats=allow_repeats)
            for name in names
        )
        for identity, names in picked.items()
    }


def _picked(sheet: Sheet, identity: str, frozen: Frozen) -> list[str]:
    """The exercises of a student, by id; of a pool those that she has already."""
    held = frozen.get(identity, {})
    names: list[str] = []
    for item in sheet.items:
        drawn = [template.id for template in picks(item, sheet.seed, identity)]
        had = [template.id for template in item.templates if template.id in held] if isinstance(item, Pool) else []
        names += had if len(had) == len(drawn) else drawn
    return names


def _kept(drawer: Drawer, identity: str, held: FrozenVariant) -> Variant:
    """The variant that somebody has already.

    Raises: DerivgenError if it can no longer be drawn.
    """
    found = drawer.again(held.parameters)
    if found is not None:
        return found
    values = ", ".join(f"{name} = {value}" for name, value in held.parameters)
    message = f"{identity} has {held.name} already, and {values or 'no parameters'} can no longer be drawn"
    hint = "change the parameters back, or draw everybody's sheet anew by --redraw"
    raise DerivgenError(Fault("frozen", message, hint, drawer.template.item.span))


def drawers_of(sheet: Sheet, deriving: Deriving = derived) -> dict[str, Drawer]:
    """A drawer for each exercise of the sheet and its pools, by the id of the exercise."""
    templates = (t for item in sheet.items for t in (item.templates if isinstance(item, Pool) else (item,)))
    return {template.id: Drawer(template, sheet.seed, deriving) for template in templates}


def picks(item: Item, seed: str, identity: str) -> tuple[Template, ...]:
    """The exercises that a student gets of an item: of a pool some, in the order in which it names them.

    Every exercise has a number of its own for every student, and those with the least are
    picked: so one that is added later takes the place of one other at most.
    """
    if isinstance(item, Template):
        return (item,)
    order = sorted(item.templates, key=lambda template: (seed_of(seed, "pick", template.id, identity), template.id))
    chosen = {template.id for template in order[: item.pick]}
    return tuple(template for template in item.templates if template.id in chosen)


def in_turn(seed: str, identities: Sequence[str]) -> list[str]:
    """The order in which students draw: by their seeds, so that no list tells who comes first."""
    return sorted(dict.fromkeys(identities), key=lambda identity: (seed_of(seed, "", identity), identity))


def code_of(variants: Sequence[Variant], turn: int = 0) -> str:
    """The code of a sheet with these variants, such as 7F3A-2K; another turn gives another one."""
    told = "\0".join([*(variant.name for variant in variants), *([str(turn)] if turn else [])])
    number = int.from_bytes(hashlib.sha256(told.encode()).digest()[:4], "big")
    letters = "".join(ALPHABET[number >> (5 * k) & 31] for k in range(6))
    return f"{letters[:4]}-{letters[4:]}"


def _codes(made: dict[str, tuple[Variant, ...]], frozen: Frozen) -> dict[str, str]:
    """A code for each identity: equal for equal sheets, different for different ones; the one it had if it can stay."""
    owners: dict[str, tuple[str, ...]] = {}
    codes = {}
    for identity, variants in made.items():
        names = tuple(variant.name for variant in variants)
        held = frozen.get(identity, {})
        if names and names == tuple(one.name for one in held.values()):
            codes[identity] = next(iter(held.values())).code
            owners.setdefault(codes[identity], names)
    for identity, variants in made.items():
        names, turn = tuple(variant.name for variant in variants), 0
        while identity not in codes and owners.setdefault(code_of(variants, turn), names) != names:
            turn += 1
        codes.setdefault(identity, code_of(variants, turn))
    return codes


def frozen_lines(made: Iterable[Composition], earlier: Frozen = NOTHING) -> str:
    """The lines of `variants.jsonl`: what everybody has, and had who is not here now, for the next build to keep."""
    had = {identity: tuple(held.items()) for identity, held in earlier.items()}
    for one in made:
        had[one.identity] = tuple(
            (variant.exercise.id, FrozenVariant(variant.name, variant.parameters, one.code)) for variant in one.variants
        )
    lines = (
        {"id": identity, "exercise": exercise, "parameters": dict(one.parameters), "name": one.name, "code": one.code}
        for identity, held in had.items()
        for exercise, one in held
    )
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
