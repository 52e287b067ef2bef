"""Places that may be held twice: proposed while one is typed in and over the whole record, never merged here.

Many places of a country share a name, so a name tells only between places of one kind that nothing says lie in
different places; a spelling only within the same one, or one that is not said, and not where both have P-codes.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from db.models import NotSamePlace, Place, PlaceCode, Text
from db.queries.duplicates import (
    NEAR_SPELLING,
    NOBODY,
    SAME_NAME,
    SAME_PCODE,
    SAME_SOUND,
    Lookalike,
    Pair,
    paired,
    told,
)
from i18n.alike import Likely, same_key
from i18n.folding import fold


@dataclass(frozen=True)
class _Held:
    id: UUID
    kind: str | None
    country: str | None
    parent: UUID | None
    codes: frozenset[str]
    names: tuple[str, ...]

    def may_be(self, other: "_Held") -> bool:
        """Whether nothing that is said of both speaks against their being one; what lies in the other is another."""
        if self.parent == other.id or other.parent == self.id:
            return False
        said = ((self.kind, other.kind), (self.country, other.country), (self.parent, other.parent))
        return all(one == that for one, that in said if one is not None and that is not None)


def place_lookalikes(
    session: Session, name: str, kind: str | None, country: str | None, parent_id: UUID | None, pcode: str | None
) -> tuple[Lookalike, ...]:
    """The places held that may be the one that is typed in, what tells most first."""
    # Asked at every pause of typing, and a country has tens of thousands: only those it could be are looked at.
    so_called = select(Text.owner_id).where(Text.owner == Place.__tablename__, Text.field == "name", Text.body == name)
    coded = select(PlaceCode.place_id).where(PlaceCode.code == pcode)
    beside = or_(Place.parent_id.is_(None), Place.parent_id == parent_id)
    alike = or_(beside, Place.folded == fold(name), Place.id.in_(so_called))
    held = _held(session, or_(alike, func.upper(Place.pcode) == pcode.upper(), Place.id.in_(coded)) if pcode else alike)
    asked = _Held(NOBODY, kind, country, parent_id, frozenset({pcode.upper()} if pcode else ()), (name,))
    return told({id: one.names[0] for id, one in held.items()}, _Index(held.values()).like(asked))


def duplicate_places(session: Session) -> tuple[Pair, ...]:
    """The pairs of places that may be one and the same, what tells most first."""
    held = _held(session, true())
    index = _Index(held.values())
    said = session.execute(
        select(NotSamePlace.place_id, NotSamePlace.other_id).where(NotSamePlace.removed_at.is_(None))
    )
    apart = {frozenset(both) for both in said}
    pairs: dict[frozenset[UUID], set[str]] = defaultdict(set)
    for one in held.values():
        for id, reasons in index.like(one).items():
            if (both := frozenset((one.id, id))) not in apart:
                pairs[both] |= reasons
    return paired({id: one.names[0] for id, one in held.items()}, pairs)


class _Index:
    """Every place by what another entry of it would share."""

    def __init__(self, held: Iterable[_Held]) -> None:
        self._held = {one.id: one for one in held}
        self._by_code: dict[str, list[UUID]] = defaultdict(list)
        self._by_name: dict[str, list[UUID]] = defaultdict(list)
        beside: dict[UUID | None, list[tuple[str, UUID]]] = defaultdict(list)
        for one in self._held.values():
            for code in one.codes:
                self._by_code[code].append(one.id)
            for name in one.names:
                self._by_name[same_key(name)].append(one.id)
                beside[one.parent].append((name, one.id))
        self._beside: dict[UUID | None, Likely[UUID]] = {parent: Likely(names) for parent, names in beside.items()}

    def like(self, asked: _Held) -> dict[UUID, set[str]]:
        """The others that may be this one, with why."""
        why: dict[UUID, set[str]] = defaultdict(set)
        for code in asked.codes:
            for id in self._by_code.get(code, ()):
                why[id].add(SAME_PCODE)
        for name in filter(same_key, asked.names):
            for id in self._by_name.get(same_key(name), ()):
                if self._held[id].may_be(asked):
                    why[id].add(SAME_NAME)
            for id, reason in self._spelt_like(name, asked):
                if SAME_NAME not in why.get(id, ()):
                    why[id].add(reason)
        why.pop(asked.id, None)
        return why

    def _spelt_like(self, name: str, asked: _Held) -> Iterable[tuple[UUID, str]]:
        for beside in (self._beside[parent] for parent in {asked.parent, None} if parent in self._beside):
            for reason, likes in ((NEAR_SPELLING, beside.like), (SAME_SOUND, beside.sounding_like)):
                for _name, id in likes(name, asked.id):
                    other = self._held[id]
                    if other.may_be(asked) and not (other.codes and asked.codes):
                        yield id, reason


def _held(session: Session, which: ColumnElement[bool]) -> dict[UUID, _Held]:
    codes: dict[UUID, set[str]] = defaultdict(set)
    for id, code in session.execute(select(PlaceCode.place_id, PlaceCode.code).where(PlaceCode.removed_at.is_(None))):
        codes[id].add(code.upper())
    names: dict[UUID, list[str]] = defaultdict(list)
    translated = select(Text.owner_id, Text.body).where(
        Text.owner == Place.__tablename__, Text.field == "name", Text.removed_at.is_(None)
    )
    for id, name in session.execute(translated.order_by(Text.row)):
        names[id].append(name)
    rows = select(Place.id, Place.name, Place.kind, Place.country, Place.parent_id, Place.pcode)
    return {
        id: _Held(
            id,
            kind,
            country,
            parent,
            frozenset(codes[id] | ({pcode.upper()} if pcode else set())),
            tuple(dict.fromkeys((name, *names[id]))),
        )
        for id, name, kind, country, parent, pcode in session.execute(
            rows.where(Place.removed_at.is_(None), which).order_by(Place.row)
        )
    }
