"""What the protection overview says on its last page: how to read its figures."""

from collections.abc import Iterable
from typing import cast

from db.models.results import COUNTINGS, NATURES
from desktop.guard.released import Released
from desktop.reports.document import Run
from desktop.reports.protection_overview import Overview
from desktop.reports.saying import title
from i18n import Words


def counted(nature: str, overview: Overview, words: Words) -> str:
    """How the people of a nature were counted; for declared figures, what they do not say."""
    if nature == "declared":
        return words.gettext("Planned or reached: not stated")
    return words.list([title(rule, COUNTINGS, words) for rule in overview.countings[nature]])


def notes(released: Released, words: Words) -> Iterable[Run]:
    """The reading notes of the overview."""
    overview = cast(Overview, released.plain["overview"])
    return (*_figures(overview, words), *_scope(overview, words))


def _figures(overview: Overview, words: Words) -> list[Run]:
    """What each kind of figure is."""
    found: list[Run] = []
    for nature in overview.natures:
        name = title(nature, NATURES, words)
        if nature == "declared":
            found.append(
                words.gettext(
                    "{figures}: figures declared by those who report them; whether the people were planned for or "
                    "reached is not stated."
                ).format(figures=name)
            )
        elif overview.countings[nature] == ("not_stated",):
            found.append(words.gettext("{figures}: the counting rule is not stated.").format(figures=name))
        else:
            found.append(
                words.gettext("{figures}, by this counting rule: {rules}.").format(
                    figures=name, rules=counted(nature, overview, words)
                )
            )
        if missing := overview.without_figure[nature]:
            found.append(
                words.ngettext(
                    "{figures}: {count} activity has no such figure and adds nothing to the sums.",
                    "{figures}: {count} activities have no such figure and add nothing to the sums.",
                    missing,
                ).format(figures=name, count=words.number(missing))
            )
    found.append(
        words.gettext("One person may be counted by several activities: sums are sums of figures, not of persons.")
    )
    return found


def _scope(overview: Overview, words: Words) -> list[Run]:
    """What the period takes in, and what counts more than once."""
    found: list[Run] = []
    if overview.scope.starts_on or overview.scope.ends_on:
        found.append(
            words.gettext("Activities are in the period when they overlap it; figures are never shared out over time.")
        )
    if overview.starts_unknown:
        found.append(
            words.ngettext(
                "{count} activity has no known start date; it is in when its end is not before the period.",
                "{count} activities have no known start date; they are in when their end is not before the period.",
                overview.starts_unknown,
            ).format(count=words.number(overview.starts_unknown))
        )
    if overview.several_donors:
        found.append(
            words.ngettext(
                "{count} activity has several donors and counts whole under each.",
                "{count} activities have several donors and count whole under each.",
                overview.several_donors,
            ).format(count=words.number(overview.several_donors))
        )
    return found
