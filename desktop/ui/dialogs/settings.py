"""Settings: language, appearance, size of text, when to lock, and whether the system's keyring keeps the key."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QWidget

from desktop import settings
from desktop.ui.dialogs.opening import language_choice
from desktop.ui.language import _, ngettext, words
from desktop.ui.parts import Note, button, column, plain, row, row_at_end, text
from desktop.ui.theme import TEXT_SIZES
from i18n import N_

APPEARANCES = (
    ("system", N_("As the system")),
    ("light", N_("Light")),
    ("dark", N_("Dark")),
    ("contrast", N_("High contrast")),
)
MINUTES = (5, 10, 15, 30, 60)


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
        self._language = language_choice(words().language)
        self._appearance = _choice([(code, _(title)) for code, title in APPEARANCES], chosen.appearance)
        self._size = _choice([(size, words().percent(size / 100)) for size in TEXT_SIZES], chosen.text_size)
        self._lock = _choice(
            [
                (minutes, ngettext("{count} minute", "{count} minutes", minutes).format(count=words().number(minutes)))
                for minutes in MINUTES
            ],
            chosen.lock_after,
        )
        self._note = Note("muted")
        form = QFormLayout()
        form.addRow(_("Language of the window"), self._language)
        form.addRow(_("Appearance"), self._appearance)
        form.addRow(_("Size of text"), self._size)
        form.addRow(_("Lock the record after"), self._lock)
        self._keep = QCheckBox(_("Let the system's keyring open this record"))
        self._keep.setEnabled(keyring is not None)
        save = button(_("Save"), self._save, "primary", "check")
        lines = column(text(_("Settings"), "subtitle"))
        lines.addLayout(form)
        lines.addWidget(self._keep)
        lines.addWidget(
            text(_("Whoever is signed in to this computer can then open it without a passphrase."), "muted")
        )
        if ways is not None:
            lines.addWidget(plain(row(button(_("Who can open this record…"), ways, "link", "key-round"))))
        lines.addWidget(self._note)
        lines.addStretch(1)
        lines.addWidget(plain(row_at_end(button(_("Cancel"), self.reject), save)))
        self.setLayout(lines)
        save.setDefault(True)  # only a dialog it stands in heeds it
        self.setMinimumWidth(round(self.fontMetrics().averageCharWidth() * 60))

    def show_keyring(self, kept: bool) -> None:
        """Show whether the keyring holds the key now."""
        self._keep.setChecked(kept)
        self._kept = kept

    _kept = False

    def _save(self) -> None:
        if self._keyring is not None and self._keep.isChecked() != self._kept:
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


def _choice(choices: list[tuple[object, str]], chosen: object) -> QComboBox:
    box = QComboBox()
    for value, shown in choices:
        box.addItem(shown, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
