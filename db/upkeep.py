"""What is remembered of the care for a record: its second place, its last rehearsal, its last check.

A file among the copies, not a table: it is asked just when the record does not open, and a copy brought back would
bring its own memory of an older day. It holds no word of the record.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path

from db.backup import folder_of
from db.durable import write_durably

STALE = timedelta(days=7)
"""The copies of the second place are as old as this at most; and this often the pages of the record are checked."""
REHEARSED = timedelta(days=30)


@dataclass(frozen=True)
class Upkeep:
    """Moments are in ISO form, in UTC; an empty text is never, or nowhere."""

    second: str = ""
    """The folder that people chose, on a stick or another disk."""
    identity: str = ""
    """What the folder of this record's copies is called in there, where other records have theirs."""
    apart: str = ""
    """Whether the second place was on another disk when it was chosen."""
    copied_at: str = ""
    rehearsed_at: str = ""
    failure: str = ""
    """Why the last rehearsal failed, a msgid."""
    checked_at: str = ""
    only_newest: str = ""
    """Whether the second place is to keep nothing but the newest copy, the next time it is plugged in: an erasure asked
    for it."""

    @property
    def second_folder(self) -> Path | None:
        """Where the copies of this record go in the second place."""
        return Path(self.second) / self.identity if self.second and self.identity else None


def load(record: Path) -> Upkeep:
    """What is remembered; a file that cannot be read is as good as none."""
    try:
        kept = json.loads(_path(record).read_bytes())
        return Upkeep(**{one.name: str(kept[one.name]) for one in fields(Upkeep) if one.name in kept})
    except (OSError, ValueError, TypeError, RecursionError):
        return Upkeep()


def remember(record: Path, **told: str) -> Upkeep:
    """Keep something beside what is remembered already."""
    now = replace(load(record), **told)
    folder_of(record).mkdir(mode=0o700, exist_ok=True)
    write_durably(_path(record), json.dumps(asdict(now), ensure_ascii=False, indent=1).encode())
    return now


def is_older(moment: str, span: timedelta, at: datetime) -> bool:
    """Whether a moment is longer ago than this, or never was; one in the future tells of a clock put right."""
    try:
        since = at - datetime.fromisoformat(moment)
    except (ValueError, TypeError):
        return True
    return since > span or since < -timedelta(days=1)


def asked_for(kept: Upkeep, at: datetime) -> Iterator[str]:
    """What people are asked to see to: "second" to choose, "stale" to plug in, "failed" to look at."""
    if not kept.second:
        yield "second"
    elif is_older(kept.copied_at, STALE, at):
        yield "stale"
    if kept.failure:
        yield "failed"


def _path(record: Path) -> Path:
    return folder_of(record) / "upkeep.json"
