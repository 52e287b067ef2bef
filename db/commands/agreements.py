"""What is done to an agreement besides typing its fields: its status moves on, somebody decides on it.

A status changes along the legal steps only. Nothing is signed that was not approved as it stands. What is
signed changes as `amending.py` says; the rules of both are collected here.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from db.base import new_id, there
from db.commands.agreed_lines import (
    budget_line_stays,
    line_only_by_amendment,
    tranche_in_order,
    tranche_stays,
)
from db.commands.amending import amount_has_currency, only_by_amendment
from db.commands.checking import fill
from db.commands.money import budget_line_holds
from db.deeds import called, deed
from db.errors import InvalidValue, RecordError
from db.fields import Field, field_of
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
from db.queries.agreements import approved_as_it_is, digest_of
from i18n import N_, Words

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
