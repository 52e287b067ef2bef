"""Bringing in a programme: a framework whose lines have published figures, each with the publication it stands in."""

from uuid import UUID

from sqlalchemy.orm import Session

from db.base import new_id
from db.commands.checking import fill
from db.commands.frameworks import add_framework
from db.deeds import called, deed
from db.frameworks import CarriedFramework, CarriedLine
from db.models.results import Result
from db.models.sources import Source, SourceRow
from i18n import N_


@deed(N_("Bring in the programme {name}"))
def add_programme(session: Session, programme: CarriedFramework) -> None:
    """Add a programme with its figures. What a figure may be added to, and what not, stays in its notes."""
    called(session, name=programme.own.name)
    items = add_framework(session, programme)
    sources: dict[str, UUID] = {}
    for line in programme.lines:
        if line.source not in sources:
            sources[line.source] = _add_source(session, programme, line.source)
        _add_figure(session, line, items[line.code], sources[line.source])


def _add_source(session: Session, programme: CarriedFramework, publication: str) -> UUID:
    source = Source(id=new_id())
    values = {
        "name": publication,
        "kind": "programme",
        "citation": publication,
        "rows": sum(line.source == publication for line in programme.lines),
        "identity": "columns",
    }
    fill(source, values)
    session.add(source)
    return source.id


def _add_figure(session: Session, line: CarriedLine, item: UUID, source: UUID) -> None:
    if line.figure is None:
        return
    result = Result(id=new_id())
    fill(
        result,
        {
            "item_id": item,
            "value": line.figure.value,
            "unit": line.figure.unit,
            "qualifier": line.figure.qualifier,
            "nature": line.figure.nature,
            "span": line.figure.span,
            "counting": "not_stated",
            "notes": line.notes,
        },
    )
    row = SourceRow(source_id=source, entity_id=result.id)
    fill(row, {"number": line.row, "key": line.code, "digest": line.digest, "entity": Result.__tablename__})
    session.add_all((result, row))
