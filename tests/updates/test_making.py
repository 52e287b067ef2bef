"""A release's key and its update files: the key never in the repository, the same bytes from the same folders."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.updates.fitting import examine
from desktop.updates.manifest import verify
from tests.syntax import ROOT
from tests.updates.copies import NEW, made, place_of, update, version


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    script = [sys.executable, ROOT / "packaging" / "release_key.py", *map(str, arguments)]
    return subprocess.run(script, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)


def test_a_key_is_made_once_outside_every_repository_and_opens_by_its_passphrase(tmp_path: Path) -> None:
    (phrase := tmp_path / "phrase").write_text("a long one\n")
    made_key = run(folder := tmp_path / "safe", "--passphrase-file", phrase)
    name, _since, public = made_key.stdout.strip().split(",")
    assert (made_key.returncode, name) == (0, "safe")
    assert (folder / "release.key").stat().st_mode & 0o077 == 0
    key = update.release_key.read(folder, b"a long one")
    verify(b"said", key.sign(b"said"), [public])
    with pytest.raises((ValueError, TypeError)):
        update.release_key.read(folder, b"")
    again = run(folder)
    assert again.returncode and "never written over" in again.stderr
    (tmp_path / ".git").mkdir()
    for inside in (tmp_path / "other", ROOT / "packaging" / "key"):
        refused = run(inside)
        assert refused.returncode and "repository" in refused.stderr and not inside.exists()


def test_the_same_folders_and_key_make_the_same_bytes(tmp_path: Path) -> None:
    once = made(tmp_path)
    (tmp_path / "again").mkdir()
    assert made(tmp_path / "again").read_bytes() == once.read_bytes()
    assert examine(once, place_of(tmp_path / "none")).version == NEW


def test_a_folder_that_is_not_as_it_is_listed_is_not_released(tmp_path: Path) -> None:
    new = version(tmp_path / f"{NEW}-made", NEW)
    (new / "_internal/same.bin").write_bytes(b"changed since")
    with pytest.raises(SystemExit, match="is not as"):
        made(tmp_path)
    assert not list(tmp_path.glob(f"*{update.SUFFIX}"))
