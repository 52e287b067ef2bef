"""A partner's report as it came, typed in or as a file: who received it, when, how, and its lines.

This period and since the beginning stay apart, each a result of its own. That they do not fit each other is pointed out
(`db.queries.results.remarks`) and never refused: what the partner said is what is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.base import new_id, there
from db.commands.checking import complete, fill, in_order
from db.commands.duties import arrived
from db.commands.results import PartBeyondWhole, add_parts, figure_or_reason
from db.deeds import called, deed
from db.errors import InvalidValue, RecordError
from db.models.agreements import BEFORE_SIGNING, Agreement
from db.models.duties import ReceivedReport
from db.models.indicators import Indicator
from db.models.organisations import Organisation
from db.models.results import Result
from i18n import N_

AGE_SCHEME = "IASC-ADV"
"""Women and men are 18 and over, girls and boys younger: the advocacy split."""
_PARTS = {"women": ("female", "18+"), "men": ("male", "18+"), "girls": ("female", "0-17"), "boys": ("male", "0-17")}


class LineRefused(InvalidValue):
    """What is said of one line of a report, to be put beside it."""

    message = N_("A line of this report cannot be kept as it is.")

    def __init__(self, line: "ReportedLine", **gaps: Any) -> None:
        super().__init__(N_("Figures"), **gaps)
        self.line = line.indicator_id, line.place_id


class LineTwice(LineRefused):
    message = N_("“{indicator}” stands twice for the same place in this report. Keep one line.")


class NothingSaid(RecordError):
    message = N_("No line of this report says anything. Type the figures, or why they are missing.")


class PartsWithoutWhole(LineRefused):
    message = N_("“{indicator}”: give the whole figure of this period besides its parts.")


class PartsBeyondLine(LineRefused):
    message = N_(
        "“{indicator}”: the parts come to {parts}, the whole of this period is {whole}. Put one of them right."
    )


@dataclass(frozen=True)
class ReportedLine:
    """What a report says of one indicator in one place; None is not said, which is no zero."""

    indicator_id: UUID
    place_id: UUID | None = None
    this_period: int | None = None
    cumulative: int | None = None
    missing: str | None = None
    women: int | None = None
    men: int | None = None
    girls: int | None = None
    boys: int | None = None
    with_disability: int | None = None

    @property
    def by_sex_and_age(self) -> Mapping[str, int]:
        """The parts that were said."""
        return {name: value for name in _PARTS if (value := getattr(self, name)) is not None}

    @property
    def whole(self) -> int | None:
        """The figure of the period: as it was said or, where all parts were, their sum."""
        parts = self.by_sex_and_age
        return sum(parts.values()) if self.this_period is None and len(parts) == len(_PARTS) else self.this_period

    @property
    def says_something(self) -> bool:
        """Whether anything stands in the line."""
        counts = self.this_period, self.cumulative, self.with_disability
        return any(count is not None for count in counts) or bool(self.by_sex_and_age or self.missing)


@deed(N_("Take in the report of {partner} received on {on}"))
def receive_report(session: Session, values: Mapping[str, Any], lines: Sequence[ReportedLine]) -> UUID:
    """Add a report with its lines; it was received by whoever is at the program, unless another is named."""
    report = ReceivedReport(id=new_id())
    fill(report, {"received_by_id": session.info.get("person"), **values})
    complete(report)
    in_order(report.starts_on, report.ends_on)
    session.add(report)
    arrived(session, report)
    session.flush()
    _enter(session, report, lines)
    return report.id


@deed(N_("Type in the figures of the report of {partner} received on {on}"))
def enter_lines(session: Session, report_id: UUID, values: Mapping[str, Any]) -> None:
    """Add the lines of a report that is there already; `values` hold them as `lines`."""
    report = there(session, ReceivedReport, report_id)
    _enter(session, report, values["lines"])


def came_as_file(session: Session, report_id: UUID) -> None:
    """Settle what a report answers that was brought in as a file, by whoever brings it in."""
    report = session.scalars(select(ReceivedReport).where(ReceivedReport.id == report_id)).one()
    report.received_by_id = session.info.get("person")
    if report.agreement_id is None:
        running = session.scalars(
            select(Agreement.id).where(
                Agreement.partner_id == report.organisation_id,
                Agreement.status.not_in(BEFORE_SIGNING),
                Agreement.starts_on.is_(None) | (Agreement.starts_on <= report.ends_on),
                Agreement.ends_on.is_(None) | (Agreement.ends_on >= report.starts_on),
                Agreement.removed_at.is_(None),
            )
        ).all()
        report.agreement_id = running[0] if len(running) == 1 else None
    arrived(session, report)
    session.flush()


def _enter(session: Session, report: ReceivedReport, lines: Sequence[ReportedLine]) -> None:
    partner = session.scalar(select(Organisation.name).where(Organisation.id == report.organisation_id))
    called(session, partner=partner or "", on=report.received_on)
    said = [line for line in lines if line.says_something]
    if not said:
        raise NothingSaid
    since = session.scalar(select(Agreement.starts_on).where(Agreement.id == report.agreement_id))
    met = set()
    for line in said:
        indicator = there(session, Indicator, line.indicator_id)
        if (line.indicator_id, line.place_id) in met:
            raise LineTwice(line, indicator=indicator.name)
        met.add((line.indicator_id, line.place_id))
        _add_line(session, report, indicator, line, since)


def _add_line(
    session: Session, report: ReceivedReport, indicator: Indicator, line: ReportedLine, since: date | None
) -> None:
    common = {
        "report_id": report.id,
        "agreement_id": report.agreement_id,
        "indicator_id": indicator.id,
        "place_id": line.place_id,
        "nature": "reached",
        "ends_on": report.ends_on,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "counting": indicator.counting,
        "sensitivity": indicator.sensitivity,
    }
    if line.whole is not None or line.missing:
        span = "moment" if indicator.counting == "stock" else "period"
        missing = None if line.whole is not None else line.missing
        figure = {"span": span, "starts_on": report.starts_on, "value": line.whole, "missing": missing}
        result = _add(session, common | figure)
        parts = [_part(*_PARTS[name], value) for name, value in line.by_sex_and_age.items()]
        if line.with_disability is not None:
            parts.append({"cut": "disability", "disability": True, "value": line.with_disability})
        try:
            add_parts(session, result, parts)
        except PartBeyondWhole as beyond:
            raise PartsBeyondLine(line, indicator=indicator.name, **beyond.gaps) from beyond
    elif line.by_sex_and_age or line.with_disability is not None:
        raise PartsWithoutWhole(line, indicator=indicator.name)
    if line.cumulative is not None:
        _add(session, common | {"span": "cumulative", "starts_on": since, "value": line.cumulative})


def _add(session: Session, values: Mapping[str, Any]) -> Result:
    result = Result(id=new_id())
    fill(result, values)
    figure_or_reason(session, result)
    session.add(result)
    session.flush()
    return result


def _part(sex: str, band: str, value: int) -> dict[str, Any]:
    return {"cut": "sex_age", "sex": sex, "age_scheme": AGE_SCHEME, "age_band": band, "value": value}
