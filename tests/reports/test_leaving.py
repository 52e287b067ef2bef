"""Whatever leaves passed the guard for its readers, and is weighed together with what left for them before."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from db.queries.scope import Scope
from desktop.deliver import Order, deliver, gather
from desktop.exporting import export_fivew
from desktop.guard.audiences import Audience
from desktop.reports.report import Asked
from tests.reports.conftest import Protection


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.DONOR])
def test_small_counts_leave_the_office_neither_in_a_report_nor_in_the_5w(
    protection: Protection, tmp_path: Path, audience: Audience
) -> None:
    asked = Asked(Scope(donor=protection.donor if audience is Audience.DONOR else None), audience)
    order = Order("protection-overview", asked, "en", "text")
    assert deliver(protection.record, order, tmp_path / "out.txt").notes.small
    assert export_fivew(protection.record, asked, "en", tmp_path / "out.csv").notes.small
    for_us = replace(order, asked=replace(asked, audience=Audience.INTERNAL))
    assert not deliver(protection.record, for_us, tmp_path / "ours.txt").notes.small


def test_what_a_donor_holds_is_weighed_for_that_donor_alone(protection: Protection, tmp_path: Path) -> None:
    def order(donor: UUID) -> Order:
        return Order("protection-overview", Asked(Scope(donor=donor), Audience.DONOR), "en", "text")

    def held(donor: UUID) -> int:
        earlier = gather(protection.record, order(donor)).earlier
        return len(earlier.files) if earlier else 0

    other = protection.other
    before, before_other = held(protection.donor), held(other)
    deliver(protection.record, order(protection.donor), tmp_path / "out.txt")
    assert (held(protection.donor), held(other)) == (before + 1, before_other)
