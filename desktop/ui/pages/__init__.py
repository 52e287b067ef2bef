"""The pages of the window, by key, and those that stand in the rail with their icons."""

from desktop.ui.pages.activities import ActivitiesPage
from desktop.ui.pages.activity import ActivityPage
from desktop.ui.pages.history import HistoryPage
from desktop.ui.pages.home import HomePage
from desktop.ui.pages.import_ import ImportPage
from desktop.ui.pages.page import Page
from desktop.ui.pages.partner import PartnerPage
from desktop.ui.pages.partners import PartnersPage
from desktop.ui.pages.reports import ReportsPage

PAGES: dict[str, type[Page]] = {
    page.key: page
    for page in (
        HomePage,
        PartnersPage,
        PartnerPage,
        ActivitiesPage,
        ActivityPage,
        ImportPage,
        ReportsPage,
        HistoryPage,
    )
}
RAIL = (
    ("home", "house"),
    ("partners", "users"),
    ("activities", "activity"),
    ("import", "file-down"),
    ("reports", "chart-column"),
    ("history", "history"),
)
