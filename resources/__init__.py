"""Files we carry: fonts, icons, frameworks, code lists, outlines, the sample office; where one lies, and what it holds.

What is large and seldom asked for stands packed beside the rest, with `.xz` behind its name.
"""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """The path of a file we carry, named from this folder, such as "fonts/NotoSans-Regular.ttf"."""
    return _HERE / name


def content(name: str) -> bytes:
    """The bytes of a file we carry, whether it stands plain or packed."""
    if (plain := path(name)).exists():
        return plain.read_bytes()
    import lzma  # the first window needs none of these

    return lzma.decompress(path(f"{name}.xz").read_bytes())
