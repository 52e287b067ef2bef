"""What the protection overview says as shares, each with the part and the whole that it is worked out from."""

from collections.abc import Iterator

from db.queries.selection import Behind
from desktop.guard.tables import Counted
from desktop.reports.people import People
from i18n import N_

WITH_WOMEN_LED = {
    "reached": N_("Share of people reached with women-led partners"),
    "declared": N_("Share of beneficiaries declared by women-led partners"),
    "planned": N_("Share of people targeted with women-led partners"),
}
FEMALE = {
    "reached": N_("Women and girls, of people reached whose sex is known"),
    "declared": N_("Women and girls, of beneficiaries declared whose sex is known"),
    "planned": N_("Women and girls, of people targeted whose sex is known"),
}
Share = tuple[str, str, Counted, Counted]
"""Its name, its title, the part and the whole."""


def shares(people: People, nature: str, led: Counted, whole: Counted, behind: Behind) -> Iterator[Share]:
    """The shares of the people of a nature."""
    yield "women_led", WITH_WOMEN_LED[nature], led, whole
    sexes = [sex for sex in people.sexes(nature) if sex]
    if "female" in sexes:
        bands = people.bands(nature)
        told = people.split(nature, sexes, bands, behind)
        yield "female", FEMALE[nature], people.split(nature, ["female"], bands, behind), told
