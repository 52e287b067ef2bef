"""Make the key that releases are signed with: `PYTHONPATH=. python packaging/release_key.py FOLDER`.

The private half is written to FOLDER/release.key and never belongs in the repository, where everybody has it for ever:
a folder inside it is refused. Keep it on two sticks in two safes. The line that is printed is the public half; it goes
into resources/release_keys.csv. Add a new one a release before it is used: only copies that know a key take what it
signed.
"""

import argparse
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db.durable import write_durably

ROOT = Path(__file__).resolve().parent.parent
NAME = "release.key"


def make(folder: Path, passphrase: bytes) -> str:
    """Write a new private key into this folder; its public half as hexadecimal text."""
    key = Ed25519PrivateKey.generate()
    lock = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    encoding = serialization.Encoding.PEM
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_durably(folder / NAME, key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, lock))
    return key.public_key().public_bytes_raw().hex()


def read(folder: Path, passphrase: bytes) -> Ed25519PrivateKey:
    """The private key in this folder."""
    key = serialization.load_pem_private_key((folder / NAME).read_bytes(), passphrase or None)
    if not isinstance(key, Ed25519PrivateKey):
        raise SystemExit(f"{folder / NAME} is no Ed25519 key")
    return key


def passphrase_of(file: Path | None) -> bytes:
    """The first line of a file; empty where none is given."""
    return file.read_bytes().split(b"\n")[0].rstrip(b"\r") if file else b""


def main() -> None:
    """Make one, unless it would stand in the repository or over another."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--passphrase-file", type=Path, help="lock the key with the first line of this file")
    args = asked.parse_args()
    folder = args.folder.resolve()
    if folder.is_relative_to(ROOT) or any((above / ".git").exists() for above in (folder, *folder.parents)):
        raise SystemExit(f"{folder} lies in a repository: a key in it would be everybody's. Choose another folder.")
    if (folder / NAME).exists():
        raise SystemExit(f"{folder / NAME} exists. A key that was used is never written over.")
    public = make(folder, passphrase_of(args.passphrase_file))
    print(f"{folder.name},{date.today().isoformat()},{public}")


if __name__ == "__main__":
    main()
