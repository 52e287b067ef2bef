"""The same people in several files: what of a count stayed, and what of it changed from one file to the next.

A count that was corrected is taken apart into grains, so that each version of it is a sum of some: those that both
versions have in common, and those that one has more. So the difference between two versions is a count of its own,
which can be small. What was not split may be split later, and the other way round; between parts nobody moves. Readers
may take it that these are the same people, or not: both are asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from db.queries.released import AtomReleased


@dataclass(frozen=True)
class Grains:
    """The values of all grains, and the grains of each atom, file by file."""

    values: tuple[int, ...]
    of: tuple[tuple[frozenset[int], ...], ...]
    moved: bool
    """Whether somebody was split later, or no longer."""


@dataclass
class _Grain:
    value: int
    parts: dict[int, str] = field(default_factory=dict)
    """Which part it is in, by version."""


def grains(files: Sequence[Sequence[AtomReleased]], moving: bool = True) -> Grains:
    """The grains of these files' atoms, oldest first; unless `moving`, what is split later is somebody else."""
    versions: dict[str, dict[frozenset[tuple[str, int]], int]] = {}
    version_of: list[dict[str, int]] = []
    for atoms in files:
        told: dict[str, dict[str, int]] = {}
        for atom in atoms:
            told.setdefault(atom.figure, {})[atom.part] = atom.value
        version_of.append({})
        for figure, parts in told.items():
            known = versions.setdefault(figure, {})
            version_of[-1][figure] = known.setdefault(frozenset(parts.items()), len(known))
    moved, values = False, list[int]()
    found: dict[str, list[dict[str, set[int]]]] = {}
    for figure, known in versions.items():
        if len(known) == 1:
            # What never changed is taken apart no further, and is nearly everything.
            (only,) = map(sorted, known)
            found[figure] = [{part: {len(values) + nth} for nth, (part, _value) in enumerate(only)}]
            values += (value for _part, value in only)
            continue
        laid: list[dict[str, set[int]]] = [{} for _version in known]
        for grain in _laid([dict(sorted(parts)) for parts in known], moving):
            moved |= len(set(grain.parts.values())) > 1
            for version, part in grain.parts.items():
                laid[version].setdefault(part, set()).add(len(values))
            values.append(grain.value)
        found[figure] = laid
    return Grains(
        tuple(values),
        tuple(
            tuple(frozenset(found[atom.figure][version[atom.figure]][atom.part]) for atom in atoms)
            for atoms, version in zip(files, version_of, strict=True)
        ),
        moved,
    )


def _laid(versions: Sequence[Mapping[str, int]], moving: bool) -> list[_Grain]:
    """One count's versions, as grains; what once was zero has a grain of zero that all its versions have in common."""
    found: list[_Grain] = []
    for now, parts in enumerate(versions):
        left = dict(parts)
        for part in parts:
            _fill(found, now, part, left, [grain for grain in found if part in grain.parts.values()])
        for part in parts if moving else ():
            moved = [grain for grain in found if grain.value and (not part or "" in grain.parts.values())]
            _fill(found, now, part, left, moved)
        for part, value in left.items():
            if value:
                found.append(_Grain(value, {now: part}))
            elif not parts[part] and not any(grain.parts.get(now) == part for grain in found):
                found.append(_Grain(0, _since_when(part, versions[: now + 1], moving)))
    return found


def _since_when(part: str, versions: Sequence[Mapping[str, int]], moving: bool) -> dict[int, str]:
    """Which part nobody was in, by version: this one, or before it was split what was not."""
    named = {version: part for version, parts in enumerate(versions) if part in parts}
    whole = {version: "" for version, parts in enumerate(versions) if moving and part not in parts and "" in parts}
    return whole | named


def _fill(found: list[_Grain], now: int, part: str, left: dict[str, int], offered: Iterable[_Grain]) -> None:
    """Put a part together from grains that no part of this version has yet, splitting the last."""
    for grain in offered:
        if now in grain.parts or (grain.value and not left[part]):
            continue
        taken = min(left[part], grain.value)
        if taken < grain.value:
            found.append(_Grain(grain.value - taken, dict(grain.parts)))
        grain.value = taken
        grain.parts[now] = part
        left[part] -= taken
