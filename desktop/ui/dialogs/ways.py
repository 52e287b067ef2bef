"""Ways in: who opens this record and by what, a passphrase of one's own, the office's key, a new key of the record."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from db.commands.people import (
    NOT_PREVENTED,
    OFFICE_KEY_NAME,
    Opener,
    change_own,
    give_office_key,
    openers,
    renew_own_code,
)
from db.escrow import PUBLIC_SUFFIX, SUFFIX, known_by, new_office_key, public_half
from db.fields import Field, Kind
from desktop.reports.recovery_page import CodeOf
from desktop.ui.desk import Desk
from desktop.ui.dialogs.code import CodeDialog
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.joining import another
from desktop.ui.dialogs.passphrase import ask_twice, ask_who, confirmed, refuse_unlike
from desktop.ui.dialogs.people import NEW_KEY, READS, THIN, give_new_key, reads
from desktop.ui.errors import sentence
from desktop.ui.forms.choices import YesNoEdit
from desktop.ui.forms.form import Form
from desktop.ui.forms.inputs import TextEdit
from desktop.ui.help import headed
from desktop.ui.language import _, words
from desktop.ui.parts import Note, button, card, column, empty, plain, row, row_at_end, scrolled_cards, text
from desktop.ui.records import code_of
from i18n import N_

NEW_PASSPHRASE = Field(N_("New passphrase"), Kind.TEXT, required=True)
ACTS_AS = Field(
    N_("Who acts when the office key opens the record"),
    Kind.TEXT,
    required=True,
    help=N_("What is done then stands under this name in the history."),
)


class WaysDialog(QDialog):
    """Everybody who can open the record, and what can be done about it."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Ways in"))
        self._desk = desk
        area, self._openers = scrolled_cards(_("Who can open this record, and by what"))
        self._note = Note()
        self.setLayout(
            column(
                headed(_("Who can open this record, and by what"), "ways"),
                area,
                self._note,
                plain(
                    row(
                        button(_("Another person…"), lambda: another(desk, self, self._read)),
                        button(_("Change my passphrase…"), self._change),
                        button(_("New recovery code for me…"), self._renew),
                        button(_("Let an office key open it…"), self._take),
                        button(_("Make an office key…"), self._make),
                        button(_("New key…"), self._rekey),
                    )
                ),
                plain(row_at_end(button(_("Close"), self.accept, "primary"))),
            )
        )
        self.resize(round(self.fontMetrics().averageCharWidth() * 90), 460)
        self._read()

    def take(self, file: Path) -> None:
        """Ask what is to be known before this office key opens the record."""
        try:
            public = public_half(file)
        except Exception as refused:
            if (said := sentence(refused)) is None:
                raise
            self._note.say(said, "error")
            return
        form = Form()
        form.beside(text(_("Office key {known_by}").format(known_by=words().isolate(known_by(public)))))
        form.beside(text(_("Compare these letters with those that its keeper has."), "muted"))
        ask_who(form, self._desk)
        form.add("name", ACTS_AS, TextEdit())
        form.add("reads", READS, YesNoEdit(None))
        form.load({"name": _(OFFICE_KEY_NAME), "reads": False})
        record = self._desk.record

        def do(values: dict[str, Any], done: Any, refused: Any) -> None:
            def take() -> None:
                confirmed(self._desk, values)
                give_office_key(record, public, values["name"], reads_sealed=values["reads"])

            self._do(take, done, refused)

        FormDialog(_("Let an office key open it"), form, do, self).open()

    def make(self, file: Path) -> None:
        """Make an office key in this file, once its passphrase is typed."""
        form = Form()
        ask_twice(form)
        form.beside(text(_("Keep the file away from the computers, and the code apart from the file.")))
        file = file if file.suffix else file.with_suffix(SUFFIX)

        def do(values: dict[str, Any], done: Any, refused: Any) -> None:
            def made(answer: tuple[Path, str]) -> None:
                done(None)
                public, code = answer
                said = _("The public half, which each record takes: {file}").format(file=words().isolate(public.name))
                self._note.say(said, "muted")
                CodeDialog(code, self).open()

            refuse_unlike(values)
            phrase = values["passphrase"]
            self._desk.tasks.with_record(lambda: new_office_key(file, phrase), made, refused, self)

        FormDialog(_("Make an office key"), form, do, self).open()

    def _change(self) -> None:
        form, record = Form(), self._desk.record
        ask_who(form, self._desk)
        ask_twice(form, NEW_PASSPHRASE)
        for said in NOT_PREVENTED:
            form.beside(text(_(said), "muted"))
        form.add("rekey", NEW_KEY, YesNoEdit(None))
        form.add("thin", THIN, YesNoEdit(None))
        form.load({"rekey": False, "thin": False})

        def do(values: dict[str, Any], done: Any, refused: Any) -> None:
            def changed(_done: object) -> None:
                done(None)
                self._note.say(_("Your passphrase was changed. The one before no longer opens this record."), "good")
                give_new_key(self._desk, values, self)

            def change() -> None:
                confirmed(self._desk, values)
                change_own(record, values["passphrase"])

            refuse_unlike(values)
            self._do(change, changed, refused)

        FormDialog(_("Change my passphrase"), form, do, self).open()

    def _renew(self) -> None:
        form, record = Form(), self._desk.record
        form.beside(text(_("The page with the code you have now will open the record no more. A new code follows.")))

        ask_who(form, self._desk)

        def do(values: dict[str, Any], done: Any, refused: Any) -> None:
            def renew() -> tuple[str, CodeOf]:
                confirmed(self._desk, values)
                return renew_own_code(record), code_of(record, record.person)

            def renewed(answer: tuple[str, CodeOf]) -> None:
                done(None)
                CodeDialog(answer[0], self, answer[1], self._desk.tasks).open()

            self._do(renew, renewed, refused)

        FormDialog(_("New recovery code"), form, do, self, _("Make a new code")).open()

    def _rekey(self) -> None:
        form = Form()
        for said in (
            _("The record is written anew under another key. Nobody types anything: every passphrase and code stays."),
            _("Where a passphrase may be known to others, change that first: it would open the new key too."),
            *map(_, NOT_PREVENTED),
        ):
            form.beside(text(said))
        form.add("thin", THIN, YesNoEdit(None))
        form.load({"thin": False})

        def do(values: dict[str, Any], done: Any, _refused: Any) -> None:
            done(None)
            give_new_key(self._desk, values | {"rekey": True}, self)

        FormDialog(_("New key"), form, do, self, _("Give the record a new key")).open()

    def _take(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(
            self,
            _("Choose the public half of the office key"),
            str(Path.home()),
            _("Office keys (*{public} *{whole});;All files (*)").format(public=PUBLIC_SUFFIX, whole=SUFFIX),
        )
        if chosen:
            self.take(Path(chosen))

    def _make(self) -> None:
        start = Path.home() / _("office.jalonkey")
        chosen, _filter = QFileDialog.getSaveFileName(
            self, _("Where the office key is kept"), str(start), _("Office keys (*.jalonkey);;All files (*)")
        )
        if chosen:
            self.make(Path(chosen))

    def _do(self, work: Any, done: Any, refused: Any) -> None:
        def did(answer: object) -> None:
            done(answer)
            self._read()

        self._desk.tasks.with_record(work, did, refused, self)

    def _read(self) -> None:
        record = self._desk.record
        self._desk.tasks.with_record(lambda: openers(record), self._show, owner=self)

    def _show(self, found: tuple[Opener, ...]) -> None:
        empty(self._openers)
        for opener in found:
            self._openers.addWidget(card(text(words().isolate(opener.name)), text(_by(opener), "muted")))
        self._openers.addStretch(1)


def _by(opener: Opener) -> str:
    """By what somebody opens the record, a sentence."""
    way = opener.way
    by = [
        said
        for has, said in (
            (way.passphrase, _("passphrase")),
            (way.recovery, _("recovery code")),
            (way.office_key, _("office key")),
        )
        if has
    ]
    told = _("Opens the record by: {ways}.").format(ways=words().list(by))
    return f"{told} {reads(way)}"


def let_keyring(desk: Desk, over: QWidget | None, keep: Callable[[], bool], kept: Callable[[bool], object]) -> None:
    """Let the system's keyring open the record, once whoever acts has shown that it is them."""
    form = Form()
    form.beside(text(_("Whoever is signed in to this computer can then open it without a passphrase.")))
    ask_who(form, desk)

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        def keep_it() -> bool:
            confirmed(desk, values)
            return keep()

        def did(answer: bool) -> None:
            done(None)
            kept(answer)

        desk.tasks.with_record(keep_it, did, refused)

    FormDialog(_("Let the system's keyring open this record"), form, do, over, _("Let it")).open()
