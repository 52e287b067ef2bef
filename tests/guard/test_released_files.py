"""An attacker who has nothing but the files: workbooks and printed pages of one audience, laid side by side.

The rows of the 5W say who does what where; the overviews say sums of those. Whatever is printed becomes an equation,
whatever is marked as hidden an unknown that is at least one.
"""

import re
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
from desktop.deliver import Order, deliver, export_fivew
from desktop.guard.audiences import Audience
from desktop.guard.audit import Interval, audit
from desktop.guard.released import ReleasedCell
from desktop.reports.report import Asked
from tests.builders import new_record
from tests.guard.eight import correct, fill

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def forget(session: Session) -> None:
    """A register that keeps nothing."""
    session.execute(delete(IssuedCells))
    session.execute(delete(Issued))


class Attacker:
    """Who holds these files."""

    def __init__(self, fivew: Path) -> None:
        sheet = CalamineWorkbook.from_path(fivew).get_sheet_by_index(0).to_python()
        at = {str(heading): number for number, heading in enumerate(sheet[0])}
        self.rows = [
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
            said = row[at["People reached"]]
            self._note(
                {str(row[at["Activity"]])}, "[hidden]" if row[at["Hidden counts"]] == "reached" else str(int(said))
            )

    def workbook(
        self, path: Path, since: date = FIRST, until: date = LAST, changed: frozenset[str] = frozenset()
    ) -> None:
        """The table of places by area; the period stands on its first sheet."""
        book = CalamineWorkbook.from_path(path)
        (name,) = (name for name in book.sheet_names if name.startswith("People reached, by place"))
        lines = book.get_sheet_by_name(name).to_python()[2:]
        table = [[str(one) if isinstance(one, str) else str(int(one)) for one in line] for line in lines]
        self._table(table, since, until, changed)

    def pages(self, path: Path, since: date = FIRST, until: date = LAST) -> None:
        """The same, from the text of the pages."""
        with pdfium.PdfDocument(path) as book:
            text = "\n".join(page.get_textpage().get_text_range() for page in book).replace("\r", "")
        head = r"\nPlace (General protection)\s+(Gender-based\s+violence) (Total)\n(.*?)\nPartners"
        found = re.search(head, text, re.DOTALL)
        assert found
        lines = [re.fullmatch(r"(\S+) (\S+) (\S+) (\S+)", line) for line in found[4].splitlines()]
        table = [list(line.groups()) for line in lines if line]
        self._table([["Place", found[1], " ".join(found[2].split()), found[3]], *table], since, until)

    def worked_out(self) -> list[Interval]:
        return audit(self.cells)

    def _table(self, lines: list[list[str]], since: date, until: date, changed: frozenset[str] = frozenset()) -> None:
        head, *body = lines
        assert len(body) == 4
        for place, *counts in body:
            for area, said in zip(head[1:], counts, strict=True):
                inside = {
                    title
                    for title, where, theme, start in self.rows
                    if place in ("Total", where) and area in ("Total", theme) and since <= start <= until
                }
                self._note(inside | {f"{title}, corrected" for title in inside & changed}, said)

    def _note(self, titles: set[str], said: str) -> None:
        pieces = frozenset(self._pieces.setdefault(title, len(self._pieces)) for title in titles)
        self.cells.append(ReleasedCell(pieces, None if said == "[hidden]" else int(said), 1, 5))


@pytest.mark.parametrize("remembers", [True, False])
def test_files_laid_side_by_side_give_no_hidden_count_away(tmp_path: Path, remembers: bool) -> None:
    record, _code = new_record(tmp_path / "essai.jalon")
    february, march = date(2026, 2, 1), date(2026, 3, 31)
    with record:
        record.write(fill)

        def leaves(name: str, **scope: Any) -> Path:
            path, asked = tmp_path / name, Asked(Scope(**scope), Audience.DONOR)
            if name.startswith("5w"):
                export_fivew(record, asked, "en", path)
            else:
                deliver(record, Order("protection-overview", asked, "en", path.suffix[1:]), path)  # type: ignore[arg-type]
            if not remembers:
                record.note(forget)
            return path

        first = leaves("first.xlsx", ends_on=march)
        second = leaves("second.pdf")
        attacker = Attacker(leaves("5w.xlsx"))
        attacker.workbook(first, until=march)
        attacker.pages(second)
        attacker.pages(leaves("third.pdf", starts_on=february), since=february)
        record.write(correct)
        attacker.workbook(leaves("revised.xlsx"), changed=frozenset("B"))
    found = attacker.worked_out()
    assert len(found) > 3
    assert [one for one in found if one.narrow] == [] if remembers else any(one.low == one.high for one in found)
