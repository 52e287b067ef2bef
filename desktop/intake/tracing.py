"""A file among those that came before it: who sent it, which one it may replace, and the row each thing came from."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from db.commands.arrivals import Changed, Made
from db.queries.arrivals import HeldSource
from desktop.intake import findings, monthly
from desktop.intake.building import Link
from desktop.intake.findings import finding
from desktop.intake.mapping import Holds
from desktop.intake.plan import Decisions, Gone, Plan, Verdict
from desktop.intake.work import Work
from i18n.alike import same_key


def earlier_files(work: Work) -> tuple[UUID | None, tuple[HeldSource, ...]]:
    """The reporter of the whole file where the record holds it, and earlier files of the same source and reporter."""
    reporter = _reporter(work)
    known = {same_key(name): one.id for one in work.held.organisations for name in (one.name, *one.names)}
    its = known.get(same_key(reporter)) if reporter else None
    if reporter and its is None:
        return None, ()
    return its, tuple(
        source
        for source in work.held.sources
        if source.mapping == work.mapping_name and source.sheet == work.table.sheet and source.reporter == its
    )


def _reporter(work: Work) -> str | None:
    """Who sent the file, where one organisation is named for all of it."""
    constants = ("reporting_org_name", "impl_org_name", "prog_org_name")
    return next((name for field in constants if (name := work.mapping.constant(field))), None)


def gone_from(work: Work, here: Collection[str], replaces: UUID | None) -> tuple[Gone, ...]:
    """What the replaced file brought, this one lacks, and no other file speaks of."""
    if replaces is None:
        return ()
    rows_of = work.held.rows_of or {}
    elsewhere = {row.id for source, rows in rows_of.items() if source != replaces for _key, row in rows}
    here_ids = {held.id for key in here if (held := work.held_row(key))}
    return tuple(
        Gone(row.number, row.entity, row.id, row.name)
        for key, row in rows_of.get(replaces, ())
        if key not in here and row.id not in elsewhere | here_ids
    )


def trace(
    work: Work,
    planned: Plan,
    file_digest: str,
    identity: str,
    reporter: UUID | None,
    decisions: Decisions,
) -> Plan:
    """Add the file as a source, with the row that each thing came from; things held already are traced to it too.

    A partner's monthly sheet is a report received besides, which the plan that comes back names.
    """
    name = _reporter(work)
    months = [month for index in range(len(work.texts)) if (month := work.get("period", index))]
    first, last = work.mapping.period or ((min(months), max(months)) if months else (None, None))
    if months and not work.mapping.period:
        last = monthly.last_day(max(months))
    its = reporter or (work.cast.link(name) if name and work.cast.knows(name) else None)
    source = work.building.add(
        "source",
        name=planned.file[:500],
        kind=work.mapping.holds.value,
        digest=file_digest,
        sheet=work.table.sheet[:500],
        mapping=work.mapping_name,
        reporter_id=its,
        starts_on=first,
        ends_on=last,
        received_on=decisions.received_on,
        identity=identity,
        rows=len(planned.rows),
        doubles=planned.count(Verdict.DOUBLE),
        problems=planned.count(Verdict.PROBLEM),
        replaces_id=decisions.replaces,
    )
    for traced in work.traced:
        work.building.add(
            "source_row",
            source_id=source,
            number=work.table.rows[traced.index][0],
            key=traced.key,
            digest=traced.digest,
            entity=traced.entity,
            entity_id=traced.link,
        )
    if work.mapping.holds is not Holds.MONTHLY or not (name and its and first and last and decisions.received_on):
        return planned
    note = finding(findings.RECEIVED, partner=name, day=decisions.received_on)
    report = _report(work, source, its, (first, last), decisions)
    return replace(planned, notes=(*planned.notes, note), arrival=replace(planned.arrival, report=report))


def _report(work: Work, source: Made, reporter: Link, period: tuple[date, date], decisions: Decisions) -> Made | UUID:
    """The report that the file is: that of the file it replaces, or a new one; the figures it adds point at it."""
    said = {"starts_on": period[0], "ends_on": period[1], "received_on": decisions.received_on, "source_id": source}
    held = (work.held.reports or {}).get(decisions.replaces) if decisions.replaces else None
    report: Made | UUID
    if held is None:
        report = work.building.add("received_report", organisation_id=reporter, channel="file", **said)
    else:
        report = held
        work.building.changed.append(Changed("received_report", held, said))
    work.building.added = [
        replace(one, values={**one.values, "report_id": report}) if one.entity == "result" else one
        for one in work.building.added
    ]
    return report
