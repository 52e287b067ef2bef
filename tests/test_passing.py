"""Folders for files in passing: a killed program's go at the next start of a verb or the window."""

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from desktop.alone import alone
from desktop.cli import run
from desktop.passing import passing, sweep
from desktop.ui import records

KILLED = (
    "import os; from desktop.passing import passing\nwith passing('trial-') as f: (f / 'inside').mkdir(); os._exit(9)"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def names(place: Path) -> list[str]:
    return sorted(each.name for each in place.iterdir())


@pytest.mark.parametrize("start", [lambda: run(["--version"]), records.load], ids=["verb", "window"])
def test_what_a_killed_program_left_goes_at_the_next_start(start: Callable[[], object], place: Path) -> None:
    environment = os.environ | dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(place))
    assert subprocess.run([sys.executable, "-c", KILLED], env=environment, check=False).returncode == 9
    assert len(names(place)) == 1
    with suppress(SystemExit):
        start()
    assert names(place) == []


def test_what_a_living_program_or_somebody_else_has_there_stays(place: Path) -> None:
    (place / "jalon-notes").mkdir()
    (place / "jalon-notes" / "check-ffffff.svg").touch()
    (place / "jalon-notes" / "mine.txt").touch()
    (place / "jalon-empty").mkdir()
    (place / "jalon-file").touch()
    (place / "other").mkdir()
    before = names(place)
    with passing() as living:
        sweep()
        assert names(place) == sorted([*before, living.name])
    assert names(place) == before


def test_a_folder_that_another_start_took_for_left_behind_is_not_lived_in(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, taken = tempfile.mkdtemp, list[Path]()
    with ExitStack() as another:

        def made(*how: str | None) -> str:
            folder = Path(make(*how))
            if not taken:
                taken.append(folder)
                assert another.enter_context(alone(folder / "lock"))
            return str(folder)

        monkeypatch.setattr(tempfile, "mkdtemp", made)
        with passing() as living:
            assert living.name not in (each.name for each in taken)
            assert living.is_dir()


def test_what_earlier_versions_left_goes_too(place: Path) -> None:
    (place / "jalon-a1b2").mkdir()
    (place / "jalon-a1b2" / "check-ffffff.svg").touch()
    (place / "jalon-a1b2" / "chevron-down-1b2733.svg").touch()
    sweep()
    assert names(place) == []


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every disk locks files")
def test_where_files_cannot_be_locked_there_is_a_folder_all_the_same_and_no_start_takes_it_away(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_asked: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refused)
    with passing("trial-") as folder:
        sweep()
        assert folder.is_dir()
    assert names(place) == []
