"""What the window looks like: three sets of colours, one size of text, one sheet of rules over Fusion on every system.

Pages never name a colour or a size; they say what a thing is (`part.setProperty("is", "title")`), and how it looks
stands here.
"""

from dataclasses import dataclass, fields
from math import ceil
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

import resources

TEXT_SIZES = (100, 125, 150, 200)
_FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf")


@dataclass(frozen=True)
class Colours:
    """One set of colours. `line` only decorates; `border` says where an input is, so it must be seen; `hint` is lighter
    than any value, so that what an empty input says of itself is not taken for one, and can be read all the same."""

    window: str
    surface: str
    stripe: str
    text: str
    muted: str
    hint: str
    line: str
    border: str
    accent: str
    on_accent: str
    soft: str
    error: str
    warning: str
    warning_surface: str
    good: str


THEMES = {
    "light": Colours(
        "#f4f6f9", "#ffffff", "#f7f9fb", "#1b2733", "#51606f", "#6b7683", "#dbe1e8", "#6f7c8b", "#0b4ea2", "#ffffff",
        "#dce9f8", "#b42318", "#8a4b00", "#fdf3dc", "#17693a",
    ),
    "dark": Colours(
        "#161b22", "#1f262f", "#232b35", "#e8edf2", "#aab6c2", "#8b97a3", "#333d49", "#7f8c9a", "#5b9df0", "#0b1420",
        "#24384f", "#fda29b", "#f5c56b", "#3a3016", "#7fd6a0",
    ),
    "contrast": Colours(
        "#000000", "#000000", "#111111", "#ffffff", "#ffffff", "#b8b8b8", "#ffffff", "#ffffff", "#ffe600", "#000000",
        "#333300", "#ff9a9a", "#ffe600", "#1a1a00", "#8dff9e",
    ),
}  # fmt: skip
"""`system` follows the system's light or dark."""


def load_fonts() -> list[str]:
    """Load the fonts we carry; the families the window writes in, first choice first."""
    families: list[str] = []
    for name in _FONTS:
        path = resources.path(f"fonts/{name}")
        # Not by its path: on Windows Qt without a screen finds none with letters that the system's old alphabet lacks.
        loaded = QFontDatabase.addApplicationFontFromData(path.read_bytes()) if path.exists() else -1
        families += [family for family in QFontDatabase.applicationFontFamilies(loaded) if family not in families]
    return families


def colours(appearance: str) -> Colours:
    """The colours of an appearance; of the system's where `system` is asked."""
    if appearance in THEMES:
        return THEMES[appearance]
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return THEMES["dark" if dark else "light"]


def apply(app: QApplication, appearance: str, text_size: int, families: list[str]) -> None:
    """Dress every window in this appearance, with text of this size in per cent."""
    chosen = colours(appearance)
    font = QFont()
    if families:
        font.setFamilies(families)
    font.setPointSizeF(10 * text_size / 100)
    app.setFont(font)
    app.setPalette(palette(chosen))
    app.setStyleSheet(_sheet(chosen, text_size, _line_of(font), families))


def palette(c: Colours) -> QPalette:
    """These colours in Qt's roles."""
    role, result = QPalette.ColorRole, QPalette()
    for roles, colour in (
        ((role.Window, role.Button, role.ToolTipBase), c.window),
        ((role.Base,), c.surface),
        ((role.AlternateBase,), c.stripe),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), c.text),
        ((role.PlaceholderText,), c.hint),
        ((role.Highlight, role.Link, role.Accent), c.accent),
        ((role.HighlightedText, role.BrightText), c.on_accent),
        ((role.Mid, role.Dark), c.border),
        ((role.Light, role.Midlight), c.line),
    ):
        for each in roles:
            result.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, each, QColor(c.muted))
    return result


def _line_of(font: QFont) -> int:
    """How high an input has to be inside. Qt makes it as high as a line of the first family and cuts off what stands
    above and below, marks on Arabic letters among it."""
    metrics = [QFontMetricsF(QFont(family, round(font.pointSizeF()))) for family in font.families()]
    if not metrics:
        return 0
    first = metrics[0]
    beyond = max(max(each.ascent() - first.ascent(), each.descent() - first.descent()) for each in metrics)
    return ceil(first.height() + 2 * beyond)


def _sheet(c: Colours, text_size: int, line: int, families: list[str]) -> str:
    values = {field.name: getattr(c, field.name) for field in fields(c)} | {"line_high": f"{line}px"}
    values["families"] = ", ".join(f'"{family}"' for family in families) or '""'
    values |= {f"px{n}": f"{round(n * text_size / 100)}px" for n in (3, 4, 6, 8, 10, 12, 14, 16, 18, 24)}
    values |= {f"pt{n}": f"{n * text_size / 100:g}pt" for n in (9, 10, 12, 18, 20)}
    values |= {"down": _tinted("chevron-down", c.text), "check": _tinted("check", c.on_accent)}
    return Template(resources.path("window.qss").read_text(encoding="utf-8")).substitute(values)


def _tinted(name: str, colour: str) -> str:
    """A style sheet cannot tint, so the few drawings it names stand there in the colours they need."""
    return resources.path(f"icons/tinted/{name}-{colour.lstrip('#')}.svg").as_posix()
