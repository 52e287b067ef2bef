"""The places of a form: every report has some, each can be written between braces."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from db.prose import ProseBlock, Run, plain
from db.record import Record
from desktop.deliver import Order, clear, gather
from desktop.filling import known_labels, known_places
from desktop.guard.audiences import Audience
from desktop.opening import PRACTICE_PASSPHRASE
from desktop.reports.document import Count, Paragraph, Said
from desktop.reports.offer import REPORTS, report_called
from desktop.reports.places import Filling
from desktop.reports.report import Asked, PartWords, Report, Told, WritersWords
from tests.reports.every import asked_of

NAME = re.compile(r"[a-z][a-z0-9_]*")


@pytest.fixture(scope="module")
def practice(practice_file: Path) -> Iterator[Record]:
    with Record.open(practice_file, PRACTICE_PASSPHRASE, write=False) as record:
        yield record


def places_of(record: Record, name: str, asked: Asked, language: str = "fr") -> Mapping[str, Filling]:
    order = Order(name, asked, language, "docx")
    return known_places(clear(gather(record, order), order.asked), order)


def test_the_place_of_an_indicator_says_which_one_it_is(practice: Record) -> None:
    order = Order("results-annex", asked_of(practice, report_called("results-annex"), Audience.INTERNAL), "fr", "docx")
    cleared = clear(gather(practice, order), order.asked)
    called = known_labels(cleared, order)
    indicators = [name for name in known_places(cleared, order) if name.startswith("indicator_")]
    assert indicators and all(len(called[name]) > 10 for name in indicators)
    assert len(set(called.values())) == len(called), "no two places are called alike"


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_every_report_has_places_that_can_be_written_between_braces(practice: Record, report: Report) -> None:
    audience = Audience.PARTNER if report.name == "held" else Audience.INTERNAL
    found = places_of(practice, report.name, asked_of(practice, report, audience))
    assert {"title", "office", "period", "as_of"} <= set(found)
    assert [name for name in found if not NAME.fullmatch(name)] == []


def test_prose_stands_under_the_name_of_its_part_with_the_figures_it_cites_and_parts_left_out_are_empty(
    practice: Record,
) -> None:
    cited = (ProseBlock((Run("En tout "), Run(figure="people_reached"))),)
    own = WritersWords(
        title="Notre titre",
        parts=(
            PartWords("areas", told=(Told("fr", cited),)),
            PartWords("partners", shown=False, told=(Told("fr", plain("laissé de côté")),)),
            PartWords("added-1", heading="À nous", told=(Told("fr", plain("un mot de plus")),)),
        ),
    )
    found = places_of(practice, "protection-overview", replace(Asked(), own=own))
    assert found["title"] == Said("Notre titre")
    (areas,) = found["text_areas"]
    assert isinstance(areas, Paragraph) and isinstance(found["people_reached"], Count)
    assert areas.runs == (Said("En tout "), found["people_reached"])
    assert found["text_partners"] == ()
    assert found["text_added_1"] == (Paragraph((Said("un mot de plus"),)),)
