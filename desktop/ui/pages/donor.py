"""A donor with its money and what is open at a glance; and the lists of money, from which the shares are near."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from db.money import Money
from db.queries.donors import DonorPage as Glance
from db.queries.donors import Pipeline, donor_page
from db.queries.money import NoRate, Sum
from desktop.reports.money_notes import rate_used
from desktop.ui.desk import Desk
from desktop.ui.due import OpenWith
from desktop.ui.errors import sentence
from desktop.ui.language import _, counted, words
from desktop.ui.pages.glance import GlancePart
from desktop.ui.pages.listing import ListPage
from desktop.ui.pages.partner import PartnerPage
from desktop.ui.pages.shares import SharesPage
from desktop.ui.parts import button, card, plain, row, text


class DonorPage(PartnerPage):
    """The page of one donor."""

    def more_parts(self) -> Sequence[tuple[str, Callable[[], QWidget]]]:
        cards = partial(_cards, self.desk)
        return (
            (_("At a glance"), lambda: GlancePart(self.desk, donor_page, cards)),
            (_("Open matters"), lambda: OpenWith(self.desk)),
        )


class MoneyListPage(ListPage):
    """A list of donors or of their money, one click from where the money went."""

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__(desk, kind)
        self.buttons.insert(1, _to_shares(desk))


def _to_shares(desk: Desk) -> QWidget:
    return button(_(SharesPage.title), partial(desk.go, SharesPage.key), "", "chart-column")


def _cards(desk: Desk, found: Glance) -> Iterator[QWidget]:
    yield card(*_secured(found), plain(row(_to_shares(desk))))
    yield card(*_pipeline(found.pipeline))
    yield card(*_open(found))


def _secured(found: Glance) -> Iterator[QWidget]:
    yield text(_("Committed or more: {amounts}").format(amounts=_amounts(found.secured)), "subtitle")
    if found.secured:
        flexible = _("Of that, what reached us flexible: {amounts}").format(amounts=_amounts(found.flexible))
        yield text(flexible, "muted")
    match found.together:
        case Sum(money):
            yield text(_("In one currency, indicative: {amount}").format(amount=_amount(money)), "muted")
            for leg in found.together.rates:
                yield text(rate_used(leg, words()), "muted")
        case NoRate() as lacking:
            yield text(sentence(lacking) or "", "muted")
        case None:
            pass
    if found.earmarking_unknown:
        unknown = counted(
            "For {count} contribution it is not known how it is earmarked.",
            "For {count} contributions it is not known how they are earmarked.",
            found.earmarking_unknown,
        )
        yield text(unknown, "warning")


def _pipeline(found: Pipeline) -> Iterator[QWidget]:
    wholes = _amounts([each.whole for each in found.sums])
    yield text(_("May still come: {amounts}").format(amounts=wholes), "subtitle")
    for each in found.sums:
        weighed = _("Weighed by how likely each part is: {amount}").format(amount=_amount(each.weighted))
        yield text(weighed, "muted")
        if each.not_weighted.amount:
            apart = _("How likely it is was not noted, and it is not weighed: {amount}")
            yield text(apart.format(amount=_amount(each.not_weighted)), "muted")
    if found.without_amount:
        talks = counted(
            "{count} contribution under discussion has no amount yet.",
            "{count} contributions under discussion have no amount yet.",
            found.without_amount,
        )
        yield text(talks, "muted")


def _open(found: Glance) -> Iterator[QWidget]:
    yield text(_("Open matters"), "subtitle")
    promises = counted("{count} commitment is open.", "{count} commitments are open.", found.open_commitments)
    yield text(promises, "muted")
    if found.overdue_commitments:
        overdue = counted("{count} of them is overdue.", "{count} of them are overdue.", found.overdue_commitments)
        yield text(overdue, "warning")
    asked = counted("{count} question is unanswered.", "{count} questions are unanswered.", found.open_questions)
    yield text(asked, "muted")
    met = found.last_engagement
    last = _("Last engagement: {day}").format(day=words().date(met)) if met else _("No engagement is recorded.")
    yield text(last, "muted")


def _amounts(amounts: Sequence[Money]) -> str:
    """One amount for each currency; they are never added up."""
    return words().list([_amount(each) for each in amounts]) if amounts else _("nothing recorded")


def _amount(money: Money) -> str:
    return words().money(money.amount, money.currency)
