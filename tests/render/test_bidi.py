"""Mixed writing directions stand as Unicode says: its conformance files, and python-bidi as a second opinion."""

import random
from collections.abc import Iterator
from pathlib import Path
from unicodedata import bidirectional, category

import pytest
from bidi import get_display

from desktop.render.bidi import levels, line_levels, visual_order

UNICODE = Path("/usr/share/unicode")
REMOVED = {"RLE", "LRE", "RLO", "LRO", "PDF", "BN"}
SAMPLE = {
    "L": "a", "R": "\u05d0", "AL": "\u0627", "EN": "1", "ES": "+", "ET": "$", "AN": "\u0661", "CS": ",",
    "NSM": "\u0300", "BN": "\u00ad", "B": "\u2029", "S": "\t", "WS": " ", "ON": "!", "LRE": "\u202a",
    "RLE": "\u202b", "LRO": "\u202d", "RLO": "\u202e", "PDF": "\u202c", "LRI": "\u2066", "RLI": "\u2067",
    "FSI": "\u2068", "PDI": "\u2069",
}  # fmt: skip


def laid(text: str, base: int | None) -> tuple[list[int], list[int], int]:
    found, base = levels(text, base)
    line = line_levels(text, found, base, 0, len(text))
    kept = [i for i in visual_order(line) if bidirectional(text[i]) not in REMOVED]
    return line, kept, base


def lines_of(name: str) -> Iterator[str]:
    path = UNICODE / name
    if not path.exists():
        pytest.skip(f"{name} is not on this machine (Debian: unicode-data)")
    with path.open(encoding="utf-8") as file:
        yield from (line.strip() for line in file if line.strip() and not line.startswith("#"))


def test_every_character_case_of_unicode_holds() -> None:
    tried = 0
    for line in lines_of("BidiCharacterTest.txt"):
        codes, direction, paragraph, wanted_levels, wanted_order = line.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        if any(category(character) == "Cn" for character in text):
            continue
        found, order, base = laid(text, {"0": 0, "1": 1, "2": None}[direction])
        wanted = wanted_levels.split()
        got = [level if w != "x" else "x" for level, w in zip(found, wanted, strict=True)]
        assert (base, got, order) == (
            int(paragraph),
            [w if w == "x" else int(w) for w in wanted],
            [int(i) for i in wanted_order.split()],
        ), line
        tried += 1
    assert tried > 90_000


def test_class_cases_of_unicode_hold() -> None:
    """Every twentieth of half a million cases: a tenth of a minute instead of two."""
    wanted_levels: list[str] = []
    wanted_order: list[int] = []
    for number, line in enumerate(lines_of("BidiTest.txt")):
        if line.startswith("@Levels:"):
            wanted_levels = line.split(":")[1].split()
        elif line.startswith("@Reorder:"):
            wanted_order = [int(i) for i in line.split(":")[1].split()]
        elif number % 20 == 0:
            kinds, bits = line.split(";")
            text = "".join(SAMPLE[kind] for kind in kinds.split())
            for bit, base in ((1, None), (2, 0), (4, 1)):
                if int(bits) & bit:
                    found, order, _base = laid(text, base)
                    got = [str(level) if w != "x" else "x" for level, w in zip(found, wanted_levels, strict=True)]
                    assert (got, order) == (wanted_levels, wanted_order), line


def test_python_bidi_agrees_on_random_strings() -> None:
    chance = random.Random(5)
    letters = "abc \u0627\u0628\u064e\u05d0 12\u0661\u06f2,.+-%()[]<\u202f\u00a0$/:!\u2068\u2069\u2066"
    for _turn in range(3000):
        text = "".join(chance.choice(letters) for _i in range(chance.randint(1, 24)))
        for base, name in ((0, "L"), (1, "R")):
            _levels, order, _base = laid(text, base)
            mine = "".join(text[i] for i in order)
            theirs = get_display(text, base_dir=name)
            plain = str.maketrans("()[]<>", "((((((")
            assert mine.translate(plain) == theirs.translate(plain), text.encode("unicode_escape")
