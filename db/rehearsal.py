"""The rehearsal: the newest copy is brought back into a private folder, opened and checked, and removed again.

A copy that nobody ever opened is a hope. It is tried beside the copies themselves, where there is room for it, and as
encrypted as they are.
"""

from db import backup, keys
from db.durable import copy_durably, passing_folder
from db.engine import worded
from db.errors import RecordError
from db.queries.check import check
from db.record import Record
from i18n import N_

_NAME = "rehearsal-"
NO_COPY = N_("There is no copy of the record yet. Make one now.")
NOT_SOUND = N_(
    "The newest copy was brought back on trial and was not sound. Another was made in its place. Try that one; if it "
    "fails as well, have this disk looked at, and keep a copy on another one."
)


def rehearse(record: Record) -> str:
    """Bring the newest copy back on trial; why that failed, a msgid, and nothing where all is well."""
    folder = backup.folder_of(record.path)
    with record.driver() as driver:
        copy = backup.newest(record.path, driver)
    if copy is None:
        return NO_COPY
    try:
        with worded(copy.path), passing_folder(folder, _NAME) as private:
            there = private / record.path.name
            copy_durably(copy.path, there)
            copy_durably(keys.keys_path(copy.path), keys.keys_path(there))
            with Record.open(there, record.key, write=False) as brought_back:
                with brought_back.driver() as driver:
                    whole = backup.last_number(driver) == copy.number
                return "" if whole and not check(brought_back) else NOT_SOUND
    except RecordError as refused:
        return refused.message if not refused.gaps else NOT_SOUND
