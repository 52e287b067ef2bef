"""Records with flipped bits, opened in the window: a copy is brought back on one screen, and the damaged file kept.

Where the record does not open, the other ways lead there; where it opens, its check does, or what stumbles over the
damage. Weaker: nobody kept a copy.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from db import backup, ballast
from db.engine import PAGE
from db.record import Record
from tests.builders import PASSPHRASE, add_activity, add_partner, everything
from tests.faults.figure import Count, fresh, scratch

NUMBER = 7
SECONDS = 30


def count(quick: bool, weaker: bool) -> Count:
    """Damage, open, bring back, compare."""
    records = 1 if quick else 30
    with scratch() as folder:
        places = {name: str(folder / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR")}
        (folder / "home").mkdir()
        with Record.open(fresh(folder / "made"), PASSPHRASE) as record:
            for number in range(20):
                record.write(add_activity, record.write(add_partner, f"{number} " + "x" * 400), "Écoute")
        done = subprocess.run(
            [sys.executable, "-c", f"from tests.faults.one_screen import live; live({records}, {weaker})", str(folder)],
            env=os.environ | places | {"QT_QPA_PLATFORM": "offscreen"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=False,
        )
        told = folder / "told.json"
        if done.returncode or not told.exists():
            raise RuntimeError(done.stderr.decode(errors="replace"))
        shut, offered, whole, aside = json.loads(told.read_text())
    line = f"{records} damaged records, {shut} of which did not open: {offered} led to the one screen, "
    return Count(
        f"{line}{whole} brought back whole there, {aside} damaged pages kept aside as they were",
        offered == whole == aside == records,
    )


def live(records: int, weaker: bool) -> None:
    """What the program with its window does with each of them."""
    from PySide6.QtWidgets import QApplication

    ballast.SIZE = 4096
    folder, chance = Path(sys.argv[1]), random.Random(7)
    path = folder / "made" / "essai.jalon"
    with Record.open(path, PASSPHRASE, write=False) as record:
        before = sorted(map(repr, record.read(everything).items()))
    qt = QApplication([])
    counts = [0, 0, 0, 0]
    for number in range(records):
        there = folder / f"{number}" / path.name
        shutil.copytree(path.parent, there.parent)
        if weaker:
            shutil.rmtree(backup.folder_of(there))
        content = bytearray(there.read_bytes())
        # The first page is what opening asks for.
        flipped = chance.randrange(PAGE if number % 2 else len(content))
        content[flipped] ^= 1 << chance.randrange(8)
        there.write_bytes(content)
        page = slice(flipped // PAGE * PAGE, (flipped // PAGE + 1) * PAGE)
        came = _one(qt, there, page, before)
        counts = [one + more for one, more in zip(counts, came, strict=True)]
    (folder / "told.json").write_text(json.dumps(counts))


def _one(qt: Any, path: Path, page: slice, before: list[str]) -> tuple[bool, bool, bool, bool]:
    """Whether it did not open, whether the screen came, what was brought back, what was kept aside."""
    from desktop.ui.app import App
    from desktop.ui.dialogs.checking import check_record
    from desktop.ui.dialogs.other_ways import OtherWays
    from desktop.ui.dialogs.restoring import RestoreDialog

    def shown(kind: type[Any]) -> Any:
        return next((each for each in qt.allWidgets() if isinstance(each, kind) and each.isVisible()), None)

    damage = path.read_bytes()[page]
    app = App(qt)
    app.start(path)
    _until(qt, lambda: app.tasks.idle)
    assert app.opening is not None
    app.opening.asked.emit(path, PASSPHRASE)
    _until(qt, lambda: app.tasks.idle and (app.window is not None or app.opening._note.isVisible()))
    shut = app.window is None
    if shut:
        app.opening.others_asked.emit(path)
        shown(OtherWays)._by_copy()
    elif shown(RestoreDialog) is None:
        check_record(app.desk, app.window)
    _until(qt, lambda: app.tasks.idle)
    screen = shown(RestoreDialog)
    whole = False
    if screen is not None and screen.copies.current() is not None:
        screen._phrase.setText(PASSPHRASE if shut else "")
        damaged = app._opened
        screen._begin()
        _until(qt, lambda: app.tasks.idle and shown(RestoreDialog) is None and app._opened is not damaged)
        assert app.desk is not None
        whole = sorted(map(repr, app.desk.record.read(everything).items())) == before
    app.windows.put_away()
    app.end()
    qt.processEvents()
    return shut, screen is not None, whole, damage in [each.read_bytes()[page] for each in backup.asides(path)]


def _until(qt: Any, holds: Callable[[], object]) -> None:
    begun = monotonic()
    while not holds():
        qt.processEvents()
        if monotonic() - begun > SECONDS:
            raise TimeoutError
