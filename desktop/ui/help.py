"""The help beside the work: the topics, a search over them, and F1 on any page or dialog opening what explains it."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QKeySequence, QPalette, QShortcut, QTextDocument, QTextOption
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from desktop.topics import GROUPS, KEYS, START, explaining, found, leads_to, text_of, title_of, topics
from desktop.ui.desk import ONE
from desktop.ui.icons import icon
from desktop.ui.language import _, words
from desktop.ui.parts import button, column, empty, plain, row, text
from i18n.isolation import LRI, PDI

_KEY = "help"


def show_help(about: QWidget | None = None, topic: str | None = None) -> "HelpWindow":
    """Show a topic, or the one that explains what this widget is a part of, in the one window of the help."""
    over = QApplication.activeModalWidget()
    # What holds the whole program is in front of every window that is not its own.
    holder = over if over is not None and over.windowModality() == Qt.WindowModality.ApplicationModal else None
    there = next((each for each in QApplication.topLevelWidgets() if isinstance(each, HelpWindow)), None)
    if there is not None and there.parentWidget() is not holder:
        there.close()
        there = None
    shown = there or HelpWindow(holder)
    shown.open_topic(topic or topic_at(about))
    shown.show()
    shown.raise_()
    shown.activateWindow()
    shown.read()
    return shown


def topic_at(widget: QWidget | None) -> str:
    """The topic that explains what this is a part of, looked for from the inside out."""
    while widget is not None:
        key = getattr(widget, "key", None)
        names = ([key.removesuffix(ONE)] if isinstance(key, str) else []) + [module_of(widget)]
        for name in names:
            if topic := explaining(name):
                return topic
        widget = widget.parentWidget()
    return START


def listen(_before: QWidget | None, now: QWidget | None) -> None:
    """Let F1 be heard in whatever window the keyboard has come to; those with menus hear it already."""
    window = now.window() if now is not None else None
    if window is None or isinstance(window, QMainWindow | HelpWindow):
        return
    if window.findChild(QShortcut, _KEY, Qt.FindChildOption.FindDirectChildrenOnly) is None:
        key = QShortcut(QKeySequence("F1"), window)
        key.setObjectName(_KEY)
        key.activated.connect(lambda: show_help(QApplication.focusWidget() or window))


def help_button(topic: str) -> QToolButton:
    """A question mark beside what needs explaining most; it opens a topic."""
    made = QToolButton()
    made.setIcon(icon("circle-help", QPalette.ColorRole.ButtonText))
    line = made.fontMetrics().height()
    made.setIconSize(QSize(line, line))
    said = _("Help: {topic}").format(topic=title_of(topic, words().language))
    made.setToolTip(said)
    made.setAccessibleName(said)
    made.clicked.connect(lambda _checked=False: show_help(made, topic))
    return made


def headed(title: str, topic: str | None) -> QWidget:
    """A title, with the way to what explains it where something does."""
    said = text(title, "subtitle")
    return plain(row(said, help_button(topic))) if topic else said


def module_of(widget: QWidget) -> str:
    """By what a part of the window is known to the topics, unless it is a page."""
    return type(widget).__module__.rpartition(".")[2]


class HelpWindow(QWidget):
    """The topics on one side, the text of one on the other; it stays open beside the work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("is", "page")
        self.setWindowIcon(icon("circle-help"))
        self._topic, self._before = START, list[str]()
        self._search = QLineEdit()
        self._search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.textChanged.connect(self._list)
        self._search.returnPressed.connect(self._take_first)
        self._names = QListWidget()
        self._names.setProperty("is", "found")
        self._names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._names.setWordWrap(True)
        self._names.currentItemChanged.connect(self._chosen)
        self._read = QTextBrowser()
        self._read.setTabChangesFocus(True)
        # Links are followed by the mouse here, and by the keyboard as the buttons below: Tab stays predictable.
        by = Qt.TextInteractionFlag
        self._read.setTextInteractionFlags(
            by.TextSelectableByMouse | by.TextSelectableByKeyboard | by.LinksAccessibleByMouse
        )
        self._read.setOpenLinks(False)
        self._read.anchorClicked.connect(self._follow)
        self._back = QToolButton()
        self._back.setIcon(icon("arrow-left", QPalette.ColorRole.ButtonText))
        self._back.clicked.connect(lambda _checked=False: self.back())
        self._related = row()
        side = plain(column(plain(row(self._back, self._search)), self._names))
        side.setMaximumWidth(round(self.fontMetrics().averageCharWidth() * 38))
        lines = QHBoxLayout(self)
        lines.setContentsMargins(12, 12, 12, 12)
        lines.addWidget(side, 2)
        lines.addWidget(plain(column(self._read, plain(self._related))), 3)
        for keys, does in (("Esc", self.close), ("Ctrl+F", self._look_for)):
            QShortcut(QKeySequence(keys), self).activated.connect(does)
        letter, room = self.fontMetrics(), self.screen().availableGeometry().size() * 0.95
        self.resize(QSize(letter.averageCharWidth() * 110, letter.height() * 34).boundedTo(room))
        self._speak()

    def open_topic(self, topic: str) -> None:
        """Show this topic; the one before is a step back."""
        if topic != self._topic:
            self._before.append(self._topic)
            self._topic = topic
        self._show()

    def read(self) -> None:
        """Take the keyboard where the arrows move the text."""
        self._read.setFocus()

    def back(self) -> None:
        """Show the topic from which one came."""
        if self._before:
            self._topic = self._before.pop()
            self._show()

    def _speak(self) -> None:
        """Say everything in the language of the screen."""
        self.setWindowTitle(_("Help"))
        self._search.setPlaceholderText(_("Search the help"))
        self._search.setAccessibleName(_("Search the help"))
        self._names.setAccessibleName(_("Topics"))
        self._back.setToolTip(_("Back to where you were"))
        self._back.setAccessibleName(_("Back to where you were"))
        self._list()
        self._show()

    def _list(self) -> None:
        """The topics under their groups, or those that hold what was typed."""
        typed, language = self._search.text().strip(), words().language
        self._names.blockSignals(True)
        self._names.clear()
        if typed:
            for key in found(typed, language):
                self._add(key)
            if not self._names.count():
                self._add(None, _("No topic holds these words."))
        else:
            for group, title in GROUPS:
                self._add(None, _(title))
                for each in topics().values():
                    if each.group == group:
                        self._add(each.key)
        self._point()
        self._names.blockSignals(False)

    def _add(self, key: str | None, said: str = "") -> None:
        item = QListWidgetItem(said or title_of(key or "", words().language))
        item.setData(Qt.ItemDataRole.UserRole, key)
        if key is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            font = self._names.font()
            font.setBold(True)
            item.setFont(font)
        self._names.addItem(item)

    def _point(self) -> None:
        """Mark the topic on show where it is listed."""
        for place in range(self._names.count()):
            if self._names.item(place).data(Qt.ItemDataRole.UserRole) == self._topic:
                self._names.setCurrentRow(place)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and (key := item.data(Qt.ItemDataRole.UserRole)):
            self.open_topic(key)

    def _look_for(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _take_first(self) -> None:
        for place in range(self._names.count()):
            if self._names.item(place).data(Qt.ItemDataRole.UserRole):
                self._names.setCurrentRow(place)
                self._names.setFocus()
                return

    def _follow(self, link: QUrl) -> None:
        if link.toString() in topics():
            self.open_topic(link.toString())

    def _show(self) -> None:
        language = words().language
        side = Qt.LayoutDirection.RightToLeft if words().direction == "rtl" else Qt.LayoutDirection.LeftToRight
        reading = QTextOption()
        reading.setTextDirection(side)
        self._read.document().setDefaultTextOption(reading)
        self._read.setMarkdown(
            "\n\n".join([text_of(self._topic, language), *([_keys()] if self._topic == KEYS else [])])
        )
        if side == Qt.LayoutDirection.RightToLeft:
            _dot_after_number(self._read.document())
        self._read.setAccessibleName(words().isolate(title_of(self._topic, language)))
        empty(self._related)
        self._related.addWidget(text(_("See also:"), "muted", wrap=False))
        for key in leads_to(self._topic, language):
            self._related.addWidget(
                button(words().isolate(title_of(key, language)), partial(self.open_topic, key), "link")
            )
        self._back.setEnabled(bool(self._before))
        self._names.blockSignals(True)
        self._point()
        self._names.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self._speak)  # once the words have changed as well


def _dot_after_number(document: QTextDocument) -> None:
    """Let "1." be read so from the right, too, where Qt puts before a number what stands after it, then turns both."""
    block = document.begin()
    while block.isValid():
        numbered = block.textList()
        if numbered is not None and (after := numbered.format().numberSuffix()):
            look = numbered.format()
            look.setNumberPrefix(after)
            look.setNumberSuffix("")
            numbered.setFormat(look)
        block = block.next()


def _keys() -> str:
    """Every key, which the program knows better than a text."""
    from desktop.ui.actions import MENUS

    keys = [
        f"- {_(command.name).replace('&', '')} {LRI}`{command.shortcut}`{PDI}"
        for _title, commands in MENUS
        for command in commands
        if command.shortcut
    ]
    title = _("Keys")  # Babel finds no message inside an f-string
    walk = _("Tab goes to the next part, the arrows move inside a list, Enter opens, Escape closes.")
    return "\n\n".join([f"## {title}", walk, "\n".join(keys)])
