"""What the organisation's IT has settled for this computer: languages, folders, and limits that nobody loosens.

One file in a place that only the computer's administrators write to; a portable folder has its own. A person may be
stricter, never looser. Where the file cannot be relied on, the strictest holds, and people are told: a slip of the pen
must neither open what was meant to be shut nor pass unseen.
"""

import os
import stat
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from i18n import LANGUAGES, N_, Words

NAME = "policies.toml"
LOCK_AFTER, PASSPHRASE = range(5, 241), range(8, 21)
"""What a limit can be: minutes, characters. The strict ends hold where the file cannot be relied on."""
_LARGEST = 65_536
_ADMINISTRATOR = 0
"""Who owns the file where accounts have numbers."""
_REPLACES = (0x10000, 0x40000, 0x80000, 0x40)
"""Windows' rights to delete, to give rights, to own, and to delete what is in a folder."""
_CHANGES = (0x2, 0x4, 0x100, *_REPLACES[:3])
"""To write, to append, and to take off the attribute that says read-only, which is no lock to who may do that."""

SET_BY_IT = N_("Set by your organisation's IT.")
UNREADABLE = N_("The file of your organisation's IT cannot be read: {path}")
NOT_TOML = N_("The file of your organisation's IT is damaged: {path}")
WRITABLE = N_(
    "Anybody could have changed the file of your organisation's IT: {path}. Only administrators may write it."
)
UNKNOWN = N_("The file of your organisation's IT holds words that this version does not know: {names} ({path}).")
UNFIT = N_("The file of your organisation's IT holds values that cannot stand there: {names} ({path}).")
STRICTEST = N_("Until it is put right, the strictest rules hold here. Show this to whoever looks after the computers.")


@dataclass(frozen=True)
class Fault:
    """Why the file cannot be relied on: a sentence, and what stands in its gaps."""

    message: str
    path: Path
    names: tuple[str, ...] = ()

    def said(self, words: Words) -> str:
        """The sentence."""
        gaps = {"path": words.isolate(str(self.path)), "names": words.list([words.isolate(one) for one in self.names])}
        return words.gettext(self.message).format(**gaps)


@dataclass(frozen=True)
class Policies:
    """What holds on this computer; whatever IT says nothing about is left to the person."""

    language: str = ""
    """Of the screen, where nobody chose one."""
    languages: tuple[str, ...] = LANGUAGES
    """Those offered for the screen."""
    records_folder: str = ""
    reports_folder: str = ""
    second_place: str = ""
    """Folders where nobody chose another: for new records, for reports, for a second copy."""
    lock_after_at_most: int = LOCK_AFTER.stop
    """Minutes without a key or the mouse."""
    passphrase_at_least: int = PASSPHRASE.start
    """Characters of a passphrase that is chosen from now on."""
    keyring: bool = True
    """Whether the system's keyring may keep a record's key."""
    updates: bool = True
    """Whether the program may be brought up to date from a file."""
    path: Path | None = None
    faults: tuple[Fault, ...] = ()

    def sets(self, name: str) -> bool:
        """Whether IT has settled this, and not only the program's own limits."""
        return bool(getattr(self, name) != getattr(Policies(), name))

    def news(self, words: Words) -> list[str]:
        """What people should know of the file, a sentence each; nothing where it can be relied on."""
        return [*(fault.said(words) for fault in self.faults), *([words.gettext(STRICTEST)] if self.faults else [])]


TITLES = {
    "language": N_("Language of the window"),
    "languages": N_("Languages on offer"),
    "records_folder": N_("Folder for new records"),
    "reports_folder": N_("Folder for reports"),
    "second_place": N_("Second place of the copies"),
    "lock_after_at_most": N_("The record is locked after, at most"),
    "passphrase_at_least": N_("A new passphrase has, at least"),
    "keyring": N_("The system's keyring may keep the key"),
    "updates": N_("Updates from a file"),
}
"""What can be settled, by its name in the file, in the order in which it is shown."""
_FITS: Mapping[str, Callable[[Any], bool]] = {
    "language": lambda said: said in LANGUAGES,
    "languages": lambda said: isinstance(said, list) and bool(said) and all(one in LANGUAGES for one in said),
    **dict.fromkeys(
        ("records_folder", "reports_folder", "second_place"),
        lambda said: isinstance(said, str) and "\0" not in said and _expanded(said).is_absolute(),
    ),
    "lock_after_at_most": lambda said: type(said) is int and said in LOCK_AFTER,
    "passphrase_at_least": lambda said: type(said) is int and said in PASSPHRASE,
    **dict.fromkeys(("keyring", "updates"), lambda said: type(said) is bool),
}


def load() -> Policies:
    """What holds here: by the computer's own file, else by the one beside a portable program."""
    for path, machine in ((machine_place(), True), (portable_place(), False)):
        if path is None:
            continue
        try:
            path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:  # a folder that is shut may hold rules, too
            return _faulty(path, UNREADABLE)
        return _read(path, machine=machine)
    return Policies()


def strictest(stated: Policies) -> Policies:
    """The strict end of every limit; folders and languages as they are."""
    return replace(
        stated,
        lock_after_at_most=LOCK_AFTER.start,
        passphrase_at_least=PASSPHRASE.stop - 1,
        keyring=False,
        updates=False,
    )


def machine_place() -> Path:
    """Where this system's administrators settle things for a computer."""
    if sys.platform == "win32":
        return _program_data() / "Jalon" / NAME
    if sys.platform == "darwin":
        return Path("/Library") / "Application Support" / "Jalon" / NAME
    return Path("/etc/jalon", NAME)


def portable_place() -> Path | None:
    """Beside the program, where it runs from a folder that holds its versions."""
    program = Path(sys.executable).resolve()
    if not getattr(sys, "frozen", False) or program.parent.parent.name != "versions":
        return None
    return program.parents[2] / NAME


def in_words(name: str, value: Any, words: Words) -> str:
    """A value that IT has settled, as the reader writes it."""
    match name, value:
        case _, bool():
            return words.gettext("Yes") if value else words.gettext("No")
        case "lock_after_at_most", _:
            return words.ngettext("{count} minute", "{count} minutes", value).format(count=words.number(value))
        case "passphrase_at_least", _:
            return words.ngettext("{count} character", "{count} characters", value).format(count=words.number(value))
        case "language", _:
            return words.language_name(value)
        case "languages", _:
            return words.list([words.language_name(one) for one in value])
        case _:
            return words.isolate(str(value))


def told(policies: Policies) -> dict[str, Any]:
    """What IT has settled, as plain values by their names; None for what is left to the person."""
    return {name: getattr(policies, name) if policies.sets(name) else None for name in TITLES}


def _read(path: Path, *, machine: bool) -> Policies:
    if not path.is_file():
        return _faulty(path, UNREADABLE)
    import tomllib  # few computers have such a file, and the first window waits for what is imported before it

    try:
        with path.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
            guarded = not machine or _only_administrators_write(path, os.fstat(opened.fileno()))
    except OSError:
        return _faulty(path, UNREADABLE)
    try:
        if len(content) > _LARGEST:
            raise ValueError(path)
        return _stated(path, tomllib.loads(content.decode("utf-8-sig")), guarded)
    except (ValueError, RecursionError):
        return _faulty(path, NOT_TOML)


def _faulty(path: Path, message: str) -> Policies:
    return strictest(Policies(path=path, faults=(Fault(message, path),)))


def _stated(path: Path, found: Mapping[str, Any], guarded: bool) -> Policies:
    fit: dict[str, Any] = {name: said for name, said in found.items() if name in TITLES and _FITS[name](said)}
    unknown = tuple(sorted(found.keys() - TITLES.keys()))
    unfit = [name for name in TITLES if name in found and name not in fit]
    if "languages" in fit:
        fit["languages"] = tuple(one for one in LANGUAGES if one in fit["languages"])
    if fit.get("language", LANGUAGES[0]) not in fit.get("languages", LANGUAGES) and "language" in fit:
        unfit.append("language")
        del fit["language"]
    folders = {name: str(_expanded(said)) for name, said in fit.items() if name.endswith(("_folder", "_place"))}
    faults = (
        *(() if guarded else (Fault(WRITABLE, path),)),
        *((Fault(UNKNOWN, path, unknown),) if unknown else ()),
        *((Fault(UNFIT, path, tuple(unfit)),) if unfit else ()),
    )
    stated = Policies(**{**fit, **folders, "path": path, "faults": faults})
    return strictest(stated) if faults else stated


def _expanded(said: str) -> Path:
    """A folder may begin with ~, or hold names of the system's own, such as %USERNAME%."""
    path = Path(os.path.expandvars(said))
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def _only_administrators_write(path: Path, held: os.stat_result) -> bool:
    """Whether an ordinary account can change neither the file nor what stands in its place."""
    if sys.platform == "win32":
        return _closed_to_this_account(path)
    others = stat.S_IWGRP | stat.S_IWOTH
    around = (path.parent.stat(), path.resolve().parent.stat())
    return all(one.st_uid == _ADMINISTRATOR and not one.st_mode & others for one in (held, *around))


def _program_data() -> Path:
    """Asked of Windows itself: a variable of the environment is whatever a person makes of it."""
    import ctypes

    common, found = 0x0023, ctypes.create_unicode_buffer(260)
    ctypes.WinDLL("shell32").SHGetFolderPathW(None, common, None, 0, found)  # type: ignore[attr-defined,unused-ignore]
    return Path(found.value or "C:/ProgramData")


def _closed_to_this_account(path: Path) -> bool:
    """Windows' way, without reading its lists of rights: whoever is no administrator tries each door."""
    import ctypes

    if ctypes.WinDLL("shell32").IsUserAnAdmin():  # type: ignore[attr-defined,unused-ignore]
        return True
    asked = (*((path, right) for right in _CHANGES), *((path.parent, right) for right in _REPLACES))
    return all(_refused(each, right) for each, right in asked)


def _refused(path: Path, right: int) -> bool:
    """Whether Windows refuses this account a right to a file or a folder; nothing is done with one that it grants."""
    import ctypes

    library = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    library.CreateFileW.restype = ctypes.c_void_p
    shared, there, folders_too, denied = 0x7, 3, 0x02000000, 5
    handle = ctypes.c_void_p(library.CreateFileW(str(path), right, shared, None, there, folders_too, None))
    if handle.value != ctypes.c_void_p(-1).value:
        library.CloseHandle(handle)
        return False
    # Whatever else hinders it, such as somebody who has it open, is no refusal.
    return bool(ctypes.get_last_error() == denied)  # type: ignore[attr-defined,unused-ignore]
