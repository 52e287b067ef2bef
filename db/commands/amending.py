"""How a signed agreement changes: by an amendment, which keeps what stood there before.

Title, dates and amount, budget lines and planned tranches are what an amendment changes; nobody types over them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from db.base import new_id, there
from db.commands.agreed_lines import KEPT, LineChange, amend_lines
from db.commands.checking import fill, in_order
from db.commands.schedules import follow
from db.deeds import called, deed
from db.errors import InvalidValue, NeedsValue
from db.fields import field_of, fields_of
from db.models.agreements import BEFORE_SIGNING, Agreement, Amendment
from db.money import Money, NeedsCurrency
from db.queries.agreed_lines import TERMS, Line
from db.queries.agreements import text_of
from i18n import N_

AMENDED = ("title", "starts_on", "ends_on", "currency", "amount")
"""What only an amendment changes once an agreement is signed."""
OVER = ("closed", "cancelled", "terminated")


class OnlyByAmendment(InvalidValue):
    message = N_("“{field}” of a signed agreement changes only by an amendment.")


class NothingAmended(InvalidValue):
    message = N_("This amendment changes nothing. Give at least one value that differs, or write down why it is made.")


class NotSignedYet(InvalidValue):
    message = N_("Only a signed agreement that still runs can be amended. Edit this one instead.")


@deed(N_("Amend the agreement {title}"))
def amend(
    session: Session,
    agreement_id: UUID,
    type: str,
    reason: str | None,
    signed_on: date | None,
    changes: Mapping[str, Any],
    lines: Sequence[LineChange] = (),
) -> UUID:
    """Change a signed agreement and keep what stood there before; amendments are numbered from 1."""
    agreement = there(session, Agreement, agreement_id)
    if agreement.status in BEFORE_SIGNING or agreement.status in OVER:
        raise NotSignedYet(field_of(Agreement.status).name)
    if "status" in changes:
        raise OnlyByAmendment(field_of(Agreement.status).name)
    new = {key: value for key, value in changes.items() if value != getattr(agreement, key)}
    amended = amend_lines(session, agreement_id, lines)
    if not new and not amended and not reason:
        raise NothingAmended(field_of(Amendment.changes).name)
    before, ended_on = _texts(agreement, new), agreement.ends_on
    fill(agreement, new)
    for key in new:
        described = fields_of(Agreement)[key]
        if described.required and getattr(agreement, key) is None:
            raise NeedsValue(described.name)
    in_order(agreement.starts_on, agreement.ends_on)
    amount_has_currency(session, agreement)
    if "ends_on" in new:
        follow(session, agreement_id, ended_on, agreement.ends_on)
    kept: dict[str, Any] = {
        key: {"before": before[key], "after": after} for key, after in _texts(agreement, new).items()
    }
    if amended:
        kept[KEPT] = amended
    number = session.scalar(select(func.max(Amendment.number)).where(Amendment.agreement_id == agreement_id)) or 0
    amendment = Amendment(id=new_id(), agreement_id=agreement_id, number=number + 1)
    fill(amendment, {"type": type, "reason": reason, "signed_on": signed_on, "changes": kept})
    session.add(amendment)
    called(session, title=agreement.title)
    return amendment.id


@deed(N_("Amend the agreement {title}"))
def amend_as_typed(session: Session, agreement_id: UUID, values: Mapping[str, Any]) -> UUID:
    """The same from one form: what the amendment is, and the agreement's fields as they shall be."""
    changes = {key: values[key] for key in AMENDED if key in values}
    what = values["type"], values.get("reason"), values.get("signed_on")
    return amend(session, agreement_id, *what, changes, _lines_in(values))


def line_key(line: type[Line], id: UUID | None, key: str) -> str:
    """The key of a line's field in the one form of an amendment."""
    return f"{line.__tablename__}:{id.hex if id else ''}:{key}"


def _lines_in(values: Mapping[str, Any]) -> list[LineChange]:
    """The lines that stand in a form, each with its fields; an empty new one is none."""
    models: dict[str, type[Line]] = {model.__tablename__: model for model in TERMS}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for name, value in values.items():
        kind, _colon, rest = name.partition(":")
        if kind in models and rest:
            id, _colon, key = rest.partition(":")
            found.setdefault((kind, id), {})[key] = value
    return [
        LineChange(models[kind], UUID(id) if id else None, its)
        for (kind, id), its in found.items()
        if id or any(value for key, value in its.items() if key != "currency")
    ]


def _texts(agreement: Agreement, keys: Iterable[str]) -> dict[str, str | None]:
    """Values as they can be read for themselves, years later: ISO days, amounts with their currency."""
    said = {key: text_of(getattr(agreement, key)) for key in keys}
    if "amount" in said and agreement.amount is not None and agreement.currency:
        said["amount"] = f"{Money.of(agreement.amount, agreement.currency).amount:f} {agreement.currency}"
    return said


def amount_has_currency(_session: Session, thing: Agreement) -> None:
    """An amount without its currency is no money."""
    if thing.amount is not None and not thing.currency:
        raise NeedsCurrency(field_of(Agreement.amount).name)


def only_by_amendment(_session: Session, agreement: Agreement) -> None:
    """Refuse to type over the terms of an agreement that is signed."""
    # One that is new comes as deeds of its own left it in another office; nobody types its status.
    if not inspect(agreement).persistent or agreement.status in BEFORE_SIGNING:
        return
    for key in AMENDED:
        if inspect(agreement).attrs[key].history.has_changes():
            raise OnlyByAmendment(fields_of(Agreement)[key].name)
