"""The budget lines and planned tranches of a signed agreement: an amendment changes them, and keeps what they were.

Payments and what was accounted for are no terms: they are typed in as they come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, inspect, or_, select
from sqlalchemy.orm import Session

from db.base import new_id, now
from db.commands.checking import complete, fill
from db.commands.money import budget_line_holds
from db.errors import InvalidValue, NeedsValue, NotThere
from db.fields import Kind, field_of, fields_of
from db.models.agreements import BEFORE_SIGNING, Agreement, BudgetLine, Tranche
from db.money import Money
from db.queries.agreed_lines import PLANNED, TERMS, Line, unplanned
from db.queries.agreements import text_of
from i18n import N_

KEPT = "lines"
"""Where an amendment keeps the lines among its changes."""


class LineOnlyByAmendment(InvalidValue):
    message = N_(
        "“{field}” belongs to a signed agreement. Open the agreement, choose “Amend…” and change it there: "
        "the amendment keeps what stood before."
    )


class MoreThanPaid(InvalidValue):
    message = N_("“{field}” is more than the tranche itself. Check both amounts.")


@dataclass(frozen=True)
class LineChange:
    """What an amendment makes of one line: a new one where there is no id, none at all where there are no values."""

    line: type[Line]
    id: UUID | None
    values: Mapping[str, Any] | None


def line_only_by_amendment(session: Session, line: Line) -> None:
    """Refuse to type over, or to add to, what was agreed line by line."""
    state: Any = inspect(line)
    moved = state.attrs["agreement_id"].history
    whole = {line.agreement_id, *(moved.deleted or ())}
    signed = select(Agreement.id).where(Agreement.id.in_(whole), Agreement.status.not_in(BEFORE_SIGNING))
    with session.no_autoflush:
        if session.scalar(signed.limit(1)) is None:
            return
    described = fields_of(type(line))
    if not state.persistent:
        if unplanned(type(line), {key: getattr(line, key) for key in described}):
            return
        typed = (key for key in PLANNED if isinstance(line, Tranche) and getattr(line, key) is not None)
        raise LineOnlyByAmendment(described[next(typed, "title")].name)
    for key in ("agreement_id", *TERMS[type(line)]):
        if state.attrs[key].history.has_changes():
            raise LineOnlyByAmendment(described[key].name)


def tranche_in_order(_session: Session, tranche: Tranche) -> None:
    """What was paid has its day, and nobody accounts for more than was paid."""
    if tranche.paid_amount is not None and tranche.paid_on is None:
        raise NeedsValue(field_of(Tranche.paid_on).name)
    paid = tranche.paid_amount or 0
    if (tranche.liquidated_amount or 0) > paid:
        raise MoreThanPaid(field_of(Tranche.liquidated_amount).name)
    if (tranche.overhead_amount or 0) > max(paid, tranche.planned_amount or 0):
        raise MoreThanPaid(field_of(Tranche.overhead_amount).name)


def budget_line_stays(session: Session, id: UUID) -> None:
    """Refuse to remove a line of the budget that was agreed."""
    _line_stays(session, BudgetLine, BudgetLine.id == id)


def tranche_stays(session: Session, id: UUID) -> None:
    """Refuse to remove a tranche that was agreed; one that nobody planned may go."""
    planned = or_(*(getattr(Tranche, key).is_not(None) for key in PLANNED))
    _line_stays(session, Tranche, and_(Tranche.id == id, planned))


def _line_stays(session: Session, line: type[Line], which: ColumnElement[bool]) -> None:
    agreed = select(Agreement.id).join(line, line.agreement_id == Agreement.id)
    if session.scalar(agreed.where(which, Agreement.status.not_in(BEFORE_SIGNING))) is not None:
        raise LineOnlyByAmendment(fields_of(line)["title" if line is BudgetLine else "planned_amount"].name)


def amend_lines(session: Session, agreement_id: UUID, lines: Sequence[LineChange]) -> list[dict[str, Any]]:
    """Change, add and strike out lines; each as it was and as it is, where anything differs."""
    kept = []
    for change in lines:
        line = _line(session, agreement_id, change)
        before = {} if change.id is None else _said(line)
        if change.values is None:
            line.removed_at = now()
        else:
            fill(line, {key: value for key, value in change.values.items() if key in TERMS[change.line]})
            complete(line)
            if isinstance(line, BudgetLine):
                budget_line_holds(session, line)
            else:
                tranche_in_order(session, line)
        after = {} if change.values is None else _said(line)
        differs = [key for key in TERMS[change.line] if before.get(key) != after.get(key)]
        if differs:
            session.add(line)
            kept.append(
                {
                    "kind": change.line.__tablename__,
                    "id": line.id.hex,
                    "title": line.title if isinstance(line, BudgetLine) else str(line.number),
                    "before": {key: before.get(key) for key in differs},
                    "after": {key: after.get(key) for key in differs},
                }
            )
    return kept


def _line(session: Session, agreement_id: UUID, change: LineChange) -> Line:
    model: Any = change.line
    mine = session.scalars(
        select(model).where(model.agreement_id == agreement_id, model.removed_at.is_(None)).order_by(model.row)
    ).all()
    if change.id is not None:
        found: Line | None = next((line for line in mine if line.id == change.id), None)
        if found is None:
            raise NotThere
        return found
    if model is BudgetLine:
        return BudgetLine(id=new_id(), agreement_id=agreement_id, position=len(mine) + 1)
    numbers = [line.number for line in mine]
    return Tranche(id=new_id(), agreement_id=agreement_id, number=max(numbers, default=0) + 1)


def _said(line: Line) -> dict[str, str | None]:
    """The terms of a line as they can be read for themselves: ISO days, amounts with their currency."""
    described = fields_of(type(line))
    said: dict[str, str | None] = {}
    for key in TERMS[type(line)]:
        value = getattr(line, key)
        if described[key].kind is Kind.MONEY and value is not None:
            said[key] = f"{Money.of(value, line.currency).amount:f} {line.currency}"
        else:
            said[key] = text_of(value)
    return said
