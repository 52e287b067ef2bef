"""Which rows stand behind a figure, where the plain filters of a list cannot say it: by kind, and by what asks for it.

A figure writes down what it was counted from (`db.queries.selection`); here it is found again, by the same queries.
"""

from collections.abc import Mapping

from db.queries import indicators, protection_figures
from db.queries.financial import amount_of
from db.queries.listed import Figures
from db.queries.localisation import agreements_behind, seats_behind
from db.queries.paid import paid_activities
from db.queries.partner_profile import reports_behind
from db.queries.plans import actions_behind
from db.queries.quality import lacking_in
from db.queries.served import served_by

FIGURES: Mapping[str, Figures] = {
    "agreements": {"served": served_by("agreements"), "figure": agreements_behind},
    "budget-lines": {"amount": amount_of("budget-lines")},
    "tranches": {"amount": amount_of("tranches")},
    "receipts": {"amount": amount_of("receipts")},
    "allocations": {"amount": amount_of("allocations")},
    "engagements": {"served": served_by("engagements")},
    "participations": {"figure": seats_behind},
    "trainings": {"served": served_by("trainings")},
    "advocacy-actions": {"served": served_by("advocacy-actions")},
    "escalations": {"served": served_by("escalations")},
    "analyses": {"served": served_by("analyses")},
    "activities": {
        "figure": protection_figures.behind,
        "served": served_by("activities"),
        "paid": paid_activities,
        "lacking": lacking_in("activities"),
    },
    "results": {"figure": indicators.behind, "lacking": lacking_in("results")},
    "duties": {"figure": reports_behind, "lacking": lacking_in("duties")},
    "sources": {"lacking": lacking_in("sources")},
    "partners": {"lacking": lacking_in("partners")},
    "places": {"lacking": lacking_in("places")},
    "framework-items": {"actions": actions_behind},
}
