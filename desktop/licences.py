"""The licences of everything this copy carries: from its own folder, or from what its source was installed with."""

import importlib.metadata
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import resources

FOLDER, INDEX = "licences", "index.json"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_TEXT = re.compile(r"(.*/)?(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*", re.IGNORECASE)


@dataclass(frozen=True)
class Licence:
    """One part that Jalon carries, under which licence, and the files that say it in full."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...] = ()

    def text(self) -> str:
        """The licence in full, as it came."""
        return "\n\n".join(file.read_text(encoding="utf-8", errors="replace") for file in self.texts if file.is_file())


def carried() -> tuple[Licence, ...]:
    """Every part by its name; nothing where the list of an installed copy cannot be read."""
    found = _frozen(Path(sys.executable).resolve().parent / FOLDER) if getattr(sys, "frozen", False) else _installed()
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def _frozen(folder: Path) -> Iterator[Licence]:
    try:
        listed = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        for one in listed:
            texts = tuple(folder / name for name in one["files"] if (folder / name).is_file())
            yield Licence(str(one["name"]), str(one["version"]), str(one["licence"]), texts)
    except (OSError, ValueError, KeyError, TypeError):
        return


def _installed() -> Iterator[Licence]:
    """What the program stands on, and what that stands on, as the installer keeps it."""
    yield Licence("Lucide", "", "ISC", (resources.path("icons/LICENSE"),))
    yield Licence("Noto", "", "OFL-1.1", (resources.path("fonts/OFL.txt"),))
    waiting, seen = _asked_for(), set[str]()
    while waiting:
        try:
            found = importlib.metadata.distribution(waiting.pop())
        except importlib.metadata.PackageNotFoundError:
            continue
        if found.metadata["Name"] in seen:
            continue
        seen.add(found.metadata["Name"])
        waiting += _names(one for one in found.requires or () if "extra ==" not in one)
        texts = tuple(Path(str(file.locate())) for file in found.files or () if _TEXT.fullmatch(file.as_posix()))
        yield Licence(found.metadata["Name"], found.version, _short(found.metadata), texts)


def _asked_for() -> list[str]:
    """What the program itself asks for."""
    try:
        return _names(importlib.metadata.requires("jalon") or ())
    except importlib.metadata.PackageNotFoundError:
        project = Path(__file__).parent.parent / "pyproject.toml"
        return _names(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"])


def _names(needs: Iterable[str]) -> list[str]:
    return [named.group() for one in needs if (named := _NAME.match(one))]


def _short(told: importlib.metadata.PackageMetadata) -> str:
    """The licence in a few letters: as the package says it, else as its classifier does."""
    said = (told.get_all("License-Expression") or told.get_all("License") or [""])[0].strip()
    classified = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or () if one.startswith("License ::")]
    return said if said and len(said) <= 60 else ", ".join(classified)
