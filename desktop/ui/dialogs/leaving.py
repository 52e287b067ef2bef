"""What is about to leave, before it does: for whom, how much of it is hidden, which rows are in it; to whom and why."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from db.commands.issuing import Destination
from db.fields import Field, Kind
from db.queries.kinds import KINDS
from db.queries.selection import Behind
from desktop.deliver import Made, Order
from desktop.reports.building import AUDIENCES
from desktop.reports.telling import told
from desktop.ui.desk import Desk
from desktop.ui.dialogs.behind import BehindDialog
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.forms.form import Form
from desktop.ui.forms.inputs import TextEdit
from desktop.ui.language import _, words
from desktop.ui.parts import button, plain, row, text
from i18n import N_

_TO = Field(N_("To whom it goes"), Kind.TEXT, help=N_("A person or an office, as the register should say it."))
_WHY = Field(N_("Why it leaves"), Kind.TEXT, required=True)


class LeavingForm(Form):
    """What leaves, to be read; to whom and why, to be said."""

    def __init__(self, desk: Desk, order: Order, made: Made) -> None:
        super().__init__()
        readers = _("Who reads it: {readers}").format(readers=_(AUDIENCES[order.asked.audience]))
        self.beside(text(readers))
        for line in told(made.notes, words()):
            self.beside(text(line, "warning"))
        if made.unprintable:
            said = _("No font of ours has these letters; they stand on the page as a mark: {letters}")
            self.beside(text(said.format(letters=words().isolate(" ".join(made.unprintable))), "warning"))
        rows = [
            button(_(KINDS[kind].name), partial(self._show_rows, desk, kind, filters), "link")
            for kind, filters in made.behind.items()
            if kind in KINDS
        ]
        if rows:
            self.beside(plain(row(text(_("Rows that its figures are made of:"), wrap=False), *rows)))
        kept = _("The register keeps that it left, with the digest of the file and every count in it.")
        self.beside(text(kept, "muted"))
        self.add("recipient", _TO, TextEdit())
        self.add("purpose", _WHY, TextEdit())
        self.load({"purpose": desk.record.reason})

    def _show_rows(self, desk: Desk, kind: str, filters: Sequence[Sequence[str]]) -> None:
        rows = Behind(kind, tuple((key, value) for key, value in filters), 0)
        BehindDialog(desk, _(KINDS[kind].name), _("All rows that figures of this file are made of."), rows, self).open()


class WhyForm(Form):
    """Why something leaves the record."""

    def __init__(self) -> None:
        super().__init__()
        said = _(
            "What leaves is not encrypted. The register keeps who let it leave, when and why; asked once a session."
        )
        self.beside(text(said))
        self.add("purpose", _WHY, TextEdit())


def with_reason(desk: Desk, over: QWidget, then: Callable[[], object]) -> FormDialog | None:
    """Go on once the person has said, in this session, why files leave."""
    if desk.record.reason:
        then()
        return None

    def do(values: dict[str, Any], done: Any, _refused: Any) -> None:
        done(None)
        desk.record.reason = values["purpose"]
        then()

    dialog = FormDialog(_("Why it leaves"), WhyForm(), do, over, _("Go on"))
    dialog.open()
    return dialog


def look_before_it_leaves(
    desk: Desk, order: Order, made: Made, leave: Callable[[Destination], object], over: QWidget
) -> FormDialog:
    """Show what leaves, and let it leave when the person has seen it."""

    def do(values: dict[str, Any], done: Any, _refused: Any) -> None:
        done(None)
        desk.record.reason = values["purpose"]
        leave(Destination(values["recipient"], values["purpose"]))

    dialog = FormDialog(_("What leaves"), LeavingForm(desk, order, made), do, over, _("Save as a file…"))
    dialog.open()
    return dialog
