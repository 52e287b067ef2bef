"""A word typed into every field: after the lock no file, message, crash report, clipboard or document's tags hold it.

The program is run with folders of its own; what it writes in passing is looked through as well, where its disk can be
watched. Of reports, which are plain files by their nature, only what they say of themselves is looked at; that names
the office that makes them. Weaker: the crash report quotes the error.
"""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pikepdf
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.base import Entity, new_id
from db.commands.documents import add_document
from db.commands.drafts import keep_draft
from db.commands.entries import BY_DEED, add
from db.deeds import deed
from db.errors import RecordError
from db.fields import Kind, fields_of
from db.models import Organisation
from db.record import Record
from desktop.deliver import Order, clear, gather, made
from desktop.guard.audiences import Audience
from desktop.reports.offer import REPORTS
from tests.anything import ENTITIES, values_of
from tests.builders import CHEAP, OFFICE, PASSPHRASE
from tests.faults.disk import library, log_of
from tests.faults.figure import Count, NotHere, scratch
from tests.reports.every import asked_of

NUMBER = 16
WORD = "Zéphyrine-Mwamba-Kitoko"
TYPED = {Kind.TEXT, Kind.LONG_TEXT, Kind.CODE, Kind.SEALED}
TRIES = 30
FORMS = [word.encode(code) for word in (WORD, WORD.casefold()) for code in ("utf-8", "utf-16-le", "utf-16-be")] + [
    json.dumps(WORD)[1:-1].encode()
]
"""How the word may stand in a file; folded as the search keeps it, escaped as JSON does."""


def count(quick: bool, weaker: bool) -> Count:
    """Run the program, then look through all that it left."""
    with scratch() as folder:
        told, said, passing = _run(folder, "quick" if quick else "all", weaker)
        found = [str(file.relative_to(folder)) for file in _files(folder / "own") if _holds(file.read_bytes())]
        looked = sum(1 for _file in _files(folder / "own"))
        found += [f"{name} of a report" for name, tags in told["tags"].items() if _holds(tags.encode())]
        found += [f"written in passing to {name}" for name in sorted(passing)]
        found += ["what it printed"] * _holds(said) + ["the crash report"] * _holds(told["crash"].encode())
        found += ["the clipboard"] * _holds(told["clipboard"].encode())
    missing = [field for field in told["fields"] if field not in told["typed"]]
    line = f"typed into {len(told['typed'])} of {len(told['fields'])} fields, {looked} files and {len(told['tags'])} "
    line += f"reports looked through: found in {len(found)} {found[:4]}"
    return Count(line, not (found or missing))


def _run(folder: Path, how: str, weaker: bool) -> tuple[dict[str, Any], bytes, set[str]]:
    """What the program tells of itself, what it printed, and the files that held the word in passing."""
    own, log = folder / "own", folder / "log"
    for name in ("home", "tmp", "data"):
        (own / name).mkdir(parents=True)
    places: dict[str, Path] = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), own / "home")
    places["TMPDIR"] = own / "tmp"
    try:
        watched = {"LD_PRELOAD": library(), "DISK_FOLDER": own, "DISK_LOG": log}
    except NotHere:
        watched = {}
    environment = os.environ | {name: str(path) for name, path in {**places, **watched}.items()}
    code = f"from tests.faults.plaintext import live; live({how == 'quick'}, {weaker})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
    )
    told = folder / "told.json"
    if done.returncode or not told.exists():
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return json.loads(told.read_text()), done.stdout + done.stderr, _passing(log)


def _passing(log: Path) -> set[str]:
    names: dict[int, str] = {}
    found = set()
    for asked in log_of(log) if log.exists() else ():
        if asked.kind in "OT":
            names[asked.number] = Path(os.fsdecode(asked.content)).name
        elif asked.kind == "W" and _holds(asked.content):
            found.add(names[asked.number])
    return found


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _holds(content: bytes) -> bool:
    return any(form in content for form in FORMS)


def live(quick: bool, weaker: bool) -> None:
    """What the watched program does: types, keeps, reports, crashes, locks. Told beside its own folders."""
    own = Path(os.environ["TMPDIR"]).parent
    path = own / "data" / "essai.jalon"
    record, _code = Record.create(path, PASSPHRASE, WORD, OFFICE, "COD", cost=CHEAP)
    fields, typed = _type(record)
    record.back_up()
    tags = {} if quick else _tags(record)
    record.close()
    crash, clipboard = _window(path, weaker)
    told = {"fields": fields, "typed": typed, "tags": tags, "crash": crash, "clipboard": clipboard}
    (own.parent / "told.json").write_text(json.dumps(told))


def _type(record: Record) -> tuple[list[str], list[str]]:
    """Type the word into every text of every kind, as far as the rules let a thing of it be."""
    chance = Random(16)
    ids: dict[str, list[UUID]] = {"person": [record.person]}
    fields, typed = [], set()
    for _round in range(8):
        for entity in ENTITIES:
            apart = BY_DEED.get(entity, ())
            texts = [key for key, each in fields_of(entity).items() if each.kind in TYPED and key not in apart]
            named = {f"{entity.__tablename__}.{key}" for key in texts}
            fields += named
            if named <= typed and entity.__tablename__ in ids:
                continue
            if made := _one(record, entity, texts, chance, ids):
                ids.setdefault(entity.__tablename__, []).append(made[0])
                typed |= {f"{entity.__tablename__}.{key}" for key in made[1]}
    partner = ids["organisation"][0]
    record.note(keep_draft, record.person, "partners", None, {"name": WORD})
    record.write(add_document, Organisation, partner, f"{WORD}.txt", WORD.encode(), {"title": WORD})
    return sorted(set(fields)), sorted(typed)


@deed("Put it there")
def _put(session: Session, entity: type[Entity], values: Mapping[str, Any]) -> UUID:
    """Past the rules of a kind that comes in by deeds of its own; never past those of its fields."""
    thing = entity(id=new_id(), **values)
    session.add(thing)
    session.flush()
    return thing.id


def _one(
    record: Record, entity: type[Entity], texts: list[str], chance: Random, ids: dict[str, list[UUID]]
) -> tuple[UUID, list[str]] | None:
    """A thing with the word in all its texts, or else in as many as the rules allow."""
    for turn in range(TRIES):
        past = turn >= TRIES // 2
        values = values_of(chance, entity, ids, past_deeds=past)
        if values is None:
            return None
        put = [key for key in texts if chance.random() < 0.7] if turn % 2 else texts
        try:
            return record.write(_put if past else add, entity, values | dict.fromkeys(put, WORD)), put
        except (RecordError, IntegrityError):
            continue
    return None


def _tags(record: Record) -> dict[str, str]:
    """What the reports say of themselves, in each format."""
    tags = {}
    for report in REPORTS:
        try:
            asked = asked_of(record, report, Audience.INTERNAL)
            cleared = clear(gather(record, Order(report.name, asked, "fr", "pdf")), asked)
        except RecordError:
            continue  # one that the record holds nothing for
        for form in ("pdf", "docx", "xlsx"):
            content = made(cleared, Order(report.name, asked, "fr", form)).content
            tags[f"{report.name}.{form}"] = _of_a_pdf(content) if form == "pdf" else _of_a_package(content)
    return tags


def _of_a_pdf(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return f"{[str(value) for value in pdf.docinfo.values()]} {dict(pdf.open_metadata())}"


def _of_a_package(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = file.namelist()
        # Not app.xml: the names of the sheets are in it once more, which are their content.
        return "".join(
            file.read(name).decode() for name in ("docProps/core.xml", "docProps/custom.xml") if name in names
        )


def _window(path: Path, weaker: bool) -> tuple[str, str]:
    """The program with its window: a fault that quotes the word, the word copied, the lock. What is left of both."""
    from PySide6.QtGui import QClipboard
    from PySide6.QtWidgets import QApplication

    from desktop.ui import errors
    from desktop.ui.app import App

    qt = QApplication([])
    app = App(qt)
    app.start(path)

    def until(holds: Callable[[], object]) -> None:
        begun = monotonic()
        while not holds():
            qt.processEvents()
            if monotonic() - begun > 60:
                raise TimeoutError

    until(lambda: app.tasks.idle)
    assert app.opening is not None
    app.opening.asked.emit(path, PASSPHRASE)
    until(lambda: app.window is not None and app.window.isVisible() and app.tasks.idle)
    qt.clipboard().setText(WORD)
    # Without a screen, Qt does not know whose the clipboard is.
    owned = patch.object(QClipboard, "ownsClipboard", lambda _clipboard: True)
    with owned, patch.object(errors, "where", repr if weaker else errors.where):
        try:
            raise ValueError(WORD)
        except ValueError as fault:
            sys.excepthook(ValueError, fault, fault.__traceback__)
        until(lambda: any(isinstance(each, errors.BugDialog) for each in qt.topLevelWidgets()))
        shown = next(each for each in qt.topLevelWidgets() if isinstance(each, errors.BugDialog))
        crash = shown._details.toPlainText()
        app.lock()
        until(lambda: app.tasks.idle)
        left = qt.clipboard().text()
    app.windows.put_away()
    app.end()
    return crash, left
