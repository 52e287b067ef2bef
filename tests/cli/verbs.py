"""Verbs called as a script calls them, for their answers and their refusals."""

import json
from typing import Any

import pytest

from desktop.cli import run

Said = pytest.CaptureFixture[str]


def told(capsys: Said, *arguments: str) -> Any:
    """What a verb answers with `--json`."""
    capsys.readouterr()
    assert run(list(arguments)) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def refusal(capsys: Said, *arguments: str) -> str:
    """The one line a verb is refused with."""
    capsys.readouterr()
    assert run(list(arguments)) == 1
    (line,) = capsys.readouterr().err.splitlines()
    return line
