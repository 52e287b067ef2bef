"""Names of files that were made to do harm, or by a system of another kind: kept, put right, or refused in words."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from db.commands.arrivals import bring_in
from db.commands.documents import add_document, clean_name
from db.commands.issuing import Leaving
from db.commands.organisations import add_organisation
from db.errors import RecordError
from db.keys import belongs_to_a_record
from db.models import Document, Issued, Organisation, Source
from db.queries.arrivals import held
from db.record import Record
from desktop.deliver import leave_file, write
from desktop.exchange.partner_sheet import open_sheet
from desktop.foreign import RecordsOwnFile, read_file
from desktop.intake.logframe import plan_log_frame, read_tables
from desktop.intake.mapping import load
from desktop.intake.outlines import read_outlines
from desktop.intake.planning import plan
from desktop.intake.profiles import mapping_for
from desktop.intake.sanctions import read_list
from desktop.intake.workbook import read_workbook
from desktop.reports.template_file import read_template
from desktop.reports.words_file import read_words
from i18n import Words
from tests.intake.files import HEADINGS, ROW, held_values

FRENCH = Words.of("fr")
NAMES = (
    "ligne\nsuivante.csv",
    "\u202evsc.exe",
    "...csv",
    " .csv",
    "x" * 240 + ".csv",
    "ع" * 115 + ".csv",
    "CON.csv",
    "nul",
    "\x1b[31mrouge\x07.csv",
    "=cmd|'x'!A0.csv",
    "{name} %s <b>.csv",
    os.fsdecode(b"\xe9t\xe9.csv"),
    "a\u2028b\x85c.csv",
    "-rf.csv",
)
READERS: tuple[Callable[[Path], object], ...] = (
    read_workbook,
    read_list,
    read_outlines,
    read_template,
    read_words,
    load,
    open_sheet,
    lambda path: plan_log_frame(path.name, read_tables(path)),
    lambda path: read_tables(path.with_name(path.name[:90] + ".docx")),
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such names")


def said(refused: RecordError) -> str:
    return FRENCH.gettext(refused.message).format(**refused.values(FRENCH))


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_refusal_names_the_file_without_doing_as_it_says(tmp_path: Path, name: str) -> None:
    for content in (None, b"", b"\xff\0<\0["):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        for reader in READERS:
            with pytest.raises(RecordError) as caught:
                reader(tmp_path / name)
            sentence = said(caught.value)
            sentence.encode()
            json.dumps(sentence)
            assert not set(sentence) & set("\n\r\x1b\x07\x85\u2028\u202e"), reader
            assert sentence.count("\u2068") == sentence.count("\u2069")


def test_a_file_of_any_name_is_brought_in_under_a_name_that_can_be_kept(record: Record, tmp_path: Path) -> None:
    table = ";".join(HEADINGS) + "\n" + ";".join(str(ROW[heading]) for heading in HEADINGS)
    for number, name in enumerate(NAMES):
        path = tmp_path / name
        path.write_text(table.replace("Écoute", f"Écoute {number}"), encoding="utf-8")
        book = read_workbook(path)
        mapping = mapping_for(book)
        record.write(bring_in, plan(book, mapping, record.read(held, mapping.holds.value)).arrival)
    names = [each["name"] for each in held_values(record, Source)]
    assert len(names) == len(NAMES)
    assert all(name.isprintable() and name.encode() and len(name) <= 500 for name in names)


def test_a_document_is_kept_under_a_name_that_any_system_takes(record: Record, tmp_path: Path) -> None:
    partner = record.write(add_organisation, {"name": "Femmes d’essai"})
    for name in (*NAMES, "a/../../b.pdf", "C:\\con", "NUL\0.pdf", "", "..", "殊" * 200 + ".pdf", "con. .txt"):
        record.write(add_document, Organisation, partner, name, b"x", {})
    kept = [str(each["file"]) for each in held_values(record, Document)]
    for file in kept:
        assert file == clean_name(file)
        target = tmp_path / file
        write(b"copie", target)
        assert target.parent == tmp_path and target.read_bytes() == b"copie"


@pytest.mark.parametrize("name", ["NUL\0.pdf", "x" * 300, "\ud800.pdf", "", "a/b/c.pdf"], ids=ascii)
def test_a_file_that_cannot_have_its_name_is_refused_in_words_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordError) as caught:
        write(b"x", tmp_path / name)
    assert said(caught.value).encode()
    assert not list(tmp_path.iterdir())


def test_what_leaves_to_a_folder_whose_name_is_no_text_is_in_the_register(record: Record, tmp_path: Path) -> None:
    (folder := tmp_path / os.fsdecode(b"r\xe9pertoire")).mkdir()
    leave_file(record, Leaving("calendar", "internal", {}, "fr", "ics"), b"x", folder / "a.ics")
    assert (folder / "a.ics").read_bytes() == b"x"
    place = record.read(lambda session: session.scalar(select(Issued.place)))
    assert str(place).endswith("r\ufffdpertoire/a.ics")


def test_a_pipe_a_device_or_a_record_is_no_file_to_be_taken_in(record: Record, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube")
    for path in (tmp_path / "tube", Path("/dev/zero"), tmp_path, tmp_path / "NUL\0"):
        with pytest.raises(FileNotFoundError):
            read_file(path, 10)
    with pytest.raises(RecordsOwnFile):
        read_file(record.path, 10)
    for end in (".keys", "-journal", ".back", ".back-journal", ".back.keys"):
        assert belongs_to_a_record(record.path.with_name(record.path.name + end))
    (tmp_path / "grand.pdf").write_bytes(b"x" * 100)
    assert len(read_file(tmp_path / "grand.pdf", 10)) == 11
