"""What was counted behind a figure, by sex and age in one scheme, and with a disability beside it, never added to it.

Each result is split in the scheme it came in; bands are rolled up only where the edges match, and a result that cannot
be is refused by name of the edge. Who was counted but not split stands apart: the parts then come to less than the
whole.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.bands import Aged, age_rolled
from db.errors import RecordError
from db.links import in_chunks
from db.models.results import Breakdown, Result
from db.queries.roll_up import Reason


@dataclass(frozen=True)
class SplitPart:
    """The people of one sex and age band; without a value, the code of why (`MISSING`)."""

    sex: str | None
    band: str | None
    value: Decimal | None
    missing: str | None
    estimated: bool


@dataclass(frozen=True)
class Split:
    """The parts by sex and age; with a disability, which runs across them; and how many were counted unsplit."""

    scheme: str
    parts: tuple[SplitPart, ...]
    with_disability: Decimal | None
    not_split: Decimal
    why: Reason | None = None


def split_of(session: Session, results: Sequence[UUID], scheme: str) -> Split:
    """These results by sex and age in this scheme; they are those that a figure is the sum of (`RolledUp.counted`)."""
    wholes: dict[UUID, Decimal] = {}
    rows: dict[UUID, list[Any]] = defaultdict(list)
    for chunk in in_chunks(list(results)):
        for id, value, decimals in session.execute(
            select(Result.id, Result.value, Result.decimals).where(Result.id.in_(chunk), Result.value.is_not(None))
        ):
            wholes[id] = Decimal(value or 0).scaleb(-decimals)
        parts = select(*Breakdown.__table__.c, Result.decimals).join(Result, Result.id == Breakdown.result_id)
        parts = parts.where(Breakdown.result_id.in_(chunk), Breakdown.removed_at.is_(None))
        for row in session.execute(parts.order_by(Breakdown.row)):
            rows[row.result_id].append(row)
    gathered: dict[tuple[str | None, str | None], list[SplitPart]] = defaultdict(list)
    try:
        for its in rows.values():
            for part in _by_age([row for row in its if row.cut == "sex_age"], scheme):
                gathered[part.sex, part.band].append(part)
    except RecordError as refused:
        return Split(scheme, (), None, Decimal(0), Reason(refused.message, tuple(refused.gaps.items())))
    parts_of = {id: [row for row in its if row.cut == "sex_age"] for id, its in rows.items()}
    return Split(
        scheme,
        tuple(_added(key, parts) for key, parts in sorted(gathered.items(), key=_order)),
        _disabled(rows),
        sum((whole - _known(parts_of.get(id, ())) for id, whole in wholes.items()), Decimal(0)),
    )


def _by_age(rows: Sequence[Any], scheme: str) -> list[SplitPart]:
    """The parts of one result in the scheme asked for; those without an age keep none."""
    parts = []
    by_scheme: dict[tuple[str | None, bool, int], list[Aged]] = defaultdict(list)
    for row in rows:
        estimated = row.method == "estimated"
        if row.age_band is None or row.age_scheme is None:
            value = None if row.value is None else Decimal(row.value).scaleb(-row.decimals)
            parts.append(SplitPart(row.sex, None, value, row.missing, estimated))
        else:
            aged = Aged(row.sex, row.age_band, row.value, row.missing)
            by_scheme[row.age_scheme, estimated, row.decimals].append(aged)
    for (its, estimated, decimals), aged_rows in by_scheme.items():
        for rolled in age_rolled(aged_rows, its or scheme, scheme):
            value = None if rolled.value is None else Decimal(rolled.value).scaleb(-decimals)
            parts.append(SplitPart(rolled.sex, rolled.band, value, rolled.missing, estimated))
    return parts


def _added(key: tuple[str | None, str | None], parts: Sequence[SplitPart]) -> SplitPart:
    """One sex and band over all results; one that is missing makes the sum missing: the rest is not the whole."""
    estimated = any(part.estimated for part in parts)
    if absent := next((part for part in parts if part.value is None), None):
        return SplitPart(*key, None, absent.missing, estimated)
    return SplitPart(*key, sum((part.value or Decimal(0) for part in parts), Decimal(0)), None, estimated)


def _disabled(rows: Mapping[UUID, Sequence[Any]]) -> Decimal | None:
    """People with a disability, where anybody counted them."""
    counted = [
        Decimal(row.value).scaleb(-row.decimals)
        for its in rows.values()
        for row in its
        if row.cut == "disability" and row.disability and row.value is not None
    ]
    return sum(counted, Decimal(0)) if counted else None


def _known(rows: Sequence[Any]) -> Decimal:
    return sum((Decimal(row.value or 0).scaleb(-row.decimals) for row in rows), Decimal(0))


def _order(item: tuple[tuple[str | None, str | None], Any]) -> tuple[str, int, str]:
    """By sex, then from the youngest on; without an age last."""
    (sex, band), _parts = item
    first = "".join(letter for letter in (band or "").partition("-")[0] if letter.isdigit())
    return sex or "~", int(first) if first else 1_000, band or "~"
