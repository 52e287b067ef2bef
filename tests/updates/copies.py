"""Installed copies that are small: each version's program is a script that runs our own switching by this Python.

They are laid out, listed, signed and started as real ones; only what they are made of differs.
"""

import json
import subprocess
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.updates.layout import CURRENT, LISTING, VERSIONS
from desktop.updates.place import Place
from tests.syntax import ROOT

sys.path.append(str(ROOT / "packaging"))

import listing
import update

PYTHON = sys.executable
PLATFORM = "linux-x86_64"
KEY = Ed25519PrivateKey.from_private_bytes(b"\7" * 32)
PUBLIC = KEY.public_key().public_bytes_raw().hex()
OLD, NEW = "0.4.0", "0.5.0"
_PROGRAM = """#!{python} -IS
import os, sys
sys.dont_write_bytecode = True
sys.path.insert(0, {root!r})
from pathlib import Path
from desktop.updates import waits
if sys.argv[1:3] == ["self-test", "--quick"]:
    {trial}
if waits(__file__):
    from desktop.updates.switching import at_start
    at_start(Path(__file__), sys.argv[1:])
print({version!r}, *sys.argv[1:])
"""
SOUND, FAILS = (
    "raise SystemExit(0)",
    (
        "import json\n"
        "    found = [('Licences', 'ok', 'there'), ('Fonts', 'not', 'the fonts are missing')]\n"
        "    print(json.dumps({'checks': [dict(zip(('name', 'outcome', 'reason'), one)) for one in found]}))\n"
        "    raise SystemExit(1)"
    ),
)
HANGS = "import time; time.sleep(60)"


def version(folder: Path, number: str, trial: str = SOUND, **files: bytes) -> Path:
    """The folder of one version, with its list of files."""
    folder.mkdir(parents=True)
    program = _PROGRAM.format(python=PYTHON, root=str(ROOT), trial=trial, version=number)
    contents = {
        "jalon": program.encode(),
        "_internal/same.bin": b"the same in every version" * 4000,
        "_internal/db/record.pyc": f"changes with {number}".encode(),
        "_internal/deep/er/empty": b"",
        **{name.replace("__", "/"): content for name, content in files.items()},
    }
    for name, content in contents.items():
        there = folder / name
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(content)
        there.chmod(0o755 if name == "jalon" else 0o644)
    (folder / "_internal/same-as.bin").symlink_to("same.bin")
    write_listing(folder, number)
    return folder


def write_listing(folder: Path, number: str, **otherwise: object) -> None:
    """The list of files of a version folder, as `packaging/listing.py` writes it."""
    listed = sorted(listing.entries(folder), key=lambda one: str(one["path"]))
    said = {"program": "jalon", "version": number, "platform": PLATFORM, "schema": 4, "files": listed} | otherwise
    (folder / LISTING).write_text(json.dumps(said), encoding="utf-8")


def installed(root: Path, number: str = OLD) -> Place:
    """A copy with one version, which starts."""
    version(root / VERSIONS / number, number)
    (root / CURRENT).write_text(f"{number}\n")
    return place_of(root, number)


def place_of(root: Path, running: str = OLD) -> Place:
    """The copy as a process of this version sees it."""
    return Place(root, running, "jalon", PLATFORM, 4, (PUBLIC,))


def made(folder: Path, number: str = NEW, base: Path | None = None, key: Ed25519PrivateKey = KEY, **kind: str) -> Path:
    """A signed update that brings a version."""
    new = folder / f"{number}-made"
    if not new.exists():
        version(new, number, **kind)
    return update.make(new, base, key, folder)


def start(root: Path, *arguments: str) -> str:
    """What a start says, as the launcher starts it: the version that came up."""
    current = (root / CURRENT).read_text().strip()
    program = root / VERSIONS / current / "jalon"
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout.strip()


def versions(root: Path) -> set[str]:
    """What lies beside one another."""
    return {path.name for path in (root / VERSIONS).iterdir()}
