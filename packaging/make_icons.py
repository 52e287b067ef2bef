"""Draws the program's icon in the sizes and formats that each system asks for: python packaging/make_icons.py

Each system wants its own file beside the one drawing, `resources/jalon.svg`; they are kept in the history, so that a
release is made without a screen and from the same bytes.
"""

import os
from io import BytesIO
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ROOT / "resources" / "jalon.svg"
HICOLOR = (16, 32, 48, 128, 256)
WINDOWS = (16, 20, 24, 32, 40, 48, 64, 128, 256)
MACOS = (16, 32, 64, 128, 256, 512, 1024)


def drawn(size: int) -> Image.Image:
    """The drawing as a square of pixels."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(DRAWING.read_bytes())).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(BytesIO(buffer.data().data())).convert("RGBA")


def main() -> None:
    """Write them all."""
    from PySide6.QtGui import QGuiApplication

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication([])
    here = Path(__file__).resolve().parent
    for size in HICOLOR:
        file = here / "linux" / "icons" / f"{size}x{size}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        drawn(size).save(file, optimize=True)
    for file, sizes in ((here / "windows" / "jalon.ico", WINDOWS), (here / "macos" / "jalon.icns", MACOS)):
        file.parent.mkdir(exist_ok=True)
        *smaller, largest = [drawn(size) for size in sizes]
        named = {"sizes": [(size, size) for size in sizes]} if file.suffix == ".ico" else {}
        largest.save(file, append_images=smaller, **named)
    app.quit()


if __name__ == "__main__":
    main()
