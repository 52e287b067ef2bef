"""What indicators lack: figures, targets, rules by which they can be put together."""

from collections.abc import Iterator, Sequence

from db.queries.measured import Measured
from db.queries.roll_up import NO_FIGURE
from desktop.reports.document import Said
from desktop.reports.report import Label, Lacking
from i18n import N_


def figures_lacking(found: Sequence[Measured]) -> Iterator[Lacking]:
    """What is missing of these indicators, each with the thing to open."""
    if not found:
        yield Lacking(N_("No indicator is set for what is asked."), "indicators")
    for one in found:
        yield from _of(one)


def _of(one: Measured) -> Iterator[Lacking]:
    name: dict[str, Label] = {"indicator": Said(one.name.text, one.name.language)}
    if one.actual.value is None:
        said = (
            N_("“{indicator}” has no figure for this period.")
            if one.actual.why in (None, NO_FIGURE)
            else N_("The figures of “{indicator}” cannot be put together as its rules stand.")
        )
        yield Lacking(said, "indicators", one.id, None, name)
    for part in one.actual.missing:
        yield Lacking(N_("A figure of “{indicator}” is missing."), "results", part.result_id, "value", name)
    if one.target is None:
        yield Lacking(N_("“{indicator}” has no target for this period."), "indicators", one.id, None, name)
