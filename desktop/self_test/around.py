"""What is around the program on this computer: windows, keyring, printers, room, folders, clock, what IT settled."""

import os
import shutil
import stat
import sys
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import resources
from desktop import keychain, policies, settings
from desktop.self_test.trial import Found, NotShown, Trial, no_matter, ok
from desktop.self_test.window import draw, has_screen
from i18n import LANGUAGES, N_, Words

ROOM = 256 << 20
"""Bytes: a record, its copies, the room in reserve beside it, and a report."""
_SCRIPTS = frozenset({"Latin", "Arabic"})


def window(trial: Trial) -> Found:
    """The first window is drawn in every language, with our fonts and icons."""
    drawn = trial.drawn
    if drawn.fault:
        raise NotShown(N_("No window can be drawn on this computer: {reason}"), reason=drawn.fault)
    if absent := [language for language in LANGUAGES if language not in drawn.languages]:
        raise NotShown(N_("The window stays empty in these languages: {languages}."), languages=absent)
    if absent := sorted(_SCRIPTS - set(drawn.scripts)):
        raise NotShown(N_("The window has no letters for these scripts: {scripts}."), scripts=absent)
    if not drawn.icons:
        raise NotShown(N_("The icons of the window are not drawn."))
    if absent := [language for language in LANGUAGES if language not in (*drawn.own_words, "en")]:
        raise NotShown(N_("Buttons of the system stay English in these languages: {languages}."), languages=absent)
    return ok(N_("The window is drawn in {languages} (Qt {qt})."), languages=_own(LANGUAGES), qt=drawn.qt)


def screen(trial: Trial) -> Found:
    """The same on the screen of this computer, where the system's own libraries have to be there."""
    if trial.quick or not has_screen():
        return no_matter(N_("No screen of this computer was tried."))
    drawn = draw(trial.folder, trial.cancelled, offscreen=False)
    if drawn.fault or not drawn.languages:
        raise NotShown(N_("No window can be drawn on this computer: {reason}"), reason=drawn.fault or drawn.platform)
    return ok(N_("The screen of this computer shows windows ({platform})."), platform=drawn.platform)


def printing(trial: Trial) -> Found:
    """Which printers there are; a report is a file first, so none is no failure."""
    if trial.drawn.fault:
        return no_matter(N_("Printers could not be looked for."))
    if not trial.drawn.printers:
        return no_matter(N_("No printer is set up. Reports are files, and can be printed elsewhere."))
    return ok(N_("Printers: {printers}."), printers=trial.drawn.printers)


def keyring(_trial: Trial) -> Found:
    """Whether the system's keyring keeps an entry of our own; without one, the passphrase is typed."""
    if not policies.load().keyring:
        return no_matter(N_("Your organisation's IT does not let the keyring keep keys. The passphrase is typed."))
    backend, kept = keychain.prove()
    if backend is None:
        return no_matter(N_("This system has no keyring that can be trusted. The passphrase is typed."))
    if not kept:
        return no_matter(N_("The keyring ({name}) does not answer in time. The passphrase is typed."), name=backend)
    return ok(N_("The keyring ({name}) keeps an entry, gives it back and forgets it."), name=backend)


def disk(trial: Trial) -> Found:
    """There is room to work, where records are and where work is laid by."""
    for place in (trial.folder, settings.folder(), Path(policies.load().records_folder or Path.home())):
        try:
            free = shutil.disk_usage(_standing(place)).free
        except OSError as unread:
            raise NotShown(N_("It cannot be told how much room there is in {path}."), path=place) from unread
        if free < ROOM:
            said = N_("Only {free} MB are free in {path}. Jalon needs {needed} MB to work safely.")
            raise NotShown(said, free=free >> 20, path=place, needed=ROOM >> 20)
    return ok(N_("There is room on the disk: {free} MB."), free=free >> 20)


def settings_folder(_trial: Trial) -> Found:
    """Choices can be kept, and nobody else can change them."""
    folder = settings.folder()
    place = _standing(folder)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as refused:
        raise NotShown(N_("Settings cannot be kept in {path}. Ask whoever looks after it."), path=folder) from refused
    if sys.platform != "win32" and place == folder and folder.stat().st_mode & stat.S_IWOTH:
        raise NotShown(N_("Everybody on this computer can change the settings in {path}."), path=folder)
    return ok(N_("Settings are kept in {path}."), path=folder)


def clock(_trial: Trial) -> Found:
    """The day is none from before this version was made: dates of deeds would be wrong."""
    today, made = date.today(), _made_on()
    if made and today < made:
        said = N_("The clock of this computer says {today}, which is before this version was made. Set it right.")
        raise NotShown(said, today=today)
    return ok(N_("The clock says {today}."), today=today)


def rules(_trial: Trial) -> Found:
    """What the organisation's IT settled can be read."""
    held = policies.load()
    if held.faults:
        fault = held.faults[0]
        raise NotShown(fault.message, path=fault.path, names=fault.names)
    if held.path is None:
        return no_matter(N_("Your organisation's IT has settled nothing for this computer."))
    return ok(N_("What your organisation's IT settled is read from {path}."), path=held.path)


def _made_on() -> date | None:
    """The day of the newest version that the changelog tells of."""
    with suppress(OSError, ValueError, StopIteration):
        told = resources.path("changelog.md").read_text(encoding="utf-8")
        return date.fromisoformat(next(line for line in told.splitlines() if line.startswith("## ["))[-10:])
    return None


def _standing(folder: Path) -> Path:
    """The folder, or where it would be made: nothing is made for a test."""
    return next(place for place in (folder.absolute(), *folder.absolute().parents) if os.path.lexists(place))


def _own(languages: tuple[str, ...]) -> list[str]:
    return [Words.of(language).language_name(language) for language in languages]
