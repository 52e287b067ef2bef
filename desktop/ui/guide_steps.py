"""The steps of the guide through the main job, as data: what to do and why, where, and how it is seen that it was done.

`seen` is what `db.queries.guided` answers, for whatever the record knows; `shown:` a page, a part of one or a dialog by
its module, for what is only looked at; `away` for having locked the record and come back.
"""

from dataclasses import dataclass
from typing import Any

from i18n import N_


@dataclass(frozen=True)
class Step:
    """One step; it is shown on a `page`, or where the menus hold its `command`."""

    title: str
    says: str
    seen: str
    page: str = ""
    about: Any = None
    command: str = ""
    practice: str = ""
    """What is said besides in a practice record."""


STEPS = (
    Step(
        N_("Why we say that women lead a partner"),
        N_(
            "Open one of these partners, then its part “Led by women”. A donor who asks gets the criteria and their "
            "evidence, not an opinion."
        ),
        "shown:women_led",
        page="partners",
        about={"women_led": "met"},
    ),
    Step(
        N_("Note an engagement and what was promised"),
        N_(
            "Note a call or a meeting and save it. Then add what was promised in its part “Commitments”: the promise "
            "comes back on Home when it is due, whoever sits here then."
        ),
        "new:commitment",
        page="engagements/one",
    ),
    Step(
        N_("Bring in a partner’s monthly sheet"),
        N_(
            "See what a partner’s monthly sheet would change and what must be put right, then bring it in: until then "
            "nothing has changed."
        ),
        "new:source",
        page="import",
    ),
    Step(
        N_("Enter a result that nobody collected"),
        N_(
            "Leave the figure empty and say that it was not collected: in no sum is it then taken for a zero, and "
            "reports say that it is lacking."
        ),
        "missing:not_collected",
        page="results/one",
    ),
    Step(
        N_("See the records behind a figure"),
        N_(
            "Press one of these figures, or open one in the table: whoever doubts it is shown the records that it was "
            "added up from."
        ),
        "shown:behind",
        page="shares",
    ),
    Step(
        N_("See small numbers hidden"),
        N_(
            "Make this overview for a donor and save it. Small counts of people are hidden, and whatever would give "
            "them away: behind a small number stands somebody."
        ),
        "issued:protection-overview:donor",
        page="quick-report",
        about={"report": "protection-overview", "audience": "donor"},
    ),
    Step(
        N_("Make a donor’s briefing in Arabic"),
        N_(
            "Choose a donor, make the briefing and save it: a report speaks its reader’s language, whatever the "
            "language of your screen."
        ),
        "issued:donor-briefing:ar",
        page="quick-report",
        about={"report": "donor-briefing", "language": "ar"},
    ),
    Step(
        N_("Look at the back-up copies"),
        N_("Open Back-ups in the menu Tools and make a copy: a laptop is stolen or breaks, and the copy is left."),
        "shown:copies",
        command="copies",
    ),
    Step(
        N_("Lock the record"),
        N_("Lock it whenever you get up: what was typed is kept, and nobody reads it meanwhile."),
        "away",
        command="lock",
        practice=N_("The passphrase of this practice record: {passphrase}"),
    ),
    Step(
        N_("Take a deed back"),
        N_("Undo takes the newest deed back, and the history keeps both: nobody has to be afraid of a wrong key."),
        "act:undo",
        command="undo",
    ),
)
