"""What the window remembers of itself: its place, its columns. Choices people make are in `desktop.settings`."""

from PySide6.QtCore import QByteArray, QSettings

from desktop import settings


def state(key: str) -> QByteArray | None:
    """A state kept under this key, if it was one."""
    found = _store().value(key)
    return found if isinstance(found, QByteArray) else None


def keep(key: str, value: QByteArray) -> None:
    """Keep a state."""
    _store().setValue(key, value)


def _store() -> QSettings:
    return QSettings(str(settings.folder() / "window.ini"), QSettings.Format.IniFormat)
