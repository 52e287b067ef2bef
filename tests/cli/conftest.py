"""What the tests of the verbs stand on: settings of their own, no terminal, a record and its passphrase."""

import argparse
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from desktop import cli, settings
from desktop.cli import calls, usage
from i18n import Words
from tests.builders import PASSPHRASE, copied


@pytest.fixture(scope="module", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The person's settings stay out of the tests, and no terminal is there to ask."""
    folder = tmp_path_factory.mktemp("settings")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "folder", lambda: folder)
        patch.setattr("sys.stdin.isatty", lambda: False)
        yield


@pytest.fixture(scope="module", autouse=True)
def calls_read_once() -> Iterator[None]:
    """What reads a call is made once in each language: a program reads one, and a test many."""
    made = cache(calls.parser)

    def parser(words: Words) -> argparse.ArgumentParser:
        usage.Parser.words = words
        return made(words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "parser", parser)
        yield


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    """A passphrase file."""
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return file


@pytest.fixture
def at(made: Path, tmp_path: Path, passphrase: Path) -> list[str]:
    """The options that name a record of one's own and open it."""
    return ["--record", str(copied(made, tmp_path / "essai.jalon")), "--passphrase-file", str(passphrase)]
