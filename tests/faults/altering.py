"""Alterations drawn by chance, of whatever has to notice them: how many were made, and how many of them were found.

A question is never committed, so that nothing of an alteration stays.
"""

from collections.abc import Callable, Iterable

from sqlalchemy.orm import Session

from db.record import Record
from tests.faults.figure import Count

Findings = Callable[[Session], Iterable[object]]


def count(record: Record, drawn: Callable[[], str], still: str, findings: Findings, turns: int) -> Count:
    """Alter and look, so many times; and once after a statement that alters nothing."""
    made, found = altered(record, drawn, findings, turns)
    _changed, alone = record.read(_look, still, findings)
    told = f"{made} alterations: {found} found; {alone} found where nothing was altered"
    return Count(told, made == found and not alone)


def altered(record: Record, drawn: Callable[[], str], findings: Findings, turns: int) -> tuple[int, int]:
    """How many alterations were made, and how many of them were found."""
    made = found = 0
    while made < turns:
        changed, seen = record.read(_look, drawn(), findings)
        made += bool(changed)
        found += bool(changed and seen)
    return made, found


def _look(session: Session, alteration: str, findings: Findings) -> tuple[int, int]:
    """How many rows were altered, and how much is found then."""
    changed = session.connection().exec_driver_sql(alteration).rowcount
    return changed, sum(1 for _finding in findings(session))
