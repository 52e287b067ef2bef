"""Keeping a record: made, closed, opened again, encrypted to its last byte, sound."""

from db.commands.frameworks import add_frameworks
from db.engine import fits
from db.queries.check import check
from db.record import Record
from db.slots import new_key
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.sample import make_practice_record
from desktop.self_test.trial import Found, NotShown, Trial, ok
from i18n import N_

_IN_THE_CLEAR = b"SQLite format 3\0"
PERSON, OFFICE = "Personne d’essai", "Bureau d’essai"
"""Invented, in the quick test, which has no practice office."""


def record(trial: Trial) -> Found:
    """A record is made, closed and opened again by its passphrase."""
    path = trial.folder / "essai.jalon"
    if trial.quick:
        Record.create(path, PRACTICE_PASSPHRASE, PERSON, OFFICE, holding=add_frameworks)[0].close()
    else:
        make_practice_record(path)
    opened = trial.keep_open(Record.open(path, PRACTICE_PASSPHRASE))
    opened.reason = OFFICE
    found = check(opened)
    if found:
        raise NotShown(found[0].message, **found[0].gaps)
    return ok(N_("A record was made, closed, opened again, and is sound."))


def encryption(trial: Trial) -> Found:
    """Nothing of the record can be read in its file, and another key does not open it."""
    opened = trial.needs_record()
    names = [b"CREATE TABLE", *(part.encode() for part in (PERSON, OFFICE, "Kivara", "organisation"))]
    for file in sorted(trial.folder.glob(f"{opened.path.name}*")):
        content = file.read_bytes() if file.is_file() else b""
        if content.startswith(_IN_THE_CLEAR) or any(name in content for name in names):
            raise NotShown(N_("The record can be read without its passphrase. Do not use this copy."))
    if fits(opened.path, new_key(opened.person).raw):
        raise NotShown(N_("The record opens by any key. Do not use this copy."))
    return ok(N_("Nothing of the record can be read in its file, and another key does not open it."))
