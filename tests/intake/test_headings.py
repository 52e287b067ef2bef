"""Where the table is, and what its columns hold."""

import pytest

from desktop.intake.errors import HeadingsDiffer, NoSuchSheet, NoTable
from desktop.intake.headings import propose, table_of
from desktop.intake.mapping import Holds, Mapping, columns_of
from desktop.intake.profiles import mapping_for, shipped
from desktop.intake.vocabulary import guess, guess_tag
from desktop.intake.workbook import Sheet, Workbook
from tests.intake.files import workbook

FRENCH = ("Organisation", "Activité", "Cluster", "Province", "Date de début", "Bénéficiaires directs")
ENGLISH = ("Organization name", "Activity", "Sector", "Governorate", "Start date", "Number of beneficiaries")
SPANISH = ("Organización", "Actividad", "Clúster", "Departamento", "Fecha de inicio", "Beneficiarios")
ARABIC = ("اسم المنظمة", "النشاط", "القطاع", "المحافظة", "تاريخ البدء", "عدد المستفيدين")
FIELDS = ("prog_org_name", "activity_name", "sector", "adm1_name", "date_start", "declared")


@pytest.mark.parametrize("headings", [FRENCH, ENGLISH, SPANISH, ARABIC])
def test_ordinary_headings_are_understood_in_four_languages(headings: tuple[str, ...]) -> None:
    mapping = propose(workbook([headings, ("A", "B", "C", "D", "", 1)]))
    assert dict(mapping.columns) == dict(zip(headings, FIELDS, strict=True))
    assert mapping.holds is Holds.ACTIVITIES


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("NOMBRE BENEFICIAIRES DIRECTS \n(indiquer nombre de personnes)", "declared"),
        ("ETAT PROJET\n(Choisir dans la liste déroulante)", "activity_status"),
        ("CLUSTER\n(Choisir dans la liste déroulante)\nPour les projets humanitaires uniquement", "sector"),
        ("Code Terrtoire", "adm2_code"),
        ("TypeOrganisation", "prog_org_type"),
        ("admin2Pcode", "adm2_code"),
        ("Femmes (ce mois)", "reached_women"),
        ("Date  de  debut", "date_start"),
    ],
)
def test_instructions_line_breaks_and_slips_do_not_hide_a_heading(heading: str, field: str) -> None:
    found = guess(heading)
    assert found is not None and found.field == field


def test_a_declared_count_is_never_taken_for_people_reached_or_targeted() -> None:
    for heading in ("Bénéficiaires directs", "Direct beneficiaries", "Beneficiarios directos", "المستفيدون المباشرون"):
        found = guess(heading)
        assert found is not None and found.field == "declared"
    assert guess_tag("#beneficiary+num+declared").field == "declared"  # type: ignore[union-attr]


def test_the_heading_row_is_found_under_a_title_block() -> None:
    lines = [("Matrice 5W – mai 2025",), (), ("Ne pas modifier cette ligne",), FRENCH, ("A", "B", "C", "D", "", 1)]
    book = workbook(lines)
    table = table_of(book, propose(book))
    assert table.heading_row == 4 and [number for number, _row in table.rows] == [5]


def test_an_hxl_row_under_the_headings_is_no_data_and_settles_columns() -> None:
    lines = [("Nom", "Title", "N"), ("#org+prog+name", "#adm1+code", "#reached+ind"), ("A", "TD07", 3)]
    book = workbook(lines)
    mapping = propose(book)
    assert dict(mapping.columns) == {"Nom": "prog_org_name", "Title": "adm1_code", "N": "reached"}
    assert len(table_of(book, mapping).rows) == 1


def test_blank_rows_do_not_count() -> None:
    book = workbook([FRENCH, ("A", "B", "C", "D", "", 1), ("", " ", "\u00a0"), ("E", "B", "C", "D", "", 1)])
    assert [number for number, _row in table_of(book, propose(book)).rows] == [2, 4]


def test_the_sheet_with_the_table_is_found_among_others() -> None:
    notes = Sheet("Lisez-moi", (("Bonjour",), ("Organisation",)))
    data = Sheet("Données", (FRENCH, ("A", "B", "C", "D", "", 1)))
    assert propose(Workbook("a.xlsx", (notes, data), "")).sheet == "Données"


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(NoSuchSheet) as caught:
        propose(workbook([FRENCH]), "Feuille 9")
    assert caught.value.gaps["sheets"] == "Données"


def test_headings_that_match_nothing_are_refused() -> None:
    with pytest.raises(NoTable):
        propose(workbook([("Prix", "Couleur", "Taille"), (1, 2, 3)]))


def test_a_mapping_finds_its_columns_wherever_they_moved() -> None:
    mapping = propose(workbook([FRENCH, ("A", "B", "C", "D", "", 1)]))
    moved = workbook([("x",), ("note", *reversed(FRENCH)), ("", 1, "", "D", "C", "B", "A")])
    kept = Mapping(mapping.name, mapping.holds, mapping.columns)
    assert table_of(moved, kept).heading_row == 2


def test_a_mapping_for_another_file_is_refused_with_the_columns_it_misses() -> None:
    mapping = Mapping("essai", Holds.ACTIVITIES, (("Organisation", "prog_org_name"), ("Nom 2", "x"), ("Nom 3", "y")))
    with pytest.raises(HeadingsDiffer) as caught:
        table_of(workbook([FRENCH]), mapping)
    assert "Nom 2" in str(caught.value.gaps["columns"])


def test_every_shipped_mapping_is_chosen_for_its_own_headings() -> None:
    for mapping in shipped():
        headings = [heading for heading, _field in mapping.columns]
        book = workbook([("titre",), headings], sheet=mapping.sheet or "Feuille 1")
        assert mapping_for(book).name == mapping.name


def test_two_columns_of_one_heading_are_told_apart_by_the_group_over_them() -> None:
    lines = [
        ("Partenaire", "Femmes d’essai", "", "", ""),
        ("", "", "Ce mois", "", "Cumul", ""),
        ("Activité", "Cluster", "Femmes", "Hommes", "Femmes", "Hommes"),
        ("Écoute", "Protection", 1, 2, 3, 4),
    ]
    book = workbook(lines)
    fields = [field for _heading, field in propose(book).columns]
    assert fields[2:] == ["reached_women", "reached_men", "cumulative_women", "cumulative_men"]
    assert set(columns_of(propose(book), table_of(book, propose(book)).headings).values()) == set(range(6))
