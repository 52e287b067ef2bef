"""Imports at their usual pace although Qt is there: half a second of a start on a field laptop.

PySide reads the source of every module imported after it, to see whether its name stands there, for the sake of
`from __feature__ import …`, which we never use. Words and choices are imported before Qt, the rest after this.
"""

import gc
import os
import sys

gc.disable()  # nothing dies during a start; `Rubbish` looks after it from then on

import PySide6.QtCore  # noqa: E402

__all__ = ["PySide6"]

if feature := sys.modules.get("shibokensupport.feature"):
    feature._mod_uses_pyside = lambda _module: False  # type: ignore[attr-defined]

# Named here, since asking Qt for a style brings its five hundred names along. It is read when the first window is made.
os.environ["QT_STYLE_OVERRIDE"] = "Fusion"
