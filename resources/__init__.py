"""Files we carry: fonts, icons, frameworks, code lists, outlines, the sample office. One function computes a path."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """The path of a file we carry, named from this folder, such as "fonts/NotoSans-Regular.ttf"."""
    return _HERE / name
