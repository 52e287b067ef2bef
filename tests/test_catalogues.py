"""Nothing is missing, guessed or out of step in the four catalogues; and the tool that says so can tell."""

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message

from i18n import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """packaging/catalogues.py, which is run by its path and no package of ours."""
    spec = importlib.util.spec_from_file_location("catalogues_tool", ROOT / "packaging" / "catalogues.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def house(tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small house of one module, with its own catalogues."""
    (tmp_path / "desktop").mkdir()
    for language in ("fr", "ar", "en"):
        (tmp_path / "i18n" / "locales" / language / "LC_MESSAGES").mkdir(parents=True)
    for name, value in (
        ("ROOT", tmp_path),
        ("LOCALES", tmp_path / "i18n/locales"),
        ("TEMPLATE", tmp_path / "i18n/messages.pot"),
    ):
        monkeypatch.setattr(tool, name, value)
    write(tmp_path, 'words.gettext("Partners")\n')
    return tmp_path


def write(house: Path, code: str) -> None:
    (house / "desktop" / "module.py").write_text(code, "utf-8")


def french(house: Path) -> Path:
    return house / "i18n" / "locales" / "fr" / "LC_MESSAGES" / "messages.po"


def said(house: Path, message: str, translation: str, comment: str = "") -> None:
    before = french(house).read_text("utf-8")
    asked = f'msgid "{message}"\nmsgstr ""'
    assert asked in before
    french(house).write_text(before.replace(asked, f'{comment}msgid "{message}"\nmsgstr "{translation}"'), "utf-8")


def test_every_language_says_everything(tool: ModuleType) -> None:
    assert list(tool.faults()) == []


def test_no_message_stands_inside_an_f_string_where_it_is_not_found(tool: ModuleType) -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for room in tool.ROOMS
        for path in (ROOT / room).rglob("*.py")
        for joined in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", getattr(call.func, "attr", None)) in tool.KEYWORDS
        and isinstance(call.args[0] if call.args else None, ast.Constant)
    ]
    assert hidden == []


def test_there_is_a_catalogue_for_every_language_on_offer(tool: ModuleType) -> None:
    assert set(tool.languages()) >= set(LANGUAGES)


def test_a_catalogue_for_reports_alone_says_what_somebody_translated_and_says_it_right(
    tool: ModuleType, house: Path
) -> None:
    swahili = house / "i18n" / "locales" / "sw" / "LC_MESSAGES" / "messages.po"
    swahili.parent.mkdir(parents=True)
    write(house, 'words.gettext("Partners")\nwords.gettext("Donor {name}")\nwords.gettext("Agreement")\n')
    header = 'msgid ""\nmsgstr ""\n"Language: sw\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    swahili.write_text(f'{header}msgid "Partners"\nmsgstr "Washirika"\n\nmsgid "Agreement"\nmsgstr ""\n', "utf-8")
    tool.update()
    assert "Washirika" in swahili.read_text("utf-8")
    assert "Agreement" not in swahili.read_text("utf-8"), "what nobody translated is not there"
    assert not [one for one in tool.faults() if one.startswith("sw")]
    with swahili.open("a", encoding="utf-8") as file:
        file.write('\nmsgid "Donor {name}"\nmsgstr "Mfadhili {jina}"\n')
    assert [one for one in tool.faults() if one.startswith("sw")] == ["sw: gaps ['jina'], not ['name']: 'Donor {name}'"]


def test_what_was_translated_and_reviewed_stays(tool: ModuleType, house: Path) -> None:
    tool.update()
    said(house, "Partners", "Partenaires", "# reviewed\n")
    tool.update()
    write(house, '\n\nwords.gettext("Donors")\nwords.gettext("Partners")\n')
    tool.update()
    assert '# reviewed\n#: desktop/module.py\nmsgid "Partners"\nmsgstr "Partenaires"' in french(house).read_text(
        "utf-8"
    )


def test_a_second_update_changes_nothing(tool: ModuleType, house: Path) -> None:
    write(house, 'words.ngettext("{count} partner", "{count} partners", n)\nwords.pgettext("of a list", "New")\n')
    tool.update()
    first = french(house).read_bytes()
    write(house, '\n\n\nwords.ngettext("{count} partner", "{count} partners", n)\nwords.pgettext("of a list", "New")\n')
    tool.update()
    assert french(house).read_bytes() == first


def test_a_similar_message_is_never_guessed(tool: ModuleType, house: Path) -> None:
    tool.update()
    said(house, "Partners", "Partenaires")
    write(house, 'words.gettext("Partner")\n')
    tool.update()
    assert "fr: missing: 'Partner'" in list(tool.faults())
    assert '#~ msgstr "Partenaires"' in french(house).read_text("utf-8")


def test_a_message_that_comes_back_is_remembered(tool: ModuleType, house: Path) -> None:
    tool.update()
    said(house, "Partners", "Partenaires")
    write(house, "")
    tool.update()
    write(house, 'words.gettext("Partners")\n')
    tool.update()
    assert 'msgid "Partners"\nmsgstr "Partenaires"' in french(house).read_text("utf-8")
    tool.update(tidy=True)
    assert "#~" not in french(house).read_text("utf-8")


def test_code_that_cannot_be_read_stops_the_update(tool: ModuleType, house: Path) -> None:
    tool.update()
    write(house, "words.gettext(\n")
    before = french(house).read_bytes()
    with pytest.raises(SyntaxError):
        tool.update()
    assert french(house).read_bytes() == before


def faults(
    tool: ModuleType, language: str, message: str | tuple[str, str], translation: str | tuple[str, ...]
) -> list[str]:
    return list(tool.faults_of(Message(message), Message(message, translation), Catalog(locale=language)))


@pytest.mark.parametrize(
    ("message", "translation"),
    [
        ("Partner of {name}", "Partenaire de {nom}"),
        ("Partner of {name}", "Partenaire"),
        ("Partner", "Partenaire de {name}"),
        ("Partner", "Partenaire {"),
        ("&Partner", "Partenaire"),
        ("Save && close", "&Enregistrer et fermer"),
        ("Partner", "Partenaire "),
        ("Partner: {name}", "Partenaire\u00a0: {name}"),
        ("Partner", ""),
    ],
)
def test_a_translation_that_breaks_its_message_is_seen(tool: ModuleType, message: str, translation: str) -> None:
    assert len(faults(tool, "fr", message, translation)) == 1


def test_a_plural_may_leave_its_number_out_only_where_there_is_but_one(tool: ModuleType) -> None:
    message = ("{count} partner", "{count} partners")
    arabic = ("{count} a", "شريك واحد", "شريكان", "{count} شركاء", "{count} شريكا", "{count} شريك")
    assert faults(tool, "ar", message, arabic) == []
    assert faults(tool, "fr", message, ("un partenaire", "{count} partenaires"))  # French says it of none too
    assert faults(tool, "es", message, ("un socio", "{count} socios")) == []
    assert faults(tool, "ar", message, arabic[:2])


def test_the_tool_runs_by_its_path(tool: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match="translators' tool"):
        tool.main(["guess"])
    assert "catalogues_tool" not in sys.modules
