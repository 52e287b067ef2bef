"""The editor of each kind of field, in one place: forms are laid out by hand, their editors follow from the fields."""

from typing import Any

from PySide6.QtWidgets import QWidget

from db.fields import Attribute, Kind, field_of
from db.queries.columns import target_of
from desktop.ui.desk import Desk
from desktop.ui.forms.choices import (
    ChoiceEdit,
    ChoicesEdit,
    OwnWordEdit,
    YesNoEdit,
    choice_of,
)
from desktop.ui.forms.coded import CountryEdit, CurrencyEdit, LanguageEdit
from desktop.ui.forms.inputs import CodeEdit, DateEdit, LongTextEdit, TextEdit
from desktop.ui.forms.links import LinkEdit, entry_link
from desktop.ui.forms.numbers import CountEdit, DecimalEdit, MoneyEdit
from desktop.ui.forms.sealed import SealedEdit
from desktop.ui.language import _

__all__ = [
    "ChoiceEdit",
    "ChoicesEdit",
    "CodeEdit",
    "CountEdit",
    "CountryEdit",
    "CurrencyEdit",
    "DateEdit",
    "DecimalEdit",
    "LanguageEdit",
    "LinkEdit",
    "LongTextEdit",
    "MoneyEdit",
    "OwnWordEdit",
    "SealedEdit",
    "TextEdit",
    "YesNoEdit",
    "choice_of",
    "editor_of",
    "entry_link",
]


def editor_of(desk: Desk, attribute: Attribute[Any]) -> QWidget:
    """The editor of a field, by its kind."""
    described = field_of(attribute)
    match described.kind:
        case Kind.LONG_TEXT:
            return LongTextEdit()
        case Kind.DATE:
            return DateEdit()
        case Kind.COUNT | Kind.INTEGER:
            return CountEdit()
        case Kind.DECIMAL:
            return DecimalEdit()
        case Kind.MONEY:
            return MoneyEdit()
        case Kind.CHOICE:
            return choice_of(attribute, nothing=_nothing(attribute))
        case Kind.YES_NO:
            return YesNoEdit(_nothing(attribute))
        case Kind.COUNTRY:
            return CountryEdit(_nothing(attribute))
        case Kind.LANGUAGE:
            return LanguageEdit(_nothing(attribute))
        case Kind.CURRENCY:
            return CurrencyEdit(_nothing(attribute))
        case Kind.LINK:
            return entry_link(desk, target_of(attribute.property.parent.class_, attribute.key).name)
        case Kind.CODE if described.choices:
            return OwnWordEdit([(code, _(title)) for code, title in described.choices])
        case Kind.CODE:
            return CodeEdit()
        case Kind.SEALED:
            return SealedEdit()
        case Kind.TEXT:
            return TextEdit()
        case Kind.MOMENT | Kind.DATA:
            raise TypeError(f"{attribute} is not typed in: no editor fits {described.kind.value}")


def _nothing(attribute: Attribute[Any]) -> str | None:
    """What stands for no choice: nothing where the record has an answer of its own, a request where one is needed."""
    column = attribute.property.columns[0]
    if column.nullable:
        return ""
    return _("Choose…") if column.default is None else None
