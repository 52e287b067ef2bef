"""Letting another person open the record: somebody of the office who has no way in yet, or somebody new to it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.commands.entries import add
from db.errors import InvalidValue
from db.fields import Field, Kind
from db.models import Person
from db.queries.names import office_id
from db.roles import NONE_GIVEN
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.people import give
from desktop.ui.forms.editors import entry_link
from desktop.ui.forms.form import Form
from desktop.ui.forms.inputs import TextEdit
from desktop.ui.language import _
from desktop.ui.parts import text
from i18n import N_

KNOWN = Field(N_("Somebody of the office"), Kind.LINK, help=N_("Whoever is in the record already."))
NEW = Field(
    N_("Somebody new: their name"), Kind.TEXT, help=N_("Whoever is not is added to it, as a person of the office.")
)


class OneOfTwo(InvalidValue):
    message = N_("Choose somebody, or give a name: one of the two.")


def another(desk: Desk, over: QWidget, then: Callable[[], object]) -> None:
    """Ask who it is, then for a passphrase of their own; `then` once they have one."""
    form = Form()
    form.add("known", KNOWN, entry_link(desk, Person.__tablename__))
    form.add("new", NEW, TextEdit())
    form.beside(text(_(NONE_GIVEN), "muted"))
    record = desk.record

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        if bool(values["known"]) == bool(values["new"]):
            raise OneOfTwo(NEW.name)

        def found() -> Any:
            if (chosen := values["known"]) is None:
                chosen = record.write(add, Person, {"name": values["new"], "office_id": record.read(office_id)})
            return chosen

        def known(person: UUID) -> None:
            done(None)
            give(desk, person, over).accepted.connect(lambda: then())

        desk.tasks.with_record(found, known, refused, over)

    FormDialog(_("Another person"), form, do, over, _("Go on")).open()
