"""Rows that are activities: who does what, where, when, for whom and with whose money, with the people they count."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from db.commands.arrivals import Made
from db.models import Activity, ActivityFunding
from desktop.intake import findings
from desktop.intake.building import Link, Saying, build_places, place_link
from desktop.intake.figures import Figure, add_figure, change_figures, figures_of
from desktop.intake.findings import Finding, finding
from desktop.intake.funding import Part, funding_of
from desktop.intake.identity import digest
from desktop.intake.matching import Who
from desktop.intake.whereabouts import Where
from desktop.intake.work import Traced, Work
from i18n.alike import same_key

_COPIED = (
    ("project", "project_code"),
    ("description", "activity_desc"),
    ("starts_on", "date_start"),
    ("ends_on", "date_end"),
    ("status_stated", "activity_status"),
    ("population", "pop_group"),
    ("modality", "modality"),
    ("response_plan", "appeal_code"),
)
"""Fields of an activity that are a column as it stands."""
_PARTNERS = ("impl_org_name", "prog_org_name", "reporting_org_name")
_TITLES = ("activity_name", "project_title", "subsector", "sector")


@dataclass(frozen=True)
class Draft:
    """An activity as a row has it, before ids."""

    values: dict[str, Any]
    partner: str
    reporter: str | None
    where: Where | None
    funding: tuple[Part, ...]
    figures: tuple[Figure, ...]


def problems(work: Work, index: int) -> list[Finding]:
    """Why a row cannot come in, beside values that could not be read."""
    found = []
    starts, ends = work.get("date_start", index), work.get("date_end", index)
    if starts and ends and ends < starts:
        found.append(finding(findings.END_BEFORE_START, start=starts, end=ends))
    if not partner_of(work, index) and not work.unread(index, *_PARTNERS):
        found.append(finding(findings.NO_ORGANISATION))
    if not title_of(work, index) and not work.unread(index, *_TITLES):
        found.append(finding(findings.NO_ACTIVITY))
    return found


def partner_of(work: Work, index: int) -> str | None:
    """Who carries the activity out: the implementing partner where one is named, else the organisation of the row."""
    name: str | None = work.first(index, *_PARTNERS)
    return name


def title_of(work: Work, index: int) -> str | None:
    """What the activity is called; files without titles have at least its sector."""
    title: str | None = work.first(index, *_TITLES)
    return title


def build(work: Work, adding: Collection[int], changing: Collection[int], keys: dict[int, str]) -> None:
    """Add the activities of new rows, and change those whose row says something else than last time."""
    drafts = {index: draft(work, index) for index in sorted({*adding, *changing})}
    made = build_around(work, drafts)
    for index, one in drafts.items():
        traced = digest(work.texts[index])
        held = work.held_row(keys[index]) if index in changing else None
        if held is None:
            activity = add_activity(work, one, made)
            work.traced.append(Traced(index, keys[index], traced, "activity", activity))
            continue
        seen = len(work.building.differences)
        if not change_activity(work, held.id, one, made):
            work.unchanged.add(index)
        work.differences[index] = tuple(work.building.differences[seen:])
        work.traced.append(Traced(index, keys[index], traced, "activity", held.id))
    work.counts["activity"] = len(adding)


def draft(work: Work, index: int) -> Draft:
    """An activity as a row has it; only what the file has a column for is said."""
    values: dict[str, Any] = {name: work.get(column, index) for name, column in _COPIED if work.has(column)}
    values["title"] = title_of(work, index)
    if work.has("sector") or work.has("subsector"):
        values["sector"] = work.code("subsector", index, "sector") or work.code("sector", index, "sector")
        values["sector_stated"] = work.first(index, "subsector", "sector")
    if work.has("activity_status"):
        values["status"] = work.code("activity_status", index, "status")
    if work.has("sensitivity"):
        values["sensitivity"] = work.code("sensitivity", index, "sensitivity") or "low"
    for name, column in (("starts_on", "date_start"), ("ends_on", "date_end")):
        unusable = index in work.read.unusable.get(column, {})
        said = work.code(f"{column}_missing", index, "missing_date")
        values[f"{name}_missing"] = None if values.get(name) else "unreadable" if unusable else said or "not_stated"
    partner = partner_of(work, index) or ""
    reporter = work.get("reporting_org_name", index)
    if reporter is None and work.get("impl_org_name", index):
        reporter = work.get("prog_org_name", index)
    funding: tuple[Part, ...] = ()
    if work.has("donor_name") or work.has("funding_kind"):
        cells = work.get("donor_name", index), work.mapping.splitters, work.get("funding_kind", index)
        funding = funding_of(*cells, _uncut(work))
    return Draft(values, partner, reporter, work.where(index), funding, figures_of(work, index))


def build_around(work: Work, drafts: dict[int, Draft]) -> list[Made]:
    """Add the organisations and places that the activities need, before them."""
    as_donor = _donors_by_acronym(work)
    for index, one in drafts.items():
        described = work.cast.meet(one.partner, "partner")
        direct = work.get("impl_org_name", index) is None
        for counted, column in (
            (described.types, "prog_org_type" if direct else "impl_org_type"),
            (described.acronyms, "prog_org_acronym" if direct else ""),
            (described.codes, "org_code" if direct else ""),
        ):
            if value := work.get(column, index):
                counted[value] += 1
        if (women_led := work.get("impl_org_wlo", index)) is not None:
            described.women_led[women_led] += 1
        if one.reporter:
            work.cast.meet(one.reporter)
        for part in one.funding:
            if part.donor:
                name = as_donor.get(same_key(part.donor), part.donor)
                work.cast.meet(name, "donor")
                if name != part.donor:
                    work.named_by_acronym.setdefault(name, {})[part.donor] = None
    saying = Saying(work.file, work.received_on) if work.received_on else None
    work.cast.build(work.building, work.mapping.name, work.mapping.may_be_named, saying)
    return build_places(work.building, work.places, work.mapping.name)


def add_activity(work: Work, one: Draft, places: list[Made]) -> Made:
    """Add an activity with its funding and its figures."""
    activity = work.building.add("activity", **one.values, **_links(work, one, places))
    for values in _funding(work, one):
        work.building.add("activity_funding", activity_id=activity, **values)
    for figure in one.figures:
        add_figure(work.building, figure, activity_id=activity)
    return activity


def change_activity(work: Work, id: UUID, one: Draft, places: list[Made]) -> bool:
    """Make a held activity what its row says now, and say whether that changes anything."""
    held = (work.held.things or {})[id]
    before = work.building.size
    said = one.values | _links(work, one, places)
    for day in ("starts_on", "ends_on"):
        if day not in said:  # a file without such a column says nothing of a day that somebody knows
            del said[f"{day}_missing"]
    work.building.change(Activity, id, held.values, said)
    _change_funding(work, id, one, held.parts)
    change_figures(work.building, id, one.figures, held.parts)
    return before != work.building.size


def _change_funding(work: Work, id: UUID, one: Draft, parts: Iterable[tuple[str, UUID, Any]]) -> None:
    if not one.funding:
        return
    left = [(part, values) for entity, part, values in parts if entity == "activity_funding"]
    for said in _funding(work, one):
        same = next((it for it in left if (it[1]["kind"], it[1]["donor_id"]) == (said["kind"], said["donor_id"])), None)
        if same:
            left.remove(same)
        elif left:
            other, values = left.pop(0)
            work.building.change(ActivityFunding, other, values, said)
        else:
            work.building.add("activity_funding", activity_id=id, **said)
    work.building.removed.extend(("activity_funding", part) for part, _values in left)


def _links(work: Work, one: Draft, places: list[Made]) -> dict[str, Link]:
    links = {"partner_id": work.cast.link(one.partner), "place_id": place_link(one.where, places)}
    return links | ({"reporter_id": work.cast.link(one.reporter)} if one.reporter else {})


def _funding(work: Work, one: Draft) -> list[dict[str, Any]]:
    as_donor = _donors_by_acronym(work)
    return [
        {
            "kind": part.kind,
            "donor_id": work.cast.link(as_donor.get(same_key(part.donor), part.donor)) if part.donor else None,
            "stated": part.stated or part.donor,
        }
        for part in one.funding
    ]


def _uncut(work: Work) -> frozenset[str]:
    """Names of known organisations that hold a comma: as donors, they are still one."""
    if work.uncut is None:
        names = {str(name) for name in work.read.values.get("prog_org_name", ()) if name}
        names.update(name for one in work.held.organisations for name in (one.name, *one.names))
        work.uncut = frozenset(same_key(name) for name in names if "," in name or "،" in name)
    return work.uncut


def _donors_by_acronym(work: Work) -> dict[str, str]:
    """Names of organisations by their acronyms, where the mapping says that donors are named so and only one has it."""
    if not work.mapping.acronyms_name_donors:
        return {}
    if work.by_acronym is None:
        columns = (work.read.values.get(name, ()) for name in ("prog_org_acronym", "prog_org_name"))
        pairs = [(str(short), str(name)) for short, name in zip(*columns, strict=False) if short and name]
        pairs += [(short, one.name) for one in work.held.organisations for short in one.short]
        bearers: dict[str, dict[Who, str]] = defaultdict(dict)
        for short, name in dict.fromkeys(pairs):
            bearers[same_key(short)].setdefault(work.cast.organisations.whose(name, 0), name)
        names = {same_key(name) for _short, name in pairs}
        work.by_acronym = {
            short: next(iter(its.values()))
            for short, its in bearers.items()
            if len(its) == 1 and short not in names and not work.cast.organisations.apart(short, *its.values())
        }
    return work.by_acronym
