"""A partner's profile and the calendar: what each audience is told, and what it is never told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from db.queries.entries import entries_like
from db.queries.scope import Scope
from db.record import Record
from desktop.deliver import Order, clear, document, gather, make
from desktop.guard.audiences import Audience
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.reports.document import Count, Document, Heading, KeyFigures, Share, Table
from desktop.reports.offer import report_called
from desktop.reports.report import Asked, NeedsChosen
from i18n import LANGUAGES


@pytest.fixture(scope="module")
def practice(practice_file: Path) -> Iterator[Record]:
    with Record.open(practice_file, PRACTICE_PASSPHRASE, write=False) as record:
        yield record


@pytest.fixture(scope="module")
def women(practice: Record) -> UUID:
    ((id, _name), *_others) = practice.read(entries_like, "organisation", "Femmes debout")
    return id


def made(record: Record, name: str, scope: Scope, audience: Audience, language: str = "en") -> Document:
    order = Order(name, Asked(scope, audience), language, "pdf")
    return document(clear(gather(record, order), order.asked), order)


def tables(found: Document) -> dict[str, Table]:
    return {block.name: block for block in found.blocks if isinstance(block, Table)}


def test_ratings_are_for_the_office_and_the_partner_alone(practice: Record, women: UUID) -> None:
    for audience, told in (
        (Audience.INTERNAL, True),
        (Audience.PARTNER, True),
        (Audience.DONOR, False),
        (Audience.PUBLIC, False),
    ):
        found = made(practice, "partner-profile", Scope(partner=women), audience)
        assert ("ratings" in tables(found)) is told
        assert any(isinstance(block, Heading) and "rating" in block.text for block in found.blocks) is told


def test_the_profile_says_who_leads_by_which_definition_and_what_is_not_known(practice: Record, women: UUID) -> None:
    lead = tables(made(practice, "partner-profile", Scope(partner=women), Audience.DONOR))["lead"]
    assert [row.cells[1] for row in lead.rows] == ["Criteria met"]
    assert lead.rows[0].cells[2]
    assert lead.note.startswith("Not assessed, hence unknown, which does not mean no: Women’s rights organisation, ")


def test_reports_that_came_and_reports_that_are_late(practice: Record, women: UUID) -> None:
    found = made(practice, "partner-profile", Scope(partner=women), Audience.INTERNAL)
    (block,) = (block for block in found.blocks if isinstance(block, KeyFigures))
    told = {figure.label: figure.value for figure in block.figures}
    came, late, share = (told[name] for name in ("Reports received", "Reports not received", "Of these, by their day"))
    assert isinstance(came, Count) and isinstance(late, Count) and came.value and late.value
    assert isinstance(share, Share) and 0 < share.ratio <= 1


def test_what_a_profile_lacks_opens_its_field(practice: Record) -> None:
    ((id, _name), *_others) = practice.read(entries_like, "organisation", "Comité")
    lacking = report_called("partner-profile").lacking(practice, Asked(Scope(partner=id)))
    assert {(one.kind, one.key) for one in lacking} == {("partners", "mandate")}


def test_the_calendar_tells_a_donor_nothing_of_risks_and_capacity(practice: Record) -> None:
    scope = Scope(ends_on=date(2027, 12, 31))
    ((donor, _name), *_others) = practice.read(entries_like, "organisation", "Arvanie")
    inside = made(practice, "calendar", scope, Audience.INTERNAL)
    with pytest.raises(NeedsChosen):
        made(practice, "calendar", scope, Audience.DONOR)
    outside = made(practice, "calendar", replace(scope, donor=donor), Audience.DONOR)

    def reasons(found: Document) -> set[object]:
        return {row.cells[1] for table in tables(found).values() for row in table.rows}

    assert "Risk to look at" in reasons(inside) and "Risk to look at" not in reasons(outside)
    assert reasons(outside) < reasons(inside)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["partner-profile", "calendar"])
def test_both_can_be_made_in_every_language(practice: Record, women: UUID, name: str, language: str) -> None:
    scope = Scope(partner=women)
    for form in ("docx", "text"):
        order = Order(name, Asked(scope, Audience.DONOR), language, form)  # type: ignore[arg-type]
        assert make(gather(practice, order), order).content
