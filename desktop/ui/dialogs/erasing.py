"""Erasing a thing for good, or keeping it on: what goes is said first, and what went, with its certificate, after."""

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

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
from desktop.erasing import STAYS, certify, told_staying
from desktop.reports.certificate import TITLE
from desktop.ui.desk import Desk
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.saving import proposed
from desktop.ui.forms.choices import ChoiceEdit, YesNoEdit
from desktop.ui.forms.editors import editor_of
from desktop.ui.forms.form import Form
from desktop.ui.forms.inputs import TextEdit
from desktop.ui.language import _, counted, words
from desktop.ui.parts import button, column, make_room, plain, row_at_end, text
from i18n import N_

PAST_ITS_TIME = N_("Past the time it is kept")
"""The page where the newest certificate can be saved too."""
DESPITE = Field(N_("Erase it all the same"), Kind.YES_NO, required=True)
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
        self.beside(text(_("This goes for good: {things}.").format(things=_kinds_of(found))))
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
        if found.staying:
            self.beside(text("\n".join([_(STAYS), *told_staying(found, words())]), "warning"))
            self.add("despite", DESPITE, YesNoEdit(_("Not decided yet")))
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
            erase = partial(_erase, desk, entity, id, found, over)
            FormDialog(_("Erase for good"), form, erase, over, _("Erase")).open()

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


def save_certificate(desk: Desk, over: QWidget) -> bool:
    """Write the certificate of the newest erasure; whether somebody said where to."""
    start = proposed(Path.home(), _(TITLE), "pdf")
    name, _filter = QFileDialog.getSaveFileName(over, _(TITLE), start, _("PDF (*.pdf)"))
    if name:
        path, language = Path(name), words().language
        told = _("Written: {path}").format(path=words().isolate(str(path)))
        desk.tasks.with_record(lambda: certify(desk.record, path, language), lambda _done: desk.say(told), owner=over)
    return bool(name)


class ErasedDialog(QDialog):
    """That it is erased, how much went, and the certificate of it, which can be saved at once or later."""

    def __init__(self, desk: Desk, found: Reach, done: Done, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = _("Erased for good")
        self.setWindowTitle(title)
        self._desk, self._over = desk, over
        said = [_("This went for good: {things}.").format(things=_kinds_of(found))]
        if not done.swept:
            said.append(
                _("Erased. Close whatever else reads this record, then have it checked: the file is not swept yet.")
            )
        if done.second_waits:
            said.append(_(SECOND_WAITS))
        proves = _(
            "The certificate proves it to whoever asked: who erased, when and on what ground, how much, and what is "
            "left outside the record. It never says what."
        )
        later = _("It can be saved later too, on the page “{page}”, until something else is erased.")
        save = button(_("Save the certificate…"), self.save, "primary", "file-down")
        self.setLayout(
            column(
                text(title, "subtitle"),
                *map(text, said),
                text(proves, "muted"),
                text(later.format(page=_(PAST_ITS_TIME)), "muted"),
                None,
                plain(row_at_end(button(_("Close"), self.reject), save)),
            )
        )
        self.setMinimumWidth(round(self.fontMetrics().averageCharWidth() * 75))
        make_room(self)
        save.setFocus()

    def save(self) -> None:
        """Ask where the certificate goes; the question stays open where nobody says."""
        if save_certificate(self._desk, self._over):
            self.accept()


def _erase(
    desk: Desk,
    entity: type[Entity],
    id: UUID,
    reached: Reach,
    over: QWidget,
    values: dict[str, Any],
    done: Any,
    refused: Any,
) -> None:
    if values.get("despite") is False:
        done(None)  # who says no is not asked again
        desk.say(_("Nothing was changed."))
        return
    keep: Collection[str] | None = counted_fields(entity) if values["way"] == ANONYMISE else None

    def erase() -> Done:
        copies = bool(values["copies"])
        return erase_for_good(desk.record, entity, id, values["ground"], keep=keep, copies_too=copies)

    def told(found: Done) -> None:
        done(None)
        desk.say(_("Erased for good. The history says that it was done, never what."))
        ErasedDialog(desk, reached, found, over).open()

    desk.tasks.with_record(erase, told, refused, over)


def _kinds_of(found: Reach) -> str:
    """How many of each kind."""
    return words().list(
        [
            _("{kind}: {count}").format(kind=_(one_of_table(name)), count=words().number(count))
            for name, count in found.kinds.items()
        ]
    )


def _copies_stay() -> str:
    return counted(
        "Leave them: they go by themselves after about {count} day",
        "Leave them: they go by themselves after about {count} days",
        RETENTION.days,
    )
