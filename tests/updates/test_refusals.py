"""Whatever an update file holds that it should not: refused with a sentence, and nothing is changed."""

import json
import struct
import sys
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from db.errors import RecordError
from desktop import policies
from desktop.updates import place as places
from desktop.updates.container import DamagedUpdate, NoUpdateFile, UpdateUnreadable
from desktop.updates.fitting import (
    ForeignPlatform,
    NoUpdateHere,
    OlderVersion,
    SameVersion,
    UnknownBase,
    find,
)
from desktop.updates.layout import VERSIONS
from desktop.updates.manifest import (
    ForeignProgram,
    NotSigned,
    UnknownFormat,
    UnsoundManifest,
    is_sound_path,
    known_keys,
    read_listing,
    read_manifest,
    verify,
)
from desktop.updates.place import (
    ByPackageManager,
    CopyDamaged,
    Forbidden,
    Place,
    RunsFromSource,
    here,
)
from desktop.updates.staging import stage
from i18n import Words
from tests.updates.copies import KEY, NEW, OLD, installed, made, start, version, versions


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A copy that nothing here changes."""
    return installed(tmp_path_factory.mktemp("copy") / "Jalon")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("whole"))


@pytest.fixture(autouse=True)
def unchanged(place: Place) -> Any:
    yield
    assert versions(place.root) == {OLD} and not place.pending


def refused(path: Path, place: Place, kind: type[RecordError]) -> None:
    with pytest.raises(kind) as refusal:
        stage(path, place)
    said = Words.of("en").gettext(refusal.value.message).format(**refusal.value.values(Words.of("en")))
    assert said.endswith(".") and "{" not in said


def parts_of(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as container:
        return {name: container.read(name) for name in container.namelist()}


def packed(path: Path, parts: dict[str, bytes], compression: int = 0) -> Path:
    with ZipFile(path, "w", compression) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return path


def signed(path: Path, whole: Path, **otherwise: object) -> Path:
    """The update with another manifest, signed by the right key."""
    parts = parts_of(whole)
    manifest = json.dumps(json.loads(parts["manifest.json"]) | otherwise).encode()
    return packed(path, parts | {"manifest.json": manifest, "manifest.sig": KEY.sign(manifest)})


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes((content[place] ^ 1,)) + content[place + 1 :]


# What was changed on its way.


def test_one_changed_bit_of_the_manifest_or_of_its_signature_is_no_signature(
    whole: Path, place: Place, tmp_path: Path
) -> None:
    parts = parts_of(whole)
    for name in ("manifest.json", "manifest.sig"):
        for at in range(0, len(parts[name]), max(1, len(parts[name]) // 7)):
            changed = parts | {name: flipped(parts[name], at)}
            refused(packed(tmp_path / "changed.update", changed), place, NotSigned)
    refused(packed(tmp_path / "short.update", parts | {"manifest.sig": b""}), place, NotSigned)


def test_one_changed_bit_of_any_file_is_damage(whole: Path, place: Place, tmp_path: Path) -> None:
    parts = parts_of(whole)
    names = [name for name in parts if name.startswith("files/")]
    assert len(names) == 5
    for name in names:
        for at in {0, len(parts[name]) // 2, len(parts[name]) - 1}:
            changed = parts | {name: flipped(parts[name], at)}
            refused(packed(tmp_path / "changed.update", changed), place, DamagedUpdate)


def test_a_file_in_the_place_of_another_is_damage(whole: Path, place: Place, tmp_path: Path) -> None:
    parts = parts_of(whole)
    one, other = [name for name in parts if name.startswith("files/")][:2]
    refused(packed(tmp_path / "a.update", parts | {one: parts[other]}), place, DamagedUpdate)


def test_a_file_broken_off_or_of_another_kind_is_no_update(whole: Path, place: Place, tmp_path: Path) -> None:
    content, path = whole.read_bytes(), tmp_path / "a.update"
    for broken in (b"", b"PK", content[: len(content) // 2], content[:-1], content + b"\0", b"\0" * 5000):
        path.write_bytes(broken)
        refused(path, place, NoUpdateFile)
    refused(tmp_path / "gone.update", place, UpdateUnreadable)


def test_containers_that_we_do_not_write_are_not_read(whole: Path, place: Place, tmp_path: Path) -> None:
    parts, path = parts_of(whole), tmp_path / "a.update"
    refused(packed(path, parts, ZIP_DEFLATED), place, NoUpdateFile)
    for more in ("../../etc/passwd", "files/x", "MANIFEST.JSON"):
        refused(packed(path, parts | {more: b""}), place, NoUpdateFile)
    refused(
        packed(path, {name: content for name, content in parts.items() if name != "manifest.sig"}), place, NoUpdateFile
    )
    with pytest.warns(UserWarning), ZipFile(packed(path, parts), "a") as container:
        container.writestr("manifest.json", b"{}")
    refused(path, place, NoUpdateFile)
    end = struct.Struct("<4s4H2LH")
    for many, large in ((20_001, 100), (3, 9 << 20)):
        path.write_bytes(whole.read_bytes()[: -end.size] + end.pack(b"PK\5\6", 0, 0, many, many, large, 0, 0))
        refused(path, place, NoUpdateFile)


def test_a_bomb_is_put_out_at_the_size_that_was_signed(whole: Path, place: Place, tmp_path: Path) -> None:
    import lzma

    parts = parts_of(whole)
    name = next(name for name in parts if name.startswith("files/"))
    zeros = lzma.compress(bytes(64 << 20))
    refused(packed(tmp_path / "a.update", parts | {name: zeros}), place, DamagedUpdate)
    greedy = lzma.compress(b"x", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 256 << 20}])
    refused(packed(tmp_path / "a.update", parts | {name: greedy}), place, DamagedUpdate)


# What does not fit here.


def test_another_key_is_not_ours(place: Place, tmp_path: Path) -> None:
    refused(made(tmp_path, key=Ed25519PrivateKey.generate()), place, NotSigned)


def test_the_same_and_an_older_version(place: Place, tmp_path: Path) -> None:
    refused(made(tmp_path, OLD), place, SameVersion)
    refused(made(tmp_path, "0.3.12"), place, OlderVersion)


@pytest.mark.parametrize(
    ("otherwise", "kind"),
    [
        ({"platform": "windows-x86_64"}, ForeignPlatform),
        ({"program": "another"}, ForeignProgram),
        ({"format": 2}, UnknownFormat),
        ({"format": "1"}, UnknownFormat),
        ({"schema": 3}, OlderVersion),
        ({"version": "0.5"}, UnsoundManifest),
        ({"version": "../0.5.0"}, UnsoundManifest),
        ({"files": []}, UnsoundManifest),
        ({"base": {"version": "0.4.0", "listing": "0" * 64}}, UnknownBase),
        ({"base": {"version": "0.3.9", "listing": "0" * 64}}, UnknownBase),
        ({"base": {"version": "..", "listing": "0" * 64}}, UnsoundManifest),
        ({"base": []}, UnsoundManifest),
    ],
)
def test_what_is_signed_and_does_not_fit(
    whole: Path, place: Place, tmp_path: Path, otherwise: dict[str, object], kind: type[RecordError]
) -> None:
    refused(signed(tmp_path / "a.update", whole, **otherwise), place, kind)


def test_a_difference_to_a_version_that_was_changed_here(tmp_path: Path, place: Place) -> None:
    base = version(tmp_path / OLD, OLD, extra=b"not here")
    refused(made(tmp_path, base=base), place, UnknownBase)


def test_a_file_that_is_neither_here_nor_in_the_update(whole: Path, place: Place, tmp_path: Path) -> None:
    parts = parts_of(whole)
    del parts[next(name for name in parts if name.startswith("files/"))]
    refused(packed(tmp_path / "a.update", parts), place, DamagedUpdate)
    refused(packed(tmp_path / "a.update", parts_of(whole) | {f"files/{'0' * 64}.xz": b""}), place, DamagedUpdate)


def test_a_folder_without_an_update_and_one_with_none_that_fits(place: Place, tmp_path: Path) -> None:
    with pytest.raises(NoUpdateHere):
        find(tmp_path, place)
    made(tmp_path, OLD)
    with pytest.raises(SameVersion):
        find(tmp_path, place)


# Names, once they are signed.


@pytest.mark.parametrize(
    "path",
    [
        "../up", "a/../../up", "/etc/passwd", "a//b", "a/./b", "", ".", "..", "c:/x", "c:x", "a\\b", "a\0b", "a\nb",
        "con", "NUL.txt", "x/Com1", "lpt9.dll", "com¹", "aux .c", "end.", "end ", "a*b", "a?b", "a|b", "a<b", 'a"b',
        "a" * 201, "/".join("a" * 30), "é" * 150, "\ud800", "x:stream",
    ],
)  # fmt: skip
def test_a_name_that_some_system_takes_otherwise_is_refused(path: str) -> None:
    assert not is_sound_path(path)


def test_names_as_they_are_in_a_real_copy() -> None:
    names = (
        "jalon",
        "_internal/libQt6Core.so.6",
        "_internal/db/__init__.pyc",
        "jalon-console.exe",
        "a+b (1).dat",
        "été.md",
    )
    assert all(map(is_sound_path, names))


@pytest.mark.parametrize(
    "clash",
    [("a", "A"), ("é", "e\u0301"), ("a", "a/b"), ("A/x", "a"), ("same", "same")],
)
def test_two_names_that_are_one_somewhere_are_refused(clash: tuple[str, str]) -> None:
    files = [{"path": path, "size": 0, "sha256": "0" * 64, "mode": 0o644} for path in clash]
    with pytest.raises(UnsoundManifest):
        read_listing(listing(files))


@pytest.mark.parametrize("to", ["/etc/passwd", "../x", "../../x", "../../a", "gone", ".", "b/..", "up/../../a", "link"])
def test_a_link_leads_to_a_file_of_the_version_or_nowhere(to: str) -> None:
    link: dict[str, object] = {"path": "b/link", "link": to}
    with pytest.raises(UnsoundManifest):
        read_listing(listing([{"path": "a", "size": 0, "sha256": "0" * 64, "mode": 0o644}, link]))
    assert read_listing(listing([{"path": "a", "size": 0, "sha256": "0" * 64, "mode": 0o644}, link | {"link": "../a"}]))


def listing(files: list[Any], **otherwise: object) -> bytes:
    said = {"program": "jalon", "version": NEW, "platform": "linux-x86_64", "schema": 4, "files": files, "format": 1}
    return json.dumps(said | otherwise).encode()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["a", "../a", OLD]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from(["path", "size", "x"]), inside),
    max_leaves=8,
)
FILES = st.lists(
    st.fixed_dictionaries(
        {"path": st.text(max_size=12) | VALUES, "size": st.just(1) | VALUES, "sha256": st.just("0" * 64) | VALUES},
        optional={"mode": st.just(0o644) | VALUES, "link": VALUES},
    )
    | VALUES,
    max_size=4,
)


@given(
    st.binary(max_size=60)
    | st.builds(
        lambda files, more: listing(files, **more), FILES, st.dictionaries(st.sampled_from(["base", "schema"]), VALUES)
    )
)
def test_a_manifest_is_read_or_refused_in_words_whatever_it_holds(content: bytes) -> None:
    try:
        found = read_manifest(content).listing
    except RecordError:
        return
    assert all(is_sound_path(file.path) and type(file.size) is int for file in found.files)
    folded = [file.path.casefold() for file in found.files]
    assert len(set(folded)) == len(folded)


def test_depth_without_end_is_refused_in_words() -> None:
    with pytest.raises(UnsoundManifest):
        read_manifest(b"[" * 200_000)


# Which copy this is.


def test_only_an_installed_copy_with_its_versions_side_by_side_is_updated_from_a_file(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RunsFromSource):
        here()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "executable", "/opt/jalon/jalon")
    with pytest.raises(ByPackageManager):
        here()
    monkeypatch.setattr(sys, "executable", str(place.root / VERSIONS / OLD / "jalon"))
    found = here()
    assert (found.root, found.running, found.current, found.schema) == (place.root, OLD, OLD, 4)
    (place.root / policies.NAME).write_text("updates = false\n")
    with pytest.raises(Forbidden):
        here()
    (place.root / policies.NAME).unlink()
    monkeypatch.setattr(places, "known_keys", lambda: place.keys)
    refused(made(tmp_path, OLD), here(), SameVersion)


def test_a_copy_whose_own_list_is_gone_is_said_to_be_damaged(tmp_path: Path) -> None:
    root = installed(tmp_path / "Jalon").root
    (root / VERSIONS / OLD / "files.json").write_text("{}")
    with pytest.raises(CopyDamaged):
        here(root / VERSIONS / OLD / "jalon")
    assert start(root) == OLD


def test_the_keys_that_come_along_are_keys() -> None:
    keys = known_keys()
    assert keys
    with pytest.raises(NotSigned):
        verify(b"anything", bytes(64), keys)
