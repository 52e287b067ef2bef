"""Bringing in the frameworks that Jalon carries, with their texts in every language."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import Entity, new_id
from db.commands.checking import fill
from db.deeds import deed
from db.frameworks import ORIGINAL, CarriedFramework, CarriedLine, frameworks
from db.models.frameworks import Framework, FrameworkItem
from db.models.texts import Text
from i18n import N_


@deed(N_("Bring in the frameworks that come with Jalon"))
def add_frameworks(session: Session) -> None:
    """Bring in every carried framework that the record does not hold yet."""
    held = set(session.scalars(select(Framework.code).where(Framework.removed_at.is_(None))))
    for carried in frameworks():
        if carried.code not in held:
            add_framework(session, carried)


def add_framework(session: Session, carried: CarriedFramework) -> Mapping[str, UUID]:
    """Add one framework with its lines and texts; the ids of its lines, by their codes."""
    own = carried.own
    framework = Framework(id=new_id())
    fill(
        framework,
        {
            "code": carried.code,
            "name": own.name,
            "name_language": ORIGINAL,
            "version": own.horizon,
            "source": own.source,
            "official": False,
            "notes": own.notes,
        },
    )
    ids = {line.code: new_id() for line in carried.lines}
    session.add(framework)
    session.add_all(_texts(framework, own))
    for position, line in enumerate(carried.lines, start=1):
        item = FrameworkItem(id=ids[line.code])
        fill(
            item,
            {
                "framework_id": framework.id,
                # The framework's own line is the framework: what lies under it lies under nothing else.
                "parent_id": ids.get(line.parent or ""),
                "code": line.code,
                "kind": line.kind,
                "horizon": line.horizon,
                "name": line.name,
                "name_language": ORIGINAL,
                "position": position,
                "certainty": line.certainty,
                "other_place": line.other_place,
                "source": line.source,
                "notes": line.notes,
            },
        )
        session.add(item)
        session.add_all(_texts(item, line))
    session.flush()
    return ids


def _texts(owner: Entity, line: CarriedLine) -> Iterator[Text]:
    for carried in line.texts:
        text = Text(owner_id=owner.id)
        fill(
            text,
            {
                "owner": type(owner).__tablename__,
                "field": "name",
                "language": carried.language,
                "body": carried.body,
                "status": carried.standing,
            },
        )
        yield text
