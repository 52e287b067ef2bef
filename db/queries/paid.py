"""Which agreements and figures belong to somebody's money: those that a contribution pays for, a donor, an agreement.

A figure that says of which agreement or activity it is belongs to whatever pays for these, whole, and is never shared
out. One that says neither belongs to whoever asks for its indicator.
"""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from db.models import Activity, Agreement, Allocation, BudgetLine, Contribution, ReceivedReport, Result
from db.queries import selection
from db.queries.scope import Scope, activities_in, scope_told, told
from db.queries.selection import Behind


def agreements_of(scope: Scope) -> Select[UUID]:
    """The agreements of this money: allocated to or budgeted under; all of a partner's where no money is asked for."""
    query = select(Agreement.id).where(Agreement.removed_at.is_(None))
    if scope.agreement:
        query = query.where(Agreement.id == scope.agreement)
    if scope.partner:
        query = query.where(Agreement.partner_id == scope.partner)
    if (money := _contributions(scope)) is not None:
        allocated = select(Allocation.agreement_id).where(
            Allocation.contribution_id.in_(money),
            Allocation.agreement_id.is_not(None),
            Allocation.removed_at.is_(None),
        )
        budgeted = select(BudgetLine.agreement_id).where(
            BudgetLine.contribution_id.in_(money), BudgetLine.removed_at.is_(None)
        )
        query = query.where(or_(Agreement.id.in_(allocated), Agreement.id.in_(budgeted)))
    return query


def activities_of(scope: Scope) -> list[ColumnElement[bool]]:
    """The conditions that an activity fulfils when this money pays for it, directly or through its agreement."""
    around = replace(scope, donor=None, contribution=None)
    if not (scope.donor or scope.contribution):
        return activities_in(around)
    money = Scope(donor=scope.donor, contribution=scope.contribution)
    paid = select(Activity.id).where(*activities_in(money))
    return [*activities_in(around), or_(Activity.id.in_(paid), Activity.agreement_id.in_(agreements_of(money)))]


def behind_paid(scope: Scope, change: int) -> Behind:
    """The selection behind a figure of the activities of this money."""
    figure = ";".join(f"{key}={value}" for key, value in told(scope).items())
    return Behind("activities", (("paid", figure),), change)


def paid_activities(session: Session, figure: str) -> Collection[UUID]:
    """The activities behind such a figure, found anew."""
    with selection.read(figure) as asked:
        scope = scope_told(asked)
    return session.scalars(select(Activity.id).where(*activities_of(scope))).all()


def results_of(scope: Scope) -> list[ColumnElement[bool]]:
    """The conditions that a figure fulfils when it belongs to this money, whatever its period and place."""
    if not (scope.contribution or scope.donor or scope.agreement or scope.partner):
        return []
    activities = select(Activity.id).where(*activities_of(replace(scope, starts_on=None, ends_on=None, place=None)))
    conditions: list[ColumnElement[bool]] = [
        or_(Result.agreement_id.is_(None), Result.agreement_id.in_(agreements_of(scope))),
        or_(Result.activity_id.is_(None), Result.activity_id.in_(activities), Result.agreement_id.is_not(None)),
    ]
    if scope.partner:
        told = select(ReceivedReport.id).where(ReceivedReport.organisation_id == scope.partner)
        conditions.append(
            or_(
                Result.agreement_id.is_not(None),
                Result.activity_id.is_not(None),
                and_(Result.report_id.is_not(None), Result.report_id.in_(told)),
            )
        )
    return conditions


def _contributions(scope: Scope) -> Select[UUID] | None:
    query = select(Contribution.id).where(Contribution.removed_at.is_(None))
    if scope.contribution:
        return query.where(Contribution.id == scope.contribution)
    return query.where(Contribution.donor_id == scope.donor) if scope.donor else None
