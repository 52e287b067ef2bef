"""What the Windows recipes promise, as far as it shows without Windows: what gets in is known, records stay."""

import csv
import re
import runpy
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as xml

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
WINDOWS = PACKAGING / "windows"
RUNTIME = runpy.run_path(str(WINDOWS / "runtime.py"))
FILES = runpy.run_path(str(WINDOWS / "files.py"))
LANGUAGES = {"French", "English", "Spanish", "Arabic"}
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


def setup() -> str:
    return (WINDOWS / "setup.nsi").read_text(encoding="utf-8")


def pins() -> list[dict[str, str]]:
    with (WINDOWS / "runtime.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_of_cpython_has_a_digest_a_licence_and_a_wheel_that_is_locked() -> None:
    locks = "".join((PACKAGING / f"requirements{kind}.lock").read_text(encoding="utf-8") for kind in ("", "-windows"))
    for pin in pins():
        assert re.fullmatch("[0-9a-f]{64}", pin["sha256"]), pin
        assert pin["licence"], pin
        if pin["file"] != RUNTIME["LIBRARY"]:
            name, version = pin["from"].split("-")[:2]
            assert f"\n{name.replace('_', '-')}=={version} " in locks, pin
    taken = {pin["file"] for pin in pins()}
    assert {"python311.dll", "vcruntime140.dll", "DLLs/_ctypes.pyd", RUNTIME["LIBRARY"]} <= taken


def pin_of(content: bytes) -> dict[str, str]:
    return {"file": "x.dll", "sha256": sha256(content).hexdigest(), "from": "a.whl!in/x.dll", "licence": "MIT"}


def wheel_with(folder: Path, content: bytes) -> None:
    with zipfile.ZipFile(folder / "a.whl", "w") as wheel:
        wheel.writestr("in/x.dll", content)


def test_a_file_with_another_digest_does_not_get_in(tmp_path: Path) -> None:
    wheel_with(tmp_path, b"changed on its way")
    with pytest.raises(SystemExit, match=r"x\.dll"):
        RUNTIME["take"](tmp_path, tmp_path / "python" / "x.dll", pin_of(b"as it was"))
    assert not (tmp_path / "python").exists()


def test_a_file_with_its_digest_gets_in(tmp_path: Path) -> None:
    wheel_with(tmp_path, b"as it was")
    RUNTIME["take"](tmp_path, tmp_path / "python" / "x.dll", pin_of(b"as it was"))
    assert (tmp_path / "python" / "x.dll").read_bytes() == b"as it was"


def test_a_changed_module_of_the_standard_library_does_not_get_in(tmp_path: Path) -> None:
    (tmp_path / "os.py").write_bytes(b"as it was")
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "left_out.py").write_bytes(b"")
    assert RUNTIME["library"](tmp_path) == ["os.py"]
    listing = f"{sha256(b'as it was').hexdigest()}  os.py\n"
    pin = pin_of(listing.encode())
    RUNTIME["take_library"](tmp_path, tmp_path / "Lib", pin)
    (tmp_path / "os.py").write_bytes(b"changed")
    with pytest.raises(SystemExit):
        RUNTIME["take_library"](tmp_path, tmp_path / "other", pin)
    assert not (tmp_path / "other").exists()


def test_the_setup_speaks_four_languages_in_every_sentence() -> None:
    said: dict[str, set[str]] = {}
    for name, language, text in re.findall(r'^LangString (\w+) \$\{LANG_(\w+)\} "(.+)"$', setup(), re.MULTILINE):
        assert text
        said.setdefault(name, set()).add(language.title())
    assert set(re.findall(r'insertmacro MUI_LANGUAGE "(\w+)"', setup())) == LANGUAGES
    assert {"RECORDS_STAY", "CLOSE_FIRST", "NEWER_HERE", "RECORD_FILE"} == set(said)
    assert all(languages == LANGUAGES for languages in said.values())
    asked = re.findall(r'\$\{Case\} "(\w\w)"\s+StrCpy \$LANGUAGE \$\{LANG_(\w+)\}', setup())
    assert {language.title() for _code, language in asked} == LANGUAGES
    assert {code for code, _language in asked} == {"fr", "en", "es", "ar"}


def test_the_setup_refuses_an_older_version_before_it_changes_anything() -> None:
    section = setup().split("\nSection\n")[1].split("SectionEnd")[0]
    assert section.index("Call RefuseAnOlderOne") < min(map(section.index, ("Call KeepOne", "RMDir", "File ", "Reg")))


def test_a_release_is_made_from_a_commit() -> None:
    for recipe in ("build", "build.ps1"):
        assert re.search(r"^[^#\n]*\barchive\b.* HEAD", (WINDOWS / recipe).read_text(encoding="utf-8"), re.MULTILINE)


def test_both_recipes_try_the_program_before_they_pack_it() -> None:
    for recipe in ("build", "build.ps1"):
        told = (WINDOWS / recipe).read_text(encoding="utf-8")
        assert (
            0
            < told.index('jalon-console.exe" self-test')
            < told.rindex("make_setup" if recipe == "build" else "makensis")
        )


def test_the_setup_asks_for_no_administrator_and_leaves_the_folder_to_what_people_keep_in_it() -> None:
    assert "RequestExecutionLevel user" in setup()
    assert "HKLM" not in setup()
    removed = set(re.findall(r'^\s*RMDir /r "(.+)"$', setup(), re.MULTILINE))
    assert removed == {r"$INSTDIR\versions", r"$INSTDIR\versions\${VERSION}", r"$INSTDIR\versions\$2"}
    assert not re.search(r"APPDATA|DOCUMENTS|PROFILE", setup().replace("$LOCALAPPDATA\\Programs\\Jalon", ""))


def test_what_the_setup_puts_beside_the_versions_it_also_takes_away() -> None:
    installing, removing = setup().split('Section "Uninstall"')
    put = {*re.findall(r'File "\$\{SOURCE\}/([\w.-]+)"', installing), "uninstall.exe", "current"}
    assert put <= set(re.findall(r'Delete "\$INSTDIR\\([\w.-]+)"', removing))
    for key in (
        r'DeleteRegKey HKCU "${UNINSTALL}"',
        r'DeleteRegKey HKCU "${CLASSES}\${RECORD}"',
        r"$SMPROGRAMS\Jalon.lnk",
    ):
        assert key in removing


def test_the_msi_is_told_its_version_and_keeps_its_identity() -> None:
    product = xml.parse(WINDOWS / "product.wxs").getroot()[0]
    assert product.attrib["Version"] == "$(var.Version)"
    assert product.attrib["Id"] == "$(var.ProductCode)"
    # A newer one finds the older by this alone: changed, both would be installed.
    assert product.attrib["UpgradeCode"] == "6F6B6C1E-7D0A-4A63-9C53-5A1B0E3F9D27"
    # Windows Installer knows no other letters in such a name.
    named = [element.attrib["Guid"] for element in product.iter(f"{WIX}Component")]
    assert all(guid == guid.upper() for guid in named)
    package = product.find(f"{WIX}Package")
    assert package is not None and package.attrib["InstallScope"] == "perMachine"
    assert product.find(f"{WIX}MajorUpgrade") is not None


def test_both_recipes_put_what_the_msi_points_at_into_the_folder_of_a_version() -> None:
    assert "[INSTALLDIR]jalon.exe" in (WINDOWS / "product.wxs").read_text(encoding="utf-8")
    assert 'cp -- "$copy/jalon.exe" "$copy/versions/$version/jalon.exe"' in (WINDOWS / "build").read_text("utf-8")
    assert 'Copy-Item "$copy\\jalon.exe" $folder' in (WINDOWS / "build.ps1").read_text("utf-8")


def test_the_spec_asks_the_freezer_for_what_there_is_on_windows_too() -> None:
    asked = set(re.findall(r"\bfreezing\.(\w+)", (PACKAGING / "jalon.spec").read_text(encoding="utf-8")))
    assert "NOT_ON_WINDOWS" in asked
    assert asked - {"py"} <= set(runpy.run_path(str(PACKAGING / "freezing.py")))


def listed(folder: Path, out: Path) -> Any:
    FILES["main"](folder, out)
    return xml.parse(out).getroot()


def test_the_msi_lists_every_file_once_and_knows_it_again(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    for name in ("jalon.exe", "_internal/é.dll", "_internal/deep/one.pyc"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(b"")
    first = listed(tree, tmp_path / "files.wxs")
    assert {Path(file.attrib["Name"]).name for file in first.iter(f"{WIX}File")} == {"jalon.exe", "é.dll", "one.pyc"}
    components = [component.attrib["Id"] for component in first.iter(f"{WIX}Component")]
    assert sorted(components) == sorted(one.attrib["Id"] for one in first.iter(f"{WIX}ComponentRef"))
    guids = {component.attrib["Guid"] for component in first.iter(f"{WIX}Component")}
    assert len(guids) == 3
    (tree / "jalon.exe").write_bytes(b"a newer one")
    (tree / "another.txt").write_bytes(b"")
    assert guids < {
        component.attrib["Guid"] for component in listed(tree, tmp_path / "again.wxs").iter(f"{WIX}Component")
    }


def test_no_recipe_names_an_address() -> None:
    namespaces = ("http://schemas.microsoft.com/",)
    recipes = [path for path in WINDOWS.iterdir() if path.suffix != ".ico" and path.is_file()]
    for path in (*recipes, PACKAGING / "requirements-windows.in", PACKAGING / "requirements-windows.lock"):
        addresses = re.findall(r"https?://[^\s\"']+", path.read_text(encoding="utf-8"))
        assert [one for one in addresses if not one.startswith(namespaces)] == [], path.name
