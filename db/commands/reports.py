"""Writing reports: begun, arranged, written and translated, approved, replaced by a corrected version.

What is frozen (`frozen_reports`) never changes again: it is replaced. Whoever changes an approved report takes its
approval's ground away, so it is being written again.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import prose
from db.base import Entity, new_id, there
from db.commands.checking import complete, fill, in_order
from db.commands.documents import add_document
from db.commands.frozen_stays import (
    FINISHED,
    IsFrozen,
    approval_remains,
    approval_stays,
    not_frozen,
    report_stays,
    whole_stays,
)
from db.commands.report_lines import Line, carry_texts, put_lines
from db.commands.report_parts import StartedPart, add_parts, add_text, new_section
from db.deeds import called, deed
from db.errors import AlreadyReplaced, InvalidValue, NeedsValue, NotAChoice, RecordError
from db.fields import field_of, fields_of
from db.models import (
    Document,
    FrozenReport,
    ReportApproval,
    Section,
    SectionText,
    WrittenReport,
)
from db.models.donors import TYPOGRAPHIES
from db.models.reports import TRANSITIONS
from db.queries.reports import digest_of, sections_of
from i18n import N_, Words
from i18n.languages import language as spoken

_STATUS = field_of(WrittenReport.status)


class NotFrozenYet(RecordError):
    message = N_("Only a frozen report is replaced. This one can still be changed.")


class NotALegalStep(InvalidValue):
    message = N_("A report that is “{before}” cannot become “{after}” from there.")

    def __init__(self, before: str, after: str) -> None:
        super().__init__(_STATUS.name)
        self.before, self.after = before, after

    def values(self, words: Words) -> dict[str, str]:
        titles = {"before": _STATUS.title_of(self.before), "after": _STATUS.title_of(self.after)}
        return super().values(words) | {gap: words.gettext(title) for gap, title in titles.items()}


@dataclass(frozen=True)
class Arranged:
    """Where a part stands is its place in the list; whether it is shown, and its heading where it has its own."""

    part: str
    shown: bool = True
    heading: str | None = None


@dataclass(frozen=True)
class SignedPage:
    """The file of a page that somebody signed."""

    file: str
    content: bytes


@deed(N_("Begin the report “{title}”"))
def start_report(session: Session, values: Mapping[str, Any], parts: Sequence[StartedPart] = ()) -> UUID:
    """A report to be written, with the parts it begins with."""
    report = WrittenReport(id=new_id())
    fill(report, {key: value for key, value in values.items() if value is not None})
    complete(report)
    in_order(report.starts_on, report.ends_on)
    can_be_said(session, report)
    session.add(report)
    add_parts(session, report, parts)
    called(session, title=report.title)
    return report.id


@deed(N_("Arrange the parts of the report “{title}”"))
def arrange(session: Session, report_id: UUID, order: Sequence[Arranged]) -> None:
    """Put the parts into this order, left out or shown, under these headings."""
    _open(session, report_id)
    held = {each.part: each for each in _sections(session, report_id)}
    for position, each in enumerate(order):
        section = held.get(each.part) or new_section(session, report_id, each.part, position)
        fill(section, {"position": position, "shown": each.shown, "heading": each.heading or None})


@deed(N_("Write in the report “{title}”"))
def write_text(
    session: Session, report_id: UUID, part: str, language: str, body: Mapping[str, Any], status: str = "draft"
) -> UUID:
    """The prose of one part in one language; in the report's own language it is the original."""
    return _say(session, report_id, part, language, body, status)


@deed(N_("Write in the report “{title}”"))
def write_parts(
    session: Session,
    report_id: UUID,
    order: Sequence[Arranged],
    texts: Sequence[tuple[str, str, Mapping[str, Any], str]],
    lines: Mapping[str, Sequence[Line]] = MappingProxyType({}),
) -> None:
    """Arrange the parts and write these texts: each the part, the language, the prose and its standing.

    `lines` are title, summary and headings in the report's other languages, by language.
    """
    arrange(session, report_id, order)
    for language, its in lines.items():
        put_lines(session, report_id, language, its)
    for each in texts:
        _say(session, report_id, *each)


@deed(N_("Change the status of the report “{title}”"))
def change_status(session: Session, report_id: UUID, values: Mapping[str, Any]) -> None:
    """Take one step of writing and checking; freezing, sending and replacing are deeds of their own."""
    report = named(session, report_id)
    after = str(values.get("status"))
    if after not in TRANSITIONS[report.status] or after in FINISHED:
        raise NotALegalStep(report.status, after)
    fill(report, {"status": after})


@deed(N_("Approve the report “{title}”"))
def approve_report(
    session: Session, report_id: UUID, values: Mapping[str, Any], page: SignedPage | None = None
) -> UUID:
    """Keep who approved it as it stands, `name`, `function`, `on`, with the digest of it and the page they signed."""
    report = named(session, report_id)
    if report.status in FINISHED:
        raise IsFrozen
    approval = ReportApproval(id=new_id(), report_id=report_id, digest=digest_of(session, report_id))
    fill(approval, {"on": date.today()} | {key: value for key, value in values.items() if value is not None})
    complete(approval)
    if page is not None:
        kept = {"kind": "evidence", "dated": approval.on}
        approval.document_id = add_document(session, WrittenReport, report_id, page.file, page.content, kept)
    session.add(approval)
    fill(report, {"status": "approved"})
    called(session, title=report.title)
    return approval.id


@deed(N_("Correct the report “{title}” by a new version"))
def replace_report(session: Session, report_id: UUID, reason: str) -> UUID:
    """A new version of a frozen report, to be written on from what the earlier one said."""
    earlier = named(session, report_id)
    if earlier.status not in ("frozen", "sent"):
        raise NotFrozenYet
    newer = select(WrittenReport.id).where(WrittenReport.replaces_id == report_id, WrittenReport.removed_at.is_(None))
    if session.scalar(newer) is not None:
        raise AlreadyReplaced
    if not reason.strip():
        raise NeedsValue(field_of(WrittenReport.reason).name)
    report = WrittenReport(id=new_id())
    fill(report, {key: getattr(earlier, key) for key in fields_of(WrittenReport)})
    fill(report, {"status": "drafting", "replaces_id": report_id, "reason": reason.strip()})
    session.add(report)
    carry_texts(session, report_id, report.id)
    for position, each in enumerate(sections_of(session, report_id)):
        section = new_section(session, report.id, each.part, position)
        fill(section, {"shown": each.shown, "heading": each.heading, "words": each.words})
        carry_texts(session, each.id, section.id)
        for text in each.texts:
            # One of an original that has changed since is no more up to date for being taken over.
            made_from = text.made_from if text.outdated else None
            add_text(session, section.id, text.language, text.prose, text.status, made_from)
    return report.id


def can_be_said(_session: Session, report: WrittenReport) -> None:
    """Its languages and its typography are known: a form chooses among them, a file or a script writes anything."""
    for key in ("language", "languages"):
        for tag in (getattr(report, key) or "").split(","):
            try:
                if tag.strip():
                    spoken(tag.strip())
            except ValueError as unknown:
                raise NotAChoice(fields_of(WrittenReport)[key].name) from unknown
    if report.typography and report.typography not in dict(TYPOGRAPHIES):
        raise NotAChoice(field_of(WrittenReport.typography).name)


BY_DEED: Mapping[type[Entity], Collection[str]] = {
    WrittenReport: ("status", "replaces_id"),
    SectionText: ("section_id", "language", "made_from"),
    ReportApproval: ("digest",),
    FrozenReport: tuple(fields_of(FrozenReport)),
}
RULES: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {WrittenReport: (can_be_said,)}
RULES_OF_CHANGING: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {
    WrittenReport: (not_frozen,),
    Section: (not_frozen,),
    SectionText: (not_frozen,),
    Document: (not_frozen,),
    ReportApproval: (approval_stays,),
}
RULES_OF_REMOVING: Mapping[type[Entity], Callable[[Session, UUID], None]] = {
    WrittenReport: report_stays,
    FrozenReport: report_stays,
    Section: whole_stays(Section),
    SectionText: whole_stays(SectionText),
    Document: whole_stays(Document),
    ReportApproval: approval_remains,
}


def named(session: Session, report_id: UUID) -> WrittenReport:
    """A report, whose title the running deed's name says."""
    report = there(session, WrittenReport, report_id)
    called(session, title=report.title)
    return report


def _open(session: Session, report_id: UUID) -> WrittenReport:
    """A report that can be changed; one that was approved is being written again."""
    report = named(session, report_id)
    not_frozen(session, report)
    if report.status == "approved":
        fill(report, {"status": "drafting"})
    return report


def _sections(session: Session, report_id: UUID) -> Sequence[Section]:
    return session.scalars(select(Section).where(Section.report_id == report_id, Section.removed_at.is_(None))).all()


def _say(session: Session, report_id: UUID, part: str, language: str, body: Mapping[str, Any], status: str) -> UUID:
    report = _open(session, report_id)
    said = prose.read(body)
    sections = {each.part: each for each in _sections(session, report_id)}
    section = sections.get(part) or new_section(session, report_id, part, len(sections))
    standing = "original" if language == report.language else status
    return add_text(session, section.id, language, said, standing)
