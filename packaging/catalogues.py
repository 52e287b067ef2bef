"""The translators' tool: `update` the catalogues from the code, `check` them before they are sent.

    python packaging/catalogues.py update [--tidy] | check | missing LANGUAGE

Nothing is ever guessed from a similar message: a fuzzy match in a donor's report is a wrong sentence nobody read.
English is the message itself. Line numbers and dates are not kept, so that a change of code is no change of catalogue;
what a person wrote (translations, `# reviewed`) is. Messages the code no longer has stay at the end until `--tidy`.

The languages of the screen say everything. Any other catalogue is for reports and says what somebody translated, the
rest being shown in English and marked: of it nothing is missing, but what it says must be right.
"""

import ast
import re
import sys
from collections.abc import Iterator
from gettext import c2py
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from i18n import LANGUAGES  # noqa: E402 # found only once the project stands on the path

LOCALES = ROOT / "i18n" / "locales"
TEMPLATE = ROOT / "i18n" / "messages.pot"
ROOMS = ("db", "desktop", "i18n", "resources")
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "counted": (1, 2),  # of desktop.ui.language
    "says": None,  # what a module that says much calls `words.gettext`
}
_UNTOLD = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Language-Team|Report-Msgid)[^\n]*\n',
    re.MULTILINE,
)
_OURS_TO_SET = re.compile("[\u00a0\u202f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def languages() -> list[str]:
    """A folder a language."""
    return sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir())


def file_of(language: str) -> Path:
    """Where a language's catalogue stands."""
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """A language's catalogue as it stands, or an empty one."""
    if not file_of(language).exists():
        return new_catalog(language)
    with file_of(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def new_catalog(language: str | None) -> Catalog:
    """An empty catalogue with Babel's own plural header for its language."""
    return Catalog(locale=language, project="Jalon", version="", fuzzy=False, header_comment="# Messages of Jalon.")


def template() -> Catalog:
    """Every message the code holds."""
    catalog = new_catalog(None)
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            ast.parse(path.read_text("utf-8"), str(path))  # what cannot be read must not look like one without messages
            name = path.relative_to(ROOT).as_posix()
            for _line, text, comments, context in extract_from_file(
                "python", path, KEYWORDS, ("Translators:",), strip_comment_tags=True
            ):
                catalog.add(text, None, [(name, 0)], auto_comments=comments, context=context)
    return without_percent_flags(catalog)


def without_percent_flags(catalog: Catalog) -> Catalog:
    """The catalogue without Babel's guess that "35 % of" is a format: our gaps are named, in braces."""
    for message in catalog:
        message.flags.discard("python-format")
    return catalog


def brought_up_to_date(language: str, source: Catalog, tidy: bool) -> Catalog:
    """A language's catalogue with the code's messages, and what was already said in that language."""
    old, new = read(language), new_catalog(language)
    gone = {(message.id, message.context): message for message in old.obsolete.values()}
    for message in source:
        if not message.id:
            continue
        # One that left the code and has come back is remembered.
        known = old.get(message.id, message.context) or gone.get((message.id, message.context))
        said = known.string if known and known.pluralizable == message.pluralizable else None
        if language not in LANGUAGES and not (known and any(forms(known))):
            continue
        new.add(
            message.id,
            message.id if language == "en" else said,
            message.locations,
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            context=message.context,
        )
    if language != "en" and not tidy:
        for message in (*old, *gone.values()):
            if message.id and any(forms(message)) and not new.get(message.id, message.context):
                first = originals(message)[0]
                new.obsolete[(first, message.context) if message.context else first] = message
    return without_percent_flags(new)


def originals(message: Message) -> tuple[str, ...]:
    """What the code says: one text, or the singular and the plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    """What a language says: one text a plural form."""
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


def written(catalog: Catalog) -> bytes:
    """The file's bytes, without what would differ at every run."""
    file = BytesIO()
    write_po(file, catalog, width=120, sort_output=True, include_lineno=False)
    return _UNTOLD.sub(b"", file.getvalue()).replace(b"Jalon VERSION", b"Jalon", 1)


def update(tidy: bool = False) -> None:
    """Bring the template and every catalogue up to what the code says."""
    source = template()
    TEMPLATE.write_bytes(written(source))
    for language in languages():
        catalog = brought_up_to_date(language, source, tidy)
        file_of(language).parent.mkdir(parents=True, exist_ok=True)
        file_of(language).write_bytes(written(catalog))
        missing = sum(not all(forms(message)) for message in catalog if message.id)
        print(f"{language}: {len(catalog)} messages, {missing} missing, {len(catalog.obsolete)} no longer used")


def faults() -> Iterator[str]:
    """Everything that keeps the catalogues from being sent, a line each."""
    source = template()
    if TEMPLATE.read_bytes() != written(source):
        yield "messages.pot: not what the code says; run: python packaging/catalogues.py update"
    for language in languages():
        catalog = read(language)
        expected = new_catalog(language)
        if catalog.plural_forms != expected.plural_forms:
            yield f"{language}: plural header is {catalog.plural_forms}, not {expected.plural_forms}"
        for message in source:
            if message.id:
                said = catalog.get(message.id, message.context)
                if language not in LANGUAGES and said is None:
                    continue
                yield from (f"{language}: {fault}: {message.id!r}" for fault in faults_of(message, said, expected))
        for message in catalog:
            if message.id and not source.get(message.id, message.context):
                yield f"{language}: no longer in the code: {message.id!r}"


def _says(catalog: Catalog, message: Message) -> bool:
    said = catalog.get(message.id, message.context)
    return said is not None and all(forms(said))


def faults_of(message: Message, said: Message | None, language: Catalog) -> Iterator[str]:
    """What is wrong with one message in one language."""
    if said is None or said.pluralizable != message.pluralizable or not all(forms(said)):
        yield "missing"
        return
    if said.fuzzy:
        yield "fuzzy"
    if message.pluralizable and len(forms(said)) != language.num_plurals:
        yield f"{len(forms(said))} plural forms, not {language.num_plurals}"
    wanted = set().union(*(gaps(text) for text in originals(message)))
    longest = originals(message)[-1]
    for index, text in enumerate(forms(said)):
        left_out = wanted - gaps(text)
        may_be = message.pluralizable and len(left_out) == 1 and stands_for_one(language, index)
        if gaps(text) - wanted or (left_out and not may_be):
            yield f"gaps {sorted(gaps(text))}, not {sorted(wanted)}"
        if mnemonics(text) != mnemonics(longest):
            yield f"{mnemonics(text)} keyboard letters, not {mnemonics(longest)}"
        if (text[:1].isspace(), text[-1:].isspace()) != (longest[:1].isspace(), longest[-1:].isspace()):
            yield "blanks at its ends differ"
        if _OURS_TO_SET.search(text):
            yield "a fixed space or a direction mark, which Words sets"


def gaps(text: str) -> set[str]:
    """The names in braces."""
    try:
        return {name for _before, name, _form, _turn in Formatter().parse(text) if name is not None}
    except ValueError:
        return {f"(unreadable: {text})"}


def stands_for_one(language: Catalog, form: int) -> bool:
    """Whether a plural form is said of one number alone (Arabic's dual), which may then go unsaid."""
    plural = c2py(language.plural_expr)
    return sum(plural(n) == form for n in range(1000)) == 1


def mnemonics(text: str) -> int:
    """How many letters it names for the keyboard: an ampersand before a letter, doubled ones aside."""
    return len(re.findall(r"&(?=\w)", text.replace("&&", "")))


def main(arguments: list[str]) -> int:
    """Do what is asked; 1 when `check` finds something."""
    match arguments:
        case ["update"]:
            update()
        case ["update", "--tidy"]:
            update(tidy=True)
        case ["missing", language]:
            said = read(language)
            sys.stdout.writelines(f"{m.id!r}\n" for m in template() if m.id and not _says(said, m))
        case ["check"]:
            found = list(faults())
            sys.stdout.writelines(f"{fault}\n" for fault in found)
            print(f"catalogues: {len(found)} faults")
            return bool(found)
        case _:
            sys.exit(__doc__)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
