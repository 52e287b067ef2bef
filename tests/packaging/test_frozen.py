"""What the freeze promises, as far as it shows without freezing: what goes in, what stays out, how it is listed."""

import ast
import importlib.metadata
import json
import plistlib
import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop import VERSION
from desktop.licences import INDEX
from desktop.ui.forms.names import languages
from desktop.updates.manifest import read_listing
from i18n import LANGUAGES, Words

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
FREEZING = runpy.run_path(str(PACKAGING / "freezing.py"))
LISTING = runpy.run_path(str(PACKAGING / "listing.py"))
LICENCES = runpy.run_path(str(PACKAGING / "licences.py"))
QT = "PySide6/Qt/plugins"


def kept(*names: str) -> list[str]:
    return [name for name, _file, _kind in FREEZING["wanted"]((name, "", "BINARY") for name in names)]


def test_every_module_of_ours_is_frozen_also_those_named_in_strings_only() -> None:
    modules = set(FREEZING["modules"](ROOT))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = set(project["tool"]["setuptools"]["packages"])
    assert packages - {"db.migrations.versions"} <= modules
    assert {"desktop.__main__", "desktop.apart", "desktop.ui.records", "desktop.reports.offer"} <= modules
    # Outside the archive, a file each: a change of ours is a small update.
    assert set(FREEZING["OURS"]) == {name.split(".")[0] for name in packages}


def test_resources_go_in_and_the_pictures_of_the_readme_do_not() -> None:
    carried = {name for name, _file, _kind in FREEZING["carried"](ROOT)}
    assert {"resources/fonts/NotoSansArabic-Regular.ttf", "resources/terms.csv", "resources/icons/LICENSE"} <= carried
    assert "resources/release_keys.csv" in carried
    assert not [name for name in carried if "pictures" in name or name.endswith(".pyc")]
    steps = {path.name for path in (ROOT / "db" / "migrations" / "versions").glob("0*.py")}
    assert steps == {Path(name).name for name in carried if name.startswith("db/migrations/versions/0")}


def test_of_qt_only_what_the_window_uses_is_taken() -> None:
    assert kept(f"{QT}/platforms/libqxcb.so", f"{QT}/platforms/libqeglfs.so", f"{QT}/tls/libqopensslbackend.so") == [
        f"{QT}/platforms/libqxcb.so"
    ]
    assert kept("PySide6\\plugins\\platforms\\qwindows.dll", "PySide6\\opengl32sw.dll", "PySide6\\Qt6Qml.dll") == [
        "PySide6\\plugins\\platforms\\qwindows.dll"
    ]
    translations = [f"PySide6/Qt/translations/qtbase_{language}.qm" for language in (*LANGUAGES, "de")]
    assert kept(*translations) == sorted(translations[:-1])
    assert kept("keyring-25.dist-info/entry_points.txt", "keyring-25.dist-info/RECORD") == [
        "keyring-25.dist-info/entry_points.txt"
    ]


def test_of_the_runtime_of_cpp_one_copy_is_taken_where_everything_finds_it() -> None:
    brought = ("PySide6\\MSVCP140.dll", "VCRUNTIME140.dll", "PySide6\\VCRUNTIME140.dll", "shiboken6/msvcp140.dll")
    assert kept(*brought) == ["MSVCP140.dll", "VCRUNTIME140.dll"]


def test_what_the_program_imports_is_not_shut_out() -> None:
    shut_out = set(FREEZING["EXCLUDED"])
    for folder in FREEZING["OURS"]:
        for file in (ROOT / folder).rglob("*.py"):
            named = re.findall(r"^\s*(?:from|import) ([\w.]+)", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert not shut_out & {*named, *(name.split(".")[0] for name in named)}, file


def test_libraries_that_nothing_left_asks_for_stay_out_and_the_systems_own_too() -> None:
    needs = {"plugin": ["libA.so.1", "libX11.so.6"], "a": ["libb.so.2"], "x": [], "b": [], "c": [], "py": []}
    entries = [
        (f"{QT}/platforms/libqxcb.so", "plugin", "BINARY"),
        ("libA.so.1", "a", "BINARY"),
        ("libb.so.2", "b", "BINARY"),
        ("libX11.so.6", "x", "BINARY"),
        ("libgtk-3.so.0", "c", "BINARY"),
        ("libpython3.11.so.1.0", "py", "BINARY"),
        ("libA.so", "libA.so.1", "SYMLINK"),
    ]
    left = [name for name, _file, _kind in FREEZING["linked"](entries, needs.__getitem__)]
    assert left == [f"{QT}/platforms/libqxcb.so", "libA.so.1", "libb.so.2", "libpython3.11.so.1.0"]


ASKED_OF_BABEL = """
import pickle
import sys
import babel.core
import babel.localedata
from datetime import date
from decimal import Decimal
from i18n.words import Words

place, *tags = sys.argv[1:]
babel.localedata._dirname = f"{place}/locale-data"
babel.core._global_data = pickle.load(open(f"{place}/global.dat", "rb"))
for tag in tags:
    words = Words.of(tag)
    print(tag, words.number(Decimal("-1234567.5")), words.date(date(2026, 3, 1)), words.list(["a", "b", "c"]),
          words.period(date(2026, 3, 1), date(2026, 4, 5)), words.percent(0.3), words.money(Decimal(5), "CDF"),
          words.direction, sep="|")
    print(words.amounts_in("USD"), words.currency_name("CDF"), words.territory_name("CD"), words.language_name("sw"))
"""


def told_by_babel(place: Path, tags: Iterable[str]) -> list[str]:
    command = [sys.executable, "-c", ASKED_OF_BABEL, str(place), *tags]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_babel_says_every_language_on_offer_as_before_and_english_of_any_other(tmp_path: Path) -> None:
    offered = {code for code, _name in languages(Words.of("en"))}
    assert offered | set(LANGUAGES) <= FREEZING["spoken_in"](ROOT)
    FREEZING["pared_locales"](ROOT, tmp_path)
    whole = Path(importlib.metadata.distribution("babel").locate_file("babel"))  # type: ignore[arg-type]
    tags = [*sorted(offered), *LANGUAGES, "ar-EG", "fa-AF", "pt-MZ", "sw-CD", "de", "ja"]
    before, after = told_by_babel(whole, tags), told_by_babel(tmp_path, tags)
    assert len(before) == 2 * len(tags)
    assert after[:-4] == before[:-4]
    english = after[2 * tags.index("en") :][:2]
    assert [line.removeprefix(tag) for tag, line in zip(("de", "", "ja", ""), after[-4:], strict=True)] == [
        line.removeprefix("en") for line in (*english, *english)
    ]


def test_what_a_module_says_of_itself_stays_out_and_nothing_else() -> None:
    said = ast.parse(
        '''"""Of itself."""
from __future__ import annotations

class Told:
    """Of itself."""

    def only(self) -> None:
        """Of itself."""

async def kept():
    "of itself"
    "and once more"
    return "of itself"

def tried(value):
    "of itself"
    assert value, "said"
'''
    )
    had: dict[str, Any] = {}
    exec(FREEZING["without_its_word"](said, "told.py", "exec", 0, True), had)
    saying = [had["Told"], had["Told"].only, had["kept"], had["tried"]]
    assert [had["__doc__"], *(each.__doc__ for each in saying)] == ["."] * 5
    assert had["Told"]().only() is None
    with pytest.raises(StopIteration, match="of itself"):
        had["kept"]().send(None)
    with pytest.raises(AssertionError, match="said"):
        had["tried"](0)


def test_every_recipe_leaves_out_of_modules_what_only_marks_a_column_in_a_fault() -> None:
    for recipe in ("freeze", "windows/build", "windows/build.ps1"):
        assert re.search('PYTHONNODEBUGRANGES ?= ?"?1', (PACKAGING / recipe).read_text(encoding="utf-8")), recipe
    assert "without_its_word" in (PACKAGING / "jalon.spec").read_text(encoding="utf-8")


def test_the_list_of_a_folder_is_what_an_update_reads_and_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / "_internal").mkdir()
    (tmp_path / "jalon").write_bytes(b"\x7fELF program")
    (tmp_path / "_internal" / "é.txt").write_text("text", encoding="utf-8")
    content = LISTING["write"](tmp_path, "linux-x86_64").read_bytes()
    listing = read_listing(content)
    assert [(file.path, file.mode) for file in listing.files] == [("_internal/é.txt", 0o644), ("jalon", 0o755)]
    assert (listing.version, listing.platform) == (VERSION, "linux-x86_64")
    assert LISTING["write"](tmp_path, "linux-x86_64").read_bytes() == content


@pytest.mark.skipif(sys.platform != "linux", reason="the lock files are resolved for Linux")
def test_every_locked_distribution_has_its_licence_in_full(tmp_path: Path) -> None:
    site = Path(importlib.metadata.distribution("babel").locate_file(""))  # type: ignore[arg-type]
    listed = LICENCES["locked"]("linux-x86_64")
    assert "pyside6-essentials" in listed
    # The one that freezes is at hand only where a release is made.
    found = LICENCES["parts"]([name for name in listed if name != "pyinstaller"], "linux-x86_64", site, "3.11.0")
    index = json.loads(LICENCES["gather"](tmp_path, found).read_text(encoding="utf-8"))
    named = {LICENCES["plain"](one["name"]) for one in index}
    assert set(listed) - {"pyinstaller"} <= named
    assert {"python", "sqlcipher", "openssl", "noto", "lucide"} <= named
    for one in index:
        assert one["licence"], one
        assert all((tmp_path / "licences" / name).stat().st_size for name in one["files"]), one
    assert INDEX == "index.json"


def test_what_is_shut_out_is_not_told_to_be_carried() -> None:
    linux, windows = (set(LICENCES["locked"](platform)) for platform in ("linux-x86_64", "windows-x86_64"))
    assert not {"charset-normalizer", "pycparser"} & (linux | windows)
    assert linux - windows == {"jeepney", "secretstorage"}
    assert windows - linux == {"pywin32-ctypes"}
    assert {"cffi", "cryptography", "lxml", "pyside6-essentials"} <= windows


def test_nothing_leaves_without_its_licence(tmp_path: Path) -> None:
    part = LICENCES["Part"]("Somebody's", "1", "MIT", ())
    with pytest.raises(LICENCES["WithoutLicence"]):
        LICENCES["gather"](tmp_path, [part])


def test_macos_is_told_of_the_languages_and_the_records() -> None:
    told = plistlib.loads(plistlib.dumps(FREEZING["info_plist"]("1.2.3")))
    assert told["CFBundleLocalizations"] == list(LANGUAGES)
    assert told["NSHighResolutionCapable"] is True
    (declared,) = told["UTExportedTypeDeclarations"]
    (opened,) = told["CFBundleDocumentTypes"]
    assert opened["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == ["jalon"]
    assert "BUNDLE(" in (PACKAGING / "jalon.spec").read_text(encoding="utf-8")


def test_the_icons_are_of_the_sizes_that_each_system_asks_for() -> None:
    icon = Image.open(PACKAGING / "windows" / "jalon.ico")
    assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= icon.info["sizes"]
    assert Image.open(PACKAGING / "macos" / "jalon.icns").size[0] >= 512
    for file in (PACKAGING / "linux" / "icons").glob("*.png"):
        assert f"{Image.open(file).width}x{Image.open(file).height}" == file.stem
