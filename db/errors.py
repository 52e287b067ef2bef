"""What can go wrong with the record, each in a sentence that says what to do.

An error carries its sentence as a msgid and its values as they are; whoever shows it puts both in words:
`words.gettext(error.message).format(**error.values(words))`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from db.deeds import Details, in_words
from i18n import N_, Words

_LONGEST_SHOWN = 200

Value = str | int | date | Path | Sequence[str]


def shown(value: Value, words: Words) -> str:
    """A value as the reader writes it; what people typed keeps its own direction."""
    match value:
        case int():
            return words.number(value)
        case datetime():
            return words.date(value.astimezone().date())
        case date():
            return words.date(value)
        case str() | Path():
            return words.isolate(_cut(str(value)))
        case _:
            return words.list([words.isolate(_cut(item)) for item in value])


def _cut(text: str) -> str:
    """A sentence stays one that can be read, whatever somebody called a thing."""
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


class RecordError(Exception):
    """The world refused, or the person asked for what cannot be; nothing was changed."""

    message = N_("The record could not do that. Nothing was changed.")

    def __init__(self, **gaps: Value) -> None:
        super().__init__(*gaps.values())
        self.gaps = gaps

    def values(self, words: Words) -> dict[str, str]:
        """The values for the gaps of the sentence, as the reader writes them."""
        return {name: shown(value, words) for name, value in self.gaps.items()}

    def __reduce__(self) -> tuple[Any, ...]:
        """It comes whole out of another process, however it was made there."""
        return _made_again, (type(self), self.args, vars(self))


def _made_again(kind: type[RecordError], args: tuple[Any, ...], said: dict[str, Any]) -> RecordError:
    error = kind.__new__(kind, *args)
    vars(error).update(said)
    return error


# One value in one field.


class InvalidValue(RecordError):
    message = N_("This value does not fit in the field “{field}”.")

    def __init__(self, field: str, **gaps: Value) -> None:
        super().__init__(**gaps)
        self.field = field

    def values(self, words: Words) -> dict[str, str]:
        return super().values(words) | {"field": words.gettext(self.field)}


class NeedsValue(InvalidValue):
    message = N_("“{field}” needs a value.")


class NotAChoice(InvalidValue):
    message = N_("“{field}” has to be one of its choices.")


class TooLong(InvalidValue):
    message = N_("The text in “{field}” is too long: at most {longest} characters.")


class UnstorableValue(InvalidValue):
    message = N_("The text in “{field}” holds characters that cannot be kept. Type it again without them.")


class PointsAtRemoved(InvalidValue):
    message = N_("“{field}” names something that was removed meanwhile. Choose another, or bring that back first.")


class UnstorableText(RecordError):
    message = N_("A text holds characters that cannot be kept. Type it again without them. Nothing was changed.")


# Opening and making a record.


class RecordMissing(RecordError):
    message = N_("There is no record at {path}.")


class RecordExists(RecordError):
    message = N_("There is already a record, or the key file of one, at {path}. Choose another name for the new one.")


class WrongPassphrase(RecordError):
    message = N_("That passphrase or recovery code does not open this record. Try again.")


class MistypedRecoveryCode(RecordError):
    message = N_("The recovery code is mistyped: its check characters do not fit. Compare it with the printed page.")


class NotForThisOfficeKey(RecordError):
    message = N_("This office key does not open the record: the record was given another one, or none.")


class NewKeyRefused(RecordError):
    message = N_(
        "The record could not be given a new key. It opens as before, by the same passphrases. See that the disk is "
        "sound and has room for the record twice over."
    )


class WeakPassphrase(RecordError):
    message = N_("The passphrase is too short: use at least {shortest} characters, for instance four or five words.")


class KeyFileMissing(RecordError):
    message = N_("The key file {path} is missing. A record opens only beside its key file: put both in one folder.")


class KeyFileDamaged(RecordError):
    message = N_("The key file {path} cannot be read. Put the key file of your last back-up in its place.")


class KeyDoesNotFit(RecordError):
    message = N_("{path} does not open with its key: it belongs to another key file, is damaged, or is no record.")


class NotARecord(RecordError):
    message = N_("{path} is not a record of this program.")


class NewerRecord(RecordError):
    message = N_("This record was written by a newer version of this program. Install that version to open it.")


class RecordInUse(RecordError):
    message = N_("Another window or program is already writing in this record. Close it there first, then try again.")


class NoSuchFolder(RecordError):
    message = N_("There is no folder {path}. Make it, or choose another one.")


class ReadOnlyPlace(RecordError):
    message = N_("The folder of {path} cannot be written in. Copy the record and its key file to your own disk first.")


class NotReadable(RecordError):
    message = N_("This account of the computer may not read {path}. Open it from the account that it belongs to.")


class RecordLocked(RecordError):
    message = N_("The record is locked. Open it again with your passphrase.")


class OpenedForReading(RecordError):
    message = N_("The record was opened for reading only. Nothing was changed.")


class LastWayIn(RecordError):
    message = N_("This is the last passphrase that opens the record. Add another one before taking it away.")


class LastReader(RecordError):
    message = N_("Nobody else can open the confidential texts. Let somebody else open them first.")


class CannotOpenSealed(RecordError):
    message = N_(
        "What opened the record for you does not open confidential texts. If it was your code, open the record with "
        "your passphrase; or ask somebody who opens them to let you, then open it anew."
    )


class NoWayIn(RecordError):
    message = N_("This person has no passphrase for the record yet. Give one first: the right to read is kept with it.")


# While writing.


class DiskFull(RecordError):
    message = N_("The disk is full. Nothing was changed. Free some space and try again.")


class CopyLeftOut(RecordError):
    message = N_(
        "Everything that was done is kept. Only the copy that is made at the end found no room: free some space on the "
        "disk, then make a copy."
    )


class DiskFault(RecordError):
    message = N_(
        "The disk reported a fault. Close the program, look whether your last change is there, and do not retry."
    )


class Damaged(RecordError):
    message = N_("The record is damaged. Bring back the last back-up; the damaged file is kept aside.")


class BackupFailed(RecordError):
    message = N_("The back-up copy did not pass its check, so nothing was done. See that the disk is sound.")


class NotThere(RecordError):
    message = N_("What you were working on is no longer in the record. Somebody removed it.")


class AlreadyReplaced(RecordError):
    message = N_("A newer version already stands in the place of this document. Replace that one.")


class StillPointedAt(RecordError):
    message = N_("This cannot be removed while these still use it ({count} in all): {names}.")


class NothingToUndo(RecordError):
    message = N_("There is nothing to take back.")


class NothingToRedo(RecordError):
    message = N_("There is nothing to do again.")


class CannotUndo(RecordError):
    message = N_("“{deed}” cannot be taken back: “{what}” has changed since, or is in use.")

    def __init__(self, deed: str, details: Details, what: str) -> None:
        super().__init__(what=what)
        self.deed, self.details = deed, details

    def values(self, words: Words) -> dict[str, str]:
        return super().values(words) | {"deed": in_words(self.deed, self.details, words)}


class NotTakenBack(CannotUndo):
    message = N_(
        "“{deed}” is not taken back, nor what was done before it: what left is kept as it was. Correct it instead."
    )


class CannotRedo(CannotUndo):
    message = N_("“{deed}” cannot be done again: “{what}” has changed since, or is in use.")
