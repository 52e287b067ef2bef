"""The bytes of a file that a person chose, where nobody looks into them: documents, and forms before the worker.

No more of it is read than may be. A device or a pipe has no end and is no file; and a record, once opened and closed by
anything but its own library, would lose the locks that keep a second program out.
"""

import errno
import os
from pathlib import Path

from db.commands.documents import MEGABYTE, MOST, FileTooLarge
from db.errors import RecordError
from db.keys import belongs_to_a_record
from i18n import N_


class RecordsOwnFile(RecordError):
    message = N_("{path} is a record, or belongs to one, and is kept by back-ups. Choose another file.")


def read_file(path: Path, most: int) -> bytes:
    """The bytes of a file; of one that has more than it may, one byte more than that."""
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    if belongs_to_a_record(path):
        raise RecordsOwnFile(path=path)
    with path.open("rb") as file:
        return file.read(most + 1)


def read_document(path: Path) -> bytes:
    """The bytes of a file that is to be kept as a document."""
    content = read_file(path, MOST)
    if len(content) > MOST:
        raise FileTooLarge(file=path.name, size=-(-path.stat().st_size // MEGABYTE), most=MOST // MEGABYTE)
    return content
