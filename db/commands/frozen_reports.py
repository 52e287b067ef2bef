"""Freezing a report, with its files, its answers and the program's version; and marking to whom it went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.base import new_id, there
from db.commands.checking import complete, fill
from db.commands.documents import add_document, keep_content
from db.commands.duties import submit
from db.commands.frozen_stays import FINISHED, IsFrozen
from db.commands.issuing import Destination, Leaving, note_issued
from db.commands.reports import named
from db.deeds import called, deed
from db.errors import NeedsValue, RecordError
from db.fields import field_of
from db.models import Dispatch, FrozenReport, ReportApproval, ReportingDuty, WrittenReport
from db.models.duties import TRANSITIONS as DUTY_STEPS
from db.queries.reports import digest_of
from i18n import N_

PURPOSE = N_("Frozen report")
_WHOM = ("organisation_id", "contact_id", "addressee")


class NotApproved(RecordError):
    message = N_("Nobody has approved this report as it stands. Have it approved, then freeze it.")


@dataclass(frozen=True)
class FrozenFile:
    """One file of a frozen report, and what the register keeps of it."""

    name: str
    language: str
    content: bytes
    leaving: Leaving


@deed(N_("Freeze the report “{title}”"), lasting=True)
def keep_frozen(session: Session, report_id: UUID, program: str, answers: bytes, files: Sequence[FrozenFile]) -> UUID:
    """Keep the issued files, the answers and the program's version; the report is never changed again.

    The register says so in the same breath: of what was refused, or broken off, it says nothing.
    """
    report = named(session, report_id)
    if report.status in FINISHED:
        raise IsFrozen
    digest = digest_of(session, report_id)
    approvals = select(ReportApproval.digest).where(
        ReportApproval.report_id == report_id, ReportApproval.removed_at.is_(None)
    )
    if report.status != "approved" or digest not in session.scalars(approvals).all():
        raise NotApproved
    versions = select(func.max(FrozenReport.version)).join(WrittenReport, WrittenReport.id == FrozenReport.report_id)
    before = session.scalar(versions.where(WrittenReport.id.in_([report_id, report.replaces_id])))
    frozen = FrozenReport(
        id=new_id(),
        report_id=report_id,
        version=(before or 0) + 1,
        frozen_on=date.today(),
        person_id=session.info["person"],
        program=program,
        answers=keep_content(session, answers),
    )
    session.add(frozen)
    session.flush()
    sent = Destination(purpose=PURPOSE, report=report_id)
    for file in files:
        digest = sha256(file.content).hexdigest()
        note_issued(session, file.leaving, digest, program, session.info["person"], sent)
        kept = {"language": file.language, "kind": "report", "audience": report.audience, "dated": frozen.frozen_on}
        add_document(
            session, FrozenReport, frozen.id, file.name, file.content, kept | {"title": PurePath(file.name).stem}
        )
    fill(report, {"status": "frozen"})
    if report.replaces_id:
        fill(there(session, WrittenReport, report.replaces_id), {"status": "replaced"})
    called(session, title=report.title)
    return frozen.id


@deed(N_("Mark the report “{title}” as sent"))
def mark_sent(session: Session, frozen_id: UUID, values: Mapping[str, Any], again: Sequence[UUID] = ()) -> None:
    """Keep to whom a frozen report went: those of earlier dispatches `again`, and whoever is named besides.

    The duty it answers is submitted with it.
    """
    frozen = there(session, FrozenReport, frozen_id)
    report = named(session, frozen.report_id)
    given = {"on": date.today()} | {key: value for key, value in values.items() if value is not None}
    whom = [{key: getattr(there(session, Dispatch, one), key) for key in _WHOM} for one in again]
    if besides := {key: given.pop(key) for key in _WHOM if given.get(key)}:
        whom.append(besides)
    if not whom:
        raise NeedsValue(field_of(Dispatch.addressee).name)
    for one in whom:
        dispatch = Dispatch(id=new_id(), frozen_id=frozen_id)
        fill(dispatch, given | one)
        complete(dispatch)
        session.add(dispatch)
    if report.status == "frozen":
        fill(report, {"status": "sent"})
    duty = there(session, ReportingDuty, report.duty_id) if report.duty_id else None
    if duty is not None and "submitted" in DUTY_STEPS[duty.status]:
        submit(session, duty.id, given["on"])
    called(session, title=report.title)
