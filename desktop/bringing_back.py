"""What is left where a record is damaged or lost: a copy in its place, or what can still be read of it in a new one."""

from collections.abc import Callable
from pathlib import Path

from db import salvage as salvaging
from db.attempts import counted
from db.origin import register
from db.queries.kinds import KINDS
from db.restoring import key_of, restore
from db.salvage import Report
from db.slots import Key
from desktop import settings
from desktop.opening import PRACTICE_PASSPHRASE, Opened, key_by, origins
from i18n import N_, Words

_NAMES = {
    "log_row": N_("Entries of the history, value by value"),
    "change_set": N_("Entries of the history"),
    "document_content": N_("Contents of documents"),
} | {each.entity.__tablename__: each.name for each in KINDS.values()}
_REST = N_("Other rows")


def bring_back(
    path: Path,
    copy: Path,
    secret: Key | str,
    *,
    present: Key | None = None,
    practice: bool = False,
    copied: Callable[[int], object] = lambda _bytes: None,
    before: Callable[[], object] = lambda: None,
) -> tuple[Opened, Path | None]:
    """Put a copy in the record's place and open it; also says where the present file is kept.

    What is brought back in the place of a record for `practice` is one, whatever opens it.
    """
    with counted(path):
        back = restore(copy, path, secret, present=present, copied=copied, before=before)
    register(back.record, origins())
    settings.remember(path)
    practice = practice or secret == PRACTICE_PASSPHRASE
    opened = Opened(back.record, practice, joined_since=back.joined_since, erased_unknown=back.erased_unknown)
    return opened, back.aside


def key_of_copy(copy: Path, path: Path, secret: str) -> Key:
    """What opens a copy of the record at this path; after ten wrong tries, each is made to wait."""
    with counted(path):
        return key_of(copy, path, secret)


def salvage(path: Path, secret: str, target: Path, seen: Callable[[float], object] = lambda _part: None) -> Report:
    """Read what can be read of a damaged record into a new one."""
    return salvaging.salvage(path, key_by(path, secret).raw, target, seen)


def report_in_words(report: Report, words: Words) -> list[str]:
    """What was saved and what is missing, kind by kind."""
    saved, lost = words.number(report.saved), words.number(report.lost)
    if report.whole:
        return [words.gettext("{saved} rows were read, and nothing is missing.").format(saved=saved)]
    told = [words.gettext("{saved} rows were saved; {lost} are missing.").format(saved=saved, lost=lost)]
    for each in report.tables:
        name = words.gettext(_NAMES.get(each.table, _REST))
        if each.rebuilt:
            said = words.gettext("{kind}: {count} put together again from the history.")
            told.append(said.format(kind=name, count=words.number(each.rebuilt)))
        if each.lost and each.names:
            said = words.gettext("{kind}: {count} missing, such as {names}.")
            names = words.list([words.isolate(one) for one in each.names])
            told.append(said.format(kind=name, count=words.number(each.lost), names=names))
        elif each.lost:
            said = words.gettext("{kind}: {count} missing.")
            told.append(said.format(kind=name, count=words.number(each.lost)))
        if not each.counted:
            told.append(words.gettext("{kind}: there may be more missing that nothing tells of.").format(kind=name))
    return told
