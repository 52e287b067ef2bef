"""What was frozen stays: a report, its parts, its files and who approved it are never changed again, only replaced."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from db.base import there
from db.errors import RecordError
from db.fields import fields_of
from db.models import Document, FrozenReport, ReportApproval, Section, SectionText, Text, WrittenReport
from i18n import N_

FINISHED = ("frozen", "sent", "replaced")


class IsFrozen(RecordError):
    message = N_("This report is frozen: what left is kept as it was. Correct it by a new version.")


class ApprovalStays(RecordError):
    message = N_("This approval is of a frozen report and stays as it is. Only its signed page can be linked to it.")


def not_frozen(session: Session, thing: WrittenReport | Section | SectionText | Document | Text) -> None:
    """Nothing of a frozen report is changed, its files and its title in other languages included."""
    match thing:
        case WrittenReport():
            status: str | None = thing.status
        case Section():
            status = _status(session, thing.report_id)
        case SectionText():
            whole = select(WrittenReport.status).join(Section, Section.report_id == WrittenReport.id)
            status = session.scalar(whole.where(Section.id == thing.section_id))
        case Document():
            whole = select(WrittenReport.status).join(FrozenReport, FrozenReport.report_id == WrittenReport.id)
            status = session.scalar(whole.where(FrozenReport.id == thing.owner_id))
        case Text():
            part = select(Section.report_id).where(Section.id == thing.owner_id)
            status = _status(session, session.scalar(part) or thing.owner_id)
    if status in FINISHED:
        raise IsFrozen


def approval_stays(session: Session, approval: ReportApproval) -> None:
    """Who approved a report that is frozen, and what, stays; the signed page may come later."""
    typed: Any = inspect(approval).attrs
    changed = {key for key in fields_of(ReportApproval) if typed[key].history.has_changes()}
    concerned = {approval.report_id, *typed["report_id"].history.deleted}
    if changed - {"document_id"} and any(_status(session, one) in FINISHED for one in concerned):
        raise ApprovalStays


def report_stays(session: Session, id: UUID) -> None:
    """A report that was frozen stays in the record."""
    status = _status(session, id)
    if status is None or status in FINISHED:
        raise IsFrozen


def whole_stays(
    entity: type[Section] | type[SectionText] | type[Document] | type[Text],
) -> Callable[[Session, UUID], None]:
    """What cannot be changed in a frozen report cannot be removed from it."""
    return lambda session, id: not_frozen(session, there(session, entity, id))


def approval_remains(session: Session, id: UUID) -> None:
    """It is not removed either."""
    if _status(session, there(session, ReportApproval, id).report_id) in FINISHED:
        raise ApprovalStays


def _status(session: Session, report_id: UUID) -> str | None:
    return session.scalar(select(WrittenReport.status).where(WrittenReport.id == report_id))
