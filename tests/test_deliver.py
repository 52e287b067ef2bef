"""A report is written whole or not at all, and what left is kept in the record."""

import errno
import io
import json
import os
import stat
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pikepdf
import pytest
from sqlalchemy import select

from db.errors import DiskFull, NoSuchFolder, NotThere
from db.models.reports_issued import Issued
from db.queries.scope import Scope
from db.record import Record
from desktop.deliver import CannotWrite, NeedsPartner, Order, deliver, gather, make, write
from desktop.exporting import export_fivew
from desktop.guard.audiences import Audience
from desktop.reports.offer import NoSuchReport
from desktop.reports.report import Asked, WritersWords, WritersWordsTooLong
from desktop.reports.words_file import WordsFileUnreadable, read_words


def test_what_left_is_kept_with_its_digest(record: Record, tmp_path: Path) -> None:
    order = Order("protection-overview", Asked(audience=Audience.PUBLIC), "fr", "text")
    deliver(record, order, tmp_path / "out.txt")
    names = record.read(lambda session: session.execute(select(Issued.name, Issued.audience, Issued.format)).all())
    assert [tuple(row) for row in names] == [("protection-overview", "public", "text")]


def test_what_could_not_be_given_its_name_did_not_leave(record: Record, tmp_path: Path) -> None:
    (tmp_path / "out.txt").mkdir()
    with pytest.raises(CannotWrite):
        deliver(record, Order("protection-overview", Asked(), "fr", "text"), tmp_path / "out.txt")
    assert record.read(lambda session: session.scalars(select(Issued.name)).all()) == []


def test_what_was_noted_and_then_got_no_name_is_forgotten(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_given: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patch, pytest.raises(CannotWrite):
        patch.setattr("db.durable.rename_durably", refused)
        deliver(record, Order("protection-overview", Asked(), "fr", "text"), tmp_path / "out.txt")
    assert record.read(lambda session: session.scalars(select(Issued.name)).all()) == []


def test_a_file_that_has_its_name_has_left_though_its_folder_cannot_be_settled(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = os.fsync

    def of_files_alone(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "a shared folder")
        settle(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", of_files_alone)
        deliver(record, Order("protection-overview", Asked(), "fr", "text"), tmp_path / "out.txt")
    assert record.read(lambda session: session.scalars(select(Issued.name)).all()) == ["protection-overview"]


def test_a_place_that_cannot_be_written_in_is_named_and_the_old_file_stays(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFolder):
        write(b"new", tmp_path / "nowhere" / "out.pdf")
    old = tmp_path / "out.pdf"
    old.write_bytes(b"old")
    (tmp_path / "out.pdf.part").mkdir()
    with pytest.raises(CannotWrite):
        write(b"new", old)
    assert old.read_bytes() == b"old"


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs /dev/full, as Linux has it")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    old = tmp_path / "out.pdf"
    old.write_bytes(b"old")
    (tmp_path / "out.pdf.part").symlink_to("/dev/full")
    with pytest.raises(DiskFull):
        write(b"new" * 10_000, old)
    assert old.read_bytes() == b"old"


def test_a_report_nobody_offers_and_a_partner_nobody_named_are_refused(record: Record, tmp_path: Path) -> None:
    with pytest.raises(NoSuchReport):
        deliver(record, Order("nothing", Asked(), "fr", "text"), tmp_path / "out")
    with pytest.raises(NeedsPartner):
        deliver(
            record,
            Order("protection-overview", Asked(audience=Audience.PARTNER), "fr", "text"),
            tmp_path / "out",
        )
    with pytest.raises(NeedsPartner):
        export_fivew(record, Asked(audience=Audience.PARTNER), "fr", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("side", ["partner", "place", "agreement", "framework"])
def test_a_report_about_what_is_no_longer_there_says_so(record: Record, tmp_path: Path, side: str) -> None:
    with pytest.raises(NotThere):
        gone = Asked(Scope(**{side: uuid4()}), Audience.INTERNAL)
        gather(record, Order("protection-overview", gone, "fr", "pdf"))


def test_the_writers_words_come_from_a_file_or_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "words.json"
    file.write_text('{"title": "Aperçu", "highlights": ["Un", "Deux"]}', encoding="utf-8")
    assert read_words(file) == WritersWords(title="Aperçu", highlights=("Un", "Deux"))
    unknown = '{"titles": [{"language": "ar", "text": "x", "status": "offical"}]}'
    for broken in ("", "[]", '{"titel": "x"}', '{"title": 3}', '{"highlights": "x"}', unknown):
        file.write_text(broken, encoding="utf-8")
        with pytest.raises(WordsFileUnreadable):
            read_words(file)
    file.write_text(json.dumps({"highlights": ["x"] * 11}), encoding="utf-8")
    with pytest.raises(WritersWordsTooLong):
        read_words(file)


def test_copies_for_the_office_always_carry_their_figures(record: Record, tmp_path: Path) -> None:
    for audience, carried in ((Audience.INTERNAL, True), (Audience.DONOR, False)):
        order = Order("protection-overview", Asked(audience=audience), "en", "pdf")
        with pikepdf.open(BytesIO(make(gather(record, order), order).content)) as pdf:
            assert ("figures.csv" in pdf.attachments) is carried


def test_only_a_pdf_says_that_files_are_inside_it(record: Record, tmp_path: Path) -> None:
    order = Order("protection-overview", Asked(audience=Audience.INTERNAL), "en", "text", attach=True)
    assert b"figures.csv" not in make(gather(record, order), order).content
    made = make(gather(record, order), replace(order, form="pdf")).content
    with pikepdf.open(io.BytesIO(made)) as report:
        assert set(report.attachments) == {"figures.csv", "figures.json"}
