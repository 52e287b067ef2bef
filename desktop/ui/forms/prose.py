"""Where a report is written: paragraphs, points, headings, strong and emphasised words, and figures cited by name.

It looks like any editor and holds the tree of `db.prose` and nothing else: what is pasted comes in as plain text, or as
the tree where it was copied here. A cited figure is one letter to the cursor, shows what was released, and is shown
anew whenever that is counted anew.
"""

import json
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit

from db import prose
from db.prose import LONGEST, BlockKind, Prose
from desktop.ui.composed import Cited
from desktop.ui.forms import prose_tree as tree
from desktop.ui.forms.chips import Chips
from desktop.ui.language import _
from i18n import Words

COPIED = "application/x-jalon-prose"
PAUSE = 700
"""Milliseconds without a key after which somebody who writes looks up."""
_KEYS = Qt.KeyboardModifier
_MARKS = {Qt.Key.Key_B: "strong", Qt.Key.Key_I: "emphasis"}


class ProseEdit(QTextEdit):
    """The editor of one text. `edited` comes with each change, `paused` when typing has stopped for a moment."""

    edited = Signal()
    paused = Signal()
    explained = Signal(str)
    """The name of a cited figure that somebody wants to know more about."""
    too_long = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.figures: Mapping[str, Cited] = {}
        self._loaded: Prose = ()
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self._chips = Chips(self.font, self.palette, self.shown_as)
        self.document().documentLayout().registerHandler(tree.FIGURE, self._chips)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.paused)
        self.document().contentsChanged.connect(self._changed)

    def show_prose(self, shown: Prose, language: str) -> None:
        """Show this text of a language, as loaded: there is nothing to undo yet."""
        right_to_left = Words.of(language).direction == "rtl"
        option = QTextOption(self.document().defaultTextOption())
        direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        option.setTextDirection(direction)
        self.document().blockSignals(True)
        self.document().setUndoRedoEnabled(False)
        self.document().setDefaultTextOption(option)
        self.document().clear()
        tree.lay_out(shown, QTextCursor(self.document()))
        self.document().setUndoRedoEnabled(True)
        self.document().blockSignals(False)
        self.document().markContentsDirty(0, self.document().characterCount())
        self.setLayoutDirection(direction)
        self._pause.stop()
        self.load_state()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def replace(self, shown: Prose) -> None:
        """Put this text in the place of what stands here, as a change that can be undone."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        tree.make(cursor, "paragraph")
        tree.lay_out(shown, cursor)
        cursor.endEditBlock()

    def prose(self) -> Prose:
        """What stands here."""
        return tree.prose_of(self.document())

    @property
    def dirty(self) -> bool:
        """Whether it differs from what was loaded."""
        return self.prose() != self._loaded

    def load_state(self) -> None:
        """Take what stands here as loaded: it was saved."""
        self._loaded = self.prose()

    def show_figures(self, figures: Mapping[str, Cited]) -> None:
        """Show the figures as they are counted now."""
        self.figures = figures
        self.document().markContentsDirty(0, self.document().characterCount())
        self.viewport().update()

    def cite(self, name: str) -> None:
        """Cite a figure where the cursor stands."""
        cursor = self.textCursor()
        look = tree.char_format(False, False, tree.kind_of(cursor.block()) == "heading")
        cursor.beginEditBlock()
        cursor.insertText(tree.CHIP, tree.chip_format(name))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(look)
        self.setFocus()

    def mark(self, what: str) -> None:
        """Turn a mark of the chosen words, or of those typed next, on or off: strong or emphasis."""
        form = self.currentCharFormat()
        new = QTextCharFormat()
        if what == "strong":
            bold = form.fontWeight() > QFont.Weight.Medium.value
            new.setFontWeight(QFont.Weight.Normal if bold else QFont.Weight.Bold)
        else:
            new.setFontItalic(not form.fontItalic())
        self.mergeCurrentCharFormat(new)
        self.setFocus()

    def turn(self, kind: BlockKind) -> None:
        """Turn the paragraphs here into this kind, and back into plain ones."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        tree.make(cursor, "paragraph" if tree.kind_of(cursor.block()) == kind else kind)
        cursor.endEditBlock()
        self.setFocus()

    def marks(self) -> dict[str, bool]:
        """What holds where the cursor stands."""
        form, kind = self.currentCharFormat(), tree.kind_of(self.textCursor().block())
        bold = form.fontWeight() > QFont.Weight.Medium.value and kind != "heading"
        return {"strong": bold, "emphasis": form.fontItalic(), "bullet": kind == "bullet", "heading": kind == "heading"}

    def cited_here(self) -> str:
        """The figure beside the cursor; empty where there is none."""
        at = self.textCursor().position()
        return self._figure_before(at) or self._figure_before(at + 1)

    def _changed(self) -> None:
        self._pause.start()
        self.edited.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasFormat(COPIED):
            try:
                brought = prose.read(json.loads(bytes(source.data(COPIED).data())))
            except (ValueError, prose.NotProse):
                brought = ()
        else:
            brought = prose.plain(tree.storable(source.text()[: LONGEST + 1]))
        room = LONGEST - self.document().characterCount() + len(self.textCursor().selectedText())
        if sum(len(run.text) for one in brought for run in one.runs) > room:
            self.too_long.emit()
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        tree.lay_out(brought, cursor)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasFormat(COPIED) or source.hasText()

    def createMimeDataFromSelection(self) -> QMimeData:
        chosen = QTextDocument()
        QTextCursor(chosen).insertFragment(self.textCursor().selection())
        taken = tree.prose_of(chosen)
        # Qt's own, emptied: what Python makes and hands over here is taken down twice when the program ends.
        made = super().createMimeDataFromSelection()
        made.text()
        made.clear()
        made.setData(COPIED, json.dumps(prose.data_of(taken)).encode())
        lines = ("".join(run.text or self.shown_as(run.figure) for run in block.runs) for block in taken)
        made.setText("\n".join(lines))
        return made

    def shown_as(self, figure: str) -> str:
        """What a cited figure shows."""
        known = self.figures.get(figure)
        return known.shown if known else _("figure not in this report")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _ours(event):
            event.accept()  # before the window takes the key for one of its own
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & _KEYS.ControlModifier
        cursor = self.textCursor()
        if control and event.key() in _MARKS:
            self.mark(_MARKS[Qt.Key(event.key())])
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if name := self.cited_here():
                self.explained.emit(name)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._next_paragraph(cursor)
        elif event.key() == Qt.Key.Key_Backspace and _at_start(cursor) and tree.kind_of(cursor.block()) != "paragraph":
            tree.make(cursor, "paragraph")
        else:
            super().keyPressEvent(event)

    def _next_paragraph(self, cursor: QTextCursor) -> None:
        kind = tree.kind_of(cursor.block())
        cursor.beginEditBlock()
        if kind == "bullet" and not cursor.block().text():
            tree.make(cursor, "paragraph")  # an empty point ends the list
        else:
            cursor.insertBlock()
            if kind == "heading":
                tree.make(cursor, "paragraph")
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.textCursor().hasSelection() and (name := self._chip_at(event)):
            self.explained.emit(name)

    def _chip_at(self, event: QMouseEvent) -> str:
        seen = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        place = self.document().documentLayout().hitTest(event.position() + seen, Qt.HitTestAccuracy.ExactHit)
        return self._figure_before(place + 1) or self._figure_before(place) if place >= 0 else ""

    def _figure_before(self, place: int) -> str:
        """The figure that the letter before this place stands for."""
        if not 0 < place < self.document().characterCount():
            return ""
        cursor = QTextCursor(self.document())
        cursor.setPosition(place)
        return tree.figure_of(cursor.charFormat())


def _ours(event: QKeyEvent) -> bool:
    control = bool(event.modifiers() & _KEYS.ControlModifier)
    return control and event.key() in (*_MARKS, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _at_start(cursor: QTextCursor) -> bool:
    return cursor.atBlockStart() and not cursor.hasSelection()
