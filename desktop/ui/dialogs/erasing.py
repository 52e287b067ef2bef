"""Erasing a thing for good, or keeping it on: what goes is said first, and the certificate is offered afterwards."""

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget

from db.ageing import RETENTION
from db.base import Entity
from db.commands.erasing import GROUND
from db.commands.retention import keep_on
from db.erasing import SECOND_WAITS, Done, erase_for_good
from db.fields import Field, Kind
from db.models import KeptOn
from db.models.retention import WAYS
from db.queries.erasable import Reach, reach
from db.queries.table_kinds import one_of_table
from db.retention import ANONYMISE, counted_fields
from desktop.erasing import certify
from desktop.reports.certificate import TITLE
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.told import Told
from desktop.ui.forms.choices import ChoiceEdit
from desktop.ui.forms.editors import editor_of
from desktop.ui.forms.form import Form
from desktop.ui.forms.inputs import TextEdit
from desktop.ui.language import _, counted, words
from desktop.ui.parts import text
from i18n import N_

WAY = Field(N_("What is done"), Kind.CHOICE, required=True)
COPIES = Field(
    N_("Copies from before"),
    Kind.YES_NO,
    help=N_("What was erased is in them until they are taken away. No other state can be brought back then."),
)


class EraseForm(Form):
    """What goes, and on what ground."""

    def __init__(self, found: Reach, way: str) -> None:
        super().__init__()
        self.beside(text(words().isolate(found.name), "subtitle"))
        goes = [
            _("{kind}: {count}").format(kind=_(one_of_table(name)), count=words().number(count))
            for name, count in found.kinds.items()
        ]
        self.beside(text(_("This goes for good: {things}.").format(things=words().list(goes))))
        self.beside(
            text(
                _(
                    "It goes from the record, its history, its search, its drafts and its documents. Nobody can take "
                    "it back. The history keeps that something was erased, by whom, when and why, never what."
                )
            )
        )
        if found.mentioned:
            self.beside(
                text(
                    counted(
                        "{count} other thing may name it. It stays: find it by the search, and put it right.",
                        "{count} other things may name it. They stay: find them by the search, and put them right.",
                        len(found.mentioned),
                    ),
                    "warning",
                )
            )
        self.add("way", WAY, ChoiceEdit([(key, _(title)) for key, title in WAYS if key != "keep"], nothing=None))
        self.add("ground", GROUND, TextEdit())
        self.add(
            "copies",
            COPIES,
            ChoiceEdit([(False, _copies_stay()), (True, _("Take them away now"))], nothing=None),
            wide=True,
        )
        self.load({"way": way, "copies": False})


def erase_one(entity: type[Entity], way: str = "erase") -> Callable[[Desk, UUID, QWidget], None]:
    """The dialog that erases a thing of this kind."""

    def show(desk: Desk, id: UUID, over: QWidget) -> None:
        def ask(found: Reach) -> None:
            form = EraseForm(found, way)
            FormDialog(_("Erase for good"), form, partial(_erase, desk, entity, id, over), over, _("Erase")).open()

        desk.ask(reach, entity, id, then=ask, owner=over)

    return show


def keep_one(entity: type[Entity], desk: Desk, id: UUID, over: QWidget) -> None:
    """The dialog that keeps a thing on."""
    form = Form()
    form.bind(KeptOn.until, editor_of(desk, KeptOn.until))
    form.bind(KeptOn.reason, editor_of(desk, KeptOn.reason))

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        desk.do(keep_on, entity, id, values["until"], values["reason"], then=done, failed=refused, owner=over)

    FormDialog(_("Keep on"), form, do, over).open()


def save_certificate(desk: Desk, over: QWidget) -> None:
    """Write the certificate of the newest erasure."""
    start = str(Path.home() / "certificate.pdf")
    name, _filter = QFileDialog.getSaveFileName(over, _(TITLE), start, _("PDF (*.pdf)"))
    if name:
        path, language = Path(name), words().language
        told = _("Written: {path}").format(path=words().isolate(str(path)))
        desk.tasks.with_record(lambda: certify(desk.record, path, language), lambda _done: desk.say(told), owner=over)


def _erase(
    desk: Desk, entity: type[Entity], id: UUID, over: QWidget, values: dict[str, Any], done: Any, refused: Any
) -> None:
    keep: Collection[str] | None = counted_fields(entity) if values["way"] == ANONYMISE else None

    def erase() -> Done:
        copies = bool(values["copies"])
        return erase_for_good(desk.record, entity, id, values["ground"], keep=keep, copies_too=copies)

    def told(found: Done) -> None:
        done(None)
        if found.swept:
            desk.say(_("Erased for good. The history says that it was done, never what."))
        else:
            desk.say(
                _("Erased. Close whatever else reads this record, then have it checked: the file is not swept yet.")
            )
        if found.second_waits:
            Told(_("Erase for good"), _(SECOND_WAITS), over).open()
        save_certificate(desk, over)

    desk.tasks.with_record(erase, told, refused, over)


def _copies_stay() -> str:
    return counted(
        "Leave them: they go by themselves after about {count} day",
        "Leave them: they go by themselves after about {count} days",
        RETENTION.days,
    )
