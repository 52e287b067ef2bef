"""A written report with all its parts, and what has become of it: approvals, frozen versions, to whom they went.

A translation made from an original that has changed since is a draft again, as for every text of the record
(`db.queries.texts`); an approval of something that has changed since is stale.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import prose
from db.base import there
from db.fields import fields_of
from db.models import (
    Contact,
    Dispatch,
    FrozenReport,
    Organisation,
    ReportApproval,
    Section,
    SectionText,
    WrittenReport,
)
from db.prose import Prose
from db.queries.agreements import text_of
from db.queries.documents import Kept, documents_of
from db.queries.report_lines import HEADING, LINES, WrittenLine, approved_of, lines_in
from db.queries.texts import DRAFT, ORIGINAL, Translation

_NOT_APPROVED = ("status",)
"""What of a report may change without its approval becoming stale."""


@dataclass(frozen=True)
class WrittenText:
    """The prose of a part in one language; `outdated` where the original has changed since it was made."""

    id: UUID
    language: str
    prose: Prose
    status: str
    outdated: bool
    made_from: str | None = None
    """The digest of the original that a translation was made from."""


@dataclass(frozen=True)
class WrittenSection:
    """One part of a report as its writer has it."""

    id: UUID
    part: str
    shown: bool
    heading: str | None
    words: int | None
    texts: tuple[WrittenText, ...]
    headings: tuple[Translation, ...] = ()
    """Its heading in other languages than the report's."""

    def text(self, language: str) -> WrittenText | None:
        """Its prose in this language, where there is any."""
        return next((text for text in self.texts if text.language == language), None)


@dataclass(frozen=True)
class Approved:
    """Who approved it and when; `stale` where something was changed since."""

    id: UUID
    name: str
    function: str | None
    on: date
    stale: bool
    document_id: UUID | None


@dataclass(frozen=True)
class Sent:
    """To whom a frozen report went, and how."""

    id: UUID
    organisation_id: UUID | None
    organisation: str | None
    contact_id: UUID | None
    contact: str | None
    addressee: str | None
    on: date
    channel: str

    @property
    def whom(self) -> tuple[UUID | None, UUID | None, str | None]:
        """What tells one addressee from another."""
        return self.organisation_id, self.contact_id, self.addressee


@dataclass(frozen=True)
class Frozen:
    """A frozen version with its files."""

    id: UUID
    version: int
    on: date
    program: str
    answers: str
    files: tuple[Kept, ...]
    sent: tuple[Sent, ...]


@dataclass(frozen=True)
class Replaced:
    """The report that another one replaces: what it was called, and to whom it went last."""

    id: UUID
    title: str
    frozen: tuple[Frozen, ...]

    @property
    def sent(self) -> tuple[Sent, ...]:
        """Everybody who has it, the newest first."""
        return tuple(one for each in self.frozen for one in each.sent)


@dataclass(frozen=True)
class Written:
    """A report with all that belongs to it; `values` are its fields by name."""

    id: UUID
    values: Mapping[str, Any]
    sections: tuple[WrittenSection, ...]
    approvals: tuple[Approved, ...]
    frozen: tuple[Frozen, ...]
    replaces: Replaced | None
    texts: tuple[Translation, ...] = ()
    """Its title and its summary in other languages."""

    @property
    def lines(self) -> tuple[WrittenLine, ...]:
        """Its title, its summary and the headings of its own, as far as it has them."""
        own = [
            WrittenLine(field, self.values[field] or "", tuple(one for one in self.texts if one.field == field))
            for field in LINES
        ]
        heads = [WrittenLine(HEADING, one.heading or "", one.headings, one.part) for one in self.sections if one.shown]
        return tuple(line for line in (*own, *heads) if line.original)

    @property
    def approved(self) -> bool:
        """Whether somebody approved it as it stands."""
        return any(not each.stale for each in self.approvals)

    @property
    def versions(self) -> tuple[Frozen, ...]:
        """Its frozen versions and those of the report that it replaces, the newest first."""
        return self.frozen + (self.replaces.frozen if self.replaces else ())

    @property
    def waiting(self) -> tuple[Sent, ...]:
        """To whom the version before went, and this one has not gone yet."""
        had = self.replaces.sent if self.replaces else ()
        served = {one.whom for frozen in self.frozen for one in frozen.sent}
        return tuple(one for one in had if one.whom not in served)


def written(session: Session, id: UUID) -> Written:
    """One report."""
    report = there(session, WrittenReport, id)
    digest = digest_of(session, id)
    approvals = session.scalars(
        select(ReportApproval)
        .where(ReportApproval.report_id == id, ReportApproval.removed_at.is_(None))
        .order_by(ReportApproval.on.desc(), ReportApproval.row.desc())
    )
    return Written(
        id,
        {key: getattr(report, key) for key in fields_of(WrittenReport)},
        sections_of(session, id),
        tuple(Approved(a.id, a.name, a.function, a.on, a.digest != digest, a.document_id) for a in approvals),
        frozen_of(session, id),
        _replaced(session, report.replaces_id),
        tuple(text for field in LINES for text in lines_in(session, {id: getattr(report, field)}, field)[id]),
    )


def sections_of(session: Session, report_id: UUID) -> tuple[WrittenSection, ...]:
    """The parts of a report in their order, with the prose of each in every language, the original first."""
    texts: dict[UUID, list[SectionText]] = defaultdict(list)
    for text in session.scalars(
        select(SectionText)
        .join(Section, Section.id == SectionText.section_id)
        .where(Section.report_id == report_id, SectionText.removed_at.is_(None))
        .order_by(SectionText.language)
    ):
        texts[text.section_id].append(text)
    sections = session.scalars(
        select(Section)
        .where(Section.report_id == report_id, Section.removed_at.is_(None))
        .order_by(Section.position, Section.row)
    )
    held = sections.all()
    headings = lines_in(session, {each.id: each.heading for each in held}, HEADING)
    return tuple(
        WrittenSection(
            each.id, each.part, each.shown, each.heading, each.words, _texts(texts[each.id]), headings[each.id]
        )
        for each in held
    )


def frozen_of(session: Session, report_id: UUID) -> tuple[Frozen, ...]:
    """The frozen versions of a report, the newest first."""
    rows = session.scalars(
        select(FrozenReport)
        .where(FrozenReport.report_id == report_id, FrozenReport.removed_at.is_(None))
        .order_by(FrozenReport.version.desc())
    )
    return tuple(
        Frozen(
            row.id,
            row.version,
            row.frozen_on,
            row.program,
            row.answers,
            tuple(reversed(documents_of(session, row.id))),
            _sent(session, row.id),
        )
        for row in rows
    )


def digest_of(session: Session, report_id: UUID) -> str:
    """The digest of all that is approved with a report: its fields, its parts and their texts in every language."""
    session.flush()
    report = there(session, WrittenReport, report_id)
    terms: list[Any] = [{k: text_of(getattr(report, k)) for k in fields_of(WrittenReport) if k not in _NOT_APPROVED}]
    lines = [
        text for field in LINES for text in lines_in(session, {report_id: getattr(report, field)}, field)[report_id]
    ]
    terms += approved_of(lines)
    for each in sections_of(session, report_id):
        texts = [(text.language, text.status, prose.data_of(text.prose)) for text in each.texts]
        terms.append((each.part, each.shown, each.heading, texts, *approved_of(each.headings)))
    return hashlib.sha256(json.dumps(terms, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _texts(rows: list[SectionText]) -> tuple[WrittenText, ...]:
    read = [(row, prose.read(row.body)) for row in rows]
    original = next((said for row, said in read if row.status == ORIGINAL), ())
    now = prose.digest_of(original)
    found = []
    for row, said in read:
        outdated = row.status != ORIGINAL and row.made_from is not None and row.made_from != now
        found.append(
            WrittenText(row.id, row.language, said, DRAFT if outdated else row.status, outdated, row.made_from)
        )
    return tuple(sorted(found, key=lambda text: text.status != ORIGINAL))


def _sent(session: Session, frozen_id: UUID) -> tuple[Sent, ...]:
    rows = session.execute(
        select(Dispatch, Organisation.name, Contact.name)
        .outerjoin(Organisation, Organisation.id == Dispatch.organisation_id)
        .outerjoin(Contact, Contact.id == Dispatch.contact_id)
        .where(Dispatch.frozen_id == frozen_id, Dispatch.removed_at.is_(None))
        .order_by(Dispatch.on.desc(), Dispatch.row.desc())
    )
    return tuple(
        Sent(d.id, d.organisation_id, organisation, d.contact_id, contact, d.addressee, d.on, d.channel)
        for d, organisation, contact in rows
    )


def _replaced(session: Session, id: UUID | None) -> Replaced | None:
    if id is None:
        return None
    title = session.scalar(select(WrittenReport.title).where(WrittenReport.id == id)) or ""
    return Replaced(id, title, frozen_of(session, id))
