"""The program with windows: the passphrase first, the rest behind it, then one window on one record until it closes.

Nothing imported at the top of this module brings SQLAlchemy or ReportLab along: a field laptop's disk is slow, and the
passphrase window should stand there while the rest is read.
"""

from desktop.ui import quick  # noqa: F401 # isort: skip # before everything else of ours

import sys
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QDialog

import resources
from desktop import settings
from desktop.ui import crashes, help, language, records, theme
from desktop.ui.clipboard import forget_what_was_copied
from desktop.ui.dialogs.opening import OpeningWindow
from desktop.ui.entrance import Entrance
from desktop.ui.errors import Faults, sentence
from desktop.ui.idle import Idle
from desktop.ui.language import _
from desktop.ui.rubbish import Rubbish
from desktop.ui.tasks import Tasks
from desktop.ui.windows import Windows, fit

if TYPE_CHECKING:
    from desktop.opening import Opened
    from desktop.ui.desk import Desk
    from desktop.ui.main_window import MainWindow


def show(arguments: list[str]) -> int:
    """Open the window on the record named by `--record`, or on the last one."""
    named = next((Path(value) for flag, value in pairwise(arguments) if flag == "--record"), None)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Jalon")
    app.setDesktopFileName("jalon")  # under which the desktop knows our windows
    app.setWindowIcon(QIcon(str(resources.path("jalon.svg"))))
    app.setQuitOnLastWindowClosed(False)
    office = App(app)
    crashes.watch()
    office.start(named)
    return app.exec()


class App(QObject):
    """Goes from opening to a window and back: locked, in another language, on another record."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app, self._chosen = app, settings.load()
        self._families = theme.load_fonts()
        self.tasks = Tasks(self)
        self._rubbish = Rubbish(self.tasks, self)
        self._faults = Faults(self)
        self._faults.watch()
        self.tasks.failed.connect(self._unworded)
        self._opened: Opened | None = None
        self.desk: Desk | None = None
        self._locked_path: Path | None = None
        self._locked_by: Any = None
        self.entrance = Entrance(self.tasks, self._in_words, self)
        self.entrance.opened.connect(self._take)
        self.entrance.unlocked.connect(self._go_on)
        self.entrance.language_asked.connect(self._speak)
        self.entrance.closed.connect(self._quit)
        self.windows = Windows(self)
        self.windows.emptied.connect(self._quit)
        self._idle: Idle | None = None
        self._told = False
        language.switch(settings.screen_language(QLocale.system().uiLanguages()))
        self._dress()
        app.focusChanged.connect(help.listen)
        app.focusChanged.connect(fit)
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: self._dress())

    @property
    def window(self) -> "MainWindow | None":
        """The window somebody works in, if there is one."""
        return self.windows.current

    @property
    def opening(self) -> OpeningWindow | None:
        """The window that asks for a passphrase, while it stands there."""
        return self.entrance.window

    def start(self, path: Path | None) -> None:
        """Ask for a passphrase; what the record needs is imported meanwhile."""
        recent = [Path(each) for each in self._chosen.recent if Path(each).exists()]
        path = path or (recent[0] if recent else None)
        self.entrance.ask(path)
        # Milliseconds after which it has painted: the import would compete with it for the one interpreter.
        QTimer.singleShot(60, self, lambda: self._load(path))

    def _load(self, path: Path | None) -> None:
        def asleep(_loaded: None) -> None:
            from desktop.ui.asleep import Asleep

            Asleep(self).left.connect(self.lock)

        self.tasks.with_record(records.load, asleep)
        if path is not None and path.exists():
            self.entrance.at_hand(path)

    # Opening, locking and closing a record.

    def _take(self, opened: "Opened") -> None:
        from desktop.ui.backing import Backing
        from desktop.ui.desk import Desk
        from desktop.ui.dialogs.at_opening import tell
        from desktop.ui.refresh import Refresh
        from desktop.ui.steps import Steps

        if self._opened is not None:
            self._let_go(self._opened.record)
        self._opened, self._locked_path = opened, None
        self._chosen = settings.load()
        self.desk = Desk(opened.record, self.tasks, Refresh(opened.record, self), opened.practice)
        self.desk.backing = Backing(self.desk, self._bring_back, self)
        self.steps = Steps(self.desk, self)
        self.steps.failed.connect(self._unworded)
        self.steps.next.connect(self.windows.show_undo)
        if self._idle is None:
            self._idle = Idle(self._app, self._chosen.lock_after)
            self._idle.left.connect(self.lock)
        self._show_window()
        tell(opened, self._faults.before(), self.window, first=not self._told)
        self._told = True

    def lock(self) -> None:
        """Keep what was typed as drafts, forget the key, and ask for the passphrase again."""
        if self._opened is None or self.window is None or self._locked_path is not None:
            return
        record = self._opened.record
        self._locked_path, self._locked_by = record.path, record.person
        self.windows.keep_drafts()
        self.tasks.with_record(record.lock)
        forget_what_was_copied(self._app.clipboard())
        for dialog in self._app.topLevelWidgets():
            if isinstance(dialog, QDialog):
                dialog.done(0)  # nobody is there to answer what to do with what was typed
            elif not self.windows.holds(dialog):
                dialog.close()
        self.windows.set_visible(False)
        self.entrance.ask(record.path, record)

    def _go_on(self, record: Any) -> None:
        self._locked_path = None
        if record.person != self._locked_by:
            self._show_window()  # what one typed, sealed text above all, is not shown to another
        self.windows.set_visible(True)
        self.entrance.leave()

    def _open_another(self) -> None:
        if self._opened is not None and self.windows.may_leave():
            self._leave()

    def _leave(self) -> None:
        """Let this record go, and ask which one is next."""
        assert self._opened is not None
        record, self._opened = self._opened.record, None
        self.windows.put_away()
        self._let_go(record)
        self.entrance.ask(record.path)

    def _let_go(self, record: Any) -> None:
        if self.desk is not None and self.desk.backing is not None:
            self.desk.backing.deleteLater()
            self.desk.backing = None
        self.tasks.with_record(lambda: records.leave(record))

    def _bring_back(self, said: str) -> None:
        """Show the copies that can be brought back."""
        from desktop.ui.dialogs.restoring import restore_dialog

        if self._opened is not None and self._locked_path is None and self.windows.may_leave():
            now = self._opened
            dialog = restore_dialog(now.record.path, self.tasks, self.window, self._take, opened=now, said=said)
            dialog.lost.connect(self._leave)
            dialog.open()

    def end(self) -> None:
        """Put the record in order and let everything go."""
        if self._opened is not None:
            self._let_go(self._opened.record)
        self.tasks.close()
        self._rubbish.stop()

    def _quit(self) -> None:
        """The last window was closed."""
        self.end()
        self._app.quit()

    # The window on the record.

    def _show_window(self, page: str = "home", about: Any = None) -> None:
        """The first window on the record, or the first in another language."""
        self.windows.put_away()
        self._open_window(page, about)
        self.entrance.leave()

    def _open_window(self, page: str, about: Any) -> None:
        assert self.desk is not None and self._opened is not None
        title = _("{record} – practice – Jalon") if self.desk.practice else _("{record} – Jalon")
        self.desk.say = self.windows.say
        self.windows.open(self.desk, self._commands(), title.format(record=self._opened.record.path.stem), page, about)
        self.steps.read()

    def _one_more(self) -> None:
        """Another window, on what this one shows."""
        if self.window is not None:
            self._open_window(self.window.page.key, self.window.page.about)

    def _commands(self) -> dict[str, Any]:
        from desktop.ui.dialogs import about, told

        return {
            "open": self._open_another,
            "lock": self.lock,
            "window": self._one_more,
            "undo": lambda: self.steps.take("undo"),
            "redo": lambda: self.steps.take("redo"),
            "settings": self._settings,
            "news": lambda: told.news_dialog(self.window).open(),
            "about": lambda: about.AboutDialog(self.window).open(),
        }

    def _settings(self) -> None:
        from desktop.ui.dialogs.settings import SettingsDialog
        from desktop.ui.tools import ways

        assert self.desk is not None
        record, who = self.desk.record, partial(ways, self.desk, self.window)
        dialog = SettingsDialog(self._chosen, self._choose, partial(self._keep_key, record), self.window, who)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.tasks.with_record(lambda: records.is_kept(record.path), dialog.show_keyring, owner=dialog)
        dialog.open()

    def _choose(self, chosen: settings.Settings) -> None:
        spoken = language.words().language
        turns = self.window is not None and chosen.language != spoken
        if turns and not self.windows.may_turn():
            turns, chosen = False, replace(chosen, language=self._chosen.language)
            self.windows.say(_("The language stays as it is until the text that is not saved is."))
        settings.save(chosen)
        self._chosen = settings.load()
        self._dress()
        if self._idle is not None:
            self._idle.wait(self._chosen.lock_after)
        if turns:
            self.windows.keep_drafts()
            page, maximised = self.window.page, self.window.isMaximized()
            language.switch(chosen.language)
            self._show_window(page.key, page.about)
            if maximised:
                self.window.showMaximized()

    def _speak(self, chosen: str) -> None:
        self._chosen = replace(self._chosen, language=chosen)
        settings.save(self._chosen)
        language.switch(chosen)
        self.entrance.ask_again()

    def _keep_key(self, record: Any, keep: bool) -> None:
        def kept(done: bool) -> None:
            if not done:
                self.windows.say(_("The system's keyring is not at hand. The passphrase is still needed."))

        if keep and self.desk is not None:
            from desktop.ui.dialogs.ways import let_keyring

            let_keyring(self.desk, self.window, lambda: records.keep(record, True), kept)
        else:
            self.tasks.with_record(lambda: records.keep(record, keep), kept)

    def _dress(self) -> None:
        theme.apply(self._app, self._chosen.appearance, self._chosen.text_size, self._families)

    # Faults.

    def _unworded(self, error: Exception) -> None:
        if words := sentence(error):
            self.windows.say(words)
        else:
            self._faults.report(error)

    def _in_words(self, error: Exception) -> str:
        if words := sentence(error):
            return words
        self._faults.report(error)
        return _("Jalon made a mistake")
