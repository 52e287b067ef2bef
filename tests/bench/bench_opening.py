"""What opening a record of 100,000 activities costs, beside an empty one: the key is raw, and nothing is read through.

Run as: bash packaging/bench opening. Both are opened in turn by their key, up to their first answer; CPU time. The
passphrase costs its derivation besides, which is meant to be dear: it is printed as so many openings.
"""

import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median

from db import keys
from db.queries.organisations import organisations_like
from db.record import Record
from db.slots import Cost, Key
from tests.bench.bench_list import filled
from tests.bench.timing import cost

ROWS, TURNS = 100_000, 15


def opens(path: Path, key: Key) -> None:
    """Up to the first answer."""
    record = Record.open(path, key)
    record.read(organisations_like, "partenaire 7")
    record._let_go()


def main(rows: int) -> None:
    """Print the medians and their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        full = filled(Path(folder), rows)
        full._let_go()
        empty, _code = Record.create(Path(folder, "empty.jalon"), "mesure mesure", "M", "M", cost=Cost(1, 64, 1))
        empty._let_go()
        ways = {path: keys.unlock(path, "mesure mesure") for path in (full.path, empty.path)}
        keys.change_passphrase(empty.path, ways[empty.path], "mesure mesure")
        times: dict[object, list[float]] = {full.path: [], empty.path: [], "passphrase": []}
        for turn in range(TURNS + 1):
            for path, key in ways.items():
                taken = cost(partial(opens, path, key))
                times[path] += [taken] if turn else []
            times["passphrase"].append(cost(partial(keys.unlock, empty.path, "mesure mesure")))
        ours, nothing, dear = (median(taken) for taken in times.values())
        print(
            f"opening {rows:,} activities {ours * 1000:.1f} ms CPU, nothing {nothing * 1000:.1f} ms: ratio"
            f" {ours / nothing:.2f} (aim: < 1.5); the passphrase {dear * 1000:.0f} ms: {dear / nothing:.0f} openings"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
