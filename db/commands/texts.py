"""Keeping a thing's texts in more languages than the one they were written in."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from db.base import Entity, new_id, there
from db.commands.checking import fill
from db.commands.frozen_stays import not_frozen, whole_stays
from db.deeds import called, deed
from db.errors import InvalidValue
from db.fields import Kind, field_of, fields_of
from db.links import name_of
from db.models import Text
from db.queries.texts import DRAFT, ORIGINAL, digest_of_original, original_language
from i18n import N_

TRANSLATED = (Kind.TEXT, Kind.LONG_TEXT)


class OriginalStands(InvalidValue):
    message = N_("“{field}”: the original stands in the thing itself. Put it right there, and keep translations here.")


@deed(N_("Put “{what}” into another language"))
def set_text(
    session: Session, owner: type[Entity], owner_id: UUID, field: str, language: str, body: str, status: str = DRAFT
) -> UUID:
    """Keep the text of one field in one language, in place of the one before."""
    thing = there(session, owner, owner_id)
    described = fields_of(owner).get(field)
    if described is None or described.kind not in TRANSLATED:
        raise InvalidValue(field_of(Text.field).name)
    if language == original_language(thing, field):
        raise OriginalStands(field_of(Text.language).name)
    held = select(Text).where(Text.owner_id == owner_id, Text.field == field, Text.language == language)
    text = session.scalars(held.where(Text.removed_at.is_(None)).order_by(Text.row.desc())).first()
    if text is None:
        text = Text(id=new_id(), owner=owner.__tablename__, owner_id=owner_id)
    fill(text, {"field": field, "language": language, "body": body, "status": status})
    not_frozen(session, text)
    follow_original(session, text)
    session.add(text)
    table = owner.__table__
    assert isinstance(table, Table)
    called(session, what=name_of(session.connection(), table, owner_id))
    return text.id


def follow_original(session: Session, text: Text) -> None:
    """Whoever writes or reviews a translation does so beside the original as it is now."""
    if text.status == ORIGINAL:
        raise OriginalStands(field_of(Text.status).name)
    text.made_from = digest_of_original(session, text.owner, text.owner_id, text.field)


BY_DEED: Mapping[type[Entity], tuple[str, ...]] = {Text: ("owner", "field", "language", "made_from")}
RULES: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {Text: (not_frozen, follow_original)}
RULES_OF_REMOVING: Mapping[type[Entity], Callable[[Session, UUID], None]] = {Text: whole_stays(Text)}
