"""Screening against a sanctions list that lies in a file, without a network: who of ours is like which entry.

The file is read in the other process, like every foreign file; what comes back is the few likenesses that a person has
to judge at once. The list is not kept. It is the UN Security Council's consolidated list in XML, whose every entry has
its names in Latin letters, often in its own script, and its aliases.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from math import log2
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from db.queries.screening import Subject
from desktop.intake.errors import FileNotFound, FileRefused, FileTooLarge, FileUnreadable
from i18n import N_
from i18n.spelling import likeness, word_keys, word_likeness, words_of

UN = "UN Security Council Consolidated List"
"""What the list calls itself, in whatever language the window speaks."""
MEGABYTES = 100
LOOKS_ALIKE = 0.75
"""From here on a person looks at it."""

_SHORT, _LITTLE = 3, 0.3
_MOST_ENTRIES = 200_000
_MOST_NAMES = 200
_LONGEST_NAME = 500
_DEEPEST = 30
_CHUNK = 1024 * 1024
_ENTRIES = ("INDIVIDUAL", "ENTITY")
_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_WHOLE_NAMES = ("NAME_ORIGINAL_SCRIPT", "ALIAS_NAME")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class NotASanctionsList(FileRefused):
    message = N_(
        "{name} is not a sanctions list that can be read here. Choose the consolidated list of the UN Security "
        "Council as XML."
    )


class ListWithDeclarations(FileRefused):
    message = N_(
        "{name} declares a document type or entities, which a sanctions list never does, and was not read. Ask for a "
        "fresh copy."
    )


class ListTooLong(FileRefused):
    message = N_("{name} holds more than a sanctions list can and was not read. Ask for a fresh copy.")


@dataclass(frozen=True)
class ListEntry:
    """An entry of a list: its reference and all its names."""

    reference: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class SanctionsList:
    """A list as it was read, with the day it was made where it says so."""

    dated: date | None
    entries: tuple[ListEntry, ...]


@dataclass(frozen=True)
class Candidate:
    """Somebody of ours under one of their names, and the entry that is like it: for a person to judge."""

    subject: Subject
    name: str
    entry_name: str
    reference: str
    score: float


@dataclass(frozen=True)
class Screened:
    """What came of a screening: the likenesses, the most like first, and whoever is like nobody."""

    dated: date | None
    entries: int
    candidates: tuple[Candidate, ...]
    clear: tuple[Subject, ...]


def screen(path: Path, subjects: tuple[Subject, ...], progress: Callable[[float], object] | None = None) -> Screened:
    """Compare everybody with every entry of the list in a file."""
    read = read_list(path)
    return compare(read, subjects, progress)


def compare(
    read: SanctionsList, subjects: tuple[Subject, ...], progress: Callable[[float], object] | None = None
) -> Screened:
    """The likenesses between these subjects and the entries of a list."""
    index = _Index(read.entries, subjects)
    candidates: list[Candidate] = []
    clear: list[Subject] = []
    for number, subject in enumerate(subjects):
        found = index.like(subject)
        candidates += found
        if not found:
            clear.append(subject)
        if progress and number % 50 == 0:
            progress(number / len(subjects))
    candidates.sort(key=lambda one: -one.score)
    return Screened(read.dated, len(read.entries), tuple(candidates), tuple(clear))


class _Index:
    """The names of the list by their words, and how much each word of an organisation's name tells."""

    def __init__(self, entries: Iterable[ListEntry], subjects: Iterable[Subject]) -> None:
        self._names = [(name, entry) for entry in entries for name in entry.names]
        self._holding: dict[str, set[int]] = defaultdict(set)
        for number, (name, _entry) in enumerate(self._names):
            for word in _words(name):
                self._holding[word].add(number)
        self._by_key: dict[str, set[str]] = defaultdict(set)
        for word in self._holding:
            for key in word_keys(word):
                self._by_key[key].add(word)
        self._alike: dict[str, set[int]] = {}
        self._times = Counter(
            word
            for one in subjects
            if one.contact_id is None
            for word in {word for name in one.names for word in words_of(name)}
        )

    def like(self, subject: Subject) -> list[Candidate]:
        """The entries like this subject, each once, by the two names that are most alike."""
        best: dict[ListEntry, Candidate] = {}
        # In people's names every word tells the same; in organisations' names some stand in every second one.
        weight = (lambda _word: 1.0) if subject.contact_id else self._tells
        for name in subject.names:
            for number in self._worth_comparing(name):
                theirs, entry = self._names[number]
                score = likeness(name, theirs, weight)
                if score >= LOOKS_ALIKE and (entry not in best or score > best[entry].score):
                    best[entry] = Candidate(subject, name, theirs, entry.reference, score)
        return list(best.values())

    def _worth_comparing(self, name: str) -> list[int]:
        """The names that share two words with this one, or are alike as a whole."""
        *words, whole = _words(name)
        shared = Counter(number for word in set(words) for number in self._with_one_like(word))
        return [*self._with_one_like(whole), *(number for number, times in shared.items() if times > 1)]

    def _with_one_like(self, word: str) -> set[int]:
        if word not in self._alike:
            near = set[str]().union(*(self._by_key.get(key, ()) for key in word_keys(word)))
            alike = [each for each in near if word_likeness(word, each)]
            self._alike[word] = set[int]().union(*(self._holding[each] for each in alike))
        return self._alike[word]

    def _tells(self, word: str) -> float:
        """How much a word of an organisation's name tells: of, for and the tell as little as what many are called."""
        short = len(word) <= _SHORT and word.isascii()
        return (_LITTLE if short else 1.0) / (1 + log2(self._times[word] or 1))


def _words(name: str) -> list[str]:
    """The words of a name, and then all of them as one: scripts and spellings part names differently."""
    words = words_of(name)
    return [*words, "".join(words)]


def read_list(path: Path) -> SanctionsList:
    """The entries of a list; a file that is none, or that could do harm, is refused."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as gone:
        raise FileNotFound(path=path) from gone
    except OSError as refused:
        raise FileUnreadable(name=path.name) from refused
    if size > MEGABYTES * 1024 * 1024:
        raise FileTooLarge(name=path.name, megabytes=MEGABYTES)
    reader = _Reader(path.name)
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                reader.feed(chunk)
            reader.end()
    except OSError as refused:
        raise FileUnreadable(name=path.name) from refused
    # Beside its own errors, expat lets those of Python's decoders through.
    except (expat.ExpatError, LookupError, ValueError) as refused:
        raise NotASanctionsList(name=path.name) from refused
    # Of a list without names, everybody would be said to be like nobody on it.
    if not reader.is_list or not reader.entries:
        raise NotASanctionsList(name=path.name)
    return SanctionsList(reader.dated, tuple(reader.entries))


@dataclass
class _Reader:
    """The names and references of a consolidated list, taken off as the file goes by; nothing else is looked at."""

    file: str
    entries: list[ListEntry] = field(default_factory=list)
    dated: date | None = None
    is_list: bool = False

    def __post_init__(self) -> None:
        self._path: list[str] = []
        self._text: list[str] = []
        self._parts: dict[str, str] = {}
        self._names: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_declarations
        self._parser.EntityDeclHandler = self._refuse_declarations
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._close
        self._parser.CharacterDataHandler = self._characters

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)

    def end(self) -> None:
        self._parser.Parse(b"", True)

    def _refuse_declarations(self, *_declared: object) -> NoReturn:
        raise ListWithDeclarations(name=self.file)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._path:
            self.is_list = tag == "CONSOLIDATED_LIST"
            day = _DAY.match(attributes.get("dateGenerated", ""))
            self.dated = date.fromisoformat(day[0]) if day else None
        if len(self._path) >= _DEEPEST:
            raise ListTooLong(name=self.file)
        self._path.append(tag)
        self._text.clear()
        if tag in _ENTRIES:
            self._parts, self._names = {}, []

    def _characters(self, text: str) -> None:
        if sum(map(len, self._text)) < _LONGEST_NAME:
            self._text.append(text)

    def _close(self, tag: str) -> None:
        said = " ".join("".join(self._text)[:_LONGEST_NAME].split())
        self._path.pop()
        self._text.clear()
        if tag in _ENTRIES:
            self._entry()
        elif said and tag in (*_NAME_PARTS, "REFERENCE_NUMBER") and self._path[-1] in _ENTRIES:
            self._parts[tag] = said
        elif said and tag in _WHOLE_NAMES:
            # Several aliases may stand in one element, with semicolons between.
            self._names += [name for part in said.split(";") if (name := part.strip())]
        if len(self._names) > _MOST_NAMES or len(self.entries) > _MOST_ENTRIES:
            raise ListTooLong(name=self.file)

    def _entry(self) -> None:
        whole = " ".join(self._parts[part] for part in _NAME_PARTS if part in self._parts)
        names = tuple(dict.fromkeys(name for name in (whole, *self._names) if name))
        if names:
            self.entries.append(ListEntry(self._parts.get("REFERENCE_NUMBER", ""), names))
