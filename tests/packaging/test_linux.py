"""What people on Linux install: how desktops are told of it; its scripts do what they say and leave records alone."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as xml

import pytest

from desktop.updates.layout import held
from i18n import LANGUAGES

LINUX = Path(__file__).resolve().parents[2] / "packaging" / "linux"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="scripts of Linux")
XML = "{http://www.w3.org/XML/1998/namespace}"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def entry() -> configparser.SectionProxy:
    read = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(LINUX / "share" / "jalon.desktop", encoding="utf-8")
    return read["Desktop Entry"]


def test_the_desktop_entry_speaks_every_language_and_opens_a_record() -> None:
    told = entry()
    for key in ("GenericName", "Comment", "Keywords"):
        assert {told[key]} | {told[f"{key}[{language}]"] for language in LANGUAGES if language != "en"}
        assert len({told[key], *(told[f"{key}[{language}]"] for language in LANGUAGES if language != "en")}) == 4
    assert (told["Type"], told["Icon"], told["Terminal"]) == ("Application", "jalon", "false")
    assert told["Exec"] == "jalon --record %f"
    assert told["MimeType"].endswith(";")
    assert told["Categories"].endswith(";")


def test_a_record_is_a_kind_of_file_in_every_language() -> None:
    (kind,) = xml.parse(LINUX / "share" / "jalon.xml").getroot()
    assert f"{kind.get('type')};" == entry()["MimeType"]
    comments = {one.get(f"{XML}lang", "en"): one.text for one in kind.findall(f"{MIME}comment")}
    assert set(comments) == set(LANGUAGES)
    assert all(comments.values())
    (glob,) = kind.findall(f"{MIME}glob")
    assert glob.get("pattern") == "*.jalon"


def test_the_package_names_what_it_stands_on() -> None:
    control = (LINUX / "control").read_text(encoding="utf-8")
    depends = re.search(r"^Depends: (.*)$", control, re.MULTILINE)
    assert depends
    for package in ("libc6 (>= 2.35)", "libegl1", "libfontconfig1", "libdbus-1-3", "libxcb1", "libxkbcommon0"):
        assert package in depends[1]


@pytest.fixture
def carried(tmp_path: Path) -> Path:
    """The tarball unpacked, its program a script that says what it was asked."""
    return unpacked(tmp_path / "a stick", "1.2.0")


def unpacked(folder: Path, version: str) -> Path:
    program = folder / "versions" / version / "jalon"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\necho "{version}" "$@"\nexit 7\n')
    program.chmod(0o755)
    (folder / "current").write_text(f"{version}\n")
    for script, name in (("launch", "jalon"), ("install", "install"), ("uninstall", "uninstall")):
        (folder / name).write_bytes((LINUX / script).read_bytes())
        (folder / name).chmod(0o755)
    (folder / "share" / "icons" / "hicolor" / "scalable" / "apps").mkdir(parents=True)
    (folder / "share" / "icons" / "hicolor" / "scalable" / "apps" / "jalon.svg").write_text("<svg/>")
    for file in (LINUX / "share").iterdir():
        (folder / "share" / file.name).write_bytes(file.read_bytes())
    return folder


def run(home: Path, *command: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment: Mapping[str, str] = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "fr_FR.UTF-8", **more}
    return subprocess.run([*map(str, command)], env=environment, capture_output=True, text=True, check=False)


def test_the_launcher_starts_the_version_that_is_named_and_passes_on_what_it_says(
    carried: Path, tmp_path: Path
) -> None:
    started = run(tmp_path, carried / "jalon", "report", "a b")
    assert (started.stdout, started.returncode) == ("1.2.0 report a b\n", 7)
    for named in ("../../bin", "9.9.9", "", "."):
        (carried / "current").write_text(named)
        refused = run(tmp_path, carried / "jalon")
        assert refused.returncode == 1
        assert "Réinstallez" in refused.stderr


def test_installing_for_one_person_and_removing_leaves_records_alone(carried: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    installed = home / ".local" / "opt" / "jalon"
    assert run(home, carried / "install").returncode == 0
    assert run(home, home / ".local" / "bin" / "jalon", "x").stdout == "1.2.0 x\n"
    desktop = home / ".local" / "share" / "applications" / "jalon.desktop"
    assert f'Exec="{installed}/jalon" --record %f' in desktop.read_text(encoding="utf-8")
    (installed / "mine.jalon").write_text("a record in the wrong place")
    (home / "other.jalon").write_text("a record")

    removed = run(home, installed / "uninstall")
    assert removed.returncode == 0
    assert "restent où ils sont" in removed.stdout
    assert (installed / "mine.jalon").exists()
    assert (home / "other.jalon").exists()
    assert not [path for path in home.rglob("*jalon*") if path.suffix != ".jalon" and path != installed]


def test_a_newer_version_is_installed_beside_the_one_that_was_and_an_older_is_refused(
    carried: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    versions = home / ".local" / "opt" / "jalon" / "versions"
    for version in ("1.10.0", "1.11.0"):
        assert run(home, unpacked(tmp_path / version, version) / "install").returncode == 0
    assert sorted(folder.name for folder in versions.iterdir()) == ["1.10.0", "1.11.0"]
    older = run(home, carried / "install", LANG="es_ES.UTF-8")
    assert (older.returncode, "más reciente" in older.stderr) == (1, True)
    assert run(home, home / ".local" / "bin" / "jalon").stdout == "1.11.0\n"


def test_folders_of_any_name_are_installed_into_and_the_desktop_is_told_of_them(carried: Path, tmp_path: Path) -> None:
    home, tools = tmp_path / "a home | R&D", tmp_path / "tools"
    tools.mkdir()
    (tools / "update-mime-database").write_text('#!/bin/sh\nprintf "%s\\n" "$@" >"$HOME/told"\n')
    (tools / "update-mime-database").chmod(0o755)
    assert run(home, carried / "install", PATH=f"{tools}:{os.environ['PATH']}").returncode == 0
    desktop = home / ".local" / "share" / "applications" / "jalon.desktop"
    assert f'Exec="{home}/.local/opt/jalon/jalon" --record %f' in desktop.read_text(encoding="utf-8")
    assert (home / "told").read_text(encoding="utf-8") == f"{home}/.local/share/mime\n"


@pytest.mark.skipif(shutil.which("flock") is None, reason="installs as before where there is no flock")
def test_installing_waits_for_whoever_changes_the_copy(carried: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    root = home / ".local" / "opt" / "jalon"
    root.mkdir(parents=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    with held(root) as ours:
        assert ours
        installs = subprocess.Popen([carried / "install"], env=environment, stdout=subprocess.DEVNULL)
        with pytest.raises(subprocess.TimeoutExpired):
            installs.wait(0.5)
        assert not (root / "current").exists()
    assert installs.wait(30) == 0
    assert (root / "current").exists()
