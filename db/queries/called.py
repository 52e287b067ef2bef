"""What things are called, in all languages at once: for what is gathered before anybody says in which it is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import Organisation, OrganisationName, Place, Text
from db.queries.texts import OFFICIAL, ShownText, Translation, chosen, digest, office_language


@dataclass(frozen=True)
class Called:
    """A text of the record with its translations, each with its standing."""

    text: str
    language: str | None
    translations: tuple[Translation, ...] = ()
    office: str | None = None

    def shown(self, language: str) -> ShownText:
        """The text for a reader of this language, as for any text of the record."""
        return chosen(self.text, self.language, self.translations, language, self.office)


def called(
    session: Session,
    field: InstrumentedAttribute[str],
    language: InstrumentedAttribute[str | None] | None,
    ids: Iterable[UUID],
) -> Mapping[UUID, Called]:
    """One field of these things, in every language that there is."""
    entity, wanted = field.class_, list(dict.fromkeys(ids))
    office = office_language(session)
    kept: dict[UUID, list[Text]] = {}
    texts = select(Text).where(Text.owner_id.in_(wanted), Text.field == field.key, Text.removed_at.is_(None))
    for each in session.scalars(texts.order_by(Text.row)):
        kept.setdefault(each.owner_id, []).append(each)
    columns = (entity.id, field, *(() if language is None else (language,)))
    return {
        row[0]: Called(
            row[1],
            row[2] if len(row) > 2 else None,
            tuple(Translation.of(each, digest(row[1])) for each in kept.get(row[0], ())),
            office,
        )
        for row in session.execute(select(*columns).where(entity.id.in_(wanted)))
    }


def called_otherwise(session: Session) -> Mapping[str, Called]:
    """Every place and organisation that has a name in another language, by its own one.

    A name that several have is there once, where they are called alike in every language, and otherwise not at all.
    """
    office = office_language(session)
    own: dict[UUID, tuple[str, str | None]] = {}
    others: dict[UUID, list[Translation]] = {}
    # Rows that are read as texts, past the mapper: a record may hold thousands of places, and every report asks.
    columns = (Text.id, Text.field, Text.language, Text.body, Text.status, Text.made_from)
    whose = (Place.id.label("place"), Place.name.label("name"), Place.name_language.label("spoken"))
    texts = select(*columns, *whose).join(Place, Place.id == Text.owner_id)
    told = texts.where(Text.field == Place.name.key, Text.removed_at.is_(None), Place.removed_at.is_(None))
    for row in session.execute(told.order_by(Text.row)):
        own[row.place] = row.name, row.spoken
        others.setdefault(row.place, []).append(Translation.of(cast(Text, row), digest(row.name)))
    names = select(OrganisationName, Organisation.name, Organisation.name_language).join(
        Organisation, Organisation.id == OrganisationName.organisation_id
    )
    official = names.where(
        OrganisationName.use == OFFICIAL,
        OrganisationName.language.is_not(None),
        OrganisationName.removed_at.is_(None),
        Organisation.removed_at.is_(None),
    )
    for one, name, spoken in session.execute(official.order_by(OrganisationName.row)):
        own[one.organisation_id] = name, spoken
        kept = Translation(one.id, Organisation.name.key, one.language or "", one.name, OFFICIAL, outdated=False)
        others.setdefault(one.organisation_id, []).append(kept)
    found: dict[str, Called] = {}
    alike: dict[str, set[frozenset[tuple[str, str]]]] = {}
    for id, (name, spoken) in own.items():
        found.setdefault(name, Called(name, spoken, tuple(others[id]), office))
        alike.setdefault(name, set()).add(frozenset((each.language, each.body) for each in others[id]))
    return {name: called for name, called in found.items() if len(alike[name]) == 1}
