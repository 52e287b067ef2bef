"""Faults of ours, kept until the next start: where in the code they happened, and nothing that was typed or read.

They lie in the person's own settings folder and are sent nowhere. Python itself writes there too when it dies of a
fault in a library. A message of an error may quote a person's words, so none is kept; nor a folder, which may name
somebody.
"""

import faulthandler
import re
from pathlib import Path
from typing import IO

from PySide6.QtCore import qVersion

from desktop import VERSION, settings

_LARGEST = 100_000
_FOLDER = re.compile(r'(File ")[^"]*[/\\]')
_open: list[IO[str]] = []
"""The file that Python writes to when it dies; it has to stay open."""


def path() -> Path:
    """Where faults are kept."""
    return settings.folder() / "faults.txt"


def watch() -> None:
    """From here on, a death of the whole program leaves its trace too."""
    try:
        settings.make_folder()
        _open.append(path().open("a", encoding="utf-8"))
    except OSError:
        return  # a folder that cannot be written in costs the trace, never the work
    faulthandler.enable(_open[-1])


def keep(where: str) -> None:
    """Keep where a fault happened, once however often it comes back."""
    try:
        before = path().read_text(encoding="utf-8", errors="replace") if path().exists() else ""
        if where not in before and len(before) < _LARGEST:
            settings.make_folder()
            with path().open("a", encoding="utf-8") as file:
                file.write(f"{about()}\n{where}\n\n")
    except OSError:
        return


def kept() -> str:
    """What was kept since it was last forgotten; an empty text where nothing was."""
    try:
        found = path().read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
    said = _FOLDER.sub(r"\1", found)
    return said if not said or said.startswith("Jalon ") else f"{about()}\n{said}"


def forget() -> None:
    """Remove what was kept; where Python holds the file open, only its content."""
    try:
        with path().open("w", encoding="utf-8"):
            return
    except OSError:
        return


def about() -> str:
    """Which program it was, on what."""
    import platform

    return f"Jalon {VERSION}, Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"
