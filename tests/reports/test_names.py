"""Places and organisations stand in a report under their names in its language, as far as the record has them."""

import pytest

from db.commands.entries import add
from db.commands.organisations import add_name
from db.commands.texts import set_text
from db.models import Place
from db.models.texts import STATUSES
from db.queries.called import called_otherwise
from db.queries.scope import Scope
from db.record import Record
from desktop.deliver import Order, clear, document, gather
from desktop.guard.audiences import Audience
from desktop.render import render
from desktop.reports.document import Said
from desktop.reports.names import by_their_names
from desktop.reports.report import Asked
from i18n import Words
from tests.reports.conftest import Protection

ARABIC_PLACE, ARABIC_NAME = "شمال التجربة", "نساء التجربة"


@pytest.fixture
def named(protection: Protection) -> Record:
    record = protection.record
    record.write(set_text, Place, protection.north, "name", "ar", ARABIC_PLACE, "official")
    record.write(add_name, protection.women, {"name": ARABIC_NAME, "language": "ar", "use": "official"})
    return record


def printed(record: Record, name: str, asked: Asked, language: str) -> str:
    order = Order(name, asked, language, "text")
    return render(document(clear(gather(record, order), asked), order), "text").decode()


def test_names_stand_in_the_language_of_the_report_and_else_in_their_own(named: Record) -> None:
    asked = Asked(Scope(), Audience.INTERNAL)
    arabic, french = (printed(named, "protection-overview", asked, language) for language in ("ar", "fr"))
    assert ARABIC_PLACE in arabic and ARABIC_NAME in arabic
    assert "Nord-Essai" not in arabic and "Femmes d'essai" not in arabic
    assert "Sud-Essai" in arabic, "it has no other name"
    assert "Nord-Essai" in french and ARABIC_PLACE not in french


def test_a_name_that_nobody_made_official_is_marked(named: Record, protection: Protection) -> None:
    named.write(set_text, Place, protection.north, "name", "es", "Norte de ensayo", "draft")
    names, spanish = named.read(called_otherwise), Words.of("es")
    sentence = f"1 – {spanish.isolate('Nord-Essai')}"
    for said in (by_their_names(Said("Nord-Essai"), names, spanish).text, by_their_names(sentence, names, spanish)):
        assert "Norte de ensayo" in said and spanish.gettext(dict(STATUSES)["draft"]) in said


def test_what_is_held_is_told_in_the_words_in_which_it_was_kept(named: Record, protection: Protection) -> None:
    assert "Femmes d'essai" in printed(named, "held", Asked(Scope(partner=protection.women), Audience.PARTNER), "ar")


def test_a_name_of_two_things_that_are_called_differently_elsewhere_is_left_as_it_is(
    named: Record, protection: Protection
) -> None:
    twin = named.write(add, Place, {"name": "Nord-Essai", "kind": "site", "level": 3})
    assert "Nord-Essai" in named.read(called_otherwise)
    named.write(set_text, Place, twin, "name", "ar", "شمال آخر", "official")
    assert "Nord-Essai" not in named.read(called_otherwise)


def test_the_profile_of_a_partner_keeps_the_name_it_goes_by_at_home(named: Record, protection: Protection) -> None:
    told = printed(named, "partner-profile", Asked(Scope(partner=protection.women), Audience.INTERNAL), "ar")
    assert ARABIC_NAME in told and told.count("Femmes d'essai") == 1
