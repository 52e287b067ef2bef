"""The reports on offer."""

from db.errors import RecordError
from db.models.reports import REPORT_KINDS
from db.money import INDICATIVE
from db.queries.loss import SHEET
from desktop.guard.audiences import Audience
from desktop.reports import (
    briefing_pages,
    calendar,
    donor_briefing,
    donor_narrative,
    donor_narrative_lacking,
    financial,
    financial_pages,
    held,
    localisation,
    localisation_pages,
    partner_profile,
    partner_profile_pages,
    programme,
    programme_pages,
    protection_lacking,
    protection_overview,
    protection_pages,
    quality,
    quality_pages,
    results_annex,
    roadmap,
    roadmap_pages,
    stolen_laptop,
    trainings,
    trainings_pages,
)
from desktop.reports.report import Report
from i18n import N_

_TITLES = dict(REPORT_KINDS)

REPORTS = (
    Report(
        "donor-narrative",
        _TITLES["donor-narrative"],
        N_("The harmonised questions (8+3) as the donor asks them, or its own log frame line by line."),
        donor_narrative.gather,
        donor_narrative.parts,
        asks=(
            "donor",
            "contribution",
            "framework",
            "place",
            "starts_on",
            "ends_on",
            "final",
            "currency",
            "stage",
        ),
        printed=N_("Narrative report"),
        opening=INDICATIVE,
        coarsens=("periods", "places"),
        lacking=donor_narrative_lacking.lacking,
        signed=True,
    ),
    Report(
        "protection-overview",
        _TITLES["protection-overview"],
        N_("Who does what, where and for whom in protection: by area, place, partner, donor, sex and age."),
        protection_overview.gather,
        protection_pages.parts,
        coarsens=("bands",),
        asks=("partner", "donor", "contribution", "agreement", "place", "starts_on", "ends_on", "since"),
        lacking=protection_lacking.lacking,
    ),
    Report(
        "donor-briefing",
        _TITLES["donor-briefing"],
        N_("Two pages: key figures and how they changed, three partners, money, what we ask for, what is open."),
        donor_briefing.gather,
        briefing_pages.parts,
        asks=("donor", "contribution", "ends_on", "since", "currency", "stage"),
        needs=("donor",),
        opening=INDICATIVE,
        lacking=donor_briefing.lacking,
        short=True,
    ),
    Report(
        "results-annex",
        _TITLES["results-annex"],
        N_("Every indicator with baseline, target and actual, by period, place, sex, age and disability."),
        results_annex.gather,
        results_annex.parts,
        asks=("partner", "donor", "contribution", "agreement", "framework", "place", "starts_on", "ends_on"),
        coarsens=("periods", "places"),
        lacking=results_annex.lacking,
    ),
    Report(
        "localisation",
        _TITLES["localisation"],
        N_("Money, agreements, overheads and decisions to local and women-led partners, with what is not known."),
        localisation.gather,
        localisation_pages.parts,
        asks=("starts_on", "ends_on", "currency", "stage"),
        needs=("starts_on", "ends_on"),
        opening=INDICATIVE,
        cover=localisation_pages.cover,
        lacking=localisation.lacking,
    ),
    Report(
        "partner-profile",
        _TITLES["partner-profile"],
        N_("One partner on one or two pages: who it is, who leads it, what we do together, people and work."),
        partner_profile.gather,
        partner_profile_pages.parts,
        asks=("partner", "donor", "starts_on", "ends_on"),
        needs=("partner",),
        lacking=partner_profile.lacking,
        short=True,
    ),
    Report(
        "calendar",
        _TITLES["calendar"],
        N_("What is due to whom and by when: reports, promises, questions, tranches, ends; what is overdue first."),
        calendar.gather,
        calendar.parts,
        asks=("partner", "donor", "starts_on", "ends_on"),
        short=True,
    ),
    Report(
        "financial",
        _TITLES["financial"],
        N_("Budget lines, allocations by stage, tranches and their age, overheads, receipts and the rates used."),
        financial.gather,
        financial_pages.parts,
        asks=("contribution", "agreement", "donor", "partner", "starts_on", "ends_on", "currency"),
        opening=INDICATIVE,
        lacking=financial.lacking,
    ),
    Report(
        "plan-progress",
        _TITLES["plan-progress"],
        N_("How far each action of a plan has come, by pillar and horizon, and what was done for it."),
        roadmap.gather,
        roadmap_pages.parts,
        asks=("framework", "starts_on", "ends_on"),
        needs=("framework",),
        lacking=roadmap.lacking,
    ),
    Report(
        "programme-year",
        _TITLES["programme-year"],
        N_("A programme's published figures, each with its unit and caveat; sums only where parts make up a whole."),
        programme.gather,
        programme_pages.parts,
        asks=("framework",),
        needs=("framework",),
        lacking=programme.lacking,
    ),
    Report(
        "trainings-advocacy",
        _TITLES["trainings-advocacy"],
        N_("Trainings with their participants by sex, advocacy actions and what came of them, protection analyses."),
        trainings.gather,
        trainings_pages.parts,
        asks=("partner", "framework", "place", "starts_on", "ends_on"),
        lacking=trainings.lacking,
    ),
    Report(
        "data-quality",
        _TITLES["data-quality"],
        N_("What is lacking among figures, activities, reports, files and partners; each number lists its rows."),
        quality.gather,
        quality_pages.parts,
        asks=("partner", "place", "starts_on", "ends_on"),
    ),
    Report(
        "held",
        N_("What the record holds about a partner"),
        N_("Everything kept about one organisation, for that organisation itself; what is left out, and why."),
        held.gather,
        held.parts,
        asks=("partner",),
        needs=("partner",),
        printed=N_("What our record holds about you"),
        cover=held.cover,
    ),
    Report(
        SHEET,
        N_("Sheet for a stolen computer"),
        N_("One page to print and keep apart: what the record held, whom to call, what to close and to bring back."),
        stolen_laptop.gather,
        stolen_laptop.parts,
        asks=(),
        cover=stolen_laptop.cover,
        short=True,
        only=Audience.INTERNAL,
    ),
)


class NoSuchReport(RecordError):
    message = N_("There is no report called {name}. The command “jalon reports” lists them.")


def report_called(name: str) -> Report:
    """The report of this name."""
    for report in REPORTS:
        if report.name == name:
            return report
    raise NoSuchReport(name=name)
