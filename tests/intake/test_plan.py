"""What a plan says of each row, and what applying it does."""

import pickle
from datetime import date, time

import pytest

from db.commands.arrivals import NothingArrives, PlanOutdated, bring_in
from db.models import (
    Activity,
    ActivityFunding,
    Breakdown,
    NotSame,
    Organisation,
    OrganisationName,
    OrganisationRole,
    Place,
    Result,
    Source,
    SourceRow,
    WomenLedAssessment,
)
from db.queries.arrivals import Held, held
from db.record import Record
from desktop.intake.errors import ColumnMissing
from desktop.intake.mapping import Holds, Mapping
from desktop.intake.matching import Told
from desktop.intake.plan import Decisions, Plan, Verdict
from desktop.intake.planning import plan as planning
from i18n import Words
from tests.intake.files import HEADINGS, brought, held_values, planned, rows, workbook

WORDS = Words.of("fr")


def verdicts(plan: Plan) -> list[str]:
    return [row.verdict.value for row in plan.rows]


def said(plan: Plan) -> list[str]:
    return [found.text(WORDS) for row in plan.rows for found in (*row.problems, *row.remarks)]


def test_a_row_becomes_an_activity_with_its_partner_place_funding_and_figure(record: Record) -> None:
    brought(record, rows({}))
    (activity,) = held_values(record, Activity)
    assert (activity["title"], activity["sector"], activity["project"]) == ("Écoute", "PRO", "P1")
    assert (activity["starts_on"], activity["ends_on"]) == (date(2025, 1, 1), date(2025, 6, 30))
    assert activity["sector_stated"] == "Protection générale" and activity["sensitivity"] == "low"
    (result,) = held_values(record, Result)
    assert (result["nature"], result["value"], result["counting"]) == ("declared", 120, "not_stated")
    assert [place["pcode"] for place in held_values(record, Place)] == ["CD54"]
    assert [(one["kind"], one["stated"]) for one in held_values(record, ActivityFunding)] == [
        ("donor", "Fonds d’essai")
    ]
    assert sorted(role["role"] for role in held_values(record, OrganisationRole)) == ["donor", "partner"]


def test_the_same_file_again_plans_nothing(record: Record) -> None:
    lines = rows({}, {"Activité": "Abri"})
    first = brought(record, lines)
    again = planned(record, lines)
    assert first.summary()["adds"] == {"activity": 2, "organisation": 1, "place": 1, "donor": 1}
    assert again.summary()["held"] == 2 and again.arrival.empty
    with pytest.raises(NothingArrives):
        record.write(bring_in, again.arrival)


def test_a_plan_is_one_deed_and_one_undo(record: Record) -> None:
    brought(record, rows({}, {"Activité": "Abri"}))
    assert record.undo().details == {"file": "essai.xlsx"}
    assert not held_values(record, Activity) and not held_values(record, Organisation)
    assert planned(record, rows({}, {"Activité": "Abri"})).summary()["held"] == 0
    record.redo()
    assert planned(record, rows({}, {"Activité": "Abri"})).summary()["held"] == 2


def test_a_file_that_comes_back_with_its_columns_moved_and_cells_retyped_is_the_same(record: Record) -> None:
    lines = rows({})
    brought(record, lines)
    again = [tuple(reversed(lines[0])), tuple(reversed([str(cell) for cell in lines[1]]))]
    assert verdicts(planned(record, again)) == ["held"]


def test_a_plan_made_before_another_file_came_in_is_refused(record: Record) -> None:
    stale = planned(record, rows({}))
    brought(record, rows({"Activité": "Abri"}), name="autre.xlsx")
    with pytest.raises(PlanOutdated):
        record.write(bring_in, stale.arrival)
    assert len(held_values(record, Activity)) == 1


def test_equal_rows_are_doubles_and_left_out(record: Record) -> None:
    plan = brought(record, rows({}, {}, {}, {"Activité": "Abri"}))
    assert verdicts(plan) == ["add", "double", "double", "add"]
    assert [(group.first, group.others) for group in plan.doubles] == [(2, (3, 4))]
    assert len(held_values(record, Activity)) == 2


def test_doubles_are_kept_group_by_group(record: Record) -> None:
    lines = rows({}, {}, {"Activité": "Abri"}, {"Activité": "Abri"})
    keep = Decisions(keep_doubles=frozenset({2}))
    plan = brought(record, lines, decisions=keep)
    assert verdicts(plan) == ["add", "add", "add", "double"]
    assert verdicts(planned(record, lines, decisions=keep)) == ["held", "held", "held", "double"]


def test_every_row_has_one_verdict_and_they_add_up() -> None:
    plan = planned(None, rows({}, {}, {"Date de fin": date(2024, 1, 1)}, {"Activité": "Abri"}))
    summary = plan.summary()
    assert summary["rows"] == 4 and summary["doubles"] == 1 and summary["problems"] == 1
    assert plan.count(Verdict.ADD) == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Date de fin": date(2024, 12, 31)}, "before it starts"),
        ({"Date de début": "bientôt"}, "bientôt"),
        ({"Bénéficiaires directs": "douze"}, "douze"),
        ({"Bénéficiaires directs": "29,117"}, "29,117"),
        ({"Bénéficiaires directs": -5}, "-5"),
        ({"Organisation": ""}, "organisation"),
        ({"Activité": "", "Cluster": ""}, "sector"),
        ({"Organisation": "x" * 10_000}, "500"),
        ({"Activité": "a\x07b"}, "cannot be seen"),
        ({"Activité": "\u202eabc"}, "cannot be seen"),
    ],
)
def test_a_problem_leaves_its_row_out_and_says_why(record: Record, change: dict[str, str], reason: str) -> None:
    plan = brought(record, rows(change, {"Activité": "Abri"}))  # type: ignore[arg-type]
    assert verdicts(plan) == ["problem", "add"]
    english = [found.text(Words.of("en")) for found in plan.rows[0].problems]
    assert any(reason in sentence for sentence in english), english
    assert [activity["title"] for activity in held_values(record, Activity)] == ["Abri"]


def test_hostile_text_comes_in_as_text(record: Record) -> None:
    names = ["=cmd|'/c calc'!A0", "<img src=x onerror=alert(1)>", "Robert'); DROP TABLE activity;--"]
    brought(record, rows(*({"Activité": name} for name in names)))
    assert [activity["title"] for activity in held_values(record, Activity)] == names


def test_a_missing_start_is_a_remark_and_comes_in_with_its_reason(record: Record) -> None:
    plan = brought(record, rows({"Date de début": ""}, {"Date de début": time(0, 0)}))
    assert verdicts(plan) == ["add", "add"] and plan.warnings == 2
    missing = [activity["starts_on_missing"] for activity in held_values(record, Activity)]
    assert missing == ["not_stated", "unreadable"]


def test_a_row_with_over_a_fifth_of_its_cluster_is_remarked_on() -> None:
    small = [{"Bénéficiaires directs": 100 + n, "Code projet": f"P{n}"} for n in range(6)]
    plan = planned(None, rows(*small, {"Bénéficiaires directs": 5_000}))  # type: ignore[arg-type]
    assert [row.number for row in plan.rows if row.remarks] == [8]


def test_the_same_figure_in_three_places_of_one_project_is_remarked_on() -> None:
    places = [{"Province": f"L{n}", "Code Province": f"CD{n}0"} for n in range(1, 8)]
    plan = planned(None, rows(*places))  # type: ignore[arg-type]
    assert plan.warnings == 7
    others = [place | {"Code projet": f"P{n}"} for n, place in enumerate(places)]
    assert planned(None, rows(*others)).warnings == 0  # type: ignore[arg-type]
    zeros = [place | {"Bénéficiaires directs": 0} for place in places]
    assert planned(None, rows(*zeros)).warnings == 0  # type: ignore[arg-type]


def test_a_row_with_two_remarks_counts_once() -> None:
    plan = planned(None, rows({"Date de début": ""}))
    assert len(plan.rows[0].remarks) == 2 and plan.warnings == 1


def test_a_blank_count_is_no_result_and_never_zero(record: Record) -> None:
    brought(record, rows({"Bénéficiaires directs": ""}, {"Activité": "Abri", "Bénéficiaires directs": 0}))
    assert [result["value"] for result in held_values(record, Result)] == [0]


def test_a_hidden_count_is_read_back_as_hidden(record: Record) -> None:
    lines = rows({"Bénéficiaires directs": ""})
    hidden = [(*lines[0], "Données masquées"), (*lines[1], "declared")]
    brought(record, hidden)
    assert [(result["value"], result["missing"]) for result in held_values(record, Result)] == [(None, "hidden")]


def test_an_activity_has_each_of_its_donors(record: Record) -> None:
    brought(record, rows({"Bailleur": "FCDO, ECHO; Fonds propres"}))
    assert [one["kind"] for one in held_values(record, ActivityFunding)] == ["donor", "donor", "own"]


def test_donors_that_also_carry_out_activities_are_counted_as_organisations_only() -> None:
    plan = planned(None, rows({}, {"Organisation": "Croix d’essai", "Bailleur": "FEMMES D'ITURI (ESSAI)"}))
    assert plan.summary()["adds"] == {"activity": 2, "organisation": 2, "place": 1, "donor": 1}


def test_an_acronym_names_a_donor_only_when_the_mapping_says_so() -> None:
    headings = (*HEADINGS, "Acronyme")
    lines = [headings, *((*row, "FIE") for row in rows({}, {"Activité": "Abri", "Bailleur": "FIE"})[1:])]
    assert planned(None, lines).summary()["adds"]["donor"] == 2  # type: ignore[index]
    mapping = planned(None, lines).mapping
    columns = mapping.columns
    telling = Mapping("essai", Holds.ACTIVITIES, columns, acronyms_name_donors=True)
    plan = planned(None, lines, telling)
    assert plan.summary()["adds"]["donor"] == 1  # type: ignore[index]
    assert [(one.name, one.spellings) for one in plan.taken_as_one] == [("Femmes d’Ituri (essai)", ("FIE",))]
    told = Told(apart=frozenset({("FIE", "Femmes d’Ituri (essai)")}))
    assert planned(None, lines, telling, Decisions(told=told)).summary()["adds"]["donor"] == 2  # type: ignore[index]


def test_an_acronym_that_two_organisations_share_names_neither() -> None:
    headings = (*HEADINGS, "Acronyme")
    made = rows({}, {"Organisation": "Femmes d’Irumu (essai)"}, {"Activité": "Abri", "Bailleur": "FIE"})
    lines = [headings, *((*row, "FIE") for row in made[1:])]
    telling = Mapping("essai", Holds.ACTIVITIES, planned(None, lines).mapping.columns, acronyms_name_donors=True)
    assert planned(None, lines, telling).summary()["adds"]["donor"] == 2  # type: ignore[index]


def test_spellings_taken_as_one_are_kept_as_names(record: Record) -> None:
    plan = brought(record, rows({}, {"Activité": "Abri", "Organisation": "FEMMES D'ITURI (ESSAI)"}))
    assert len(plan.taken_as_one) == 1
    assert [name["use"] for name in held_values(record, OrganisationName)] == ["spelling"]


def test_what_is_not_the_same_is_remembered(record: Record) -> None:
    brought(record, rows({}))
    (known,) = (one for one in record.read(held, "activities").organisations if "Femmes" in one.name)
    lines = rows({"Activité": "Abri", "Organisation": "Femmes d’Iturie (essai)"})
    assert [one.held for one in planned(record, lines).proposals] == [known.id]
    told = Told(apart=frozenset({("Femmes d’Iturie (essai)", known.id)}))
    assert brought(record, lines, decisions=Decisions(told=told)).proposals == ()
    assert len(held_values(record, NotSame)) == 1
    assert planned(record, rows({"Organisation": "FEMMES D'ITURIE (essai)", "Activité": "Z"})).proposals == ()


def test_a_correction_in_the_window_brings_its_row_in(record: Record) -> None:
    lines = rows({"Bénéficiaires directs": "29,117"})
    column = HEADINGS.index("Bénéficiaires directs") + 1
    plan = brought(record, lines, decisions=Decisions(corrections={(2, column): "29117"}))
    assert verdicts(plan) == ["add"]
    assert [result["value"] for result in held_values(record, Result)] == [29117]


KEYED = Mapping(
    "Registre d’essai",
    Holds.ACTIVITIES,
    tuple(zip(HEADINGS, (
        *("prog_org_name", "activity_name", "sector", "project_code", "adm1_name", "adm1_code", "donor_name"),
        *("date_start", "date_end", "declared"),
    ), strict=True)),
    keys=("Code projet",),
)  # fmt: skip


def test_key_columns_recognise_a_row_that_changed(record: Record) -> None:
    first = rows({}, {"Code projet": "P2", "Activité": "Abri"})
    brought(record, first, mapping=KEYED)
    later = rows(
        {"Bénéficiaires directs": 150, "Bailleur": "Autre fonds d’essai", "Date de fin": date(2025, 9, 30)},
        {"Code projet": "P2", "Activité": "Abri"},
        {"Code projet": "P3", "Activité": "Eau"},
    )
    plan = brought(record, later, mapping=KEYED)
    assert verdicts(plan) == ["change", "held", "add"] and plan.summary()["changes"] == 1
    changes = [change.text(Words.of("en")) for change in plan.rows[0].changes]
    assert "“Figure” becomes 150; it was 120." in changes and any("30 Sep" in change for change in changes)
    assert [result["value"] for result in held_values(record, Result)] == [150, 120, 120]
    assert held_values(record, Activity)[0]["ends_on"] == date(2025, 9, 30)
    assert held_values(record, ActivityFunding)[0]["stated"] == "Autre fonds d’essai"
    assert verdicts(planned(record, later, mapping=KEYED)) == ["held"] * 3
    record.undo()
    assert [result["value"] for result in held_values(record, Result)] == [120, 120]


def test_key_columns_that_are_not_unique_give_way_to_the_whole_row(record: Record) -> None:
    lines = rows({}, {"Activité": "Abri"})
    brought(record, lines, mapping=KEYED)
    assert held_values(record, Source)[0]["identity"] == "row"
    assert verdicts(planned(record, lines, mapping=KEYED)) == ["held", "held"]


def test_next_month_s_file_replaces_last_month_s_only_when_asked(record: Record) -> None:
    may = rows({}, {"Activité": "Abri"}, {"Activité": "Eau"})
    june = rows({}, {"Activité": "Abri", "Bénéficiaires directs": 200})
    mapping = Mapping("5W d’essai", Holds.ACTIVITIES, KEYED.columns)
    brought(record, may, mapping=mapping, name="mai.xlsx")
    unasked = planned(record, june, mapping=mapping, name="juin.xlsx")
    assert not unasked.gone and [source.name for source in unasked.replaceable] == ["mai.xlsx"]
    asked = Decisions(replaces=unasked.replaceable[0].id)
    plan = brought(record, june, mapping=mapping, name="juin.xlsx", decisions=asked)
    assert verdicts(plan) == ["held", "add"] and [(gone.number, gone.name) for gone in plan.gone] == [
        (3, "Abri"),
        (4, "Eau"),
    ]
    assert sorted(activity["title"] for activity in held_values(record, Activity)) == ["Abri", "Écoute"]
    assert sorted(result["value"] for result in held_values(record, Result)) == [120, 200]
    record.undo()
    assert len(held_values(record, Activity)) == 3


def test_each_thing_is_traced_to_its_file_and_row(record: Record) -> None:
    brought(record, rows({}, {"Activité": "Abri"}))
    (source,) = held_values(record, Source)
    assert (source["name"], source["rows"], source["sheet"]) == ("essai.xlsx", 2, "Données")
    assert [row["number"] for row in held_values(record, SourceRow)] == [2, 3]


def test_reached_people_come_with_their_parts(record: Record) -> None:
    headings = ("Organisation", "Activité", "Femmes", "Hommes", "Filles", "Garçons", "Personnes handicapées atteintes")
    brought(record, [headings, ("A", "B", 10, 5, 4, 1, 3)])
    (result,) = held_values(record, Result)
    assert (result["nature"], result["value"]) == ("reached", 20)
    parts = [(part["cut"], part["sex"], part["age_band"], part["value"]) for part in held_values(record, Breakdown)]
    assert ("sex_age", "female", "18+", 10) in parts and ("disability", None, None, 3) in parts


@pytest.mark.parametrize(
    ("whole", "nature"), [("Bénéficiaires", "declared"), ("Personnes ciblées", "planned"), ("Autre", "declared")]
)
def test_women_and_men_are_not_reached_where_nobody_says_so(record: Record, whole: str, nature: str) -> None:
    brought(record, [("Organisation", "Activité", whole, "Femmes", "Hommes"), ("A", "B", 15, 10, 5)])
    assert [(one["nature"], one["value"]) for one in held_values(record, Result)] == [(nature, 15)]
    assert [part["value"] for part in held_values(record, Breakdown)] == [10, 5]


def test_a_part_that_is_missing_leaves_the_whole_unknown(record: Record) -> None:
    brought(record, [("Organisation", "Activité", "Femmes", "Hommes"), ("A", "B", 10, "")])
    assert [(result["value"], result["missing"]) for result in held_values(record, Result)] == [(None, "not_stated")]


def test_a_plan_travels_between_processes() -> None:
    plan = planned(None, rows({}, {}))
    assert pickle.loads(pickle.dumps(plan)).summary() == plan.summary()


def test_sentences_are_whole_in_the_reader_s_language() -> None:
    plan = planned(None, rows({"Bénéficiaires directs": "douze", "Date de fin": date(2024, 1, 1)}))
    assert all("{" not in sentence for sentence in said(plan)) and len(said(plan)) == 2


def test_the_same_rows_from_another_partner_are_not_the_same_rows(record: Record) -> None:
    def sheet(partner: str) -> list[tuple[str, ...]]:
        return [("Partenaire", partner), (), ("Activité", "Cluster"), ("Écoute", "Protection")]

    brought(record, sheet("Femmes d’essai"))
    assert verdicts(planned(record, sheet("Hommes d’essai"))) == ["add"]
    assert verdicts(planned(record, sheet("Femmes d’essai"))) == ["held"]


def test_what_a_file_says_of_women_led_partners_stays_a_claim(record: Record) -> None:
    headings = ("Partenaire", "Activité", "Dirigée par des femmes", "Identifiant de la ligne")
    lines = [headings, ("A (essai)", "Écoute", "OUI", "1"), ("B (essai)", "Abri", "Inconnu", "2")]
    brought(record, lines, decisions=Decisions(received_on=date(2026, 3, 1)))
    (assessment,) = held_values(record, WomenLedAssessment)
    assert (assessment["said"], assessment["status"]) == ("yes", "unknown")


def test_a_file_that_this_record_wrote_does_not_come_in_twice(record: Record) -> None:
    brought(record, rows({}))
    (id,) = record.read(held, "activities").activities
    lines = rows({"Bénéficiaires directs": 999}, {"Activité": "Abri"})
    numbered = [(*lines[0], "Identifiant de la ligne"), (*lines[1], str(id)), (*lines[2], "autre")]
    plan = planned(record, numbered)
    assert verdicts(plan) == ["held", "add"]
    assert any("this very record" in note.text(Words.of("en")) for note in plan.notes)


def test_a_file_without_a_column_that_has_to_be_known_is_refused_in_one_sentence() -> None:
    with pytest.raises(ColumnMissing) as caught:
        planned(None, [("Activité", "Cluster", "Province"), ("Écoute", "Protection", "Ituri")])
    refused = pickle.loads(pickle.dumps(caught.value))
    said = WORDS.gettext(refused.message).format(**refused.values(WORDS))
    assert "Organisation programmatrice" in said and "essai.xlsx" in said


def test_only_the_background_figure_of_a_background_file_comes_in() -> None:
    file = workbook([("Figure", "Reached", "Date"), (10, 5, date(2026, 1, 1))])
    columns = (("Figure", "figure"), ("Reached", "reached"), ("Date", "date_reported"))
    added = planning(file, Mapping("essai", Holds.BACKGROUND, columns), Held()).arrival.added
    assert [one.values["value"] for one in added if one.entity == "result"] == [10]
