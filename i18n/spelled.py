"""Small numbers written out as words, as people write those that matter most: “trois filles”, “ثلاث فتيات”.

One is left out: in most languages it is the article too.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache

import resources
from i18n.folding import search_form

_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile("[وفبل]?(?:ال|ل)?")
"""What Arabic joins to the front of a word."""


def spelled(text: str, language: str) -> Iterator[int]:
    """The small numbers that stand in a text as words of its language; none in a language whose words are not here."""
    if not (known := _words().get(language)):
        return
    for word in _WORD.findall(search_form(text)):
        bare = word[len(joined[0]) :] if (joined := _JOINED.match(word)) and language == "ar" else word
        if (value := known.get(word) or known.get(bare)) is not None:
            yield value


@cache
def _words() -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    with resources.path("number_words.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["language"], {}).update(
                (search_form(word), int(row["value"])) for word in row["words"].split()
            )
    return found
