"""What the search of a list looks through: the words of each thing, its names in other languages, and the names of what
it points at, for those stand in its columns.

One statement asks the index once and goes from what it found to the rows: by their numbers where they hold the words
themselves, by the indexes of their links where something else is called so.
"""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy import text as sql

from db.base import Entity
from db.fields import Kind
from db.links import NAMES
from db.models import OrganisationName, Text
from db.queries.columns import listed_fields, table_of, target_of
from db.searching import asked, inside, is_searched

_TEXT, _OTHER_NAME = Text.__tablename__, OrganisationName.__tablename__


def looked_for(entity: type[Entity], sought: str) -> ColumnElement[bool]:
    """Whether a row of this entity holds all the words looked for, or is called so, or points at what is."""
    words, names, matching = asked(sought)
    each = {f"word{number}": word for number, word in enumerate(inside(sought))}
    called = " AND ".join(f"instr(names, :{key}) > 0" for key in each) or "0"
    # As text: to build the same of parts costs more than SQLite takes to answer.
    rows = _rows(entity).format(matching=matching, called=called)
    return entity.row.in_(sql(rows).bindparams(words=words, names=names, **each))


@cache
def _rows(entity: type[Entity]) -> str:
    """The statement, with gaps for how the index is asked and for what makes a name of what it found."""
    own, links = entity.__tablename__, _links(entity)
    among = ", ".join(f"'{name}'" for name in sorted({own, _TEXT, _OTHER_NAME, *links.values()}))
    named_by = ", ".join(f"'{name}'" for name in NAMES)
    pointing = ("id", own), *links.items()
    arms = [f"SELECT entity_row FROM met WHERE entity = '{own}'"]
    arms += [_pointing(table_of(entity), key, target) for key, target in pointing]
    return f"""
        WITH met AS MATERIALIZED (
            SELECT entity, entity_row, entity_id, entity <> '{own}' AND {{called}} AS called
            FROM indexed WHERE row IN ({{matching}}) AND +entity IN ({among})
        ), named (entity, id) AS MATERIALIZED (
            SELECT entity, entity_id FROM met WHERE called
            UNION ALL SELECT owner, owner_id FROM met CROSS JOIN "{_TEXT}" spoken ON spoken.row = entity_row
            WHERE entity = '{_TEXT}' AND field IN ({named_by}) AND removed_at IS NULL
            UNION ALL SELECT 'organisation', organisation_id
            FROM met CROSS JOIN {_OTHER_NAME} other ON other.row = entity_row
            WHERE entity = '{_OTHER_NAME}' AND removed_at IS NULL
        ) {" UNION ALL ".join(arms)}
    """


def _links(entity: type[Entity]) -> dict[str, str]:
    """The links that a list of this entity shows, each with the table it points at; never one at its own kind, for a
    million rows would first be put aside as names."""
    links: dict[str, Any] = {
        key: target_of(entity, key).name for key, each in listed_fields(entity).items() if each.kind is Kind.LINK
    }
    return {key: name for key, name in links.items() if name != entity.__tablename__ and is_searched(name)}


def _pointing(own: Table, key: str, target: str) -> str:
    """Rows by what they point at, by the index of the link: where most of its links lead nowhere, it looks useless to
    SQLite's statistics."""
    index = next((index.name for index in own.indexes if next(iter(index.columns)).name == key), None)
    by = f'INDEXED BY "{index}"' if index else ""
    return (
        f'SELECT row FROM "{own.name}" {by} WHERE "{key}" IN (SELECT id FROM named WHERE entity = \'{target}\')'
        " AND removed_at IS NULL"
    )
