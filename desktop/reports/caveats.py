"""What is said beside the published figures that come with Jalon, in the reader's words; anything else as it stands."""

from desktop.reports.document import Said, Value
from i18n import N_, Words

CARRIED = (
    N_("Unique persons or services: not stated."),
    N_("May overlap the protection services: not stated."),
    N_("May be part of those helped to return, or of earlier returns: not stated."),
    N_("Reach of awareness raising: never added to assistance."),
    N_("A floor: more than 780, never 780."),
    N_("The number of respondents is not given; migrants of seven nationalities only."),
    N_("Migrants by origin (AFG, EGY, ETH, LBN, MLI, MAR, NER), not the offices of the programme."),
    N_("12 at the launch."),
    N_("From the head of the page; changes over time."),
    N_("AFG, TCD, EGY, ETH, IRQ, LBN, LBY, MLI, MAR, NER, NGA, TUN. Algeria and Sudan joined later."),
    N_(
        "A headline: it adds protection services and help to return (29,117 + 1,110 = 30,227), and overlap is not "
        "excluded."
    ),
    N_("Of “surveyed people”; how many is not given."),
    N_("“Up to” in the source."),
    N_("Its periods differ from those of its parts: never reconciled by adding."),
    N_("Includes the support to return below, unlike the first year."),
    N_("Here return is counted inside the total, unlike the first year."),
)
"""The notes of `resources/compass.csv`, which a record holds as they are."""

TIMES = {
    "year-1": N_("First year"),
    "at-time-of-page": N_("On the day of the publication"),
    "year-1-headline": N_("First year, as a headline"),
    "first-2-years": N_("First two years"),
    "2021-to-mid-2024": N_("2021 to mid-2024"),
    "phase-2": N_("Second phase"),
}
"""The times that its lines are of, hyphens in the place of spaces."""


def caveat(text: str | None, words: Words) -> Value:
    """What has to be said beside a figure."""
    return words.gettext(text) if text in CARRIED else Said(text or "")


def time_of(when: str | None, words: Words) -> str:
    """The time of a figure; one that Jalon does not know stands as it is written."""
    if not when:
        return words.gettext("Time not stated")
    known = TIMES.get(when.replace(" ", "-"))
    return words.gettext(known) if known else words.isolate(when)
