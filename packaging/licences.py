"""Gathers the licences of all that a frozen folder carries: python packaging/licences.py FOLDER --platform linux-x86_64

What the wheels bring is told by themselves; what they leave out, and what is no wheel, stands in
`licences/parts.csv`; the libraries taken from this system are told by its packages. A part without a text is refused:
nothing leaves without its licence. About reads `licences/index.json`.
"""

import argparse
import csv
import importlib.metadata
import json
import platform as machine
import re
import runpy
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
_TEXT = re.compile(r"(.*/)?(licen[cs]es?/.*|(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*)", re.IGNORECASE)
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """One thing that is carried: its licence, and the texts that say it in full, by the names they get."""

    name: str
    version: str
    licence: str
    texts: tuple[tuple[str, Path], ...]


class WithoutLicence(Exception):
    """A part has no licence, or no text of it."""


def locked(platform: str) -> list[str]:
    """The distributions whose wheels are frozen, and the one that freezes: its start stands in the program."""
    windows, freezing = platform.startswith("windows"), runpy.run_path(str(HERE / "freezing.py"))
    locks = ["requirements.lock"] + (["requirements-windows.lock"] if windows else [])
    listed = {name for lock in locks for name in _LOCKED.findall((HERE / lock).read_text(encoding="utf-8"))}
    shut_out = map(plain, freezing["EXCLUDED"] + (freezing["NOT_ON_WINDOWS"] if windows else []))
    # Of `cffi` the part that is no module is carried everywhere.
    return sorted({*listed, "pyinstaller"} - ({"panda3d", "pefile", *shut_out} - {"cffi"}))


def parts(distributions: Iterable[str], platform: str, site: Path, python: str) -> Iterator[Part]:
    """Everything but what comes from this system: the distributions frozen, and what is none."""
    with (HERE / "licences" / "parts.csv").open(encoding="utf-8", newline="") as file:
        told = {plain(row["name"]): row for row in csv.DictReader(file)}
    found = {plain(one.metadata["Name"]): one for one in importlib.metadata.distributions(path=[str(site)])}
    for name in map(plain, distributions):
        one, row = found[name], told.pop(name, None)
        texts = [Path(str(one.locate_file(file))) for file in one.files or () if _TEXT.fullmatch(file.as_posix())]
        named = [(f"{name}/{text.relative_to(site).as_posix().replace('/', '-')}", text) for text in sorted(texts)]
        licence = row["licence"] if row else short(one.metadata)
        yield Part(one.metadata["Name"], one.version, licence, (*named, *(_texts(row, site) if row else ())))
    for row in told.values():
        if row["kind"] != "wheel" and platform.startswith(row["platforms"]):
            version = python if row["version"] == "python" else row["version"]
            yield Part(row["name"], version, row["licence"], tuple(_texts(row, site)))


def _texts(row: dict[str, str], site: Path) -> Iterator[tuple[str, Path]]:
    places = {"own": HERE / "licences", "site": site, "tree": ROOT, "python": Path(sysconfig.get_path("stdlib"))}
    for text in row["texts"].split():
        place, _, pattern = text.partition(":")
        files = sorted(places[place].glob(pattern))
        if not files:
            raise WithoutLicence(text)
        yield from (
            (file.name if place == "own" else f"{plain(row['name'])}/{file.name}", file) for file in files if row
        )


def of_the_system(folder: Path) -> Iterator[Part]:
    """The libraries that were taken from this system, by the package that has them."""
    where = subprocess.run(["ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    known = dict(re.findall(r"^\s+(\S+) .*x86-64.*=> (\S+)$", where, re.MULTILINE))
    packages: set[str] = set()
    for library in sorted((folder / "_internal").glob("lib*.so*")):
        if library.name in known and not library.name.startswith("libpython"):
            # A package knows its files by the names from before /usr took everything in.
            real = Path(known[library.name]).resolve()
            for path in (real, Path("/" + str(real).removeprefix("/usr/"))):
                owner = subprocess.run(["dpkg-query", "-S", str(path)], capture_output=True, text=True, check=False)
                packages.update(line.split(":")[0] for line in owner.stdout.splitlines())
    for package in sorted(packages):
        asked = ["dpkg-query", "-W", "-f", "${Version}", package]
        version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        text = Path("/usr/share/doc") / package / "copyright"
        # Which of the licences in there holds for the library is for its reader to find, not for a guess of ours.
        yield Part(package, version, "As its text says", ((f"system/{package}.txt", text),))


def plain(name: str) -> str:
    """A distribution's name as an index writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def short(told: importlib.metadata.PackageMetadata) -> str:
    """The licence in a few letters, as the package says it."""
    said = (told.get_all("License-Expression") or told.get_all("License") or [""])[0].strip()
    return said if len(said) <= 60 else ""


def gather(folder: Path, found: Iterable[Part]) -> Path:
    """Put the texts and the index into the folder; the index's path."""
    home, index = folder / "licences", []
    for part in sorted(found, key=lambda part: part.name.casefold()):
        if not part.licence or not part.texts:
            raise WithoutLicence(part.name)
        for name, text in part.texts:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_bytes(text.read_bytes())
        index.append({**asdict(part), "files": [name for name, _text in part.texts]})
        del index[-1]["texts"]
    (home / "index.json").write_bytes((json.dumps(index, indent=1, ensure_ascii=False) + "\n").encode())
    return home / "index.json"


def main() -> None:
    """Gather them for a folder."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--platform", required=True)
    asked.add_argument(
        "--site", type=Path, default=Path(sysconfig.get_path("purelib")), help="where the wheels lie unpacked"
    )
    asked.add_argument("--python", default=machine.python_version(), help="the version of the Python that is carried")
    given = asked.parse_args()
    found = list(parts(locked(given.platform), given.platform, given.site, given.python))
    if given.platform.startswith("linux"):
        found += of_the_system(given.folder)
    print(gather(given.folder, found))


if __name__ == "__main__":
    try:
        main()
    except WithoutLicence as missing:
        sys.exit(f"No licence, or no text of it: {missing}")
