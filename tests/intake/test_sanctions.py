"""Screening against a list from a file: an invented one, in the schema of the UN's consolidated list."""

from datetime import date
from pathlib import Path
from uuid import UUID, uuid4
from xml.sax.saxutils import escape

import pytest

from db.commands.entries import add
from db.commands.organisations import add_name, add_organisation
from db.commands.screening import ReferenceWithoutMatch, keep_clear, keep_screening
from db.errors import NeedsValue
from db.models import Contact, Screening
from db.queries.screening import Subject, to_screen
from db.record import Record
from desktop.intake.errors import FileRefused
from desktop.intake.sanctions import (
    ListTooLong,
    ListWithDeclarations,
    NotASanctionsList,
    compare,
    read_list,
    screen,
)


def individual(reference: str, *names: str, script: str = "", aliases: tuple[str, ...] = ()) -> str:
    parts = zip(("FIRST", "SECOND", "THIRD", "FOURTH"), names, strict=False)
    return (
        "<INDIVIDUAL><DATAID>1</DATAID>"
        + "".join(f"<{part}_NAME>{escape(name)}</{part}_NAME>" for part, name in parts)
        + f"<REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER><LISTED_ON>2020-01-01</LISTED_ON>"
        + f"<NAME_ORIGINAL_SCRIPT>{script}</NAME_ORIGINAL_SCRIPT><NATIONALITY><VALUE>Nulland</VALUE></NATIONALITY>"
        + "".join(
            f"<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>{escape(name)}</ALIAS_NAME></INDIVIDUAL_ALIAS>"
            for name in aliases
        )
        + "</INDIVIDUAL>"
    )


def entity(reference: str, name: str, *aliases: str) -> str:
    return (
        f"<ENTITY><FIRST_NAME>{escape(name)}</FIRST_NAME><REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER>"
        + "".join(f"<ENTITY_ALIAS><ALIAS_NAME>{escape(alias)}</ALIAS_NAME></ENTITY_ALIAS>" for alias in aliases)
        + "</ENTITY>"
    )


def write_list(path: Path, individuals: str = "", entities: str = "", before: str = "") -> Path:
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<CONSOLIDATED_LIST dateGenerated="2026-09-30T23:10:00.1Z">'
        f"<INDIVIDUALS>{individuals}</INDIVIDUALS><ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Invented people and bodies."""
    people = individual(
        "XXi.001", "MOHAMED", "AHMED", "ALI", "AL-QADIRI", script="محمد أحمد علي القادري", aliases=("Abou Néant",)
    ) + individual("XXi.002", "Zéphyrin", "Inventé Mukomoko")
    bodies = entity("XXe.001", "Front imaginaire de libération", "FIL", "Jabhat al-Khayal") + entity(
        "XXe.002", "جمعية السراب"
    )
    return write_list(tmp_path / "liste.xml", people, bodies)


def organisation(*names: str) -> Subject:
    return Subject(uuid4(), None, names)


def contact(name: str) -> Subject:
    return Subject(uuid4(), uuid4(), (name,))


def test_a_list_gives_its_day_its_references_and_all_names(listed: Path) -> None:
    read = read_list(listed)
    assert read.dated == date(2026, 9, 30)
    assert [entry.reference for entry in read.entries] == ["XXi.001", "XXi.002", "XXe.001", "XXe.002"]
    assert read.entries[0].names == ("MOHAMED AHMED ALI AL-QADIRI", "محمد أحمد علي القادري", "Abou Néant")


@pytest.mark.parametrize(
    ("ours", "reference"),
    [
        (contact("Muhammad El Kadri"), "XXi.001"),
        (contact("القادري محمد"), "XXi.001"),
        (contact("abou neant"), "XXi.001"),
        (contact("INVENTE MUKOMOKO Zephirin"), "XXi.002"),
        (contact("Zéphyrin Mukomko Inventé"), "XXi.002"),
        (organisation("Association d'essai", "FIL"), "XXe.001"),
        (organisation("Front Imaginaire pour la Liberation"), "XXe.001"),
        (organisation("جبهة الخيال"), "XXe.001"),
        (organisation("Jamiyat al-Sarab"), "XXe.002"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.names[-1],
)
def test_a_person_is_asked_about_a_likeness(listed: Path, ours: Subject, reference: str) -> None:
    found = compare(read_list(listed), (ours,))
    assert [one.reference for one in found.candidates] == [reference]
    assert not found.clear


def test_who_is_like_nobody_is_clear(listed: Path) -> None:
    ours = (organisation("Femmes d'essai pour la paix", "FEP"), contact("Mohamed"), contact("Ali Essai"))
    found = compare(read_list(listed), ours)
    assert found.candidates == ()
    assert found.clear == ours


def test_words_that_every_partner_has_tell_little(tmp_path: Path) -> None:
    listed = write_list(tmp_path / "liste.xml", "", entity("XXe.009", "Association des femmes du Néant"))
    partners = tuple(organisation(f"Association des femmes de {town}") for town in ("Bunia", "Goma", "Mahagi", "Aru"))
    assert screen(listed, partners).clear == partners


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE l SYSTEM "file:///etc/passwd">',
        "<!DOCTYPE l>",
    ],
)
def test_a_list_that_declares_entities_is_not_read(tmp_path: Path, declared: str) -> None:
    with pytest.raises(ListWithDeclarations):
        read_list(write_list(tmp_path / "liste.xml", before=declared))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"<html><body>404</body></html>",
        b"<CONSOLIDATED_LIST><INDIVIDUALS>",
        b"<CONSOLIDATED_LIST>&nothing;</CONSOLIDATED_LIST>",
        b'<?xml version="1.0" encoding="x-none"?><CONSOLIDATED_LIST/>',
        b'<?xml version="1.0" encoding="shift_jis"?><CONSOLIDATED_LIST/>',
        b"<CONSOLIDATED_LIST>\xff\xfe</CONSOLIDATED_LIST>",
        b"<CONSOLIDATED_LIST><INDIVIDUALS/><ENTITIES/></CONSOLIDATED_LIST>",
    ],
)
def test_what_is_no_list_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "liste.xml"
    path.write_bytes(content)
    with pytest.raises(NotASanctionsList):
        read_list(path)


def test_a_list_without_end_is_refused(tmp_path: Path) -> None:
    deep = write_list(tmp_path / "profonde.xml", "<A>" * 5000 + "</A>" * 5000)
    names = write_list(tmp_path / "noms.xml", individual("XXi.1", "X", aliases=tuple(f"Nom {n}" for n in range(300))))
    for path in (deep, names):
        with pytest.raises(ListTooLong):
            read_list(path)
    with pytest.raises(FileRefused):
        read_list(tmp_path / "absente.xml")


# --- what is kept -----------------------------------------------------------------------------------------------------


def kept(record: Record) -> list[tuple[object, ...]]:
    def rows(session: object) -> list[tuple[object, ...]]:
        from sqlalchemy import select

        columns = (Screening.contact_id, Screening.list, Screening.list_date, Screening.result, Screening.reference)
        return [tuple(row) for row in session.execute(select(*columns).order_by(Screening.row))]  # type: ignore[attr-defined]

    return record.read(rows)  # type: ignore[arg-type]


def partner_with_contact(record: Record) -> tuple[UUID, UUID]:
    partner = record.write(add_organisation, {"name": "Femmes d'essai", "acronym": "FE"})
    record.write(add_name, partner, {"name": "نساء التجربة", "use": "official"})
    return partner, record.write(add, Contact, {"organisation_id": partner, "name": "Mohamed Kadri"})


def test_everybody_is_screened_under_all_names(record: Record) -> None:
    partner, person = partner_with_contact(record)
    other = record.write(add_organisation, {"name": "Autre essai"})
    everybody = record.read(to_screen)
    assert set(everybody) == {
        Subject(partner, None, ("Femmes d'essai", "FE", "نساء التجربة")),
        Subject(partner, person, ("Mohamed Kadri",)),
        Subject(other, None, ("Autre essai",)),
    }
    assert len(record.read(to_screen, partner)) == 2


def test_of_a_dismissed_likeness_nothing_of_the_list_is_kept(record: Record, listed: Path) -> None:
    partner, person = partner_with_contact(record)
    day = date(2026, 9, 30)
    with pytest.raises(ReferenceWithoutMatch):
        record.write(keep_screening, partner, person, "ONU", day, "dismissed", "XXi.001")
    with pytest.raises(NeedsValue):
        record.write(keep_screening, partner, person, "ONU", day, "match")
    record.write(keep_screening, partner, person, "ONU", day, "dismissed")
    assert kept(record) == [(person, "ONU", day, "dismissed", None)]
    with record.driver() as driver:
        told = driver.execute("SELECT after FROM log_row").fetchall()
    assert not any("XXi" in str(row) or "QADIRI" in str(row).upper() for row in told)


def test_everybody_without_a_likeness_is_kept_in_one_step(record: Record, listed: Path) -> None:
    partner, person = partner_with_contact(record)
    found = screen(listed, record.read(to_screen))
    assert [one.subject.contact_id for one in found.candidates] == [person]
    record.write(keep_clear, [(one.organisation_id, one.contact_id) for one in found.clear], "ONU", found.dated)
    record.write(keep_screening, partner, person, "ONU", found.dated, "match", found.candidates[0].reference)
    assert [row[3:] for row in kept(record)] == [("none", None), ("match", "XXi.001")]
    record.undo()
    record.undo()
    assert not record.read(lambda session: [s for s in session.query(Screening) if s.removed_at is None])
