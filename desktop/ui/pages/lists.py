"""All lists: every kind of thing the record keeps, in groups, one click from its list."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.queries.kinds import KINDS
from desktop.ui.desk import Desk
from desktop.ui.language import _
from desktop.ui.pages.page import Page
from desktop.ui.pages.rail import RAIL
from desktop.ui.pages.register import RegisterPage
from desktop.ui.pages.reports import QuickReportPage
from desktop.ui.pages.retention import RetentionPage
from desktop.ui.pages.shares import SharesPage
from desktop.ui.parts import button, card, plain, row, scrolled, text
from i18n import N_

GROUPS: tuple[tuple[str, list[str]], ...] = (
    (
        N_("Partners and other organisations"),
        """organisations organisation-names organisation-roles organisation-codes organisation-places contacts
        leadership-counts women-led-assessments criteria assessments answers capacity-actions governing-documents
        screenings flags confidential-notes""".split(),
    ),
    (
        N_("Agreements and money"),
        """budget-lines tranches amendments approvals status-changes risks contributions receipts allocations
        exchange-rates shares""".split(),
    ),
    (N_("Donors and engagements"), "departments requirements attendances positions commitments questions".split()),
    (
        N_("Participation, trainings, advocacy"),
        "participations trainings advocacy-actions escalations analyses".split(),
    ),
    (
        N_("Reports"),
        """schedules received-reports report-templates report-approvals frozen-reports dispatches
        release-authorisations quick-report register""".split(),
    ),
    (
        N_("Activities and results"),
        "activity-funding activity-tags indicators aims breakdowns feedback progress".split(),
    ),
    (N_("Frameworks and places"), "framework-items indicator-links tags place-codes".split()),
    (N_("Documents and the office"), "documents texts sources offices people retention retention-rules".split()),
)


_BESIDES = {page.key: page.title for page in (SharesPage, QuickReportPage, RegisterPage, RetentionPage)}
"""What is no list of a kind, and looked for among them."""


class ListsPage(Page):
    """The way to every list that does not stand in the rail."""

    key = "lists"
    title = N_("All lists")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        inside = QWidget()
        inside.setProperty("is", "plain")
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 8, 0)
        lines.setSpacing(12)
        for title, keys in _groups():
            buttons = [button(_(_name(key)), partial(desk.go, key), "link") for key in keys]
            lines.addWidget(card(text(_(title), "subtitle"), plain(row(*buttons))))
        lines.addStretch(1)
        self.body.addWidget(scrolled(inside, _(self.title)))


def _name(key: str) -> str:
    return _BESIDES[key] if key in _BESIDES else KINDS[key].name


def _groups() -> list[tuple[str, list[str]]]:
    """The groups with the kinds that there are; a kind no group names still has its place, in the last one."""
    groups = [(title, [key for key in keys if key in KINDS or key in _BESIDES]) for title, keys in GROUPS]
    placed = {kind for _title, kinds in groups for kind in kinds} | {key for key, _icon in RAIL}
    groups[-1][1].extend(kind for kind in KINDS if kind not in placed)
    return groups
