"""Keeps a small record as the program that stands writes it, for the tests of later versions, which upgrade it.

Run it once when a schema lands, and for an older one in a checkout of that landing:
`PYTHONPATH=. python packaging/make_released.py tests/db/records`. It holds the practice office without its partners'
sheets, one more of every kind with values drawn by chance, deeds taken back, drafts, a document, and what left.

An encrypted file cannot be packed, and most pages of a small one are empty; so what lies there is the same record
without a key, packed, with its key file and with what each table held. Nothing in it is true of anybody.
"""

import hashlib
import json
import lzma
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from db import deeds, keys, migrations
from db.base import new_id
from db.commands.documents import add_document
from db.commands.drafts import keep_draft
from db.commands.entries import add
from db.commands.frameworks import add_frameworks
from db.commands.removing import remove
from db.errors import RecordError
from db.models import ConfidentialNote, Organisation
from db.queries.check import check
from db.record import Record
from db.sealed import unseal
from desktop import sample
from desktop.deliver import Asked, Order, deliver
from desktop.guard.audiences import Audience
from tests.anything import ENTITIES, values_of
from tests.builders import CHEAP, PASSPHRASE, add_partner, copied

TRIES = 20
NAMES = {"report": "donor-narrative", "template": "8plus3", "typography": "un", "paper": "A4"}
"""Codes that name one of a list: no code drawn by chance does."""


@deeds.deed("Put it there")
def put(session, entity, values):
    """A thing of a kind that comes in by deeds of its own."""
    session.add(thing := entity(id=new_id(), **values))
    session.flush()
    return thing.id


def filled(record: Record, folder: Path) -> None:
    """All that such a record holds."""
    office = sample._office() | {"months_in": []}
    sample._fill(record, office)
    one_of_each(record)
    partner = record.write(add_partner, "Femmes debout d’essai")
    record.write(add_document, Organisation, partner, "statuts.txt", b"Article premier", {"title": "Statuts"})
    values = {"organisation_id": partner, "body": "Une rumeur, inventée"}
    note = record.write(add, ConfidentialNote, values | {"written_on": sample.date(2026, 5, 4)})
    record.note(unseal, ConfidentialNote, note, "body", "Essai")
    for report, audience in (("protection-overview", Audience.INTERNAL), ("protection-overview", Audience.PUBLIC)):
        deliver(record, Order(report, Asked(audience=audience), "fr", "pdf"), folder / f"{audience.value}.pdf")
    record.note(keep_draft, record.person, "partners", partner, {"name": "Femmes debout, pas encore enregistré"})
    record.write(remove, Organisation, record.write(add_partner, "À retirer"))
    for turn in (record.undo, record.redo, record.undo):
        turn()


def one_of_each(record: Record) -> None:
    """A thing or two of every kind, as its rules allow it, or past its deeds where none could be added."""
    chance = Random(1)
    ids: dict[str, list[UUID]] = {"person": [record.person]}
    for entity in ENTITIES * 2:  # what points at a later kind comes the second time
        there = record.read(lambda session, entity=entity: list(session.scalars(select(entity.id).limit(5))))
        ids.setdefault(entity.__tablename__, []).extend(there)
        for turn in range(TRIES):
            past = turn >= TRIES // 2
            values = values_of(chance, entity, ids)
            if values is None or (past and there):
                break
            values |= {key: name for key, name in NAMES.items() if key in values}
            try:
                ids[entity.__tablename__].append(record.write(put if past else add, entity, values))
                break
            except (RecordError, IntegrityError):
                continue


def kept(path: Path, target: Path) -> dict[str, int]:
    """Keep a closed record packed, with what its tables hold; how many rows each has."""
    copied(path, looked_at := path.with_name("looked-at.jalon"))
    held = {}
    with Record.open(looked_at, PASSPHRASE, write=False) as record:
        assert check(record) == (), check(record)
        with record.driver() as driver:
            asked = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            for (table,) in driver.execute(asked).fetchall():
                columns = [row[1] for row in driver.execute(f'PRAGMA table_info("{table}")').fetchall()]
                if "row" in columns and table != "indexed":  # the search, which each version makes anew
                    listed = ", ".join(f'"{name}"' for name in columns)
                    rows = driver.execute(f'SELECT {listed} FROM "{table}" ORDER BY row').fetchall()
                    digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False, default=str).encode()).hexdigest()
                    held[table] = {"columns": columns, "rows": len(rows), "digest": digest}
            plain = path.with_name("plain")
            driver.execute("ATTACH ? AS plain KEY ''", (str(plain),))
            driver.execute("SELECT sqlcipher_export('plain')").fetchall()
            for number in ("application_id", "user_version"):
                driver.execute(f"PRAGMA plain.{number} = {driver.execute(f'PRAGMA main.{number}').fetchone()[0]}")
            driver.execute("DETACH plain")
    target.with_suffix(".jalon.xz").write_bytes(lzma.compress(plain.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    target.with_suffix(".jalon.keys").write_bytes(keys.keys_path(path).read_bytes())
    target.with_suffix(".json").write_text(json.dumps(held, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return {table: each["rows"] for table, each in held.items()}


def main() -> None:
    """Make the record of the schema that stands."""
    out = Path(sys.argv[1])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "essai.jalon"
        office = sample._office()
        record, _code = Record.create(
            path, PASSPHRASE, office["person"], office["office"], holding=add_frameworks, cost=CHEAP
        )
        with record:
            filled(record, Path(folder))
        rows = kept(path, out / f"version-{migrations.HEAD}")
    print(f"{sum(rows.values())} rows; nothing in {sorted(table for table, many in rows.items() if not many)}")


if __name__ == "__main__":
    main()
