"""Settings: language, appearance, size of text, when to lock, and whether the system's keyring keeps the key.

What the organisation's IT has settled is shown and cannot be changed here: a choice is narrowed to what is left of it.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QLineEdit, QWidget

from desktop import policies, settings
from desktop.ui.dialogs.opening import language_choice
from desktop.ui.forms.inputs import at_the_beginning, mirrored
from desktop.ui.language import _, words
from desktop.ui.parts import answered_by_keys, button, card, column, plain, row, row_at_end, scrolled, text
from desktop.ui.theme import TEXT_SIZES
from i18n import N_

APPEARANCES = (
    ("system", N_("As the system")),
    ("light", N_("Light")),
    ("dark", N_("Dark")),
    ("contrast", N_("High contrast")),
)
MINUTES = (5, 10, 15, 30, 60)
_SHOWN = ("records_folder", "reports_folder", "second_place", "passphrase_at_least", "updates")
"""What IT settles of things that are chosen elsewhere: shown here, where people look for it."""


class SettingsDialog(QDialog):
    """Choices that are no secret; they hold from the moment they are saved."""

    def __init__(
        self,
        chosen: settings.Settings,
        apply: Callable[[settings.Settings], None],
        keyring: Callable[[bool], None] | None,
        parent: QWidget | None,
        ways: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Settings"))
        self._chosen, self._apply, self._keyring = chosen, apply, keyring
        self._settled = policies.load()
        self._language = language_choice(words().language)
        self._appearance = _choice([(code, _(title)) for code, title in APPEARANCES], chosen.appearance)
        self._size = _choice([(size, words().percent(size / 100)) for size in TEXT_SIZES], chosen.text_size)
        minutes = minutes_left(self._settled)
        self._lock = _choice(
            [(one, policies.in_words("lock_after_at_most", one, words())) for one in minutes],
            max((one for one in minutes if one <= chosen.lock_after), default=minutes[0]),
        )
        self._keep = QCheckBox(_("Let the system's keyring open this record"))
        self._keep.setEnabled(keyring is not None)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        said = _("Your organisation's IT has chosen these languages.") if self._settled.sets("languages") else ""
        _add(form, _("Language of the window"), self._language, said, self._language.count() == 1)
        _add(form, _("Appearance"), self._appearance)
        _add(form, _("Size of text"), self._size)
        said = ""
        if self._settled.sets("lock_after_at_most"):
            most = policies.in_words("lock_after_at_most", self._settled.lock_after_at_most, words())
            said = _("Your organisation's IT allows {time} at most.").format(time=most)
        _add(form, _("Lock the record after"), self._lock, said, len(minutes) == 1)
        save = button(_("Save"), self._save, "primary", "check")
        choices = column()
        choices.addLayout(form)
        if self._settled.keyring:
            said = _("Whoever is signed in to this computer can then open it without a passphrase.")
        else:
            said = _("Your organisation's IT does not let the keyring keep keys. The passphrase is typed.")
            _settle(self._keep, said)
        choices.addWidget(_with_under(self._keep, said))
        choices.addWidget(self._settled_elsewhere())
        if ways is not None:
            choices.addWidget(plain(row(button(_("Who can open this record…"), ways, "link", "key-round"))))
        choices.addStretch(1)
        inside = plain(choices)
        choices.setContentsMargins(2, 2, 12, 2)
        area = scrolled(inside, _("Settings"))  # on a small screen, where IT has settled everything
        answers = plain(row_at_end(button(_("Cancel"), self.reject), save))
        lines = column(text(_("Settings"), "subtitle"), area, answers)
        self.setLayout(lines)
        save.setDefault(True)  # only a dialog it stands in heeds it
        answered_by_keys(self, save)
        wide = max(round(self.fontMetrics().averageCharWidth() * 80), self.sizeHint().width())
        self.setMinimumWidth(wide)
        around = lines.contentsMargins()
        room = wide - around.left() - around.right()
        # Sentences that wrap need more than Qt proposes.
        high = self.sizeHint().height() - area.sizeHint().height() + choices.totalHeightForWidth(room)
        self.resize(wide, high)

    def show_keyring(self, kept: bool) -> None:
        """Show whether the keyring holds the key now."""
        self._keep.setChecked(kept)
        self._kept = kept

    _kept = False

    def _settled_elsewhere(self) -> QWidget:
        """What IT has settled of things that are chosen elsewhere, under one heading; nothing where it has not."""
        names = [name for name in _SHOWN if self._settled.sets(name)]
        form = QFormLayout()
        for name in names:
            shown = QLineEdit(policies.in_words(name, getattr(self._settled, name), words()))
            if mirrored():
                shown.setAlignment(at_the_beginning())
            _settle(shown, _(policies.SET_BY_IT))
            form.addRow(_(policies.TITLES[name]), shown)
        part = card(text(_(policies.SET_BY_IT), "subtitle"), plain(form))
        part.setVisible(bool(names))
        return part

    def _save(self) -> None:
        if self._keyring is not None and self._keep.isEnabled() and self._keep.isChecked() != self._kept:
            self._keyring(self._keep.isChecked())
        self.accept()
        self._apply(
            replace(
                self._chosen,
                language=self._language.currentData(),
                appearance=self._appearance.currentData(),
                text_size=self._size.currentData(),
                lock_after=self._lock.currentData(),
            )
        )


def minutes_left(settled: policies.Policies) -> list[int]:
    """The times until the lock that may be chosen, the longest that IT allows among them."""
    most = settled.lock_after_at_most
    return sorted({*(one for one in MINUTES if one <= most), *({most} if settled.sets("lock_after_at_most") else ())})


def _settle(widget: QWidget, said: str, disabled: bool = True) -> None:
    """Whoever hears the screen hears with the value who settled it."""
    widget.setDisabled(disabled)
    widget.setAccessibleDescription(said)
    widget.setToolTip(said)


def _add(form: QFormLayout, name: str, choice: QWidget, said: str = "", disabled: bool = False) -> None:
    """A choice beside its name, with what IT has settled of it directly under it."""
    label = text(name, wrap=False)
    label.setBuddy(choice)
    if said:
        _settle(choice, said, disabled)
    form.addRow(label, _with_under(choice, said) if said else choice)


def _with_under(widget: QWidget, said: str) -> QWidget:
    lines = column(widget, text(said, "muted"))
    lines.setSpacing(3)
    return plain(lines)


def _choice(choices: list[tuple[object, str]], chosen: object) -> QComboBox:
    box = QComboBox()
    for value, shown in choices:
        box.addItem(shown, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
