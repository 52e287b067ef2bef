"""What donors may still give: the pipeline, weighed by how likely each part is; and a donor at a glance."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.layers import earmarkings
from db.models.activities import ActivityFunding
from db.models.donors import SECURED, STAGES, Contribution
from db.models.engagements import Commitment, Engagement, Question
from db.money import Money
from db.queries.money import NoRate, Sum, office_currency, rates

_OPEN = tuple(code for code, _title in STAGES if code not in (*SECURED, "declined"))
FLEXIBLE = tuple(code for code, each in earmarkings().items() if each.flexible)
"""Earmarkings that count as flexible (Grand Bargain: unearmarked and softly earmarked)."""


@dataclass(frozen=True)
class PipelineSum:
    """What is not yet committed, in one currency; what has no probability is weighed by nobody and stands apart."""

    whole: Money
    weighted: Money
    not_weighted: Money
    count: int


@dataclass(frozen=True)
class Pipeline:
    """What may come, a sum for each currency, and how many talks have no amount yet."""

    sums: tuple[PipelineSum, ...]
    without_amount: int


@dataclass(frozen=True)
class DonorPage:
    """What the page of a donor shows besides its fields."""

    secured: tuple[Money, ...]
    """Committed or more, in each currency."""
    flexible: tuple[Money, ...]
    """Of that, what reached us flexible."""
    together: Sum | NoRate | None
    """All of it in the office's currency with the rates used; of several currencies, else the rate that is missing."""
    earmarking_unknown: int
    pipeline: Pipeline
    open_commitments: int
    overdue_commitments: int
    open_questions: int
    last_engagement: date | None


def pipeline(session: Session, donor_id: UUID | None = None) -> Pipeline:
    """What may come, of all donors or of one."""
    query = select(Contribution).where(Contribution.removed_at.is_(None), Contribution.stage.in_(_OPEN))
    held = session.scalars(query if donor_id is None else query.where(Contribution.donor_id == donor_id)).all()
    counted = [each for each in held if each.amount is not None and each.currency]
    sums = []
    for currency in sorted({each.currency or "" for each in counted}):
        mine = [each for each in counted if each.currency == currency]
        likely = sum(((each.amount or 0) * Decimal(each.probability or 0) / 100 for each in mine), Decimal())
        nobody = sum(each.amount or 0 for each in mine if each.probability is None)
        whole = Money.of(sum(each.amount or 0 for each in mine), currency)
        sums.append(PipelineSum(whole, Money.of(round(likely), currency), Money.of(nobody, currency), len(mine)))
    return Pipeline(tuple(sums), len(held) - len(counted))


def donor_page(session: Session, donor_id: UUID, on: date) -> DonorPage:
    """A donor at a glance, on a day."""
    held = session.scalars(
        select(Contribution).where(
            Contribution.removed_at.is_(None), Contribution.donor_id == donor_id, Contribution.stage.in_(SECURED)
        )
    ).all()
    promised = session.scalars(
        select(Commitment).where(
            Commitment.removed_at.is_(None), Commitment.organisation_id == donor_id, Commitment.done_on.is_(None)
        )
    ).all()
    asked = select(func.count()).where(
        Question.removed_at.is_(None), Question.organisation_id == donor_id, Question.answered_on.is_(None)
    )
    met = select(func.max(Engagement.on)).where(
        Engagement.removed_at.is_(None), Engagement.organisation_id == donor_id, Engagement.on <= on
    )
    return DonorPage(
        secured=_sums(held),
        flexible=_sums([each for each in held if each.earmarking in FLEXIBLE]),
        together=_together(session, _sums(held), on),
        earmarking_unknown=sum(each.earmarking is None for each in held),
        pipeline=pipeline(session, donor_id),
        open_commitments=len(promised),
        overdue_commitments=sum(each.due_on is not None and each.due_on < on for each in promised),
        open_questions=session.scalar(asked) or 0,
        last_engagement=session.scalar(met),
    )


def without_contribution(session: Session, contribution_id: UUID) -> int:
    """How many activities name the donor of a contribution and none of its money, where none names the contribution."""
    of_it = ActivityFunding.contribution_id == contribution_id, ActivityFunding.removed_at.is_(None)
    if session.scalar(select(ActivityFunding.id).where(*of_it).limit(1)) is not None:
        return 0
    donor = select(Contribution.donor_id).where(Contribution.id == contribution_id).scalar_subquery()
    bare = ActivityFunding.contribution_id.is_(None), ActivityFunding.removed_at.is_(None)
    named = select(func.count(ActivityFunding.activity_id.distinct())).where(ActivityFunding.donor_id == donor, *bare)
    return session.scalar(named) or 0


def _together(session: Session, sums: tuple[Money, ...], on: date) -> Sum | NoRate | None:
    """Amounts in one currency, where there are several or another one than the office's."""
    to = office_currency(session)
    if to is None or {each.currency for each in sums} <= {to}:
        return None
    try:
        return rates(session).sum(sums, to, on)
    except NoRate as lacking:
        return lacking if len(sums) > 1 else None


def _sums(held: Iterable[Contribution]) -> tuple[Money, ...]:
    sums: Counter[str] = Counter()
    for each in held:
        if each.amount is not None and each.currency:
            sums[each.currency] += each.amount
    return tuple(Money.of(sums[currency], currency) for currency in sorted(sums))
