"""What is past its time is looked at on its page, and erased or kept on there."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from db.commands.entries import add
from db.models import Contact, Organisation
from db.queries.check import check
from db.queries.entries import entries_like
from db.queries.retention import count_expired
from desktop.ui.desk import Desk
from desktop.ui.dialogs.erasing import ErasedDialog, erase_one
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.pages.retention import COLUMNS, RetentionPage

Settled = Callable[[], None]


@pytest.fixture
def page(desk: Desk, speak: Callable[[str], None], settled: Settled) -> RetentionPage:
    speak("en")
    partner: UUID = desk.record.read(entries_like, Organisation.__tablename__, "Élan")[0][0]
    values = {"organisation_id": partner, "name": "Rosine Essai", "until": date(2020, 5, 1)}
    desk.record.write(add, Contact, values)
    page = RetentionPage(desk)
    page.reload()
    settled()
    return page


def filled(page: RetentionPage, open_: Callable[[], None], settled: Settled, values: dict[str, object]) -> FormDialog:
    """The dialog of the first line, with these values in its form."""
    page.list.selectRow(0)
    open_()
    settled()
    (dialog,) = page.findChildren(FormDialog)
    dialog._form.load({**(dialog._form.values() or {}), **values})
    return dialog


def test_what_is_past_its_time_says_what_it_was_kept_for_and_goes_with_a_certificate(
    page: RetentionPage, desk: Desk, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,) = [" ".join(column.text(row) for column in COLUMNS) for row in page.list.list.rows]
    assert "Rosine Essai" in line and "2022" in line
    certificate = tmp_path / "certificate.pdf"
    chosen = iter(("", str(certificate)))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (next(chosen), ""))
    page.list.selectRow(0)
    assert "24 months" in page._purpose.text()
    dialog = filled(page, page.erase, settled, {"way": "erase", "ground": "Past its time", "copies": False})
    dialog._save()
    settled()
    (told,) = page.findChildren(ErasedDialog)
    shown = "".join(label.text() for label in told.findChildren(QLabel))
    assert "Past the time" in shown and "This went for good: Contact person: 1" in shown
    told.save()
    assert told.isVisible() and not certificate.exists(), "nobody said where to"
    told.save()
    settled()
    assert certificate.read_bytes().startswith(b"%PDF")
    assert desk.record.read(entries_like, Contact.__tablename__, "Rosine") == ()
    assert check(desk.record) == ()


def test_what_is_kept_on_leaves_the_list(page: RetentionPage, desk: Desk, settled: Settled) -> None:
    values = {"until": date.today() + timedelta(days=100), "reason": "A dispute is open"}
    filled(page, page.keep, settled, values)._save()
    settled()
    assert desk.record.read(count_expired, date.today()) == 0


def test_what_hangs_on_it_and_stays_is_named_and_asked_about(page: RetentionPage, desk: Desk, settled: Settled) -> None:
    partner: UUID = desk.record.read(entries_like, Organisation.__tablename__, "جمعية")[0][0]
    erase_one(Organisation)(desk, partner, page)
    settled()
    (dialog,) = page.findChildren(FormDialog)
    shown = "".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Activity: 2" in shown and "Espace ami des enfants" in shown
    ground = {**dialog._form.draft(), "ground": "Asked for"}
    dialog._form.load(ground)
    dialog._save()
    assert dialog._form.values() is None, "nobody has said yet that it goes all the same"
    dialog._form.load({**ground, "despite": False})
    line: list[str] = []
    desk.say = line.append
    dialog._save()
    settled()
    assert line == ["Nothing was changed."]
    assert desk.record.read(entries_like, Organisation.__tablename__, "جمعية")
