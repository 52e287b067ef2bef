"""The end of the log of writes torn or lost, a hundred times: the check says that the record is shorter than it was.

What is lost at the end leaves no trace inside the file; the number that the last copy noted gives it away. Weaker: the
copies are not beside the record.
"""

import random
import shutil
from pathlib import Path

from db import backup
from db.queries.check import SHORTER, check
from tests.builders import add_partner
from tests.faults.figure import Count, fresh, opened, scratch

NUMBER = 8
DEEDS = 12


def count(quick: bool, weaker: bool) -> Count:
    """Cut or tear it anywhere, look."""
    turns = 10 if quick else 100
    chance = random.Random(8)
    reported = shorter = 0
    with scratch() as folder:
        path = fresh(folder / "record")
        with opened(path) as record:
            key = record.key
            for number in range(DEEDS):
                record.write(add_partner, f"{number}")
            noted = record.back_up().number
            # As a killed program leaves it: taken while it still stands open, for closing would fold it in.
            kept = _files(path)
        for _turn in range(turns):
            _lay(path, kept, chance)
            if weaker:
                shutil.rmtree(backup.folder_of(path))
            with opened(path, key) as record:
                with record.driver() as driver:
                    held = backup.last_number(driver)
                shorter += held < noted
                found = [finding.message for finding in check(record)]
                reported += found == [SHORTER]
    told = f"{shorter} of {turns} torn tails left fewer entries than the last copy noted: {reported} reported"
    return Count(told, shorter == turns == reported)


def _files(path: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file() and file.suffix != ".lock"}


def _lay(path: Path, kept: dict[Path, bytes], chance: random.Random) -> None:
    """The files as they were, but the end of the log of writes cut off or torn."""
    for left in list(path.parent.iterdir()):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    for file, content in kept.items():
        file.parent.mkdir(exist_ok=True)
        if file.name.endswith("-shm"):
            continue
        if file.name.endswith("-wal"):
            at = chance.randrange(len(content) - 1)
            file.write_bytes(content[:at] + bytes(chance.choice((0, 512, len(content) - at))))
        else:
            file.write_bytes(content)
