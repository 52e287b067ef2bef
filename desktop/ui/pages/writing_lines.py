"""Title, summary and own headings of a report in one of its other languages, each beside its source, in one dialog."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from db.commands.report_lines import Line, put_lines
from db.fields import Field, Kind, field_of
from db.models import Text
from db.queries.report_lines import HEADING, WrittenLine
from db.queries.reports import Written
from db.queries.texts import DRAFT, ORIGINAL
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.drafts import Drafts
from desktop.ui.forms.choices import ChoiceEdit
from desktop.ui.forms.editors import LongTextEdit, TextEdit
from desktop.ui.forms.form import Form
from desktop.ui.language import _, words
from desktop.ui.parts import Note, column, plain, text
from i18n import N_

_CALLED = {"title": N_("Title"), "summary": N_("Summary for those who sign"), HEADING: N_("Heading of its own")}
_LINES = 8


class LinesForm(Form):
    """Every line with its source before it, and how far its translation can be trusted after it."""

    def __init__(self, lines: Sequence[WrittenLine], language: str) -> None:
        super().__init__()
        statuses = [(code, _(title)) for code, title in field_of(Text.status).choices if code != ORIGINAL]
        self._translated = lines
        began: dict[str, Any] = {}
        for at, line in enumerate(lines):
            held = line.text(language)
            long = line.field == "summary"
            self.beside(plain(column(text(_("Source text"), "muted"), _source(line.original, long=long))))
            if held and held.outdated:
                outdated = Note("warning")
                outdated.say(_("The source has changed since this was written: it is a draft again."))
                self.beside(outdated)
            described = Field(_CALLED[line.field], Kind.LONG_TEXT if long else Kind.TEXT)
            self.add(f"text_{at}", described, LongTextEdit(_LINES) if long else TextEdit(), wide=False)
            self.add(f"standing_{at}", field_of(Text.status), ChoiceEdit(statuses, None))
            began |= {f"text_{at}": held.body if held else None, f"standing_{at}": held.status if held else DRAFT}
        self.load(began)

    def said(self, values: dict[str, Any]) -> list[Line]:
        """The lines as they were typed."""
        return [
            Line(line.field, values[f"text_{at}"], values[f"standing_{at}"], line.part)
            for at, line in enumerate(self._translated)
        ]


def translate_lines(
    desk: Desk, found: Written, language: str, over: QWidget, saving: Callable[[], object], failed: Callable[[], object]
) -> FormDialog:
    """Put them into this language; `saving` comes before the deed that keeps them, `failed` where it was refused."""
    form = LinesForm(found.lines, language)

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        def undone(error: Exception) -> None:
            failed()
            refused(error)

        saving()
        desk.do(put_lines, found.id, language, form.said(values), then=done, failed=undone, owner=over)

    named = _("Title and headings in {language}").format(language=words().language_name(language))
    dialog = FormDialog(named, form, do, over, drafts=Drafts(desk, form, f"report-lines {language}", found.id))
    dialog.open()
    return dialog


def _source(original: str, *, long: bool) -> QWidget:
    if not long:
        return text(words().isolate(original))
    shown = QPlainTextEdit(original)
    shown.setReadOnly(True)
    shown.setTabChangesFocus(True)
    shown.setAccessibleName(_("Source text"))
    shown.setFixedHeight(shown.fontMetrics().lineSpacing() * _LINES)
    return shown
