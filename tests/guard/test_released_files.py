"""An attacker who has nothing but the files: workbooks and printed pages of one audience, laid side by side.

The rows of the 5W say who does what where; overviews and annexes say sums of those. Whatever is printed becomes an
equation, or two bounds where figures are rounded; whatever is marked as hidden an unknown that is at least one.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import delete
from sqlalchemy.orm import Session

from db.models import Issued, IssuedCells
from db.queries.scope import Scope
from db.record import Record
from desktop.deliver import Cleared, Order, deliver, gather, made
from desktop.exchange import fivew
from desktop.exporting import export_fivew
from desktop.guard.audiences import ROUND, SUPPRESS, Audience, Rule, profile
from desktop.guard.audit import Interval, audit
from desktop.guard.release import release, release_and_tell
from desktop.guard.released import ReleasedCell
from desktop.render.sheet import write_xlsx
from desktop.reports.report import Asked
from i18n import Words
from tests.builders import new_record
from tests.guard.eight import correct, fill

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 31)
MONTHS = {"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4}
HIDDEN = "[hidden]"
SAID = r"(\[hidden\]|[\d ,]+)"


def forget(session: Session) -> None:
    """A register that keeps nothing."""
    session.execute(delete(IssuedCells))
    session.execute(delete(Issued))


class Office:
    """Who sends the files, carefully or not."""

    def __init__(
        self,
        record: Record,
        folder: Path,
        audience: Audience = Audience.DONOR,
        method: str = SUPPRESS,
        remembers: bool = True,
        complementary: bool = True,
    ) -> None:
        self._record, self._folder, self._audience, self._method = record, folder, audience, method
        self._remembers, self._complementary = remembers, complementary
        self._sent = 0

    def sends(self, report: str, form: str, **scope: Any) -> Path:
        self._sent += 1
        path = self._folder / f"{self._sent}.{form}"
        asked = Asked(Scope(**scope), self._audience, method=self._method)
        order = Order(report, asked, "en", form)  # type: ignore[arg-type]
        if not self._complementary:
            path.write_bytes(self._careless(order))
        elif report == "fivew":
            export_fivew(self._record, asked, "en", path)
        else:
            deliver(self._record, order, path)
        if not self._remembers:
            self._record.note(forget)
        return path

    def _careless(self, order: Order) -> bytes:
        """The same file, with the small counts alone hidden."""
        asked = order.asked
        if order.report == "fivew":
            tables = fivew.gather(self._record, asked)
            told = release(tables, asked.audience, complementary=False)
            return write_xlsx(fivew.sheet(told, Words.of("en")))
        tables = gather(self._record, order)
        released, counts = release_and_tell(tables, asked.audience, method=asked.method, complementary=False)
        return made(Cleared(released, counts, None, {}), order).content


class Attacker:
    """Who holds these files."""

    def __init__(self, rows: Path, rule: Rule) -> None:
        sheet = CalamineWorkbook.from_path(rows).get_sheet_by_index(0).to_python()
        at = {str(heading): number for number, heading in enumerate(sheet[0])}
        self._rule = rule
        self._rows = [
            (
                str(row[at["Activity"]]),
                str(row[at["Admin 1"]]),
                str(row[at["Area of responsibility or theme"]] or row[at["Cluster or sector"]]),
                row[at["Start date"]],
            )
            for row in sheet[2:]
        ]
        self._pieces: dict[str, int] = {}
        self.cells: list[ReleasedCell] = []
        for row in sheet[2:]:
            hidden = row[at["Hidden counts"]] == "reached"
            said = HIDDEN if hidden else str(int(row[at["People reached"]]))
            self._note({str(row[at["Activity"]])}, said, rounded=False)

    def overview(self, path: Path, since: date = FIRST, until: date = LAST, changed: str = "") -> None:
        """The table of places by area."""
        for place, area, said in _overview_pages(path) if path.suffix == ".pdf" else _overview_sheets(path):
            self._note(self._told(since, until, changed, place=place, area=area), said)

    def annex(self, path: Path, since: date = FIRST, changed: str = "") -> None:
        """The totals, and the tables by period and by place."""
        for (kind, head), said in _annex_pages(path) if path.suffix == ".pdf" else _annex_sheets(path):
            if kind == "total":
                self._note(self._told(FIRST if head == "To date" else since, LAST, changed), said)
            elif kind == "place":
                self._note(self._told(since, LAST, changed, place=head), said)
            else:
                (month,) = (number for name, number in MONTHS.items() if name in head)
                self._note(self._told(date(2026, month, 1), date(2026, month, 28), changed), said)

    def _told(self, since: date, until: date, changed: str, place: str = "Total", area: str = "Total") -> set[str]:
        inside = {
            title
            for title, where, theme, start in self._rows
            if place in ("Total", where) and area in ("Total", theme) and since <= start <= until
        }
        return inside | {f"{title}, corrected" for title in inside & {changed}}

    def _note(self, titles: set[str], said: str, rounded: bool = True) -> None:
        pieces = frozenset(self._pieces.setdefault(title, len(self._pieces)) for title in titles)
        value = None if said == HIDDEN else int(re.sub(r"[ ,]", "", said))
        if value and rounded and self._rule.rounded_to:
            self.cells.append(ReleasedCell(pieces, value - 2, 1, self._rule.width, 4))
        else:
            self.cells.append(ReleasedCell(pieces, value, 1, self._rule.width))


def _text(path: Path) -> str:
    with pdfium.PdfDocument(path) as book:
        return "\n".join(page.get_textpage().get_text_range() for page in book).replace("\r", "")


def _table(path: Path, name: str) -> list[list[str]]:
    book = CalamineWorkbook.from_path(path)
    (found,) = (one for one in book.sheet_names if one.startswith(name))
    lines = book.get_sheet_by_name(found).to_python()[2:]
    return [[str(int(one)) if isinstance(one, float) else str(one) for one in line] for line in lines]


def _overview_sheets(path: Path) -> Iterator[tuple[str, str, str]]:
    head, *body = _table(path, "People reached, by place")
    return ((line[0], area, said) for line in body for area, said in zip(head[1:], line[1:], strict=True))


def _overview_pages(path: Path) -> Iterator[tuple[str, str, str]]:
    head = r"\nPlace (General protection)\s+(Gender-based\s+violence) (Total)\n(.*?)\nPartners"
    found = re.search(head, _text(path), re.DOTALL)
    assert found
    areas = found[1], " ".join(found[2].split()), found[3]
    lines = [line for each in found[4].splitlines() if (line := re.fullmatch(r"(\S+) (\S+) (\S+) (\S+)", each))]
    assert len(lines) == 4
    return ((line[1], area, line[number]) for line in lines for number, area in enumerate(areas, start=2))


def _annex_sheets(path: Path) -> Iterator[tuple[tuple[str, str], str]]:
    head, *body = _table(path, "Results against targets")
    yield from ((("total", title), said) for title, said in zip(head[4:-1], body[0][4:-1], strict=True))
    yield from ((("period", line[0]), line[1]) for line in _table(path, "By period")[2:])
    yield from ((("place", line[0]), line[1]) for line in _table(path, "By place")[2:])


def _annex_pages(path: Path) -> Iterator[tuple[tuple[str, str], str]]:
    text = _text(path)
    totals = re.search(rf"People heard Persons not set not set {SAID}(?: {SAID})?\n", text)
    assert totals
    two = re.search(r"In the\s+period To date", text)
    titles: Sequence[str] = ("In the period", "To date") if two else ("Reached",)
    yield from ((("total", title), said) for title, said in zip(titles, totals.groups(), strict=False))
    for line in re.finditer(rf"\n(.*(?:Jan|Feb|Mar|Apr)\w* 2026) {SAID}(?=\n)", text):
        yield ("period", line[1]), line[2]
    for line in re.finditer(rf"\n(\w+-Essai) {SAID}(?=\n)", text[text.index("Results by place\nBy place") :]):
        yield ("place", line[1]), line[2]


CAREFUL: tuple[tuple[Audience, dict[str, Any]], ...] = (
    (Audience.DONOR, {}),
    (Audience.DONOR, {"method": ROUND}),
    (Audience.PUBLIC, {}),
    (Audience.PUBLIC, {"method": ROUND}),
)


@pytest.mark.parametrize(("audience", "ways"), CAREFUL, ids=["donor", "donor-round", "public", "public-round"])
def test_files_laid_side_by_side_give_no_hidden_count_away(
    tmp_path: Path, audience: Audience, ways: dict[str, Any]
) -> None:
    found = worked_out(tmp_path, audience, ways)
    assert len(found) > 3
    assert [one for one in found if one.narrow] == []


def hidden(cells: Sequence[ReleasedCell]) -> list[Interval]:
    """What can be worked out for each count that is hidden, and was not told rounded in another file."""
    told = {cell.pieces for cell in cells if cell.value is not None}
    return [one for one in audit(cells) if cells[one.cell].pieces not in told]


@pytest.mark.parametrize("ways", [{"remembers": False}, {"complementary": False}], ids=["forgetful", "careless"])
def test_the_same_attacker_works_counts_out_where_nobody_takes_care(tmp_path: Path, ways: dict[str, Any]) -> None:
    for audience in (Audience.DONOR, Audience.PUBLIC):
        (folder := tmp_path / audience.value).mkdir()
        assert any(one.low == one.high for one in worked_out(folder, audience, ways))


def worked_out(folder: Path, audience: Audience, ways: dict[str, Any]) -> list[Interval]:
    """Three overlapping reports, their annexes, the 5W, and a revision, as one reader lays them side by side."""
    record, _code = new_record(folder / "essai.jalon")
    with record:
        record.write(fill)
        office = Office(record, folder, audience, **ways)
        spring = office.sends("protection-overview", "xlsx", ends_on=MARCH)
        annex = office.sends("results-annex", "pdf")
        year = office.sends("protection-overview", "pdf")
        rule = profile(audience, ways.get("method", SUPPRESS)).ordinary
        attacker = Attacker(office.sends("fivew", "xlsx"), rule)
        later = office.sends("protection-overview", "pdf", starts_on=FEBRUARY)
        second = office.sends("results-annex", "xlsx", starts_on=FEBRUARY)
        record.write(correct)
        revised = office.sends("protection-overview", "xlsx"), office.sends("results-annex", "pdf")
    attacker.overview(spring, until=MARCH)
    attacker.annex(annex)
    attacker.overview(year)
    attacker.overview(later, since=FEBRUARY)
    attacker.annex(second, since=FEBRUARY)
    attacker.overview(revised[0], changed="B")
    attacker.annex(revised[1], changed="B")
    assert len(attacker.cells) == 8 + 4 * 12 + 3 * 8, "everything that is printed was read"
    return hidden(attacker.cells)
