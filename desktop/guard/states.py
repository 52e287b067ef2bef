"""One cell while the new file and those that left before it are put together: what each of them makes of it.

What was hidden from a reader stays hidden from it, even where an older file told the same count rounded: what that left
open is guarded from then on as it stands, so that rounding first and hiding afterwards keeps no less than either alone.
Only what tells nothing new may be said again, the same count rounded to the same.
"""

from dataclasses import dataclass, field

from desktop.guard.audiences import EXCEPTED, Profile, within
from desktop.guard.cells import Cell


@dataclass
class State:
    """One cell while it is put together."""

    sensitive: bool = False
    excepted: bool = False
    weight: float | None = None
    """None where the new file does not have it."""
    told: tuple[int, int] | None = None
    """By how much it can be off for who reads it in earlier files, all of them together; None where none shows it."""
    rounded: int = 0
    """What the new file rounds it to."""
    hidden: bool = False
    blank: bool = False
    """Whether it is hidden with all like it, zero or not; and whether an earlier file hid it otherwise."""
    least: bool = False
    guarded: bool = False
    forced: bool = False
    new: list[int] = field(default_factory=list)

    def cell(self, profile: Profile, count: int, pieces: frozenset[int]) -> Cell:
        """The cell it comes to."""
        rule = EXCEPTED if self.excepted else profile.sensitive if self.sensitive else profile.ordinary
        # Of what is told as it is, or as good as that, nothing is left to guard.
        open_still = self.told is None or self.told[0] < self.told[1]
        guarded = open_still and self.hidden and (self.guarded or rule.hides(count)) and not self.excepted
        # What was hidden from others only may be shown to this reader; what nobody prints anew stays as it is.
        stays = guarded or self.forced or not self.new
        now = within(count, self.rounded)
        shown = now if self.told is None else (max(now[0], self.told[0]), min(now[1], self.told[1]))
        settled = False if self.told is not None and (not self.new or shown == self.told) else True if stays else None
        weight = (self.weight or 0.0) * (1 + count) ** 0.5
        shown = self.told if settled is False and self.told else shown
        return Cell(
            pieces,
            count,
            rule,
            weight,
            settled,
            guarded,
            blank=self.blank and not self.least,
            shown=shown,
            told=self.told,
        )
