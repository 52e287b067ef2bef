"""A taste of the fuzz run in every landing, what it once found, and the proof that it finds anything."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.errors import NotThere
from tests.fuzz import fuzzing, mutating, watching
from tests.fuzz.readers import READERS, Reader

_EACH = 10


@pytest.mark.parametrize("name", READERS)
def test_a_reader_takes_or_refuses_what_it_is_given(name: str, tmp_path: Path) -> None:
    for made in (*fuzzing.kept(name), *(fuzzing.input_of(name, 0, index) for index in range(_EACH))):
        fault = fuzzing.judged(name, made, tmp_path)
        assert not isinstance(fault, BaseException), (made, fault)


def _crash(_content: bytes, _path: Path) -> None:
    raise ZeroDivisionError


def _refuse(_content: bytes, _path: Path) -> None:
    raise NotThere


def _hang(_content: bytes, _path: Path) -> None:
    time.sleep(60)


def _die(_content: bytes, _path: Path) -> None:
    os._exit(1)


def _write(_content: bytes, path: Path) -> None:
    (path.parent.parent / f"{path.parent.name}-outside").write_text("")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fuzzing forks")
@pytest.mark.parametrize(
    ("read", "counts"),
    [(_crash, (2, 0, 0)), (_refuse, (0, 0, 0)), (_hang, (0, 2, 0)), (_die, (0, 2, 0)), (_write, (0, 0, 2))],
    ids=["crash", "refusal", "hang", "death", "write"],
)
def test_what_no_reader_may_do_is_counted(
    read: Callable[[Any, Path], object], counts: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(watching, "SECONDS", 0.1)
    monkeypatch.setattr(fuzzing, "kept", lambda _name: ())
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setitem(READERS, "planted", Reader("prose", mutating.changed_json, read))
    counted = fuzzing.fuzz("planted", 2, 0)
    assert (counted.inputs, (counted.crashes, counted.hangs, counted.outside)) == (2, counts)
    assert bool(counted.faults) is any(counts)
