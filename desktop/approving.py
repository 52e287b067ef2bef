"""Approving a written report together with the page that was signed: the window and the verbs come this way."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from db.commands.reports import SignedPage, approve_report
from db.errors import InvalidValue
from db.fields import field_of
from db.models import ReportApproval
from db.record import Record
from desktop.foreign import read_document
from i18n import N_


class PageUnreadable(InvalidValue):
    message = N_("“{field}”: the file {path} could not be read. Look whether it is there, or choose it again.")


def approve(record: Record, report_id: UUID, values: Mapping[str, Any], page: Path | None = None) -> UUID:
    """Keep who approved a report as it stands, and the page they signed where there is one."""
    return record.write(approve_report, report_id, values, _signed(page) if page else None)


def _signed(page: Path) -> SignedPage:
    try:
        return SignedPage(page.name, read_document(page))
    except OSError as refused:
        raise PageUnreadable(field_of(ReportApproval.document_id).name, path=page) from refused
