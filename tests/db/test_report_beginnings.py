"""A report begins with what its duty says and what its donor asks of reports; nothing else is guessed."""

from datetime import date

from db.commands.entries import add
from db.commands.organisations import add_organisation
from db.commands.reports import start_report
from db.models import Contribution, ReportingDuty, Requirements
from db.queries.report_beginnings import from_donor, from_duty, report_of_duty
from db.record import Record


def test_a_duty_gives_its_contribution_its_donor_and_its_period_and_knows_the_report_that_answers_it(
    record: Record,
) -> None:
    donor = record.write(add_organisation, {"name": "Fonds inventé"}, ("donor",))
    money = record.write(add, Contribution, {"donor_id": donor, "title": "Don inventé"})
    said = {"direction": "out", "kind": "narrative", "contribution_id": money, "due_on": date(2026, 9, 30)}
    period = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 6, 30)}
    duty = record.write(add, ReportingDuty, said | period)
    given = record.read(from_duty, duty)
    assert given["donor_id"] == (donor, "Fonds inventé")
    assert given["contribution_id"][0] == money
    assert {key: given[key] for key in period} == period
    assert "agreement_id" not in given
    assert record.read(report_of_duty, duty)[0] is None
    asked = {"title": "Premier semestre", "report": "donor-narrative", "language": "fr", "duty_id": duty}
    report = record.write(start_report, asked)
    assert record.read(report_of_duty, duty)[0] == report


def test_a_donors_newest_requirements_say_languages_paper_and_way(record: Record) -> None:
    donor = record.write(add_organisation, {"name": "Fonds inventé"}, ("donor",))
    assert record.read(from_donor, donor) == {}
    record.write(add, Requirements, {"organisation_id": donor, "name": "Ancien", "languages": "es"})
    new = {"name": "Nouveau", "languages": "en, fr", "template": "8plus3", "paper": "Letter", "typography": "eu"}
    record.write(add, Requirements, {"organisation_id": donor} | new)
    assert record.read(from_donor, donor) == {
        "template": "8plus3",
        "language": "en",
        "languages": "fr",
        "typography": "eu",
        "paper": "letter",
    }
