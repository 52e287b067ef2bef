"""The window around the pages: menus, the rail, the state of the record. Rebuilt whole for another language."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.models.people import Person
from db.queries.entries import called
from desktop.ui import actions
from desktop.ui.desk import ONE, Desk
from desktop.ui.forms.form import Form
from desktop.ui.guide import Guide
from desktop.ui.help import show_help
from desktop.ui.icons import icon
from desktop.ui.kept import keep, state
from desktop.ui.language import _, words
from desktop.ui.pages import page_of, title_of
from desktop.ui.pages.page import Page
from desktop.ui.pages.rail import RAIL, line_of
from desktop.ui.parts import text
from desktop.ui.search import Search
from desktop.ui.tools import tools

Does = Mapping[str, Callable[[], object]]


class MainWindow(QMainWindow):
    """One window on one record."""

    closed = Signal()

    def __init__(self, desk: Desk, does: Does, title: str, page: str = "home", about: Any = None) -> None:
        super().__init__()
        self.desk = desk
        desk.go, desk.back, desk.help = self.go, self.back, self.help
        self._pages: dict[str, Page] = {}
        self._before: list[tuple[str, Any]] = [] if page == "home" else [("home", None)]
        self.setWindowTitle(title)
        self.setMinimumSize(1000, 540)
        self.resize(1180, 720)
        own: Does = {
            "new": lambda: self.page.new(),
            "save": lambda: self.page.save(),
            "find": lambda: self.page.look_for(),
            "search": lambda: self.search.begin(),
            "back": self.back,
            "import": lambda: self.go("import"),
            "report": lambda: self.go("reports"),
            "quit": self.close,
            "help": self.help,
            "guide": lambda: self.guide.bring_back(),
        }
        self.actions_, self._menus = actions.build(self, {**own, **tools(desk, self), **does})
        self._stack = QStackedWidget()
        self._rail = self._build_rail(self._menus["&View"])
        self.search = Search(desk, self)
        self._build_body()
        self._build_status()
        self._key = "geometry/" + words().direction
        if (kept := state(self._key)) is not None:
            self.restoreGeometry(kept)
        self._rail.setFocus()
        self.go(page, about)

    @property
    def page(self) -> Page:
        """The page on show."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def go(self, key: str, about: Any = None) -> bool:
        """Show a page and begin there; stays when typed text would be lost and the person wants to stay."""
        if shown := self._show(key, about):
            self.page.begin()
        return shown

    def back(self) -> None:
        """Show the page on which one was before, or Home."""
        while self._before and self._before[-1] == self._here():
            self._before.pop()
        key, about = self._before[-1] if self._before else ("home", None)
        if self._show(key, about, returning=True):
            del self._before[-1:]
            self._show_back()
            self.page.begin()

    def help(self) -> None:
        """Show what explains the part of the page that has the keyboard."""
        at = QApplication.focusWidget()
        show_help(at if at is not None and self.page.isAncestorOf(at) else self.page)

    def point_at(self, command: str) -> None:
        """Open the menu in which a command stands, and mark it there."""
        action = self.actions_[command]
        menu = next(each for each in self._menus.values() if action in each.actions())
        self.menuBar().setActiveAction(menu.menuAction())
        menu.setActiveAction(action)

    def _here(self) -> tuple[str, Any]:
        return self.page.key, self.page.about

    def _show(self, key: str, about: Any = None, *, returning: bool = False) -> bool:
        if self._stack.count() and not self.page.may_leave():
            self._point_at(self.page.key)
            return False
        if self._stack.count() and not returning and self._here() != (key, about):
            self._before = [*self._before[-50:], self._here()]
        if key not in self._pages:
            self._pages[key] = page_of(self.desk, key)
            self._stack.addWidget(self._pages[key])
        page = self._pages[key]
        page.show_about(about)
        if page.isVisible():  # any other reads when it is shown
            page.reload()
        self._stack.setCurrentWidget(page)
        self._point_at(key)
        self._show_back()
        return True

    def _show_back(self) -> None:
        self._back.setEnabled(bool(self._before))
        self.actions_["back"].setEnabled(bool(self._before))

    def say(self, sentence: str) -> None:
        """Say something for a while, in the status line."""
        self.statusBar().showMessage(sentence, 15000)

    def show_undo(self, undo: str | None, redo: str | None) -> None:
        """Name the deeds that would be taken back or done again."""
        for key, name, plain_name, named in (
            ("undo", undo, _("&Undo"), _("&Undo: {deed}")),
            ("redo", redo, _("&Redo"), _("&Redo: {deed}")),
        ):
            action = self.actions_[key]
            action.setEnabled(name is not None)
            action.setText(plain_name if name is None else named.format(deed=name.replace("&", "&&")))

    def _build_rail(self, menu: Any) -> QListWidget:
        rail = QListWidget()
        rail.setProperty("is", "rail")
        rail.setAccessibleName(_("Pages"))
        rail.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line = rail.fontMetrics().height()
        rail.setIconSize(QSize(line, line))
        widest = 0
        for number, (key, drawing) in enumerate(RAIL, 1):
            title = _(title_of(key))
            item = QListWidgetItem(icon(drawing, QPalette.ColorRole.Text), title)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(0, round(line * 1.8)))
            rail.addItem(item)
            widest = max(widest, rail.fontMetrics().horizontalAdvance(title))
            action = menu.addAction(icon(drawing), title, lambda key=key: self.go(key))
            if number < 10:
                action.setShortcut(f"Ctrl+{number}")
        rail.setFixedWidth(widest + line * 5)
        rail.currentItemChanged.connect(self._rail_moved)
        rail.itemClicked.connect(self._rail_clicked)
        return rail

    def _build_body(self) -> None:
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self._build_head())
        if self.desk.practice:
            banner = QFrame()
            banner.setProperty("is", "banner")
            inside = QHBoxLayout(banner)
            inside.setContentsMargins(16, 6, 16, 6)
            inside.addWidget(text(_("Practice record: everything in it is invented. Do not type real names here.")))
            lines.addWidget(banner)
        self.guide = Guide(self.desk, lambda: self.page, self.point_at)
        lines.addWidget(self.guide)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._rail)
        beside.addWidget(self._stack, 1)
        lines.addLayout(beside, 1)
        self.setCentralWidget(body)

    def _build_head(self) -> QFrame:
        """Back, and the search over everything."""
        head = QFrame()
        head.setProperty("is", "head")
        line = QHBoxLayout(head)
        line.setContentsMargins(8, 4, 12, 4)
        self._back = self._tool(_("Back to where you were"), "arrow-left", self.back)
        line.addWidget(self._back)
        line.addStretch(1)
        line.addWidget(self.search, 4)
        line.addStretch(1)
        line.addWidget(self._tool(_("Help on this page (F1)"), "circle-help", self.help))
        return head

    def _tool(self, says: str, drawing: str, does: Callable[[], object]) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon(drawing, QPalette.ColorRole.ButtonText))
        letter = self.fontMetrics().height()
        made.setIconSize(QSize(letter, letter))
        made.setToolTip(says)
        made.setAccessibleName(says)
        made.clicked.connect(lambda _checked=False: does())
        return made

    def _build_status(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(12, 0, 12, 0)
        self._busy = text(_("Working…"), "muted", wrap=False)
        self._busy.hide()
        self.desk.tasks.busy.connect(self._busy.setVisible)
        bar.addPermanentWidget(self._busy)
        if self.desk.backing is not None:
            bar.addPermanentWidget(self.desk.backing.line())
        acting = text("", "muted", wrap=False)
        bar.addPermanentWidget(acting)
        bar.addPermanentWidget(text(_("Encrypted record, no network needed"), "muted", wrap=False))

        def say_who(name: str) -> None:
            acting.setText(_("Working as {person}").format(person=words().isolate(name)))

        self.desk.ask(called, Person, self.desk.record.person, then=say_who, owner=acting)

    def _rail_moved(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            key = item.data(Qt.ItemDataRole.UserRole)
            if not self._stack.count() or self.page.key != key:
                self._show(key)  # the keyboard stays in the rail
                # A press goes on to mark its line after the page was asked whether it can be left.
                QTimer.singleShot(0, self, lambda: self._point_at(self.page.key))

    def _rail_clicked(self, item: QListWidgetItem) -> None:
        """A click on the line that is marked already leads from one thing back to its list."""
        if item is self._rail.currentItem():  # it is not where one chose to stay by a text that is not saved
            self._rail_moved(item)

    def _point_at(self, key: str) -> None:
        key = line_of(key.removesuffix(ONE))
        for row in range(self._rail.count()):
            if self._rail.item(row).data(Qt.ItemDataRole.UserRole) == key:
                self._rail.blockSignals(True)
                self._rail.setCurrentRow(row)
                self._rail.blockSignals(False)

    def keep_drafts(self) -> None:
        """Put unsaved text of every page and dialog into the record."""
        for page in self._pages.values():
            page.keep_draft()
        self._keep_dialogs()

    def keeps_all(self) -> bool:
        """Whether drafts would keep all that is typed: what will be sealed is in none."""
        return all(form.kept_whole for form in self.findChildren(Form) if form.isVisible())

    def _keep_dialogs(self) -> None:
        for dialog in self.findChildren(QDialog):
            if dialog.isVisible() and hasattr(dialog, "keep_draft"):  # not one that was closed just now
                dialog.keep_draft()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.page.may_leave():
            event.ignore()
            return
        self._keep_dialogs()
        keep(self._key, self.saveGeometry())
        super().closeEvent(event)
        self.closed.emit()
