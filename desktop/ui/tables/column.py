"""A column of a list is a value: its key in the row, its title, and how its values are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from db.fields import Field, Kind, field_of
from db.models.results import Breakdown
from db.money import Money
from db.queries.listed import ListedKind
from desktop.reports.saying import age_band
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
    reason: tuple[str, Shown] | None = None
    """The column that says why a cell of this one is empty, and how: what was not collected is no empty cell."""


_NUMERIC = (Kind.COUNT, Kind.INTEGER, Kind.MONEY, Kind.DECIMAL)
_WIDTHS = {Kind.TEXT: 22, Kind.LINK: 24, Kind.CHOICE: 18, Kind.YES_NO: 12, Kind.COUNT: 12, Kind.MONEY: 22}
_CALLED = ("name", "title")
_BAND = field_of(Breakdown.age_band)
_FIGURE, _WHY = "value", "missing"


def columns_of(kind: ListedKind) -> tuple[Column, ...]:
    """The columns of a list of this kind: first those shown at first, in their order, then all others it can show."""
    fields = kind.fields
    keys = [*kind.shown, *(key for key in kind.listing.columns if key not in kind.shown and key in fields)]
    return tuple(
        _column(key, fields[key], _reason(key, fields) if _WHY in kind.listing.columns else None) for key in keys
    )


def _reason(key: str, fields: Mapping[str, Field]) -> tuple[str, Shown] | None:
    return (_WHY, partial(shown, fields[_WHY])) if key == _FIGURE else None


def _column(key: str, described: Field, reason: tuple[str, Shown] | None) -> Column:
    width = 40 if key in _CALLED else _WIDTHS.get(described.kind, 15)
    numeric = described.kind in _NUMERIC
    missing = N_("No figure") if numeric else N_("Not known")
    return Column(key, described.name, partial(shown, described), numeric, width, missing, described.help or "", reason)


def shown(described: Field, value: Any) -> str:
    """A value of a field in the words of the screen; empty where there is none."""
    if value is None:
        return ""
    match described.kind:
        case Kind.CHOICE:
            return _(described.title_of(value))
        case Kind.CODE if described == _BAND:
            return age_band(value, words())
        case Kind.CODE if (title := described.title_of(value)) != value:
            return _(title)
        case Kind.DATE:
            return words().date(value)
        case Kind.COUNT | Kind.INTEGER | Kind.DECIMAL:
            return words().number(value)
        case Kind.MONEY if isinstance(value, Money):
            return words().money(value.amount, value.currency)
        case Kind.MOMENT:
            return words().date(value.astimezone().date())
        case Kind.DATA:
            return "…"
        case Kind.SEALED:
            return _("Sealed")
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


def side_of(numeric: bool) -> Qt.AlignmentFlag:
    """Where a column's title and values stand: numbers with units under units, the rest where a line begins."""
    if numeric:  # at the right in Arabic too, or units do not stand under units
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
    else:
        side = Qt.AlignmentFlag.AlignLeading
    return side | Qt.AlignmentFlag.AlignVCenter
