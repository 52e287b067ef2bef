"""The system's clipboard: secrets are copied with a mark, and what was copied is forgotten at the lock."""

import sys

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard

_NOT_KEPT = (
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
    "CanUploadToCloudClipboard",
)
"""How Windows is asked to keep what was copied in no history; its answer to the last two is a number, zero is no."""


def copy_secret(clipboard: QClipboard, secret: str) -> None:
    """Copy what opens a record, with the marks by which histories of the clipboard pass a secret over."""
    copied = QMimeData()
    copied.setText(secret)
    copied.setData("x-kde-passwordManagerHint", b"secret")
    if sys.platform == "win32":
        for name in _NOT_KEPT:
            copied.setData(f'application/x-qt-windows-mime;value="{name}"', bytes(4))
    clipboard.setMimeData(copied)


def forget_what_was_copied(clipboard: QClipboard) -> None:
    """Empty the clipboard of what was copied here; what another program put there is not ours to take away."""
    if clipboard.ownsClipboard():
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
