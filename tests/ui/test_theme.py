"""Colours that can be told apart, in every appearance."""

import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMenuBar,
    QStatusBar,
    QStyle,
    QStyleOptionFrame,
    QTableView,
    QWidget,
)

import resources
from desktop.ui.icons import drawing
from desktop.ui.theme import THEMES, Colours


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)
def test_text_and_borders_can_be_seen(colours: Colours) -> None:
    c = colours
    for text in (c.text, c.muted, c.error, c.warning, c.good):
        for ground in (c.window, c.surface, c.stripe):
            assert contrast(text, ground) >= 4.5, (text, ground)
    for text, ground in ((c.on_accent, c.accent), (c.text, c.soft), (c.warning, c.warning_surface)):
        assert contrast(text, ground) >= 4.5, (text, ground)
    for ground in (c.window, c.surface):
        assert contrast(c.accent, ground) >= 4.5
        assert contrast(c.border, ground) >= 3
    # What an empty input says can be read, and is not taken for what somebody typed.
    assert 4.5 <= contrast(c.hint, c.surface) < 0.6 * contrast(c.text, c.surface)


@pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)
def test_the_drawings_of_the_style_sheet_stand_there_in_its_colours(colours: Colours) -> None:
    for name, colour in (("chevron-down", colours.text), ("check", colours.on_accent)):
        tinted = resources.path(f"icons/tinted/{name}-{colour.lstrip('#')}.svg").read_text(encoding="utf-8")
        assert tinted == drawing(name).replace("currentColor", colour)


def test_an_input_has_room_for_the_marks_of_the_tallest_script(qtbot, dressed: None) -> None:
    """Qt lays a line out by the first font and cuts off what stands above it: a damma was lost in each input."""
    line, box = QLineEdit("فُراحة"), QComboBox()
    for each in (line, box):
        qtbot.addWidget(each)
        each.ensurePolished()
    latin, arabic = (QFontMetricsF(QFont(family, 10)) for family in ("Noto Sans", "Noto Sans Arabic"))
    option = QStyleOptionFrame()
    line.resize(line.sizeHint())
    line.initStyleOption(option)
    inside = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line).height()
    assert (inside - latin.height()) / 2 >= arabic.ascent() - latin.ascent()
    assert box.sizeHint().height() >= line.sizeHint().height()


@pytest.mark.parametrize("kind", [QMenuBar, QMenu, QStatusBar, QListWidget, QTableView])
def test_our_letters_stand_where_the_system_has_letters_of_its_own(
    qtbot, qapp: QApplication, dressed: None, kind: type[QWidget]
) -> None:
    """Windows names fonts for menus and lists, and gives them back to Qt whenever its look changes."""
    qapp.setFont(QFont("Times", 21), kind.__name__)
    shown, plain = kind(), QLabel()
    for each in (shown, plain):
        qtbot.addWidget(each)
        each.ensurePolished()
    assert shown.font().families() == plain.font().families()
    assert shown.font().pointSizeF() == plain.font().pointSizeF()
    qapp.setFont(qapp.font())


def test_void_calls_do_not_eat_none(qapp: QApplication) -> None:
    """PySide6 6.12.0 on Python 3.11 drops a reference to None each time, and dies of it after some 5,500 calls."""
    import sys

    label = QLabel()

    def many() -> None:
        for _call in range(200):
            label.setText("x")

    many()
    before = sys.getrefcount(None)
    many()
    assert sys.getrefcount(None) >= before - 20
