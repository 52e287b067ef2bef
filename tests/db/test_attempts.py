"""Wrong tries in a row make the next one wait; a right one forgets them."""

import json
import time
from pathlib import Path

import pytest

from db import keys
from db.attempts import FREE, LONGEST, TryLater, counted, pause_after
from db.errors import MistypedRecoveryCode, WrongPassphrase
from tests.builders import PASSPHRASE


def try_with(path: Path, secret: str) -> None:
    with counted(path):
        keys.unlock(path, secret)


def wrong(path: Path, times: int) -> None:
    for _time in range(times):
        with pytest.raises(WrongPassphrase):
            try_with(path, "une autre phrase")


def passed(path: Path, seconds: float) -> None:
    """As if so much time had passed."""
    kept = path.with_name(path.name + ".tries")
    told = json.loads(kept.read_bytes())
    kept.write_text(json.dumps(told | {"last": time.time() - seconds}))


def test_after_ten_wrong_tries_even_the_right_one_waits_and_is_told_how_long(path: Path) -> None:
    wrong(path, FREE)
    with pytest.raises(TryLater) as refused:
        try_with(path, PASSPHRASE)
    assert refused.value.gaps == {"seconds": 1}
    passed(path, 1)
    wrong(path, 1)
    with pytest.raises(TryLater) as refused:
        try_with(path, PASSPHRASE)
    assert refused.value.gaps == {"seconds": 2}
    passed(path, 2)
    try_with(path, PASSPHRASE)
    wrong(path, FREE - 1)
    try_with(path, PASSPHRASE)


def test_the_wait_doubles_up_to_a_minute() -> None:
    waits = [pause_after(wrong) for wrong in range(FREE - 1, FREE + 9)]
    assert waits == [0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert pause_after(10**9) == LONGEST


def test_a_mistyped_code_is_no_wrong_try(path: Path) -> None:
    for _time in range(FREE + 1):
        with pytest.raises(MistypedRecoveryCode):
            try_with(path, "0" * 35 + "1")
    try_with(path, PASSPHRASE)


def test_a_clock_set_back_makes_nobody_wait_for_longer(path: Path) -> None:
    wrong(path, FREE)
    passed(path, -1_000_000)
    with pytest.raises(TryLater) as refused:
        try_with(path, PASSPHRASE)
    assert refused.value.gaps == {"seconds": 1}


@pytest.mark.parametrize("spoiled", [b"", b"[]", b'{"wrong": "x"}', b'{"wrong": 1e999, "last": 0}', b"\xff"])
def test_a_spoiled_count_keeps_nobody_out(path: Path, spoiled: bytes) -> None:
    path.with_name(path.name + ".tries").write_bytes(spoiled)
    try_with(path, PASSPHRASE)
