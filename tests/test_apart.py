"""The worker that reads foreign files: what it may take, and that whoever asked outlives whatever a file does to it."""

import json
import os
import pickle
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from db import keys
from db.errors import KeyFileDamaged, NotAChoice, RecordError, TooLong
from desktop import apart
from desktop.exchange.partner_sheet import open_sheet
from desktop.intake.logframe import read_tables
from desktop.intake.mapping import load
from desktop.intake.outlines import read_outlines
from desktop.intake.sanctions import read_list
from desktop.intake.workbook import read_workbook
from desktop.limits import memory
from desktop.render.fill import fill_form
from desktop.render.pictures import opened
from desktop.reports.template_file import read_template
from desktop.reports.words_file import NoSuchPart, WordsFileUnreadable, read_words
from desktop.updates import container as update_container
from i18n import Words
from tests.fuzz.fuzzing import corpus

FRENCH = Words.of("fr")
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "'
    + b"a" * 1_000
    + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + step, b"&%c;" % (97 + step) * 50) for step in range(6))
    + b"]>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY g SYSTEM "file:///etc/hostname">]>'


class Worker:
    """The other process, and another one whenever it was ended."""

    def __init__(self) -> None:
        self.process, self.line = apart.spawn(warm=())

    def ask(self, function: Callable[..., Any], *args: Any, seconds: float = 60) -> tuple[str, Any]:
        outcome, said = apart.answer(self.line, function, args, seconds=seconds)
        if outcome == "ended":
            self.end()
            self.process, self.line = apart.spawn(warm=())
        return outcome, said

    def end(self) -> None:
        self.process.kill()
        self.process.join()


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.end()


def write(path: Path) -> None:
    path.write_bytes(b"x" * 100_000)


@pytest.mark.parametrize(
    ("what", "given", "said"),
    [
        # Where no signal of Python's is looked at, as in a library of another language.
        (sum, range(10**13), apart.TookTooLong),
        (bytearray, memory(), apart.Ended),
        (os._exit, 3, apart.Ended),
    ],
    ids=["hangs", "swells", "dies"],
)
def test_a_reader_is_ended_in_words_and_another_stands_ready(
    worker: Worker, what: Callable[[Any], object], given: Any, said: type[RecordError]
) -> None:
    before = worker.process.pid
    outcome, error = worker.ask(what, given, seconds=0.5 if what is sum else 60)
    assert outcome == "ended"
    assert isinstance(error, said)
    assert FRENCH.gettext(error.message).format(**error.values(FRENCH))
    assert before != worker.ask(os.getpid)[1] == worker.process.pid


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such limit")
def test_a_reader_writes_no_byte_of_any_file(worker: Worker, tmp_path: Path) -> None:
    outcome, error = worker.ask(write, tmp_path / "caught")
    assert (outcome, type(error)) == ("failed", OSError)
    assert not (tmp_path / "caught").stat().st_size


def zipped(parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return made.getvalue()


def rewrapped(name: str, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A file of the corpus with one of its parts changed."""
    folder, file = name.split("/")
    with zipfile.ZipFile(BytesIO(dict(corpus(folder))[file])) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return zipped(parts | {part: change(parts[part])})


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def picture_bomb() -> bytes:
    """A page of a hundred thousand dots a side in a kilobyte."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1_000))) + chunk(b"IEND", b"")


def declared(doctype: bytes) -> Callable[[bytes], bytes]:
    """A part with this before it, and an entity of it in its middle."""

    def change(body: bytes) -> bytes:
        body = body.partition(b"?>")[2] if body.startswith(b"<?xml") else body
        middle = body.index(b">", len(body) // 2) + 1
        return doctype + body[:middle] + b"&g;" + body[middle:]

    return change


def deep(body: bytes) -> bytes:
    end = body.rindex(b"</")
    return body[:end] + b"<w:p>" * 300_000 + b"</w:p>" * 300_000 + body[end:]


DEEP = b"[" * 1_000_000
ZEROS = bytes(60_000_000)


def bombs() -> Iterator[tuple[str, Callable[..., object], str, bytes]]:
    """What it is, who reads it, its name, and its bytes."""
    for said, doctype in (("entities", ENTITIES), ("outside", OUTSIDE)):
        change = declared(doctype)
        yield (
            f"sheet of {said}",
            read_workbook,
            "a.xlsx",
            rewrapped("workbooks/a.xlsx", "xl/worksheets/sheet1.xml", change),
        )
        yield f"document of {said}", read_tables, "a.docx", rewrapped("word/a.docx", "word/document.xml", change)
        yield f"form of {said}", form, "a.docx", rewrapped("forms/a.docx", "word/document.xml", change)
        yield f"list of {said}", read_list, "a.xml", doctype + b"<CONSOLIDATED_LIST>&g;</CONSOLIDATED_LIST>"
    yield "zeros in a workbook", read_workbook, "a.xlsx", zipped({"xl/workbook.xml": ZEROS})
    yield "zeros in a form", form, "a.docx", zipped({"[Content_Types].xml": ZEROS})
    yield "zeros in a document", read_tables, "a.docx", zipped({"word/document.xml": b"<a>" + ZEROS * 2})
    yield "deep form", form, "a.docx", rewrapped("forms/a.docx", "word/document.xml", deep)
    yield "many columns", read_workbook, "a.csv", b"a;" * 13_000_000
    yield "endless line", read_workbook, "a.csv", b'"' + b"a" * 20_000_000
    yield "picture", picture, "a.png", picture_bomb()
    update = dict(corpus("updates"))["a.update"]
    yield "update of another form", update_file, "a.update", zipped({"manifest.json": ZEROS})
    yield "update of a long list", update_file, "a.update", update[:-12] + b"\xff" * 8 + update[-4:]
    for reader in (open_sheet, load, read_outlines, read_template, read_words):
        yield f"deep json for {reader.__name__}", reader, "a.json", DEEP
    yield "huge number", load, "a.json", b'{"format": ' + b"9" * 100_000 + b"}"


def update_file(path: Path) -> object:
    with update_container.opened(path) as file:
        return file.manifest()


def form(path: Path) -> object:
    return fill_form(path.read_bytes(), {}, FRENCH)


def picture(path: Path) -> object:
    return opened(path.read_bytes())


def read(kept: list[tuple[Callable[[Path], object], Path]]) -> list[str]:
    """What each reader says of its file."""
    found = []
    for reader, path in kept:
        try:
            found.append(f"read: {reader(path)!r}")
        except RecordError as refused:
            found.append(FRENCH.gettext(refused.message).format(**refused.values(FRENCH)))
    return found


def test_every_reader_refuses_its_bombs_in_a_sentence(worker: Worker, tmp_path: Path) -> None:
    kept = []
    for said, reader, name, content in bombs():
        (folder := tmp_path / said).mkdir()
        (folder / name).write_bytes(content)
        kept.append((reader, folder / name))
    outcome, found = worker.ask(read, kept)
    assert outcome == "done", found
    through = {path.parent.name: said for (_reader, path), said in zip(kept, found, strict=True) if said[:5] == "read:"}
    # The reader of workbooks knows no entities: what refers to one is left out, and the rest is read.
    assert through.keys() <= {"sheet of entities", "sheet of outside"}
    assert all(len(said) < 10_000 for said in through.values())
    assert not any(
        (Path("/etc/hostname").exists() and Path("/etc/hostname").read_text().strip() in said) for said in found
    )


@pytest.mark.parametrize("content", [DEEP, b"", b"[]", b'{"version": 3, "slots": 5}', b'{"version": "x"}'])
def test_a_hostile_key_file_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    record = tmp_path / "essai.jalon"
    keys.keys_path(record).write_bytes(content)
    with pytest.raises(KeyFileDamaged):
        keys.ways_in(record)


def test_a_slot_of_nobody_is_a_damaged_key_file(tmp_path: Path) -> None:
    kept = json.loads(dict(corpus("keys"))["k.keys"])
    kept["slots"][random.Random(1).randrange(3)]["person"] = "personne"
    record = tmp_path / "essai.jalon"
    keys.keys_path(record).write_text(json.dumps(kept))
    with pytest.raises(KeyFileDamaged):
        keys.ways_in(record)


def test_an_error_comes_whole_out_of_the_other_process_however_it_was_made() -> None:
    words = Words.of("en")
    for error in (
        WordsFileUnreadable(path=Path("a.json")),
        NotAChoice("Country"),
        TooLong("Name", longest=3),
        NoSuchPart(unknown=["a"], known=["b"]),
    ):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error)
        assert again.values(words) == error.values(words)
        assert getattr(again, "field", None) == getattr(error, "field", None)


def refuses(path: Path) -> None:
    raise WordsFileUnreadable(path=path)


def ends() -> None:
    os._exit(3)


def test_a_verb_is_answered_by_another_process_and_outlives_it() -> None:
    first = apart.ask(os.getpid)
    assert first != os.getpid()
    assert apart.ask(os.getpid) == first
    with pytest.raises(WordsFileUnreadable):
        apart.ask(refuses, Path("a.json"))
    with pytest.raises(apart.Ended):
        apart.ask(ends)
    assert apart.ask(os.getpid) != first
