"""What things are called, in all languages at once: for what is gathered before anybody says in which it is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import Text
from db.queries.texts import ShownText, Translation, chosen, digest, office_language


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
