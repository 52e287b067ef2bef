"""A thousand alterations of the log, drawn by chance: every one is found, and a log that is left alone is sound.

The last set is not altered: that the end was cut off shows only against the last copy (`tail`). Weaker: the links of
the chain are taken as they stand.
"""

import random
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

from sqlalchemy.orm import Session

from db import sealing
from db.record import Record
from tests.builders import add_activity, add_partner, rename
from tests.faults import altering
from tests.faults.figure import Count, fresh, opened, scratch

NUMBER = 21
ALTERATIONS = (
    "UPDATE change_set SET deed = 'x' WHERE row = {set}",
    "UPDATE change_set SET details = '{{}}' WHERE row = {set} AND details != '{{}}'",
    "UPDATE change_set SET actor_id = '00000000000000000000000000000000' WHERE row = {set}",
    "UPDATE change_set SET at = '2001-01-01 00:00:00.000000' WHERE row = {set}",
    "UPDATE change_set SET chain = 'abc' WHERE row = {set}",
    "UPDATE change_set SET chain = NULL WHERE row = {set}",
    "UPDATE change_set SET number = number + 100 WHERE row = {set}",
    "UPDATE change_set SET act = 'start' WHERE row = {set} AND act != 'start'",
    "DELETE FROM change_set WHERE row = {set}",
    'UPDATE log_row SET after = \'{{"name":"x"}}\' WHERE row = {row}',
    'UPDATE log_row SET before = \'{{"name":"x"}}\' WHERE row = {row}',
    "UPDATE log_row SET salt = 'x' WHERE row = {row}",
    "UPDATE log_row SET digest = 'x' WHERE row = {row}",
    "UPDATE log_row SET entity = 'place' WHERE row = {row}",
    "UPDATE log_row SET entity_id = '00000000000000000000000000000000' WHERE row = {row}",
    "UPDATE log_row SET change_set = NULL WHERE row = {row}",
    "DELETE FROM log_row WHERE row = {row}",
    "INSERT INTO log_row (change_set, entity, entity_id, after) VALUES ({set}, 'organisation', '00', '{{}}')",
    "UPDATE organisation SET notes = 'past the door'",
)
SETS = 12


def count(quick: bool, weaker: bool) -> Count:
    """Alter, look."""
    with scratch() as folder, opened(fresh(folder / "record")) as record:
        filled(record)
        with patch.object(sealing, "chain_of", _as_it_stands if weaker else sealing.chain_of):
            still = "UPDATE change_set SET deed = deed"
            return altering.count(record, drawn(record, random.Random(21)), still, findings, 60 if quick else 1000)


def drawn(record: Record, chance: random.Random, more: tuple[str, ...] = ()) -> Callable[[], str]:
    """One alteration of the log after another."""
    with record.driver() as driver:
        driver.execute("PRAGMA foreign_keys=OFF")
        sets, rows = driver.execute("SELECT (SELECT max(row) FROM change_set), max(row) FROM log_row").fetchone()
    kinds = (*ALTERATIONS, *more)
    return lambda: chance.choice(kinds).format(set=chance.randrange(1, sets), row=chance.randrange(1, rows - 2))


def findings(session: Session) -> Iterator[sealing.Finding]:
    """What is wrong with the log."""
    return sealing.verify(session.connection())


def filled(record: Record) -> None:
    """Some history, with what was taken back."""
    partner = record.write(add_partner, "Femmes debout")
    for number in range(SETS):
        record.write(add_activity, partner, f"Écoute {number}")
        record.write(rename, partner, f"Femmes {number}")
    record.undo()


def _as_it_stands(_before: str, header: Any, _digests: Any) -> Any:
    return list(header)[-1]
