"""The commands of the menus, as data: their words, shortcuts and places. Shortcuts are the same in every language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop.ui.icons import icon
from desktop.ui.language import _
from i18n import N_


@dataclass(frozen=True)
class Command:
    """One line of a menu; a line without a name is a separator."""

    key: str = ""
    name: str = ""
    shortcut: str = ""
    drawing: str = ""


LINE = Command()
MENUS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        N_("&File"),
        (
            Command("new", N_("&New"), "Ctrl+N", "plus"),
            Command("save", N_("&Save"), "Ctrl+S", "save"),
            LINE,
            Command("import", N_("&Import a file…"), "Ctrl+I", "file-down"),
            Command("report", N_("Make a &report…"), "Ctrl+R", "chart-column"),
            LINE,
            Command("open", N_("&Open another record…"), "Ctrl+O", "folder-open"),
            Command("lock", N_("&Lock the record"), "Ctrl+L", "lock"),
            Command("quit", N_("&Quit"), "Ctrl+Q", "log-out"),
        ),
    ),
    (
        N_("&Edit"),
        (
            Command("undo", N_("&Undo"), "Ctrl+Z", "undo-2"),
            Command("redo", N_("&Redo"), "Ctrl+Shift+Z", "redo-2"),
            LINE,
            Command("find", N_("&Find in this list"), "Ctrl+F", "search"),
            Command("search", N_("&Search everything"), "Ctrl+K", "search"),
            Command("back", N_("&Back to where you were"), "Alt+Left", "arrow-left"),
        ),
    ),
    (N_("&View"), (Command("window", N_("New &window"), "Ctrl+Shift+N", "copy"), LINE)),
    (
        N_("&Tools"),
        (
            Command("raw", N_("Export all as a &workbook…"), "", "download"),
            Command("sheet", N_("Take in a &partner sheet…"), "", "file-down"),
            Command("duplicates", N_("Organisations held &twice…"), "", "merge"),
            Command("same-places", N_("Pl&aces held twice…"), "", "merge"),
            Command("screening", N_("Screen against a sanctions &list…"), "", "shield"),
            LINE,
            Command("copies", N_("&Back-ups…"), "", "shield"),
            Command("check", N_("C&heck the record…"), "", "check"),
            Command("stolen", N_("Sheet for a stolen &computer…"), "", "log-out"),
            Command("settings", N_("&Settings…"), "Ctrl+,", "settings"),
        ),
    ),
    (
        N_("&Help"),
        (
            Command("help", N_("&Help and keys"), "F1", "circle-help"),
            Command("guide", N_("&Guide through the main steps"), "", "arrow-right"),
            Command("news", N_("&What is new"), "", "info"),
            Command("self-test", N_("&Check this installation…"), "", "check"),
            Command("update", N_("&Install an update…"), "", "download"),
            Command("about", N_("&About Jalon"), "", "shield"),
        ),
    ),
)


def build(window: QMainWindow, does: Mapping[str, Callable[[], object]]) -> tuple[dict[str, QAction], dict[str, QMenu]]:
    """Give a window its menus; the actions and menus by their keys."""
    made: dict[str, QAction] = {}
    menus: dict[str, QMenu] = {}
    for title, commands in MENUS:
        menus[title] = menu = window.menuBar().addMenu(_(title))
        for command in commands:
            if not command.name:
                menu.addSeparator()
                continue
            action = made[command.key] = menu.addAction(_(command.name))
            action.setShortcut(QKeySequence(command.shortcut))
            if command.drawing:
                action.setIcon(icon(command.drawing))
            action.triggered.connect(lambda _checked=False, do=does[command.key]: do())
    return made, menus
