"""The keys of a locked record stand nowhere in its process, looked for from outside as whoever seized it would."""

import subprocess
import sys
from pathlib import Path

import pytest

from db import keys
from db.record import Record
from tests.builders import PASSPHRASE
from tests.syntax import ROOT

_WORKS = """
import sys
from pathlib import Path
from db.record import Record
record = Record.open(Path(sys.argv[1]), Path(sys.argv[2]).read_text())
record.tell("Essai")
record.back_up()
for lock in (lambda: None, record.lock):
    lock()
    print("ready", flush=True)
    sys.stdin.readline()
"""


def found(process: int, wanted: tuple[bytes, ...]) -> int:
    """How often any of these stands in what a process has in memory."""
    count = 0
    with Path(f"/proc/{process}/maps").open() as maps, Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for line in maps:
            place, may = line.split()[:2]
            if "r" in may and "[v" not in line:
                first, last = (int(each, 16) for each in place.split("-"))
                memory.seek(first)
                held = memory.read(last - first)
                count += sum(held.count(each) for each in wanted)
    return count


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a parent read its child's memory as a file")
def test_once_it_is_locked_no_key_is_in_memory(record: Record, tmp_path: Path) -> None:
    record.close()
    key, phrase = keys.unlock(record.path, PASSPHRASE), tmp_path / "phrase"
    phrase.write_text(PASSPHRASE)
    assert key.sealing is not None
    wanted = (key.raw, key.raw.hex().encode(), key.raw.hex().upper().encode(), key.sealing)
    with subprocess.Popen(
        [sys.executable, "-c", _WORKS, str(record.path), str(phrase)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as works:
        assert works.stdin and works.stdout
        counts = []
        for _step in ("open", "locked"):
            assert works.stdout.readline() == "ready\n"
            counts.append(found(works.pid, wanted))
            works.stdin.write("\n")
            works.stdin.flush()
    assert counts[0] > 0, "else it is not looked for as it should be"
    assert counts[1] == 0
