"""What a chart measures: its values as numbers, and a round scale that holds them all.

Shared by the charts on paper and the live ones, so that both have the same axis.
"""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple, assert_never

from desktop.reports.document import Chart, ChartKind, Count, Hidden, Measure, Missing, Money, Share
from i18n import Words

MOST_STEPS = 6


class Scale(NamedTuple):
    """A distance between the lines of an axis, how far the axis reaches, and whether it counts in parts of a whole."""

    step: Decimal
    limit: Decimal
    of_whole: bool

    def ticks(self) -> Iterator[Decimal]:
        """Where the lines of the axis stand."""
        return (self.step * number for number in range(int(self.limit / self.step) + 1))

    def said(self, tick: Decimal, words: Words) -> str:
        """What stands at a line; the currency of amounts stands with the amounts."""
        if self.of_whole:
            return words.percent(tick, 0 if self.step >= Decimal("0.01") else 1)
        return words.number(tick.quantize(Decimal(1)) if tick == tick.to_integral() else tick.normalize())

    def part(self, value: Decimal) -> float:
        """How much of the axis a value takes; what lies below nothing takes none."""
        return max(0.0, float(value / self.limit))


def measured(value: Measure) -> Decimal | None:
    """The value as a number; None where it is not to be known or not there."""
    match value:
        case Count(number):
            return Decimal(number)
        case Share(number) | Money(number):
            return number
        case Hidden() | Missing():
            return None
        case _:
            assert_never(value)


def scale_of(chart: Chart) -> Scale:
    """The axis of a chart, with a handful of lines at round numbers."""
    if chart.kind is ChartKind.SHARES:
        return Scale(Decimal("0.2"), Decimal(1), of_whole=True)
    values = [value for one in chart.series for value in one.values]
    rows = zip(*([measured(value) or Decimal() for value in one.values] for one in chart.series), strict=True)
    reached = [sum(row, Decimal()) if chart.kind is ChartKind.STACKED else max(row) for row in rows if row]
    most = max((*reached, Decimal()))
    counts = any(isinstance(value, Count) for value in values)
    step = _step(most, Decimal(1) if counts or not most else Decimal("0.001"))
    return Scale(
        step,
        step * max(1, (most / step).to_integral_value(ROUND_CEILING)),
        any(isinstance(value, Share) for value in values),
    )


def _step(most: Decimal, least: Decimal) -> Decimal:
    power = least
    while True:
        for factor in (1, 2, 5):
            if most <= power * factor * MOST_STEPS:
                return power * factor
        power *= 10
