"""A report is written, approved, frozen, sent, corrected: what left stays as it was, and two versions compare."""

from datetime import date
from uuid import UUID

import pypdfium2
import pytest
from sqlalchemy import select

from db.commands.documents import add_document
from db.commands.entries import add, edit
from db.commands.frozen_reports import NotApproved, mark_sent
from db.commands.frozen_stays import ApprovalStays, IsFrozen
from db.commands.removing import remove
from db.commands.report_parts import StartedPart
from db.commands.report_templates import NotATemplate, save_template, template_parts
from db.commands.reports import (
    Arranged,
    NotALegalStep,
    approve_report,
    arrange,
    change_status,
    replace_report,
    start_report,
    write_text,
)
from db.errors import AlreadyReplaced, DiskFull, NeedsValue, NotAChoice, NotTakenBack
from db.models import (
    Document,
    FrozenReport,
    ReportApproval,
    ReportTemplate,
    Result,
    Section,
    SectionText,
    WrittenReport,
)
from db.prose import ProseBlock, Run, data_of
from db.queries.documents import content_of
from db.queries.kinds import KINDS
from db.queries.listing import RowsAsked, page, rows_in_order
from db.queries.released import Reader, earlier
from db.queries.reports import written
from db.record import Record
from desktop.beginning import begin as begin_report
from desktop.deliver import gather
from desktop.freezing import ChangedMeanwhile, compare, freeze, keep, orders_of, press
from desktop.reports.building import in_their_places
from desktop.reports.standing import where_said
from i18n import Words
from tests.reports.conftest import Protection

FRENCH = data_of((ProseBlock((Run("Nous avons atteint "), Run(figure="people_reached"), Run(" personnes."))),))
ARABIC = data_of((ProseBlock((Run("وصلنا إلى "), Run(figure="people_reached"), Run(" شخصاً."))),))


def begin(record: Record, audience: str = "internal") -> UUID:
    values = {
        "title": "Rapport d'essai",
        "report": "protection-overview",
        "audience": audience,
        "language": "fr",
        "languages": "ar",
        "reason": None,
    }
    return record.write(start_report, values, [StartedPart("figures"), StartedPart("areas"), StartedPart("notes")])


def text_of(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def test_a_report_is_written_frozen_and_sent(small: Protection) -> None:
    record = small.record
    id = begin(record)
    record.write(write_text, id, "figures", "fr", FRENCH)
    record.write(write_text, id, "figures", "ar", ARABIC)
    record.write(
        arrange, id, [Arranged("figures", heading="Nos chiffres"), Arranged("areas", False), Arranged("notes")]
    )
    with pytest.raises(NotApproved):
        freeze(record, id, ["pdf"])
    record.write(approve_report, id, {"name": "Amani Essai", "function": "Chef de bureau", "on": date(2026, 7, 1)})
    assert record.read(written, id).approved
    freeze(record, id, ["pdf", "xlsx"])
    now = record.read(written, id)
    (frozen,) = now.frozen
    assert now.values["status"] == "frozen"
    assert sorted(file.file for file in frozen.files) == [
        "Rapport d'essai-ar.pdf",
        "Rapport d'essai-ar.xlsx",
        "Rapport d'essai-fr.pdf",
        "Rapport d'essai-fr.xlsx",
    ]
    french = next(file for file in frozen.files if file.file.endswith("fr.pdf"))
    said = text_of(record.read(content_of, french.digest))
    assert "Nos chiffres" in said and "Nous avons atteint 103 personnes." in said
    assert "Traduction" not in said and "Amani Essai" in said
    record.write(mark_sent, frozen.id, {"addressee": "Ambassade d'essai", "on": date(2026, 7, 2)})
    assert record.read(written, id).values["status"] == "sent"


def test_a_translation_follows_its_original(small: Protection) -> None:
    record = small.record
    id = begin(record)
    record.write(write_text, id, "figures", "fr", FRENCH)
    record.write(write_text, id, "figures", "ar", ARABIC, "reviewed")
    (section, *_rest) = record.read(written, id).sections
    arabic = section.text("ar")
    assert arabic is not None and (arabic.status, arabic.outdated) == ("reviewed", False)
    record.write(write_text, id, "figures", "fr", data_of((ProseBlock((Run("Autre chose."),)),)))
    (section, *_rest) = record.read(written, id).sections
    arabic = section.text("ar")
    assert arabic is not None and (arabic.status, arabic.outdated) == ("draft", True)


def test_who_changes_an_approved_report_writes_it_again(small: Protection) -> None:
    record = small.record
    id = begin(record)
    record.write(approve_report, id, {"name": "Amani Essai"})
    record.write(write_text, id, "figures", "fr", FRENCH)
    now = record.read(written, id)
    assert now.values["status"] == "drafting" and not now.approved


def test_what_is_frozen_is_only_replaced(small: Protection) -> None:
    record = small.record
    id = begin(record)
    record.write(write_text, id, "figures", "fr", FRENCH)
    record.write(approve_report, id, {"name": "Amani Essai"})
    freeze(record, id, ["text"])
    now = record.read(written, id)
    section, frozen = now.sections[0].id, now.frozen[0]
    text, file = now.sections[0].texts[0].id, frozen.files[0].id
    for deed, arguments in (
        (write_text, (id, "figures", "fr", FRENCH)),
        (approve_report, (id, {"name": "Amani Essai"})),
        (edit, (SectionText, text, {"status": "draft"})),
        (edit, (Document, file, {"title": "Autre"})),
        (add_document, (FrozenReport, frozen.id, "autre.txt", b"Autre", {})),
        (add_document, (FrozenReport, frozen.id, "autre.txt", b"Autre", {"replaces_id": file})),
        (remove, (Document, file)),
        (remove, (SectionText, text)),
        (remove, (Section, section)),
        (edit, (WrittenReport, id, {"title": "Autre"})),
        (edit, (Section, section, {"shown": False})),
        (remove, (WrittenReport, id)),
    ):
        with pytest.raises(IsFrozen):
            record.write(deed, *arguments)  # type: ignore[operator]
    approval, page = now.approvals[0].id, record.write(add_document, WrittenReport, id, "signee.txt", b"Vu", {})
    record.write(edit, ReportApproval, approval, {"document_id": page})
    for deed, arguments in (
        (edit, (ReportApproval, approval, {"name": "Autre Essai"})),
        (add, (ReportApproval, {"report_id": id, "name": "Autre Essai", "on": date(2026, 7, 1)})),
        (remove, (ReportApproval, approval)),
    ):
        with pytest.raises(ApprovalStays):
            record.write(deed, *arguments)  # type: ignore[operator]
    with pytest.raises(NeedsValue):
        record.write(mark_sent, frozen.id, {})
    record.write(mark_sent, frozen.id, {"addressee": "Ambassade d'essai"})
    with pytest.raises(IsFrozen):
        record.write(write_text, id, "figures", "fr", FRENCH)


def test_no_step_leads_past_the_deeds_that_freeze_and_send(small: Protection) -> None:
    record = small.record
    id = begin(record)
    record.write(approve_report, id, {"name": "Amani Essai"})
    with pytest.raises(NotALegalStep):
        record.write(change_status, id, {"status": "frozen"})


def test_a_heading_that_is_changed_by_itself_makes_the_approval_stale(small: Protection) -> None:
    record = small.record
    id = begin(record)
    record.write(approve_report, id, {"name": "Amani Essai"})
    section = record.read(written, id).sections[0].id
    record.write(edit, Section, section, {"heading": "Autrement"})
    assert not record.read(written, id).approved
    with pytest.raises(NotApproved):
        freeze(record, id, ["text"])


def test_a_correction_goes_on_from_all_that_the_earlier_version_said_and_there_is_one(small: Protection) -> None:
    record = small.record
    id = begin(record)
    record.write(write_text, id, "figures", "fr", FRENCH)
    record.write(write_text, id, "figures", "ar", ARABIC, "reviewed")
    record.write(write_text, id, "figures", "fr", data_of((ProseBlock((Run("Autre chose."),)),)))
    order = [Arranged("figures", heading="Nos chiffres"), Arranged("areas", False), Arranged("notes")]
    record.write(arrange, id, order)
    record.write(approve_report, id, {"name": "Amani Essai"})
    freeze(record, id, ["text"])
    with pytest.raises(NeedsValue):
        record.write(replace_report, id, " ")
    newer = record.read(written, record.write(replace_report, id, "Une ligne manquait."))
    assert [(one.part, one.heading, one.shown) for one in newer.sections] == [
        ("figures", "Nos chiffres", True),
        ("areas", None, False),
        ("notes", None, True),
    ]
    assert [(one.language, one.status, one.outdated) for one in newer.sections[0].texts] == [
        ("fr", "original", False),
        ("ar", "draft", True),
    ]
    with pytest.raises(AlreadyReplaced):
        record.write(replace_report, id, "Encore une.")


def test_freezing_is_not_taken_back_nor_anything_before_it(small: Protection) -> None:
    record = small.record
    id = begin(record)
    record.write(approve_report, id, {"name": "Amani Essai"})
    freeze(record, id, ["text"])
    (frozen,) = record.read(written, id).frozen
    record.write(mark_sent, frozen.id, {"addressee": "Ambassade d'essai"})
    record.undo()
    assert record.read(written, id).values["status"] == "frozen"
    for _again in range(2):
        with pytest.raises(NotTakenBack):
            record.undo()
    assert record.read(written, id).frozen == (frozen,)


def test_a_corrected_version_says_what_it_replaces_and_the_two_compare(small: Protection) -> None:
    record = small.record
    id = begin(record)
    record.write(write_text, id, "figures", "fr", FRENCH)
    record.write(approve_report, id, {"name": "Amani Essai"})
    freeze(record, id, ["text"])
    (before,) = record.read(written, id).frozen
    record.write(mark_sent, before.id, {"addressee": "Ambassade d'essai", "on": date(2026, 7, 2)})
    (result,) = record.read(lambda session: session.scalars(select(Result.id).where(Result.value == 100)).all())
    record.write(edit, Result, result, {"value": 110})
    newer = record.write(replace_report, id, "Une ligne manquait.")
    assert [one.addressee for one in (record.read(written, newer).replaces or pytest.fail()).sent] == [
        "Ambassade d'essai"
    ]
    record.write(approve_report, newer, {"name": "Amani Essai"})
    freeze(record, newer, ["text", "pdf"])
    (after,) = record.read(written, newer).frozen
    french = next(file for file in after.files if file.file.endswith("fr.pdf"))
    first_page = pypdfium2.PdfDocument(record.read(content_of, french.digest))[0].get_textpage().get_text_range()
    assert "Ce rapport remplace la version 1" in first_page and "Une ligne manquait." in first_page
    assert after.version == 2
    assert record.read(written, id).values["status"] == "replaced"
    changed = record.read(compare, before, after)
    assert changed and all(one.before != one.after for one in changed)
    assert any(one.kind == "activities" and len(one.records) == 1 for one in changed)
    said = [where_said(one.path, Words.of("en")) for one in changed]
    assert all(said) and "Cited in a text" in said


def test_what_was_frozen_for_a_donor_is_in_the_register(small: Protection) -> None:
    record = small.record
    id = begin(record, "donor")
    record.write(approve_report, id, {"name": "Amani Essai"})
    freeze(record, id, ["text", "pdf"])
    assert len(record.read(earlier, Reader("donor")).files) == 4


def test_of_what_was_not_frozen_the_register_says_nothing(small: Protection, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise DiskFull

    record = small.record
    id = begin(record, "donor")
    with pytest.raises(NotApproved):
        freeze(record, id, ["text"])
    record.write(approve_report, id, {"name": "Amani Essai"})
    with monkeypatch.context() as patch, pytest.raises(DiskFull):
        patch.setattr("db.commands.frozen_reports.add_document", full)
        freeze(record, id, ["text"])
    assert not record.read(earlier, Reader("donor")).files
    assert record.read(written, id).values["status"] == "approved"
    freeze(record, id, ["text"])
    assert len(record.read(earlier, Reader("donor")).files) == 2


def test_what_was_pressed_is_frozen_only_as_it_was_approved(small: Protection) -> None:
    record = small.record
    id = begin(record, "donor")
    orders = orders_of(record.read(written, id), ["text"])
    pressed = press(gather(record, orders[0]), orders)
    record.write(approve_report, id, {"name": "Amani Essai"})
    with pytest.raises(ChangedMeanwhile):  # every page would say that nobody has approved it
        keep(record, id, pressed)
    orders = orders_of(record.read(written, id), ["text"])
    pressed = press(gather(record, orders[0]), orders)
    record.write(write_text, id, "figures", "fr", FRENCH)
    record.write(approve_report, id, {"name": "Amani Essai"})
    with pytest.raises(ChangedMeanwhile):
        keep(record, id, pressed)


def test_a_template_keeps_the_arrangement_and_refuses_what_is_none(small: Protection) -> None:
    record = small.record
    id = begin(record)
    record.write(write_text, id, "figures", "fr", FRENCH)
    record.write(arrange, id, [Arranged("notes"), Arranged("figures", False)])
    record.write(save_template, id, "Modèle d'essai")
    (template,) = record.read(lambda session: session.scalars(select(ReportTemplate)).all())
    parts = {one.part: one for one in template_parts(template.body)}
    assert list(parts)[:2] == ["notes", "figures"] and not parts["figures"].shown and parts["figures"].told["fr"]
    for hostile in (
        {},
        {"parts": [{}]},
        {"parts": [{"part": "x", "heading": "x" * 100_000}]},
        {"parts": [{"part": "x", "told": {"fr": {"blocks": [{"html": 1}]}}}]},
        [],
    ):
        with pytest.raises(NotATemplate):
            template_parts(hostile)


def test_a_summary_in_another_language_says_in_which(small: Protection) -> None:
    record = small.record
    id = begin(record)
    record.write(edit, WrittenReport, id, {"summary": "Une page pour qui signe."})
    record.write(approve_report, id, {"name": "Amani Essai"})
    freeze(record, id, ["text"])
    (frozen,) = record.read(written, id).frozen
    lines = {file.file[-6:-4]: record.read(content_of, file.digest).decode().splitlines() for file in frozen.files}
    (french,) = (line for line in lines["fr"] if "Une page" in line)
    (arabic,) = (line for line in lines["ar"] if "Une page" in line)
    assert "[" not in french and Words.of("ar").language_name("fr") in arabic


@pytest.mark.parametrize("wrong", [{"language": "zz"}, {"languages": "ar, klingon"}, {"typography": "gothic"}])
def test_a_report_in_no_language_is_refused_when_it_is_chosen_not_when_it_is_frozen(
    small: Protection, wrong: dict[str, str]
) -> None:
    record = small.record
    id = begin(record)
    with pytest.raises(NotAChoice):
        record.write(edit, WrittenReport, id, wrong)
    sound = {"title": "Essai", "report": "protection-overview", "language": "fr", "languages": "fa-AF, pt-BR"}
    record.write(start_report, sound)
    with pytest.raises(NotAChoice):
        record.write(start_report, sound | wrong)


def test_a_report_is_begun_with_the_parts_of_its_template_and_of_its_kind(small: Protection) -> None:
    record = small.record
    id = begin(record)
    added = Arranged("added-1", heading="À part")
    record.write(arrange, id, [Arranged("notes"), added, Arranged("areas", False), Arranged("figures")])
    template = record.write(save_template, id, "Modèle d'essai")
    asked = {"title": "Autre", "report": "protection-overview", "language": "fr", "template_id": template}
    sections = record.read(written, begin_report(record, asked)).sections
    assert [one.part for one in sections][:2] == ["notes", "added-1"]
    assert {one.part for one in sections} > {"notes", "added-1", "areas", "figures"}
    assert next(one for one in sections if one.part == "areas").shown is False


def test_the_list_tells_a_corrected_report_from_the_one_it_replaces(small: Protection) -> None:
    record = small.record
    id = begin(record)
    record.write(approve_report, id, {"name": "Amani Essai"})
    freeze(record, id, ["text"])
    new = record.write(replace_report, id, "Essai")
    listing = KINDS["reports"].listing
    numbers = record.read(rows_in_order, listing, RowsAsked("title"))
    rows = {
        row[0]: dict(zip(listing.columns, row[1:], strict=True)) for row in record.read(page, listing, numbers).values()
    }
    assert (rows[id]["version"], rows[id]["replaced_by"]) == (1, 2)
    assert (rows[new]["version"], rows[new]["replaced_by"]) == (2, None)


def test_a_part_that_nobody_placed_stands_where_its_kind_of_report_has_it() -> None:
    assert in_their_places(["notes"], ["figures", "areas", "notes"]) == ["figures", "areas", "notes"]
    assert in_their_places(["areas", "added-1", "figures"], ["figures", "areas", "notes"]) == [
        "areas",
        "notes",
        "added-1",
        "figures",
    ]
