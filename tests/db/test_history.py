"""What happened to one thing, in the values it had."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.entries import add, edit
from db.commands.removing import remove
from db.deeds import called, deed, in_words
from db.models import Activity, Organisation, Result
from db.queries.history import as_of, deeds, history_of
from db.record import Record
from i18n import Words
from tests.builders import PERSON, add_activity, add_partner


@deed("Move {title} to {partner}, from {on}")
def move(session: Session, activity: object, partner: object, on: date) -> None:
    moved = session.scalars(select(Activity).where(Activity.id == activity)).one()
    moved.partner_id, moved.starts_on = partner, on
    called(session, title=moved.title, partner="Deux")


def test_the_history_of_a_thing_gives_values_as_they_were(record: Record) -> None:
    one, two = record.write(add_partner, "Une"), record.write(add_partner, "Deux")
    activity = record.write(add_activity, one, "Écoute")
    record.write(move, activity, two, date(2026, 3, 1))
    moved, added = record.read(history_of, Activity, activity)
    changes = {change.field.name: (change.before, change.after) for change in moved.fields}
    assert changes == {"Partner": ("Une", "Deux"), "Start date": (None, date(2026, 3, 1))}
    assert (added.added, moved.added, added.done.person) == (True, False, PERSON)


def test_a_deed_is_named_in_the_readers_language_with_its_values(record: Record) -> None:
    one = record.write(add_partner, "Une")
    activity = record.write(add_activity, one, "Écoute")
    record.write(move, activity, one, date(2026, 3, 1))
    newest = record.read(deeds)[0]
    words = Words.of("en")
    assert in_words(newest.deed, newest.details, words) == "Move {} to {}, from {}".format(
        words.isolate("Écoute"), words.isolate("Deux"), words.date(date(2026, 3, 1))
    )


def test_the_history_says_what_kind_of_thing_was_added_put_right_and_removed(record: Record) -> None:
    donor = record.write(add, Organisation, {"name": "Fonds inventé"})
    record.write(edit, Organisation, donor, {"name": "Fonds"})
    record.write(remove, Organisation, donor)
    said = [in_words(done.deed, done.details, Words.of("en")) for done in record.read(deeds, 3)]
    one, other = (Words.of("en").isolate(name) for name in ("Fonds inventé", "Fonds"))
    assert said == [f"Remove “{other}” (Organisation)", f"Edit “{other}” (Organisation)", f"Add “{one}” (Organisation)"]


def test_what_has_no_name_is_called_by_its_kind_in_the_history(record: Record) -> None:
    figure = record.write(add, Result, {"nature": "reached", "missing": "not_collected"})
    record.write(remove, Result, figure)
    said = [in_words(done.deed, done.details, Words.of("fr")) for done in record.read(deeds, 2)]
    assert all("Résultat" in one.split("(")[0] and one.endswith("(Résultat)") for one in said), said


def test_a_history_of_any_length_comes_page_by_page(record: Record) -> None:
    for n in range(5):
        record.write(add_partner, f"{n}")
    first = record.read(deeds, 3)
    assert [entry.details["name"] for entry in first] == ["4", "3", "2"]
    rest = record.read(deeds, 10, record.read(as_of) - 2)
    assert [entry.details.get("name") for entry in rest] == ["1", "0", None]


def test_a_very_long_name_is_short_in_the_history(record: Record) -> None:
    record.write(add_partner, "x" * 400)
    assert len(record.read(deeds)[0].details["name"]) == 200
