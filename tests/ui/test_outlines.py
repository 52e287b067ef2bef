"""Outlines for maps brought in from a file in the window: what they fit is shown first."""

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton

from db.commands.entries import add
from db.models import Place
from db.queries.outlines import kept_outlines
from desktop.ui.desk import Desk
from desktop.ui.dialogs.outlines_file import OutlinesDialog
from desktop.ui.main_window import MainWindow


def test_outlines_are_kept_after_it_was_shown_what_they_fit(
    window: Callable[..., MainWindow], settled: Callable[[], None], desk: Desk, tmp_path: Path
) -> None:
    desk.record.write(add, Place, {"name": "Zone", "kind": "admin", "level": 2, "pcode": "CD5401"})
    ring = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
    shapes = [
        {"properties": {"ADM2_PCODE": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for code in ("CD5401", "CD5402", "")
    ]
    file = tmp_path / "zones.geojson"
    file.write_text(json.dumps({"features": shapes}))
    shown = window("en")
    shown.go("places")
    settled()
    assert any(each.text() == "Outlines for maps…" for each in shown.page.findChildren(QPushButton))
    dialog = OutlinesDialog(desk, file, shown)
    settled()
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    for sentence in ("2 outlines in the file.", "1 place of the record has one.", "1 shape is left out."):
        assert sentence in said
    assert desk.record.read(kept_outlines) == ()
    dialog._bring_in()
    settled()
    assert len(desk.record.read(kept_outlines)) == 1
    file.write_text("nothing")
    dialog = OutlinesDialog(desk, file, shown)
    settled()
    assert "holds no outlines" in "\n".join(label.text() for label in dialog.findChildren(QLabel))
