"""Organisations that may be held twice: proposed while one is typed in and over the whole record, never merged here.

A code in somebody's list or an acronym alone proves nothing (five different Caritas share both), so a likeness says why
it is one, and a person decides. What was said to be two is never asked again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import NotSame, Organisation, OrganisationCode, OrganisationName
from i18n import N_
from i18n.alike import Likely, same_key
from i18n.folding import fold

SAME_NAME = N_("The same name but for accents, capitals or spaces")
SAME_ACRONYM = N_("The same acronym in the same country")
NEAR_SPELLING = N_("Nearly the same spelling, or the same words in another order")
SAME_SOUND = N_("The same name in another script or transliteration")
SAME_CODE = N_("The same code in one list, which alone proves nothing")
SAME_PCODE = N_("The same P-code")
REASONS = (SAME_PCODE, SAME_NAME, NEAR_SPELLING, SAME_SOUND, SAME_ACRONYM, SAME_CODE)
"""Why two may be one, what tells most first."""


@dataclass(frozen=True)
class Lookalike:
    """Something that is held already and may be the one somebody is typing in."""

    id: UUID
    name: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two that may be one, the one held longer first."""

    first: UUID
    first_name: str
    second: UUID
    second_name: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class _Held:
    id: UUID
    name: str
    acronym: str | None
    country: str | None
    names: tuple[str, ...]


def lookalikes(
    session: Session, name: str, acronym: str | None = None, country: str | None = None
) -> tuple[Lookalike, ...]:
    """The organisations held that may be the one of this name, what tells most first."""
    held = _held(session)
    why = _Index(held.values()).like(_Held(NOBODY, name, acronym, country, (name,)))
    return told({id: one.name for id, one in held.items()}, why)


def duplicates(session: Session) -> tuple[Pair, ...]:
    """The pairs over the whole record that may be one and the same, what tells most first."""
    held = _held(session)
    index = _Index(held.values())
    said = _said_apart(session)
    pairs: dict[frozenset[UUID], set[str]] = defaultdict(set)
    for one in held.values():
        for id, reasons in index.like(one).items():
            pairs[frozenset((one.id, id))] |= reasons
    for both in _with_one_code(session):
        if held.keys() >= both:
            pairs[both].add(SAME_CODE)
    kept = {both: reasons for both, reasons in pairs.items() if not said.apart(*(held[id] for id in both))}
    return paired({id: one.name for id, one in held.items()}, kept)


def told(names: Mapping[UUID, str], why: Mapping[UUID, set[str]]) -> tuple[Lookalike, ...]:
    """Those that are like the one asked for, what tells most first."""
    found = [Lookalike(id, names[id], _ordered(reasons)) for id, reasons in why.items()]
    return tuple(sorted(found, key=lambda one: (REASONS.index(one.why[0]), -len(one.why))))


def paired(names: Mapping[UUID, str], why: Mapping[frozenset[UUID], set[str]]) -> tuple[Pair, ...]:
    """Those that are like each other, what tells most first; `names` are in the order in which they were added."""
    place = {id: number for number, id in enumerate(names)}
    found = []
    for both, reasons in why.items():
        first, second = sorted(both, key=place.__getitem__)
        found.append(Pair(first, names[first], second, names[second], _ordered(reasons)))
    return tuple(sorted(found, key=lambda one: (REASONS.index(one.why[0]), -len(one.why), place[one.first])))


NOBODY = UUID(int=0)
"""Whoever is only being typed in."""


@dataclass(frozen=True)
class _Apart:
    """Which organisations a person said to be two, and which names of files are not an organisation's."""

    pairs: frozenset[frozenset[UUID]]
    names: frozenset[tuple[UUID, str]]

    def apart(self, one: _Held, other: _Held) -> bool:
        return frozenset((one.id, other.id)) in self.pairs or any(
            (this.id, fold(name)) in self.names for this, that in ((one, other), (other, one)) for name in that.names
        )


class _Index:
    """Every organisation by what another name of it would share."""

    def __init__(self, held: Iterable[_Held]) -> None:
        self._by_key: dict[str, list[UUID]] = defaultdict(list)
        self._by_acronym: dict[tuple[str, str], list[UUID]] = defaultdict(list)
        names = []
        for one in held:
            for name in one.names:
                self._by_key[same_key(name)].append(one.id)
                names.append((name, one.id))
            if key := _acronym(one):
                self._by_acronym[key].append(one.id)
        self._likely: Likely[UUID] = Likely(names)

    def like(self, asked: _Held) -> dict[UUID, set[str]]:
        """The others that may be this one, with why."""
        why: dict[UUID, set[str]] = defaultdict(set)
        for name in asked.names:
            if not same_key(name):
                continue
            for id in self._by_key.get(same_key(name), ()):
                why[id].add(SAME_NAME)
            for reason, likes in ((NEAR_SPELLING, self._likely.like), (SAME_SOUND, self._likely.sounding_like)):
                for _name, id in likes(name, asked.id):
                    if SAME_NAME not in why[id]:
                        why[id].add(reason)
        if key := _acronym(asked):
            for id in self._by_acronym.get(key, ()):
                why[id].add(SAME_ACRONYM)
        why.pop(asked.id, None)
        return why


def _held(session: Session) -> dict[UUID, _Held]:
    names: dict[UUID, list[str]] = defaultdict(list)
    for id, name in session.execute(
        select(OrganisationName.organisation_id, OrganisationName.name)
        .where(OrganisationName.removed_at.is_(None), OrganisationName.use != "acronym")
        .order_by(OrganisationName.row)
    ):
        names[id].append(name)
    return {
        id: _Held(id, name, acronym, country, tuple(dict.fromkeys((name, *names[id]))))
        for id, name, acronym, country in session.execute(
            select(Organisation.id, Organisation.name, Organisation.acronym, Organisation.country)
            .where(Organisation.removed_at.is_(None))
            .order_by(Organisation.row)
        )
    }


def _acronym(one: _Held) -> tuple[str, str] | None:
    """An acronym with its country; without a country it says nothing."""
    return (same_key(one.acronym), one.country) if one.acronym and one.country else None


def _with_one_code(session: Session) -> Iterator[frozenset[UUID]]:
    holders: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for scheme, code, id in session.execute(
        select(OrganisationCode.scheme, OrganisationCode.code, OrganisationCode.organisation_id)
        .where(OrganisationCode.removed_at.is_(None))
        .order_by(OrganisationCode.row)
    ):
        if id not in holders[scheme, code]:
            holders[scheme, code].append(id)
    for ids in holders.values():
        # Each with the first: a code that a hundred share would else make five thousand pairs.
        yield from (frozenset((ids[0], other)) for other in ids[1:])


def _said_apart(session: Session) -> "_Apart":
    rows = session.execute(
        select(NotSame.organisation_id, NotSame.other_id, NotSame.folded).where(NotSame.removed_at.is_(None))
    ).all()
    return _Apart(
        frozenset(frozenset((first, second)) for first, second, _folded in rows if second),
        frozenset((id, folded) for id, _second, folded in rows if folded),
    )


def _ordered(reasons: set[str]) -> tuple[str, ...]:
    return tuple(reason for reason in REASONS if reason in reasons)
