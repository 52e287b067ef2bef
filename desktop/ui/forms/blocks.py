"""One field on show: its label, its input with the button that belongs to it, and what is said beside it."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget


def with_tool(editor: QWidget) -> QWidget:
    """An input with the small button that belongs to it, where it has one."""
    tool = getattr(editor, "tool", None)
    if tool is None:
        return editor
    beside = QWidget()
    beside.setProperty("is", "plain")
    line = QHBoxLayout(beside)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    line.addWidget(editor, 1)
    line.addWidget(tool)
    return beside


def block(*parts: QWidget) -> QWidget:
    """A field's label, input and notes, one under the other."""
    block = QWidget()
    block.setProperty("is", "plain")
    lines = QVBoxLayout(block)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(2)
    for part in parts:
        lines.addWidget(part)
    lines.addStretch(1)
    return block


def mark(editor: QWidget, wrong: bool) -> None:
    """Show that something is wrong with what stands in an input."""
    if bool(editor.property("wrong")) != wrong:
        editor.setProperty("wrong", wrong)
        editor.style().unpolish(editor)
        editor.style().polish(editor)
