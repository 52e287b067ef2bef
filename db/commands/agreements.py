"""What is done to an agreement besides typing its fields: its status moves on, somebody decides on it, it is amended.

A status changes along the legal steps only. Nothing is signed that was not approved as it stands. Once it is signed,
its title, dates and amount, its budget lines and planned tranches change by an amendment, which keeps what stood there.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from db.base import new_id, there
from db.commands.agreed_lines import (
    KEPT,
    LineChange,
    amend_lines,
    budget_line_stays,
    line_only_by_amendment,
    tranche_in_order,
    tranche_stays,
)
from db.commands.checking import fill, in_order
from db.commands.money import budget_line_holds
from db.commands.schedules import follow
from db.deeds import called, deed
from db.errors import InvalidValue, NeedsValue, RecordError
from db.fields import Field, field_of, fields_of
from db.models.agreements import (
    BEFORE_SIGNING,
    TRANSITIONS,
    Agreement,
    Amendment,
    Approval,
    BudgetLine,
    StatusChange,
    Tranche,
)
from db.money import Money, NeedsCurrency
from db.queries.agreed_lines import TERMS, Line
from db.queries.agreements import approved_as_it_is, digest_of, text_of
from i18n import N_, Words

AMENDED = ("title", "starts_on", "ends_on", "currency", "amount")
"""What only an amendment changes once an agreement is signed."""
OVER = ("closed", "cancelled", "terminated")
_STATUS: Field = field_of(Agreement.status)


class IllegalStep(InvalidValue):
    message = N_("An agreement with the status “{status}” cannot become “{wanted}”. It can become: {names}.")

    def __init__(self, status: str, wanted: str) -> None:
        super().__init__(_STATUS.name)
        self.status, self.wanted = status, wanted

    def values(self, words: Words) -> dict[str, str]:
        def name(code: str) -> str:
            return words.gettext(_STATUS.title_of(code))

        legal = words.list([name(code) for code in TRANSITIONS[self.status]])
        return super().values(words) | {"status": name(self.status), "wanted": name(self.wanted), "names": legal}


class NoFurtherStep(IllegalStep):
    message = N_("An agreement with the status “{status}” stays so: no other status follows.")


class NotApproved(InvalidValue):
    message = N_(
        "This agreement cannot be signed: nobody has approved it as it stands now. Have it approved, then sign it."
    )


class NotProlonged(InvalidValue):
    message = N_("This agreement ended on {ends_on}. Amend its end date first, then make it active again.")


class OnlyByAmendment(InvalidValue):
    message = N_("“{field}” of a signed agreement changes only by an amendment.")


class NothingAmended(InvalidValue):
    message = N_("This amendment changes nothing. Give at least one value that differs, or write down why it is made.")


class NotSignedYet(InvalidValue):
    message = N_("Only a signed agreement that still runs can be amended. Edit this one instead.")


class StaysOnceSigned(RecordError):
    message = N_("An agreement that was signed stays in the record. Terminate it or close it: change its status.")


class GoesWithItsAgreement(RecordError):
    message = N_(
        "Who decided on an agreement, its amendments and the steps it took stay with it: they are not removed alone."
    )


class ComesWithItsAgreement(RecordError):
    message = N_("This agreement is in the record: its decisions, amendments and steps are made by actions of its own.")


class UnderItself(InvalidValue):
    message = N_("An agreement cannot stand under itself. Choose another one in “{field}”.")


@deed(N_("Change the status of the agreement {title}"))
def change_status(session: Session, agreement_id: UUID, values: Mapping[str, Any]) -> None:
    """Take one legal step, `status`, `on` a day, for a `reason`."""
    agreement = there(session, Agreement, agreement_id)
    before, after, on = agreement.status, values["status"], values.get("on") or date.today()
    if after not in TRANSITIONS[before]:
        raise (IllegalStep if TRANSITIONS[before] else NoFurtherStep)(before, after or before)
    if after == "signed":
        if not approved_as_it_is(session, agreement_id):
            raise NotApproved(_STATUS.name)
        agreement.signed_on = agreement.signed_on or on
    if before == "ended" and after == "active" and agreement.ends_on and agreement.ends_on < on:
        raise NotProlonged(_STATUS.name, ends_on=agreement.ends_on)
    agreement.status = after
    step = StatusChange(id=new_id(), agreement_id=agreement_id, person_id=session.info["person"])
    fill(step, {"before": before, "after": after, "on": on, "reason": values.get("reason")})
    session.add(step)
    called(session, title=agreement.title)


@deed(N_("Decide on the agreement {title}"), role="manager")
def approve(session: Session, agreement_id: UUID, values: Mapping[str, Any]) -> UUID:
    """Keep a `decision` (or an approval) on the terms as they stand, with their digest."""
    agreement = there(session, Agreement, agreement_id)
    approval = Approval(id=new_id(), agreement_id=agreement_id, digest=digest_of(session, agreement_id))
    decided = {"decision": "approved", "on": date.today(), "person_id": session.info["person"]}
    fill(approval, decided | {key: value for key, value in values.items() if value is not None})
    session.add(approval)
    called(session, title=agreement.title)
    return approval.id


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
        raise NotSignedYet(_STATUS.name)
    if "status" in changes:
        raise OnlyByAmendment(_STATUS.name)
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


def not_under_itself(session: Session, agreement: Agreement) -> None:
    """A framework agreement stands above, never in a ring."""
    above, seen = agreement.parent_id, {agreement.id}
    while above is not None:
        if above in seen:
            raise UnderItself(field_of(Agreement.parent_id).name)
        seen.add(above)
        above = session.scalar(select(Agreement.parent_id).where(Agreement.id == above))


def stays_once_signed(session: Session, id: UUID) -> None:
    """Refuse to remove what was signed."""
    signed = select(Agreement.id).where(Agreement.id == id, Agreement.status.not_in(BEFORE_SIGNING))
    if session.scalar(signed) is not None:
        raise StaysOnceSigned


def comes_with_its_agreement(session: Session, thing: Approval | Amendment | StatusChange) -> None:
    """Refuse to add a decision, an amendment or a step to an agreement that is held, but by its own deed."""
    state: Any = inspect(thing)
    if state.persistent:
        return
    held = select(Agreement.id).where(Agreement.id == thing.agreement_id, Agreement.removed_at.is_(None))
    with session.no_autoflush:
        if session.scalar(held) is not None:
            raise ComesWithItsAgreement


def goes_with_its_agreement(_session: Session, _id: UUID) -> None:
    """Refuse to take a decision, an amendment or a step away from its agreement."""
    raise GoesWithItsAgreement


RULES: Mapping[type[Any], tuple[Any, ...]] = {
    Agreement: (amount_has_currency, not_under_itself),
    BudgetLine: (budget_line_holds,),
    Tranche: (tranche_in_order,),
}
RULES_OF_CHANGING: Mapping[type[Any], tuple[Any, ...]] = {
    Agreement: (only_by_amendment,),
    BudgetLine: (line_only_by_amendment,),
    Tranche: (line_only_by_amendment,),
    Approval: (comes_with_its_agreement,),
    Amendment: (comes_with_its_agreement,),
    StatusChange: (comes_with_its_agreement,),
}
RULES_OF_REMOVING: Mapping[type[Any], Any] = {
    Agreement: stays_once_signed,
    BudgetLine: budget_line_stays,
    Tranche: tranche_stays,
    Approval: goes_with_its_agreement,
    Amendment: goes_with_its_agreement,
    StatusChange: goes_with_its_agreement,
}
BY_DEED: Mapping[type[Any], tuple[str, ...]] = {
    Agreement: ("status",),
    Amendment: ("number", "changes"),
    Approval: ("decision", "digest"),
    StatusChange: ("before", "after"),
}
"""What only these deeds write."""
