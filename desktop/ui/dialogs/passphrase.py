"""Passphrases in a form: one's own and a colleague's, to show who sits there, and a new one, typed twice."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLineEdit

from db.errors import InvalidValue, MistypedRecoveryCode, WrongPassphrase
from db.fields import Field, Kind
from desktop.opening import PRESENT, confirm
from desktop.ui.desk import Desk
from desktop.ui.forms.form import Form
from desktop.ui.forms.inputs import TextEdit
from i18n import N_

PASSPHRASE = Field(N_("Passphrase"), Kind.TEXT, required=True)
AGAIN = Field(N_("The passphrase once more"), Kind.TEXT)
THEIRS = Field(
    N_("The passphrase or recovery code of this person"),
    Kind.TEXT,
    help=N_(
        "This person is there and types it. Only what is typed here opens confidential texts then, and nothing that "
        "somebody else may have put under their name."
    ),
)


class NotTheirSecret(InvalidValue):
    message = N_("“{field}”: this is not what opens the record for this person. Let them type it again.")


class NotAlike(InvalidValue):
    message = N_("The two passphrases are not the same. Type them again.")


class PassphraseEdit(TextEdit):
    """A passphrase, not shown; every space counts."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def value(self, _field: str) -> Any:
        return self.text() or None


def ask_who(form: Form, desk: Desk, *, needed: bool = True) -> None:
    """Ask for what opens the record for whoever acts; what opens a practice record is published."""
    if not desk.practice:
        form.add("present", replace(PRESENT, required=needed), PassphraseEdit(), wide=True)


def confirmed(desk: Desk, values: Mapping[str, Any]) -> None:
    """Refuse, in the record's thread, whoever does not know it."""
    if not desk.practice:
        confirm(desk.record, values["present"])


def ask_them(form: Form) -> None:
    """Ask for what opens the record for the colleague whom the form is about; they are there to type it."""
    form.add("theirs", THEIRS, PassphraseEdit(), wide=True)


@contextmanager
def shown_by_them() -> Iterator[None]:
    """Say beside its field, in the record's thread, that what the colleague typed does not open it for them."""
    try:
        yield
    except (WrongPassphrase, MistypedRecoveryCode):
        raise NotTheirSecret(THEIRS.name) from None


def ask_twice(form: Form, field: Field = PASSPHRASE) -> None:
    """A new passphrase."""
    form.add("passphrase", field, PassphraseEdit())
    form.add("again", AGAIN, PassphraseEdit())


def refuse_unlike(values: Mapping[str, Any]) -> None:
    """Refuse a new passphrase that was not typed alike twice."""
    if values["passphrase"] != values["again"]:
        raise NotAlike(AGAIN.name)
