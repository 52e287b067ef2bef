"""What every test stands on: windows offscreen, a record to copy, the real public files and outside programs."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.util import get_cls_kwargs

from db import beginning, engine, migrations
from db.record import Record
from db.slots import Cost
from desktop import policies
from tests.builders import CHEAP, PASSPHRASE, copied, new_record

if TYPE_CHECKING:
    from desktop.sample import Practice

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

# What a record asks the disk to keep for good takes a twentieth of the time that all tests take; no test tries a disk.
MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# One landing is judged by one set of examples; at a desk each run tries new ones.
# No example has a time to keep: a busy machine is no fault of what is tested.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "data"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs files or programs that are not here, saying which."""
    if item.get_closest_marker("real") and not REAL.is_dir():
        pytest.skip("the real public files are not beside the checkout, in ../shared/data")
    if mark := item.get_closest_marker("office"):
        absent = [program for program in mark.args or ("soffice", "pdftotext") if not shutil.which(program)]
        if absent:
            pytest.skip(f"not installed: {', '.join(absent)} (Debian: libreoffice, poppler-utils)")


def pytest_collection_finish() -> None:
    """Rubbish is taken away between tests, as the program does: objects of Qt die in their own thread."""
    gc.disable()
    take_away()


def pytest_runtest_logfinish() -> None:
    """Once there is enough of it to be worth a look."""
    if gc.get_count()[0] > 200_000:
        take_away()


def take_away() -> None:
    """What outlives this stays, as a rule, and is not looked through again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def nothing_settled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What IT has settled for the computer that tests run on is not about them."""
    nowhere = tmp_path_factory.mktemp("settled") / policies.NAME
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(policies, "machine_place", lambda: nowhere)
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Every record would compile each statement anew, which makes nearly all the rubbish that is to be taken away."""
    first = create_engine("sqlite+pysqlite://", module=engine.sqlite, query_cache_size=5000)
    first.connect().close()

    def create(*named: Any, **options: Any) -> Engine:
        made = create_engine(*named, **options)
        assert not get_cls_kwargs(type(made.dialect)) & options.keys(), "no test would see what is asked of the dialect"
        made.dialect = made.pool._dialect = first.dialect
        made._compiled_cache = first._compiled_cache
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", create)
        yield


@pytest.fixture(scope="session", autouse=True)
def migrated_once() -> Iterator[None]:
    """The first new record takes the way of all versions; what that told the file is told to each of the others."""
    told: list[tuple[str, Any]] = []

    def upgrade(path: Path, bound: Engine, key: bytes) -> None:
        if not told:
            said: list[tuple[str, Any]] = []

            def note(*of: Any) -> None:
                said.append(of[2:4])

            event.listen(bound, "before_cursor_execute", note)
            migrations.upgrade(path, bound, key)
            event.remove(bound, "before_cursor_execute", note)
            told.extend(said)  # only of a way that was gone to its end
            return
        with bound.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
            with connection.begin():
                for statement, values in told:
                    driver.execute(statement, values)
            driver.execute("PRAGMA foreign_keys=ON")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beginning, "upgrade", upgrade)
        yield


DEAR = Cost.__init__.__defaults__


@pytest.fixture(scope="session", autouse=True)
def cheap_passphrases() -> Iterator[None]:
    """A passphrase costs nothing to try, unless a test asks for `dear_passphrases`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Cost.__init__, "__defaults__", (CHEAP.passes, CHEAP.memory, CHEAP.lanes))
        assert Cost() == CHEAP
        yield


@pytest.fixture
def dear_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs what it costs a person."""
    monkeypatch.setattr(Cost.__init__, "__defaults__", DEAR)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed record, to be copied."""
    path = tmp_path_factory.mktemp("made") / "essai.jalon"
    new_record(path)[0].close()
    return path


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Iterator[Record]:
    """An empty record of one's own, open."""
    opened = Record.open(copied(made, tmp_path / "essai.jalon"), PASSPHRASE)
    yield opened
    opened._let_go()  # to close it would make a copy of it first


@pytest.fixture(scope="session")
def practised(tmp_path_factory: pytest.TempPathFactory) -> "Practice":
    """What `jalon demo` makes."""
    from desktop.sample import make_practice_record

    made = make_practice_record(tmp_path_factory.mktemp("practice") / "exercice.jalon")
    assert {path.name for path in made.record.parent.iterdir()} == {"exercice.jalon", "exercice.jalon.keys"}
    return made


@pytest.fixture(scope="session")
def practice_file(practised: "Practice") -> Path:
    """The practice record, closed, to be copied or only read."""
    return practised.record


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of the real public files; only for tests marked `real`."""
    return REAL
