"""The self-test: whole on a sound copy, and each of its checks fails on what it is there to find."""

import hashlib
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import resources
from db.record import Record
from desktop import VERSION, keychain, policies, self_test, settings
from desktop.cli import run
from desktop.deliver import Order, gather
from desktop.guard.audiences import Audience
from desktop.guard.highs import Program
from desktop.licences import carried
from desktop.render import fonts
from desktop.reports.report import Asked
from desktop.self_test import CHECKS, Check, Found, Stopped, Trial, around, made, prove, trial, window
from desktop.self_test import carried as copy
from i18n import LANGUAGES, Words, catalogues

SHOWS = {check.name: check.shows for check in CHECKS}


@pytest.fixture
def tried() -> Iterator[Trial]:
    with Trial(quick=True) as opened:
        yield opened


@pytest.fixture
def outcome(tried: Trial) -> Callable[[str], Found]:
    """How a check ends."""

    def found(name: str) -> Found:
        ((_check, ended),) = prove(tried, checks=[check for check in CHECKS if check.name == name])
        return ended

    return found


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installed copy, with a list of its files and the licence of one part."""
    root = tmp_path / "versions" / "0.5.0"
    (root / "licences" / "part").mkdir(parents=True)
    (root / "jalon").write_bytes(b"program")
    (root / "licences" / "part" / "LICENSE").write_text("Do as you like.", encoding="utf-8")
    index = [{"name": "Part", "version": "1.0", "licence": "MIT", "files": ["part/LICENSE"]}]
    (root / "licences" / "index.json").write_text(json.dumps(index), encoding="utf-8")
    listed = {"path": "jalon", "size": 7, "sha256": hashlib.sha256(b"program").hexdigest(), "mode": "755"}
    (root / "files.json").write_text(json.dumps({"files": [listed]}), encoding="utf-8")
    monkeypatch.setattr(sys, "executable", str(root / "jalon"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    return root


def test_a_sound_copy_passes_and_touches_nothing_of_the_persons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own"
    (own / "jalon").mkdir(parents=True)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(own))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    settings.change(language="ar")
    before = {path: path.read_bytes() for path in own.rglob("*") if path.is_file()}
    assert run(["self-test", "--quick", "--json", "--language", "fr"]) == 0
    said = capfd.readouterr()
    told = json.loads(said.out)
    assert (told["version"], told["passed"], told["quick"]) == (VERSION, True, True)
    outcomes = {check["name"]: check["outcome"] for check in told["checks"]}
    assert list(outcomes) == [check.name for check in self_test.asked(quick=True)]
    must = set(outcomes) - {"files", "keyring", "printing", "licences", "screen"}
    assert {outcomes[name] for name in must} == {"ok"}
    assert all(check["reason"] for check in told["checks"])
    assert said.err.count("\n") >= len(outcomes), "how far it is, beside the answer"
    assert {path: path.read_bytes() for path in own.rglob("*") if path.is_file()} == before
    assert list(temporary.iterdir()) == []


def test_a_failure_is_said_in_the_language_asked_and_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(_trial: Trial) -> Found:
        raise OSError("no such thing")

    one = Check("fonts", "Fonts", breaks)
    monkeypatch.setattr(self_test, "CHECKS", (one,))
    assert run(["self-test", "--language", "es"]) == 1
    said, title = capsys.readouterr(), Words.of("es").gettext("Fonts")
    assert title in said.out and "no such thing" in said.out and title in said.err
    assert run(["self-test", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["passed"] is False


def test_an_update_is_not_sent_back_for_what_the_version_before_it_meets_as_well() -> None:
    left_out = {check.name for check in CHECKS} - {check.name for check in self_test.asked(quick=True)}
    assert left_out == {"policies", "settings", "clock", "disk"}
    assert self_test.asked(quick=False) == CHECKS


@pytest.mark.parametrize("fault", [OSError, KeyboardInterrupt])
def test_the_folder_is_taken_away_however_it_ends(fault: type[BaseException]) -> None:
    with pytest.raises(fault), Trial() as opened:
        folder = opened.folder
        (folder / "essai.jalon").write_bytes(b"x")
        assert sys.platform == "win32" or not folder.stat().st_mode & 0o077
        raise fault
    assert not folder.exists()


def test_it_stops_when_somebody_asks(tmp_path: Path) -> None:
    asked: list[str] = []
    with Trial(quick=True, cancelled=lambda: len(asked) == 2) as opened, pytest.raises(Stopped):
        prove(opened, lambda check, _number: asked.append(check.name))
    assert asked == ["files", "fonts"]


# Each check finds what it is there to find.


def test_a_spoiled_or_missing_file_is_named(installed: Path, outcome: Callable[[str], Found], tried: Trial) -> None:
    assert outcome("files").outcome == "ok"
    (installed / "jalon").write_bytes(b"progrbm")
    assert outcome("files").outcome == "ok", "the quick test looks at sizes only"
    tried.quick = False
    assert outcome("files").outcome == "not" and "jalon" in outcome("files").said(Words.of("en"))
    (installed / "jalon").unlink()
    tried.quick = True
    assert outcome("files").outcome == "not"
    (installed / "files.json").unlink()
    assert outcome("files").outcome == "not"


def test_a_broken_font_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: Callable[[str], Found]
) -> None:
    whole = resources.path

    def path(name: str) -> Path:
        return tmp_path / "broken.ttf" if name == "fonts/NotoSansArabic-Bold.ttf" else whole(name)

    (tmp_path / "broken.ttf").write_bytes(b"no font")
    caches = [one for one in vars(fonts).values() if hasattr(one, "cache_clear")]
    with closing(Emptied(caches)):
        assert outcome("fonts").outcome == "ok"
    monkeypatch.setattr(resources, "path", path)
    with closing(Emptied(caches)):
        assert outcome("fonts").outcome == "not"


class Emptied:
    """What was worked out from another copy is forgotten, before and after."""

    def __init__(self, caches: list[Any]) -> None:
        self._caches = caches
        self.close()

    def close(self) -> None:
        for cache in self._caches:
            cache.cache_clear()


def test_a_missing_or_short_catalogue_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: Callable[[str], Found]
) -> None:
    for language in LANGUAGES:
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        short = language == "es"
        second = "" if short else 'msgid "Two"\nmsgstr "2"\n'
        text = f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "One"\nmsgstr "1"\n\n{second}'
        if language != "ar":
            (folder / "messages.po").write_text(text, encoding="utf-8")
    with closing(Emptied([catalogues.catalogue])):
        monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
        found = outcome("catalogues")
    assert found.outcome == "not" and set(found.gaps["languages"]) == {"es", "ar"}  # type: ignore[arg-type]


def test_a_part_without_its_licence_is_found(installed: Path, outcome: Callable[[str], Found]) -> None:
    (part,) = carried()
    assert (part.name, part.version, part.licence, part.text()) == ("Part", "1.0", "MIT", "Do as you like.")
    assert outcome("licences").outcome == "ok"
    (installed / "licences" / "part" / "LICENSE").unlink()
    assert outcome("licences").outcome == "not"
    (installed / "licences" / "index.json").write_text("{", encoding="utf-8")
    assert outcome("licences").outcome == "not"


def test_a_solver_that_answers_wrongly_is_found(
    monkeypatch: pytest.MonkeyPatch, outcome: Callable[[str], Found]
) -> None:
    assert outcome("solver").outcome == "ok"
    monkeypatch.setattr(Program, "minimise", lambda *_asked: (0.0, 3.0))
    assert outcome("solver").outcome == "not"


def test_rules_that_cannot_be_relied_on_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: Callable[[str], Found]
) -> None:
    monkeypatch.setattr(policies, "machine_place", lambda: tmp_path / "policies.toml")
    assert outcome("policies").outcome == "no_matter"
    (tmp_path / "policies.toml").write_text("keyring = ", encoding="utf-8")
    assert outcome("policies").outcome == "not"


def test_a_settings_folder_that_cannot_be_written_in_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: Callable[[str], Found]
) -> None:
    monkeypatch.setattr(settings, "folder", lambda: tmp_path / "not yet" / "there")
    assert outcome("settings").outcome == "ok" and not (tmp_path / "not yet").exists()
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(settings, "folder", lambda: tmp_path / "file" / "jalon")
    assert outcome("settings").outcome == "not"


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_settings_that_everybody_can_change_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: Callable[[str], Found]
) -> None:
    tmp_path.chmod(0o777)
    monkeypatch.setattr(settings, "folder", lambda: tmp_path)
    assert outcome("settings").outcome == "not"


def test_a_clock_behind_the_program_and_a_full_disk_are_found(
    monkeypatch: pytest.MonkeyPatch, outcome: Callable[[str], Found]
) -> None:
    monkeypatch.setattr(around, "ROOM", 1)  # however full the disk is that tests run on
    assert outcome("disk").outcome == outcome("clock").outcome == "ok"
    monkeypatch.setattr(around, "ROOM", 1 << 60)
    monkeypatch.setattr(around, "_made_on", lambda: date(2999, 1, 1))
    assert outcome("disk").outcome == outcome("clock").outcome == "not"


def test_a_keyring_is_tried_with_an_entry_that_is_nobodys(
    monkeypatch: pytest.MonkeyPatch, outcome: Callable[[str], Found]
) -> None:
    kept = {(keychain.SERVICE, "/somebody's.jalon"): "key"}

    class Ring:
        def get_password(self, service: str, name: str) -> str | None:
            return kept.get((service, name))

        def set_password(self, service: str, name: str, key: str) -> None:
            assert (service, name) not in kept
            kept[service, name] = key

        def delete_password(self, service: str, name: str) -> None:
            del kept[service, name]

    monkeypatch.setattr(keychain, "_trusted", Ring)
    assert outcome("keyring").outcome == "ok"
    assert kept == {(keychain.SERVICE, "/somebody's.jalon"): "key"}
    monkeypatch.setattr(Ring, "get_password", lambda *_asked: None)
    assert outcome("keyring").outcome == "no_matter" and len(kept) == 1
    monkeypatch.setattr(keychain, "_trusted", lambda: None)
    assert outcome("keyring").outcome == "no_matter"


def test_a_window_that_cannot_be_drawn_is_said_in_its_own_words(
    monkeypatch: pytest.MonkeyPatch, outcome: Callable[[str], Found]
) -> None:
    monkeypatch.setattr(window, "program", lambda: [sys.executable, "-c", "raise SystemExit('no plugin found')"])
    found = outcome("window")
    assert found.outcome == "not" and "no plugin found" in found.said(Words.of("en"))
    assert outcome("printing").outcome == "no_matter"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen")
def test_a_screen_that_shows_no_window_is_found_by_the_whole_test(
    tried: Trial, monkeypatch: pytest.MonkeyPatch, outcome: Callable[[str], Found]
) -> None:
    monkeypatch.setattr(window, "program", lambda: [sys.executable, "-c", "raise SystemExit('no screen')"])
    monkeypatch.setenv("DISPLAY", ":nowhere")
    assert outcome("screen").outcome == "no_matter", "the quick test looks at none"
    tried.quick = False
    assert outcome("screen").outcome == "no_matter", "what is drawn for a test is shown nowhere"
    monkeypatch.delenv("QT_QPA_PLATFORM")
    assert outcome("screen").outcome == "not"
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert outcome("screen").outcome == "no_matter"


def whole(**but: Any) -> window.Drawn:
    drawn = {"languages": LANGUAGES, "scripts": ("Arabic", "Latin"), "icons": True, "own_words": ("fr", "es", "ar")}
    return window.Drawn(**(drawn | but))


@pytest.mark.parametrize("but", [{"languages": ("fr",)}, {"scripts": ("Latin",)}, {"icons": False}, {"own_words": ()}])
def test_a_window_without_words_letters_or_icons_is_found(but: dict[str, Any], outcome: Callable[[str], Found]) -> None:
    with Trial() as opened:
        opened.drawn = whole()
        assert around.window(opened).outcome == "ok" and around.printing(opened).outcome == "no_matter"
        opened.drawn = whole(printers=("Bureau",))
        assert around.printing(opened).outcome == "ok"
        opened.drawn = whole(**but)
        with pytest.raises(trial.NotShown):
            around.window(opened)


def test_a_record_in_the_clear_or_none_at_all_is_found(
    tried: Trial, outcome: Callable[[str], Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outcome("encryption").outcome == "not", "there is no record yet"
    assert outcome("import").outcome == outcome("reports").outcome == "not"
    assert outcome("record").outcome == outcome("encryption").outcome == "ok"
    assert outcome("record").outcome == "not", "there is one already"
    (tried.folder / "essai.jalon-beside").write_bytes(b"...CREATE TABLE...")
    assert outcome("encryption").outcome == "not"
    monkeypatch.setattr("desktop.self_test.trial.spawn", _does_not_start)
    assert outcome("worker").outcome == outcome("import").outcome == "not"


def test_reports_that_hide_no_small_number_are_found(tried: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the quick test makes them; the workbook that came in names five people of one area."""
    with monkeypatch.context() as here:
        here.setattr(tried, "elsewhere", lambda does, *given, told=False: does(*given))
        for name in ("record", "import"):
            SHOWS[name](tried)
        here.setattr(made, "_make_all", lambda _tables, _orders: (0, None))
        with pytest.raises(trial.NotShown):
            made.reports(tried)


def _does_not_start() -> None:
    raise OSError("no second process")


def test_a_report_that_cannot_be_made_or_opened_is_named(record: Record) -> None:
    order = Order("calendar", Asked(audience=Audience.INTERNAL), "fr", "text")
    tables = gather(record, order)
    assert made._make_all(tables, [order], lambda _part: None) == (0, None)
    broken = Order("calendar", order.asked, "no language", "text")
    _hidden, found = made._make_all(tables, [order, broken], lambda _part: None)
    assert found is not None and found[0] == broken and found[1]
    for form in ("pdf", "docx", "xlsx", "text"):
        with pytest.raises((OSError, ValueError, RuntimeError, zipfile.BadZipFile)):
            made._open(b"", form)


def test_what_fonts_are_tried_with_covers_each_language() -> None:
    assert set(LANGUAGES) <= set(copy._LETTERS)
