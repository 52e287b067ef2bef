"""Catalogues of translated messages, found beside this module.

`.mo` files are built at set-up and not kept in the history. Where one is absent or older than its `.po`, the `.po` is
read instead, so that nobody ever looks at stale words.
"""

from datetime import UTC, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from i18n.isolation import FSI, PDI
from i18n.languages import LANGUAGES, PSEUDO

LOCALES = Path(__file__).parent / "locales"


def texts_of(language: str) -> Path:
    """Where the translated messages of a language are written by hand."""
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


class Untranslated(NullTranslations):
    """English in the place of what a catalogue does not say, marked so that nobody takes it for the language's own."""

    def gettext(self, message: str) -> str:
        return marked(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return marked(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return marked(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return marked(msgid1 if n == 1 else msgid2)


MARK = f"{FSI}[en] "
"""What English opens with where another language was asked for."""


def marked(message: str) -> str:
    """English in the place of another language, to be seen as such."""
    return f"{MARK}{message}{PDI}"


@lru_cache
def catalogue(language: str) -> NullTranslations:
    """The messages of a language; of one beyond those on offer, what its catalogue lacks is marked."""
    found = load(texts_of(language))
    if language in (*LANGUAGES, PSEUDO):
        return found
    if type(found) is NullTranslations:
        return Untranslated()
    found.add_fallback(Untranslated())
    return found


def speaks(tag: str) -> bool:
    """Whether there are words in a language: one on offer, or one whose catalogue lies in the folder."""
    return tag[:2] in LANGUAGES or tag.replace("_", "-").split("-")[0] in dropped_in()


def dropped_in() -> list[str]:
    """The languages beyond those on offer that somebody has put a catalogue of into the folder."""
    folders = (texts.parent.parent.name for texts in LOCALES.glob("*/LC_MESSAGES/messages.[mp]o"))
    return sorted(set(folders) - {*LANGUAGES, PSEUDO})


def load(texts: Path) -> NullTranslations:
    """The messages of a `.po` file, from its `.mo` if that is no older; without either, as they stand in the code."""
    built = texts.with_suffix(".mo")
    if built.exists() and not (texts.exists() and texts.stat().st_mtime > built.stat().st_mtime):
        return GNUTranslations(BytesIO(built.read_bytes()))
    if texts.exists():
        return GNUTranslations(BytesIO(compiled(texts)))
    return NullTranslations()


def compiled(texts: Path) -> bytes:
    """A `.po` file as the bytes of a `.mo`; fuzzy messages and half said ones stay out."""
    # Needed only where a catalogue was not built: the window should not wait for it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with texts.open("rb") as source:
        messages = read_po(source, abort_invalid=True)
    for message in [one for one in messages if one.id and isinstance(one.string, tuple) and not all(one.string)]:
        messages.delete(message.id, message.context)
    # Babel writes the moment of reading where a file names none: the same words are to be the same bytes.
    messages.creation_date = messages.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    compiled = BytesIO()
    write_mo(compiled, messages)
    return compiled.getvalue()


def build() -> list[Path]:
    """Write the `.mo` beside every `.po`, and say which were written."""
    written = []
    for texts in sorted(LOCALES.glob("*/LC_MESSAGES/messages.po")):
        texts.with_suffix(".mo").write_bytes(compiled(texts))
        written.append(texts.with_suffix(".mo"))
    return written


def lacking() -> dict[str, int]:
    """How many messages each language on offer lacks that another one has; all of them where its catalogue is gone."""
    said = {language: _messages(catalogue(language)) for language in LANGUAGES}
    every = frozenset().union(*said.values())
    return {language: len(every - own) if own else max(1, len(every)) for language, own in said.items()}


def _messages(found: NullTranslations) -> frozenset[str]:
    held = getattr(found, "_catalog", {})
    return frozenset(key if isinstance(key, str) else key[0] for key, text in held.items() if text)
