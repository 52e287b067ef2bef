"""A report carries the office's logo and its donor's; a picture that is none is refused in a sentence."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from db.commands.documents import add_document
from db.models import Office, Organisation
from db.queries.documents import documents_of
from db.queries.scope import Scope
from desktop.deliver import Order, gather, make
from desktop.guard.audiences import Audience
from desktop.render.pictures import PictureRefused
from desktop.reports.report import FRAME, Asked
from tests.reports.conftest import Protection


def png(colour: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(target, "PNG")
    return target.getvalue()


def test_the_logos_of_the_office_and_the_donor_stand_on_the_report(small: Protection) -> None:
    record = small.record
    office = record.read(lambda session: session.scalars(select(Office.id)).one())
    record.write(add_document, Office, office, "logo.png", png("blue"), {"kind": "logo"})
    record.write(add_document, Organisation, small.donor, "logo.png", png("red"), {"kind": "logo"})
    record.write(add_document, Organisation, small.women, "logo.png", png("green"), {"kind": "logo"})
    order = Order("protection-overview", Asked(Scope(donor=small.donor), Audience.DONOR), "fr", "pdf")
    tables = gather(record, order)
    assert [logo.content for logo in tables.plain[FRAME].logos] == [png("blue"), png("red")]  # type: ignore[attr-defined]
    assert make(tables, order).content.count(b"/Image") >= 2
    (old,) = record.read(documents_of, small.donor)
    new = {"replaces_id": old.id}
    record.write(add_document, Organisation, small.donor, "logo.png", png("yellow"), new)
    logos = gather(record, order).plain[FRAME].logos  # type: ignore[attr-defined]
    assert [logo.content for logo in logos] == [png("blue"), png("yellow")]
    script = b"#!/bin/sh\nrm -rf /"
    record.write(add_document, Organisation, small.donor, "logo.png", script, {"kind": "logo"})
    with pytest.raises(PictureRefused):
        make(gather(record, order), order)
