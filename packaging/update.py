"""Make a signed update file: `PYTHONPATH=. python packaging/update.py NEW [--base OLD] --key FOLDER --out FOLDER`.

NEW and OLD are version folders as `freeze` leaves them, with their files.json. With a base the file holds only what the
base lacks, and installs on that version alone; make one of each. The same folders and key give the same bytes.
"""

import argparse
import hashlib
import json
import lzma
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

import release_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.updates.container import MANIFEST, SIGNATURE, SUFFIX
from desktop.updates.layout import LISTING
from desktop.updates.manifest import FORMAT, read_listing, read_manifest

_PROGRAMS = (b"\x7fELF", b"MZ")
_SMALLEST, _LARGEST = 4096, 32 << 20
"""Of the dictionary, which is what a stream takes to be unpacked."""


def make(new: Path, base: Path | None, key: Ed25519PrivateKey, out: Path) -> Path:
    """Write the update that brings a version, whole or as what a base lacks; its path."""
    content = (new / LISTING).read_bytes()
    said: dict[str, Any] = json.loads(content)
    listing = read_listing(content)
    own = {"path": LISTING, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "mode": 0o644}
    said |= {"format": FORMAT, "base": None, "files": sorted([*said["files"], own], key=lambda one: one["path"])}
    had: set[str] = set()
    if base:
        before = (base / LISTING).read_bytes()
        had = {one.sha256 for one in read_listing(before).files}
        said["base"] = {"version": read_listing(before).version, "listing": hashlib.sha256(before).hexdigest()}
    manifest = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    files = {one.sha256: new / one.path for one in read_manifest(manifest).listing.files if one.sha256 not in had}
    since = f"-from-{said['base']['version']}" if base else ""
    with ThreadPoolExecutor() as several:
        packed = sorted(zip(files, several.map(_packed, files.values(), files), strict=True))
    path = out / f"jalon-{listing.version}-{listing.platform}{since}{SUFFIX}"
    with ZipFile(path, "w") as container:
        _put(container, MANIFEST, manifest)
        _put(container, SIGNATURE, key.sign(manifest))
        for digest, stream in packed:
            _put(container, f"files/{digest}.xz", stream)
    return path


def _put(container: ZipFile, name: str, content: bytes) -> None:
    container.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)


def _packed(path: Path, digest: str) -> bytes:
    """A file as the stream that stands in the container; the filter for programs makes them a tenth smaller."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise SystemExit(f"{path} is not as {LISTING} lists it. Make the list anew.")
    window = min(max(len(content), _SMALLEST), _LARGEST)
    packing = {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": window}
    filters = [{"id": lzma.FILTER_X86}, packing] if content.startswith(_PROGRAMS) else [packing]
    return lzma.compress(content, lzma.FORMAT_XZ, filters=filters)


def main() -> None:
    """Make one update file and say how large it is."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("new", type=Path)
    asked.add_argument("--base", type=Path)
    asked.add_argument("--key", type=Path, required=True, help="the folder with release.key")
    asked.add_argument("--passphrase-file", type=Path, help="what the key is locked with")
    asked.add_argument("--out", type=Path, required=True)
    args = asked.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    key = release_key.read(args.key, release_key.passphrase_of(args.passphrase_file))
    path = make(args.new, args.base, key, args.out)
    print(f"{path} {path.stat().st_size} {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
