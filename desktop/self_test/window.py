"""A window, drawn by another process of this program: this room does without Qt, and Qt ends a process that it fails.

The other process writes its answer into a file: a program with windows has nowhere to print on every system.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import desktop

FLAG = "--check-window"
_SECONDS, _EVERY = 120.0, 0.05
_LAST = 3
"""Lines of what a process said before it ended: Qt names the fault, then what there would have been."""


@dataclass(frozen=True)
class Drawn:
    """What the other process found; `fault` is what it said where it found nothing."""

    platform: str = ""
    qt: str = ""
    languages: tuple[str, ...] = ()
    """The screen languages in which the first window was drawn."""
    scripts: tuple[str, ...] = ()
    """What the window's own fonts write."""
    icons: bool = False
    own_words: tuple[str, ...] = ()
    """The languages in which Qt says its own few words."""
    printers: tuple[str, ...] = ()
    fault: str = ""


def program() -> list[str]:
    """How this program is started again."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]


def has_screen() -> bool:
    """Whether there is a screen that somebody sits before, as far as that can be told."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    return sys.platform in ("win32", "darwin") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


def draw(folder: Path, cancelled: Callable[[], bool] = lambda: False, *, offscreen: bool = True) -> Drawn:
    """Draw a window, which is shown to nobody, and say what came of it; on this computer's screen where it is asked."""
    out = folder / ("window.json" if offscreen else "screen.json")
    around = {**os.environ, **({"QT_QPA_PLATFORM": "offscreen"} if offscreen else {})}
    if not getattr(sys, "frozen", False):
        room = str(Path(desktop.__file__).parent.parent)
        around["PYTHONPATH"] = os.pathsep.join(filter(None, (room, os.environ.get("PYTHONPATH"))))
    with (folder / "window.txt").open("w+", encoding="utf-8", errors="replace") as said:
        process = subprocess.Popen(
            [*program(), FLAG, str(out)],
            env=around,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        until = time.monotonic() + _SECONDS
        while process.poll() is None and time.monotonic() < until and not cancelled():
            time.sleep(_EVERY)
        if process.poll() is None:
            process.kill()
            process.wait()
        said.seek(0)
        last = " ".join([line.strip() for line in said if line.strip()][-_LAST:])
    try:
        found = json.loads(out.read_text(encoding="utf-8"))
        plain: dict[str, Any] = {one: tuple(told) if isinstance(told, list) else told for one, told in found.items()}
        return Drawn(**plain)
    except (OSError, ValueError):
        return Drawn(fault=last or str(process.returncode))
