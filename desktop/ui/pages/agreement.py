"""The page of an agreement: its money and its decisions at a glance, and what does not add up said where it stands."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QWidget

from db.fields import field_of
from db.models import Approval
from db.money import Money
from db.queries.agreements import AgreementPage as Glance
from db.queries.agreements import Budget, Decided, agreement_page
from db.queries.tranches import OLDEST, Ageing, LateTranche, Tranches
from desktop.ui.entries.watching import too_much
from desktop.ui.language import _, counted, words
from desktop.ui.pages.entry import EntryPage
from desktop.ui.pages.glance import GlancePart
from desktop.ui.parts import card, text
from desktop.ui.tables.column import one_line
from i18n import N_
from i18n.currencies import decimals_of

_AGES = {
    "0-30": N_("Up to 30 days: {amounts}"),
    "31-60": N_("31 to 60 days: {amounts}"),
    "61-90": N_("61 to 90 days: {amounts}"),
    OLDEST: N_("More than 90 days: {amounts}"),
}


class AgreementPage(EntryPage):
    """The page of one agreement."""

    def more_parts(self) -> Sequence[tuple[str, Callable[[], QWidget]]]:
        return ((_("At a glance"), lambda: GlancePart(self.desk, agreement_page, _cards)),)


def _cards(found: Glance) -> Iterator[QWidget]:
    """What was agreed, paid and accounted for, in each currency; who approved what; what is out of step."""
    if found.over:
        yield card(text(too_much(found.over), "warning"))
    for budget in found.budgets:
        yield card(*_budget(budget))
    if found.late:
        yield card(*(text(_late(each), "warning") for each in found.late))
    for tranches in found.tranches:
        yield card(*_tranches(tranches, found))
    if found.ageing.rows:
        yield card(*_ageing(found.ageing))
    yield card(*_decisions(found))
    if found.open_risks:
        open_ones = counted("{count} risk or issue is open.", "{count} risks and issues are open.", found.open_risks)
        yield card(text(open_ones))


def _budget(budget: Budget) -> list[QWidget]:
    shares = (
        (_("Share of the donor: {amount}"), budget.donor),
        (_("Share of the partner: {amount}"), budget.partner),
        (_("Share in kind: {amount}"), budget.in_kind),
        (_("Of which overheads: {amount}"), budget.overhead),
    )
    lines: list[QWidget] = [text(_("Budget: {amount}").format(amount=_money(budget.total)), "subtitle")]
    lines += [text(line.format(amount=_money(money)), "muted") for line, money in shares if money.amount]
    if budget.difference is not None and budget.difference.amount:
        apart = _("The budget lines and the amount of the agreement differ by {amount}.")
        by = Money(abs(budget.difference.amount), budget.difference.currency)
        lines.append(text(apart.format(amount=_money(by)), "warning"))
    return lines


def _tranches(tranches: Tranches, found: Glance) -> list[QWidget]:
    lines: list[QWidget] = [
        text(_("Paid: {amount}").format(amount=_money(tranches.paid)), "subtitle"),
        text(_("Planned: {amount}").format(amount=_money(tranches.planned)), "muted"),
        text(_("Accounted for by the partner: {amount}").format(amount=_money(tranches.liquidated)), "muted"),
    ]
    if tranches.outstanding.amount:
        lines.append(text(_("Not yet accounted for: {amount}").format(amount=_money(tranches.outstanding))))
    agreed, paid = found.overheads_agreed, tranches.overheads_rate
    if agreed is not None and tranches.paid.amount and tranches.overheads_paid is None:
        unsaid = _("Overheads: {agreed} of direct costs agreed; how much of what was paid they are is not known")
        lines.append(text(unsaid.format(agreed=words().percent(agreed / 100, 1)), "muted"))
    elif agreed is not None and paid is not None:
        compared = _("Overheads: {agreed} agreed, {paid} paid of direct costs")
        rates = (words().percent(rate / 100, 1) for rate in (agreed, paid))
        lines.append(text(compared.format(**dict(zip(("agreed", "paid"), rates, strict=True))), "muted"))
    return lines


def _late(each: LateTranche) -> str:
    number, day = words().number(each.number), words().date(each.planned_on)
    if each.money is None:
        return _("Tranche {number} is late: it was planned for {day}.").format(number=number, day=day)
    said = _("Tranche {number} of {amount} is late: it was planned for {day}.")
    return said.format(number=number, amount=_money(each.money), day=day)


def _ageing(found: Ageing) -> list[QWidget]:
    lines: list[QWidget] = [text(_("Not accounted for, by days since it was paid"), "subtitle")]
    for age, amounts in found.sums().items():
        if amounts:
            kind = "warning" if age == OLDEST else "muted"
            lines.append(text(_(_AGES[age]).format(amounts=words().list([_money(each) for each in amounts])), kind))
    return lines


def _decisions(found: Glance) -> list[QWidget]:
    lines: list[QWidget] = [text(_("Decisions"), "subtitle")]
    for stale in found.stale[:1]:
        changed = _("What {person} approved on {day} has changed since: it has to be approved anew.")
        person = words().isolate(one_line(stale.person or ""))
        lines.append(text(changed.format(person=person, day=words().date(stale.on)), "warning"))
    lines += [text(_decided(each), "muted") for each in found.decisions]
    if not found.decisions:
        lines.append(text(_("Nobody has decided on it yet."), "muted"))
    return lines


def _decided(each: Decided) -> str:
    decision = _(field_of(Approval.decision).title_of(each.decision))
    person = words().isolate(one_line(each.person or ""))
    return _("{day}: {decision}, {person}").format(day=words().date(each.on), decision=decision, person=person)


def _money(money: Money) -> str:
    return words().money(money.amount, money.currency, decimals_of(money.currency))
