"""Makes the monthly sheets of the practice record's invented partners.

Everything is drawn from seeds, so that the same bytes come again: run it after changing what is written here or in
resources/sample/office.json, and commit what it makes. Nothing in these files is true of anybody.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import xlsxwriter

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
OFFICE = json.loads((RESOURCES / "sample" / "office.json").read_text("utf-8"))
MONTHS = {"2026-01": "janvier 2026", "2026-02": "février 2026", "2026-03": "mars 2026"}
COMMUNES = [place for place in OFFICE["places"] if place["level"] == 3]

HEADINGS = (
    "Code\nactivité",
    "Activité",
    "Domaine de\nresponsabilité",
    "Commune",
    "Code\ncommune",
    "Bailleur",
    "Date de\ndébut",
    "Date de\nfin",
    "Statut",
    "Sensibilité",
    *(f"{who}\nce mois" for who in ("Femmes", "Hommes", "Filles", "Garçons", "Total")),
    *(f"{who}\ncumul" for who in ("Femmes", "Hommes", "Filles", "Garçons", "Total")),
    "Observations",
)
WIDTHS = (10, 42, 28, 20, 11, 26, 11, 11, 10, 11, *(9,) * 10, 34)
SECTORS = {"GBV": "Violences basées sur le genre", "CPN": "Protection de l’enfance", "PRO": "Protection générale",
           "HLP": "Logement, terre et propriété", "MIN": "Lutte antimines"}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One kind of activity: how many people a month, and the shares of women, men, girls and boys among them."""

    title: str
    sector: str
    people: tuple[int, int]
    shares: tuple[int, int, int, int]
    sensitive: bool = False
    split: bool = True


WORK = {
    "femmes": (
        Kind("Séances d’écoute en groupe", "GBV", (31, 68), (80, 0, 20, 0)),
        Kind("Causeries sur les droits des femmes", "GBV", (58, 94), (55, 25, 12, 8)),
        Kind("Accompagnement psychosocial individuel", "GBV", (7, 19), (70, 2, 28, 0)),
        Kind("Gestion de cas de survivantes", "GBV", (2, 9), (75, 0, 25, 0), sensitive=True),
        Kind("Activités récréatives pour les enfants", "CPN", (41, 77), (0, 0, 52, 48)),
        Kind("Appui aux familles d’accueil", "CPN", (24, 52), (40, 18, 23, 19)),
    ),
    "meres": (
        Kind("Espace ami des enfants", "CPN", (52, 88), (0, 0, 51, 49)),
        Kind("Suivi d’enfants séparés de leur famille", "CPN", (3, 14), (0, 0, 55, 45)),
        Kind("Soutien aux jeunes mères", "CPN", (22, 46), (62, 0, 38, 0)),
        Kind("Séances d’information sur les services", "PRO", (64, 110), (42, 30, 16, 12), split=False),
        Kind("Comités communautaires de protection", "PRO", (18, 39), (55, 45, 0, 0)),
        Kind("Orientation vers les services", "PRO", (9, 31), (48, 27, 14, 11)),
    ),
    "comite": (
        Kind("Conseil juridique sur le logement", "HLP", (14, 37), (46, 54, 0, 0)),
        Kind("Médiation de conflits fonciers", "HLP", (8, 23), (35, 65, 0, 0)),
        Kind("Appui aux titres d’occupation", "HLP", (19, 44), (44, 56, 0, 0)),
        Kind("Éducation aux risques des engins explosifs", "MIN", (66, 118), (27, 25, 24, 24), split=False),
        Kind("Formation de relais communautaires", "MIN", (12, 27), (50, 50, 0, 0)),
        Kind("Orientation de personnes blessées", "MIN", (1, 6), (30, 50, 5, 15)),
    ),
}
DONORS = {
    "femmes": ("Coopération d’Arvanie", "Coopération d’Arvanie ; Fonds solidaire d’exercice"),
    "meres": ("Fonds solidaire d’exercice", "Fondation des Trois Rivières"),
    "comite": ("Coopération d’Arvanie", "Fonds propres"),
}
ROWS, STAYING = 30, 28
FAULT = ("meres", "2026-03", 16, 11, "douze")
"""The one value that cannot be read: partner, month, row from 0, column from 0, and what stands there for 12."""

Counts = tuple[int, int, int, int]


@dataclass(frozen=True)
class Activity:
    """One line of a partner's work, with what it counted in each month it went on."""

    code: str
    kind: Kind
    commune: dict[str, str]
    donor: str
    starts: date
    ends: date
    months: dict[str, Counts]


def activities(partner: str, acronym: str) -> list[Activity]:
    """A partner's lines over three months: most go on, two end in January and in February, two begin instead."""
    random = Random(f"kivara {partner}")
    months = list(MONTHS)
    seen: dict[str, set[int]] = {month: set() for month in months}
    found = []
    for number in range(ROWS + 2 * (ROWS - STAYING)):
        begun, ended = (0, 2) if number < STAYING else ((number - STAYING) // 2,) * 2
        kind = WORK[partner][number % len(WORK[partner])]
        counts = {}
        for month in months[begun : ended + 1]:
            people = random.randint(*kind.people)
            while people in seen[month] and people > 9:  # one figure in many places would look made up
                people += 1
            seen[month].add(people)
            counts[month] = _split(people, kind.shares, random)
        found.append(
            Activity(
                f"{acronym}-{number + 1:02}",
                kind,
                COMMUNES[(number // len(WORK[partner]) + 3 * number) % len(COMMUNES)],
                DONORS[partner][number % 5 == 4],
                date(2026, begun + 1, random.randint(3, 20)),
                date(2026, 3 if ended == 2 else ended + 1, 27)
                if number >= STAYING
                else date(2026, random.choice((6, 9, 12)), 30),
                counts,
            )
        )
    return found


def _split(people: int, shares: Sequence[int], random: Random) -> Counts:
    """People by sex and age, about as their shares are, adding up to the whole."""
    parts = [0, 0, 0, 0]
    for _each in range(people):
        parts[random.choices(range(4), shares)[0]] += 1
    return parts[0], parts[1], parts[2], parts[3]


def write_sheet(partner: str, name: str, month: str, lines: Sequence[Activity], path: Path) -> None:
    """One partner's sheet for one month."""
    book = xlsxwriter.Workbook(path)
    book.set_properties(
        {"created": datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None), "comments": OFFICE["notice"]}
    )
    sheet = book.add_worksheet("Rapport mensuel")
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE6F1", "border": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write(0, 0, "Rapport mensuel du partenaire", book.add_format({"bold": True, "font_size": 14}))
    sheet.write(1, 0, OFFICE["notice"], book.add_format({"italic": True}))
    sheet.write_row(2, 0, ("Partenaire :", name))
    sheet.write_row(3, 0, ("Mois :", MONTHS[month]))
    sheet.set_row(5, 45)
    for column, (text, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.write(5, column, text, heading)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(6, 2)
    for index, line in enumerate(lines):
        row = 6 + index
        ended = line.ends.isoformat()[:7] == month
        sheet.write_row(row, 0, (line.code, line.kind.title, SECTORS[line.kind.sector], line.commune["name"]))
        sheet.write_row(row, 4, (line.commune["code"], line.donor))
        sheet.write_datetime(row, 6, line.starts, day)
        sheet.write_datetime(row, 7, line.ends, day)
        sheet.write_row(row, 8, ("Achevé" if ended else "En cours", "Élevée" if line.kind.sensitive else "Faible"))
        for column, value in enumerate(_figures(line, month), start=10):
            if value is not None:
                sheet.write(row, column, value)
        if not line.kind.split:
            sheet.write(row, 20, "Âge et sexe non collectés")
    if FAULT[:2] == (partner, month):
        _partner, _month, index, column, text = FAULT
        sheet.write(6 + index, column, text)
    book.close()


def _figures(line: Activity, month: str) -> list[int | None]:
    """This month and since the beginning; parts that were not collected stay blank, which is not zero."""
    figures: list[int | None] = []
    for months in ([month], [one for one in line.months if one <= month]):
        parts = [sum(line.months[one][part] for one in months) for part in range(4)]
        figures += [*(parts if line.kind.split else [None] * 4), sum(parts)]
    return figures


def make(folder: Path) -> None:
    """Every partner's sheets of every month, in their place under this folder."""
    (folder / "sample").mkdir(exist_ok=True)
    organisations = {one["code"]: one["values"] for one in OFFICE["organisations"]}
    for partner in OFFICE["reports"]:
        name, acronym = organisations[partner]["name"], organisations[partner]["acronym"]
        lines = activities(partner, acronym)
        for month in MONTHS:
            its = [line for line in lines if month in line.months]
            assert len(its) == ROWS
            write_sheet(partner, name, month, its, folder / "sample" / f"exercice-{acronym}-{month}.xlsx")


if __name__ == "__main__":
    make(RESOURCES)
