"""Lists every file of a frozen folder by its digest: python packaging/listing.py FOLDER --platform linux-x86_64

The list, `files.json`, says what an installed copy must hold. An update is made of the difference of two lists, and a
copy that was changed is known by its own. The same folder gives the same list, byte by byte.
"""

import argparse
import ast
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "files.json"
PLATFORMS = ("linux-x86_64", "windows-x86_64", "macos-universal2")
_PROGRAMS = (".exe", ".dll", ".pyd", ".so", ".dylib")


def write(folder: Path, platform: str) -> Path:
    """Put the list into the folder; its path."""
    said = {
        "program": "jalon",
        "version": constant(ROOT / "desktop" / "__init__.py", "VERSION"),
        "platform": platform,
        "schema": int(constant(ROOT / "db" / "migrations" / "__init__.py", "HEAD")),
        "files": sorted(entries(folder), key=lambda entry: str(entry["path"])),
    }
    listed = folder / NAME
    listed.write_bytes((json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode())
    return listed


def entries(folder: Path) -> Iterator[dict[str, object]]:
    """Every file of the folder but the list itself; a link, as an app of macOS has, is told by where it leads."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            yield {"path": name, "link": path.readlink().as_posix()}
        elif path.is_file() and name != NAME:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            mode = mode_of(path)
            path.chmod(mode)  # the folder is what the list says of it
            yield {"path": name, "size": path.stat().st_size, "sha256": digest, "mode": mode}


def mode_of(path: Path) -> int:
    """Whether a file is run: asked of its name and its head, since Windows keeps no such thing."""
    with path.open("rb") as file:
        head = file.read(4)
    return 0o755 if head == b"\x7fELF" or head[:2] in (b"MZ", b"#!") or path.suffix in _PROGRAMS else 0o644


def constant(module: Path, name: str) -> str:
    """What a module gives a name, read without running it: its libraries are not at hand where a release is made."""
    for statement in ast.parse(module.read_text(encoding="utf-8")).body:
        if (
            isinstance(statement, ast.Assign)
            and isinstance(statement.value, ast.Constant)
            and any(isinstance(target, ast.Name) and target.id == name for target in statement.targets)
        ):
            return str(statement.value.value)
    raise LookupError(name)


def main() -> None:
    """List a folder."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--platform", choices=PLATFORMS, required=True)
    given = asked.parse_args()
    print(write(given.folder, given.platform))


if __name__ == "__main__":
    main()
