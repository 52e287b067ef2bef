"""Reports in languages beyond those of the screen: the partner's profile whole, any other told of on its first page."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select

from db.definitions import name_of
from db.models import Organisation, OrganisationRole, agreements, assessments, engagements, organisations, women_led
from db.models.money import STAGES
from db.models.results import NATURES, SEXES
from db.queries.entries import entries_like
from db.queries.scope import Scope
from db.record import Record
from desktop.deliver import Order, clear, document, gather, make
from desktop.guard.audiences import Audience
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.render import render
from desktop.reports.document import Document, Paragraph, Strong
from desktop.reports.report import Asked
from desktop.reports.untranslated import holds_english
from i18n import Words
from i18n.catalogues import MARK

CHOICES = (
    *agreements.STATUSES,
    *assessments.RATINGS,
    *assessments.SCHEMES,
    *engagements.SEATS,
    *organisations.REACHES,
    *organisations.TYPES,
    *women_led.ABOUT,
    *women_led.STATUSES,
    *STAGES,
    *NATURES,
    *SEXES,
)


@pytest.fixture(scope="module")
def practice(practice_file: Path) -> Iterator[Record]:
    with Record.open(practice_file, PRACTICE_PASSPHRASE, write=False) as record:
        yield record


def made(record: Record, name: str, asked: Asked, language: str) -> Document:
    order = Order(name, asked, language, "text")
    return document(clear(gather(record, order), order.asked), order)


@pytest.mark.parametrize("language", ["pt", "sw"])
def test_every_partners_profile_is_wholly_translated(practice: Record, language: str) -> None:
    playing = select(OrganisationRole.organisation_id).where(OrganisationRole.role == "partner")
    partners = practice.read(lambda s: s.scalars(select(Organisation.id).where(Organisation.id.in_(playing))).all())
    assert partners
    for partner in partners:
        for audience in (Audience.INTERNAL, Audience.PARTNER, Audience.DONOR):
            found = made(practice, "partner-profile", Asked(Scope(partner=partner), audience), language)
            assert not holds_english((found.title, found.cover, found.blocks)), partner
            assert MARK not in render(found, "text").decode()


@pytest.mark.parametrize("language", ["pt", "sw"])
def test_every_value_that_a_profile_can_say_is_translated(language: str) -> None:
    words = Words.of(language)
    assert [text for _code, text in CHOICES if MARK in words.gettext(text)] == []
    for code, version in (("WLO-50", "1"), ("WRO", "1"), ("OPD", "1")):
        assert MARK not in name_of(code, version, language)
    assert MARK not in words.pgettext("mark in place of a hidden count", "[hidden]")


def test_what_is_not_translated_is_marked_and_the_first_page_says_so(practice: Record) -> None:
    found = made(practice, "protection-overview", Asked(), "pt")
    assert holds_english(found.blocks)
    first = found.blocks[0]
    assert isinstance(first, Paragraph) and isinstance(first.runs[0], Strong)
    assert "não estão traduzidas em português" in first.runs[0].text
    for language in ("fr", "ar"):
        assert not holds_english(made(practice, "protection-overview", Asked(), language).blocks)


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_a_profile_in_swahili_can_be_made_in_every_form(practice: Record, form: str) -> None:
    id = practice.read(lambda session: session.scalar(select(OrganisationRole.organisation_id)))
    order = Order("partner-profile", Asked(Scope(partner=id), Audience.INTERNAL), "sw", form)  # type: ignore[arg-type]
    done = make(gather(practice, order), order)
    assert done.content[:2] in (b"%P", b"PK")
    assert done.unprintable == ""


@pytest.mark.parametrize("language", ["fr", "es", "ar", "pt", "sw"])
def test_the_sheet_of_a_well_known_partner_takes_two_pages_at_most(practice: Record, language: str) -> None:
    ((id, _name), *_others) = practice.read(entries_like, "organisation", "Femmes debout")
    order = Order("partner-profile", Asked(Scope(partner=id), Audience.PARTNER), language, "pdf")
    assert len(pypdfium2.PdfDocument(make(gather(practice, order), order).content)) <= 2
