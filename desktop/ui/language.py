"""The screen's language: `_` and its sisters, asked anew each time, so that a switch needs no restart.

Reports cannot import this room; they are given `Words`. So a report in Spanish never speaks the French of the screen.
"""

from dataclasses import dataclass

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from i18n import Words

OWN_NAMES = {"fr": "Français", "en": "English", "es": "Español", "ar": "العربية"}
"""The languages on offer, each in its own words: whoever looks for a language reads that one."""

_BEFORE = {"QAbstractFileIconProvider": "QFileDialog"}
"""Where Qt's catalogues still look for what a part of Qt says: the kinds of files in its dialog."""


class _Qts(QTranslator):
    """Qt's own texts. Where Qt gave one an accelerator or a new place, its catalogues still know it as it was."""

    def translate(self, context: str, text: str, about: str | None = None, n: int = -1) -> str | None:
        said, before = super().translate, _BEFORE.get(context, context)
        return said(context, text, about, n) or said(before, text.replace("&", ""), about, n) or None


@dataclass
class _Spoken:
    words: Words
    qt: QTranslator | None = None  # kept here, or Python collects it and Qt's own texts turn English again


_spoken = _Spoken(Words.of("en"))


def words() -> Words:
    """The words the screen speaks now."""
    return _spoken.words


def _(message: str) -> str:
    """The message in the language of the screen."""
    return _spoken.words.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The message for this many, in the language of the screen."""
    return _spoken.words.ngettext(one, many, count)


def counted(one: str, many: str, count: int) -> str:
    """A sentence with a `{count}` in it, put in words for this many."""
    return ngettext(one, many, count).format(count=_spoken.words.number(count))


def switch(language: str) -> None:
    """Let the screen speak this language and read in its direction; windows already built have to be built anew."""
    _spoken.words = Words.of(language)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if _spoken.qt is not None:
        app.removeTranslator(_spoken.qt)
    _spoken.qt = _Qts()
    if _spoken.qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(_spoken.qt)
    # For what Qt itself writes inside an input; ar_001 keeps Latin digits there too.
    QLocale.setDefault(QLocale("ar_001" if language == "ar" else language))
    right_to_left = _spoken.words.direction == "rtl"
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
