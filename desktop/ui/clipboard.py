"""What was copied out of the record into the system's clipboard, when the record is locked."""

from PySide6.QtGui import QClipboard


def forget_what_was_copied(clipboard: QClipboard) -> None:
    """Empty the clipboard of what was copied here; what another program put there is not ours to take away."""
    if clipboard.ownsClipboard():
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
