"""A report begins with what its duty says and what its donor asks of reports; nothing else is guessed."""

from datetime import date

from db.base import new_id
from db.commands.arrivals import Added, Arrival, bring_in
from db.commands.entries import add, edit
from db.commands.organisations import add_organisation
from db.commands.report_parts import StartedPart
from db.commands.report_templates import save_template
from db.commands.reports import start_report
from db.models import ActivityFunding, Contribution, ReportingDuty, Requirements
from db.prose import data_of, plain
from db.queries.donors import without_contribution
from db.queries.report_beginnings import from_donor, from_duty, report_of_duty
from db.queries.reports import written
from db.record import Record
from tests.builders import add_activity, add_partner


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


def test_a_report_that_comes_as_a_row_takes_the_words_of_its_template(record: Record) -> None:
    told = {"fr": data_of(plain("Les mots du bureau."))}
    kind = {"report": "protection-overview", "language": "fr"}
    kept = record.write(start_report, {**kind, "title": "Modèle"}, [StartedPart("scope", heading="Portée", told=told)])
    template = record.write(save_template, kept, "Modèle du bureau")
    values = {**kind, "title": "Venu d'un classeur", "template_id": template, "id": new_id()}
    record.write(bring_in, Arrival("essai.xlsx", "raw", frozenset(), (Added("written_report", 0, values),)))
    (section,) = record.read(written, values["id"]).sections
    assert (section.part, section.heading) == ("scope", "Portée")
    assert "Les mots du bureau." in str(section.text("fr"))


def test_activities_that_name_only_the_donor_are_counted_where_its_contribution_has_none(record: Record) -> None:
    donor = record.write(add_organisation, {"name": "Fonds Essai"}, ("donor",))
    grant = record.write(add, Contribution, {"donor_id": donor, "title": "Essai 2026"})
    activity = record.write(add_activity, record.write(add_partner, "Partenaire"), "Écoute")
    funding = {"activity_id": activity, "kind": "donor", "donor_id": donor}
    row = record.write(add, ActivityFunding, funding)
    assert record.read(without_contribution, grant) == 1
    record.write(edit, ActivityFunding, row, {"contribution_id": grant})
    assert record.read(without_contribution, grant) == 0
