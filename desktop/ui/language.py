"""The screen's language: `_` and its sisters, asked anew each time, so that a switch needs no restart.

Reports cannot import this room; they are given `Words`. So a report in Spanish never speaks the French of the screen.
"""

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from i18n import LANGUAGES, Words

_current = Words.of("en")
_qt_texts: QTranslator | None = None  # kept here, or Python collects it and Qt's own texts turn English again


def words() -> Words:
    """The words the screen speaks now."""
    return _current


def _(message: str) -> str:
    """The message in the language of the screen."""
    return _current.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The message for this many, in the language of the screen."""
    return _current.ngettext(one, many, count)


def counted(one: str, many: str, count: int) -> str:
    """A sentence with a `{count}` in it, put in words for this many."""
    return ngettext(one, many, count).format(count=_current.number(count))


def of_the_system() -> str:
    """The first language of the system that we speak; French where there is none."""
    offered = (tag.split("-")[0] for tag in QLocale.system().uiLanguages())
    return next((language for language in offered if language in LANGUAGES), "fr")


def switch(language: str) -> None:
    """Let the screen speak this language and read in its direction; windows already built have to be built anew."""
    global _current, _qt_texts
    _current = Words.of(language)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if _qt_texts is not None:
        app.removeTranslator(_qt_texts)
    _qt_texts = QTranslator()
    if _qt_texts.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(_qt_texts)
    # For what Qt itself writes inside an input; ar_001 keeps Latin digits there too.
    QLocale.setDefault(QLocale("ar_001" if language == "ar" else language))
    right_to_left = _current.direction == "rtl"
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
