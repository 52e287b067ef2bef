"""A report as it was written, as what is asked of the engine: its sides, its parts, its prose in every language."""

from collections.abc import Iterable, Sequence
from typing import Any

from db.commands.frozen_stays import FINISHED
from db.commands.report_parts import StartedPart
from db.queries.reports import Written
from db.queries.scope import Scope
from db.queries.texts import Translation
from desktop.guard.audiences import Audience
from desktop.reports.report import (
    Asked,
    EarlierVersion,
    Part,
    PartWords,
    Signatory,
    Told,
    Worded,
    WritersWords,
)

_SCOPE = {
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "partner": "partner_id",
    "donor": "donor_id",
    "place": "place_id",
    "contribution": "contribution_id",
    "agreement": "agreement_id",
    "framework": "framework_id",
}


def asked_of(written: Written) -> Asked:
    """Everything that a written report asks for; it is a draft until somebody approved it as it stands."""
    values = written.values
    return Asked(
        Scope(**{side: values[key] for side, key in _SCOPE.items()}),
        Audience(values["audience"]),
        _own(written),
        method=values["method"],
        coarser=tuple(filter(None, (one.strip() for one in (values["coarser"] or "").split(",")))),
        since=values["since"],
        final=bool(values["final"]),
        currency=values["currency"],
        stage=values["stage"] or "disbursement",
        paper=values["paper"] or "a4",
        typography=values["typography"],
        calendar=values["calendar"],
    )


def languages_of(written: Written) -> tuple[str, ...]:
    """The languages it goes out in, the one it is written in first."""
    others = (one.strip() for one in (written.values["languages"] or "").split(","))
    return tuple(dict.fromkeys((written.values["language"], *filter(None, others))))


def started(parts: Sequence[Part]) -> tuple[StartedPart, ...]:
    """The parts that a report of a kind begins with."""
    return tuple(StartedPart(part.name, words=part.words) for part in parts)


def _own(written: Written) -> WritersWords:
    values: Any = {key: value or "" for key, value in written.values.items()}
    valid = [each for each in written.approvals if not each.stale]
    earlier = None
    if written.replaces is not None:
        newest = next(iter(written.replaces.frozen), None)
        sent = [one.on for one in written.replaces.sent]
        version = newest.version if newest else None
        earlier = EarlierVersion(written.replaces.title, values["reason"], version, max(sent, default=None))
    return WritersWords(
        title=values["title"],
        reference=values["reference"],
        office=values["office"],
        prepared_by=values["prepared_by"],
        approved_by=valid[0].name if valid else "",
        summary=values["summary"],
        titles=_worded(one for one in written.texts if one.field == "title"),
        summaries=_worded(one for one in written.texts if one.field == "summary"),
        parts=tuple(
            PartWords(
                each.part,
                each.shown,
                each.heading or "",
                tuple(Told(text.language, text.prose, text.status) for text in each.texts),
                _worded(each.headings),
            )
            for each in written.sections
        ),
        language=values["language"],
        replaces=earlier,
        signatories=tuple(Signatory(each.function or "", each.name, each.on) for each in valid),
        draft=not valid and values["status"] not in FINISHED,
    )


def _worded(texts: Iterable[Translation]) -> tuple[Worded, ...]:
    return tuple(Worded(text.language, text.body, text.status) for text in texts)
