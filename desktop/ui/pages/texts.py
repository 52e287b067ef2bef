"""The texts of a thing in other languages, each beside its original and with its standing."""

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from db.base import Entity
from db.commands.texts import set_text
from db.fields import Field, Kind, field_of, fields_of
from db.models import Organisation, Text
from db.queries.entries import entry_page
from db.queries.texts import DRAFT, ORIGINAL, Translation, texts_of
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.drafts import Drafts
from desktop.ui.forms.editors import ChoiceEdit, LanguageEdit, LongTextEdit
from desktop.ui.forms.form import Form
from desktop.ui.language import _
from desktop.ui.parts import button, column, plain, row, text
from desktop.ui.tables.column import one_line, shown
from desktop.ui.tables.short import ShortColumn, ShortView
from i18n import N_

_FIELD = Field(N_("Text"), Kind.CHOICE)
_BODY = Field(N_("In this language"), Kind.LONG_TEXT, required=True)
_STATUS = field_of(Text.status)
_NAMED_ELSEWHERE = (Organisation,)
"""Their other names are rows of their own, in any language or script."""


def translated(entity: type[Entity]) -> dict[str, Field]:
    """The fields of an entity that are put into other languages: long texts, titles, and what says its language."""
    described = fields_of(entity)
    return {
        key: each
        for key, each in described.items()
        if each.kind == Kind.LONG_TEXT
        or key == "title"
        or (f"{key}_language" in described and entity not in _NAMED_ELSEWHERE)
    }


class TextForm(Form):
    """One field in one more language, beside its original."""

    def __init__(self, entity: type[Entity], values: dict[str, Any]) -> None:
        super().__init__()
        self._values = values
        choices = [(key, _(each.name)) for key, each in translated(entity).items() if values.get(key)]
        self._which = self.add("field", _FIELD, ChoiceEdit(choices, None))
        self.add("language", field_of(Text.language), LanguageEdit(_("Choose…")))
        self._original = QPlainTextEdit()
        self._original.setReadOnly(True)
        self._original.setTabChangesFocus(True)
        self._original.setAccessibleName(_("Original"))
        self.beside(plain(column(text(_("Original")), self._original)), wide=False)
        self.add("body", _BODY, LongTextEdit(8), wide=False)
        self._original.setFixedHeight(self._bound[-1].editor.height())
        statuses = [(code, _(title)) for code, title in _STATUS.choices if code != ORIGINAL]
        self.add("status", _STATUS, ChoiceEdit(statuses, None))
        self._which.currentIndexChanged.connect(self._show_original)
        self._show_original()

    def _show_original(self) -> None:
        self._original.setPlainText(self._values.get(self._which.currentData() or "") or "")


class TextsPart(QWidget):
    """The list of a thing's texts in other languages."""

    def __init__(self, desk: Desk, entity: type[Entity]) -> None:
        super().__init__()
        self._desk, self._entity = desk, entity
        self._about: UUID | None = None
        fields = translated(entity)
        columns = (
            ShortColumn(N_("Text"), lambda kept: _(fields[kept.field].name) if kept.field in fields else "", 20),
            ShortColumn(N_("Language"), lambda kept: shown(field_of(Text.language), kept.language), 14),
            ShortColumn(N_("Standing of the text"), _standing, 26),
            ShortColumn(N_("In this language"), lambda kept: one_line(kept.body), 50),
        )
        self.list = ShortView(_("Texts in other languages"), columns)
        self.list.opened.connect(self.edit)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 4, 0, 0)
        hint = text(
            _("The original stands in the form. What is not official is marked so wherever it is shown."), "muted"
        )
        lines.addWidget(plain(row(hint, button(_("Translate…"), lambda: self.edit(None), "", "languages"))))
        lines.addWidget(self.list, 1)

    def show_of(self, id: UUID, _title: str) -> None:
        self._about = id
        self._desk.ask(texts_of, id, then=self.list.show_rows, owner=self)

    def edit(self, kept: Translation | None) -> None:
        """Write a translation, or put one right, beside its original."""
        self._desk.ask(
            entry_page, self._entity, self._about, then=lambda seen: self._open(kept, dict(seen.values)), owner=self
        )

    def _open(self, kept: Translation | None, values: dict[str, Any]) -> None:
        form = TextForm(self._entity, values)
        began = {"field": kept.field, "language": kept.language, "body": kept.body} if kept else {}
        form.load({"status": kept.status if kept else DRAFT, **began})

        def do(said: dict[str, Any], done: Any, refused: Any) -> None:
            self._desk.do(
                set_text,
                self._entity,
                self._about,
                said["field"],
                said["language"],
                said["body"],
                said["status"],
                then=done,
                failed=refused,
                owner=self,
            )

        which = f"texts {kept.field} {kept.language}" if kept else "texts"
        drafts = Drafts(self._desk, form, which, self._about)
        FormDialog(_("In another language"), form, do, self, drafts=drafts).open()


def _standing(kept: Translation) -> str:
    status = shown(_STATUS, kept.status)
    return _("{status} (the original has changed)").format(status=status) if kept.outdated else status
