"""What may be lacking in a record, as data: of which kind it is, what it is looked for among, and what tells it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    Activity,
    Agreement,
    Breakdown,
    Organisation,
    OrganisationRole,
    Place,
    ReceivedReport,
    ReportingDuty,
    Result,
    Source,
)
from db.models.results import CORRECTED, COUNTS, PEOPLE
from db.queries.duplicate_places import duplicate_places
from db.queries.duplicates import Pair, duplicates
from db.queries.duties import is_received
from db.queries.paid import results_of
from db.queries.scope import Scope, activities_in, within
from db.queries.women_led import status_held
from i18n import N_

Conditions = list[ColumnElement[bool]]


@dataclass(frozen=True)
class Check:
    """Something that may be lacking: of which kind, among which of them, and what tells that it is."""

    kind: str
    code: str
    title: str
    among: Callable[[Scope, date], Conditions]
    lacks: ColumnElement[bool] | Callable[[Session], Collection[UUID]]


def _overlapping(first: Any, last: Any, scope: Scope) -> Conditions:
    found: Conditions = []
    if scope.starts_on:
        found.append(or_(last.is_(None), last >= scope.starts_on))
    if scope.ends_on:
        found.append(or_(first.is_(None), first <= scope.ends_on))
    return found


def _all_figures(scope: Scope, _day: date) -> Conditions:
    """Figures of the period; what a programme published is not the office's to complete."""
    found = [Result.removed_at.is_(None), Result.item_id.is_(None), *results_of(scope)]
    if scope.place:
        found.append(Result.place_id.in_(within(scope.place)))
    return found + _overlapping(Result.starts_on, Result.ends_on, scope)


def _figures(scope: Scope, day: date) -> Conditions:
    return [COUNTS, *_all_figures(scope, day)]


def _people(scope: Scope, day: date) -> Conditions:
    return [*_figures(scope, day), Result.unit.in_(PEOPLE), Result.value.is_not(None)]


def _activities(scope: Scope, _day: date) -> Conditions:
    return activities_in(scope)


def _sources(scope: Scope, _day: date) -> Conditions:
    found = [Source.removed_at.is_(None), Source.kind != "programme"]
    if scope.partner:
        found.append(Source.reporter_id == scope.partner)
    return found + _overlapping(Source.received_on, Source.received_on, scope)


def _owed(scope: Scope, day: date) -> Conditions:
    """What partners owed us with a day in the period that has passed."""
    last = min(scope.ends_on or day, day)
    found = [ReportingDuty.removed_at.is_(None), ReportingDuty.direction == "in", ReportingDuty.status != "waived"]
    found.append(ReportingDuty.due_on <= last)
    if scope.starts_on:
        found.append(ReportingDuty.due_on >= scope.starts_on)
    if scope.partner:
        theirs = select(Agreement.id).where(Agreement.partner_id == scope.partner)
        found.append(or_(ReportingDuty.organisation_id == scope.partner, ReportingDuty.agreement_id.in_(theirs)))
    return found


def _partners(scope: Scope, _day: date) -> Conditions:
    playing = select(OrganisationRole.organisation_id).where(
        OrganisationRole.role == "partner", OrganisationRole.removed_at.is_(None)
    )
    found: Conditions = [Organisation.removed_at.is_(None), Organisation.id.in_(playing)]
    if scope.partner:
        found.append(Organisation.id == scope.partner)
    return found


def _places(_scope: Scope, _day: date) -> Conditions:
    return [Place.removed_at.is_(None)]


def _split(what: ColumnElement[bool]) -> ColumnElement[bool]:
    """No part of a figure says this."""
    parts = select(Breakdown.result_id).where(Breakdown.removed_at.is_(None), Breakdown.value.is_not(None), what)
    return Result.id.not_in(parts)


def _both(pairs: Callable[[Session], Iterable[Pair]]) -> Callable[[Session], Collection[UUID]]:
    return lambda session: {id for pair in pairs(session) for id in (pair.first, pair.second)}


_placed = select(Activity.id).where(Activity.place_id.is_not(None))
_nowhere = and_(Result.place_id.is_(None), or_(Result.activity_id.is_(None), Result.activity_id.not_in(_placed)))
_no_period = and_(Result.activity_id.is_(None), or_(Result.starts_on.is_(None), Result.ends_on.is_(None)))
_counted = select(Result.activity_id).where(COUNTS, Result.activity_id.is_not(None))
_estimated = select(Breakdown.result_id).where(Breakdown.removed_at.is_(None), Breakdown.method == "estimated")

_typed_in_late = select(ReceivedReport.duty_id).where(
    ReceivedReport.removed_at.is_(None),
    ReceivedReport.duty_id == ReportingDuty.id,
    ReceivedReport.received_on > ReportingDuty.due_on,
)
_came_late = or_(
    func.coalesce(ReportingDuty.submitted_on > ReportingDuty.due_on, False),
    _typed_in_late.correlate(ReportingDuty).exists(),
)

CHECKS: tuple[Check, ...] = (
    Check("results", "missing", N_("No figure, with its reason"), _figures, Result.value.is_(None)),
    Check("results", "no_sex", N_("People not split by sex"), _people, _split(Breakdown.sex.is_not(None))),
    Check("results", "no_age", N_("People not split by age"), _people, _split(Breakdown.age_band.is_not(None))),
    Check(
        "results",
        "no_disability",
        N_("Disability not counted"),
        _people,
        _split(Breakdown.disability.is_not(None)),
    ),
    Check("results", "estimated", N_("Split by a ratio and not counted"), _people, Result.id.in_(_estimated)),
    Check("results", "no_place", N_("No place"), _figures, _nowhere),
    Check("results", "no_period", N_("No period"), _figures, _no_period),
    Check("results", "no_rule", N_("Counting rule not stated"), _people, Result.counting == "not_stated"),
    Check("results", "corrected", N_("Corrected by a newer figure"), _all_figures, CORRECTED),
    Check("activities", "no_start", N_("No start date"), _activities, Activity.starts_on.is_(None)),
    Check("activities", "no_end", N_("No end date"), _activities, Activity.ends_on.is_(None)),
    Check("activities", "no_place", N_("No place"), _activities, Activity.place_id.is_(None)),
    Check("activities", "no_sector", N_("No sector"), _activities, Activity.sector.is_(None)),
    Check("activities", "no_status", N_("No status"), _activities, Activity.status.is_(None)),
    Check("activities", "no_figure", N_("No figure of people"), _activities, Activity.id.not_in(_counted)),
    Check("duties", "not_come", N_("Past its day and not received"), _owed, ~is_received()),
    Check("duties", "came_late", N_("Received after its day"), _owed, _came_late),
    Check("duties", "sent_back", N_("Sent back and not received again"), _owed, ReportingDuty.status == "sent_back"),
    Check("sources", "problems", N_("Rows left out, to be put right"), _sources, func.coalesce(Source.problems, 0) > 0),
    Check("sources", "doubles", N_("Rows left out as doubles"), _sources, func.coalesce(Source.doubles, 0) > 0),
    Check("partners", "not_assessed", N_("Whether women lead it is not known"), _partners, status_held() == "unknown"),
    Check("partners", "no_type", N_("Type not noted"), _partners, Organisation.type.is_(None)),
    Check(
        "partners",
        "no_affiliation",
        N_("Whom it belongs to is not noted"),
        _partners,
        Organisation.affiliated.is_(None),
    ),
    Check(
        "partners",
        "no_naming",
        N_("Whether it may be named is not noted"),
        _partners,
        Organisation.may_be_named.is_(None),
    ),
    Check("partners", "double", N_("May be held twice"), _partners, _both(duplicates)),
    Check("places", "double", N_("May be held twice"), _places, _both(duplicate_places)),
    Check("places", "no_code", N_("No P-code"), _places, Place.pcode.is_(None)),
)
