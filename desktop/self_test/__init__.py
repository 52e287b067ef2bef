"""Proves that an installed copy works: one check after the other, on a record of its own in a folder of its own.

It touches no record, setting or list of a person's, needs neither a display nor the internet, and says of each check
whether it passed, failed, or does not matter here. An update is put in place only where the new version passes.
"""

import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db.errors import RecordError
from desktop.self_test import around, carried, kept, made
from desktop.self_test.trial import Found, Outcome, Stopped, Trial
from i18n import N_

__all__ = ["CHECKS", "OUTCOMES", "Check", "Found", "Outcome", "Stopped", "Trial", "asked", "prove", "system"]


@dataclass(frozen=True)
class Check:
    """One thing to be shown: its name for machines, its title for people, and what shows it."""

    name: str
    title: str
    shows: Callable[[Trial], Found]


CHECKS = (
    Check("files", N_("Files of this copy"), carried.files),
    Check("fonts", N_("Fonts"), carried.fonts),
    Check("catalogues", N_("Languages"), carried.catalogues),
    Check("licences", N_("Licences"), carried.licences),
    Check("solver", N_("Small numbers"), carried.solver),
    Check("policies", N_("Rules of IT"), around.rules),
    Check("settings", N_("Settings"), around.settings_folder),
    Check("clock", N_("Clock"), around.clock),
    Check("disk", N_("Room on the disk"), around.disk),
    Check("keyring", N_("Keyring"), around.keyring),
    Check("window", N_("Window"), around.window),
    Check("screen", N_("Screen"), around.screen),
    Check("printing", N_("Printing"), around.printing),
    Check("worker", N_("Other process"), made.worker),
    Check("record", N_("The record"), kept.record),
    Check("encryption", N_("Encryption"), kept.encryption),
    Check("import", N_("Import"), made.workbook),
    Check("reports", N_("Reports"), made.reports),
)
OF_THE_COMPUTER = frozenset({"policies", "settings", "clock", "disk"})
"""What the quick test leaves out: no update is sent back for what the version before it meets just as well."""
OUTCOMES: dict[Outcome, str] = {"ok": N_("ok"), "not": N_("not"), "no_matter": N_("no matter")}


def asked(*, quick: bool) -> tuple[Check, ...]:
    """The checks of a whole or of a quick test."""
    return tuple(check for check in CHECKS if not (quick and check.name in OF_THE_COMPUTER))


def prove(
    trial: Trial,
    begins: Callable[[Check, int], object] = lambda _check, _number: None,
    ended: Callable[[Check, Found], object] = lambda _check, _found: None,
    checks: Sequence[Check] | None = None,
) -> tuple[tuple[Check, Found], ...]:
    """Carry out the checks of the trial, or these; `Stopped` where somebody asked for that."""
    told = []
    for number, check in enumerate(asked(quick=trial.quick) if checks is None else checks):
        if trial.cancelled():
            raise Stopped
        begins(check, number)
        found = _outcome(check, trial)
        ended(check, found)
        told.append((check, found))
    return tuple(told)


def system() -> str:
    """This computer, for whoever reads the result elsewhere."""
    return f"{platform.system()} {platform.release()} {platform.machine()}"


def _outcome(check: Check, trial: Trial) -> Found:
    try:
        return check.shows(trial)
    except Stopped:
        raise
    except RecordError as refused:
        return Found("not", refused.message, refused.gaps)
    except Exception as fault:  # noqa: BLE001 # a copy that is broken breaks in any way it likes
        return Found("not", N_("This broke: {reason}"), {"reason": f"{type(fault).__name__}: {fault}"})
