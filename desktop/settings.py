"""Choices that are no secret: languages, appearance, recent records. One JSON file in the person's own settings folder.

Nothing of the record is kept here but the paths of recent ones. A settings file that cannot be read is as good as none.
What the organisation's IT has settled holds over what a person chose, which is kept for the day when it holds no more.
"""

import json
import locale
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from db.durable import make_private
from desktop import policies
from i18n import LANGUAGES

MOST_RECENT = 8


@dataclass(frozen=True)
class Settings:
    """What a person chose; an empty text leaves the choice to the system."""

    language: str = ""
    appearance: str = "system"
    text_size: int = 100
    lock_after: int = 10
    """Minutes without a key or the mouse."""
    recent: tuple[str, ...] = ()
    reports_folder: str = ""
    told_outside: bool = False
    """Whether the person was told that files outside the record lie in the clear."""


def folder() -> Path:
    """Where this system keeps a person's settings for programs."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home() / "AppData/Roaming")) / "Jalon"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/Jalon"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "jalon"


def make_folder() -> None:
    """Make the folder where there is none; nobody else looks into it."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)


def keep_private() -> None:
    """Let nobody else read what lies in the folder: earlier versions, and libraries, leave that to the system."""
    if os.name == "posix":
        _close(folder())
        with suppress(OSError):
            for each in folder().rglob("*"):
                _close(each)


def _close(path: Path) -> None:
    with suppress(OSError):  # one that cannot be closed, such as another account's, leaves no other one open
        if not path.is_symlink():
            path.chmod(0o700 if path.is_dir() else 0o600)


def load() -> Settings:
    """The choices that hold: those made so far, as far as IT leaves them to the person."""
    return held(_chosen(), policies.load())


def held(chosen: Settings, settled: policies.Policies) -> Settings:
    """What holds of somebody's choices beside what IT has settled: never anything looser than that."""
    return replace(
        chosen,
        language=chosen.language if chosen.language in settled.languages else "",
        lock_after=min(chosen.lock_after if chosen.lock_after > 0 else Settings.lock_after, settled.lock_after_at_most),
    )


def change(**values: Any) -> Settings:
    """Keep these choices beside the others; what holds now."""
    save(replace(_chosen(), **values))
    return load()


def records_folder() -> Path:
    """Where new records are made, unless somebody chooses another place."""
    return _there(policies.load().records_folder)


def reports_folder() -> Path:
    """Where the last report was put; before there was one, where IT wants them."""
    kept = _chosen().reports_folder
    return Path(kept) if kept and Path(kept).is_dir() else _there(policies.load().reports_folder)


def _there(folder: str) -> Path:
    """The folder that IT named, made where it is not there yet; the person's own where it cannot be."""
    if not folder:
        return Path.home()
    with suppress(OSError):
        Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder) if Path(folder).is_dir() else Path.home()


def _chosen() -> Settings:
    """The choices made so far; unknown or unfit ones are left out."""
    try:
        found = json.loads((folder() / "settings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    fit: dict[str, Any] = {}
    for one in fields(Settings):
        value = found.get(one.name) if isinstance(found, dict) else None
        if isinstance(one.default, tuple) and isinstance(value, list):
            fit[one.name] = tuple(str(item) for item in value)
        elif type(value) is type(one.default):
            fit[one.name] = value
    return Settings(**fit)


def save(settings: Settings) -> None:
    """Keep the choices; a folder that cannot be written in costs the choices, never the work."""
    path = folder() / "settings.json"
    try:
        make_folder()
        part = path.with_suffix(".part")
        make_private(part)
        part.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(path)
    except OSError:
        return


def remember(record: Path) -> None:
    """Put a record first among the recent ones."""
    path = str(record.resolve())
    change(recent=(path, *(one for one in _chosen().recent if one != path))[:MOST_RECENT])


def system_language(preferred: Iterable[str] = ()) -> str:
    """The language on offer that comes nearest to the system's; French where none does.

    Who knows what the person prefers says so: where programs start without a terminal, the environment is silent.
    """
    for told in (*(os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")), *preferred):
        if told[:2] in LANGUAGES:
            return told[:2]
    told = (locale.getlocale()[0] or "")[:2].lower()
    return told if told in LANGUAGES else "fr"


def screen_language(preferred: Iterable[str] = ()) -> str:
    """The language of the window and of what verbs print: as chosen, else as IT or the system says."""
    settled = policies.load()
    wanted = (held(_chosen(), settled).language, settled.language, system_language(preferred))
    return next((one for one in wanted if one in settled.languages), settled.languages[0])
