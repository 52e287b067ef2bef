"""The register of what left: written with the file or not at all, in ids and codes, and honest about what it lacks."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from db.commands.entries import add, edit
from db.commands.issuing import Leaving, LeftMeanwhile, forget_unwritten, note_issued
from db.models import Activity, Indicator, Issued, IssuedAtom, IssuedCells, Organisation, Result
from db.queries.released import Counts, Earlier, Reader, earlier
from db.queries.scope import Scope
from db.record import Record
from desktop.deliver import CannotWrite, Order, clear, deliver, gather, leave, make, write
from desktop.exporting import export_fivew
from desktop.guard.audiences import Audience
from desktop.guard.released import Notes
from desktop.reports.report import Asked
from desktop.reports.telling import told
from desktop.together import leave_each, made_each
from i18n import Words
from tests.guard.eight import correct, fill


def order(audience: Audience = Audience.DONOR, **scope: Any) -> Order:
    return Order("protection-overview", Asked(Scope(**scope), audience), "en", "text")


def held(record: Record, audience: str = "donor", whom: str | None = None) -> Earlier:
    return record.read(earlier, Reader(audience, whom))


def number_of(record: Record, kept: type[Issued] | type[IssuedAtom] | type[IssuedCells]) -> int:
    return record.read(lambda session: session.scalar(select(func.count()).select_from(kept))) or 0


def test_every_count_that_left_is_kept_once_whatever_file_it_stood_in(record: Record, tmp_path: Path) -> None:
    record.write(fill)
    deliver(record, order(), tmp_path / "a.txt")
    atoms = number_of(record, IssuedAtom)
    assert atoms == 8
    export_fivew(record, Asked(audience=Audience.DONOR), "fr", tmp_path / "b.csv")
    assert number_of(record, IssuedAtom) == atoms, "the same people are the same atoms there"
    overview, fivew = held(record).files
    assert overview.counts
    assert fivew.counts
    assert {sum(overview.counts.atoms[one].value for one in cell.atoms) for cell in overview.counts.cells} >= {485, 230}
    hidden = {fivew.counts.atoms[one].value for cell in fivew.counts.cells if cell.hidden for one in cell.atoms}
    assert hidden >= {2, 3, 4}


def test_copies_for_the_office_count_for_nobody(record: Record, tmp_path: Path) -> None:
    record.write(fill)
    deliver(record, order(Audience.INTERNAL), tmp_path / "a.txt")
    assert number_of(record, IssuedCells) == 0
    assert held(record) == Earlier(Reader("donor"))


def test_what_one_donor_got_counts_for_it_and_what_is_public_for_everybody(record: Record, tmp_path: Path) -> None:
    record.write(fill)
    donor = record.read(lambda session: session.scalars(select(Organisation.id)).first())
    deliver(record, order(donor=donor), tmp_path / "a.txt")
    assert len(held(record, whom=str(donor)).files) == 1
    assert held(record, whom="another").files == ()
    assert held(record, "partner", "somebody").files == ()
    assert len(held(record, "public").files) == 1, "the donor reads what is public beside its own"
    deliver(record, order(Audience.PUBLIC), tmp_path / "b.txt")
    assert len(held(record, whom="another").files) == len(held(record, "partner", "somebody").files) == 1


def test_a_new_name_and_a_correction_leave_a_count_the_same(record: Record, tmp_path: Path) -> None:
    record.write(fill)
    deliver(record, order(), tmp_path / "a.txt")
    one = record.read(lambda session: session.scalars(select(Activity.id).where(Activity.title == "A")).one())
    record.write(edit, Activity, one, {"title": "Another name"})
    record.write(correct)
    made = deliver(record, order(), tmp_path / "b.txt")
    before, after = held(record).files
    assert before.counts
    assert after.counts
    assert {atom.figure for atom in before.counts.atoms} == {atom.figure for atom in after.counts.atoms}
    assert {(atom.value) for atom in after.counts.atoms} - {atom.value for atom in before.counts.atoms} == {47}
    assert made.notes.earlier > 0, "two more people would come out as the difference"
    assert {one.where for one in made.notes.held_back} >= {"places_reached"}
    assert [file.name for file in made.notes.because_of] == ["protection-overview"]


def test_a_file_that_could_not_be_written_leaves_no_trace(record: Record, tmp_path: Path) -> None:
    record.write(fill)
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(CannotWrite):
        deliver(record, order(), tmp_path / "a.txt")
    assert number_of(record, Issued) == number_of(record, IssuedCells) == 0
    noted = record.note(note_issued, Leaving("x", "donor", {}, "fr", "pdf", Counts()), "", "", record.person)
    record.note(forget_unwritten, noted)
    assert number_of(record, Issued) == number_of(record, IssuedCells) == 0


def test_a_file_is_in_the_register_before_it_has_its_name(record: Record, tmp_path: Path) -> None:
    """Whoever pulls the plug in between has too much in the register, and never too little."""
    path, seen = tmp_path / "a.txt", []
    write(b"all of it", path, lambda: seen.append((path.exists(), (tmp_path / "a.txt.part").exists())))
    assert seen == [(False, True)]
    assert path.read_bytes() == b"all of it"


def test_what_left_while_a_file_was_made_was_not_weighed_and_it_is_made_again(record: Record, tmp_path: Path) -> None:
    record.write(fill)
    made = make(gather(record, order()), order())
    deliver(record, order(Audience.INTERNAL), tmp_path / "internal.txt")
    leave(record, order(), made, tmp_path / "a.txt")
    made = make(gather(record, order()), order())
    deliver(record, order(), tmp_path / "b.txt")
    with pytest.raises(LeftMeanwhile):
        leave(record, order(), made, tmp_path / "c.txt")
    assert not (tmp_path / "c.txt").exists()


def test_files_of_before_the_register_are_named_to_the_writer(record: Record, tmp_path: Path) -> None:
    record.write(fill)
    deliver(record, order(), tmp_path / "a.txt")
    record.note(lambda session: session.execute(delete(IssuedCells)))
    notes = deliver(record, order(), tmp_path / "b.txt").notes
    assert [file.name for file in notes.not_weighed] == ["protection-overview"]
    assert any("1 earlier file" in line for line in told(notes, Words.of("en")))
    assert list(told(Notes(), Words.of("en"))) == []


def test_what_is_counted_since_the_beginning_is_the_same_people_in_an_annex_and_in_the_5w(
    record: Record, tmp_path: Path
) -> None:
    """Forty until March, 43 until June: who holds both would know of the three."""
    indicator = record.write(add, Indicator, {"name": "People heard", "unit": "persons", "roll_up_periods": "latest"})
    activity = record.write(add, Activity, {"title": "A", "sector": "PRO", "starts_on": date(2026, 1, 1)})
    for last, value in ((date(2026, 3, 31), 40), (date(2026, 6, 30), 43)):
        days = {"starts_on": date(2026, 1, 1), "ends_on": last, "span": "cumulative"}
        told = {"activity_id": activity, "indicator_id": indicator, "nature": "reached", "unit": "persons"}
        record.write(add, Result, {**days, **told, "value": value})
    spring = Asked(Scope(ends_on=date(2026, 3, 31)), Audience.DONOR)
    annex = deliver(record, Order("results-annex", spring, "en", "text"), tmp_path / "a.txt")
    assert "40" in annex.content.decode()
    exported = export_fivew(record, Asked(audience=Audience.DONOR), "en", tmp_path / "b.csv")
    assert exported.notes.earlier == 1
    assert ",43," not in (tmp_path / "b.csv").read_text(encoding="utf-8-sig")
    both = held(record).files
    assert both[0].counts and both[1].counts
    assert {atom.figure for atom in both[0].counts.atoms} < {atom.figure for atom in both[1].counts.atoms}


def test_files_of_one_release_leave_together_and_only_while_nothing_else_left(record: Record, tmp_path: Path) -> None:
    record.write(fill)
    orders = [order(), replace(order(), language="fr")]
    files = made_each(clear(gather(record, orders[0]), orders[0].asked), orders)
    leaving = [(asked, file, tmp_path / f"{asked.language}.txt") for asked, file in files]
    leave_each(record, leaving)
    assert len(held(record).files) == len(orders)
    with pytest.raises(LeftMeanwhile):
        leave_each(record, leaving)
