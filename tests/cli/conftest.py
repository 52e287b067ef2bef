"""What the tests of the verbs stand on: settings of their own, no terminal, a record and its passphrase."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import settings
from tests.builders import PASSPHRASE, copied


@pytest.fixture(scope="module", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The person's settings stay out of the tests, and no terminal is there to ask."""
    folder = tmp_path_factory.mktemp("settings")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "folder", lambda: folder)
        patch.setattr("sys.stdin.isatty", lambda: False)
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
