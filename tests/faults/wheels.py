"""The wheels of the three systems for every Python from 3.11 to 3.14: all that is locked, nothing built on the way.

The registry is asked as an installation asks it, and only a file whose digest is locked counts. What a package wants on
that system alone has to be locked too. The driver's wheels are fetched, and the libraries inside say how old they are.
The quick form looks at the driver that is installed here. Weaker: the driver of before is locked.
"""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from db.engine import OLDEST_CIPHER, OLDEST_SQLITE
from tests.faults.figure import Count, NotHere, scratch

NUMBER = 2
LOCKS = Path(__file__).parents[2] / "packaging"
LOCK = LOCKS / "requirements.lock"
DRIVER, BEFORE = "sqlcipher3", "sqlcipher3==0.6.3"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_PIP = (sys.executable, "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check", "--timeout", "30")
Version = tuple[int, ...]


@dataclass(frozen=True)
class System:
    """A system as its wheels are named, and as the conditions of packages call it."""

    name: str
    tags: tuple[str, ...]
    called: Mapping[str, str]
    also: str = ""
    """The lock of what only this system asks."""


SYSTEMS = (
    System(
        "Windows",
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64", "os_name": "nt"},
        also="requirements-windows.lock",
    ),
    System(
        "macOS",
        ("macosx_13_0_arm64", "macosx_11_0_arm64"),
        {"sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64", "os_name": "posix"},
    ),
    System(
        "Linux",
        ("manylinux_2_34_x86_64", "manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
        {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64", "os_name": "posix"},
    ),
)


def count(quick: bool, weaker: bool) -> Count:
    """Resolve, fetch the driver, read what is in it."""
    if quick and not weaker:
        held = [_inside(_installed())]
        told = f"the driver that is installed here: {_told(held)}"
        return Count(told, _new_enough(held))
    pairs = [(system, python) for system in SYSTEMS for python in PYTHONS]
    if weaker:
        pairs = pairs[:1]
    digests = set(re.findall(r"sha256:([0-9a-f]{64})", LOCK.read_text(encoding="utf-8")))
    unresolved, unlocked, wanting, files, held = [], [], set(), 0, []
    with scratch() as folder:
        for system, python in pairs:
            found = () if weaker else _resolved(folder, system, python)
            files += len(found)
            unlocked += [each["download_info"]["url"] for each in found if _digest(each) not in digests]
            wanting |= {f"{name} on {system.name}" for name in _wanting(found, system, python)}
            wheel = _driver(folder, system, python, BEFORE if weaker else "")
            if wheel is None or not (found or weaker):
                unresolved.append(f"{system.name} {python}")
            else:
                held.append(_inside(wheel))
    told = f"{len(pairs)} systems and Pythons, {files} wheels: {len(unresolved)} not resolved {unresolved}, "
    told += f"{len(unlocked)} whose digest is not locked, {len(wanting)} wanted and not locked {sorted(wanting)}; "
    told += f"the driver's {len(held)} wheels: {_told(held)}"
    return Count(told, not (unresolved or unlocked or wanting) and _new_enough(held))


def _pip(*asked: str) -> bool:
    return subprocess.run([*_PIP, *asked], capture_output=True, check=False).returncode == 0


def _for(system: System, python: str) -> Iterator[str]:
    yield from ("--no-deps", "--only-binary", ":all:", "--implementation", "cp", "--python-version", python)
    for tag in system.tags:
        yield from ("--platform", tag)


def _resolved(folder: Path, system: System, python: str) -> tuple[Mapping[str, Any], ...]:
    """The wheels an installation there would take, none where one is missing."""
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    asked = ("install", "--dry-run", "--ignore-installed", "--require-hashes", "--target", str(folder / "none"))
    _pip(*asked, "--report", str(report), *_for(system, python), "--requirement", str(LOCK))
    return tuple(json.loads(report.read_text(encoding="utf-8"))["install"]) if report.exists() else ()


def _digest(wheel: Mapping[str, Any]) -> str:
    return str(wheel["download_info"]["archive_info"]["hashes"]["sha256"])


def _wanting(wheels: tuple[Mapping[str, Any], ...], system: System, python: str) -> Iterator[str]:
    """What these packages want on this system and nobody locked."""
    called = {"python_version": python, "python_full_version": f"{python}.0", "extra": "", **system.called}
    also = (LOCKS / system.also).read_text(encoding="utf-8") if system.also else ""
    there = {canonicalize_name(each["metadata"]["name"]) for each in wheels}
    there |= {canonicalize_name(name) for name in re.findall(r"^([\w.-]+)==", also, re.MULTILINE)}
    for each in wheels:
        for wanted in map(Requirement, each["metadata"].get("requires_dist", ())):
            if (wanted.marker is None or wanted.marker.evaluate(called)) and canonicalize_name(
                wanted.name
            ) not in there:
                yield wanted.name


def _driver(folder: Path, system: System, python: str, instead: str) -> Path | None:
    """The driver's wheel, as it is locked or as somebody else would have it."""
    target = folder / f"{system.name}-{python}"
    wanted = folder / "driver.txt"
    locked = re.search(rf"^{DRIVER}==.*?(?=^\S|\Z)", LOCK.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    wanted.write_text(instead or (locked[0].split("    #")[0] if locked else ""), encoding="utf-8")
    if not _pip("download", "--dest", str(target), *_for(system, python), "--requirement", str(wanted)):
        if instead:
            raise NotHere("the registry of packages, which does not answer")
        return None
    return next(target.glob("*.whl"), None)


def _installed() -> bytes:
    return next(
        path for path in Path(sqlcipher3.__file__).parent.iterdir() if path.suffix in (".so", ".pyd")
    ).read_bytes()


def _inside(wheel: Path | bytes) -> tuple[Version, Version]:
    """The newest SQLite and SQLCipher that the driver's library calls itself."""
    if isinstance(wheel, Path):
        with zipfile.ZipFile(wheel) as file:
            wheel = next(file.read(name) for name in file.namelist() if name.endswith((".so", ".pyd")))
    return _newest(rb"(?<![\d.\w])3\.\d\d\.\d+(?![\d.])", wheel), _newest(rb"(?<![\d.\w])4\.\d\d\.\d+(?![\d.])", wheel)


def _newest(pattern: bytes, library: bytes) -> Version:
    found = (tuple(int(part) for part in each.split(b".")) for each in re.findall(pattern, library))
    return max(found, default=())


def _told(held: list[tuple[Version, Version]]) -> str:
    return " and ".join(
        f"SQLite {'.'.join(map(str, sqlite))}, SQLCipher {'.'.join(map(str, cipher))}"
        for sqlite, cipher in sorted(set(held))
    )


def _new_enough(held: list[tuple[Version, Version]]) -> bool:
    return bool(held) and all(sqlite >= OLDEST_SQLITE and cipher >= OLDEST_CIPHER for sqlite, cipher in held)
