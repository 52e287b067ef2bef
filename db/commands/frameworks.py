"""Bringing in frameworks: those that Jalon carries, with their texts in every language, and lines read from a file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.base import Entity, new_id, there
from db.commands.checking import fill
from db.deeds import called, deed
from db.errors import InvalidValue, RecordError
from db.fields import fields_of
from db.frameworks import ORIGINAL, CarriedFramework, CarriedLine, framework_called, frameworks
from db.models.frameworks import Framework, FrameworkItem
from db.models.indicators import IndicatorLink
from db.models.texts import Text
from i18n import N_


class UnderItself(InvalidValue):
    message = N_("“{field}”: a line cannot lie under itself.")


class OtherFramework(InvalidValue):
    message = N_("“{field}”: a line lies under a line of the same framework.")


class ParentUnknown(RecordError):
    message = N_("The line {code} is said to lie under {parent}, which is not there. Correct the file and try again.")


class CodeTwice(RecordError):
    message = N_("The code {code} stands twice. Correct the file and try again.")


@dataclass(frozen=True)
class NewLine:
    """A line as a file has it: its code, wording and place; `texts` say it in other languages."""

    code: str
    name: str
    kind: str
    parent: str | None = None
    language: str | None = None
    texts: tuple[tuple[str, str], ...] = ()
    notes: str | None = None


def lies_in_its_framework(session: Session, item: FrameworkItem) -> None:
    """A line lies under a line of the same framework, and never under itself."""
    described = fields_of(FrameworkItem)["parent_id"]
    above, met = item.parent_id, set[UUID]()
    while above is not None and above not in met:
        if above == item.id:
            raise UnderItself(described.name)
        met.add(above)
        row = session.execute(
            select(FrameworkItem.parent_id, FrameworkItem.framework_id).where(FrameworkItem.id == above)
        ).one()
        if row.framework_id != item.framework_id:
            raise OtherFramework(described.name)
        above = row.parent_id


RULES: Mapping[type[Entity], tuple[Callable[[Session, Any], None], ...]] = {FrameworkItem: (lies_in_its_framework,)}


@deed(N_("Bring in the frameworks that come with Jalon"))
def add_frameworks(session: Session) -> None:
    """Bring in every carried framework that the record does not hold yet."""
    held = set(session.scalars(select(Framework.code).where(Framework.removed_at.is_(None))))
    for carried in frameworks():
        if carried.code not in held:
            add_framework(session, carried)


@deed(N_("Bring in the framework {name}"), backup=True)
def bring_framework(session: Session, code: str) -> UUID:
    """Bring in a carried framework or, where the record holds it, the lines it lacks; those that stand stay."""
    carried = framework_called(code)
    called(session, name=carried.own.name)
    held = session.scalars(select(Framework).where(Framework.code == code, Framework.removed_at.is_(None))).first()
    if held is None:
        add_framework(session, carried)
        return session.scalars(select(Framework.id).where(Framework.code == code, Framework.removed_at.is_(None))).one()
    _add_lines(session, held.id, carried.lines, _ids(session, held.id))
    return held.id


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
    session.add(framework)
    session.add_all(_texts(framework, own))
    return _add_lines(session, framework.id, carried.lines, {})


@deed(N_("Bring in {count} lines of {name}"), backup=True)
def bring_lines(session: Session, framework_id: UUID, values: Mapping[str, Any]) -> None:
    """Add the `lines` of a file under a framework as they are written, a code that stands there already refused.

    `links` say by the codes of lines which of our indicators stand for them.
    """
    framework = there(session, Framework, framework_id)
    lines: Sequence[NewLine] = values["lines"]
    called(session, count=len(lines), name=framework.name)
    ids = _ids(session, framework_id)
    for line in lines:
        if line.code in ids:
            raise CodeTwice(code=line.code)
        ids[line.code] = new_id()
    for position, line in enumerate(lines, start=_last_position(session, framework_id) + 1):
        if line.parent is not None and line.parent not in ids:
            raise ParentUnknown(code=line.code, parent=line.parent)
        _add_line(session, framework, line, ids, position)
    session.flush()
    for item in session.scalars(select(FrameworkItem).where(FrameworkItem.framework_id == framework_id)).all():
        lies_in_its_framework(session, item)
    for code, indicator_id in values.get("links", ()):
        link = IndicatorLink(id=new_id())
        fill(link, {"indicator_id": indicator_id, "item_id": ids[code]})
        session.add(link)
    session.flush()


def _add_line(session: Session, framework: Framework, line: NewLine, ids: Mapping[str, UUID], position: int) -> None:
    item = FrameworkItem(id=ids[line.code])
    fill(
        item,
        {
            "framework_id": framework.id,
            "parent_id": ids.get(line.parent or ""),
            "code": line.code,
            "kind": line.kind,
            "name": line.name,
            "name_language": line.language or framework.name_language,
            "position": position,
            "notes": line.notes,
        },
    )
    session.add(item)
    standing = "official" if framework.official else "draft"
    session.add_all(_text(item, language, body, standing) for language, body in line.texts)


def _ids(session: Session, framework_id: UUID) -> dict[str, UUID]:
    """The lines of a framework by their codes."""
    rows = session.execute(
        select(FrameworkItem.code, FrameworkItem.id).where(
            FrameworkItem.framework_id == framework_id, FrameworkItem.removed_at.is_(None)
        )
    )
    return dict(rows.all())


def _last_position(session: Session, framework_id: UUID) -> int:
    last = select(func.max(FrameworkItem.position)).where(
        FrameworkItem.framework_id == framework_id, FrameworkItem.removed_at.is_(None)
    )
    return session.scalar(last) or 0


def _add_lines(
    session: Session, framework_id: UUID, lines: Sequence[CarriedLine], held: Mapping[str, UUID]
) -> Mapping[str, UUID]:
    ids = {line.code: held.get(line.code) or new_id() for line in lines}
    for position, line in enumerate(lines, start=1):
        if line.code in held:
            # It stays as it is; only its place among the new ones follows.
            session.scalars(select(FrameworkItem).where(FrameworkItem.id == ids[line.code])).one().position = position
            continue
        item = FrameworkItem(id=ids[line.code])
        fill(
            item,
            {
                "framework_id": framework_id,
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
    return (_text(owner, carried.language, carried.body, carried.standing) for carried in line.texts)


def _text(owner: Entity, language: str, body: str, standing: str) -> Text:
    text = Text(owner_id=owner.id)
    owned = {"owner": type(owner).__tablename__, "field": "name"}
    fill(text, {**owned, "language": language, "body": body, "status": standing})
    return text
