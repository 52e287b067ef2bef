"""Whether an update fits an installed copy: signed, of this program and system, newer, made for the version here."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from db.errors import RecordError
from desktop.updates.container import SUFFIX, DamagedUpdate, UpdateFile, opened
from desktop.updates.layout import LISTING, numbers
from desktop.updates.manifest import Manifest, UnsoundManifest, read_listing, read_manifest, verify
from desktop.updates.place import Place
from i18n import N_

_MOST_FILES = 200
"""In a folder that somebody points at."""


class ForeignPlatform(RecordError):
    message = N_("This update is for another system ({theirs}); here it has to be one for {ours}.")


class OlderVersion(RecordError):
    message = N_("This update brings version {version}, and version {here} is installed, which is newer. Keep it.")


class SameVersion(RecordError):
    message = N_("Version {version} is already installed. There is nothing to do.")


class UnknownBase(RecordError):
    message = N_(
        "This update holds only what is new since version {version}, and that is not installed here just as it was "
        "released. Ask for the whole update."
    )


class NoUpdateHere(RecordError):
    message = N_("There is no update file in the folder {path}. Its name ends in {ending}.")


@dataclass(frozen=True)
class Update:
    """An update that fits: its file, what it brings, and how much has to be read."""

    path: Path
    manifest: Manifest
    size: int

    @property
    def version(self) -> str:
        """The version that it brings."""
        return self.manifest.listing.version


def find(path: Path, place: Place) -> Update:
    """The update in this file; of a folder, the newest that fits, and the smaller one of two."""
    if not path.is_dir():
        return examine(path, place)
    fitting: list[Update] = []
    refusal: RecordError = NoUpdateHere(path=path, ending=SUFFIX)
    for file in sorted(path.glob(f"*{SUFFIX}"))[:_MOST_FILES]:
        try:
            fitting.append(examine(file, place))
        except RecordError as refused:
            refusal = refused
    if not fitting:
        raise refusal
    return max(fitting, key=lambda update: (numbers(update.version), -update.size))


def examine(path: Path, place: Place) -> Update:
    """Read what an update says of itself, and refuse it where it does not fit."""
    with opened(path) as file:
        manifest = trusted(file, place)
    return Update(path, manifest, path.stat().st_size)


def trusted(file: UpdateFile, place: Place) -> Manifest:
    """The manifest of an open update file, its signature verified before a word of it is read."""
    content, signature = file.manifest()
    verify(content, signature, place.keys)
    manifest = read_manifest(content)
    _refuse_unfit(manifest, place)
    wanted = {one.sha256 for one in manifest.listing.files}
    if all(one.path != LISTING for one in manifest.listing.files):
        raise UnsoundManifest
    # What the container holds nobody signed: a part taken out or put in is no fault of whoever made the update.
    if not wanted - _at_hand(manifest, place) <= file.digests <= wanted:
        raise DamagedUpdate(path=file.path)
    return manifest


def _at_hand(manifest: Manifest, place: Place) -> set[str]:
    """The digests of what the base has."""
    if manifest.base is None:
        return set()
    listed = place.listing_of(manifest.base.version)
    if listed is None or hashlib.sha256(listed).hexdigest() != manifest.base.listing:
        raise UnknownBase(version=manifest.base.version)
    return {one.sha256 for one in read_listing(listed).files}


def _refuse_unfit(manifest: Manifest, place: Place) -> None:
    listing = manifest.listing
    if listing.platform != place.platform:
        raise ForeignPlatform(theirs=listing.platform, ours=place.platform)
    if listing.version == place.newest:
        raise SameVersion(version=listing.version)
    if numbers(listing.version) < numbers(place.newest) or listing.schema < place.schema:
        raise OlderVersion(version=listing.version, here=place.newest)
