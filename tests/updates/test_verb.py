"""`jalon update`, and what is imported at a start where nothing waits."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from db.backup import copies, folder_of
from desktop.__main__ import main
from desktop.cli import updating
from desktop.updates.layout import VERSIONS
from tests.builders import PASSPHRASE, new_record
from tests.syntax import ROOT
from tests.updates.copies import NEW, OLD, PYTHON, installed, made, place_of, start, versions


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that this process seems to run from."""
    root = installed(tmp_path / "Jalon").root
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setattr(updating, "here", lambda: place_of(root))
    return root


def test_a_file_is_put_in_place_and_the_record_copied_first(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = tmp_path / "essai.jalon"
    new_record(record)[0].close()
    shutil.rmtree(folder_of(record))
    (secret := tmp_path / "secret").write_text(PASSPHRASE)
    called = ["update", str(made(tmp_path)), "--language", "en"]
    assert main([*called, "--record", str(record), "--passphrase-file", str(secret)]) == 0
    assert "Version 0.5.0 is in place." in capsys.readouterr().out
    assert len(copies(record)) == 1
    assert start(root) == NEW


def test_a_refusal_is_one_line(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["update", str(made(tmp_path, "0.3.0")), "--language", "en"]) == 1
    assert capsys.readouterr().err == (
        "This update brings version 0.3.0, and version 0.4.0 is installed, which is newer. Keep it.\n"
    )
    assert versions(root) == {OLD}


def test_a_start_where_nothing_waits_imports_nothing_of_updates(root: Path) -> None:
    code = (
        "import sys, json\n"
        "sys.frozen, sys.executable = {frozen}, {program!r}\n"
        "sys.modules['desktop.cli'] = None\n"
        "from desktop.__main__ import main\n"
        "try: main(['list'])\n"
        "except ImportError: pass\n"
        "print(json.dumps([name for name in sys.modules if name.startswith('desktop.updates')]))"
    )

    def imported(frozen: bool, program: Path) -> list[str]:
        asked = code.format(frozen=frozen, program=str(program))
        said = subprocess.run([PYTHON, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
        return list(json.loads(said.stdout))

    program = root / VERSIONS / OLD / "jalon"
    assert imported(False, program) == []
    assert imported(True, program) == imported(True, Path("/opt/jalon/jalon")) == ["desktop.updates"]
