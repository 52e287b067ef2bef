"""What of a partner goes into its sheet for another office, and what that office's record already holds of it.

What may leave is listed field by field, so that nothing new leaves by itself: never flags, sealed notes, screenings,
two-way reviews or anybody's notes, and of an assessment never who made it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import models as m
from db.base import Entity
from db.errors import NotThere
from db.links import in_chunks
from db.queries.documents import ContentMissing, content_of
from db.queries.duplicates import SAME_NAME, Lookalike, lookalikes
from i18n.alike import same_key

OWNER = {"criterion": "assessment_id", "answer": "assessment_id"}
"""Whose part a row is, where it is not the organisation's own."""

LEAVES: Mapping[type[Entity], tuple[str, ...]] = {
    m.Organisation: (
        *("name", "name_language", "acronym", "type", "reach", "country", "may_be_named", "women_rights"),
        *("registration", "founded_on", "website", "mandate", "affiliated"),
    ),
    m.OrganisationName: ("name", "language", "use"),
    m.OrganisationCode: ("scheme", "code"),
    m.OrganisationPlace: ("place_id", "since", "until"),
    m.Contact: ("name", "position", "email", "phone", "language", "until"),
    m.LeadershipCount: (
        *("counted_on", "woman_head", "woman_chair", "board_women", "board_total", "senior_women", "senior_total"),
        "source",
    ),
    m.WomenLedAssessment: (
        *("about", "said", "definition", "definition_version", "status", "assessed_on", "evidence", "leadership_id"),
        "valid_until",
    ),
    m.Criterion: ("assessment_id", "code", "answer", "evidence", "document_id"),
    m.Assessment: ("scheme", "version", "assessed_on", "score", "rating", "valid_until", "reference"),
    m.Answer: ("assessment_id", "question", "answer", "evidence", "document_id"),
    m.GoverningDocument: ("title", "kind", "authority", "number", "issued_on", "expires_on", "document_id"),
    m.Document: ("title", "file", "kind", "version", "dated", "language", "audience", "consent", "digest", "size"),
}
"""The fields that may leave, by kind."""

SCHEMES = ("unpp", "psea_unicef_2020", "psea_un_common", "capacity", "hact", "cbpf")
"""Assessments of the partner; a two-way review is between it and one office."""

_WITH_PARTS: tuple[tuple[type[Any], type[Any]], ...] = (
    (m.WomenLedAssessment, m.Criterion),
    (m.Assessment, m.Answer),
)


@dataclass(frozen=True)
class SheetRow:
    """One row: its table, its id and the values that leave, links as ids."""

    entity: str
    id: UUID
    values: Mapping[str, Any]


@dataclass(frozen=True)
class PartnerSheet:
    """A partner as one office knows it; the first row is the organisation itself."""

    office: str
    office_id: UUID
    rows: tuple[SheetRow, ...]
    places: Mapping[UUID, tuple[str, str | None]] = field(default_factory=dict)
    """The places of work: name and P-code."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The documents' bytes, by their digest."""

    @property
    def organisation(self) -> SheetRow:
        """The organisation itself."""
        return self.rows[0]


@dataclass(frozen=True)
class HeldPart:
    """A row that is held under an id of the sheet."""

    entity: str
    removed: bool
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """What the record holds of the organisation of a sheet."""

    organisation_id: UUID | None
    """The one it is, by its id or by its name alone; None where nobody is, or several are."""
    lookalikes: tuple[Lookalike, ...]
    held: Mapping[UUID, HeldPart]
    """Whatever is held under the ids of the sheet, and the organisation itself."""
    parts: frozenset[tuple[str, Any]]
    """Names, codes, contacts and places of work that are held already, whatever their ids."""
    places: Mapping[str, UUID]
    """Places by P-code."""
    digests: frozenset[str]
    seen: frozenset[UUID]


def partner_sheet(session: Session, organisation_id: UUID) -> PartnerSheet:
    """The sheet of one partner."""
    rows = list(_rows(session, m.Organisation, m.Organisation.id == organisation_id))
    if not rows:
        raise NotThere
    for entity in LEAVES:
        if entity in (m.Organisation, m.Criterion, m.Answer, m.Document):
            continue
        part: Any = entity
        where = part.organisation_id == organisation_id
        if entity is m.Assessment:
            # What another agency found is that agency's to tell.
            where = where & part.scheme.in_(SCHEMES) & part.agency_id.is_(None)
        rows += _rows(session, entity, where)
    for whole, part in _WITH_PARTS:
        ids = [row.id for row in rows if row.entity == whole.__tablename__]
        rows += _rows(session, part, part.assessment_id.in_(ids))
    wanted = [row.values["document_id"] for row in rows if row.values.get("document_id")]
    documents = list(_rows(session, m.Document, m.Document.id.in_(wanted)))
    places = {row.values["place_id"] for row in rows if row.entity == m.OrganisationPlace.__tablename__}
    named = session.execute(select(m.Place.id, m.Place.name, m.Place.pcode).where(m.Place.id.in_(places)))
    office_id, office = session.execute(select(m.Office.id, m.Office.name).order_by(m.Office.row).limit(1)).one()
    return PartnerSheet(
        office,
        office_id,
        (*rows, *documents),
        {id: (name, pcode) for id, name, pcode in named},
        dict(_files(session, {row.values["digest"] for row in documents})),
    )


def known_of(session: Session, sheet: PartnerSheet, whose: UUID | None = None) -> Known:
    """What is held of the organisation of a sheet, or of the one that a person says it is."""
    theirs = sheet.organisation
    name, acronym, country = (theirs.values.get(key) for key in ("name", "acronym", "country"))
    alike = lookalikes(session, str(name), acronym, country)
    held = {id: part for entity in LEAVES for id, part in _held(session, entity, [row.id for row in sheet.rows])}
    its = whose or _itself(session, theirs.id, alike)
    if its is not None:
        held |= dict(_held(session, m.Organisation, [its]))
    pcodes = [pcode for _name, pcode in sheet.places.values() if pcode]
    places = session.execute(
        select(m.Place.pcode, m.Place.id).where(m.Place.pcode.in_(pcodes), m.Place.removed_at.is_(None))
    )
    digests = select(m.Content.digest).where(m.Content.digest.in_(list(sheet.files)))
    return Known(
        its,
        alike,
        held,
        frozenset(_parts(session, its)) if its else frozenset(),
        {pcode: id for pcode, id in places if pcode},
        frozenset(session.scalars(digests)),
        frozenset(session.scalars(select(m.Source.id).where(m.Source.removed_at.is_(None), m.Source.kind == "raw"))),
    )


def tells(entity: str, values: Mapping[str, Any]) -> Any:
    """What makes a part the same as another one, whatever their ids; None for what only its id tells."""
    match entity:
        case "organisation_name" | "contact":
            return same_key(str(values["name"]))
        case "organisation_code":
            return values["scheme"], values["code"]
        case "organisation_place":
            return values["place_id"]
        case _:
            return None


def _itself(session: Session, id: UUID, alike: Collection[Lookalike]) -> UUID | None:
    live = select(m.Organisation.id).where(m.Organisation.id == id, m.Organisation.removed_at.is_(None))
    if session.scalar(live) is not None:
        return id
    same = [one.id for one in alike if SAME_NAME in one.why]
    return same[0] if len(same) == 1 else None


def _parts(session: Session, organisation_id: UUID) -> Iterator[tuple[str, Any]]:
    for entity in (m.OrganisationName, m.OrganisationCode, m.OrganisationPlace, m.Contact):
        part: Any = entity
        for row in _rows(session, part, part.organisation_id == organisation_id):
            yield row.entity, tells(row.entity, row.values)
    name = select(m.Organisation.name).where(m.Organisation.id == organisation_id)
    yield m.OrganisationName.__tablename__, same_key(session.scalars(name).one())


def _rows(session: Session, entity: type[Entity], where: Any) -> Iterator[SheetRow]:
    query = select(entity).where(where, entity.removed_at.is_(None)).order_by(entity.row)
    for thing in session.scalars(query):
        yield SheetRow(entity.__tablename__, thing.id, {key: getattr(thing, key) for key in LEAVES[entity]})


def _held(session: Session, entity: type[Entity], ids: Collection[UUID]) -> Iterator[tuple[UUID, HeldPart]]:
    for chunk in in_chunks(list(ids)):
        for thing in session.scalars(select(entity).where(entity.id.in_(chunk))):
            values = {key: getattr(thing, key) for key in LEAVES[entity]}
            yield thing.id, HeldPart(entity.__tablename__, thing.removed_at is not None, values)


def _files(session: Session, digests: Collection[str]) -> Iterator[tuple[str, bytes]]:
    for digest in sorted(digests):
        try:
            yield digest, content_of(session, digest)
        except ContentMissing:
            continue  # the row says which file it was; the check of the record says that it is missing
