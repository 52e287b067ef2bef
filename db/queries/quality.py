"""How complete the record is: what each check found, whose it is, and the rows behind each number of it."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from db.base import Entity
from db.models import (
    Activity,
    Agreement,
    Office,
    Organisation,
    Person,
    Place,
    ReceivedReport,
    ReportingDuty,
    Result,
    Source,
)
from db.models.log import ChangeSet, LogRow
from db.models.results import MISSING
from db.queries import selection
from db.queries.protection import FileUsed
from db.queries.quality_checks import CHECKS, Check
from db.queries.scope import Scope, scope_told, told
from db.queries.selection import Behind


@dataclass(frozen=True)
class Checked:
    """What a check found."""

    check: Check
    lacking: frozenset[UUID]
    among: int


_ENTITIES: Mapping[str, type[Entity]] = {
    "results": Result,
    "activities": Activity,
    "duties": ReportingDuty,
    "sources": Source,
    "partners": Organisation,
    "places": Place,
}


def quality(session: Session, scope: Scope, day: date) -> tuple[Checked, ...]:
    """Every check of a scope, on a day."""
    return tuple(
        Checked(
            check,
            _lacking(session, check, scope, day),
            session.scalar(select(func.count()).select_from(_ENTITIES[check.kind]).where(*check.among(scope, day)))
            or 0,
        )
        for check in CHECKS
    )


def _lacking(session: Session, check: Check, scope: Scope, day: date) -> frozenset[UUID]:
    query = select(_ENTITIES[check.kind].id).where(*check.among(scope, day))
    if isinstance(check.lacks, ColumnElement):
        return frozenset(session.scalars(query.where(check.lacks)))
    return frozenset(check.lacks(session)) & frozenset(session.scalars(query))


def missing_reasons(session: Session, results: Collection[UUID]) -> Mapping[str | None, int]:
    """Why these figures are missing: how many for each reason; None where nobody said why."""
    rows: Counter[str | None] = Counter(
        why
        for id, why in session.execute(select(Result.id, Result.missing).where(Result.value.is_(None)))
        if id in results
    )
    return {why: rows[why] for why in (*(code for code, _title in MISSING), None) if rows[why]}


def files_with_problems(session: Session, scope: Scope) -> tuple[FileUsed, ...]:
    """The files of a scope that rows were left out of, the newest first."""
    checks = [one for one in CHECKS if one.kind == "sources"]
    problems = [one.lacks for one in checks if isinstance(one.lacks, ColumnElement)]
    query = (
        select(
            Source.name,
            Source.citation,
            Source.kind,
            Source.starts_on,
            Source.ends_on,
            func.coalesce(Source.doubles, 0),
            func.coalesce(Source.problems, 0),
            Source.reporter_id,
            Organisation.may_be_named,
        )
        .outerjoin(Organisation, Organisation.id == Source.reporter_id)
        .where(*checks[0].among(scope, date.max), or_(*problems))
        .order_by(Source.received_on.desc(), Source.row.desc())
    )
    return tuple(FileUsed(*row) for row in session.execute(query))


def partners_of(session: Session, kind: str) -> Mapping[UUID, UUID]:
    """Whose each row of a kind is, where it is a partner's."""
    query = _OWNED.get(kind)
    return {id: partner for id, partner in session.execute(query) if partner} if query is not None else {}


def offices_of(session: Session, kind: str) -> Mapping[UUID, UUID]:
    """By which office each row of a kind was entered, as far as the history says."""
    query = (
        select(LogRow.entity_id, Person.office_id)
        .join(ChangeSet, ChangeSet.row == LogRow.change_set)
        .join(Person, Person.id == ChangeSet.actor_id)
        .where(LogRow.entity == _ENTITIES[kind].__tablename__, LogRow.before.is_(None))
    )
    return {id: office for id, office in session.execute(query) if office}


def quarters_of(session: Session, kind: str) -> Mapping[UUID, date]:
    """Of which quarter each row of a kind is, by its first day."""
    query = _DATED.get(kind)
    return {id: _quarter(day) for id, day in session.execute(query) if day} if query is not None else {}


def _quarter(day: date) -> date:
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def offices(session: Session) -> Mapping[UUID, str]:
    """The offices that the record knows."""
    query = select(Office.id, Office.name).where(Office.removed_at.is_(None)).order_by(Office.row)
    found: dict[UUID, str] = dict(session.execute(query).all())
    return found


def behind_lacking(check: Check, scope: Scope, day: date, change: int, **whose: object) -> Behind:
    """The selection behind a number of a check: of a `partner_is`, an `office_is`, a `quarter_is`, or of all.

    With `among`, what the check looked at.
    """
    own = {"check": check.code, "day": day.isoformat()} | {key: str(value) for key, value in whose.items()}
    figure = ";".join(f"{key}={value}" for key, value in (told(scope) | own).items())
    return Behind(check.kind, (("lacking", figure),), change)


def lacking_in(kind: str) -> Callable[[Session, str], Collection[UUID]]:
    """Finds the rows behind such a number again."""

    def found(session: Session, figure: str) -> Collection[UUID]:
        with selection.read(figure) as asked:
            scope, day = scope_told(asked), date.fromisoformat(asked["day"])
            check = next(one for one in CHECKS if (one.kind, one.code) == (kind, asked["check"]))
        if "among" in asked:
            return session.scalars(select(_ENTITIES[kind].id).where(*check.among(scope, day))).all()
        ids = _lacking(session, check, scope, day)
        for side, whose in _WHOSE.items():
            if side in asked:
                known = whose(session, kind)
                ids = frozenset(id for id in ids if str(known.get(id)) == asked[side])
        return ids

    return found


_OWNED: Mapping[str, Any] = {
    "results": select(
        Result.id, func.coalesce(Activity.partner_id, Agreement.partner_id, ReceivedReport.organisation_id)
    )
    .outerjoin(Activity, Activity.id == Result.activity_id)
    .outerjoin(Agreement, Agreement.id == Result.agreement_id)
    .outerjoin(ReceivedReport, ReceivedReport.id == Result.report_id),
    "activities": select(Activity.id, Activity.partner_id),
    "duties": select(ReportingDuty.id, func.coalesce(ReportingDuty.organisation_id, Agreement.partner_id)).outerjoin(
        Agreement, Agreement.id == ReportingDuty.agreement_id
    ),
    "sources": select(Source.id, Source.reporter_id),
    "partners": select(Organisation.id, Organisation.id),
}
_DATED: Mapping[str, Any] = {
    "results": select(Result.id, Result.ends_on),
    "activities": select(Activity.id, Activity.starts_on),
    "duties": select(ReportingDuty.id, ReportingDuty.due_on),
}
_WHOSE: Mapping[str, Callable[[Session, str], Mapping[UUID, UUID | date]]] = {
    "partner_is": partners_of,
    "office_is": offices_of,
    "quarter_is": quarters_of,
}
