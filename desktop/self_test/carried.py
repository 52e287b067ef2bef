"""What an installed copy carries: its files, letters, words and licences, and the solver of small numbers."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from desktop.guard.highs import Program, Row
from desktop.licences import carried
from desktop.render.fonts import Cut, choose
from desktop.self_test.trial import Found, NotShown, Trial, no_matter, ok
from desktop.updates.layout import LISTING
from i18n import LANGUAGES, N_, Words
from i18n.catalogues import lacking

_LETTERS = {
    "fr": "Àâçéèêëîïôœùûüÿ « » ’ …",
    "en": "Qk – “£”",
    "es": "áéíóúüñ ¿? ¡!",
    "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي ، ؛ ؟",
    "am": "አማርኛ",
    "zh": "机构",
}
"""What is written in each language on offer, and in scripts that names come in."""


def files(trial: Trial) -> Found:
    """Every file of the copy stands as it was made; from a checkout there is no list of them.

    The list is read as it is: one of macOS has links to folders, which no update could bring.
    """
    root = Path(sys.executable).resolve().parent
    listing = root / LISTING
    if not getattr(sys, "frozen", False):
        return no_matter(N_("This copy runs from its source: it has no list of files."))
    try:
        listed: list[dict[str, Any]] = json.loads(listing.read_text(encoding="utf-8"))["files"]
        spoiled = [one["path"] for one in listed if not _stands(root / one["path"], one, whole=not trial.quick)]
    except (OSError, ValueError, KeyError, TypeError) as unread:
        raise NotShown(N_("The list of the files of this copy cannot be read. Install Jalon again.")) from unread
    if spoiled:
        raise NotShown(N_("These files are missing or altered: {files}. Install Jalon again."), files=spoiled[:5])
    return ok(N_("{count} files stand as they were made."), count=len(listed))


def _stands(file: Path, listed: dict[str, Any], *, whole: bool) -> bool:
    try:
        if "link" in listed:
            return bool(file.readlink().as_posix() == listed["link"])
        if file.stat().st_size != listed["size"]:
            return False
        return not whole or hashlib.sha256(file.read_bytes()).hexdigest() == listed["sha256"]
    except OSError:
        return False


def fonts(_trial: Trial) -> Found:
    """Every letter of the languages on offer has a glyph, upright and bold."""
    absent = [
        letter
        for cut in (Cut.REGULAR, Cut.BOLD)
        for text in _LETTERS.values()
        for letter in text
        if choose(letter, cut, None) is None
    ]
    if absent:
        raise NotShown(N_("No font of ours has these characters: {characters}"), characters="".join(absent))
    return ok(N_("Every letter that reports are written in has its font."))


def catalogues(_trial: Trial) -> Found:
    """Each language on offer says everything, in words of its own."""
    short = {language: count for language, count in lacking().items() if count}
    if short:
        raise NotShown(
            N_("The words of these languages are missing or not whole: {languages}. Install Jalon again."),
            languages=list(short),
        )
    return ok(
        N_("Everything is said in {languages}."), languages=[Words.of(one).language_name(one) for one in LANGUAGES]
    )


def licences(_trial: Trial) -> Found:
    """The licence of everything carried comes with it."""
    found = carried()
    without = [one.name for one in found if not one.texts]
    if not found:
        raise NotShown(N_("The licences of what Jalon carries are not there. Install Jalon again."))
    if without and getattr(sys, "frozen", False):
        raise NotShown(N_("These parts came without their licence: {names}."), names=without[:5])
    return ok(N_("The licences of {count} parts are carried."), count=len(found))


def solver(_trial: Trial) -> Found:
    """The linear programs by which small numbers are hidden are solved."""
    found = Program([(0.0, 10.0), (0.0, 10.0)], [Row({0: 1.0, 1: 1.0}, 3.0, 20.0)]).minimise({0: 1.0, 1: 2.0})
    if found is None or abs(found[0] - 3) + abs(found[1]) > 1e-6:
        raise NotShown(N_("Small numbers cannot be hidden on this computer: the solver answers wrongly."))
    return ok(N_("Small numbers can be hidden."))
