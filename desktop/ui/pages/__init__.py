"""The pages of the window by their keys.

A kind of the record has two pages, its list and the page of one thing; both are made from data. The others are few and
written by hand.
"""

from db.queries.kinds import KINDS
from desktop.ui.desk import ONE, Desk
from desktop.ui.entries import entry_of
from desktop.ui.pages.activity import ActivityPage
from desktop.ui.pages.agreement import AgreementPage
from desktop.ui.pages.alike import PlacePage
from desktop.ui.pages.calendar import CalendarPage
from desktop.ui.pages.donor import DonorPage, MoneyListPage
from desktop.ui.pages.duty import DutyPage
from desktop.ui.pages.entry import EntryPage
from desktop.ui.pages.framework import FrameworkPage, FrameworksPage
from desktop.ui.pages.framework_item import ItemPage
from desktop.ui.pages.history import HistoryPage
from desktop.ui.pages.home import HomePage
from desktop.ui.pages.import_ import ImportPage
from desktop.ui.pages.indicator import IndicatorPage
from desktop.ui.pages.listing import ListPage
from desktop.ui.pages.lists import ListsPage
from desktop.ui.pages.page import Page
from desktop.ui.pages.partner import PartnerPage
from desktop.ui.pages.places import PlacesPage
from desktop.ui.pages.rates import RatesPage
from desktop.ui.pages.received import ReportPage
from desktop.ui.pages.register import RegisterPage
from desktop.ui.pages.reports import QuickReportPage, ReportsPage, TemplatesPage
from desktop.ui.pages.result import ResultPage
from desktop.ui.pages.retention import RetentionPage
from desktop.ui.pages.shares import SharesPage
from desktop.ui.pages.written import WrittenPage

PAGES: dict[str, type[Page]] = {
    page.key: page
    for page in (
        HomePage,
        CalendarPage,
        ImportPage,
        QuickReportPage,
        RegisterPage,
        RetentionPage,
        HistoryPage,
        ListsPage,
        SharesPage,
    )
}
_OWN: dict[str, type[EntryPage]] = {
    "partners": PartnerPage,
    "donors": DonorPage,
    "organisations": PartnerPage,
    "activities": ActivityPage,
    "agreements": AgreementPage,
    "duties": DutyPage,
    "frameworks": FrameworkPage,
    "framework-items": ItemPage,
    "indicators": IndicatorPage,
    "places": PlacePage,
    "received-reports": ReportPage,
    "reports": WrittenPage,
    "results": ResultPage,
}
"""Pages of one thing that show or keep more than its fields."""

_LISTS: dict[str, type[ListPage]] = {
    "donors": MoneyListPage,
    "contributions": MoneyListPage,
    "allocations": MoneyListPage,
    "frameworks": FrameworksPage,
    "exchange-rates": RatesPage,
    "places": PlacesPage,
    "reports": ReportsPage,
    "report-templates": TemplatesPage,
}
"""Lists that offer more than their rows."""


def page_of(desk: Desk, key: str) -> Page:
    """Make the page of this key; KeyError for one that nobody knows."""
    if key in PAGES:
        return PAGES[key](desk)
    kind = key.removesuffix(ONE)
    if kind == key:
        return _LISTS.get(kind, ListPage)(desk, kind)
    return _OWN.get(kind, EntryPage)(desk, entry_of(kind))


def title_of(key: str) -> str:
    """What a page of the rail is called, as a msgid."""
    return PAGES[key].title if key in PAGES else KINDS[key].name
