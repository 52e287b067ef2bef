"""What the change log costs: the same saves with the log and its seal, and without.

Run as: bash packaging/bench log. Deeds of one activity and of a hundred are done in turn in two records, of
which one has no triggers and is committed without a seal. CPU time; aim: under twice the unlogged save. For the whole
door, a save without roles and search stands beside it.
"""

import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from db.base import new_id
from db.deeds import deed
from db.keys import Cost
from db.models import Activity
from db.record import Record
from db.roles import require
from db.searching import keep_in_step
from tests.bench.timing import cost

TURNS = 40


@deed("Measure")
def save(session: Session, count: int) -> list[UUID]:
    """Save some activities, as a form does and as a file does."""
    ids = [new_id() for _number in range(count)]
    for number, id in enumerate(ids):
        session.add(
            Activity(id=id, title=f"Activité {number} de mesure", sector="PRO", notes="Une note de mesure. " * 5)
        )
    session.flush()
    return ids


def logged(record: Record, count: int) -> None:
    record.write(save, count)


def unlogged(record: Record, count: int) -> None:
    with record._file.session() as session:
        require(session, save.role)
        keep_in_step(session.connection(), {"activity": save(session, count)})
        session.commit()


def bare(record: Record, count: int) -> None:
    with record._file.session() as session:
        save(session, count)
        session.commit()


def main() -> None:
    """Print the ratio for one row and for a hundred."""
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for name in ("logged", "unlogged"):
            record, _code = Record.create(Path(folder, f"{name}.jalon"), "mesure mesure", "M", "M", cost=Cost(1, 64, 1))
            made.append(record)
        with made[1]._file.session() as session:
            for (name,) in session.execute(text("SELECT name FROM sqlite_schema WHERE type='trigger'")).all():
                if name.startswith("log_"):
                    session.execute(text(f'DROP TRIGGER "{name}"'))
            session.commit()
        for count in (1, 100):
            times: list[tuple[float, ...]] = []
            for turn in range(TURNS + 2):
                all_ways = (
                    cost(partial(logged, made[0], count)),
                    cost(partial(unlogged, made[1], count)),
                    cost(partial(bare, made[1], count)),
                )
                if turn > 1:
                    times.append(all_ways)
            ours, without, nothing = (median(side) for side in zip(*times, strict=True))
            print(
                f"{count} saved at once: logged {ours * 1000:.1f} ms, unlogged {without * 1000:.1f} ms:"
                f" ratio {ours / without:.2f} (aim: < 2); without log, roles and search {nothing * 1000:.1f} ms:"
                f" {ours / nothing:.2f}"
            )
        for record in made:
            record.close()


if __name__ == "__main__":
    main()
