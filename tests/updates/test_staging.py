"""Putting a new version beside the old one, and the start that tries it."""

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop import policies
from desktop.__main__ import main
from desktop.alone import alone
from desktop.updates import switching, waits
from desktop.updates.fitting import find
from desktop.updates.layout import LISTING, PENDING, REFUSED, VERSIONS, held
from desktop.updates.place import CopyDamaged
from desktop.updates.sent_back import last_sent_back
from desktop.updates.staging import NoRoom, NotOurs, Stopped, UnderWay, stage
from i18n import Words
from tests.updates.copies import (
    FAILS,
    HANGS,
    NEW,
    OLD,
    PLATFORM,
    installed,
    made,
    place_of,
    start,
    version,
    versions,
    write_listing,
)


def contents(folder: Path) -> dict[str, object]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mode & 0o777, path.is_symlink(), path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return installed(tmp_path / "Jalon").root


def test_a_whole_update_waits_and_the_next_start_is_the_new_version(root: Path, tmp_path: Path) -> None:
    before = contents(root / VERSIONS / OLD)
    assert stage(made(tmp_path), place_of(root)) == NEW
    assert start(root) == NEW
    assert contents(root / VERSIONS / NEW) == contents(tmp_path / f"{NEW}-made")
    assert contents(root / VERSIONS / OLD) == before
    assert start(root, "list", "partners") == f"{NEW} list partners"
    assert not (root / PENDING).exists() and versions(root) == {OLD, NEW}


@pytest.mark.parametrize("links", [True, False])
def test_the_difference_takes_the_rest_from_the_version_here(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:

        def refused(*_names: object) -> None:
            raise PermissionError

        monkeypatch.setattr(os, "link", refused)  # as a stick does
    base = root / VERSIONS / OLD
    whole, part = made(tmp_path), made(tmp_path, base=base)
    assert part.name == f"jalon-{NEW}-{PLATFORM}-from-{OLD}.update"
    assert part.stat().st_size < whole.stat().st_size
    stage(part, place_of(root))
    new = root / VERSIONS / NEW
    assert contents(new) == contents(tmp_path / f"{NEW}-made")
    assert (new / "_internal/same.bin").samefile(base / "_internal/same.bin") is links
    assert start(root) == NEW


def test_a_file_that_has_other_rights_than_in_the_old_version_is_a_file_of_its_own(root: Path, tmp_path: Path) -> None:
    tool = b"a program since this version"
    (root / VERSIONS / OLD / "tool").write_bytes(tool)
    write_listing(root / VERSIONS / OLD, OLD)
    new = version(tmp_path / f"{NEW}-made", NEW, tool=tool)
    said = json.loads((new / LISTING).read_text())
    next(one for one in said["files"] if one["path"] == "tool")["mode"] = 0o755
    (new / LISTING).write_text(json.dumps(said))
    stage(made(tmp_path, base=root / VERSIONS / OLD), place_of(root))
    modes = [(root / VERSIONS / number / "tool").stat().st_mode & 0o777 for number in (OLD, NEW)]
    assert modes == [0o644, 0o755]


@pytest.mark.parametrize(
    ("trial", "says"),
    [
        (FAILS, "Version 0.5.0 failed its own test on this computer."),
        (HANGS, "Version 0.5.0 was not ready in time when it was tried."),
    ],
)
def test_a_version_that_fails_its_trial_is_sent_back_and_told_once(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trial: str, says: str
) -> None:
    stage(made(tmp_path, trial=trial), place_of(root))
    monkeypatch.setattr(switching, "LONGEST_TRIAL", 0.5)
    assert switching.at_start(root / VERSIONS / OLD / "jalon", []) is None
    assert versions(root) == {OLD} and start(root) == OLD
    told = last_sent_back(root)
    assert told is not None and told.told(Words.of("en")).startswith(says.replace(NEW, f"\u2068{NEW}\u2069"))
    assert (trial != FAILS) or told.said == "Fonts: the fonts are missing"
    assert last_sent_back(root) is None


@pytest.mark.skipif(os.name != "posix", reason="there are no groups of processes elsewhere")
def test_what_a_trial_started_ends_with_it(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "lock"
    # A lock is free when the last process that came by it has ended.
    forks = f"from desktop.alone import alone; held = alone(Path({str(lock)!r})); held.__enter__(); os.fork(); {HANGS}"
    stage(made(tmp_path, trial=forks), place_of(root))
    monkeypatch.setattr(switching, "LONGEST_TRIAL", 1.0)
    assert switching.at_start(root / VERSIONS / OLD / "jalon", []) is None
    assert lock.exists()
    with alone(lock, 5) as free:
        assert free


def test_a_version_that_waits_is_not_tried_once_it_forbids_updates(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "policies.toml"
    rules.write_text("updates = false")
    stage(made(tmp_path), place_of(root))
    monkeypatch.setattr(policies, "machine_place", lambda: rules)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(root / VERSIONS / OLD / "jalon"))
    monkeypatch.setattr(os, "execve", lambda *_called: pytest.fail("the new version took over"))
    assert main(["policies"]) == 0
    assert (root / PENDING).read_text().strip() == NEW and (root / "current").read_text().strip() == OLD


def test_a_version_without_a_program_is_sent_back(root: Path, tmp_path: Path) -> None:
    stage(made(tmp_path), place_of(root))
    (root / VERSIONS / NEW / "jalon").unlink()
    assert start(root) == OLD
    assert json.loads((root / REFUSED).read_text())["why"] == "does-not-start"


def test_a_version_that_passed_and_then_cannot_be_started_leaves_the_old_one_in_its_place(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_called: object) -> None:
        raise PermissionError("not to be run")

    stage(made(tmp_path), place_of(root))
    monkeypatch.setattr(os, "execve", refused)
    assert switching.at_start(root / VERSIONS / OLD / "jalon", []) is None
    assert (root / "current").read_text().strip() == OLD
    told = last_sent_back(root)
    assert told is not None and (told.why, told.said) == (switching.DOES_NOT_START, "not to be run")


def test_the_trial_sees_nothing_of_the_persons(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("HOME", "XDG_CONFIG_HOME", "APPDATA", "PYTHON_KEYRING_BACKEND", "QT_QPA_PLATFORM", "_PYI_ARCHIVE_FILE")
    told = tmp_path / "told"
    ask = f"Path({str(told)!r}).write_text(repr([os.environ.get(name, '') for name in {names}])); raise SystemExit(0)"
    stage(made(tmp_path, trial=ask), place_of(root))
    monkeypatch.setenv("XDG_CONFIG_HOME", "/mine")
    monkeypatch.setenv("_PYI_ARCHIVE_FILE", "/old/jalon")
    assert start(root) == NEW
    home, config, data, keyring, screen, frozen = eval(told.read_text())
    assert home == config == data and str(tmp_path) not in home and not Path(home).exists()
    assert (keyring, screen, frozen) == ("keyring.backends.null.Keyring", "offscreen", "")


def test_one_version_from_before_is_kept_and_no_more(root: Path, tmp_path: Path) -> None:
    for number in (NEW, "0.6.0", "0.10.0"):
        running = (root / "current").read_text().strip()
        stage(made(tmp_path, number), place_of(root, running))
        assert start(root) == number
    assert versions(root) == {"0.6.0", "0.10.0"}


def test_a_window_on_the_old_version_goes_on_and_updates_from_there(root: Path, tmp_path: Path) -> None:
    stage(made(tmp_path), place_of(root))
    assert start(root) == NEW
    old = place_of(root, OLD)
    assert old.newest == NEW
    stage(made(tmp_path, "0.6.0", base=root / VERSIONS / NEW), old)
    assert versions(root) == {OLD, NEW, "0.6.0"}, "of a version that runs nothing is taken away"
    assert start(root) == "0.6.0"


def test_of_a_folder_the_newest_that_fits_is_taken(root: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "jalon-9.9.9-linux-x86_64.update").write_bytes(b"not one")
    for path in (made(tmp_path, NEW), made(tmp_path, "0.6.0"), made(tmp_path, "0.6.0", base=root / VERSIONS / OLD)):
        shutil.copy(path, stick)
    shutil.copy(made(tmp_path, "0.3.0"), stick)
    found = find(stick, place_of(root))
    assert found.path.name == f"jalon-0.6.0-{PLATFORM}-from-{OLD}.update"


def test_what_a_killed_update_left_is_taken_away_at_the_next_start(root: Path) -> None:
    left = root / VERSIONS / ".part-0.5.0"
    left.mkdir()
    (left / "jalon").write_bytes(b"half")
    (root / ".part-current").write_text("0.5")
    assert start(root) == OLD
    assert versions(root) == {OLD} and not list(root.glob(".part*"))


def test_what_windows_would_not_let_go_is_no_reason_to_look_again_at_every_start(root: Path, tmp_path: Path) -> None:
    program = root / VERSIONS / OLD / "jalon"
    (kept := root / VERSIONS / ".part-0.3.0-1-gone").mkdir()
    assert waits(str(program)) is (os.name == "posix")
    (root / VERSIONS / ".part-0.5.0").mkdir()
    assert waits(str(program))
    stage(made(tmp_path), place_of(root))
    assert not kept.exists() and versions(root) == {OLD, NEW}


def test_a_full_disk_is_told_before_anything_is_written(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type(shutil.disk_usage(tmp_path))(10**9, 10**9, 5_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(NoRoom) as refused:
        stage(made(tmp_path), place_of(root))
    assert refused.value.gaps["free"] == 5
    assert versions(root) == {OLD} and not (root / PENDING).exists()


def test_stopped_half_way_it_leaves_nothing(root: Path, tmp_path: Path) -> None:
    parts: list[float] = []
    with pytest.raises(Stopped):
        stage(made(tmp_path), place_of(root), parts.append, lambda: len(parts) >= 2)
    assert versions(root) == {OLD} and start(root) == OLD
    stage(made(tmp_path), place_of(root), parts.append)
    assert parts[-1] == 1.0


def test_a_damaged_version_here_is_no_base(root: Path, tmp_path: Path) -> None:
    part = made(tmp_path, base=root / VERSIONS / OLD)
    (root / VERSIONS / OLD / "_internal/same.bin").write_bytes(b"rotten")
    with pytest.raises(CopyDamaged):
        stage(part, place_of(root))
    assert versions(root) == {OLD}


def test_two_at_once_is_one_too_many(root: Path, tmp_path: Path) -> None:
    with held(root) as first, pytest.raises(UnderWay):
        assert first
        stage(made(tmp_path), place_of(root))


def test_of_two_starts_at_once_both_come_up_as_the_new_version(root: Path, tmp_path: Path) -> None:
    slow = "import time; time.sleep(.3); raise SystemExit(0)"
    stage(made(tmp_path, trial=slow), place_of(root))
    said: list[str] = []
    starts = [threading.Thread(target=lambda: said.append(start(root))) for _each in range(2)]
    for one in starts:
        one.start()
    for one in starts:
        one.join()
    assert said == [NEW, NEW]


def test_a_copy_of_somebody_elses_is_refused_in_words_and_starts_as_before(root: Path, tmp_path: Path) -> None:
    (root / "update.lock").mkdir()  # as good as a folder where nobody but its owner may write, even to root
    with pytest.raises(NotOurs):
        stage(made(tmp_path), place_of(root))
    (root / PENDING).write_text(NEW)
    assert start(root) == OLD


def test_what_a_version_says_that_cannot_even_begin_its_trial_is_kept(root: Path, tmp_path: Path) -> None:
    stage(made(tmp_path, trial="import sys; sys.exit('ImportError: no module named db')"), place_of(root))
    assert start(root) == OLD
    told = last_sent_back(root)
    assert told is not None and told.said == "ImportError: no module named db"


def test_the_version_from_before_stays_where_an_update_is_sent_back(root: Path, tmp_path: Path) -> None:
    stage(made(tmp_path), place_of(root))
    assert start(root) == NEW
    stage(made(tmp_path, "0.6.0", trial=FAILS), place_of(root, NEW))
    assert start(root) == NEW and versions(root) == {OLD, NEW}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system guards it, or nobody asks")
def test_of_a_version_that_runs_nothing_is_taken_away(root: Path, tmp_path: Path) -> None:
    old = root / VERSIONS / "0.3.0"
    old.mkdir()
    shutil.copy("/bin/sleep", old / "jalon")
    with subprocess.Popen([old / "jalon", "60"]) as runs:
        stage(made(tmp_path), place_of(root))
        assert start(root) == NEW and (old / "jalon").exists()
        runs.kill()
    stage(made(tmp_path, "0.6.0"), place_of(root, NEW))
    assert versions(root) == {OLD, NEW, "0.6.0"}
