"""Opening a sealed text: a reason is asked first, who opened it before is said, and the text is shown, to be closed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.fields import Attribute
from db.queries.people import Read, readings_of
from db.sealed import REASON, unseal
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.told import Told
from desktop.ui.forms.form import Form
from desktop.ui.forms.inputs import TextEdit
from desktop.ui.language import _, words
from desktop.ui.parts import text

_SHOWN = 5


class ReasonForm(Form):
    """Why the text is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.beside(text(_("Your name, the time and this reason are kept. Nobody can take them back.")))
        self.add("reason", REASON, TextEdit())
        self._before = text("", "muted")
        self.beside(self._before)

    def show_before(self, readings: tuple[Read, ...]) -> None:
        """Who opened it before, the newest first."""
        lines = (
            _("Opened on {date} by {person}: {reason}").format(
                date=words().date(read.at.astimezone().date()),
                person=words().isolate(read.person or _("somebody unknown")),
                reason=words().isolate(read.reason),
            )
            for read in readings[:_SHOWN]
        )
        self._before.setText("\n".join(lines))


def opens(attribute: Attribute[Any]) -> Callable[[Desk, UUID, QWidget], object]:
    """The dialog that opens this sealed field of a thing."""

    def show(desk: Desk, id: UUID, over: QWidget) -> None:
        form, record = ReasonForm(), desk.record
        if record.reason:
            form.load({"reason": record.reason})
        desk.ask(readings_of, id, then=form.show_before, owner=form)

        def do(values: dict[str, Any], done: Any, refused: Any) -> None:
            def read(body: str) -> None:
                done(None)
                record.reason = reason
                Told(_("Confidential text"), body, over).open()

            entity, key, reason = attribute.property.parent.class_, attribute.key, values["reason"]
            desk.tasks.with_record(lambda: record.note(unseal, entity, id, key, reason), read, refused, over)

        FormDialog(_("Open the confidential text"), form, do, over, _("Open")).open()

    return show
