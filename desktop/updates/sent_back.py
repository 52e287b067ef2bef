"""What is told after a new version failed its trial: which, why, and what it said itself; told once."""

import json
from dataclasses import dataclass
from pathlib import Path

from desktop.updates.layout import REFUSED, numbers
from desktop.updates.switching import DOES_NOT_START, TOO_SLOW
from i18n import N_, Words

_LARGEST = 65_536
_WHY = {
    TOO_SLOW: N_("Version {version} was not ready in time when it was tried."),
    DOES_NOT_START: N_("Version {version} does not start on this computer."),
}
_FAILED = N_("Version {version} failed its own test on this computer.")


@dataclass(frozen=True)
class SentBack:
    """A version that was tried and did not take over."""

    version: str
    why: str
    said: str

    def told(self, words: Words) -> str:
        """What happened, what holds now, and what the version said."""
        happened = words.gettext(_WHY.get(self.why, _FAILED)).format(version=words.isolate(self.version))
        now = words.gettext(
            "The version from before goes on, and your records were not touched. Show this to whoever gave you the "
            "update."
        )
        said = "\n".join(words.isolate(line) for line in self.said.splitlines())
        return "\n\n".join(part for part in (happened, now, said) if part)


def last_sent_back(root: Path) -> SentBack | None:
    """The version that was sent back, and from then on none."""
    path = root / REFUSED
    try:
        with path.open("rb") as file:
            said = json.loads(file.read(_LARGEST))
        path.unlink()
    except (OSError, ValueError, RecursionError):
        return None
    parts = [said.get(name) if isinstance(said, dict) else None for name in ("version", "why", "said")]
    version, why, told = (part if isinstance(part, str) else "" for part in parts)
    return SentBack(version, why, told) if numbers(version) else None
