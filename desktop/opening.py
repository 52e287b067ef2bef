"""Finding a record, getting its key, and opening it or refusing in plain words."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from db import escrow, keys, origin, restoring, upkeep
from db.attempts import counted
from db.base import now
from db.caring import choose_second
from db.commands.frameworks import add_frameworks
from db.commands.handing_over import finish
from db.deeds import Details, in_words
from db.engine import refuse_what_is_no_record
from db.errors import (
    InvalidValue,
    KeyFileDamaged,
    KeyFileMissing,
    MistypedRecoveryCode,
    RecordError,
    WrongPassphrase,
)
from db.fields import Field, Kind
from db.queries.history import ways_changed
from db.record import Record
from db.slots import Key
from desktop import keychain, policies, settings
from i18n import N_, Words

PRACTICE_PASSPHRASE = "exercice exercice exercice"
"""Published on purpose: whatever it opens holds invented data, and says so."""

SUFFIX = ".jalon"

_LATELY = timedelta(days=30)
"""For so long somebody who only reads is told what others did to the ways in."""


class NoKey(RecordError):
    message = N_("No passphrase was given for {path}. Give one with --passphrase-file.")


class PassphraseFileUnreadable(RecordError):
    message = N_("The passphrase file {path} cannot be read.")


class NotTheirs(InvalidValue):
    message = N_("“{field}”: this is not what opens the record for you. Type it again.")


class HasLeft(RecordError):
    message = N_(
        "Whoever had this passphrase has left: it opens the record no more. Ask somebody who still works there."
    )


PRESENT = Field(
    N_("Your passphrase or recovery code"),
    Kind.TEXT,
    required=True,
    help=N_("What opens the record for you now, so that nobody else makes a way in at your screen."),
)


@dataclass(frozen=True)
class Opened:
    """An open record, and whether it is one to practise with; what its opening found is said by `news`."""

    record: Record
    practice: bool
    copied: bool = False
    closed: tuple[str, ...] = ()
    joined_since: int = 0
    erased_unknown: bool = False
    changed: tuple[tuple[str, Details], ...] = ()
    """What others did to the ways in of the record: their names and what fills these."""
    aside: Path | None = None
    """Where the file is that stood in this one's place, where a copy was brought back."""

    def news(self, words: Words) -> list[str]:
        """What people should know of this opening, a sentence each."""
        told = []
        if self.aside:
            said = words.gettext("What was there before is kept for 90 days as {file}.")
            told.append(said.format(file=words.isolate(str(self.aside))))
        if self.copied:
            told.append(
                words.gettext(
                    "This record was copied, moved or brought back from elsewhere: what is done from now on is kept "
                    "apart in its history. Work in one copy only."
                )
            )
        if self.closed:
            said = words.gettext(
                "The way in of {names} is closed now: they left, and that had not been finished. Give whoever took "
                "over a new recovery code."
            )
            told.append(said.format(names=words.list([words.isolate(name) for name in self.closed])))
        if self.joined_since:
            said = words.ngettext(
                "{count} person who opened the record was not there when the copy was made: give a passphrase anew.",
                "{count} people who opened it were not there when the copy was made: give each a passphrase anew.",
                self.joined_since,
            )
            told.append(said.format(count=words.number(self.joined_since)))
        if self.erased_unknown:
            told.append(
                words.gettext(
                    "The files that were put aside do not open, so nobody can tell what had been erased since the copy "
                    "was made. Look at the certificates of erasures since then, and erase those things again."
                )
            )
        if self.changed:
            said = words.gettext(
                "Others changed who opens this record since you last worked in it: {changes}. If you know nothing of "
                "this, ask them."
            )
            changes = dict.fromkeys(in_words(name, details, words) for name, details in self.changed)
            told.append(said.format(changes=words.list(list(changes))))
        return told


def create_record(path: Path, secret: str, person: str, office: str) -> tuple[Opened, str]:
    """Make a record with the frameworks we carry in it; also gives the recovery code, to be printed once."""
    record, code = Record.create(path, secret, person, office, holding=add_frameworks)
    origin.register(record, origins())
    settings.remember(path)
    return Opened(record, practice=False), code


def practice_record() -> Path:
    """Where this person's practice record is kept."""
    return settings.folder() / f"practice{SUFFIX}"


def origins() -> Path:
    """Where this account keeps which copies of records live here."""
    return settings.folder() / "origins"


def key_at_hand(path: Path) -> tuple[Key, bool] | None:
    """The key from the system's keyring, or that of a practice record, and whether it is one."""
    if kept := keychain.find(path):
        try:
            return Key.from_text(kept), path == practice_record()
        except ValueError:
            keychain.forget(path)
    try:
        return keys.unlock(path, PRACTICE_PASSPHRASE), True
    except WrongPassphrase:
        return None


_LONGEST = 10_000
"""Letters of a passphrase: a file without an end is not read to its end."""


def passphrase_in(file: Path) -> str:
    """The passphrase in a file: its first line."""
    try:
        with file.open(encoding="utf-8-sig") as opened:
            return opened.readline(_LONGEST).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as refused:
        raise PassphraseFileUnreadable(path=file) from refused


def open_record(
    path: Path, secret: str | None = None, *, write: bool = True, keep_key: bool = False, office_key: Path | None = None
) -> Opened:
    """Open a record by a passphrase or recovery code, or without one by the key at hand.

    With the file of an office key, the secret is what opens that file.
    """
    refuse_what_is_no_record(path)
    if secret is None:
        at_hand = key_at_hand(path)
        if at_hand is None or office_key is not None:
            raise NoKey(path=path)
        key, practice = at_hand
    else:
        key, practice = key_by(path, secret, office_key), secret == PRACTICE_PASSPHRASE
    record = Record.open(path, key, write=write)
    record.office_key = office_key
    copied, unknown, closed = False, False, tuple[str, ...]()
    try:
        if write:
            if secret is not None and office_key is None and keys.begin_sealing(path, key, secret):
                record.unlock(secret)
            if copied := origin.settle(record, origins()):
                unknown = not restoring.finish(record)
            closed = _finished(record)
        if keep_key:
            keychain.keep(path, record.key.to_text())
        settings.remember(path)
        changed = record.read(ways_changed, record.person, now() - _LATELY)
    except BaseException:
        with suppress(RecordError):
            record.close()
        raise
    return Opened(record, practice, copied and not practice, closed, erased_unknown=unknown, changed=changed)


def key_by(path: Path, secret: str, office_key: Path | None = None) -> Key:
    """The key behind what somebody typed; after ten wrong tries, each is made to wait."""
    with counted(path):
        return escrow.unlock(path, office_key, secret) if office_key else keys.unlock(path, secret)


def unlock(record: Record, secret: str, office_key: Path | None = None) -> None:
    """Go on with a locked record."""
    record.unlock(key_by(record.path, secret, office_key))
    record.office_key = office_key


def confirm(record: Record, secret: str | None) -> None:
    """Refuse whoever sits before the open record unless they know what opens it for the person who acts.

    Asked before a way in is made or changed: an unattended screen must not give anybody one that stays.
    """
    try:
        known = key_by(record.path, secret or "", record.office_key)
    except (WrongPassphrase, MistypedRecoveryCode):
        raise NotTheirs(PRESENT.name) from None
    if known.person != record.person:
        raise NotTheirs(PRESENT.name)


def take_second_place(record: Record) -> None:
    """Have copies go where IT wants them, as soon as that is plugged in and where nobody chose another place."""
    place = policies.load().second_place
    if place and not upkeep.load(record.path).second and Path(place).is_dir():
        choose_second(record, Path(place))


def keep_new_key(record: Record) -> None:
    """Put the key a record was given in the place of the one that the system's keyring keeps, if it keeps one."""
    if keychain.find(record.path) is not None:
        keychain.keep(record.path, record.key.to_text())


def _finished(record: Record) -> tuple[str, ...]:
    """Whose way in was closed, for they had left; the record is refused to them from this moment on."""
    closed: tuple[str, ...] = ()
    # A record opens by the system's keyring even where its key file was lost.
    with suppress(KeyFileMissing, KeyFileDamaged):
        closed = finish(record)
        if closed and all(way.person != record.person for way in keys.ways_in(record.path)):
            raise HasLeft
    return closed
