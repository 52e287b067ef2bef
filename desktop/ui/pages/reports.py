"""Reports."""

from desktop.ui.pages.page import Page
from i18n import N_


class ReportsPage(Page):
    """Reports."""

    key = "reports"
    title = N_("Reports")
