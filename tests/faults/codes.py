"""Ten thousand mistyped recovery codes: none with one wrong letter or two neighbours swapped passes for another code.

Case, spaces and O, I and L are forgiven, for they change nothing. Weaker: the check letters are not looked at.
"""

import random
from unittest.mock import ANY, patch

from db import recovery
from db.errors import MistypedRecoveryCode
from tests.faults.figure import Count

NUMBER = 14
FORGIVEN = str.maketrans("01", "OL")


def count(quick: bool, weaker: bool) -> Count:
    """Mistype, read."""
    turns = 1_000 if quick else 10_000
    chance = random.Random(14)
    accepted = unread = 0
    check = (lambda _raw: ANY) if weaker else recovery._check
    for _turn in range(turns):
        raw = chance.randbytes(20)
        code = recovery.written(raw)
        unread += recovery.code_in(code.lower().replace("-", " ").translate(FORGIVEN)) != raw
        with patch.object(recovery, "_check", check):
            accepted += _accepted(mistyped(chance, code))
    return Count(
        f"{turns} mistyped codes: {accepted} accepted; {unread} of {turns} right ones refused", not (accepted or unread)
    )


def mistyped(chance: random.Random, code: str) -> str:
    """A code with one wrong letter, or with two neighbours swapped that differ."""
    letters = list(code.replace("-", ""))
    while True:
        at = chance.randrange(len(letters) - 1)
        if chance.random() < 0.5:
            wrong = chance.choice([one for one in recovery.SYMBOLS if one != letters[at]])
            return "".join([*letters[:at], wrong, *letters[at + 1 :]])
        if letters[at] != letters[at + 1]:
            return "".join([*letters[:at], letters[at + 1], letters[at], *letters[at + 2 :]])


def _accepted(code: str) -> bool:
    try:
        return recovery.code_in(code) is not None
    except MistypedRecoveryCode:
        return False
