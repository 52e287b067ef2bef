"""The topics of the help: what each explains, and its text in the languages of the screen.

They are plain Markdown files that anybody can read and correct, shown by the window and printed by a verb. A text links
to other topics by their names alone, and to nothing outside: many who read it have no network.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import resources
from i18n import N_, Words
from i18n.folding import search_form
from i18n.isolation import LRI, PDI
from i18n.typography import typeset

START, KEYS = "start", "keys"
GROUPS = (
    ("begin", N_("First steps")),
    ("partners", N_("Partners")),
    ("money", N_("Donors and money")),
    ("work", N_("Activities and results")),
    ("reports", N_("Reports")),
    ("safe", N_("Keeping the record safe")),
)
"""What the topics stand under, in their order."""

_LINK = re.compile(r"\[([^\]]+)\]\(([a-z-]+)\)")
_TYPED = re.compile(r"`[^`\n]+`")
_ELSE = "en", "fr"
"""The languages in which a text is told where it is not told in the asked one."""


@dataclass(frozen=True)
class Topic:
    """One topic; `explains` names pages by their keys, and parts of the window by their modules."""

    key: str
    group: str
    explains: frozenset[str]
    related: tuple[str, ...]


@lru_cache
def topics() -> Mapping[str, Topic]:
    """All topics by their keys, in their order."""
    with resources.path("help/topics.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["topic"]: Topic(
                row["topic"], row["group"], frozenset(row["explains"].split()), tuple(row["related"].split())
            )
            for row in csv.DictReader(file)
        }


def explaining(name: str) -> str | None:
    """The topic that explains a page or a part of the window."""
    return next((each.key for each in topics().values() if name in each.explains), None)


@lru_cache(maxsize=256)
def text_of(topic: str, language: str) -> str:
    """The text of a topic, as Markdown that begins with its title; what is typed at a terminal is not turned round."""
    text, spoken_in = _told(topic, language)
    told = typeset(text, spoken_in, "un")
    return _TYPED.sub(rf"{LRI}\g<0>{PDI}", told) if Words.of(spoken_in).direction == "rtl" else told


@lru_cache(maxsize=256)
def title_of(topic: str, language: str) -> str:
    """What a topic is called: its first line, alone, for the first window names one before it paints."""
    text, spoken_in = _told(topic, language)
    return typeset(text.partition("\n")[0].removeprefix("#").strip() or topic, spoken_in, "un")


@lru_cache(maxsize=256)
def _told(topic: str, language: str) -> tuple[str, str]:
    """The text as it is carried, and the language in which it is."""
    for each in (language, *_ELSE):
        if (file := resources.path(f"help/{topic}.{each}.md")).exists():
            return file.read_text(encoding="utf-8"), each
    return "", language


def leads_to(topic: str, language: str) -> tuple[str, ...]:
    """The topics that a text links to, then those related to it, each once."""
    linked = (link[2] for link in _LINK.finditer(text_of(topic, language)))
    return tuple(dict.fromkeys([*linked, *topics()[topic].related]))


def found(typed: str, language: str) -> list[str]:
    """The topics in whose text every typed word stands, those first whose title has them."""
    wanted = search_form(typed).split()

    def has(text: str) -> bool:
        return all(word in search_form(text) for word in wanted)

    named = [key for key in topics() if has(title_of(key, language))]
    return named + [key for key in topics() if key not in named and has(text_of(key, language))]


def spoken(topic: str, language: str) -> str:
    """The text of a topic for a terminal, where nothing is bold and a link is what one types to follow it."""
    return _LINK.sub(r"\1 (jalon help \2)", text_of(topic, language)).replace("**", "").strip()
