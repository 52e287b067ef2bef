"""A column of a list is a value: its key in the row, its title, and how its values are written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from db.fields import Attribute, Field, Kind, field_of
from desktop.ui.language import _, words
from i18n import N_

Shown = Callable[[Any], str]


@dataclass(frozen=True)
class Column:
    """One column. The title is a msgid, translated when shown; `missing` is what stands for an empty value."""

    key: str
    title: str
    text: Shown
    numeric: bool = False
    width: int = 14
    missing: str = N_("Not known")
    in_full: str = ""
    """The title in full, where the short one does not say all."""


def column_of(key: str, attribute: Attribute[Any], width: int = 14, **more: Any) -> Column:
    """The column of a field: its name, and its values as the field's kind writes them."""
    described = field_of(attribute)
    numeric = described.kind in (Kind.COUNT, Kind.INTEGER)
    return Column(key, described.name, lambda value: shown(described, value), numeric, width, **more)


def shown(described: Field, value: Any) -> str:
    """A value of a field in the words of the screen; empty where there is none."""
    if value is None:
        return ""
    match described.kind:
        case Kind.CHOICE:
            return _(described.title_of(value))
        case Kind.DATE:
            return words().date(value)
        case Kind.COUNT | Kind.INTEGER:
            return words().number(value)
        case Kind.YES_NO:
            return _("Yes") if value else _("No")
        case Kind.COUNTRY:
            return words().territory_name(value)
        case Kind.LANGUAGE:
            return words().language_name(value)
        case _:
            return one_line(str(value))


def one_line(text: str) -> str:
    """What a person or a file wrote, on one line, kept from turning the line around it."""
    return words().isolate(" ".join(text.split()))


def number(value: int | None) -> str:
    """A count in the words of the screen."""
    return "" if value is None else words().number(value)


def side_of(numeric: bool) -> Qt.AlignmentFlag:
    """Where a column's title and values stand: numbers at the end of the line, the rest at its beginning."""
    side = Qt.AlignmentFlag.AlignTrailing if numeric else Qt.AlignmentFlag.AlignLeading
    return side | Qt.AlignmentFlag.AlignVCenter
