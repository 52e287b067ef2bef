"""Which installed copy this is, and whether it is brought up to date from a file, or by whom else."""

import sys
from dataclasses import dataclass
from pathlib import Path

from db.errors import RecordError
from desktop import policies
from desktop.updates.layout import CURRENT, LISTING, PENDING, VERSIONS, named, numbers, root_of
from desktop.updates.manifest import Listing, known_keys, read_listing
from i18n import N_


class NotUpdatable(RecordError):
    """This copy is brought up to date in another way."""


class RunsFromSource(NotUpdatable):
    message = N_(
        "This copy runs from its source and is not installed: there is nothing to bring up to date from a file."
    )


class ByPackageManager(NotUpdatable):
    message = N_(
        "This copy was installed by the system's package manager, which brings it up to date, too: install the newer "
        "package in the same way, or ask whoever looks after this computer."
    )


class ByIt(NotUpdatable):
    message = N_(
        "This copy was installed for everybody on this computer by your organisation's IT, which brings it up to date, "
        "too. Ask them for the newer version."
    )


class ByReplacing(NotUpdatable):
    message = N_("On this system the whole program is replaced: put the newer Jalon in the place of this one.")


class Forbidden(NotUpdatable):
    message = N_("Your organisation's IT does not allow updates from a file on this computer. Ask them for the update.")


class CopyDamaged(NotUpdatable):
    message = N_(
        "This installed copy is damaged: {file} is not as it was installed. Install Jalon anew with a full set-up; "
        "your records stay where they are."
    )


@dataclass(frozen=True)
class Place:
    """An installed copy that can be brought up to date."""

    root: Path
    running: str
    """The folder, and so the version, that this process runs from."""
    program: str
    """The name of the program in that folder."""
    platform: str
    schema: int
    keys: tuple[str, ...]
    """Whose signature counts here."""

    @property
    def current(self) -> str:
        """The version that starts; newer than this one, where another process has switched meanwhile."""
        return named(self.root / CURRENT) or self.running

    @property
    def pending(self) -> str:
        """The version that is tried at the next start; empty where none waits."""
        return named(self.root / PENDING)

    @property
    def previous(self) -> str:
        """The version that started before the current one; empty where none is left."""
        before = (folder.name for folder in (self.root / VERSIONS).iterdir() if numbers(folder.name))
        return max((one for one in before if numbers(one) < numbers(self.current)), key=numbers, default="")

    @property
    def newest(self) -> str:
        """What an update has to be newer than."""
        return max(self.running, self.current, key=numbers)

    def folder(self, version: str) -> Path:
        """Where a version lies, or would."""
        return self.root / VERSIONS / version

    def listing_of(self, version: str) -> bytes | None:
        """A version's own list of its files; None where there is no such version."""
        try:
            return (self.folder(version) / LISTING).read_bytes()
        except OSError:
            return None


def here(program: Path | None = None) -> Place:
    """The copy that this process, or the given program, runs from; refused in words where no file updates it."""
    if program is None:
        if not getattr(sys, "frozen", False):
            raise RunsFromSource
        program = Path(sys.executable)
    root = root_of(program)
    if root is None or not (root / CURRENT).exists():
        raise {"win32": ByIt, "darwin": ByReplacing}.get(sys.platform, ByPackageManager)
    if not policies.load().updates:
        raise Forbidden
    listing = _own(program.parent / LISTING)
    return Place(root, program.parent.name, program.name, listing.platform, listing.schema, known_keys())


def _own(path: Path) -> Listing:
    try:
        listing = read_listing(path.read_bytes())
    except (OSError, RecordError) as fault:
        raise CopyDamaged(file=LISTING) from fault
    return listing
