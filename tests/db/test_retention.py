"""What is past its time is listed, kept on for a reason, or goes."""

from datetime import date
from uuid import UUID

import pytest

from db.commands.entries import add, edit
from db.commands.erasing import anonymise, erase
from db.commands.retention import NoSuchRule, OneRuleEach, PastDay, keep_on
from db.fields import Kind, fields_of
from db.models import Contact, Engagement, RetentionRule
from db.queries.kinds import KINDS
from db.queries.retention import count_expired, expired, rules
from db.queries.worklist import worklist
from db.record import Record
from db.retention import carried_rules, counted_fields
from i18n import LANGUAGES
from tests.builders import add_partner

GROUND = "Le délai est passé"
NEXT_YEAR = date(date.today().year + 1, 6, 1)


@pytest.fixture
def contact(record: Record) -> UUID:
    partner = record.write(add_partner, "Femmes debout")
    values = {"organisation_id": partner, "name": "Rosine Essai", "until": date(2024, 1, 31)}
    return record.write(add, Contact, values)


def test_each_line_is_about_a_day_of_a_kind_and_says_why_in_every_language() -> None:
    for key, rule in carried_rules().items():
        described = fields_of(KINDS[key].entity)
        assert not rule.counted_from or described[rule.counted_from].kind is Kind.DATE
        assert set(rule.purposes) == set(rule.sources) == set(LANGUAGES)
        assert all((*rule.purposes.values(), *rule.sources.values()))


def test_what_is_past_its_time_is_due_until_it_goes(record: Record, contact: UUID) -> None:
    assert record.read(expired, date(2026, 1, 30)) == ()
    (due,) = record.read(expired, date(2026, 1, 31))
    assert (due.kind, due.id, due.due_on, due.way) == ("contacts", contact, date(2026, 1, 31), "erase")
    assert record.read(worklist, date(2026, 1, 31)).expired == 1
    record.write(erase, Contact, contact, GROUND)
    assert record.read(count_expired, date(2026, 1, 31)) == 0


def test_what_is_kept_on_comes_again_after_its_day(record: Record, contact: UUID) -> None:
    with pytest.raises(PastDay):
        record.write(keep_on, Contact, contact, date(2026, 1, 31), "Litige en cours")
    record.write(keep_on, Contact, contact, NEXT_YEAR, "Litige en cours")
    assert record.read(expired, NEXT_YEAR) == ()
    assert len(record.read(expired, date(NEXT_YEAR.year, 7, 1))) == 1
    record.undo()
    assert len(record.read(expired, NEXT_YEAR)) == 1


def test_an_office_has_its_own_rule_in_place_of_the_one_that_comes(record: Record, contact: UUID) -> None:
    rule = {"kind": "contacts", "months": 60, "way": "erase", "reason": "Décision du bureau"}
    id = record.write(add, RetentionRule, rule)
    assert record.read(rules)["contacts"].months == 60
    assert record.read(expired, date(2026, 1, 31)) == ()
    with pytest.raises(OneRuleEach):
        record.write(add, RetentionRule, rule)
    with pytest.raises(NoSuchRule):
        record.write(add, RetentionRule, rule | {"kind": "activities"})
    record.write(edit, RetentionRule, id, {"months": 10**6})
    assert record.read(expired, NEXT_YEAR) == ()


def test_what_was_anonymised_is_not_due_again(record: Record) -> None:
    values = {"title": "Visite", "type": "visit", "on": date(2020, 3, 14)}
    engagement = record.write(add, Engagement, values)
    assert [due.way for due in record.read(expired, date(2026, 1, 1))] == ["anonymise"]
    record.write(anonymise, Engagement, engagement, GROUND, counted_fields(Engagement))
    assert record.read(expired, date(2026, 1, 1)) == ()
