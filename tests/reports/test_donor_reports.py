"""Reports to a donor say what the record holds of its money: no figure twice, no small one shown, nothing unsaid."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import prose
from db.base import new_id
from db.deeds import deed
from db.models import (
    Activity,
    Agreement,
    Aim,
    Allocation,
    Breakdown,
    BudgetLine,
    Commitment,
    Contribution,
    Engagement,
    Feedback,
    Framework,
    FrameworkItem,
    Indicator,
    IndicatorLink,
    Organisation,
    OrganisationRole,
    Place,
    Requirements,
    Result,
    Risk,
    WomenLedAssessment,
)
from db.queries.scope import Scope
from db.queries.selection import Behind
from db.queries.touched import behind as records_behind
from db.record import Record
from desktop.deliver import FORMS, Order, deliver, gather, make
from desktop.guard.audiences import Audience
from desktop.guard.audit import audit
from desktop.guard.release import release
from desktop.guard.released import Absent, Known, Ratio, Released, Withheld
from desktop.reports.building import build, lacked
from desktop.reports.document import (
    Block,
    Count,
    Document,
    Heading,
    Hidden,
    Missing,
    Money,
    Said,
    Share,
    Table,
    Value,
    numbers,
)
from desktop.reports.donor_narrative import NeedsDonor
from desktop.reports.offer import report_called
from desktop.reports.report import Asked, PartWords, Told, WritersWords
from i18n import Words
from tests.builders import new_record

Thing = TypeVar("Thing")
ENGLISH = Words.of("en")
FIRST = date(2026, 1, 1), date(2026, 3, 31)
SECOND = date(2026, 4, 1), date(2026, 6, 30)
HALF = Scope(starts_on=FIRST[0], ends_on=SECOND[1])
REPORTS = ("donor-narrative", "donor-briefing", "results-annex")


@dataclass(frozen=True)
class Granted:
    """The record and the ids that tests ask about."""

    record: Record
    donor: UUID
    contribution: UUID
    framework: UUID
    lines: tuple[UUID, UUID]
    people: UUID
    partner: UUID

    def asked(self, audience: Audience = Audience.DONOR, **more: object) -> Asked:
        return Asked(replace(HALF, donor=self.donor, contribution=self.contribution), audience, **more)  # type: ignore[arg-type]

    def document(self, report: str, asked: Asked, language: str = "en") -> Document:
        tables = gather(self.record, Order(report, asked, language, "text"))
        return build(report_called(report), release(tables, asked.audience), Words.of(language))

    def released(self, report: str, asked: Asked) -> Released:
        return release(gather(self.record, Order(report, asked, "en", "text")), asked.audience)


@deed("Fill the record")
def fill(session: Session) -> tuple[UUID, UUID, UUID, tuple[UUID, UUID], UUID, UUID]:
    """One contribution with its log frame, an agreement, two quarters of figures, and money that was passed on."""

    def put(thing: Thing) -> Thing:
        session.add(thing)
        session.flush()
        return thing

    def organisation(name: str, role: str, **more: object) -> Organisation:
        one = put(Organisation(id=new_id(), name=name, **more))
        put(OrganisationRole(organisation_id=one.id, role=role))
        return one

    donor = organisation("Donateur d'essai", "donor")
    women = organisation("Femmes d'essai", "partner", type="community", reach="local", affiliated=False)
    other = organisation("Comité d'essai", "partner", may_be_named=False)
    put(
        WomenLedAssessment(
            organisation_id=women.id,
            said="yes",
            definition="WLO-50",
            definition_version="1",
            status="met",
            assessed_on=date(2026, 1, 5),
        )
    )
    money = put(
        Contribution(
            id=new_id(),
            donor_id=donor.id,
            title="Essai",
            reference="E-1",
            amount=100_000_00,
            currency="EUR",
            starts_on=FIRST[0],
            ends_on=date(2026, 12, 31),
        )
    )
    agreement = put(
        Agreement(id=new_id(), title="Accord d'essai", partner_id=women.id, status="active", starts_on=FIRST[0])
    )
    put(
        BudgetLine(
            agreement_id=agreement.id, title="Équipe", contribution_id=money.id, currency="EUR", donor_amount=50_000_00
        )
    )
    whole = put(
        Allocation(
            id=new_id(),
            contribution_id=money.id,
            agreement_id=agreement.id,
            recipient_id=women.id,
            stage="disbursement",
            on=FIRST[1],
            amount=40_000_00,
            currency="EUR",
        )
    )
    put(
        Allocation(
            contribution_id=money.id,
            parent_id=whole.id,
            recipient_id=other.id,
            stage="disbursement",
            on=SECOND[0],
            amount=10_000_00,
            currency="EUR",
        )
    )
    put(Risk(agreement_id=agreement.id, nature="risk", title="Route coupée", likelihood="high", impact="low"))
    put(
        Feedback(
            title="Accueil", on=SECOND[1], organisation_id=women.id, satisfied=47, asked=56, notes="Entretien d'essai"
        )
    )
    frame = put(Framework(id=new_id(), code="CL", name="Cadre d'essai", donor_id=donor.id, contribution_id=money.id))
    lines = [
        put(FrameworkItem(id=new_id(), framework_id=frame.id, code=code, kind="output", name=name, position=place))
        for place, (code, name) in enumerate((("R2", "Second mais d'abord"), ("R1", "Sans mesure")))
    ]
    people = put(
        Indicator(
            id=new_id(),
            code="I-1",
            name="Personnes accueillies",
            roll_up_periods="sum",
            roll_up_places="sum",
            counting="unique",
        )
    )
    put(IndicatorLink(indicator_id=people.id, item_id=lines[0].id))
    put(Aim(indicator_id=people.id, kind="baseline", value=20, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31)))
    put(Aim(indicator_id=people.id, kind="target", value=400, starts_on=FIRST[0], ends_on=date(2026, 12, 31)))
    stock = put(
        Indicator(
            id=new_id(),
            item_id=lines[0].id,
            code="I-2",
            name="Présentes le jour",
            counting="stock",
            roll_up_periods="latest",
        )
    )
    north, south = (put(Place(id=new_id(), name=name, kind="admin", level=1)) for name in ("Nord-Essai", "Sud-Essai"))

    def count(indicator: Indicator, period: tuple[date, date], place: Place, value: int | None, **parts: int) -> None:
        figure = put(
            Result(
                id=new_id(),
                indicator_id=indicator.id,
                agreement_id=agreement.id,
                place_id=place.id,
                starts_on=period[0],
                ends_on=period[1],
                span="moment" if indicator is stock else "period",
                nature="reached",
                value=value,
                missing=None if value is not None else "not_collected",
                counting=indicator.counting,
            )
        )
        for name, part in parts.items():
            sex, band = name.split("_")
            put(
                Breakdown(
                    result_id=figure.id,
                    cut="sex_age",
                    sex=sex,
                    age_scheme="IASC-ADV",
                    age_band={"adult": "18+", "child": "0-17"}[band],
                    value=part,
                )
            )

    count(people, FIRST, north, 100, female_adult=70, female_child=20, male_adult=10)
    count(people, FIRST, south, 50)
    count(people, SECOND, north, 60, female_adult=40, female_child=18, male_adult=2)
    count(people, SECOND, south, None)
    count(stock, SECOND, north, 30)
    count(stock, SECOND, south, 25)
    briefed = put(
        Engagement(id=new_id(), title="Point", type="briefing", on=date(2026, 4, 10), organisation_id=donor.id)
    )
    put(Commitment(title="Envoyer la liste", side="us", engagement_id=briefed.id, due_on=date(2026, 5, 1)))
    return donor.id, money.id, frame.id, (lines[0].id, lines[1].id), people.id, women.id


@pytest.fixture(scope="module")
def granted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Granted]:
    record, _code = new_record(tmp_path_factory.mktemp("granted") / "essai.jalon")
    with record:
        yield Granted(record, *record.write(fill))


def tables(document: Document) -> dict[str, Table]:
    return {block.name: block for block in document.blocks if isinstance(block, Table)}


def rows(table: Table) -> dict[str, tuple[Value, ...]]:
    return {_text(row.cells[0]): row.cells[1:] for row in table.rows}


def _text(value: Value) -> str:
    text = value.text if isinstance(value, Said) else str(value)
    return text.replace("\u2068", "").replace("\u2069", "")


def headings(document: Document) -> list[str]:
    return [_text(block.text) for block in document.blocks if isinstance(block, Heading)]


def said(blocks: tuple[Block, ...]) -> str:
    return repr(blocks)


def test_results_stand_beside_baseline_and_target_and_are_put_together_as_declared(granted: Granted) -> None:
    document = granted.document("results-annex", granted.asked(Audience.INTERNAL))
    results = rows(tables(document)["results"])
    assert results["I-1: Personnes accueillies"][1:] == (
        Count(20),
        Count(400),
        Count(210),
        Count(210),
        Share(Decimal("0.52")),
    )
    stock = results["I-2: Présentes le jour"]
    assert isinstance(stock[3], Missing), "people present on a day are never added up over places"
    assert "How this indicator rolls up over places and parts is not declared." in said(document.blocks)
    missing = tables(document)["missing"].rows
    assert [_text(cell) for cell in missing[0].cells[1::2]] == ["Sud-Essai", "Not collected"]
    places = [row.cells[1] for row in tables(document)["indicator_places"].rows if _text(row.cells[0]) == "Nord-Essai"]
    assert places == [Count(30), Count(160)]


def test_whoever_was_not_split_stands_apart_so_that_a_line_adds_up(granted: Granted) -> None:
    document = granted.document("results-annex", granted.asked(Audience.INTERNAL))
    women, girls, men, boys, unknown, total, _disabled = rows(tables(document)["people_split"])[
        "I-1: Personnes accueillies"
    ]
    assert (women, girls, men, boys, unknown) == (Count(110), Count(38), Count(12), Count(0), Count(50))
    assert total == Count(210)


def test_a_donor_reads_no_small_count_and_can_work_none_out(granted: Granted) -> None:
    for report in REPORTS:
        released = granted.released(report, granted.asked())
        assert not any(interval.narrow for interval in audit(released.cells)), report


def test_what_a_total_since_the_beginning_has_more_than_its_periods_is_no_way_to_a_small_one(granted: Granted) -> None:
    """Three quarters: 100, then 2, then a figure since the beginning of 102."""

    @deed("Fill more")
    def more(session: Session) -> UUID:
        indicator = Indicator(
            id=new_id(), name="Suivies", roll_up_periods="sum", roll_up_places="sum", item_id=granted.lines[0]
        )
        session.add(indicator)
        session.flush()
        for (first, last), span, value in (
            (FIRST, "period", 100),
            (SECOND, "period", 2),
            ((FIRST[0], SECOND[1]), "cumulative", 102),
        ):
            session.add(
                Result(
                    indicator_id=indicator.id, starts_on=first, ends_on=last, span=span, value=value, nature="reached"
                )
            )
        return indicator.id

    indicator = granted.record.write(more)
    released = granted.released("results-annex", granted.asked())
    at = [one.id for one in released.plain["indicators"]].index(indicator)  # type: ignore[attr-defined]
    total = next(line.cells[3] for line in released.grids["indicators"] if line.cells[0] == at)
    periods = [line.cells[3] for line in released.grids["indicator_periods"] if line.cells[0] == at]
    assert isinstance(periods[1], Withheld)
    assert sum(isinstance(one, Known) for one in (total, periods[0])) == 1, "both would give the small one away"
    granted.record.undo()


def test_the_narrative_asks_what_the_profile_says_at_that_length(granted: Granted) -> None:
    core = granted.document("donor-narrative", granted.asked())
    assert headings(core)[1:3] == ["How the project went as a whole", "What changed since it was agreed"]
    granted.record.write(_profile, granted.donor, {"C-6": 250, "X-1": None})
    report = report_called("donor-narrative")
    released = granted.released("donor-narrative", granted.asked())
    names = {part.name: part.words for part in report.parts(released.plain)}
    assert list(names) == ["administrative", "C-6", "X-1", "notes"], "money is told where it is asked"
    assert names["C-6"] == 250
    asked = granted.document("donor-narrative", granted.asked())
    assert "What could go wrong, and what was done about it" in headings(asked)
    assert "unofficial wording" in said(asked.blocks)
    granted.record.undo()


@deed("Ask")
def _profile(session: Session, donor: UUID, questions: dict[str, int | None]) -> None:
    session.add(Requirements(organisation_id=donor, name="Essai", questions=questions))


def test_the_administrative_part_is_filled_from_the_record(granted: Granted) -> None:
    document = granted.document("donor-narrative", granted.asked(Audience.INTERNAL, final=True))
    told = rows(tables(document)["administrative"])
    assert told["Title of the project"] == (Said("Essai"),)
    assert told["Type of report"] == ("Final report",)
    assert told["Contribution of the donor"] == (Money(100_000, "EUR"),)  # type: ignore[arg-type]
    assert told["Disbursement"] == (Money(40_000, "EUR"),)  # type: ignore[arg-type]
    assert isinstance(told["Spending"][0], Missing), "nothing recorded as spent is no zero"
    assert told["Women-led, as assessed"] == (Count(1),)
    assert told["Not known whether local or national"] == (Count(0),)


def test_money_that_was_passed_on_counts_with_whoever_had_it_last(granted: Granted) -> None:
    flows = rows(tables(granted.document("donor-narrative", granted.asked(Audience.INTERNAL)))["flows"])
    assert flows["Femmes d'essai"][1] == Money(30_000, "EUR")  # type: ignore[arg-type]
    assert flows["Comité d'essai"][1] == Money(10_000, "EUR")  # type: ignore[arg-type]
    assert flows["Total"][1] == Money(40_000, "EUR")  # type: ignore[arg-type]
    for_donor = rows(tables(granted.document("donor-narrative", granted.asked()))["flows"])
    assert "Partner 1, not named" in for_donor and "Comité d'essai" not in for_donor


def test_the_log_frame_is_followed_line_by_line_in_its_own_words_and_order(granted: Granted) -> None:
    asked = granted.asked(Audience.INTERNAL)
    asked = replace(asked, scope=replace(asked.scope, framework=granted.framework))
    document = granted.document("donor-narrative", asked)
    assert headings(document)[1:3] == ["R2 Second mais d'abord", "R1 Sans mesure"]
    results = next(block for block in document.blocks if isinstance(block, Table) and block.name.startswith("results"))
    assert rows(results)["I-1: Personnes accueillies"][4] == Count(210), "ours, linked to the donor's line"
    assert "No indicator measures this line." in said(document.blocks)


def test_the_writers_words_stand_before_what_the_record_knows(granted: Granted) -> None:
    told = Told("en", prose.plain("The roads were closed."))
    own = WritersWords(parts=(PartWords("C-6", told=(told,)),))
    document = granted.document("donor-narrative", replace(granted.asked(), own=own))
    at = headings(document).index("What could go wrong, and what was done about it")
    heading = [index for index, block in enumerate(document.blocks) if isinstance(block, Heading)][at]
    assert "The roads were closed." in said(document.blocks[heading + 1 : heading + 2])
    assert isinstance(document.blocks[heading + 2], Table)


def test_what_a_narrative_lacks_is_said_with_where_to_mend_it(granted: Granted) -> None:
    own = WritersWords(parts=(PartWords("C-1", told=(Told("en", prose.plain("word " * 20)),)),))
    granted.record.write(_profile, granted.donor, {"C-1": 10, "C-2": None})
    lacking = report_called("donor-narrative").lacking(granted.record, replace(granted.asked(), own=own))
    told = {_text(lacked(one, ENGLISH)): one for one in lacking}
    assert told["Nothing is written yet for “What changed since it was agreed”."].key == "C-2"
    assert "The text for “How the project went as a whole” is longer than the donor allows." in told
    assert told["A figure of “Personnes accueillies” is missing."].kind == "results"
    assert told["“Présentes le jour” has no target for this period."].kind == "indicators"
    assert "The contribution lacks: Followed by." in told
    assert "Nothing is recorded as spent." in told
    granted.record.undo()


def test_a_narrative_is_about_somebodys_money(granted: Granted) -> None:
    with pytest.raises(NeedsDonor):
        gather(granted.record, Order("donor-narrative", Asked(HALF), "en", "text"))


def test_a_briefing_compares_with_the_last_one_and_its_change_is_guarded_like_any_count(granted: Granted) -> None:
    changes = rows(tables(granted.document("donor-briefing", granted.asked(Audience.INTERNAL)))["changes"])
    assert changes["Personnes accueillies"] == (Count(150), Count(210), Count(60)), "since the briefing of 10 April"
    assert "Money to partners and to our own work" in changes, "not only what was passed on"
    asked = replace(granted.asked(), since=date(2026, 2, 1))
    nothing_then = rows(tables(granted.document("donor-briefing", asked))["changes"])["Personnes accueillies"]
    assert isinstance(nothing_then[0], Missing) and nothing_then[2] == ""


def test_a_small_change_is_hidden_and_said_to_be(granted: Granted) -> None:
    @deed("Count two more")
    def two(session: Session) -> None:
        session.add(
            Result(
                indicator_id=granted.people,
                starts_on=date(2026, 7, 1),
                ends_on=date(2026, 7, 31),
                value=2,
                nature="reached",
            )
        )

    granted.record.write(two)
    asked = granted.asked(since=date(2026, 6, 30))
    asked = replace(asked, scope=replace(asked.scope, ends_on=date(2026, 8, 31), place=None))
    document = granted.document("donor-briefing", asked)
    then, now, change = rows(tables(document)["changes"])["Personnes accueillies"]
    assert isinstance(change, Hidden) and Hidden() in (then, now), "the difference of two that are shown is shown too"
    assert "hidden" in said(document.blocks)
    granted.record.undo()


def test_a_briefing_says_what_is_open_and_never_how_likely_money_is(granted: Granted) -> None:
    @deed("Ask for more")
    def more(session: Session) -> None:
        session.add(
            Contribution(
                donor_id=granted.donor,
                title="Suite",
                stage="submitted",
                probability=37,
                amount=1_000_00,
                currency="EUR",
            )
        )

    granted.record.write(more)
    document = granted.document("donor-briefing", granted.asked())
    assert "Envoyer la liste" in said(document.blocks)
    assert "Suite" in said(document.blocks) and "37" not in said(document.blocks)
    granted.record.undo()


@pytest.mark.parametrize("report", REPORTS)
def test_each_can_be_read_in_four_languages_and_all_forms(granted: Granted, report: str) -> None:
    figures = [
        numbers(granted.document(report, granted.asked(), language).blocks) for language in ("en", "fr", "es", "ar")
    ]
    assert figures[0] and all(each == figures[0] for each in figures)
    for form in FORMS:
        order = Order(report, granted.asked(), "fr", form)
        assert make(gather(granted.record, order), order).content


def test_each_figure_opens_the_records_behind_it(granted: Granted) -> None:
    for report in REPORTS:
        document = granted.document(report, granted.asked(Audience.INTERNAL))
        cells = [cell for table in tables(document).values() for row in table.rows for cell in row.cells]
        figures = [cell for cell in cells if isinstance(cell, Count | Money) and isinstance(cell.behind, Behind)]
        assert figures, report
        for figure in figures:
            assert isinstance(figure.behind, Behind)
            found = granted.record.read(records_behind, figure.behind.kind, figure.behind.filters)
            assert found or figure == Count(0), figure.behind


def test_a_donor_whose_profile_asks_for_it_reads_along_its_own_log_frame(granted: Granted) -> None:
    @deed("Ask")
    def along(session: Session) -> None:
        session.add(Requirements(organisation_id=granted.donor, name="Essai", template="log_frame"))

    granted.record.write(along)
    assert headings(granted.document("donor-narrative", granted.asked()))[1] == "R2 Second mais d'abord"
    granted.record.undo()


def test_feedback_of_sensitive_work_leaves_as_little_as_its_counts_do(granted: Granted) -> None:
    """Nobody wrote a count as sensitive here: the activity is, and so are those who were asked of it."""

    @deed("Ask survivors")
    def ask(session: Session) -> None:
        province = Place(id=new_id(), name="Province d'essai", kind="admin", level=1)
        village = Place(id=new_id(), name="Village d'essai", kind="site", level=4, parent_id=province.id)
        work = Activity(
            id=new_id(),
            title="Écoute",
            agreement_id=session.scalar(select(Agreement.id)),
            partner_id=granted.partner,
            starts_on=SECOND[0],
            sensitivity="high",
        )
        for one in (province, village, work):
            session.add(one)
            session.flush()
        session.add(
            Feedback(title="Écoutées", on=SECOND[1], activity_id=work.id, place_id=village.id, satisfied=40, asked=90)
        )

    granted.record.write(ask)
    asked = granted.released("donor-narrative", granted.asked()).grids["feedback"]
    granted.record.undo()
    lines = {_text(line.cells[0]): line.cells[3:] for line in asked}
    assert [type(cell) for cell in lines["Accueil"][1:]] == [Ratio, Known]
    place, *figures = lines["Écoutées"]
    assert (_text(place), [type(cell) for cell in figures]) == ("Province d'essai", [Absent, Absent])


def test_a_quarter_and_then_the_half_year_give_no_small_count_away(granted: Granted, tmp_path: Path) -> None:
    asked = granted.asked()
    quarter = replace(asked, scope=replace(asked.scope, ends_on=FIRST[1]))
    for number, (report, about) in enumerate((("results-annex", quarter), ("donor-briefing", asked))):
        deliver(granted.record, Order(report, about, "en", "text"), tmp_path / f"{number}.txt")
    for report in REPORTS:
        released = granted.released(report, asked)
        assert not any(interval.narrow for interval in audit(released.cells)), report
