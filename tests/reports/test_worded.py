"""Title, summary and own headings of a report in each of its languages: printed, marked, approved and frozen."""

from uuid import UUID

import pytest

from db.commands.entries import edit
from db.commands.frozen_stays import IsFrozen
from db.commands.report_lines import Line, put_lines
from db.commands.report_parts import StartedPart
from db.commands.reports import Arranged, approve_report, arrange, replace_report, start_report
from db.commands.texts import OriginalStands, set_text
from db.models import WrittenReport
from db.queries.documents import content_of
from db.queries.reports import written
from db.record import Record
from desktop.freezing import freeze
from desktop.reports.report import Worded
from desktop.reports.telling import typed
from desktop.reports.worded import in_language
from desktop.reports.written import asked_of
from i18n import Words
from tests.reports.conftest import Protection

TITLE, SUMMARY, HEADING = "عنوان التجربة", "ملخص التجربة", "أرقامنا"
ARABIC = (Line("title", TITLE, "reviewed"), Line("summary", SUMMARY), Line("heading", HEADING, "official", "figures"))
NAMED = {"name": "Amani Essai"}


@pytest.fixture
def report(protection: Protection) -> UUID:
    record = protection.record
    values = {"title": "Rapport d'essai", "report": "protection-overview", "audience": "internal"}
    more = {"language": "fr", "languages": "ar", "summary": "Une page pour qui signe."}
    parts = [StartedPart("figures"), StartedPart("added-1", heading="Un mot à nous"), StartedPart("notes")]
    id = record.write(start_report, values | more, parts)
    record.write(arrange, id, [Arranged("figures", heading="Nos chiffres"), Arranged("added-1", heading="Un mot")])
    return id


def frozen(record: Record, id: UUID, language: str) -> str:
    record.write(approve_report, id, NAMED)
    freeze(record, id, ["text"])
    (version, *_earlier) = record.read(written, id).frozen
    file = next(one for one in version.files if one.language == language)
    marks = dict.fromkeys(map(ord, "\u2068\u2069\u200f"))
    return record.read(content_of, file.digest).decode().translate(marks)


def test_they_are_printed_in_the_language_of_the_report_each_with_its_standing(
    protection: Protection, report: UUID
) -> None:
    record, arabic = protection.record, Words.of("ar")
    record.write(put_lines, report, "ar", ARABIC)
    printed = frozen(record, report, "ar")
    assert printed.startswith(TITLE) and "Rapport d'essai" not in printed
    assert SUMMARY in printed and "Une page pour qui signe" not in printed
    assert HEADING in printed and "Nos chiffres" not in printed
    assert arabic.gettext("Reviewed translation, not official") in printed, "the title"
    assert arabic.gettext("Draft translation, not reviewed") in printed, "the summary"


def test_what_nobody_translated_says_in_which_language_it_is(protection: Protection, report: UUID) -> None:
    printed = frozen(protection.record, report, "ar")
    assert printed.startswith("Rapport d'essai")
    assert printed.count(Words.of("ar").language_name("fr")) >= 2, "under the title and in the summary"
    assert "Nos chiffres" not in printed, "its kind of report names this part in every language"


def test_of_two_texts_in_one_language_the_more_trusted_is_printed() -> None:
    told = [Worded("ar", status, status) for status in ("draft", "official", "reviewed")]
    for trusted in ("official", "reviewed", "draft"):
        assert in_language(told, "ar-EG") == Worded("ar", trusted, trusted)
        told = [one for one in told if one.status != trusted]


def test_an_approval_is_of_them_too_and_a_change_of_the_original_makes_them_drafts(
    protection: Protection, report: UUID
) -> None:
    record = protection.record
    record.write(approve_report, report, NAMED)
    record.write(put_lines, report, "ar", ARABIC)
    now = record.read(written, report)
    assert not now.approved and now.values["status"] == "drafting"
    record.write(approve_report, report, NAMED)
    record.write(set_text, WrittenReport, report, "title", "ar", "عنوان آخر")
    assert not record.read(written, report).approved
    record.write(edit, WrittenReport, report, {"title": "Un autre titre"})
    (title, *_rest) = record.read(written, report).lines
    assert title.text("ar").outdated and title.text("ar").status == "draft"


def test_what_is_frozen_keeps_them_and_a_new_version_goes_on_from_them(protection: Protection, report: UUID) -> None:
    record = protection.record
    record.write(put_lines, report, "ar", ARABIC)
    frozen(record, report, "ar")
    with pytest.raises(IsFrozen):
        record.write(put_lines, report, "ar", [Line("title", "عنوان آخر")])
    with pytest.raises(IsFrozen):
        record.write(set_text, WrittenReport, report, "title", "ar", "عنوان آخر")
    newer = record.write(replace_report, report, "Une faute")
    told = {(line.field, line.part): line.text("ar") for line in record.read(written, newer).lines}
    assert told["title", None].body == TITLE and told["title", None].status == "reviewed"
    assert told["heading", "figures"].body == HEADING


def test_a_line_without_words_is_taken_away_and_the_original_is_put_right_in_the_report(
    protection: Protection, report: UUID
) -> None:
    record = protection.record
    record.write(put_lines, report, "ar", ARABIC)
    record.write(put_lines, report, "ar", [Line("title", None)])
    assert record.read(written, report).lines[0].texts == ()
    with pytest.raises(OriginalStands):
        record.write(put_lines, report, "fr", [Line("title", "Titre")])


def test_a_number_that_is_hidden_is_found_in_a_translated_title_too(protection: Protection, report: UUID) -> None:
    record = protection.record
    record.write(put_lines, report, "ar", [Line("title", "عنوان 3")])
    own = asked_of(record.read(written, report)).own
    assert list(typed(own, {3}, Words.of("ar"))) and not list(typed(own, {4}, Words.of("ar")))
