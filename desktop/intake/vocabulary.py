"""How files say things: headings and code words of many files in four languages, kept as data and looked up here.

Two ways of writing a heading count as one when they differ in case, accents, spaces, punctuation or an instruction in
brackets; no two countries share headings, so the list grows in `resources/headings.csv` and not in code.
"""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache

import resources
from db.models.activities import MISSING_DATES, SECTORS, SENSITIVITIES, STATUSES
from db.models.donors import FUNDING_KINDS
from db.models.organisations import TYPES
from db.models.results import COUNTINGS, METHODS, UNITS
from i18n import LANGUAGES, Words
from i18n.alike import trigrams
from i18n.folding import search_form

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
_HXL = re.compile(r"\s*#[A-Za-z][A-Za-z0-9_]*(\s*\+\s*[A-Za-z][A-Za-z0-9_]*)*\s*")
_OURS: dict[str, tuple[tuple[str, str], ...]] = {
    "sector": SECTORS,
    "status": STATUSES,
    "sensitivity": SENSITIVITIES,
    "org_type": TYPES,
    "counting": COUNTINGS,
    "method": METHODS,
    "unit": UNITS,
    "missing_date": MISSING_DATES,
    "funding": FUNDING_KINDS,
    "yes_no": (("yes", "Yes"), ("no", "No")),
    "blank": (("", "Unknown"),),
}


@dataclass(frozen=True)
class Guess:
    """The field that a heading probably stands for, and how sure that is (1 is certain)."""

    field: str
    sureness: float


@lru_cache(maxsize=50_000)
def heading_key(text: str) -> str:
    """A heading without what never tells two headings apart."""
    return "".join(letter for letter in search_form(text) if letter.isalnum())


def guess(heading: str) -> Guess | None:
    """The field a heading stands for: by the whole of it, without its instructions, by its first line, or nearly."""
    known = _headings()
    for sureness, text in (
        (1.0, heading),
        (0.99, _BRACKETED.sub(" ", heading)),
        (0.98, heading.strip().partition("\n")[0]),
        (0.97, _BRACKETED.sub(" ", heading).strip().partition("\n")[0]),
    ):
        if found := known.get(heading_key(text)):
            field, rank = found
            # Of two columns that may be the same field, the heading named first in the list is the better one.
            return Guess(field, sureness - rank / 100)
    return _near(heading_key(_BRACKETED.sub(" ", heading)))


def guess_tag(cell: str) -> Guess | None:
    """The field an HXL tag stands for: the same tag with the same attributes, else the one with the most in common."""
    if not is_tag(cell):
        return None
    tag, attributes = _parsed(cell)
    best: Guess | None = None
    for field, known_tag, known_attributes in _tags():
        if known_tag != tag or not known_attributes <= attributes:
            continue
        sureness = 1.01 if known_attributes == attributes else 0.8 + len(known_attributes) / 100
        # What comes on top in the file's tag narrows the sense: a plain count of men is no count of everybody.
        if attributes - known_attributes - {"name", "ind", "v_pcodes", "v_iso3", "num", "label"}:
            continue
        if best is None or sureness > best.sureness:
            best = Guess(field, sureness)
    return best


def is_tag(cell: object) -> bool:
    """Whether a cell is an HXL hashtag."""
    return isinstance(cell, str) and bool(_HXL.fullmatch(cell))


def label(field: str, language: str) -> str:
    """What people call a field of a file."""
    labels = _labels()
    return labels.get((field, language)) or labels.get((field, "en")) or field


def fields() -> frozenset[str]:
    """Every field that a column can be mapped to."""
    return frozenset(field for field, _language in _labels())


def code_of(field: str, text: str) -> str | None:
    """The code behind a word of a file, such as "ongoing" for "En cours"."""
    return _values().get((field, heading_key(text)))


def says_nothing(text: str) -> bool:
    """Whether a text stands for a blank: a dash, "n/a", "non renseigné"."""
    return not text or ("blank", heading_key(text)) in _values()


def likeness(first: str, second: str) -> float:
    """How alike two texts are by their runs of three letters, 0 to 1."""
    ours, theirs = trigrams(first), trigrams(second)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


def _near(key: str) -> Guess | None:
    """The field of the heading most like this one, where a slip of the hand explains the difference."""
    if len(key) < 8:
        return None
    best, sureness = "", 0.0
    for known, (field, _rank) in _headings().items():
        if abs(len(known) - len(key)) <= 3 and len(known) >= 8 and (alike := likeness(known, key)) > sureness:
            best, sureness = field, alike
    return Guess(best, sureness - 0.1) if sureness >= 0.8 else None


@lru_cache
def _rows(name: str) -> tuple[tuple[str, ...], ...]:
    with resources.path(name).open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row) for row in csv.reader(file))[1:]


@lru_cache
def _headings() -> dict[str, tuple[str, int]]:
    known: dict[str, tuple[str, int]] = {}
    ranks: dict[tuple[str, str], int] = {}
    for field, language, heading in _rows("headings.csv"):
        if language == "hxl":
            continue
        rank = ranks[field, language] = ranks.get((field, language), -1) + 1
        key = heading_key(heading)
        if key not in known or rank < known[key][1]:
            known[key] = field, rank
    # Exchange files are headed by the codes themselves.
    for field in fields():
        known.setdefault(heading_key(field), (field, 0))
    return known


@lru_cache
def _labels() -> dict[tuple[str, str], str]:
    labels: dict[tuple[str, str], str] = {}
    for field, language, heading in _rows("headings.csv"):
        if language != "hxl":
            labels.setdefault((field, language), heading)
    return labels


@lru_cache
def _tags() -> tuple[tuple[str, str, frozenset[str]], ...]:
    return tuple((field, *_parsed(heading)) for field, language, heading in _rows("headings.csv") if language == "hxl")


def _parsed(tag: str) -> tuple[str, frozenset[str]]:
    name, *attributes = (part.strip().lower() for part in tag.split("+"))
    return name, frozenset(attributes)


@lru_cache
def _values() -> dict[tuple[str, str], str]:
    values: dict[tuple[str, str], str] = {}
    for field, code, text in _rows("values.csv"):
        values.setdefault((field, heading_key(text)), code)
        if code:
            values.setdefault((field, heading_key(code)), code)
    # What we write ourselves comes back in our own words, whatever language it was written in.
    for field, choices in _OURS.items():
        for language in LANGUAGES:
            for code, title in choices:
                values.setdefault((field, heading_key(Words.of(language).gettext(title))), code)
    return values
