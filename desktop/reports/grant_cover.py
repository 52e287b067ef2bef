"""The administrative part of a donor report: each point of the template, from the record or said to be missing."""

from collections.abc import Iterator
from typing import cast

from db.models.money import STAGES
from db.models.results import NATURES
from db.money import Money as Amount
from db.queries.measured import PlaceNamed
from db.questions import questions
from desktop.guard.audiences import Audience
from desktop.guard.released import Released
from desktop.reports.building import label
from desktop.reports.document import (
    Block,
    Column,
    Count,
    Day,
    KeyFigure,
    Missing,
    Money,
    Row,
    RowKind,
    Said,
    Table,
    Value,
)
from desktop.reports.grant_figures import moved, page_of
from desktop.reports.grant_money_tables import amount
from desktop.reports.indicator_figures import INDICATORS, PLACES
from desktop.reports.indicator_notes import described, named
from desktop.reports.indicator_tables import figure
from desktop.reports.money_notes import rate_used
from desktop.reports.report import FRAME, Frame
from desktop.reports.saying import said, title
from i18n import Words

Pair = tuple[str, Value]


def administrative(released: Released, words: Words) -> Iterator[Block]:
    """Every point of the first part, in the order of the template."""
    rows: list[Row] = []
    for code, question in questions().items():
        if code in _POINTS:
            head, pairs = label(question.titles, words), list(_POINTS[code](released, words))
            if len(pairs) == 1:
                rows.append(Row((head, pairs[0][1])))
            else:
                rows.append(Row((head, ""), RowKind.SUBTOTAL))
                rows += (Row(pair) for pair in pairs)
    yield Table(
        words.gettext("From the record"),
        (Column(words.gettext("Point"), weight=1.2), Column(words.gettext("Value"), weight=2)),
        tuple(rows),
        name="administrative",
    )


def people_lines(released: Released, words: Words) -> Iterator[tuple[str, Value, str]]:
    """People targeted and reached, and by which indicator where it is one's.

    Those that activities counted, else those of the first indicator that counts persons: never both together.
    """
    if natures := page_of(released).natures:
        for nature in natures:
            yield title(nature, NATURES, words), said(released.figures[f"people_{nature}"], words), ""
        return
    for line, one in zip(released.grids[INDICATORS], described(released), strict=True):
        if one.unit == "persons":
            yield words.gettext("People targeted"), figure(line.cells[2], words), named(one, words)
            yield words.gettext("People reached"), figure(line.cells[4], words), named(one, words)
            return
    yield words.gettext("People reached"), Missing(words.gettext("not collected")), ""


def _people(released: Released, words: Words) -> Iterator[Pair]:
    told = words.gettext("{what}, by the indicator “{indicator}”")
    for what, value, indicator in people_lines(released, words):
        yield told.format(what=what, indicator=indicator) if indicator else what, value


def women_led_partners(released: Released, words: Words) -> KeyFigure:
    """How many of the partners women lead; where nobody was assessed that is not known, and no zero."""
    assessed = [led for _local, led in page_of(released).partners if led != "unknown"]
    value = Count(sum(led == "met" for led in assessed)) if assessed else Missing(words.gettext("Unknown"))
    return KeyFigure(value, words.gettext("Women-led partners"), words.gettext("Assessed, criteria met"))


def _frame(released: Released) -> Frame:
    return cast(Frame, released.plain[FRAME])


def _told(text: str | None, words: Words, language: str | None = None) -> Value:
    return Said(text, language) if text else Missing(words.gettext("not stated"))


def _title(released: Released, words: Words) -> Iterator[Pair]:
    for one in page_of(released).grants:
        yield words.gettext("Title"), _told(one.title, words)


def _reporting(released: Released, words: Words) -> Iterator[Pair]:
    yield words.gettext("Organisation"), page_of(released).reporting or Missing(words.gettext("not stated"))
    yield words.gettext("Office"), _told(_frame(released).office, words)


def _donor(released: Released, words: Words) -> Iterator[Pair]:
    grants = page_of(released).grants
    for donor in dict.fromkeys(one.donor for one in grants):
        yield words.gettext("Donor"), Said(donor.name, donor.language)
    for one in grants:
        yield words.gettext("Reference"), _told(one.reference, words)


def _where(released: Released, words: Words) -> Iterator[Pair]:
    country = page_of(released).country
    yield (
        words.gettext("Country"),
        words.territory_name(country) if country else Missing(words.gettext("not stated")),
    )
    counted = (line.cells[1] for line in released.grids[PLACES])
    named_places = (one for one in (*page_of(released).places, *counted) if isinstance(one, PlaceNamed))
    places = [words.isolate(name) for name in dict.fromkeys(place.name for place in named_places)]
    yield words.gettext("Places"), words.list(places) if places else Missing(words.gettext("not stated"))


def _days(released: Released, words: Words) -> Iterator[Pair]:
    for one in page_of(released).grants:
        known = one.starts_on or one.ends_on
        period = words.period(one.starts_on, one.ends_on) if known else Missing(words.gettext("not stated"))
        yield words.gettext("From the first to the last day"), period


def _period(released: Released, words: Words) -> Iterator[Pair]:
    asked = _frame(released).asked
    known = asked.scope.starts_on or asked.scope.ends_on
    until = words.gettext("until {date}").format(date=words.date(_frame(released).as_of))
    yield (
        words.gettext("Period covered"),
        words.period(asked.scope.starts_on, asked.scope.ends_on) if known else until,
    )
    yield (
        words.gettext("Type of report"),
        words.gettext("Final report") if asked.final else words.gettext("Interim report"),
    )


def _budget(released: Released, words: Words) -> Iterator[Pair]:
    page = page_of(released)
    for one in page.grants:
        yield words.gettext("Contribution of the donor"), amount(one.amount, words.gettext("not stated"))
    for currency in sorted({line.currency for line in page.budget}):
        lines = [line for line in page.budget if line.currency == currency]
        whole = sum(part.minor for line in lines for part in line.parts if part)
        donors = sum(line.parts[0].minor for line in lines if line.parts[0])
        yield words.gettext("Budget of the agreements with partners"), _money(whole, currency)
        yield words.gettext("Of which from the donor"), _money(donors, currency)


def _money(minor: int, currency: str) -> Value:
    found = Amount.of(minor, currency)
    return Money(found.amount, currency)


def _spent(released: Released, words: Words) -> Iterator[Pair]:
    page = page_of(released)
    for stage in dict.fromkeys(one for one in (page.money, page.spent) if one):
        name = title(stage.stage, STAGES, words)
        if not stage.flows:
            yield name, Missing(words.gettext("not recorded"))
            continue
        _in_period, to_date = moved(stage, stage, _frame(released).asked.scope, _frame(released).change)
        yield name, said(to_date, words)
        for leg in stage.legs:
            yield words.gettext("Rate"), rate_used(leg, words)


def _partners(released: Released, words: Words) -> Iterator[Pair]:
    parties = page_of(released).partners
    yield words.gettext("Partners"), Count(len(parties))
    yield words.gettext("Local or national"), Count(sum(local == "met" for local, _led in parties))
    yield words.gettext("Not known whether local or national"), Count(sum(one == "unknown" for one, _led in parties))
    yield words.gettext("Women-led, as assessed"), Count(sum(led == "met" for _local, led in parties))
    yield words.gettext("Not known whether women-led"), Count(sum(led == "unknown" for _local, led in parties))


def _contact(released: Released, words: Words) -> Iterator[Pair]:
    """Whom to ask; not for everybody."""
    public = _frame(released).asked.audience is Audience.PUBLIC
    known = () if public else page_of(released).grants
    contacts = dict.fromkeys((one.contact, one.email) for one in known if one.contact)
    if not contacts:
        yield words.gettext("Contact"), Missing(words.gettext("not stated"))
    for name, email in contacts:
        yield words.gettext("Contact"), _told(name, words)
        if email:
            yield words.gettext("Work e-mail"), Said(email)
    yield words.gettext("Date"), Day(_frame(released).as_of)
    yield words.gettext("Cleared by"), _told(_frame(released).asked.own.approved_by, words)


_POINTS = {
    "A-01": _title,
    "A-02": _reporting,
    "A-03": _donor,
    "A-04": _where,
    "A-05": _days,
    "A-06": _period,
    "A-07": _budget,
    "A-08": _spent,
    "A-09": _partners,
    "A-10": _people,
    "A-11": _contact,
}
