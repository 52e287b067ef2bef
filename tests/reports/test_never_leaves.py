"""Flags, findings, notes in confidence and sanctions results stay in: no report that leaves is different for them."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.entries import add
from db.deeds import deed
from db.models import Answer, Assessment, ConfidentialNote, Flag, Organisation, Screening
from db.record import Record
from desktop.deliver import FORMS, Order, clear, gather, made
from desktop.guard.audiences import Audience
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.reports.offer import REPORTS, report_called
from tests.builders import copied
from tests.reports.every import asked_of

SECRET = "zqxjkv"
LEAVING = (Audience.DONOR, Audience.PUBLIC, Audience.PARTNER)
OFFERED = [report.name for report in REPORTS if report.name != "held" and not report.only]


@deed("Find what must not leave")
def find_out(session: Session) -> None:
    """What was found out about every organisation, and every finding of every assessment."""
    today = date(2026, 6, 1)
    for organisation in session.scalars(select(Organisation.id).where(Organisation.removed_at.is_(None))).all():
        told = {"organisation_id": organisation}
        add(session, Flag, {**told, "level": "red", "category": "sea", "raised_on": today, "body": SECRET})
        add(session, ConfidentialNote, {**told, "written_on": today, "body": SECRET})
        add(
            session,
            Screening,
            {**told, "screened_on": today, "list": SECRET, "result": "match", "reference": SECRET},
        )
    for assessment in session.scalars(select(Assessment)):
        assessment.notes = SECRET
    for answer in session.scalars(select(Answer)):
        answer.evidence = SECRET


def printed(record: Record, name: str, audience: Audience, form: str = "text") -> bytes:
    asked = asked_of(record, report_called(name), audience)
    order = Order(name, asked, "en", form, attach=True)  # type: ignore[arg-type]
    return made(clear(gather(record, order), asked), order).content


def read(content: bytes, form: str) -> str:
    """All that a file says, its attachments and its properties too."""
    if form == "pdf":
        with pypdfium2.PdfDocument(content) as pdf:
            told = [page.get_textpage().get_text_range() for page in pdf]
            told += [bytes(pdf.get_attachment(one).get_data()).decode() for one in range(pdf.count_attachments())]
            return "\n".join([*told, *pdf.get_metadata_dict().values()])
    if form in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return "\n".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    return content.decode()


@pytest.fixture(scope="module")
def before_and_after(
    practice_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[tuple[str, Audience], str], Record]]:
    """Each report as it would leave before anything was found out, and the record afterwards."""
    path = copied(practice_file, tmp_path_factory.mktemp("never") / "never.jalon")
    with Record.open(path, PRACTICE_PASSPHRASE) as record:
        before = {
            (name, audience): printed(record, name, audience).decode() for name in OFFERED for audience in LEAVING
        }
        record.write(find_out)
        yield before, record


@pytest.mark.parametrize("audience", LEAVING)
@pytest.mark.parametrize("name", OFFERED)
def test_a_report_says_the_same_whatever_was_found_out(
    before_and_after: tuple[dict[tuple[str, Audience], str], Record], name: str, audience: Audience
) -> None:
    before, record = before_and_after
    assert printed(record, name, audience).decode() == before[name, audience]


@pytest.mark.parametrize("name", OFFERED)
def test_no_format_of_any_report_carries_it(
    before_and_after: tuple[dict[tuple[str, Audience], str], Record], name: str
) -> None:
    _before, record = before_and_after
    for form in FORMS:
        assert not re.search(SECRET, read(printed(record, name, Audience.DONOR, form), form), re.IGNORECASE)


def test_the_report_to_the_partner_itself_says_what_is_held(
    before_and_after: tuple[dict[tuple[str, Audience], str], Record],
) -> None:
    """So that the tests above would notice."""
    _before, record = before_and_after
    told = printed(record, "held", Audience.PARTNER).decode()
    assert SECRET in told
