"""Telephones, e-mails and identity numbers are pointed out; codes, amounts and dates are left in peace."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.fields import field_of
from db.models import Activity, Agreement, Contact, Organisation, Result
from db.privacy import KINDS, looks_personal, watched
from desktop.intake.workbook import read_workbook


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Appeler Mme K. au +243 812 345 678 avant midi", "phone", "+243 812 345 678"),
        ("Contact: 00243-81-234-56-78.", "phone", "00243-81-234-56-78"),
        ("0812345678", "phone", "0812345678"),
        ("voir 081 234 56 78 (mari)", "phone", "081 234 56 78"),
        ("رقمها ٠٨١٢٣٤٥٦٧٨", "phone", "٠٨١٢٣٤٥٦٧٨"),
        ("هاتف: 66 12 34 56", "phone", "66 12 34 56"),
        ("tél. 66123456", "phone", "66123456"),
        ("(+33) 6 12 34 56 78", "phone", "(+33) 6 12 34 56 78"),
        ("écrire à amina.essai@example.org svp", "email", "amina.essai@example.org"),
        ("passeport OB0123456 périmé", "identity", "OB0123456"),
        ("Carte d’électeur n° 12345678901", "identity", "12345678901"),
        ("DNI 12345678Z", "identity", "12345678Z"),
        ("جواز السفر رقم A1234567", "identity", "A1234567"),
        ("C1234567", "identity", "C1234567"),
        ("29801011234567", "identity", "29801011234567"),
    ],
)
def test_what_tells_who_somebody_is_is_found(text: str, kind: str, found: str) -> None:
    assert [(one.kind, one.found) for one in looks_personal(text)] == [(kind, found)]
    (one,) = looks_personal(text)
    assert text[one.at : one.at + len(one.found)] == one.found


@pytest.mark.parametrize(
    "text",
    [
        "CD5301ZS01, CD61, TD0701, SY020001, UA0102003",
        "PR.0241/2025-CD10 et CD-24-S-0012345",
        "1 250 000 personnes, 29,117, 1.661.958, 853 286 et 12500000",
        "853 286 214 605 USD 12 500 000,50",
        "2025-03-31, 31/03/2025, 01.02.2026, 01-02-2026 au 31-12-2026, 20250331",
        "Plan 2024-2028, A/RES/73/195, résolution 1325, ODD 10.7",
        "Accord IOM/CD10/PS/2025/0012 signé le 01/02/2025",
        "du 01/02/2025-28/02/2025",
        "0,5 à 100 %, 18-59 ans, 60+",
        "-4.325 29.361 / 1.2345678",
        "le passeport de la région, les cartes d’identité de 2 000 personnes en 2025",
        "",
    ],
)
def test_codes_amounts_and_dates_are_left_in_peace(text: str) -> None:
    assert looks_personal(text) == ()


@given(st.text(alphabet="0123456789٠١٢+ .-/()@aA,é\u200f", max_size=60))
def test_whatever_is_typed_is_looked_at_and_found_where_it_stands(text: str) -> None:
    kinds = dict(KINDS)
    end = 0
    for one in looks_personal(text):
        assert one.kind in kinds and one.at >= end and text[one.at : one.at + len(one.found)] == one.found
        end = one.at + len(one.found)


def test_work_data_of_contacts_and_codes_are_not_looked_at() -> None:
    assert watched(Activity, field_of(Activity.description)) and watched(Result, field_of(Result.notes))
    assert not watched(Contact, field_of(Contact.phone))
    assert not watched(Organisation, field_of(Organisation.notes))
    assert not watched(Agreement, field_of(Agreement.starts_on))


@pytest.mark.real
def test_thousands_of_real_texts_raise_no_alarm(shared_data: Path) -> None:
    for name in ("drc-5w-2025-05.xlsx", "tcd-3w-2025-04.xlsx"):
        sheets = read_workbook(shared_data / name).sheets
        texts = {cell for sheet in sheets for row in sheet.rows for cell in row if isinstance(cell, str)}
        assert len(texts) > 500
        assert [one.found for text in texts for one in looks_personal(text)] == []
