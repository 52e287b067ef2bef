"""What every table of the record shares: its two ids, its links, and the types a value is stored in.

A table has `row`, a local integer for paging and search that never leaves this machine, and `id`, which links and
exchange use. Entities are logged, can be undone and are never deleted, only marked removed; notes (drafts, what was
read or exported, the log itself) stand beside the record and are none of these.
"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    Uuid,
    select,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column

from db.errors import NotThere, UnstorableText

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class PlainText(TypeDecorator[str]):
    """Text without NUL and without lone surrogates: PostgreSQL refuses the first, UTF-8 the second."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is not None and _UNSTORABLE.search(value):
            raise UnstorableText()
        return value


class Moment(TypeDecorator[datetime]):
    """A point in time, kept in UTC. A naive value is refused: SQLite would silently shift it by the local offset."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal number as its digits, without an exponent: two ways of writing one number are stored as one text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{value.normalize() + 0:f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def new_id() -> UUID:
    """The one place where ids are made."""
    return uuid4()


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def stored(moment: datetime) -> str:
    """A moment as the database keeps it."""
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


def link(target: str, *, owner: bool = False) -> ForeignKey:
    """A link to another table's id, checked when the deed is complete and not before, so that order does not matter.

    With `owner`, this row is a part of what it points at: removing the whole takes the part along.
    """
    return ForeignKey(target, deferrable=True, initially="DEFERRED", info={"owner": owner})


class Base(DeclarativeBase):
    """All tables, and how Python's types are stored in them."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: PlainText(),
        UUID: Uuid(),
        datetime: Moment(),
        date: Date(),
        Decimal: Exact(),
        dict[str, Any]: JSON(),
    }

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()


class Entity(Base):
    """A kind of thing the record keeps: logged, undoable, removed by a mark."""

    __abstract__ = True

    row: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True, sort_order=-20)
    id: Mapped[UUID] = mapped_column(unique=True, default=lambda: new_id(), sort_order=-10)
    removed_at: Mapped[datetime | None] = mapped_column(sort_order=100)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        # Indexes hold what is not removed: no list looks at the rest, and an order can be read off its index alone.
        table = vars(cls).get("__table__")
        for index in table.indexes if isinstance(table, Table) else ():
            for dialect in ("sqlite", "postgresql"):
                index.dialect_options[dialect]["where"] = text("removed_at IS NULL")


E = TypeVar("E", bound=Entity)


def there(session: Session, entity: type[E], id: UUID) -> E:
    """The thing of this kind with this id; NotThere once it was removed."""
    thing = session.scalars(select(entity).where(entity.id == id, entity.removed_at.is_(None))).one_or_none()
    if thing is None:
        raise NotThere
    return thing


class Note(Base):
    """A row kept beside the record: no log, no undo, written through `Record.note`."""

    __abstract__ = True

    row: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True, sort_order=-20)
    id: Mapped[UUID] = mapped_column(unique=True, default=lambda: new_id(), sort_order=-10)
